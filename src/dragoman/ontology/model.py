"""The ontology's records and the questions that the other stages ask of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dragoman.errors import OntologyError
from dragoman.records import Status

SAME = "same"
CONTENT = "content"
OPERATOR_TRAITS = frozenset({"swallows", "keeps", "addressed", "passes", "gives"})


class Mode(NamedTuple):
    """A way in which an event of its type is done."""

    name: str
    score: float
    definition: str


class CrosswalkRow(NamedTuple):
    """One row from a type to CAMEO: it fits an event with the mode and with all the contexts."""

    mode: str | None
    contexts: frozenset[str]
    code: str


class CameoCode(NamedTuple):
    """A CAMEO code, its leading zero kept, with its label and Goldstein score."""

    code: str
    label: str
    goldstein: float


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER event type.

    Attributes:
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: of an event without a mode, -10 (conflict) to +10 (cooperation).
        modes: by name.
        crosswalk: rows to CAMEO, the first that fits is taken.
    """

    code: str
    label: str
    definition: str
    quad: int
    score: float
    recipient_required: bool
    modes: Mapping[str, Mode]
    crosswalk: tuple[CrosswalkRow, ...]


class Outcome(NamedTuple):
    """What an operator makes of the event below it.

    Attributes:
        type: PLOVER type.
        modes: its modes.
        status: the status that the operator gives; None: what the sentence says of the operator.
        why: one line for the reader of `explain`.
    """

    type: str
    modes: tuple[str, ...]
    status: Status | None
    why: str

    @property
    def mode(self) -> str | None:
        """The first mode, or None."""
        return self.modes[0] if self.modes else None


class Row(NamedTuple):
    """One row of the composition table, see `data/ontology/composition.yml`.

    Attributes:
        inner: types of the inner event that it fits; empty for all.
        inner_modes: one of these must be among the inner modes; empty for all.
        negated: it fits only an inner event that is negated (`promised not to attack`).
        inner_contexts: one of these must be among the inner contexts; empty for all.
    """

    inner: frozenset[str]
    inner_modes: frozenset[str]
    type: str
    mode: str | None
    status: Status | None
    why: str
    negated: bool = False
    inner_contexts: frozenset[str] = frozenset()

    def fits(
        self,
        inner_type: str,
        inner_modes: Collection[str],
        negated: bool = False,
        contexts: Collection[str] = (),
    ) -> bool:
        """True where the row speaks of such an inner event."""
        if self.negated and not negated:
            return False
        if self.inner_contexts and self.inner_contexts.isdisjoint(contexts):
            return False
        if self.inner and inner_type not in self.inner:
            return False
        return not self.inner_modes or not self.inner_modes.isdisjoint(inner_modes)


@dataclass(frozen=True, slots=True)
class Composition:
    """The composition table.

    Attributes:
        operators: for each operator its rows, the default last.
        content: for each type whose mode names a content (REQUEST, REJECT, THREATEN) its rows.
        bare: for an operator over something that is no event of the ontology, what it is alone.
        traits: how an operator treats the event below it, see `data/ontology/composition.yml`.
    """

    operators: Mapping[str, tuple[Row, ...]]
    content: Mapping[str, tuple[Row, ...]]
    bare: Mapping[str, Row]
    traits: Mapping[str, frozenset[str]]

    def outcome(
        self,
        operator: str,
        inner_type: str,
        inner_modes: tuple[str, ...],
        negated: bool,
        contexts: Collection[str],
    ) -> Outcome:
        """The first row that fits; every operator's default fits all."""
        inner = (inner_type, inner_modes, negated, contexts)
        row = next(r for r in self.operators[operator] if r.fits(*inner))
        if row.type == SAME:
            modes = inner_modes if row.mode is None else (row.mode,)
            return Outcome(inner_type, modes, row.status, row.why)
        mode = row.mode
        if mode == CONTENT:
            fitting = (r.mode for r in self.content.get(row.type, ()) if r.fits(*inner))
            mode = next(fitting, None)
        return Outcome(row.type, () if mode is None else (mode,), row.status, row.why)


@dataclass(frozen=True)
class Ontology:
    """PLOVER, loaded and cross-checked.

    Attributes:
        types: by code, in alphabetical order.
        contexts: name to definition.
        sectors: code to label.
        non_state: codes of actors that are no state (UNO, EUR, IGO ...), with labels.
        states: ISO 3166 alpha-3 codes, with the codes of states that are gone and KOS.
        dependencies: a territory's code to that of the state that controls it.
        breakaway: name of a de facto state to the code of its nominal sovereign.
        cameo_codes: by code.
        composition: what operators make of the events below them.
    """

    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    non_state: Mapping[str, str]
    states: frozenset[str]
    dependencies: Mapping[str, str]
    breakaway: Mapping[str, str]
    cameo_codes: Mapping[str, CameoCode]
    composition: Composition

    def type(self, code: str) -> EventType:
        """The event type of that code.

        Raises:
            OntologyError: there is none.
        """
        try:
            return self.types[code]
        except KeyError:
            known = ", ".join(self.types)
            raise OntologyError(f"no event type {code!r}; the types are {known}") from None

    def quad(self, type_: str) -> int:
        """Quad code of a type: 1 to 4."""
        return self.type(type_).quad

    def score(self, type_: str, modes: Collection[str] = ()) -> float:
        """Conflict-cooperation score: the strongest of the modes, else the type's own."""
        event_type = self.type(type_)
        scores = [self.mode(type_, name).score for name in modes]
        return max(scores, key=abs) if scores else event_type.score

    def mode(self, type_: str, name: str) -> Mode:
        """The mode of that name.

        Raises:
            OntologyError: the type has no such mode.
        """
        modes = self.type(type_).modes
        if name not in modes:
            known = ", ".join(modes) or "none"
            raise OntologyError(f"{type_} has no mode {name!r}; its modes are {known}")
        return modes[name]

    def cameo(
        self, type_: str, modes: Collection[str] = (), contexts: Collection[str] = ()
    ) -> str | None:
        """Nearest CAMEO code, leading zero kept; None where the type has none."""
        for row in self.type(type_).crosswalk:
            if (row.mode is None or row.mode in modes) and row.contexts.issubset(contexts):
                return row.code
        return None

    def compose(
        self,
        operator: str,
        inner_type: str,
        inner_modes: tuple[str, ...] = (),
        negated: bool = False,
        contexts: Collection[str] = (),
    ) -> Outcome:
        """What an operator makes of the event below it.

        Args:
            operator: its name.
            inner_type: type of the event below it.
            inner_modes: modes of that event.
            negated: that event is told not to be: `promised not to attack`.
            contexts: contexts that the word of that event shows.

        Raises:
            OntologyError: no such operator or type.
        """
        self.type(inner_type)
        if operator not in self.composition.operators:
            known = ", ".join(self.composition.operators)
            raise OntologyError(f"no operator {operator!r}; the operators are {known}")
        return self.composition.outcome(operator, inner_type, tuple(inner_modes), negated, contexts)

    def has_trait(self, operator: str, trait: str) -> bool:
        """True where an operator treats the event below it so."""
        return trait in self.composition.traits.get(operator, ())

    def compose_bare(self, operator: str) -> Outcome | None:
        """What an operator is over something that is no event: `pledged to build schools`."""
        row = self.composition.bare.get(operator)
        if row is None:
            return None
        return Outcome(row.type, () if row.mode is None else (row.mode,), row.status, row.why)

    @cached_property
    def operators(self) -> frozenset[str]:
        """Names of all operators."""
        return frozenset(self.composition.operators)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code that an actor can have."""
        return self.states | frozenset(self.non_state)

    def is_code(self, code: str) -> bool:
        """True for a code that an actor can have: a state's, or UNO, EUR, IGO ..."""
        return code in self.codes

    def is_sector(self, code: str) -> bool:
        """True for a PLOVER sector."""
        return code in self.sectors

    def is_context(self, name: str) -> bool:
        """True for a PLOVER context."""
        return name in self.contexts

    def state_of(self, code: str) -> str:
        """The state that controls a territory (PRI: USA); any other code itself."""
        return self.dependencies.get(code, code)
