"""The steps of cleaning, in order: `RawItem` -> `Article` or `Rejection`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.clean.blocks import Assembled, Block, assemble, kept, number
from dragoman.clean.dates import find_day, read_day
from dragoman.clean.duplicates import drop_duplicates
from dragoman.clean.furniture import drop_furniture, drop_listed_headlines, reason_of
from dragoman.clean.glue import unglue
from dragoman.clean.language import detect_language, plain_language, stated_language
from dragoman.clean.options import CleanOptions
from dragoman.clean.paragraphs import split_paragraphs
from dragoman.clean.repair import apostrophe_of, fix_encoding, fix_punctuation, squeeze
from dragoman.clean.title import place_title, tidy_title
from dragoman.clean.words import CleanResources, LanguageWords
from dragoman.records import Article, RawItem, Rejection, Removed

_MARKUP_FACTOR = 10  # characters of markup that are read for each character of text
_CAPTION, _PAGE, _TIMESTAMP = "caption", "page", "timestamp"
_SHOWN = 60  # characters of a value in a message
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article on its way: its paragraphs, and what the input says of it."""

    paragraphs: tuple[str, ...]
    title: str | None
    publisher: str | None
    url: str | None
    published: tuple[str | None, ...]  # as the input says, then the page
    frame: tuple[tuple[str, int, bool], ...] = ()


def clean(item: RawItem, resources: CleanResources, options: CleanOptions) -> Article | Rejection:
    """One article as it came in -> its clean text, with everything removed and why.

    Args:
        item: the article.
        resources: of the languages that may be coded.
        options: choices and limits.
    """
    factor = _MARKUP_FACTOR if item.kind == "html" else 1
    if len(item.body) > options.max_article_chars * factor:
        return _too_long(item, len(item.body), options)
    draft = _draft(item)
    size = sum(len(paragraph) for paragraph in draft.paragraphs)
    if size > options.max_article_chars:
        return _too_long(item, size, options)
    if not any(_LETTER.search(paragraph) for paragraph in draft.paragraphs):
        return Rejection("clean", "no-text", "holds no words; leave it out", item.origin)
    language = _language(item, draft, resources, options)
    words = resources.languages.get(language)
    if words is None:
        known = ", ".join(sorted(resources.codes)) or "none"
        return Rejection(
            "clean",
            "language-without-data",
            f"is in language {language!r}, for which there are no data (there are for: {known}); "
            "translate it, or state its language if this is wrong",
            item.origin,
        )
    blocks, titles = _blocks(draft, words)
    if not any(_LETTER.search(block.text) for block in kept(blocks)):
        return Rejection(
            "clean", "no-story", "holds nothing but furniture, no story; leave it out", item.origin
        )
    return _article(item, draft, language, _Done(assemble(blocks), titles), options)


@dataclass(frozen=True, slots=True)
class _Done:
    """The cleaned text and the number of its title paragraphs."""

    text: Assembled
    titles: int


def _draft(item: RawItem) -> _Draft:
    if item.kind == "html":
        from dragoman.clean.html import read_page  # its libraries take half a second to load

        page = read_page(item.body, item.url)
        return _Draft(
            page.main,
            item.title or page.title,
            item.publisher or page.publisher,
            item.url or page.url,
            (item.published, page.published),
            page.frame,
        )
    texts = split_paragraphs(fix_encoding(item.body))
    # Once more when the white space is in order: mojibake may have hidden behind it.
    settled = (squeeze(fix_encoding(text)) for text in map(squeeze, texts))
    paragraphs = tuple(text for text in settled if text)
    return _Draft(paragraphs, item.title, item.publisher, item.url, (item.published,))


def _language(
    item: RawItem, draft: _Draft, resources: CleanResources, options: CleanOptions
) -> str:
    stated = stated_language(options.language) or stated_language(item.language)
    if stated is not None:
        return stated
    sample = " ".join(draft.paragraphs[:60])
    plain = plain_language(sample, resources.languages)
    if plain is not None:
        return plain
    return detect_language(sample, resources.codes, options.default_language)


def _blocks(draft: _Draft, words: LanguageWords) -> tuple[list[Block], int]:
    """The article's paragraphs, repaired, and with what is not the story marked."""
    mark = apostrophe_of(" ".join(draft.paragraphs))
    texts: list[str] = []
    starts: list[int] = []
    for paragraph in draft.paragraphs:
        starts.append(len(texts))
        texts += _repair(paragraph, words, mark)
    title = None
    if draft.title:
        bare = squeeze(fix_encoding(draft.title))
        title = fix_punctuation(tidy_title(bare, draft.publisher), words.repair, mark) or None
    blocks = drop_listed_headlines(drop_furniture(number(texts), words))
    if len(texts) == 1 and not draft.frame and not kept(blocks):
        # A sentence given alone was meant to be coded, whatever it looks like.
        blocks = number(texts)
    blocks, titles = place_title(blocks, title)
    # The headline is placed before the duplicates are sought, so that its second printing goes.
    blocks = drop_duplicates(blocks)
    titles = min(titles, len(kept(blocks)))
    return _with_frame(blocks, draft.frame, starts, words), titles


def _repair(paragraph: str, words: LanguageWords, mark: str) -> list[str]:
    text = fix_punctuation(paragraph, words.repair, mark)
    return unglue(text, words.abbreviations)


def _with_frame(
    blocks: list[Block],
    frame: Sequence[tuple[str, int, bool]],
    starts: Sequence[int],
    words: LanguageWords,
) -> list[Block]:
    """The page's other words put where they stood, so that nothing is lost."""
    if not frame:
        return blocks
    slots: dict[int, list[Block]] = {}
    for text, passed, caption in frame:
        reason = _CAPTION if caption else reason_of(text, words) or _PAGE
        slot = slots.setdefault(starts[passed] if passed < len(starts) else -1, [])
        if slot and slot[-1].reason == reason == _PAGE:
            slot[-1] = Block(f"{slot[-1].text}\n{text}", reason)
        else:
            slot.append(Block(text, reason))
    out: list[Block] = []
    for block in blocks:
        out += slots.pop(block.paragraph, []) if block.paragraph >= 0 else []
        out.append(block)
    for rest in slots.values():
        out += rest
    return out


def _article(
    item: RawItem, draft: _Draft, language: str, done: _Done, options: CleanOptions
) -> Article:
    text, paragraphs, removed = done.text
    name = item.id or "a" + hashlib.sha256(text.encode()).hexdigest()[:16]
    published, unused = _published(item, draft, removed, options)
    title = draft.title and squeeze(fix_encoding(draft.title))
    if not title and done.titles:
        title = text[paragraphs[0].start : paragraphs[0].end]
    return Article(
        id=name,
        text=text,
        paragraphs=paragraphs,
        title_paragraphs=done.titles,
        title=title or None,
        url=draft.url,
        publisher=draft.publisher,
        published=published,
        language=language,
        removed=removed,
        origin=item.origin,
        unused=unused,
    )


def _published(
    item: RawItem, draft: _Draft, removed: Sequence[Removed], options: CleanOptions
) -> tuple[date | None, tuple[Rejection, ...]]:
    """The day of publication, and what should have told it and could not be read.

    What the input says comes first, then the page, then a line such as `Published: 4 May 2022`,
    then the time at which the page was fetched, then the setting.
    """
    printed = (find_day(each.text) for each in removed if each.reason == _TIMESTAMP)
    unread: list[str] = []
    day = (
        _first_day(draft.published, unread)
        or next((found for found in printed if found is not None), None)
        or _first_day((item.fetched,), unread)
        or options.published
    )
    instead = f"{day.isoformat()} stands for it" if day else "it stays undated"
    unused = (
        Rejection(
            "clean",
            "published-unreadable",
            f"its day of publication {value[:_SHOWN]!r} cannot be read, {instead}; write it as "
            "2024-05-31",
            item.origin,
        )
        for value in unread
    )
    return day, tuple(unused)


def _first_day(values: Sequence[str | None], unread: list[str]) -> date | None:
    """The first day that is named; values that name none are added to `unread`."""
    for value in values:
        day = read_day(value)
        if day is not None:
            return day
        if value and value.strip():
            unread.append(value.strip())
    return None


def _too_long(item: RawItem, size: int, options: CleanOptions) -> Rejection:
    return Rejection(
        "clean",
        "article-too-long",
        f"has {size:,} characters; split it, or raise max_article_chars "
        f"({options.max_article_chars:,})",
        item.origin,
    )
