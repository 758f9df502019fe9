"""Repair of broken text, one paragraph at a time: encodings, invisible characters, apostrophes.

Nothing that a newspaper printed is changed on purpose: curly quotes stay curly, and spaces before
clitics of tokenised text (`Iran 's`) stay, since parsers read them well.
"""

from __future__ import annotations

import re

from ftfy import TextFixerConfig, fix_text

from dragoman.clean.words import RepairWords

_PLAIN = TextFixerConfig(
    unescape_html="auto",
    fix_latin_ligatures=True,
    fix_character_width=True,
    uncurl_quotes=False,
    normalization="NFC",
    explain=False,
)
_MARKUP = _PLAIN._replace(unescape_html=False)

_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|h[1-6])(?:\s[^<>]*)?/?>", re.I)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|em|strong|span|u|font|sup|sub)(?:\s[^<>]*)?>", re.I)
# Marks without width or look: right-to-left and left-to-right marks, joiners, soft hyphens, and
# what is left of control characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Scripts from Arabic on need their joiners; in Latin, Greek and Cyrillic they are noise.
_JOINERS = re.compile(
    "(?<![\u0600-\U000fffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U000fffff])"
)
# A closing quote in mojibake, of whose three characters the invisible last one got lost.
_HALF_MOJIBAKE = re.compile(r"â€(?=[\s.,;:!?)]|$)")
_SPACES = re.compile(r"\s+")

_LOST_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[\ufffd?](?=(?:s|t|d|m|re|ve|ll)\b(?![=&/]))")
_LOST_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(]))\ufffd+(?=\w)")
_LOST_DASH = re.compile(r"(?<=\s)\ufffd+(?=\s)|(?<=\d)\ufffd+(?=\d)")
_LOST_CLOSING = re.compile(r"(?<=[\w.,!?])\ufffd+(?=[\s.,;:!?)]|$)")
_DETACHED = re.compile(r"(?<=[^\W\d_]) ([’'`´]) (?=(?:s|t|re|ve|ll|d|m)\b(?![’']))")
_ODD_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´](?=(?:s|t|re|ve|ll|d|m)\b)")
_POSSESSIVE = re.compile(r"\b([^\W\d_]{2,}) s\b(?![’'.)]\w)(?!\s*[=/&])")
_CURLY, _STRAIGHT = "’", "'"


def fix_encoding(text: str, markup: bool = False) -> str:
    """Undo mojibake and entities, and take out characters that nobody sees.

    Args:
        text: any text, with its line breaks.
        markup: whether it comes out of an HTML parser, so that entities are resolved already.
    """
    if not markup and "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if not text.isascii() or "&" in text or "\x1b" in text:
        # Before ftfy, which would take the half sign for a dagger.
        text = _HALF_MOJIBAKE.sub("”", text)
        text = fix_text(text, _MARKUP if markup else _PLAIN)
    text = _INVISIBLE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    return text


def squeeze(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def apostrophe_of(text: str) -> str:
    """The apostrophe that a text itself uses."""
    return _CURLY if text.count(_CURLY) > text.count(_STRAIGHT) else _STRAIGHT


def fix_punctuation(text: str, words: RepairWords, mark: str) -> str:
    """Give back lost apostrophes, quotes and dashes.

    Args:
        text: one paragraph, white space squeezed.
        words: of the language.
        mark: the apostrophe to write.
    """
    if "\ufffd" in text or "?" in text:
        text = _LOST_APOSTROPHE.sub(mark, text)
    if "\ufffd" in text:
        text = _LOST_DASH.sub("–", text)
        text = _LOST_OPENING.sub("“", text)
        text = _LOST_CLOSING.sub(_closing(text), text)
    text = _DETACHED.sub(r"\1", text)
    if "`" in text or "´" in text:
        text = _ODD_APOSTROPHE.sub(mark, text)
    text = words.negated.sub(rf"\1{mark}t", text)
    text = words.contracted.sub(rf"\1{mark}\2", text)

    def possessive(match: re.Match[str]) -> str:
        word = match.group(1)
        return match.group() if word.lower() in words.not_possessor else f"{word}{mark}s"

    return _POSSESSIVE.sub(possessive, text) if " s" in text else text


def _closing(text: str) -> str:
    """A lost mark after a word closes a quotation where one is open, else it is an apostrophe."""
    return "”" if text.count("“") > text.count("”") else _CURLY
