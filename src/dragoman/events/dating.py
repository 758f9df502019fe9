"""When: which date expression belongs to which event.

A date belongs to the lowest happening whose phrase or clause holds it (low attachment): in
`sanctions over the diversion of a jet on May 23` it is the diversion's, not the sanctions'. An
event without a date of its own takes that of the clause that governs it, of the narrative it
stands in, or, told as news, the day of publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dragoman.events.draft import Draft, Scene
from dragoman.events.tense import auxiliaries
from dragoman.grammar import ancestors, dep_base, kids, preposition
from dragoman.records import EventDate, Step, When

_NEWS_STATUS = frozenset({"happened", "ongoing", "denied", "negated"})
_TOLD_STATUS = frozenset({"", "happened", "ongoing", "negated"})
# A date before a noun is the noun's; one behind it may be the verb's.
_BEFORE_NOUN = frozenset({"nmod", "nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"})
_WITHIN = frozenset({"in", "at", "during", "on", "by", "through", "amid", ""})
_MATERIAL = frozenset({2, 4})
_NARRATIVE_REACH = 2
_OLD_DAYS = 60
_UNKNOWN = ("PAST_REF", "PX")
_OWN, _SHARED = 0, 1


def date_event(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Give a draft its date: its own, else that of what governs it or of the narrative."""
    if not scene.times:
        return draft
    for why, rule in _RULES:
        when = rule(draft, scene)
        if when is not None:
            value = when.value if when.end is None else f"{when.value} to {when.end}"
            step = Step("date", f"“{scene.parse.slice(when.span)}” is {value}: {why}")
            return replace(draft, when=when, steps=(*draft.steps, step))
    return draft


def event_date(draft: Draft, scene: Scene) -> EventDate:
    """The record's date: from the text, else publication for what is told as news, else none."""
    if draft.when is not None:
        w = draft.when
        return EventDate(w.value, w.end, w.precision, "text", w.span)
    published = scene.published
    if published is None or draft.status not in _NEWS_STATUS or _is_older(draft, scene):
        return EventDate()
    return EventDate(published.isoformat(), None, "day", "published", None)


def is_dated_ahead(scene: Scene, token: int) -> bool:
    """True where a word's own date lies after the day of publication: `opens next week`."""
    published = scene.published
    if published is None or not scene.times:
        return False
    when = _of({token}, scene, _OWN)
    if when is None or when.value is None:
        return False
    return when.value > published.isoformat()[: len(when.value)]


# ------------------------------------------------------------------ whose a date is


def _owners(when: When, scene: Scene) -> Iterator[tuple[int, int]]:
    """Words whose date an expression is, lowest first, each with its rank.

    Yields:
        (token, `_OWN`) for the lowest verb or happening; (token, `_SHARED`) for a verb that a
        happening only gives the occasion of: `killed in Sunday's raid`.
    """
    parse, tokens, rank = scene.parse, scene.parse.tokens, _OWN
    node = when.head
    while tokens[node].head != node:
        above = tokens[node].head
        if tokens[above].upos in {"VERB", "AUX"} or kids(parse, above, "cop"):
            lower = _lowered(when, above, scene) if node == when.head else None
            yield (above if lower is None else lower), rank
            if lower is None and _is_behind_aim(when, above, scene):
                yield tokens[above].head, _SHARED
            return
        modifies = node < above and tokens[node].dep in _BEFORE_NOUN
        happening = _is_happening(above, scene)
        if happening or modifies:
            yield above, rank
            rank = _SHARED
            if not _passes_on(above, modifies, scene):
                return
        node = above
    if rank == _OWN:
        yield node, rank


def _lowered(when: When, verb: int, scene: Scene) -> int | None:
    """The happening that a date behind a present perfect belongs to.

    `has imposed sanctions over the diversion of a jet on May 23`: the present perfect goes with no
    day past, so parsers that hang the date on it are wrong where something else can bear it.
    """
    published = scene.published
    if published is None or (when.end or when.value or "9") >= published.isoformat():
        return None
    aux = [scene.parse.tokens[k] for k in kids(scene.parse, verb, "aux")]
    if not any(t.lemma.lower() == "have" and t.xpos in {"VBZ", "VBP"} for t in aux):
        return None
    between = range(when.head - 1, verb, -1)
    return next((i for i in between if _is_happening(i, scene)), None)


def _is_behind_aim(when: When, verb: int, scene: Scene) -> bool:
    """`refused to answer last year`: what was still to be done then was refused then."""
    token, published = scene.parse.tokens[verb], scene.published
    past = published is not None and (when.value or "9") < published.isoformat()
    aim = token.dep == "xcomp" and token.xpos == "VB"
    return past and aim and _is_simple_past(token.head, scene)


def _is_happening(i: int, scene: Scene) -> bool:
    """True for a noun that tells something done: a trigger, or one of the list."""
    token = scene.parse.tokens[i]
    if token.upos not in {"NOUN", "PROPN"}:
        return False
    lemma = token.lemma.lower()
    return (
        lemma in scene.lexicon.word_set("times", "happenings")
        or ("noun", lemma) in scene.lexicon.by_head
    )


def _passes_on(noun: int, modifies: bool, scene: Scene) -> bool:
    """Whether the verb above a dated noun was done then too."""
    token = scene.parse.tokens[noun]
    base = dep_base(token.dep)
    if base == "obl":
        return preposition(scene.parse, noun) in _WITHIN and token.dep != "obl:agent"
    # `condemned the raid on Monday`: Monday may be the verb's; `condemned Monday's raid`: not.
    return base == "obj" and not modifies


def _dates(scene: Scene, sentence: int) -> Iterator[When]:
    """The valued expressions of a sentence that say when something was done."""
    bounds = scene.lexicon.word_set("times", "bounds")
    last: When | None = None
    for when in scene.times_in(sentence):
        closes = last is not None and last.end is not None and last.end == (when.end or when.value)
        if when.value is not None and not closes:
            if preposition(scene.parse, when.head) not in bounds:
                yield when
        last = when


def _of(nodes: set[int], scene: Scene, worst: int = _SHARED) -> When | None:
    """The best date of any of these words."""
    found = []
    for when in _dates(scene, scene.parse.sentence_of[min(nodes)]):
        for owner, rank in _owners(when, scene):
            if owner in nodes and rank <= worst:
                # Of several the finer and nearer one: `on Monday`, not `in 2021`.
                coarse = -len(when.value or "")
                found.append((rank, coarse, min(abs(when.head - n) for n in nodes), when))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _nodes(draft: Draft) -> set[int]:
    nodes = {draft.token, draft.clause}
    return nodes | {draft.support} if draft.support is not None else nodes


# ------------------------------------------------------------------ rules, in order


def _own(draft: Draft, scene: Scene) -> When | None:
    return _of(_nodes(draft), scene)


def _described(draft: Draft, scene: Scene) -> When | None:
    """`the attacks, which occurred last year`, `the sanctions imposed in 2014`."""
    tokens = scene.parse.tokens
    words = scene.lexicon.word_set
    verbs = words("times", "occurrences") | words("times", "holding")
    # Parsers hang the clause on the last noun of the phrase: `the attacks on villages, which ...`.
    nouns = [draft.token]
    for noun in nouns:
        below = kids(scene.parse, noun, "nmod")
        nouns += [k for k in below if k > noun and not _is_happening(k, scene)]
    clauses = [k for noun in nouns for k in kids(scene.parse, noun, "acl", "acl:relcl")]
    told = {k for k in clauses if tokens[k].lemma.lower() in verbs}
    return _of(told, scene, _OWN) if told else None


def _governing(draft: Draft, scene: Scene) -> When | None:
    """The date of the clause or happening above, as far as it covers what stands below."""
    below = draft.clause
    for above in ancestors(scene.parse, draft.clause):
        covers = _covers(below, above, draft, scene)
        if covers is None:
            return None
        if covers:
            when = _of({above}, scene) or _lowered_before(below, above, scene)
            if when is not None:
                return when
        below = above
    return None


def _lowered_before(clause: int, verb: int, scene: Scene) -> When | None:
    """`the diversion of a jet on May 23 to arrest him`: what follows such a date goes with it."""
    for when in _dates(scene, scene.parse.sentence_of[clause]):
        if verb < when.head < clause and scene.parse.tokens[when.head].head == verb:
            if _lowered(when, verb, scene) is not None:
                return when
    return None


def _covers(below: int, above: int, draft: Draft, scene: Scene) -> bool | None:
    """Whether a word shares its date with one below it; None where nothing higher does."""
    parse = scene.parse
    token = parse.tokens[below]
    base = dep_base(token.dep)
    if base in {"conj", "xcomp"}:
        return True
    if base == "advcl":
        if _marks(below, scene) & scene.lexicon.word_set("times", "reasons"):
            return None  # `thanked him for backing the bill`
        return True if token.xpos in {"VBG", "VB"} or _is_while(below, scene) else None
    if base in {"ccomp", "parataxis"}:
        return True if _is_simple_past(below, scene) and draft.status in _TOLD_STATUS else None
    if base == "acl":
        if token.dep == "acl:relcl" or token.xpos not in {"VB", "VBG"}:
            return True if _is_happening(above, scene) and _of({above}, scene, _OWN) else None
        return True
    if base == "nsubj":
        occurs = parse.tokens[above].lemma.lower() in scene.lexicon.word_set("times", "occurrences")
        return True if occurs else None
    if base in {"obl", "nmod"}:
        return True if preposition(parse, below) in {"in", "during", "at"} else None
    return None


def _marks(clause: int, scene: Scene) -> set[str]:
    """The words that open a clause."""
    opening = kids(scene.parse, clause, "mark", "advmod", "case")
    return {scene.parse.tokens[k].text.lower() for k in opening}


def _is_while(clause: int, scene: Scene) -> bool:
    return bool(_marks(clause, scene) & scene.lexicon.word_set("times", "while"))


def _is_simple_past(clause: int, scene: Scene) -> bool:
    """`killed`, `was killed`, `did not kill`; not `had killed`, `has killed`, `will kill`."""
    tokens = scene.parse.tokens
    aux = [tokens[k] for k in kids(scene.parse, clause, "aux", "aux:pass", "cop")]
    if any(t.lemma.lower() == "have" for t in aux):
        return False
    return tokens[clause].xpos == "VBD" or any(t.xpos == "VBD" for t in aux)


def _coordinated(draft: Draft, scene: Scene) -> When | None:
    """`arrested ten and beat others on Monday`: a date behind verbs of one subject is theirs."""
    if not _is_simple_past(draft.clause, scene):
        return None
    for other in kids(scene.parse, draft.clause, "conj"):
        own_subject = kids(scene.parse, other, "nsubj", "nsubj:pass")
        if _is_simple_past(other, scene) and not own_subject:
            when = _of({other}, scene, _OWN)
            if when is not None and when.head > other:
                return when
    return None


def _said(draft: Draft, scene: Scene) -> When | None:
    """The date of a verb of saying set beside the clause: `..., officials said on Monday`."""
    if not _is_simple_past(draft.clause, scene) or draft.status not in _TOLD_STATUS:
        return None
    said = set(kids(scene.parse, draft.clause, "parataxis"))
    return _of(said, scene, _OWN) if said else None


def _of_cause(draft: Draft, scene: Scene) -> When | None:
    """`protests triggered by the August 2020 vote`: what is set off begins with what set it off."""
    parse, tokens = scene.parse, scene.parse.tokens
    if tokens[draft.token].upos not in {"NOUN", "PROPN"}:
        return None
    causing = scene.lexicon.word_set("times", "causing")
    after = scene.lexicon.word_set("times", "following")
    causes = [k for verb in kids(parse, draft.token, "acl", "acl:relcl") if
              tokens[verb].lemma.lower() in causing
              for k in kids(parse, verb, "obl:agent", "obl")]  # fmt: skip
    causes += [k for k in kids(parse, draft.token, "nmod") if preposition(parse, k) in after]
    below = {i for cause in causes for i in parse.subtree(cause)}
    return _of(below, scene, _OWN) if below else None


def _narrative(draft: Draft, scene: Scene) -> When | None:
    """The date that the sentences before, in the same paragraph, have told of."""
    if draft.status not in _TOLD_STATUS or not _is_simple_past(draft.clause, scene):
        return None
    parse = scene.parse
    here = parse.sentences[parse.sentence_of[draft.token]]
    if here.is_title or next(_dates(scene, here.index), None) is not None:
        return None
    if parse.tokens[draft.clause].dep not in {"root", "conj"}:
        return None
    for index in range(here.index - 1, max(-1, here.index - 1 - _NARRATIVE_REACH), -1):
        if parse.sentences[index].paragraph != here.paragraph:
            return None
        main = next(i for i in range(parse.sentences[index].first, parse.sentences[index].last)
                    if parse.tokens[i].dep == "root")  # fmt: skip
        if not _is_simple_past(main, scene):
            return None
        when = _of({main}, scene, _OWN)
        if when is not None:
            return when
    return None


_RULES: tuple[tuple[str, Callable[[Draft, Scene], When | None]], ...] = (
    ("it stands in its clause or phrase", _own),
    ("the clause that describes it has that date", _described),
    ("the clause above it has that date", _governing),
    ("the clause coordinated with it has that date", _coordinated),
    ("it was said then", _said),
    ("what caused it has that date", _of_cause),
    ("the narrative has reached that date", _narrative),
)


# ------------------------------------------------------------------ background


def _is_older(draft: Draft, scene: Scene) -> bool:
    """True for what is told from before the news: the printing day is not its date."""
    tests = (_is_past_perfect, _is_vague, _is_reason, _follows_old_date)
    return any(test(draft, scene) for test in tests)


def _is_past_perfect(draft: Draft, scene: Scene) -> bool:
    return "had" in auxiliaries(scene, draft.clause)


def _is_vague(draft: Draft, scene: Scene) -> bool:
    """`years ago`, `for decades`, `often`: some time before, or again and again."""
    nodes = _nodes(draft)
    habits = scene.lexicon.word_set("times", "habits")
    adverbs = (k for n in nodes for k in kids(scene.parse, n, "advmod"))
    if any(scene.parse.tokens[k].text.lower() in habits for k in adverbs):
        return True
    for when in scene.times_in(scene.parse.sentence_of[draft.token]):
        if when.value is not None:
            continue
        if (when.timex or "").startswith(_UNKNOWN):
            if any(owner in nodes for owner, _ in _owners(when, scene)):
                return True
    return False


def _is_reason(draft: Draft, scene: Scene) -> bool:
    """A happening that is only told as the reason of another: `sanctions over the crackdown`."""
    parse = scene.parse
    if draft.support is not None or parse.tokens[draft.token].upos != "NOUN":
        return False
    reasons = scene.lexicon.word_set("times", "reasons")
    chain = [draft.token, *ancestors(parse, draft.token)]
    for i in chain:
        if parse.tokens[i].upos in {"VERB", "AUX"}:
            return False
        if preposition(parse, i) in reasons:
            return True
    return False


def _follows_old_date(draft: Draft, scene: Scene) -> bool:
    """A deed of the past tense right after a sentence that tells of long ago."""
    published = scene.published
    parse = scene.parse
    index = parse.sentence_of[draft.token]
    deed = scene.ontology.quad(draft.type) in _MATERIAL
    if published is None or index == 0 or not deed or parse.sentences[index].is_title:
        return False
    clause = draft.clause
    if parse.tokens[clause].upos == "NOUN":
        clause = next(
            (i for i in ancestors(parse, clause) if parse.tokens[i].upos == "VERB"), clause
        )
    if not _is_simple_past(clause, scene) and parse.tokens[clause].xpos != "VBN":
        return False
    if next(_dates(scene, index), None) is not None:
        return False
    told = list(_dates(scene, index - 1))
    return bool(told) and all(_days_before(when, published) > _OLD_DAYS for when in told)


def _days_before(when: When, published: date) -> int:
    """Days between the last that an expression can mean and publication."""
    value = when.end or when.value or ""
    padded = value + "-12-28"[len(value) - 4 :] if len(value) in {4, 7} else value
    return (published - date.fromisoformat(padded)).days
