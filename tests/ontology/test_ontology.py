"""The ontology answers as the PLOVER reference says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology import Ontology, load_ontology

ONTOLOGY = load_ontology()
TYPES = sorted(ONTOLOGY.types)


@pytest.fixture
def ontology() -> Ontology:
    return ONTOLOGY


def test_all_of_plover_is_there(ontology: Ontology) -> None:
    assert len(ontology.types) == 16
    assert len(ontology.contexts) == 37
    assert len(ontology.sectors) == 25
    quads = {quad: {t for t in TYPES if ontology.quad(t) == quad} for quad in (1, 2, 3, 4)}
    assert quads == {
        1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
        2: {"COOPERATE", "AID", "RETREAT"},
        3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
        4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    }


def test_only_three_types_require_a_recipient(ontology: Ontology) -> None:
    assert {t for t in TYPES if ontology.types[t].recipient_required} == {
        "COOPERATE",
        "AID",
        "SANCTION",
    }


@pytest.mark.parametrize(
    ("type_", "modes", "score"),
    [
        ("CONSULT", [], 2.5),
        ("CONSULT", ["visit"], 4),
        ("ACCUSE", [], -3),
        ("PROTEST", ["vandalize"], -5),
        ("REQUEST", ["assist"], 0.5),
        ("ASSAULT", ["beat"], -7.5),
        ("ASSAULT", ["beat", "primitive"], -8),  # the strongest of several
        ("AID", [], 10),
    ],
)
def test_scores(ontology: Ontology, type_: str, modes: list[str], score: float) -> None:
    assert ontology.score(type_, modes) == score


@pytest.mark.parametrize(
    ("type_", "modes", "contexts", "code"),
    [
        ("CONSULT", ["visit"], [], "042"),
        ("CONSULT", [], [], "040"),
        ("ASSAULT", ["aerial"], [], "195"),
        ("AGREE", [], ["economic"], "0331"),
        ("PROTEST", ["demo"], ["executive"], "1411"),
        ("SANCTION", ["convict"], ["legal"], "116"),
        ("ACCUSE", ["allege"], ["military"], "1123"),
        ("ACCUSE", ["allege"], ["military", "legal"], "1124"),
        ("COERCE", ["arrest"], ["election"], "173"),
        ("RETREAT", [], ["economic"], "085"),
    ],
)
def test_cameo(
    ontology: Ontology, type_: str, modes: list[str], contexts: list[str], code: str
) -> None:
    assert ontology.cameo(type_, modes, contexts) == code


# (operator, inner type, inner mode) gives (type, mode, status)
COMPOSITIONS = [
    ("promise", "AID", None, "AGREE", None, None),
    ("promise", "ASSAULT", "aerial", "THREATEN", "violence", None),
    ("promise", "ACCUSE", "investigate", "ACCUSE", "investigate", "announced"),
    ("say", "CONSULT", "visit", "AGREE", None, None),
    ("say", "RETREAT", "withdraw", "CONCEDE", None, None),
    ("say", "SANCTION", "discontinue", "THREATEN", "relations", "announced"),
    ("plan", "PROTEST", "strike", "PROTEST", "strike", "announced"),
    ("refuse", "CONSULT", None, "REJECT", "meet", None),
    ("refuse", "RETREAT", "release", "REJECT", "yield", None),
    ("refuse", "RETREAT", "resign", "REJECT", "change", None),
    ("refuse", "AID", None, "REJECT", "assist", None),
    ("threaten", "COERCE", "arrest", "THREATEN", "arrest", None),
    ("threaten", "COERCE", "restrict", "THREATEN", "restrict", None),
    ("threaten", "SANCTION", "discontinue", "THREATEN", "relations", None),
    ("threaten", "SANCTION", "expel", "THREATEN", "expel", None),
    ("request", "CONSULT", None, "REQUEST", "meet", None),
    ("request", "RETREAT", "ceasefire", "REQUEST", "yield", None),
    ("request", "ACCUSE", "investigate", "ACCUSE", "investigate", None),
    ("request", "PROTEST", "demo", "PROTEST", "demo", "announced"),
    ("invite", "CONSULT", None, "AGREE", None, None),
    ("accuse", "ASSAULT", "heavy-weapons", "ACCUSE", "allege", None),
    ("condemn", "ASSAULT", "heavy-weapons", "ACCUSE", "disapprove", None),
    ("stop", "AID", None, "SANCTION", "discontinue", None),
    ("stop", "ASSAULT", None, "RETREAT", "ceasefire", None),
    ("stop", "SANCTION", "discontinue", "RETREAT", None, None),
    ("stop", "COERCE", "curfew", "CONCEDE", None, None),
    ("cancel", "CONSULT", None, "REJECT", "meet", None),
    ("start", "ASSAULT", "aerial", "ASSAULT", "aerial", None),
    ("allow", "CONSULT", "visit", "RETREAT", "access", None),
    ("deny", "ASSAULT", "aerial", "ASSAULT", "aerial", "denied"),
    ("fear", "ASSAULT", None, "ASSAULT", None, "hypothetical"),
    ("fail", "RETREAT", "release", "RETREAT", "release", "negated"),
]


@pytest.mark.parametrize(
    ("operator", "inner", "inner_mode", "type_", "mode", "status"), COMPOSITIONS
)
def test_composition(
    ontology: Ontology,
    operator: str,
    inner: str,
    inner_mode: str | None,
    type_: str,
    mode: str | None,
    status: str | None,
) -> None:
    outcome = ontology.compose(operator, inner, (inner_mode,) if inner_mode else ())
    assert (outcome.type, outcome.mode, outcome.status) == (type_, mode, status)
    assert outcome.why


def test_compositions_chain(ontology: Ontology) -> None:
    lifted = ontology.compose("stop", "SANCTION", ("discontinue",))
    refused = ontology.compose("refuse", lifted.type, lifted.modes)
    assert (refused.type, refused.mode) == ("REJECT", "yield")


def test_codes(ontology: Ontology) -> None:
    for code in ("BLR", "KOS", "PSE", "TWN", "HKG", "UNO", "EUR", "NGO", "IMG", "YUG"):
        assert ontology.is_code(code), code
    for code in ("blr", "XXX", "", "GOV"):
        assert not ontology.is_code(code), code
    assert ontology.is_sector("ELI")
    assert not ontology.is_sector("BLR")
    assert ontology.state_of("PRI") == "USA"
    assert ontology.state_of("FRA") == "FRA"
    assert ontology.breakaway["Transnistria"] == "MDA"


def test_unknown_names_are_told_with_the_known_ones(ontology: Ontology) -> None:
    with pytest.raises(OntologyError, match="CONSULT has no mode 'fax'; its modes are visit"):
        ontology.score("CONSULT", ["fax"])
    with pytest.raises(OntologyError, match="no event type 'YIELD'"):
        ontology.quad("YIELD")
    with pytest.raises(OntologyError, match="no operator 'dream'; the operators are promise"):
        ontology.compose("dream", "AID")


@st.composite
def events(draw: st.DrawFn) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Any type with any of its modes and any contexts."""
    type_ = draw(st.sampled_from(TYPES))
    names = sorted(ONTOLOGY.types[type_].modes)
    modes = draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []
    contexts = draw(st.lists(st.sampled_from(sorted(ONTOLOGY.contexts)), unique=True, max_size=4))
    return type_, tuple(modes), tuple(contexts)


@given(events())
def test_every_event_has_a_score_and_a_cameo_code(
    event: tuple[str, tuple[str, ...], tuple[str, ...]],
) -> None:
    type_, modes, contexts = event
    assert -10 <= ONTOLOGY.score(type_, modes) <= 10
    code = ONTOLOGY.cameo(type_, modes, contexts)
    assert code in ONTOLOGY.cameo_codes


@given(st.sampled_from(sorted(ONTOLOGY.operators)), events())
def test_every_composition_gives_an_event_of_the_ontology(
    operator: str, event: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    type_, modes, _ = event
    outcome = ONTOLOGY.compose(operator, type_, modes)
    assert set(outcome.modes) <= set(ONTOLOGY.types[outcome.type].modes)
    assert ONTOLOGY.cameo(outcome.type, outcome.modes) in ONTOLOGY.cameo_codes


def test_the_sign_of_a_score_follows_the_quad(ontology: Ontology) -> None:
    for type_ in TYPES:
        for score in [
            ontology.score(type_),
            *(m.score for m in ontology.types[type_].modes.values()),
        ]:
            if type_ != "REQUEST":  # a request may be friendly
                assert (score > 0) == (ontology.quad(type_) <= 2), type_


def test_every_crosswalk_row_can_be_reached(ontology: Ontology) -> None:
    """No row stands behind a broader one that always fits first."""
    for event_type in ontology.types.values():
        for row in event_type.crosswalk:
            modes = [row.mode] if row.mode else []
            assert ontology.cameo(event_type.code, modes, row.contexts) == row.code, (
                f"{event_type.code}: {row} is hidden"
            )
