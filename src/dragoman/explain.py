"""Why a text gave the events that it gave, and why its other sentences gave none.

Everything here is told by the coder itself: the events carry the steps that made them, and a word
that told nothing is asked again, one condition at a time. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dragoman.events.candidates import find_candidates
from dragoman.events.draft import Draft, Scene
from dragoman.events.filters import reason_against
from dragoman.events.find import Reading, read_sentences
from dragoman.events.slots import complements, objects, phrases, subjects
from dragoman.lexicon.schema import ANY, Conditions, Trigger
from dragoman.links import near_misses
from dragoman.pipeline import Resources, code_parse, read_scene
from dragoman.records import Article, Coding, Event, Mention, Sentence, Span, Step
from dragoman.yamlfile import Entry, load_yaml

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_WORDS_SHOWN = 6
_MISSES_SHOWN = 2  # of the entries of one word, those that came nearest


class Mark(NamedTuple):
    """A stretch of the text and what it is: `actor`, `recipient`, `trigger`, `date` ..."""

    span: Span
    label: str


class RuleNote(NamedTuple):
    """One rule of the lexicon.

    Attributes:
        path: as it stands in the record's `rule`.
        place: `file:line`.
        entry: the entry's keys and values as written, without its examples.
        examples: its own examples.
    """

    path: str
    place: str
    entry: str
    examples: tuple[str, ...]


class EventNote(NamedTuple):
    """One event explained: where its words stand, the rules and the steps that decided it."""

    event: Event
    marks: tuple[Mark, ...]
    rules: tuple[RuleNote, ...]
    steps: tuple[Step, ...]


class Miss(NamedTuple):
    """Words that could have told an event and did not; None for the sentence as a whole."""

    span: Span | None
    text: str


class SentenceNote(NamedTuple):
    """One sentence: its events, and why it gave no others."""

    sentence: Sentence
    events: tuple[EventNote, ...]
    misses: tuple[Miss, ...]


@dataclass(frozen=True)
class Explanation:
    """An article explained, sentence by sentence."""

    coding: Coding
    sentences: tuple[SentenceNote, ...]


def explain_article(article: Article, resources: Resources) -> Explanation:
    """Code an article and tell why."""
    parse = resources.parse(article)
    coding = code_parse(article, parse, resources)
    scene = read_scene(article, parse, resources)
    first = {e.id: e.mentions[0].sentence for e in coding.events}
    apart = _apart(coding, scene)
    notes = []
    for reading in read_sentences(scene, resources.light_verbs):
        index = reading.sentence.index
        events = tuple(
            _explain_event(e, scene, resources, apart.get(e.id, ()))
            for e in coding.events
            if first[e.id] == index
        )
        if not reading.sentence.is_read:
            notes.append(SentenceNote(reading.sentence, (), _unread(reading, article, resources)))
            continue
        told = _told_again(coding, reading)
        misses = (*told, *_misses(reading, scene, resources, [*events, *told]))
        if not events and not misses:
            misses = (Miss(None, "no word of it is a trigger that the lexicon knows"),)
        notes.append(SentenceNote(reading.sentence, events, misses))
    return Explanation(coding, tuple(notes))


# --------------------------------------------------------------------------- an event


def _explain_event(
    event: Event, scene: Scene, resources: Resources, apart: Sequence[Step]
) -> EventNote:
    paths = event.rule.split(" < ")  # the innermost first; what stands above it are operators
    notes = [_rule_note(path, number > 0, resources) for number, path in enumerate(paths)]
    rules = tuple(note for note in notes if note is not None)
    steps = (*_steps(event, scene, resources), *apart)
    return EventNote(event, _marks(event), rules, steps)


def _apart(coding: Coding, scene: Scene) -> dict[str, list[Step]]:
    """For each event the last ones before it that might be the same, and why they are not."""
    found: dict[str, list[Step]] = {}
    for pair in near_misses(coding.events, scene.parse, scene.lexicon):
        words = scene.parse.slice(pair.earlier.trigger_span)
        number = pair.earlier.mentions[0].sentence + 1
        text = f"another event than “{words}” in sentence {number}: {pair.why}"
        found.setdefault(pair.later.id, []).append(Step("mentions", text))
    return {event: steps[-_MISSES_SHOWN:] for event, steps in found.items()}


def _marks(event: Event) -> tuple[Mark, ...]:
    marks = [Mark(m.trigger, "trigger") for m in event.mentions[:1]]
    marks += [Mark(m.span, "actor") for m in event.actors]
    marks += [Mark(m.span, "recipient") for m in event.recipients]
    if event.date.span:
        marks.append(Mark(event.date.span, "date"))
    if event.place:
        marks.append(Mark(event.place.span, "place"))
    if event.said_by:
        marks += [Mark(event.said_by.mention.span, "source"), Mark(event.said_by.cue, "says")]
    marks += [Mark(link.cue, link.kind) for link in event.links if link.cue]
    return tuple(dict.fromkeys(marks))


def _steps(event: Event, scene: Scene, resources: Resources) -> Iterator[Step]:
    """What decided each field: the coder's own steps, and what stands in the record besides."""
    own = list(event.steps)
    yield from (s for s in own if s.field == "type")
    kind = resources.ontology.type(event.type)
    modes = f", mode {', '.join(event.modes)}" if event.modes else ""
    yield Step(
        "type",
        f"{event.type}{modes}: {kind.definition.strip()} "
        f"(quad class {event.quad}, score {event.score:+g}, CAMEO {event.cameo or 'none'})",
    )
    for name, side in (("actor", event.actors), ("recipient", event.recipients)):
        yield from (s for s in own if s.field == name)
        yield from (Step(name, _who(mention, scene)) for mention in side)
        if not side and name == "recipient":
            yield Step(name, _no_recipient(event))
    dated = [s for s in own if s.field == "date"]
    yield from dated or [Step("date", _undated(event))]
    placed = [s for s in own if s.field == "place"]
    yield from placed or [Step("place", event.place.name if event.place else "the text names none")]
    told = [s for s in own if s.field == "status"]
    yield from told or [Step("status", f"{event.status}: the words themselves say so")]
    rest = {"type", "actor", "recipient", "date", "place", "status"}
    yield from (s for s in own if s.field not in rest)
    if event.said_by:
        yield Step("said_by", _who(event.said_by.mention, scene))
    else:
        yield Step("said_by", "the article itself says so")
    yield from (
        Step("links", f"{link.kind.replace('_', ' ')} event {link.event}"
             + (f", shown by “{scene.parse.slice(link.cue)}”" if link.cue else ""))
        for link in event.links
    )  # fmt: skip
    yield Step("confidence", f"{event.confidence:.2f}")


def _no_recipient(event: Event) -> str:
    if len(event.actors) > 1:
        return "none: the parties do it with each other, and all stand on the actor side"
    return "the text names none that is known"


def _who(mention: Mention, scene: Scene) -> str:
    e = mention.entity
    words = scene.parse.slice(mention.span)
    is_ = " ".join(x for x in (e.code, e.sector, *e.other_sectors) if x) or "of unknown country"
    name = f"{e.name}, " if e.name and e.name != words else ""
    office = f", {e.office} at that date" if e.office else ""
    return f"“{words}” is {name}{is_}{office} ({_SOURCES.get(mention.source, mention.source)})"


_SOURCES = {
    "name": "a name that the lexicon knows",
    "person": "a person",
    "agent": "a kind of people that the lexicon knows",
    "demonym": "a people or its adjective",
    "pronoun": "a pronoun, read as what it stands for",
    "context": "whose it is, is read from the article",
    "place": "a place that stands for its people",
    "ner": "the parser takes it for a name",
    "thing": "a thing or place that belongs to it",
}


def _undated(event: Event) -> str:
    if event.date.source == "published":
        return f"{event.date.value}: no date stands by it, so the day of publication"
    if event.date.value:
        return event.date.value
    return "none: no date stands by it, and the article gives no day of publication that would do"


@lru_cache(maxsize=256)
def _entries(file: str) -> dict[str, Entry]:
    """The entries of a trigger file by place."""
    data = load_yaml(Path(file))
    listed = (data.get("triggers") or data.get("operators") or []) if data else []
    return {entry.place: entry for entry in listed if isinstance(entry, Entry)}


def _rule_note(path: str, operator: bool, resources: Resources) -> RuleNote | None:
    named = [t for t in resources.lexicon.triggers if t.rule == path]
    if not named:
        return None
    # `threaten` is both a trigger and an operator, under one path.
    trigger = next((t for t in named if bool(t.operator) == operator), named[0])
    example = _entry(trigger).get("example") or []
    examples = (example,) if isinstance(example, str) else tuple(example)
    return RuleNote(path, short_place(trigger.place), entry_text(trigger), examples)


def _entry(trigger: Trigger) -> Entry:
    """A trigger's entry as written; empty where its file is gone."""
    file = trigger.place.rpartition(":")[0]
    return _entries(file).get(trigger.place, Entry()) if Path(file).exists() else Entry()


def entry_text(trigger: Trigger) -> str:
    """A trigger's entry on one line, without its examples."""
    hidden = {"example", "not_example", "sides"}
    return flow({k: v for k, v in _entry(trigger).items() if k not in hidden})


def short_place(place: str) -> str:
    """`file:line` from Dragoman's own data folder on; a user's file as it is."""
    _, inside, rest = place.replace("\\", "/").rpartition("/dragoman/data/")
    return f"data/{rest}" if inside else place


def flow(value: object) -> str:
    """A YAML value as it would be written on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_flow_item(v)}" for k, v in value.items())
    return _flow_item(value)


def _flow_item(value: object) -> str:
    if isinstance(value, dict):
        return "{" + flow(value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow_item(v) for v in value) + "]"
    return str(value)


# --------------------------------------------------------------------------- no event


def _told_again(coding: Coding, reading: Reading) -> tuple[Miss, ...]:
    """Tellings that were merged with the record of another sentence."""
    return tuple(
        Miss(mention.trigger, f"tells again the {event.type} of event {event.id}")
        for event in coding.events
        for mention in event.mentions[1:]
        if mention.sentence == reading.sentence.index
    )


def _unread(reading: Reading, article: Article, resources: Resources) -> tuple[Miss, ...]:
    """Why a sentence was not parsed, and what would have come of it."""
    span = reading.sentence.span
    alone = replace(article, paragraphs=(span,), title_paragraphs=0)
    scene = read_scene(alone, resources.parse_all(alone), resources)
    found = [
        miss
        for whole in read_sentences(scene, resources.light_verbs)
        for miss in _misses(whole, scene, resources, ())
    ]
    reason = "no word of it is a trigger" + (" with the words that it needs" if found else "")
    return (Miss(None, f"{reason}: left out by the first look, and not parsed"), *found)


def _misses(
    reading: Reading, scene: Scene, resources: Resources, told: Sequence[EventNote | Miss]
) -> Iterator[Miss]:
    """Why nothing (more) came of the words of a sentence."""
    if scene.is_too_long(reading.sentence):
        yield Miss(None, f"longer than {scene.max_sentence_tokens} words, and so not coded")
        return
    spans = [n.span if isinstance(n, Miss) else n.event.trigger_span for n in told]
    dropped = {d.token: d for d in reading.drafts if reason_against(d, scene) is not None}
    for i in range(reading.sentence.first, reading.sentence.last):
        token = scene.parse.tokens[i]
        span = Span(token.start, token.end)
        if any(s is not None and s.overlaps(span) for s in spans):
            continue
        if i in dropped:
            reason = reason_against(dropped[i], scene)
            yield Miss(span, f"would tell {dropped[i].type}, but {reason}")
        elif i in reading.found:
            if (taken := _taken(i, reading, scene)) is not None:
                yield Miss(span, taken)
        else:
            yield from (Miss(span, text) for text in _near(i, scene, resources))


def _taken(i: int, reading: Reading, scene: Scene) -> str | None:
    """What became of a trigger that made no draft of its own."""
    for draft in reading.drafts:
        inner: Draft | None = draft
        while inner is not None:
            if i in {inner.token, inner.clause, *inner.words}:
                return None if draft.inner is None else _part_of(draft, scene)
            inner = inner.inner
    for draft in sorted(reading.drafts, key=lambda d: -d.token):
        if i in reading.consumed and i in scene.parse.subtree(draft.token):
            return _part_of(draft, scene)
    if i in reading.consumed:
        return "another word of the sentence tells the same event"
    here = reading.found[i]
    operator = here.operator or here.plain
    assert operator is not None
    if operator.trigger.operator == "say":
        return "only reports; what it reports stands by itself"
    if operator.trigger.operator:
        name = operator.trigger.operator
        return f"works on another event ({name}), and none that is known stands with it"
    return "makes no event here"


def _part_of(draft: Draft, scene: Scene) -> str:
    words = " ".join(scene.parse.tokens[w].text for w in draft.words)
    return f"belongs to the {draft.type} that “{words}” tells, and makes no event of its own"


def _near(i: int, scene: Scene, resources: Resources) -> list[str]:
    """The entries of a word none of which fires here, and which condition failed."""
    token = scene.parse.tokens[i]
    pos = _POS.get(token.upos)
    if pos is None or token.upos == "AUX":  # `is` begins `be on strike`, and is no near miss of it
        return []
    lexicon = scene.lexicon
    heads = dict.fromkeys((token.lemma.lower(), token.text.lower()))
    entries = [t for head in heads for t in lexicon.by_head.get((pos, head), ())]
    failed = [(_failures(i, t, scene), t) for t in dict.fromkeys(entries)]
    # Nearest is what lacks least; among equals, the entry that asks least of its surroundings.
    failed.sort(key=lambda pair: (len(pair[0]), pair[1].conditions.weight))
    texts = [
        f"{t.operator or t.type} ({short_place(t.place)}): {'; '.join(why)}"
        for why, t in failed
        if why
    ]
    return list(dict.fromkeys(texts))[:_MISSES_SHOWN]


def _failures(i: int, trigger: Trigger, scene: Scene) -> list[str]:
    """The conditions of a trigger that do not hold at a token, in words."""
    if not _fires(i, trigger._replace(conditions=Conditions()), scene):
        # A phrase that the word only begins is no near miss.
        return [] if trigger.extra else ["here it only describes a noun, a state and no event"]
    found = []
    for name in Conditions._fields:
        asked = getattr(trigger.conditions, name)
        only = Conditions()._replace(**{name: asked})
        if asked and name != "needs" and not _fires(i, trigger._replace(conditions=only), scene):
            found.append(_say_condition(name, asked, i, scene))
    return found


def _fires(i: int, trigger: Trigger, scene: Scene) -> bool:
    """Whether a trigger that stands alone in the lexicon would fire at a token."""
    alone = replace(scene.lexicon, triggers=(trigger,))
    here = scene.parse.sentences[scene.parse.sentence_of[i]]._replace(first=i, last=i + 1)
    return bool(find_candidates(scene.parse, here, alone, scene.actors))


def _say_condition(name: str, asked: object, i: int, scene: Scene) -> str:
    parse = scene.parse
    there = {
        "obj": objects(parse, i),
        "subj": subjects(parse, i),
        "prep": [k for _, k in phrases(parse, i)],
        "comp": complements(parse, i),
    }.get(name.removeprefix("not_"), [])
    words = ", ".join(f"“{parse.tokens[k].text}”" for k in there)
    here = f" (here {words})" if words else " (here there is none)"
    what = {"obj": "object", "subj": "subject", "comp": "clause below it"}
    if name in what:
        if asked == ANY:
            return f"it needs some {what[name]}"
        return f"its {what[name]} must be {_listing(asked)}{here}"
    if name == "prep":
        return f"it needs a phrase like {_phrases(asked)}{here}"
    if name == "not_prep":
        return f"a phrase like {_phrases(asked)} shows another sense{here}"
    if name == "not_with":
        return f"a word beside it ({_listing(asked)}) shows another sense"
    return f"its {what.get(name.removeprefix('not_'), 'surroundings')} shows another sense{here}"


def _listing(words: object) -> str:
    shown = sorted(words) if isinstance(words, frozenset) else []
    more = ", …" if len(shown) > _WORDS_SHOWN else ""
    return " or ".join([", ".join(shown[:_WORDS_SHOWN])]) + more


def _phrases(asked: object) -> str:
    pairs = asked if isinstance(asked, tuple) else ()
    return " or ".join(
        f"“{prep} …”" if lemmas == ANY else f"“{prep} {_listing(lemmas)}”" for prep, lemmas in pairs
    )


__all__ = [
    "EventNote",
    "Explanation",
    "Mark",
    "Miss",
    "RuleNote",
    "SentenceNote",
    "entry_text",
    "explain_article",
    "flow",
    "short_place",
]
