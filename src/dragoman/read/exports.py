"""Exports of news archives that hold several documents a file: Nexis Uni and Factiva.

What the lines are called stands in `data/read/exports.yml`. The text files are streamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import lxml.html  # type: ignore[import-untyped]

from dragoman.errors import InputError
from dragoman.read.decode import decode
from dragoman.read.listings import export_table
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_MARKUP = re.compile(rb"<(?:!doctype|html|body|div|p)[\s>]", re.I)
_MARK = b"\xef\xbb\xbf"
_DAY = re.compile(r"[A-Z][a-z]{2,9}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,9}\.?,? \d{4}")
_BLANK = re.compile(r"\n{3,}")
_BLOCKS = "p div br h1 h2 h3 h4 li tr table".split()


@dataclass(frozen=True)
class _Forms:
    """Compiled forms of lines."""

    end: re.Pattern[str]
    begin: re.Pattern[str]
    label: re.Pattern[str]
    labels: Mapping[str, str]
    copyright: re.Pattern[str]
    factiva: Mapping[str, str]


@cache
def _forms() -> _Forms:
    table = export_table()
    nexis, factiva = table["nexis"], table["factiva"]
    labels = {name.lower(): kind for kind, names in nexis["labels"].items() for name in names}
    return _Forms(
        end=_any(nexis["end"]),
        begin=_any(nexis["begin"]),
        label=re.compile(rf"\s*({'|'.join(labels)}):?[ \t]*(?:(?<=:)(.*)|(?<=:[ \t])(.*))?$", re.I),
        labels=labels,
        copyright=_any(nexis["copyright"]),
        factiva={code: kind for kind, codes in factiva.items() for code in codes},
    )


def _any(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(forms)})\s*$", re.I)


def matches(source: Source) -> bool:
    """True where the head has the marks of Nexis (load date and length) or of Factiva."""
    return _is_factiva(source.head) or _is_nexis(source.head)


def _is_nexis(head: bytes) -> bool:
    low = head.lower()
    marks = (b"load-date", b"end of document", b"length:", b" documents")
    return sum(mark in low for mark in marks) >= 2 and b"load-date" in low


def _is_factiva(head: bytes) -> bool:
    codes = set(re.findall(rb"^([A-Z]{2})(?:[ \t]|\r?$)", head, re.M))
    return {b"HD", b"PD"} <= codes and bool(codes & {b"LP", b"TD"})


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The documents of the file, in order."""
    factiva = _is_factiva(source.head)
    number = 0
    for document in _documents(source, factiva):
        number += 1
        place = f"{source.place}#{number}"
        if isinstance(document, Rejection):
            yield document
        else:
            yield (_factiva if factiva else _nexis)(document, place)
    if not number:
        yield Rejection("read", "export-empty", "holds no document; export it anew", source.place)


def _documents(source: Source, factiva: bool) -> Iterator[list[str] | Rejection]:
    """The lines of each document."""
    forms = _forms()
    limit = source.options.max_line_bytes
    lines: list[str] = []
    size = 0
    for line in _lines(source):
        starts = (factiva and line[:2] == "HD" and _codes(lines) >= {"HD", "AN"}) or (
            not factiva and forms.begin.match(line) is not None
        )
        ends = not factiva and forms.end.match(line) is not None
        if starts or ends:
            if any(each.strip() for each in lines):
                yield lines if size <= limit else _too_long(source, limit)
            lines, size = [], 0
        if not (ends or (starts and not factiva)):
            size += len(line)
            if size <= limit:
                lines.append(line)
    if sum(bool(each.strip()) for each in lines) > 2:
        yield lines if size <= limit else _too_long(source, limit)


def _codes(lines: list[str]) -> set[str]:
    return {line[:2] for line in lines if line[:2].isupper() and not line[2:3].strip()}


def _too_long(source: Source, limit: int) -> Rejection:
    words = f"has a document longer than {limit:,} bytes; raise max_line_bytes if wanted"
    return Rejection("read", "document-too-long", words, source.place)


def _lines(source: Source) -> Iterator[str]:
    if _MARKUP.search(source.head[:4000]):
        tree = lxml.html.document_fromstring(decode(source.read_all(), source.place, markup=True))
        for element in tree.iter(*_BLOCKS):
            element.text, element.tail = "\n" + (element.text or ""), "\n" + (element.tail or "")
        yield from tree.text_content().split("\n")
        return
    limit = source.options.max_line_bytes
    first = True
    while data := source.stream.readline(limit + 1):
        if len(data) > limit and not data.endswith(b"\n"):
            words = f"has a line over {limit:,} bytes; raise max_line_bytes if wanted"
            raise InputError("line-too-long", words, source.place)
        yield decode(data.removeprefix(_MARK) if first else data, source.place).rstrip("\r\n")
        first = False


def _nexis(lines: list[str], place: str) -> RawItem | Rejection:
    """Head lines, labelled lines, the body; what the labels hold is not the story."""
    forms = _forms()
    head: list[str] = []
    body: list[str] = []
    told: dict[str, str] = {}
    part = "head"
    for line in lines:
        found = forms.label.match(line)
        if found is not None and (part != "body" or forms.labels[found.group(1).lower()] != "body"):
            part = forms.labels[found.group(1).lower()]
            told.setdefault(part, (found.group(2) or found.group(3) or "").strip())
            # Older files have no label for the body: it follows the length or the dateline.
            part = "after" if part in ("length", "section", "byline", "dateline") else part
        elif not forms.copyright.match(line):
            if part == "head":
                head.append(line.strip())
            elif part in ("body", "after"):
                body.append(line)
    head = [line for line in head if line]
    day = next((found.group() for line in head if (found := _DAY.search(line))), None)
    names = [line for line in head if not _DAY.search(line)]
    # The newer layout has the title first, the older one the outlet.
    older = "body" not in told
    title = (names[1:2] if older else names[:1]) or names[:1]
    outlet = names[:1] if older else names[1:2]
    about = {
        "title": "".join(title) or None,
        "publisher": "".join(outlet) or None,
        "published": day,
        "language": told.get("language"),
    }
    return _item(body, about, place)


def _factiva(lines: list[str], place: str) -> RawItem | Rejection:
    forms = _forms()
    told: dict[str, list[str]] = {}
    kind = "other"
    for line in lines:
        code = line[:3].strip()
        if code in forms.factiva and not line[len(code) : len(code) + 1].strip():
            kind = forms.factiva[code]
            line = line[len(code) :]
            if kind == "text":
                told.setdefault(kind, []).append("")
        told.setdefault(kind, []).append(line.strip())
    about: dict[str, str | None] = {
        key: " ".join(" ".join(told.get(key, [])).split()) or None
        for key in ("title", "published", "publisher", "language", "id")
    }
    if about["id"]:
        about["id"] = about["id"].removeprefix("Document ").split()[0]
    return _item(told.get("text", []), about, place)


def _item(body: list[str], about: dict[str, str | None], place: str) -> RawItem | Rejection:
    text = _BLANK.sub("\n\n", "\n".join(line.strip() for line in body)).strip()
    if not text:
        return Rejection(
            "read", "export-no-text", f"{about['title']!r} has no text; export it whole", place
        )
    return RawItem(place, "text", text, **about)
