"""Files, folders and standard input -> articles, each failure a counted `Rejection`."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.read.decode import decode, is_binary, wide_encoding
from dragoman.read.kinds import container_of, kind_of
from dragoman.read.options import ReadOptions
from dragoman.read.source import HEAD, Source, open_source
from dragoman.records import RawItem, Rejection

STDIN = "-"
STDIN_PLACE = "<stdin>"


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
    for name in inputs:
        if name == STDIN:
            if stdin is None:
                yield _rejected("stdin-missing", "no standard input; name a file", STDIN_PLACE)
            else:
                yield from _read_stream(stdin, STDIN_PLACE, options)
        elif Path(name).is_dir():
            yield from _read_folder(Path(name), options)
        else:
            yield from _read_file(Path(name), options)


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[RawItem | Rejection]:
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
            yield from _read_folder(Path(entry.path), options)
        elif not entry.is_dir():
            yield from _read_file(Path(entry.path), options, walked=True)


def _read_file(
    path: Path, options: ReadOptions, walked: bool = False
) -> Iterator[RawItem | Rejection]:
    place = str(path)
    try:
        mode = path.stat().st_mode
        # A pipe that is named (`<(zcat ...)`) is read; one met in a folder would wait for ever.
        if not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and not walked)):
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
        yield from _read_stream(stream, place, options)


def _read_stream(
    stream: BinaryIO, place: str, options: ReadOptions
) -> Iterator[RawItem | Rejection]:
    try:
        source = open_source(stream, place, options)
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


def _as_utf8(source: Source) -> Source:
    """The same source in UTF-8, so that no kind has to think of wide characters."""
    data = decode(source.read_all(), source.place).encode("utf-8", "replace")
    return replace(source, head=data[:HEAD], stream=io.BytesIO(data))


def _why(error: Exception, what: str) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"the {what} cannot be read ({words}); check its permissions"


def _rejected(code: str, detail: str, place: str) -> Rejection:
    return Rejection("read", code, detail, place)
