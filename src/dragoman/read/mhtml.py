"""A page saved whole by a browser (`.mhtml`, `.mht`): a mail with the page and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from dragoman.read.decode import decode
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection

_RELATED = re.compile(rb"^content-type:\s*multipart/(related|mixed|alternative)", re.I | re.M)
_HEADER = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")


def matches(source: Source) -> bool:
    """True for a mail of several parts."""
    found = _HEADER.match(source.head)
    return found is not None and _RELATED.search(found.group()) is not None


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The page; the address and the day of saving stand in the head of the mail."""
    mail = message_from_bytes(source.read_all(), policy=policy.compat32)
    page = next((part for part in mail.walk() if part.get_content_type() == "text/html"), None)
    body = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(body, bytes) or not body.strip():
        yield Rejection(
            "read", "mhtml-no-page", "holds no page; save it again as HTML", source.place
        )
        return
    url = _header(mail, "Snapshot-Content-Location") or _header(page, "Content-Location")
    yield RawItem(
        origin=source.place,
        kind="html",
        body=_text(body, page.get_content_charset(), source.place),
        url=url if url and url.startswith("http") else None,
        fetched=_header(mail, "Date"),
    )


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return str(value).strip() or None if value is not None else None


def _text(body: bytes, charset: str | None, place: str) -> str:
    if charset and charset not in ("utf-8", "us-ascii", "iso-8859-1"):
        try:
            return body.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode(body, place, markup=True)
