"""Stands in for read/ and clean/ until they land."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from dragoman.records import Article, RawItem, Rejection, Span
from dragoman.settings import Settings


def read_inputs(inputs: Sequence[str], settings: Settings) -> Iterator[RawItem | Rejection]:
    """Read text and JSON Lines."""
    for name in inputs:
        path = Path(name)
        if not path.is_file():
            yield Rejection("read", "file-missing", "there is no such file; check the name", name)
            continue
        body = path.read_text(encoding="utf-8", errors="replace")
        if not body.lstrip().startswith("{"):
            yield RawItem(name, "text", body)
            continue
        for number, line in enumerate(body.splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                fields = ("id", "title", "url", "publisher", "published", "language")
                yield RawItem(
                    f"{name}:{number}", "text", row["text"], *(row.get(f) for f in fields)
                )
            except (ValueError, KeyError) as error:
                yield Rejection("read", "json-invalid", str(error), f"{name}:{number}")


def clean(item: RawItem, settings: Settings) -> Article | Rejection:
    """Paragraphs at empty lines."""
    parts = [" ".join(p.split()) for p in item.body.split("\n")]
    text, spans, at = "", [], 0
    parts = [p for p in parts if p]
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    text = "\n".join(parts)
    if not text:
        return Rejection("clean", "no-text", "nothing to code", item.origin)
    published = date.fromisoformat(item.published[:10]) if item.published else settings.published
    return Article(
        item.id or "a" + hashlib.sha256(text.encode()).hexdigest()[:16], text, tuple(spans), 0,
        item.title, item.url, item.publisher, published, "en", (), item.origin,
    )  # fmt: skip
