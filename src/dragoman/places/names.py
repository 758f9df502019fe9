"""Written forms of place names: the key under which the gazetteer keeps them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "þ": "th",
    "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "Ə": "A",
})  # fmt: skip
_DROPPED = re.compile(r"['’‘ʿʾʻʼ`´.]")
_SPACED = re.compile(r"[\s\-–—‑/]+")
_SAINT = re.compile(r"^(saint|sainte|st|ste) ")


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """The key of a written form: no accents, no case, no apostrophes and full stops.

    `Al-Qāmishlī` and `Al Qamishli` have the same key, and so have `St. Louis` and `Saint Louis`.
    """
    folded = text
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    spaced = _SPACED.sub(" ", _DROPPED.sub("", folded)).strip().lower()
    return _SAINT.sub("st ", spaced)


def is_latin(text: str) -> bool:
    """True where a name is written in Latin letters with a capital first."""
    return text[:1].isupper() and all(
        ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʿʾ" for c in text
    )
