"""CSV and TSV: one article a row, streamed; the columns are known by their names or are told."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from dragoman.errors import InputError
from dragoman.read.decode import decode
from dragoman.read.fields import field_table, stated_day
from dragoman.read.listings import no_text
from dragoman.read.options import FIELDS
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_DELIMITERS = "\t,;|"
_ENDINGS = (".csv", ".tsv", ".tab")
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_PAGE = re.compile(r"\s*<(?:!doctype|html|body|p|div)[\s>]", re.I)
_MIN_CELLS = 2
_MARK = b"\xef\xbb\xbf"


def matches(source: Source) -> bool:
    """True where the first line names columns that we know or were told of, or the name says so."""
    cells, _ = _header(source)
    known = set(guess_columns(cells))
    told = any(column in cells for _, column in source.options.columns)
    if len(cells) < _MIN_CELLS:
        return source.name.endswith(_ENDINGS) and (told or bool(known & {"text", "html"}))
    # Two words of prose may be names of columns; a header is nothing but short names.
    header = all(len(cell) <= 60 and cell.count(" ") <= 3 for cell in cells)
    return header and (told or len(known) >= _MIN_CELLS or source.name.endswith(_ENDINGS))


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The rows of the table.

    Raises:
        InputError: there is no column of text, or one that was told is not there.
    """
    cells, delimiter = _header(source)
    columns = columns_of(cells, source)
    at = {field: cells.index(name) for field, name in columns.items()}
    rows = _Rows(source, delimiter, len(cells))
    for number, row in rows:
        place = f"{source.place}:{number}"
        if isinstance(row, Rejection):
            yield row
        elif number > 1 or [cell.strip() for cell in row] != cells:
            if len(row) > len(cells) and not any(cell.strip() for cell in row[len(cells) :]):
                row = row[: len(cells)]  # trailing delimiters
            if len(row) != len(cells):
                yield Rejection(
                    "read",
                    "row-columns",
                    f"has {len(row)} cells where the header has {len(cells)}; quote its text",
                    place,
                )
            else:
                whole = dict(zip(cells, row, strict=True))
                yield read_row({field: row[i] for field, i in at.items()}, place, whole)


def columns_of(names: Sequence[str], source: Source) -> dict[str, str]:
    """Which column holds which field: as told, the rest by their names.

    Raises:
        InputError: a column that was told is missing, or none holds text.
    """
    columns = guess_columns(names)
    for field, name in source.options.columns:
        if name not in names:
            raise InputError(
                "table-no-column",
                f"has no column {name!r} (told for {field!r}) among {_shown(names)}; "
                "correct --columns",
                source.place,
            )
        columns[field] = name
    listing = dict.fromkeys(names, "x")
    if not columns.keys() & {"text", "html"} and no_text(listing, source.place) is None:
        raise InputError(
            "table-no-text-column",
            f"has no column of text that we know among {_shown(names)}; name it with --columns "
            "text=NAME",
            source.place,
        )
    return columns


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Columns by the other names of fields in `data/read/fields.yml`, case and spaces aside."""
    keys = {_key(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, aliases in _aliases().items():
        name = next((keys[alias] for alias in aliases if alias in keys), None)
        if name is not None:
            found[field] = name
    return found


def read_row(
    cells: Mapping[str, str | None], place: str, row: Mapping[str, str] = MappingProxyType({})
) -> RawItem | Rejection:
    """The article of one row, its cells by field; of lists without text, all by their columns."""
    given = {field: value for field, value in cells.items() if value and value.strip()}
    html = given.get("html")
    body = given.get("text") or html
    if body is None:
        if not cells.keys() & {"text", "html"}:
            listed = no_text({"url": "a page", "title": "untitled", **given, **row}, place)
            if listed is not None:
                return listed
        return Rejection("read", "row-no-text", "its cell of text is empty; leave it out", place)
    as_page = "text" not in given or _PAGE.match(body) is not None
    rest = {field: given.get(field) for field in FIELDS[2:]}
    rest["published"] = stated_day(rest["published"])
    return RawItem(place, "html" if as_page else "text", body, **rest)


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    table = field_table()
    return {field: tuple(_key(".".join(path)) for path in table[field]) for field in FIELDS}


def _key(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.strip().lower())


def _shown(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:20])


def _header(source: Source) -> tuple[list[str], str]:
    """The cells of the first line, and the delimiter: the one that gives most names we know."""
    line = source.head.removeprefix(_MARK).split(b"\n", 1)[0].rstrip(b"\r")
    text = line.decode("utf-8", "replace")
    best: tuple[int, int, list[str], str] = (-1, 0, [text.strip()], ",")
    for delimiter in _DELIMITERS:
        try:
            cells = [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [])]
        except csv.Error:  # a lone carriage return in the line, a cell beyond all measure
            continue
        rank = (len(guess_columns(cells)), len(cells))
        if rank > best[:2]:
            best = (*rank, cells, delimiter)
    return best[2], best[3]


class _Rows:
    """Rows with the number of their first line; quoted cells may hold line breaks."""

    def __init__(self, source: Source, delimiter: str, width: int) -> None:
        self._source = source
        self._delimiter = delimiter
        self._width = width
        self._limit = source.options.max_line_bytes
        self._number = 0
        self._waiting: deque[tuple[int, str | Rejection]] = deque()
        # One limit for the whole process; only ever raised, the line limit is the real one.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit))

    def __iter__(self) -> Iterator[tuple[int, list[str] | Rejection]]:
        while (found := self._line()) is not None:
            number, line = found
            if isinstance(line, Rejection):
                yield number, line
            elif line.strip():
                yield number, self._row(number, line)

    def _row(self, number: int, line: str) -> list[str] | Rejection:
        bare = line.rstrip("\r\n")
        if self._delimiter == "\t" and bare.count("\t") == self._width - 1:
            # Most TSV has no quoting, and quotation marks of its own.
            return [_unquoted(cell) for cell in bare.split("\t")]
        if line.count('"') % 2 and self._open(line):
            whole = self._closed(line)
            if whole is None:
                return Rejection(
                    "read",
                    "row-open-quote",
                    "opens a quotation mark that nothing closes; double or close it",
                    f"{self._source.place}:{number}",
                )
            line = whole
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error as error:
            place = f"{self._source.place}:{number}"
            return Rejection("read", "row-damaged", f"is no row ({error}); mend it", place)

    def _closed(self, line: str) -> str | None:
        """The row with the lines that its open cell runs on to; None where it never closes."""
        parts, size = [line], len(line)
        taken: list[tuple[int, str | Rejection]] = []
        while size <= self._limit:
            found = self._line()
            if found is None:
                break
            taken.append(found)
            text = found[1]
            if isinstance(text, Rejection):
                break
            parts.append(text)
            size += len(text)
            if text.count('"') % 2 and not self._open("".join(parts)):
                return "".join(parts)
        self._waiting.extendleft(reversed(taken))  # they are rows of their own
        return None

    def _open(self, text: str) -> bool:
        """True where a quoted cell is still open at the end of the text."""
        at = 0
        while at < len(text):
            if text[at] == '"':
                quoted = _QUOTED.match(text, at)
                if quoted is None:
                    return True
                at = quoted.end()
            at = text.find(self._delimiter, at)
            if at < 0:
                return False
            at += 1
        return False

    def _line(self) -> tuple[int, str | Rejection] | None:
        """The next line, decoded by itself: files put together mix encodings."""
        if self._waiting:
            return self._waiting.popleft()
        data = self._source.stream.readline(self._limit + 1)
        if not data:
            return None
        self._number += 1
        place = f"{self._source.place}:{self._number}"
        if len(data) > self._limit and not data.endswith(b"\n"):
            while data and not data.endswith(b"\n"):
                data = self._source.stream.readline(self._limit)
            words = f"is longer than {self._limit:,} bytes; shorten it or raise max_line_bytes"
            return self._number, Rejection("read", "line-too-long", words, place)
        try:
            text = decode(data.removeprefix(_MARK) if self._number == 1 else data, place)
        except InputError as error:
            return self._number, Rejection("read", error.code, error.detail, place)
        return self._number, text


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and _QUOTED.fullmatch(cell):
        return cell[1:-1].replace('""', '"')
    return cell
