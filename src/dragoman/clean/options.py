"""What a caller may choose about cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """Choices and limits.

    Attributes:
        max_article_chars: a longer text is rejected; of HTML, ten times as much markup is read.
        language: language of all articles; None: stated by the article, else detected.
        default_language: language of texts too short to tell.
        published: day of publication of articles that carry none.
    """

    max_article_chars: int = 1_000_000
    language: str | None = None
    default_language: str = "en"
    published: date | None = None
