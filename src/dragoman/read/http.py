"""An answer of a web server as archives keep it: status, headers and the decoded body."""

from __future__ import annotations

import re
import zlib
from codecs import lookup
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.read.decode import decode

_SPLIT = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w\-:]{2,30})", re.I)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_GZIP = b"\x1f\x8b"
_LATIN = ("iso8859-1", "ascii")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; `status` is None for a bare document without an HTTP head."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type, lower case, or an empty string."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def parse_headers(lines: bytes) -> dict[str, str]:
    """Header lines by lower-case name; the last of a repeated name wins."""
    found: dict[str, str] = {}
    for line in lines.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            found[name.strip().lower()] = value.strip()
    return found


def parse_answer(block: bytes) -> Answer:
    """The head and the raw body of a stored answer."""
    status = _STATUS.match(block)
    if status is None:
        return Answer(None, {}, block)
    head, body = block, b""
    end = _SPLIT.search(block)
    if end is not None:
        head, body = block[: end.start()], block[end.end() :]
    return Answer(int(status.group(1)), parse_headers(head), body)


def unpacked(answer: Answer, place: str, limit: int) -> bytes:
    """The body without chunks and packing.

    Raises:
        InputError: it cannot be unpacked, or is too long unpacked.
    """
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    coding = answer.headers.get("content-encoding", "").lower()
    for name in reversed([part.strip() for part in coding.split(",")]):
        body = _unpack(body, name, place, limit)
    return body


def text_of(answer: Answer, place: str, limit: int) -> str:
    """The body as text, unpacked and decoded.

    Raises:
        InputError: it cannot be unpacked, is too long unpacked, or is no text.
    """
    body = unpacked(answer, place, limit)
    charset = _CHARSET.search(answer.headers.get("content-type", ""))
    if charset is not None:
        told = _as_told(body, charset.group(1))
        if told is not None:
            return told
    return decode(body, place, markup=True)


def _as_told(body: bytes, charset: str) -> str | None:
    """The body in the charset of the header; None where the body contradicts it."""
    try:
        name = lookup(charset).name
        if name in (*_LATIN, "utf-8", "cp1252"):
            return None  # `decode` tells these apart by content, which headers often get wrong
        return body.decode(name)
    except (LookupError, ValueError):
        return None


def _join_chunks(body: bytes) -> bytes:
    """A chunked body put together; as it is where the archive has done so already."""
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found.group(1), 16)
        if not size:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        while body[at : at + 1] in (b"\r", b"\n"):
            at += 1
    # A body that ends within a chunk was cut; what is there is read.
    return b"".join(parts) if parts and at >= len(body) else body


def _unpack(body: bytes, name: str, place: str, limit: int) -> bytes:
    if name in ("", "identity", "none"):
        return body
    if name in ("gzip", "x-gzip"):
        if not body.startswith(_GZIP):
            return body  # unpacked by the crawler, which left the header
        return _inflate(body, 31, place, limit)
    if name == "deflate":
        if body.lstrip()[:1] == b"<":
            return body
        wrapped = body[:1] == b"\x78"
        return _inflate(body, 15 if wrapped else -15, place, limit)
    if name == "br":
        return body if body.lstrip()[:1] == b"<" else _unbrotli(body, place, limit)
    raise InputError(
        "http-encoding", f"is packed with {name!r}, which we cannot unpack; crawl it anew", place
    )


def _inflate(body: bytes, bits: int, place: str, limit: int) -> bytes:
    machine = zlib.decompressobj(bits)
    try:
        data = machine.decompress(body, limit + 1)
    except zlib.error as error:
        raise _damaged(error, place) from error
    if len(data) > limit:
        raise _bomb(place, limit)
    if not machine.eof:
        raise _damaged("cut short", place)
    return data


def _unbrotli(body: bytes, place: str, limit: int) -> bytes:
    import brotli

    machine = brotli.Decompressor()
    try:
        data: bytes = machine.process(body, output_buffer_limit=limit + 1)
        while len(data) <= limit and not machine.is_finished():
            more: bytes = machine.process(b"", output_buffer_limit=limit + 1)
            if not more:
                raise _damaged("cut short", place)
            data += more
    except brotli.error as error:
        raise _damaged(error, place) from error
    if len(data) > limit:
        raise _bomb(place, limit)
    return data


def _damaged(error: object, place: str) -> InputError:
    return InputError(
        "http-damaged", f"the packed body cannot be unpacked ({error}); crawl it anew", place
    )


def _bomb(place: str, limit: int) -> InputError:
    return InputError(
        "http-bomb", f"unpacks to more than {limit:,} bytes; raise max_line_bytes if wanted", place
    )
