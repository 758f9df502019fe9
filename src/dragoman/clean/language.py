"""The language of an article: stated, or detected on its clean text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.clean.words import LanguageWords


_LETTER = re.compile(r"[^\W\d_]")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = 0.1  # share of function words; English news has 0.15 to 0.25
_FEW = 12  # words; in a longer text one function word tells nothing
_MIN_LETTERS = 20  # shorter texts tell nothing
_SHORT = 300  # letters; longer texts hold enough words beside their names
_MIN_BARE = 4
_LONG = 2000  # characters that are enough
# A known language is taken unless another one is likelier by this much (natural logarithm).
# English headlines full of foreign names stay below 15, sentences of other languages are above 50.
_MARGIN = 15.0


def stated_language(value: str | None) -> str | None:
    """A language as inputs write it (`en`, `en-GB`, `eng`, `English`) as its ISO 639-1 code."""
    text = re.split(r"[-_.;,]", (value or "").strip().lower())[0]
    if not text:
        return None
    if len(text) == 2:
        return text
    import pycountry  # only inputs that state a language need it

    try:
        found = pycountry.languages.lookup(text)
    except LookupError:
        return None
    return getattr(found, "alpha_2", None) or getattr(found, "alpha_3", None)


def plain_language(text: str, known: Mapping[str, LanguageWords]) -> str | None:
    """The language whose own little words fill a text, or None where a closer look is needed.

    Loading a detection model takes most of a second; nearly all texts of a language with data
    show it by their function words.
    """
    words = _WORD.findall(text[:_LONG].lower())
    if not words:
        return None
    for code, language in known.items():
        hits = [word for word in words if word in language.function_words]
        if len(hits) >= _PLAIN * len(words) and (len(hits) > 1 or len(words) < _FEW):
            return code
    return None


def detect_language(text: str, known: Collection[str], default: str) -> str:
    """The language of a text.

    Args:
        text: clean text.
        known: languages with data.
        default: language of a text too short to tell.
    """
    sample = text[:_LONG]
    letters = len(_LETTER.findall(sample))
    if letters < _MIN_LETTERS:
        return default
    guess = _likeliest(sample, known)
    if guess not in known and letters < _SHORT:
        # Names may outweigh the words of a short text: it is foreign only if it is so without
        # them, too, and in the same language.
        bare = _NAME.sub("", sample)
        if len(_LETTER.findall(bare)) >= _MIN_BARE and _likeliest(bare, known, 0) != guess:
            return default
    return guess


def _likeliest(text: str, known: Collection[str], margin: float = _MARGIN) -> str:
    # Loading the model takes most of a second; articles that state their language need none.
    import py3langid

    scores: dict[str, float] = dict(py3langid.rank(text))
    best = max(scores, key=lambda code: scores[code])
    near = [code for code in known if scores[best] - scores.get(code, float("-inf")) <= margin]
    return max(near, key=lambda code: scores[code], default=best)
