"""A saved page -> its main text and metadata, and the words of the page around it."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import trafilatura
from lxml import etree

from dragoman.clean.repair import fix_encoding, squeeze

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPEN_TITLE = re.compile(r"(<title\b[^>]*>[^<\n]*)", re.I)
_TITLE_END = re.compile(r"</title\b", re.I)
_NUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SKIPPED = frozenset(
    "script style noscript template svg math head iframe object embed select option textarea "
    "canvas audio video map meta link".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
_LOOKS = "b i em strong u font big small tt s strike ins mark abbr acronym sub sup".split()
_VERBATIM = frozenset({"pre", "script", "style", "textarea"})
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_CAPTIONS = frozenset({"figcaption"})
_KEY = re.compile(r"\W+")
_HIDDEN = re.compile(
    r"<(script|style|head|template)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S
)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)[^<>]*>", re.I)
_PUBLISHED = re.compile(
    r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*[+-](?!00:?00)\d\d:?\d\d)"'
)
_MIN_SPACES = 2  # in a headline; shorter headings are names of sections
_SURE = 25  # letters from which on a block found inside a main paragraph is that paragraph
# What broken markup makes the extractor raise. Each is a page that is read the plain way instead.
_STUMBLES = (
    etree.LxmlError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
_MAX_DEPTH = 400  # of elements; no page nests deeper, but broken markup may


# Pages that it makes nothing of are our rejections, not lines on the user's terminal.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Attributes:
        main: paragraphs of the main text.
        frame: words around it, each with the number of main paragraphs before it, and whether it
            is a caption.
        title, publisher, url, published: metadata, or None.
    """

    main: tuple[str, ...]
    frame: tuple[tuple[str, int, bool], ...] = ()
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


def read_page(markup: str, url: str | None = None) -> Page:
    """Take a page apart.

    Args:
        markup: HTML, broken or not.
        url: the page's address where known, which helps to find its date.
    """
    tree = _parse(markup)
    if tree is None or not _KEY.sub("", "".join(tree.itertext())):
        return Page(tuple(_stripped(markup)))
    known: Any = None
    found: Any = None
    # Where trafilatura stumbles over a page, the plain way below still reads it.
    with suppress(*_STUMBLES):
        known = trafilatura.extract_metadata(tree, default_url=url)
    _join_lines(tree)
    with suppress(*_STUMBLES):
        found = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, fast=True, with_metadata=False
        )
    text = (found.text if found is not None else "") or ""
    main = [line for line in (_tidy(part) for part in text.split("\n")) if line]
    if not main:
        main = _plain_paragraphs(tree)
    title, publisher, address, published = _metadata(known)
    headings = [_tidy("".join(element.itertext())) for element in tree.iter("h1", "h2", "h3")]
    return Page(
        tuple(main),
        tuple(_frame(tree, main)),
        _headline(title, headings),
        publisher,
        address,
        _local_time(markup) or published,
    )


def _parse(markup: str) -> Any:
    markup = _NUL.sub(" ", _XML_DECLARATION.sub("", markup))
    if _TITLE_END.search(markup) is None:
        # All that follows an unclosed title would be its text.
        markup = _OPEN_TITLE.sub(r"\1</title>", markup, count=1)
    if not markup.strip():
        return None
    try:
        tree = trafilatura.load_html(markup)
        return tree if tree is not None else lxml.html.document_fromstring(markup)
    except (etree.LxmlError, ValueError, RecursionError):
        return None


def _join_lines(tree: Any) -> None:
    """Make line breaks in the source spaces and take off the tags of mere looks.

    The extractor would make a paragraph of each line, and of each word in bold, where the page
    has no `<p>`.
    """
    etree.strip_tags(tree, *_LOOKS)
    for element in tree.iter():
        if element.text and "\n" in element.text and element.tag not in _VERBATIM:
            element.text = _LINE_BREAKS.sub(" ", element.text)
        if element.tail and "\n" in element.tail:
            parent = element.getparent()
            if parent is None or parent.tag not in _VERBATIM:
                element.tail = _LINE_BREAKS.sub(" ", element.tail)


def _metadata(found: Any) -> tuple[str | None, str | None, str | None, str | None]:
    if found is None:
        return None, None, None, None
    title = _tidy(found.title or "") or None
    publisher = _tidy(found.sitename or "") or found.hostname or None
    return title, publisher, found.url or None, found.date or None


def _headline(title: str | None, headings: list[str]) -> str | None:
    """The page's first-order heading where the title is that and the name of the site."""
    key = _key(title or "")
    within = [h for h in headings if h.count(" ") >= _MIN_SPACES and _key(h) in key]
    return max(within, key=len) if within else title


def _local_time(markup: str) -> str | None:
    """When the page says it was published, with its own offset from UTC.

    A time in UTC may fall on another day than the one printed on the page.
    """
    found = _PUBLISHED.search(markup)
    return found.group(1) if found else None


def _tidy(text: str) -> str:
    return squeeze(fix_encoding(text, markup=True)).removeprefix("- ")


def _plain_paragraphs(tree: Any) -> list[str]:
    """All text of paragraphs, where the extractor found no main text (a very short page)."""
    texts = (_tidy(" ".join(p.itertext())) for p in tree.iter("p"))
    found = [text for text in texts if text]
    return found or [text for text, _ in _blocks(tree)]


def _stripped(markup: str) -> list[str]:
    """The words of markup that no parser takes (nested too deep, for one), tags cut out."""
    text = _TAG.sub(_break, _HIDDEN.sub(" ", markup))
    lines = (_tidy(html.unescape(line)) for line in text.split("\n"))
    return [line for line in lines if line]


def _break(tag: re.Match[str]) -> str:
    return " " if tag.group(1).lower() in _INLINE else "\n"


def _frame(tree: Any, main: list[str]) -> Iterator[tuple[str, int, bool]]:
    """The page's words that are not in the main text."""
    keys = [_key(text) for text in main]
    at = {key: index for index, key in reversed(list(enumerate(keys)))}
    everything = "".join(keys)
    passed = 0
    for text, caption in _blocks(tree):
        key = _key(text)
        if not key:
            continue
        if key in at:
            passed = max(passed, at[key] + 1)
        elif len(key) < _SURE or key not in everything:
            yield text, passed, caption


def _key(text: str) -> str:
    return _KEY.sub("", text.lower())


def _blocks(tree: Any) -> list[tuple[str, bool]]:
    """The texts of a page as a browser would break them, with whether each is a caption."""
    found: list[tuple[str, bool]] = []
    buffer: list[str] = []

    def flush(caption: bool) -> None:
        text = _tidy("".join(buffer))
        buffer.clear()
        if text:
            found.append((text, caption))

    def walk(element: Any, caption: bool, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _MAX_DEPTH:
            return
        inline = tag in _INLINE
        if not inline:
            flush(caption)
        inner = caption or tag in _CAPTIONS
        buffer.append(element.text or "")
        for child in element:
            walk(child, inner, depth + 1)
            buffer.append(child.tail or "")
        if not inline:
            flush(inner)

    walk(tree, False, 0)
    flush(False)
    return found
