"""What the lexicon holds: frozen records with plain fields, cheap to store and to load."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.lexicon.phrases import only_phrases

_OF = "of"  # of an agent's phrase: `chief of staff`

# A lemma set that stands for "any noun".
ANY: frozenset[str] = frozenset({"*"})


class Conditions(NamedTuple):
    """What must or must not stand around a trigger (docs/adding-knowledge.md).

    Sets hold lemmas, and phrases as one string each (`dragoman.lexicon.phrases`).
    """

    obj: frozenset[str] = frozenset()
    not_obj: frozenset[str] = frozenset()
    subj: frozenset[str] = frozenset()
    not_subj: frozenset[str] = frozenset()
    prep: tuple[tuple[str, frozenset[str]], ...] = ()
    not_prep: tuple[tuple[str, frozenset[str]], ...] = ()
    not_with: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    comp: frozenset[str] = frozenset()

    @property
    def weight(self) -> int:
        """How much must be there: the more, the more specific the trigger."""
        asked = 2 * sum(map(bool, (self.obj, self.subj, self.prep, self.comp)))
        # A noun with a word beside it is more than the noun.
        phrases = only_phrases(self.obj) or only_phrases(self.subj)
        return asked + (phrases or any(only_phrases(words) for _, words in self.prep))

    @property
    def is_specific(self) -> bool:
        """True where certain words, not just any, must stand beside the trigger."""
        asked = [self.obj, self.subj, self.comp, *(lemmas for _, lemmas in self.prep)]
        return any(words and words != ANY for words in asked)


class Trigger(NamedTuple):
    """A word that tells an event, or (with `operator`) works on the event below it.

    Attributes:
        rule: path of the entry, `en/SANCTION/impose`.
        type: PLOVER type; for an operator the type where the entry names one, else "".
        pos: `verb`, `noun` or `adj`.
        head: lemma of the head word.
        extra: further words: particles after a verb, compounds before a noun.
        actor, recipient: slots, in order of preference.
        counts: (side, what its number counts).
        score: how surely the word means the type, 0 to 1.
        place: `file:line` of the entry.
    """

    rule: str
    type: str
    pos: str
    head: str
    extra: tuple[str, ...]
    conditions: Conditions
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    own_slots: bool
    reciprocal: bool
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    operator: str
    status: str
    score: float
    place: str

    @property
    def is_intransitive(self) -> bool:
        """True for a verb whose entry looks at no object: `headed for`, `marched on`."""
        no_object = "obj" not in self.recipient and not self.conditions.obj
        return self.pos == "verb" and self.own_slots and no_object


class Example(NamedTuple):
    """The test that a trigger carries."""

    rule: str
    text: str
    type: str
    modes: tuple[str, ...]
    sides: str
    fires: bool
    place: str


class Role(NamedTuple):
    """What somebody or something is between two dates (ISO, inclusive, "" for open)."""

    code: str
    sector: str
    other_sectors: tuple[str, ...]
    office: str
    start: str
    end: str


class Actor(NamedTuple):
    """A named actor: a state, person, body, organisation or group.

    Attributes:
        kind: `state`, `person`, `agency`, `party`, `organisation`, `group`, `region`.
        code: ISO 3166 alpha-3 or PLOVER code, "" where none.
    """

    name: str
    kind: str
    code: str
    sector: str
    other_sectors: tuple[str, ...]
    wikidata: str
    roles: tuple[Role, ...]
    place: str


class Name(NamedTuple):
    """One written form of an actor.

    Attributes:
        text: the form as written.
        actor: number of the actor in `Lexicon.actors`.
        form: `name`, `demonym`, `people`, `capital`, `metonym`, `region`, `surname`.
        any_case: also matches when written in lower case.
    """

    text: str
    actor: int
    form: str
    any_case: bool


class Agent(NamedTuple):
    """A generic agent noun: `police`, `foreign minister`.

    Attributes:
        signs: (sector, lemmas): the sector that it has where one of the lemmas stands nearest.
    """

    words: tuple[str, ...]
    sector: str
    other_sectors: tuple[str, ...]
    code: str
    office: str
    title: bool
    adjective: bool
    group: bool
    signs: tuple[tuple[str, frozenset[str]], ...]
    place: str

    @property
    def head(self) -> int:
        """Which of the words the others hang on: the last, or the one before `of`."""
        last = len(self.words) - 1
        return next((i - 1 for i, word in enumerate(self.words) if i and word == _OF), last)
