"""Content hashes that name things in a store."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from dragoman.records import Article, Coder, Entity, RawItem, Rejection
from dragoman.settings import Settings

# They say where things lie or what is refused for its size or cost, not what is coded; the folder
# of the user's own YAML counts by its content, in the hash of the lexicon.
_NOT_DECIDING = (
    "cache_dir", "user_data", "max_input_bytes", "max_line_bytes", "max_article_seconds",
    "max_article_memory",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoderKey:
    """Who codes: two with the same id code the same article alike."""

    id: str
    coder: Coder
    settings: str


def coder_key(coder: Coder, settings: Settings) -> CoderKey:
    """The identity of a coder with its settings."""
    deciding = settings_json(settings, without=_NOT_DECIDING)
    return CoderKey(digest(coder.version, coder.lexicon, coder.model, deciding), coder, deciding)


def settings_json(settings: Settings, without: tuple[str, ...] = ()) -> str:
    """Settings as a JSON object."""
    values = {name: value for name, value in asdict(settings).items() if name not in without}
    return json.dumps(values, default=str, sort_keys=True)


def item_key(item: RawItem | Article | Rejection) -> str:
    """What an item holds, wherever it was read."""
    if isinstance(item, Article):
        return article_key(item)
    if isinstance(item, Rejection):
        return digest(item.stage, item.code, item.detail, item.place)
    return digest(
        item.kind, item.body, item.id, item.title, item.url, item.publisher, item.published,
        item.language,
    )  # fmt: skip


def article_key(article: Article) -> str:
    """A version of an article: its id, text and all that is known of it."""
    return digest(
        article.id, article.text, article.title, article.url, article.publisher,
        article.published and article.published.isoformat(), article.language,
        article.title_paragraphs,
    )  # fmt: skip


def entity_key(entity: Entity) -> str:
    """An entity by its content."""
    return digest(
        entity.code, entity.sector, list(entity.other_sectors), entity.name, entity.wikidata,
        entity.office,
    )  # fmt: skip


def digest(*parts: Any) -> str:
    """A hash of values; 96 bits tell billions of them apart."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
