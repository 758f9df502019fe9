"""One opened input: its bytes, unpacked and within limits, with the head to look at first."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from dragoman.errors import InputError
from dragoman.read.options import ReadOptions

HEAD = 65_536
_GZIP = b"\x1f\x8b"

# Containers and documents that are often handed over by mistake: what to do instead.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or save it as text"),
    (b"%PDF", "a PDF; save its text first, for example with pdftotext"),
    (b"BZh", "packed with bzip2; unpack it or pack it with gzip"),
    (b"\xfd7zXZ\x00", "packed with xz; unpack it or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
    (b"{\\rtf", "rich text; save it as plain text"),
)
_TAR, _TAR_AT = b"ustar", 257


class _Counting(io.RawIOBase):
    """Passes bytes on and counts them: what was read of a packed file."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = self._rest.read(len(view)) or b""
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Guarded(io.RawIOBase):
    """Unpacked bytes; stops a gzip bomb, and turns damage into an `InputError`."""

    def __init__(self, packed: _Counting, place: str, options: ReadOptions) -> None:
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=cast(BinaryIO, packed), mode="rb")
        self._place = place
        self._options = options
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._gzip.read1(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(
                "gzip-damaged",
                f"the gzip file is cut short or damaged ({error}); fetch it again",
                self._place,
            ) from error
        self._count += len(data)
        limit = self._options.max_input_bytes
        if self._count > limit and self._count > self._options.max_gzip_ratio * self._packed.count:
            raise InputError(
                "gzip-bomb",
                f"unpacks to more than {self._options.max_gzip_ratio} times its size; unpack it "
                "yourself if you trust it",
                self._place,
            )
        view[: len(data)] = data
        return len(data)


@dataclass(frozen=True)
class Source:
    """An input ready to be read.

    Attributes:
        place: where it is, for messages.
        name: file name without folder, lower case, without `.gz`; only a hint of the kind.
        head: the first bytes, unpacked; still to be read from `stream`.
        stream: all bytes, unpacked.
        path: the file itself, or None where it is a stream.
    """

    place: str
    name: str
    head: bytes
    stream: BinaryIO
    options: ReadOptions
    path: Path | None = None

    def read_all(self) -> bytes:
        """All bytes.

        Raises:
            InputError: there are more than the limit.
        """
        limit = self.options.max_input_bytes
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(
                "input-too-long",
                f"longer than {limit:,} bytes; split it, give it as JSON Lines, or raise "
                "max_input_bytes",
                self.place,
            )
        return data


def open_source(
    stream: BinaryIO, place: str, options: ReadOptions, path: Path | None = None
) -> Source:
    """Look at the head of a stream and unpack it.

    Raises:
        InputError: empty, binary or damaged.
    """
    head, buffered = _peek(cast(io.RawIOBase, stream))
    for _ in range(2):  # a gzip file packed once more by a careless download
        if not head.startswith(_GZIP):
            break
        packed = _Counting(b"", cast(BinaryIO, buffered))
        head, buffered = _peek(_Guarded(packed, place, options))
    if not head:
        raise InputError("file-empty", "holds no text; leave it out", place)
    for magic, words in _MAGIC:
        if head.startswith(magic):
            raise InputError("binary", f"is {words}", place)
    if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        raise InputError("binary", "is a tar archive; unpack it first", place)
    name = Path(place).name.lower().removesuffix(".gz")
    return Source(place, name, head, cast(BinaryIO, buffered), options, path)


class _Broken(io.RawIOBase):
    """The end of a damaged input: reading on raises what was wrong with it."""

    def __init__(self, error: InputError) -> None:
        self._error = error

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:  # noqa: ARG002 - the signature of a stream
        raise self._error


def _peek(raw: io.RawIOBase | io.BufferedReader) -> tuple[bytes, io.BufferedReader]:
    """The first bytes, and a reader that gives them again. Works on pipes, which cannot seek."""
    parts: list[bytes] = []
    size = 0
    while size < HEAD:
        try:
            part = raw.read(HEAD - size)
        except InputError as error:
            if not parts:
                raise
            raw = _Broken(error)  # what came before the damage is still read
            break
        if not part:
            break
        parts.append(part)
        size += len(part)
    head = b"".join(parts)
    return head, io.BufferedReader(_Counting(head, cast(BinaryIO, raw)), buffer_size=HEAD)
