"""RSS and Atom files: each item an article; streamed, without entities or network."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from dragoman.errors import InputError
from dragoman.read.source import Source
from dragoman.records import RawItem, Rejection
from dragoman.yamlfile import load_yaml

_TABLE = Path(__file__).resolve().parent.parent / "data" / "read" / "feeds.yml"
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
    rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]",
    re.S,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"<(?:p|div|article|section|br)[\s/>]", re.I)
_WIDE = re.compile(rb"encoding\s*=\s*[\"']utf-?(?:16|32)", re.I)
_ITEMS = ("item", "entry")
_PART = 1 << 16


def matches(source: Source) -> bool:
    """True for RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom."""
    return _ROOT.match(source.head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(source: Source) -> Iterator[RawItem | Rejection]:
    """The items of a feed, in order."""
    names = {field: tuple(tags) for field, tags in load_yaml(_TABLE).items()}
    outlet: str | None = None
    number = 0
    for element in _elements(source):
        name = _local(element)
        if (
            name == "title"
            and outlet is None
            and _local(element.getparent()) in ("channel", "feed")
        ):
            outlet = _words(element)
        elif name in _ITEMS:
            number += 1
            yield _article(element, names, outlet, f"{source.place}#{number}", source)
            element.clear()
            # What was read is let go, so that a feed of any length fits into memory.
            while element.getprevious() is not None and _local(element.getprevious()) in _ITEMS:
                del element.getparent()[0]
    if not number:
        yield Rejection("read", "feed-empty", "is a feed without items; leave it out", source.place)


def _elements(source: Source) -> Iterator[Any]:
    # Wide characters have been made UTF-8 by now, whatever the declaration still says.
    encoding = "utf-8" if _WIDE.search(source.head[:200]) else None
    parser = etree.XMLPullParser(
        events=("end",),
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=False,
    )
    limit = source.options.max_line_bytes
    pending = 0
    try:
        while data := source.stream.read(_PART):
            parser.feed(data)
            pending += len(data)
            for _, element in parser.read_events():
                if _local(element) in _ITEMS:
                    pending = 0
                yield element
            if pending > limit:
                words = f"holds an item longer than {limit:,} bytes; raise max_line_bytes if wanted"
                raise InputError("feed-item-too-long", words, source.place)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise InputError(
            "feed-damaged", f"is cut short or no XML ({error.msg}); fetch it again", source.place
        ) from error


def _article(
    element: Any, names: dict[str, tuple[str, ...]], outlet: str | None, place: str, source: Source
) -> RawItem | Rejection:
    published = _first(element, names["published"])
    body = _body(element, names)
    title = _first(element, names["title"])
    link = _link(element)
    if body is None and link and source.options.feed_links:
        body = False, ""
    if body is None:
        return Rejection(
            "read",
            "feed-no-text",
            f"{title!r} has a link and no text of its own; fetch the page it leads to",
            place,
        )
    if published is None and not source.options.undated_feeds:
        return Rejection(
            "read",
            "feed-no-date",
            f"{title!r} does not say when it was published; give --published for the whole feed",
            place,
        )
    kind, text = body
    return RawItem(
        origin=place,
        kind="html" if kind else "text",
        body=text,
        id=_first(element, names["id"]),
        title=title,
        url=link,
        publisher=outlet,
        published=published,
        language=_first(element, names["language"]),
    )


def _local(element: Any) -> str:
    """The tag without its namespace; comments and instructions have none."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Children by the order of the names wanted; `prefix:name` asks for that prefix."""
    for wanted in names:
        prefix, _, name = wanted.rpartition(":")
        for child in element:
            # Pictures have titles and descriptions of their own (media:description).
            if _local(child) == name and (
                child.prefix == prefix if prefix else child.prefix != "media"
            ):
                yield child


def _words(element: Any) -> str | None:
    text = html.unescape(_TAG.sub(" ", "".join(element.itertext())))
    return " ".join(text.split()) or None


def _first(element: Any, names: tuple[str, ...]) -> str | None:
    found = (_words(child) for child in _children(element, names))
    return next((text for text in found if text), None)


def _body(element: Any, names: dict[str, tuple[str, ...]]) -> tuple[bool, str] | None:
    """Whether the text is HTML, and the text: the whole where the feed has it, else the summary."""
    for child in _children(element, names["text"]):
        if any(isinstance(each.tag, str) for each in child):  # Atom with XHTML within
            inner = "".join(etree.tostring(each, encoding="unicode") for each in child)
            return True, f"<html><body><article>{inner}</article></body></html>"
        text = "".join(child.itertext()).strip()
        if not text:
            continue
        if not _TAG.search(text):
            return False, html.unescape(text)
        if not lxml.html.fromstring(f"<div>{text}</div>").text_content().strip():
            continue  # a picture and nothing else
        inner = text if _BLOCK.search(text) else f"<p>{text}</p>"
        return True, f"<html><body><article>{inner}</article></body></html>"
    return None


def _link(element: Any) -> str | None:
    links = [child for child in element if _local(child) == "link"]
    for child in links:
        if child.get("rel", "alternate") == "alternate" and child.get("href"):
            return str(child.get("href"))
    text = next((_words(child) for child in links if _words(child)), None)
    if text is None:
        guid = next((child for child in element if _local(child) == "guid"), None)
        words = _words(guid) if guid is not None else None
        text = words if words and words.startswith("http") else None
    return text
