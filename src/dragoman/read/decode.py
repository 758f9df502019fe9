"""Bytes -> text: byte order mark, UTF-8, the declared charset, a guess; never silently wrong."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from dragoman.errors import InputError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-:]{2,30})""", re.I)
_BAD_BYTES = re.compile("[\udc80-\udcff]+")
_WIDE = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]+")
_MAX_BAD = 5  # stray bytes for each good wide character
# What single-byte text of western Europe never holds; in cp1250 or KOI8-R it turns up at once.
_NOT_WESTERN = re.compile(
    "[^\x00-\x7fàâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿšžßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŠŽ"
    "…–—‘’‚“”„«»‹›€£§°·•¿¡©®™\u00a0\u00ad]|[À-Ý]{3}|[À-ÿ]{4}"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
_SAMPLE = 65_536
# More control characters than this share of the text: it is no text.
_MAX_CONTROL = 0.02


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, or by the zeros of Latin text in it; None for all others."""
    for mark, name in _BOMS[1:]:
        if head.startswith(mark):
            return name
    sample = head[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def is_binary(head: bytes) -> bool:
    """True where the bytes are no text in any encoding.

    Zeros that are not UTF-16, and most of it or other control characters with them; zeros alone
    are damage, which costs a line or a word.
    """
    if b"\0" not in head or wide_encoding(head) is not None:
        return False
    rest = head.replace(b"\0", b"")
    controls = len(rest) - len(rest.translate(None, _CONTROL_BYTES))
    return 2 * len(rest) < len(head) or controls > _MAX_CONTROL * len(rest)


def decode(data: bytes, place: str, markup: bool = False) -> str:
    """The text of some bytes.

    Args:
        data: the bytes.
        place: for messages.
        markup: whether a charset declared within counts (HTML, XML).

    Raises:
        InputError: no encoding makes text of them.
    """
    text = _decode(data, markup)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > _MAX_CONTROL * min(
        len(text), _SAMPLE
    ):
        raise InputError(
            "undecodable",
            "is no text in any encoding that we know; save it as UTF-8",
            place,
        )
    return text


def _decode(data: bytes, markup: bool) -> str | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(name, errors="replace")
            return text.removeprefix("\ufeff")
    wide = wide_encoding(data[:_SAMPLE])
    if wide is not None:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mended = _mixed(data)
    if mended is not None:
        return mended
    if markup:
        declared = _declared(data)
        if declared is not None:
            return declared
    western = data.decode("cp1252", errors="replace")
    if _NOT_WESTERN.search(western[:_SAMPLE]) is None:
        return western
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    return data.decode(best.encoding, errors="replace")


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return None
    # Browsers read Latin-1 as its superset; pages that declare it mean that.
    name = "cp1252" if name in ("iso8859-1", "ascii") else name
    try:
        return data.decode(name, errors="replace")
    except (LookupError, ValueError):
        return None


def _mixed(data: bytes) -> str | None:
    """UTF-8 with a few bytes of cp1252 in it (a pasted quote); None where it is no UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    bad = sum(len(run) for run in _BAD_BYTES.findall(text))
    good = sum(len(run) for run in _WIDE.findall(text))
    # Other encodings hardly ever hold a byte sequence that is good UTF-8.
    if bad > _MAX_BAD * good:
        return None

    def mend(match: re.Match[str]) -> str:
        return match.group().encode("utf-8", "surrogateescape").decode("cp1252", "replace")

    return _BAD_BYTES.sub(mend, text)
