"""What a run on many machines is to do: files cut into shards, and the plan kept in its folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, UsageError
from dragoman.read import (
    InputPath,
    ReadOptions,
    cut_parquet,
    list_files,
    read_file,
    read_options,
    read_stream,
)
from dragoman.records import Coder, RawItem, Rejection
from dragoman.scale.files import absolute, is_uri, list_uri, open_input
from dragoman.settings import Settings
from dragoman.store import CoderKey, InputFile, schema_names

PLAN = "run.json"
_FORMAT = "dragoman-run-1"
_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the inputs, or what stands in its place.

    Attributes:
        position: of the input that it belongs to.
        file: the file, with the name under which every machine finds it.
        rejection: why there is none.
    """

    position: int
    file: InputPath | None = None
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or some row groups of a Parquet file.

    Attributes:
        id: hash of its place and content.
        row_groups: see `ReadOptions.row_groups`.
    """

    id: str
    found: Found
    row_groups: tuple[int, int, int] | None = None

    @property
    def place(self) -> str:
        """The file as messages tell it."""
        return self.found.file.place if self.found.file else ""


@dataclass(frozen=True, slots=True)
class Shard:
    """What one task reads: a large piece, or small ones that follow each other."""

    id: str
    pieces: tuple[Piece, ...]

    @property
    def place(self) -> str:
        """Its first file, and how many more there are."""
        more = len(self.pieces) - 1
        return self.pieces[0].place + (f" and {more} more" if more else "")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was looked at: what it holds by size and hash, and its pieces."""

    found: Found
    bytes: int | None
    sha256: str | None
    pieces: tuple[Piece, ...]


def find_files(inputs: Sequence[str]) -> Iterator[Found]:
    """The files of the inputs, in the order in which one process reads them.

    Raises:
        UsageError: standard input is among them; other machines do not have it.
    """
    for position, name in enumerate(inputs):
        if name == "-":
            raise UsageError("standard input cannot be read by other machines; name files")
        try:
            listed: Iterable[InputPath | Rejection]
            listed = list_uri(name) if is_uri(name) else list_files([name])
            for each in listed:
                if isinstance(each, Rejection):
                    yield Found(position, rejection=each)
                else:
                    yield Found(position, replace(each, path=absolute(each.place)))
        except InputError as error:
            why = Rejection("read", error.code, error.detail, error.place)
            yield Found(position, rejection=why)


def look(found: Found, options: ReadOptions, group_bytes: int) -> Seen:
    """Hash a file, and cut it where it is a large Parquet file.

    Args:
        group_bytes: row groups of a Parquet file are put together up to this size, unpacked.
    """
    if found.file is None:
        return Seen(found, None, None, (Piece(_digest(asdict(found)), found),))
    place, path = found.file.place, found.file.path or found.file.place
    try:
        if not is_uri(path) and not Path(path).is_file():
            raise OSError("no file")  # reading it tells why
        with open_input(path) as stream:
            head = stream.read(len(_MAGIC))
            digest, size = hashlib.sha256(head), len(head)
            while part := stream.read(1 << 20):
                digest.update(part)
                size += len(part)
    except OSError:
        return Seen(found, None, None, (Piece(_digest(place, "unreadable"), found),))
    sha256 = digest.hexdigest()
    groups = _row_groups(path, place, options, group_bytes) if head == _MAGIC else [None]
    pieces = tuple(Piece(_digest(place, sha256, group), found, group) for group in groups)
    return Seen(found, size, sha256, pieces)


def put_together(seen: Iterable[Seen], most_bytes: int) -> list[Shard]:
    """Shards of all pieces, in order, each piece once.

    Args:
        most_bytes: small files are put together up to this size; a folder of pages would else
            give as many files of results as it has pages.
    """
    shards: list[Shard] = []
    waiting: list[Piece] = []
    size, had = 0, set()
    for each in seen:
        for piece in each.pieces:
            if piece.id in had:
                continue
            had.add(piece.id)
            length = most_bytes if piece.row_groups else each.bytes or 0
            if waiting and size + length > most_bytes:
                shards.append(_shard(waiting))
                waiting, size = [], 0
            waiting.append(piece)
            size += length
    return [*shards, _shard(waiting)] if waiting else shards


def _shard(pieces: Sequence[Piece]) -> Shard:
    return Shard(_digest(*(piece.id for piece in pieces)), tuple(pieces))


def _row_groups(
    path: str, place: str, options: ReadOptions, group_bytes: int
) -> Sequence[tuple[int, int, int] | None]:
    try:
        with open_input(path) as stream:
            return cut_parquet(stream, place, options, group_bytes) or [None]
    except OSError:
        return [None]


def read_shard(shard: Shard, settings: Settings) -> Iterator[RawItem | Rejection]:
    """The items of a shard, just as one process reads them."""
    for piece in shard.pieces:
        yield from _read_piece(piece, settings)


def _read_piece(piece: Piece, settings: Settings) -> Iterator[RawItem | Rejection]:
    found = piece.found
    if found.file is None:
        if found.rejection is not None:
            yield found.rejection
        return
    options = replace(read_options(settings), row_groups=piece.row_groups)
    path = found.file.path or found.file.place
    if not is_uri(path):
        yield from read_file(found.file, options)
        return
    try:
        with open_input(path) as stream:
            yield from read_stream(stream, found.file.place, options)
    except OSError as error:
        detail = f"the file cannot be read ({error}); check its permissions"
        yield Rejection("read", "file-unreadable", detail, found.file.place)


def describe(inputs: Sequence[str], seen: Iterable[Seen]) -> tuple[InputFile, ...]:
    """The inputs as the table `inputs` of a store keeps them."""
    by_input: dict[int, list[Seen]] = {position: [] for position in range(len(inputs))}
    for each in seen:
        by_input[each.found.position].append(each)
    return tuple(_describe(name, by_input[n]) for n, name in enumerate(inputs))


def _describe(name: str, seen: Sequence[Seen]) -> InputFile:
    known = [s for s in seen if s.sha256 is not None and s.found.file is not None]
    if not known:
        return InputFile(name)
    if len(seen) == 1 and not known[0].found.file.walked:  # type: ignore[union-attr]
        return InputFile(name, 1, known[0].bytes, known[0].sha256)
    tree = hashlib.sha256()
    for each in known:
        place = each.found.file.place if each.found.file else ""
        inside = place[len(name.rstrip("/")) :].lstrip("/")
        tree.update(f"{inside}\0{each.sha256}\n".encode("utf-8", "surrogateescape"))
    return InputFile(name, len(known), sum(s.bytes or 0 for s in known), tree.hexdigest())


# --------------------------------------------------------------------------- kept in the folder


@dataclass(frozen=True, slots=True)
class Plan:
    """A run as its folder keeps it.

    Attributes:
        coder: who codes.
        settings: all of them, as JSON.
        workers: actors that code.
        lot_items: items of a lot; see `dragoman.scale.lots`.
        shards: ids with their places and, once they are done, the number of their lots.
        state: `running` or `finished`.
    """

    coder: CoderKey
    settings: str
    workers: int
    lot_items: int
    inputs: tuple[InputFile, ...]
    shards: tuple[tuple[str, str, int | None], ...]
    state: str = "running"

    def to_json(self) -> str:
        """As the text of `run.json`."""
        value = {
            "format": _FORMAT,
            "schema": list(schema_names()),
            "state": self.state,
            "coder": {"id": self.coder.id, **asdict(self.coder.coder),
                      "settings": json.loads(self.coder.settings)},
            "settings": json.loads(self.settings),
            "workers": self.workers,
            "lot_items": self.lot_items,
            "inputs": [asdict(each) for each in self.inputs],
            "shards": [{"id": i, "place": p, "lots": n} for i, p, n in self.shards],
        }  # fmt: skip
        return json.dumps(value, indent=1) + "\n"


def read_plan(text: str, place: str) -> Plan:
    """The plan of a `run.json`.

    Raises:
        InputError: it is none, or one of another version.
    """
    try:
        value = json.loads(text)
        if value["format"] != _FORMAT:
            raise ValueError(value["format"])
        coder = dict(value["coder"])
        number, settings = coder.pop("id"), coder.pop("settings")
        plan = Plan(
            CoderKey(number, Coder(**coder), json.dumps(settings, sort_keys=True)),
            json.dumps(value["settings"], sort_keys=True),
            int(value["workers"]),
            int(value["lot_items"]),
            tuple(InputFile(**each) for each in value["inputs"]),
            tuple((s["id"], s["place"], s["lots"]) for s in value["shards"]),
            value["state"],
        )
        schema = value["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "run-unknown", f"is no plan of a run ({error!r}); name the folder that "
            "`dragoman scale` wrote", place,
        ) from error  # fmt: skip
    if schema != list(schema_names()):
        raise InputError(
            "run-version",
            "was written by another version of Dragoman, whose tables differ; use that version "
            "for the whole of it",
            place,
        )
    return plan


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
