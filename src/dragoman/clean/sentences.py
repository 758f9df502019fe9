"""Sentence ends by punctuation: enough to tell an appeal from the story it is glued to.

The sentences that are coded are the parser's, not these.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dragoman.records import Span

# A full stop that may end a sentence, and what begins the next one.
_END = re.compile(r"""([.!?…]["”’')\]]*)\s+(?=["“‘'(\[]?[A-Z0-9À-Þ])""")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")


def split_sentences(text: str, abbreviations: Collection[str]) -> list[Span]:
    """Where the sentences of a paragraph stand.

    Args:
        text: one paragraph.
        abbreviations: words, lower case without their full stop, that end no sentence.
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group(1) == "." and _is_abbreviation(text[start : match.end(1)], abbreviations):
            continue
        found.append(Span(start, match.end(1)))
        start = match.end()
    found.append(Span(start, len(text)))
    return [span for span in found if span.start < span.end]


def _is_abbreviation(text: str, abbreviations: Collection[str]) -> bool:
    found = _LAST_WORD.search(text[-40:])
    if found is None:
        return False
    word = found.group(1)
    return len(word) == 1 or "." in word or word.lower() in abbreviations
