"""How much the lexicon knows, counted: by type and mode, operator, context, kind of actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.lexicon.load import Lexicon
from dragoman.lexicon.schema import Example, Trigger
from dragoman.ontology import Ontology

NO_MODE = "-"
_ALL = "all"


class Row(NamedTuple):
    """What is known of one type, or of one of its modes.

    Attributes:
        type: PLOVER type.
        mode: its mode; `-` for entries without one, `all` for the type as a whole.
        verbs, nouns, adjectives: head words with an entry, each counted once.
        entries: triggers, every spelling and frame counted.
        phrases: those of several words (particles, compounds).
        framed: those that ask for certain words beside them.
        examples, counter_examples: sentences that are tested.
    """

    type: str
    mode: str
    verbs: int
    nouns: int
    adjectives: int
    entries: int
    phrases: int
    framed: int
    examples: int
    counter_examples: int


class Count(NamedTuple):
    """How many of a kind there are."""

    kind: str
    number: int


@dataclass(frozen=True)
class Coverage:
    """The counts of one language.

    Attributes:
        language: ISO 639-1 code.
        rows: by type, of each first the whole, then entries without a mode, then the modes.
        operators: entries by operator.
        light_verbs: light verbs by what their subject is.
        contexts: by context the triggers that show it, and the cues in a sentence and an article.
        agents: generic agents by sector.
        actors: named actors by kind.
        names: their written forms by kind of form.
        states, roles: states with an entry of their own; offices and sectors with dates.
    """

    language: str
    rows: tuple[Row, ...]
    operators: tuple[Count, ...]
    light_verbs: tuple[Count, ...]
    contexts: tuple[tuple[str, int, int, int], ...]
    agents: tuple[Count, ...]
    actors: tuple[Count, ...]
    names: tuple[Count, ...]
    roles: int


def count_coverage(lexicon: Lexicon, examples: Iterable[Example], ontology: Ontology) -> Coverage:
    """Count what a lexicon holds.

    Args:
        lexicon: the knowledge of a language.
        examples: the sentences of its triggers.
        ontology: the types, modes and contexts in their order.
    """
    plain = [t for t in lexicon.triggers if not t.operator]
    told = list(examples)
    return Coverage(
        lexicon.language,
        tuple(_rows(plain, told, ontology)),
        _counts(t.operator for t in lexicon.triggers if t.operator),
        _counts(
            group.replace("_", " ")
            for group, entries in (lexicon.words.get("light_verbs") or {}).items()
            for _ in entries or ()
        ),
        tuple(_contexts(lexicon, plain, ontology)),
        _counts(agent.sector or "none" for agent in lexicon.agents),
        _counts(actor.kind for actor in lexicon.actors),
        _counts(name.form for name in lexicon.names),
        sum(len(actor.roles) for actor in lexicon.actors),
    )


def _rows(plain: list[Trigger], examples: list[Example], ontology: Ontology) -> Iterator[Row]:
    for type_ in ontology.types.values():
        own = [t for t in plain if t.type == type_.code]
        tests = [e for e in examples if e.type == type_.code]
        yield _row(type_.code, _ALL, own, tests)
        for mode in (NO_MODE, *type_.modes):
            yield _row(
                type_.code,
                mode,
                [t for t in own if mode in (t.modes or (NO_MODE,))],
                [e for e in tests if mode in (e.modes or (NO_MODE,))],
            )


def _row(type_: str, mode: str, triggers: list[Trigger], examples: list[Example]) -> Row:
    heads = Counter(pos for pos, _ in {(t.pos, t.head) for t in triggers})
    return Row(
        type_,
        mode,
        heads["verb"],
        heads["noun"],
        heads["adj"],
        len(triggers),
        sum(bool(t.extra) for t in triggers),
        sum(t.conditions.is_specific for t in triggers),
        sum(e.fires for e in examples),
        sum(not e.fires for e in examples),
    )


def _contexts(
    lexicon: Lexicon, plain: list[Trigger], ontology: Ontology
) -> Iterator[tuple[str, int, int, int]]:
    shown = Counter(context for t in plain for context in t.contexts)
    for context in ontology.contexts:
        cues = [
            len(lexicon.word_set("contexts", "contexts", context, level))
            for level in ("sentence", "article")
        ]
        yield context, shown[context], cues[0], cues[1]


def _counts(kinds: Iterable[str]) -> tuple[Count, ...]:
    found = Counter(kinds)
    return tuple(Count(k, n) for k, n in sorted(found.items(), key=lambda kn: (-kn[1], kn[0])))


# --------------------------------------------------------------------------- Markdown

_HEADING = (
    "# Coverage\n\nWhat Dragoman knows, counted from its data files by `make coverage` "
    "(`dragoman lexicon coverage --markdown`); a test sees that this page is what the files say.\n"
    "Counts of entries are no measure of quality: see the figures in the README for that.\n"
)
_COLUMNS = (
    "type", "mode", "verbs", "nouns", "adjectives", "entries", "phrases", "framed", "examples",
    "counter-examples",
)  # fmt: skip


def to_markdown(coverages: Iterable[Coverage]) -> str:
    """The page `docs/coverage.md`."""
    parts = [_HEADING]
    for found in coverages:
        parts.append(f"## Language: {found.language}\n")
        parts.append("### Triggers by type and mode\n")
        parts.append(
            "*verbs*, *nouns*, *adjectives*: head words, each once. *entries*: every spelling and "
            "frame. *phrases*: of\nseveral words. *framed*: those that ask for certain words "
            "beside them. An entry of two modes counts for both.\n"
        )
        parts.append(_table(_COLUMNS, (_shown(row) for row in found.rows)))
        parts.append("### Operators and light verbs\n")
        parts.append(_table(("operator", "entries"), found.operators))
        parts.append(_table(("light verb whose subject", "entries"), found.light_verbs))
        parts.append("### Contexts\n")
        columns = ("context", "triggers that show it", "cues in a sentence", "cues in an article")
        parts.append(_table(columns, found.contexts))
        parts.append("### Actors\n")
        parts.append(_table(("kind", "actors"), found.actors))
        parts.append(f"{found.roles:,} of their offices and sectors have dates of their own.\n")
        parts.append(_table(("written form", "names"), found.names))
        parts.append(_table(("sector of a generic agent", "agents"), found.agents))
    return "\n".join(parts)


def _shown(row: Row) -> tuple[object, ...]:
    """The type in bold in the row of the whole, and once only."""
    return (f"**{row.type}**" if row.mode == _ALL else "", *row[1:])


def _table(columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    cells = [columns, tuple("---" for _ in columns)]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
