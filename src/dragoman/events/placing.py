"""Where: which place name belongs to which event.

A place belongs to an event as far as the grammar leads from the one to the other. Each step on the
way costs something: little within a phrase that says where (`in a market near Herat`), more out of
a subject or a neighbouring clause, and too much where the words show that something else is there
(`a man from Lahore`, `officials in Geneva said`). The cheapest place wins, the smallest of those
that one phrase names (`the West Bank city of Nablus`); where all are too dear, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.events.draft import Draft, Scene
from dragoman.grammar import ancestors, dep_base, is_passive, kids, preposition
from dragoman.records import Parse, Place, Token

_TOO_DEAR = 4.0
_SAME_PHRASE = 0.75  # costs that differ by less come from one phrase, or from its neighbour
_SIZES = {"feature": 0, "city": 0, "admin1": 1, "country": 2}
_BODILESS = 3  # size of what is no place to be at: regions of several countries

# From a place up to the word that it hangs on.
_UP: Mapping[str, float] = {
    "appos": 0.3, "conj": 0.3, "flat": 0.1, "nummod": 1.0, "obj": 1.0, "iobj": 4.0, "nsubj": 3.0,
    "nsubj:pass": 1.2, "advcl": 1.2, "acl": 1.0, "acl:relcl": 1.2, "ccomp": 2.5, "xcomp": 0.5,
    "parataxis": 2.5, "csubj": 1.0, "dep": 1.0, "obl:agent": 3.0, "advmod": 0.3, "obl:npmod": 0.5,
    "nmod:unmarked": 0.8,
}  # fmt: skip
# From the word where both ways meet down to the event.
_DOWN: Mapping[str, float] = {
    "conj": 0.6, "advcl": 0.8, "xcomp": 0.2, "ccomp": 1.2, "acl": 0.8, "acl:relcl": 1.5, "obl": 0.6,
    "nmod": 0.6, "obj": 0.2, "nsubj": 0.4, "nsubj:pass": 0.4, "appos": 1.0, "compound": 1.0,
    "parataxis": 1.2, "csubj": 0.5,
}  # fmt: skip
_OTHER_STEP = 1.0
_CLAUSES = frozenset({"ccomp", "parataxis"})


class _Words(NamedTuple):
    """The language's words about where things are."""

    locative: frozenset[str]
    inner: frozenset[str]
    goal: frozenset[str]
    kinds: frozenset[str]
    reached: frozenset[str]
    saying: frozenset[str]


def event_place(draft: Draft, scene: Scene) -> Place | None:
    """The place of an event: from its trigger's words, else from its clause's."""
    anchors = dict.fromkeys((draft.token, draft.clause))
    if draft.support is not None:
        anchors[draft.support] = None
    return _cheapest(scene, tuple(anchors))


def place_of(scene: Scene, token: int) -> Place | None:
    """The place of what one word tells, or None.

    Args:
        scene: the word's article.
        token: number of the word.
    """
    return _cheapest(scene, (token,))


def _cheapest(scene: Scene, anchors: Sequence[int]) -> Place | None:
    here = scene.parse.sentence_of[anchors[0]]
    places = [p for p in scene.places if scene.parse.sentence_of[p.head] == here]
    if not places:
        return None
    words = _words(scene)
    costs = [(min(_cost(scene.parse, p, a, words) for a in anchors), p) for p in places]
    cheap = [(cost, p) for cost, p in costs if cost <= _TOO_DEAR]
    if not cheap:
        return None
    least = min(cost for cost, _ in cheap)
    near = [(_size(p), cost, abs(p.head - anchors[0]), p) for cost, p in cheap
            if cost <= least + _SAME_PHRASE]  # fmt: skip
    return min(near, key=lambda o: o[:3])[3]


def _size(place: Place) -> int:
    if place.precision == "feature" and place.country is None and place.lat is not None:
        return _BODILESS
    return _SIZES.get(place.precision, 0)


def _words(scene: Scene) -> _Words:
    def words(*keys: str) -> frozenset[str]:
        return scene.lexicon.word_set("places", *keys)

    kinds = words("town_words") | words("division_words") | words("landscape_words")
    kinds |= {w.lower() for w in words("facilities") | words("streets")}
    return _Words(
        locative=words("locative"),
        inner=words("inner"),
        goal=words("goal"),
        kinds=kinds,
        reached=words("reached"),
        saying=words("saying"),
    )


# --------------------------------------------------------------------------- the way


def _cost(parse: Parse, place: Place, anchor: int, words: _Words) -> float:
    """What the way from a place to an event costs."""
    up = [place.head, *ancestors(parse, place.head)]
    down = [anchor, *ancestors(parse, anchor)]
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return _TOO_DEAR + 1.0
    cost = sum(_step_up(parse, i, words) for i in up[: up.index(meeting)])
    below = down[: down.index(meeting)]
    cost += sum(_DOWN.get(parse.tokens[i].dep, _OTHER_STEP) for i in below)
    return cost + _elsewhere(parse, place, meeting, below, words)


def _step_up(parse: Parse, i: int, words: _Words) -> float:
    token = parse.tokens[i]
    if token.dep in {"obl", "nmod", "obl:npmod"} or (token.dep == "conj" and False):
        return _phrase(parse, token, words)
    above = parse.tokens[token.head]
    if token.dep in {"compound", "nmod:poss", "amod", "nmod:unmarked"}:
        if above.lemma.lower() in words.kinds or above.upos == "PROPN":
            return 0.2
        return 1.2
    if token.dep == "obj" and above.lemma not in words.reached and token.ner:
        return 2.5
    return _UP.get(token.dep, _UP.get(dep_base(token.dep), _OTHER_STEP))


def _phrase(parse: Parse, token: Token, words: _Words) -> float:
    """A prepositional phrase: cheap where it says where."""
    prep = preposition(parse, token.i).split(" ")[-1]
    if prep in words.locative or not prep:
        return 0.4
    if prep in words.inner:
        return 0.4
    if prep in words.goal:
        return 1.2
    return 2.8


def _elsewhere(
    parse: Parse, place: Place, meeting: int, below: Sequence[int], words: _Words
) -> float:
    """Extra cost where the place is that of a speaker, or of the telling."""
    if not below or parse.tokens[meeting].lemma not in words.saying:
        return 0.0
    if parse.tokens[below[-1]].dep not in _CLAUSES:
        return 0.0
    return 0.0 if place.head < below[-1] and place.head < meeting else 3.0


__all__ = ["event_place", "place_of"]
