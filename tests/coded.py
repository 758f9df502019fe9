"""Event objects for tests, as `dragoman code` would print them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Event = dict[str, Any]


def side(code: str | None = "KEN", sector: str | None = None, **more: Any) -> Event:
    words = more.pop("words", f"people of {code}")
    return {
        "entity_text": words, "start": 10, "end": 10 + len(words), "code": code, "sector": sector,
        "other_sectors": [], "identifier_text": None, "identifier_id": None, "office": None, **more,
    }  # fmt: skip


def place(precision: str = "city", **more: Any) -> Event:
    return {
        "text": "Mombasa", "name": "Mombasa", "country": "KEN", "admin1": "Mombasa County",
        "lat": -4.05, "lon": 39.67, "geonameid": 186301, "start": 40, "end": 47,
        "precision": precision, **more,
    }  # fmt: skip


def mention(sentence: int = 0, start: int = 0, text: str = "Kenya expelled two envoys.") -> Event:
    trigger = {"text": "expelled", "start": start + 6, "end": start + 14}
    return {"sentence": sentence, "text": text, "start": start, "end": start + len(text),
            "trigger": trigger}  # fmt: skip


def event(**more: Any) -> Event:
    """Kenya expels Somali envoys; anything can be given otherwise."""
    article = {
        "id": "a1", "title": "Envoys out", "url": "https://www.news.example/a/1",
        "publisher": "The Example", "published": "2024-03-12", "language": "en",
    }  # fmt: skip
    return {
        "id": "e1", "article": article, "event": "SANCTION", "mode": ["expel"],
        "context": ["diplomatic"], "cameo": "161", "quad_code": 4, "event_scale": -5.5,
        "actor": [side("KEN", "GOV")], "recipient": [side("SOM", "GOV")],
        "event_text": "expelled", "date": "2024-03-11", "enddate": None,
        "date_info": {"precision": "day", "source": "text", "text": "Monday"}, "event_loc": None,
        "counts": {}, "status": "happened", "said_by": None, "links": [], "mentions": [mention()],
        "confidence": 0.72, "rule": "en/SANCTION/expel",
        "coder": {"version": "0.1.0", "lexicon": "abc", "model": None}, **more,
    }  # fmt: skip


def dated(value: str | None, precision: str = "day", **more: Any) -> Event:
    info = {"precision": precision, "source": "text", "text": "then"}
    return event(date=value, date_info=info, **more)


def save(path: Path, events: Iterable[Event]) -> Path:
    path.write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")
    return path
