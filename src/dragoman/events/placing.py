"""Where: which place name belongs to which event.

A place belongs to an event as far as the grammar leads from the one to the other. Each step on the
way costs something: little within a phrase that says where (`in a market near Herat`), more out of
a subject or a neighbouring clause, and too much where the words show that something else is there
(`a man from Lahore`, `officials in Geneva said`). The cheapest place wins, the smallest of those
that one phrase names (`the West Bank city of Nablus`); where all are too dear, there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import ancestors, dep_base, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Place, Token

_TOO_DEAR = 3.75
_WITHIN = 1.0  # what a phrase about talks may cost where they are told again
_SOON = 3  # sentences
_MEETING = "CONSULT"
_REACHING = frozenset({"ASSAULT", "RETREAT", "MOBILIZE"})  # types that happen to what they reach
_BODILY = _REACHING | {"COERCE", "PROTEST"}  # types of what bodies do, not words
_OWN_CLAUSE = 1.8  # what the place of words, promises and gifts may cost
_BELOW_CLAUSE = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})
_NEIGHBOURS = 6  # tokens between two places of one phrase
_SIZES = {"feature": 0, "city": 0, "admin1": 1, "country": 2}
_BODILESS = 3  # size of what is no place to be at: regions of several countries

# From a place's phrase up to the word that it hangs on.
_UP: Mapping[str, float] = {
    "appos": 0.3, "conj": 0.4, "flat": 0.1, "nummod": 1.0, "obj": 0.3, "iobj": 3.0, "nsubj": 0.8,
    "nsubj:pass": 0.5, "advcl": 0.9, "acl": 0.6, "acl:relcl": 1.4, "ccomp": 3.0, "xcomp": 0.4,
    "parataxis": 2.0, "csubj": 0.8, "advmod": 0.3,
}  # fmt: skip
# ... where the place itself is the word.
_BARE: Mapping[str, float] = {
    "obj": 3.0,
    "iobj": 5.0,
    "nsubj": 5.0,
    "nsubj:pass": 2.0,
    "obl:agent": 5.0,
}
# From the word where both ways meet down to the event.
_DOWN: Mapping[str, float] = {
    "conj": 0.6, "advcl": 1.0, "xcomp": 0.2, "ccomp": 1.0, "acl": 0.8, "acl:relcl": 1.2, "obl": 0.5,
    "nmod": 0.5, "obj": 0.2, "nsubj": 0.3, "nsubj:pass": 0.3, "appos": 0.8, "compound": 0.8,
    "parataxis": 1.0, "csubj": 0.5,
}  # fmt: skip
_OTHER_STEP = 0.8
_PLACED = 0.4  # a phrase that says where
_GOAL = 1.2  # a phrase that says where to
_OTHER_GOAL = 3.2  # ... of another verb
_OCCASION = 1.0  # a phrase about something else that was going on
_ORIGIN = 4.0  # where somebody or something came from
_ASIDE = 1.5  # a phrase about something else altogether
_LATER = 2.0  # ... that came before or after
_OTHER_PHRASE = 2.8
_OF_PERSON = 2.0  # out of a phrase about people
_OF_NATION = 4.0  # ... about those of a whole country
_AT_PERSON = 0.5  # ... that says where they are
_OF_KIND = 0.2
_OF_OWNER = 1.8  # `Moscow's support`
_OF_THING = 1.0  # a town before a noun: `a Paris hospital`
_REACHED = 0.6  # the object of a verb of going or hitting
_SPEAKER = 3.0
_TOLD_BY = 4.5  # `according to`
_OTHER_CLAUSE = 0.8  # a coordinated clause with a subject of its own
_DISTANCE = 2.5  # `40 miles north of X`
_BESIDE = 0.5  # `north of X`
_WIDE = 0.5  # a sea or a continent
_DATELINE = 3.0  # where the report was written
_BELOW = 1.0  # the event is told of the place by something other than a relative clause
_HEAD_OF_SENTENCE = 30  # characters within which a dateline stands
_ACRONYM = 4
_LOOK_BACK = 7  # tokens
_NOMINAL_PARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_TOLD_OF = frozenset({"acl", "acl:relcl", "appos"})
_CLAUSES = frozenset({"ccomp", "parataxis"})
_TOLD = _CLAUSES | {"acl:relcl", "acl", "advcl"}
_PHRASES = frozenset({"obl", "nmod", "obl:npmod", "obl:agent"})
_MODIFIERS = frozenset({"compound", "nmod:poss", "amod", "nmod:unmarked", "nmod:npmod"})


class _Words(NamedTuple):
    """The language's words about where things are."""

    locative: frozenset[str]
    inner: frozenset[str]
    goal: frozenset[str]
    aim: frozenset[str]
    occasion: frozenset[str]
    later: frozenset[str]
    source: frozenset[str]
    origin: frozenset[str]
    agent: frozenset[str]
    compass: frozenset[str]
    kinds: frozenset[str]
    settlements: frozenset[str]
    sites: frozenset[str]
    there: frozenset[str]
    topic: frozenset[str]
    overhead: frozenset[str]
    meetings: frozenset[str]
    definite: frozenset[str]
    reached: frozenset[str]
    saying: frozenset[str]
    people: frozenset[str]
    agents: Mapping[str, object]

    def is_people(self, lemma: str) -> bool:
        """True for nouns of persons and bodies, which are somewhere or from somewhere."""
        if lemma in self.kinds or lemma in self.sites:
            return False
        return lemma in self.people or lemma in self.agents


class _Limits(NamedTuple):
    """Which places an event may have.

    Attributes:
        cost: what the way to it may cost at most.
        clauses: whether it may stand in a clause below the event's own.
        parties: heads of the event's sides, which are no places.
    """

    cost: float = _TOO_DEAR
    clauses: bool = True
    parties: frozenset[int] = frozenset()


class _Way(NamedTuple):
    """A way from a place up to an event.

    Attributes:
        names: the place's head and those that it is coordinated with.
        anchor: the event's word.
    """

    place: Place
    names: frozenset[int]
    anchor: int


def event_place(draft: Draft, scene: Scene) -> Place | None:
    """The place of an event: by its trigger and by the words that carry its clause.

    A party that is named like a place is no place (`sanctions on Iran`), unless the event reaches
    it bodily (`an attack on Kabul`) or the words say that it is there (`in Iran`). What is said,
    agreed or given has a place only where its own clause names one: what it is about may be
    anywhere. Talks that are told again (`during their talks in Geneva`) are where that says.
    """
    anchors = dict.fromkeys((draft.token, draft.clause))
    if draft.support is not None:
        anchors[draft.support] = None
    words = _words(scene.lexicon)
    parties: frozenset[int] = frozenset()
    if draft.type not in _REACHING:
        parties = frozenset(m.head for m in (*draft.actors, *draft.recipients))
    bodily = draft.type in _BODILY
    limits = _Limits(_TOO_DEAR if bodily else _OWN_CLAUSE, clauses=bodily, parties=parties)
    place = _cheapest(scene, tuple(anchors), words, limits)
    if place is None and draft.type == _MEETING:
        return _told_again(draft.token, scene, words)
    return place


def _told_again(token: int, scene: Scene, words: _Words) -> Place | None:
    """The place that a later sentence gives to `the talks`, `their meeting`."""
    parse = scene.parse
    here = parse.sentence_of[token]
    for sentence in parse.sentences[here + 1 : here + 1 + _SOON]:
        for i in range(sentence.first, sentence.last):
            definite = any(
                parse.tokens[k].lemma.lower() in words.definite
                for k in kids(parse, i, "det", "nmod:poss")
            )
            if definite and parse.tokens[i].lemma.lower() in words.meetings:
                place = _cheapest(scene, (i,), words, _Limits(_WITHIN))
                if place is not None:
                    return place
    return None


def place_of(scene: Scene, token: int) -> Place | None:
    """The place of what one word tells, or None.

    Args:
        scene: the word's article.
        token: number of the word.
    """
    return _cheapest(scene, (token,), _words(scene.lexicon), _Limits())


def _cheapest(scene: Scene, anchors: Sequence[int], words: _Words, limits: _Limits) -> Place | None:
    parse = scene.parse
    here = parse.sentence_of[anchors[0]]
    places = [p for p in scene.places_in(here) if not _is_party(parse, p, limits.parties, words)]
    if not places:
        return None
    costs = [min(_cost(parse, p, a, words, limits.clauses) for a in anchors) for p in places]
    order = sorted(range(len(places)), key=lambda n: (costs[n], abs(places[n].head - anchors[0])))
    if costs[order[0]] > limits.cost:
        return None
    return _smallest(parse, places, order[0], words)


def _is_party(parse: Parse, place: Place, parties: frozenset[int], words: _Words) -> bool:
    inside = any(
        place.span.start <= parse.tokens[i].start and parse.tokens[i].end <= place.span.end
        for i in parties
    )
    return inside and preposition(parse, place.head) not in words.there


def _smallest(parse: Parse, places: Sequence[Place], n: int, words: _Words) -> Place:
    """The place that one phrase is about: `the West Bank city of Nablus`, `Herat in the west`."""
    while n > 0:
        between = _between(parse, places[n - 1], places[n])
        if (
            between is None
            or _leads(places[n - 1], places[n], between, words)
            or _size(places[n - 1]) > _size(places[n])
        ):
            break
        n -= 1
    while n + 1 < len(places):
        between = _between(parse, places[n], places[n + 1])
        if (
            between is None
            or not _leads(places[n], places[n + 1], between, words)
            or _size(places[n + 1]) > _size(places[n])
        ):
            break
        n += 1
    return places[n]


def _between(parse: Parse, left: Place, right: Place) -> list[Token] | None:
    """The words between two places of one phrase; None where they belong to two."""
    tokens = [t for t in parse.tokens[left.head + 1 : right.head]
              if left.span.end <= t.start and t.end <= right.span.start]  # fmt: skip
    if not tokens or len(tokens) > _NEIGHBOURS:
        return None
    if any(
        t.upos in {"VERB", "AUX", "CCONJ", "SCONJ", "PRON"} or t.text in ";:()–—" for t in tokens
    ):
        return None
    if any(t.text.lower() in {"to", "from", "by", "for", "with", "and"} for t in tokens):
        return None
    return tokens


def _leads(left: Place, right: Place, between: Sequence[Token], words: _Words) -> bool:
    """True where the second place is the one meant: `Baghdad's X`, `the Nairobi suburb of X`."""
    if between[0].text in {"'s", "’s", "'", "’"}:
        return True
    if between[-1].text != "of" or any(t.text == "," for t in between):
        return False
    kind = next((t.lemma.lower() for t in between if t.lemma.lower() in words.kinds), "")
    if kind in words.settlements:
        return True
    # `the X area of Y` is in X, `the Y district of X` in X: the one known place holds the other.
    return right.lat is None and left.lat is not None


def _size(place: Place) -> int:
    if place.precision == "feature" and place.country is None and place.lat is not None:
        return _BODILESS
    # A name that the gazetteer lacks is a village or a building, whatever it was placed by.
    return 0 if place.geonameid is None else _SIZES.get(place.precision, 0)


def _words(lexicon: Lexicon) -> _Words:
    def words(file: str, *keys: str) -> frozenset[str]:
        return frozenset().union(*(lexicon.word_set(file, key) for key in keys))

    kinds = words("places", "town_words", "division_words", "landscape_words")
    kinds |= {w.lower() for w in words("places", "facilities", "streets")}
    return _Words(
        locative=words("places", "locative") - words("placing", "vague"),
        inner=words("placing", "inner"),
        goal=words("placing", "goal"),
        aim=words("placing", "aim"),
        occasion=words("placing", "occasion"),
        later=words("placing", "later"),
        source=words("placing", "source"),
        origin=words("placing", "origin"),
        agent=words("placing", "agent"),
        compass=words("placing", "compass"),
        kinds=kinds,
        settlements=words("placing", "settlements"),
        sites=words("placing", "sites"),
        there=words("placing", "there"),
        topic=words("placing", "topic"),
        overhead=words("placing", "overhead"),
        meetings=words("placing", "meetings"),
        definite=words("placing", "definite"),
        reached=words("placing", "reached"),
        saying=words("placing", "saying"),
        people=words("placing", "people"),
        agents=lexicon.agents_by_head,
    )


# --------------------------------------------------------------------------- the way


def _cost(parse: Parse, place: Place, anchor: int, words: _Words, clauses: bool = True) -> float:
    """What the way from a place to an event costs."""
    up = [place.head, *ancestors(parse, place.head)]
    down = [anchor, *ancestors(parse, anchor)]
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return _TOO_DEAR + 1.0
    way = up[: up.index(meeting)]
    steps = _Way(place, _same(parse, place, way, words), anchor)
    cost = sum(_step_up(parse, i, steps, words) for i in way)
    if not clauses and any(dep_base(parse.tokens[i].dep) in _BELOW_CLAUSE for i in way):
        return _TOO_DEAR + 1.0
    below = down[: down.index(meeting)]
    cost += sum(_DOWN.get(parse.tokens[i].dep, _OTHER_STEP) for i in below)
    if meeting == place.head and below and parse.tokens[below[-1]].dep not in _TOLD_OF:
        cost += _BELOW
    if _is_dateline(parse, place):
        cost += _DATELINE
    if _size(place) == _BODILESS:
        cost += _WIDE
    return cost + _beside(parse, place, words) + _elsewhere(parse, place, meeting, below, words)


def _same(parse: Parse, place: Place, way: Sequence[int], words: _Words) -> frozenset[int]:
    """The place's head, the names that it is coordinated with, and its kind (`the town of X`)."""
    found = [place.head]
    for i in way:
        token = parse.tokens[i]
        if i != found[-1]:
            break
        of_kind = parse.tokens[token.head].lemma.lower() in words.kinds and (
            token.dep in _MODIFIERS
            or (token.dep == "nmod" and preposition(parse, i) in words.inner)
        )
        if token.dep not in {"conj", "flat", "appos"} and not of_kind:
            break
        found.append(token.head)
    return frozenset(found)


def _step_up(parse: Parse, i: int, way: _Way, words: _Words) -> float:
    """What it costs to leave a word for the one above it."""
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    prep = preposition(parse, i)
    is_place = i in way.names
    if (
        token.dep in _PHRASES
        and (prep or token.dep == "obl")
        and not (is_place and token.dep == "obl:agent")
    ):
        return _phrase(parse, token, way, words)
    if token.dep in _MODIFIERS or (token.dep == "nmod" and not prep):
        return _modifier(token, above, way.place, words)
    if is_place:
        if token.dep in {"obj", "nsubj:pass"} and above.lemma in words.reached:
            return _REACHED
        if token.dep in _BARE:
            return _BARE[token.dep]
    cost = _UP.get(token.dep, _UP.get(dep_base(token.dep), _OTHER_STEP))
    if token.dep in _TOLD and token.lemma in words.saying:
        cost += _SPEAKER
    elif token.dep == "conj" and token.upos == "VERB" and kids(parse, i, "nsubj", "nsubj:pass"):
        cost += _OTHER_CLAUSE
    return cost


def _modifier(token: Token, above: Token, place: Place, words: _Words) -> float:
    """A name before a noun: `X province`, `a Paris hospital`, `the Kandahar governor`."""
    if above.lemma.lower() in words.kinds or above.lemma.lower() in words.sites:
        return _OF_KIND
    if above.ner == "PERSON" or words.is_people(above.lemma.lower()):
        return _OF_THING + _of_people(place)
    if above.upos == "PROPN":
        return _OF_KIND
    owner = token.dep == "nmod:poss" or place.precision == "country"
    return _OF_OWNER if owner else _OF_THING


def _of_people(place: Place) -> float:
    """`the leader of Belarus` is anywhere, `residents of Lima` are mostly there."""
    return _OF_NATION if place.precision == "country" else _OF_PERSON


def _phrase(parse: Parse, token: Token, way: _Way, words: _Words) -> float:
    """A prepositional phrase: cheap where it says where."""
    whole = preposition(parse, token.i)
    is_place = token.i in way.names
    prep = whole.split(" ")[-1]
    if whole in words.source:
        return _TOLD_BY
    overhead = parse.tokens[token.head].lemma.lower() in words.overhead
    if is_place and way.place.precision == "country" and prep in words.topic and not overhead:
        return _OTHER_PHRASE  # `talks on Syria`
    if not prep or prep in words.locative or prep in words.inner:
        people = token.dep == "nmod" and words.is_people(parse.tokens[token.head].lemma.lower())
        if people and prep == "of" and is_place:
            return _PLACED + _of_people(way.place)
        return _PLACED + (_AT_PERSON if people else 0.0)
    if prep in words.goal:
        return _GOAL if token.head == way.anchor else _OTHER_GOAL
    if prep in words.aim:
        return _OTHER_PHRASE if is_place else _GOAL
    if prep in words.later:
        return _LATER
    if is_place and prep in words.origin | words.agent:
        return _ORIGIN
    if is_place or (token.ner and prep in words.occasion):
        return _OTHER_PHRASE
    return _OCCASION if prep in words.occasion else _ASIDE


def _beside(parse: Parse, place: Place, words: _Words) -> float:
    """Extra cost of `40 kilometres north of X`, which is not at X, and of `north of X`."""
    first = next((t.i for t in parse.tokens[max(place.head - 8, 0) : place.head + 1]
                  if t.start >= place.span.start), place.head)  # fmt: skip
    start = max(first - _LOOK_BACK, 0)
    for i in range(first - 1, start, -1):
        token = parse.tokens[i]
        if token.upos == "ADP" and parse.tokens[i - 1].text.lower() in words.compass:
            numbers = any(t.upos == "NUM" for t in parse.tokens[max(i - 8, 0) : i])
            return _DISTANCE if numbers else _BESIDE
        if token.upos not in _NOMINAL_PARTS and token.text != ",":
            return 0.0
    return 0.0


def _is_dateline(parse: Parse, place: Place) -> bool:
    """`KABUL (AP) -`: capitals, or a dash or bracket after it, at the head of a sentence."""
    sentence = parse.sentences[parse.sentence_of[place.head]]
    words = parse.slice(place.span)
    if parse.tokens[sentence.first].start < place.span.start - _HEAD_OF_SENTENCE:
        return False
    after = parse.text[place.span.end : place.span.end + 2].strip()
    return after[:1] in {"(", "-", "–", "—"} or (words.isupper() and len(words) > _ACRONYM)


def _elsewhere(
    parse: Parse, place: Place, meeting: int, below: Sequence[int], words: _Words
) -> float:
    """Extra cost where the place is that of a speaker, or of the telling."""
    if not below or parse.tokens[meeting].lemma not in words.saying:
        return 0.0
    said = below[-1]
    if parse.tokens[said].dep not in _CLAUSES:
        return 0.0
    if place.head < said and place.head < meeting:
        return 0.0  # `In X, police said ...`
    # `..., police said, in X`: the words go on after the aside.
    aside = said < meeting < place.head and any(
        t.text == "," for t in parse.tokens[meeting + 1 : place.head]
    )
    return 0.0 if aside else _SPEAKER


__all__ = ["event_place", "place_of"]
