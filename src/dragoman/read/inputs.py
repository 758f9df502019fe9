"""Files, folders and standard input -> articles, each failure a counted `Rejection`."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.read import feed
from dragoman.read.decode import decode, is_binary, wide_encoding
from dragoman.read.kinds import container_of, kind_of
from dragoman.read.options import ReadOptions
from dragoman.read.source import HEAD, Source, open_source
from dragoman.records import RawItem, Rejection

STDIN = "-"
STDIN_PLACE = "<stdin>"
# Reasons of inputs that could not even be opened.
UNOPENED = frozenset(
    {"file-missing", "file-unreadable", "folder-unreadable", "not-a-file", "stdin-missing"}
)


def read_inputs(
    inputs: Sequence[str], options: ReadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[RawItem | Rejection]:
    """Every article of the inputs, in order; folders are walked in the order of names.

    Args:
        inputs: paths of files and folders, or `-` for `stdin`.
        options: limits; the defaults where None.
        stdin: the stream that `-` stands for.

    Yields:
        Articles, and a rejection (stage `read`) for everything that could not be read.
    """
    options = options or ReadOptions()
    for found in list_files(inputs):
        if isinstance(found, Rejection):
            yield found
        elif found.place != STDIN:
            yield from read_file(found, options)
        elif stdin is None:
            yield _rejected("stdin-missing", "no standard input; name a file", STDIN_PLACE)
        else:
            yield from read_stream(stdin, STDIN_PLACE, options)


def opened(
    items: Iterable[RawItem | Rejection],
) -> tuple[Iterator[RawItem | Rejection], list[Rejection]]:
    """The same items, or none and all rejections where no input could even be opened.

    A caller knows by that, before it writes anything, that there is nothing to write.
    """
    rest = iter(items)
    shut: list[Rejection] = []
    for item in rest:
        if not (isinstance(item, Rejection) and item.code in UNOPENED):
            return chain(shut, [item], rest), []
        shut.append(item)
    return iter(()), shut


@dataclass(frozen=True, slots=True)
class InputPath:
    """One file of the inputs.

    Attributes:
        place: its path as messages tell it; `-` is standard input.
        walked: met in a folder, not named.
        path: where it lies, if `place` does not say so.
    """

    place: str
    walked: bool = False
    path: str | None = None


def list_files(inputs: Sequence[str]) -> Iterator[InputPath | Rejection]:
    """The files of the inputs in the order in which they are read; folders are walked."""
    for name in inputs:
        if name != STDIN and Path(name).is_dir():
            yield from _list_folder(Path(name))
        else:
            yield InputPath(name if name == STDIN else str(Path(name)))


def _list_folder(folder: Path) -> Iterator[InputPath | Rejection]:
    """The files of a folder and of the folders in it; hidden ones are passed over."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield _rejected("folder-unreadable", _why(error, "folder"), str(folder))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        # A link to a folder may lead back up; a link to a file is as good as the file.
        if entry.is_dir(follow_symlinks=False):
            yield from _list_folder(Path(entry.path))
        elif not entry.is_dir():
            yield InputPath(str(Path(entry.path)), walked=True)


def read_file(file: InputPath, options: ReadOptions) -> Iterator[RawItem | Rejection]:
    """The articles of one file."""
    place, path = file.place, Path(file.path or file.place)
    try:
        mode = path.stat().st_mode
        # A pipe that is named (`<(zcat ...)`) is read; one met in a folder would wait for ever.
        if not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and not file.walked)):
            yield _rejected("not-a-file", "is a device or a socket; name a file", place)
            return
        stream = path.open("rb")
    except FileNotFoundError:
        yield _rejected("file-missing", "there is no such file; check the path", place)
        return
    except (OSError, ValueError) as error:
        yield _rejected("file-unreadable", _why(error, "file"), place)
        return
    with stream:
        yield from read_stream(stream, place, options, path)


def read_stream(
    stream: BinaryIO, place: str, options: ReadOptions, path: Path | None = None
) -> Iterator[RawItem | Rejection]:
    """The articles of one opened input.

    Args:
        place: where it is, for messages.
        path: the file that the stream reads, where it is one.
    """
    try:
        source = open_source(stream, place, options, path)
        container = container_of(source)
        if container is not None:
            yield from container.read(source)
            return
        if is_binary(source.head):
            raise InputError("binary", "is a binary file, no text; leave it out", place)
        if wide_encoding(source.head):
            source = _as_utf8(source)
        yield from kind_of(source).read(source)
    except InputError as error:
        yield _rejected(error.code, error.detail, error.place)
    except OSError as error:
        yield _rejected("file-unreadable", _why(error, "file"), place)


def read_feed(data: bytes, place: str, options: ReadOptions) -> Iterator[RawItem | Rejection]:
    """The items of a feed that was fetched.

    Raises:
        InputError: it is none, or it is damaged; what stands before the damage was given.
    """
    source = open_source(io.BytesIO(data), place, options)
    if wide_encoding(source.head):
        source = _as_utf8(source)
    if not feed.matches(source):
        raise InputError("feed-none", "is no feed of RSS or Atom; check the address", place)
    yield from feed.read(source)


def _as_utf8(source: Source) -> Source:
    """The same source in UTF-8, so that no kind has to think of wide characters."""
    data = decode(source.read_all(), source.place).encode("utf-8", "replace")
    return replace(source, head=data[:HEAD], stream=io.BytesIO(data))


def _why(error: Exception, what: str) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"the {what} cannot be read ({words}); check its permissions"


def _rejected(code: str, detail: str, place: str) -> Rejection:
    return Rejection("read", code, detail, place)
