"""Verbs that take another event below them: one record, and no second."""

from __future__ import annotations

import pytest

from cases import told

ENTRIES = """
    RETREAT: {verb: release, mode: release}
    ASSAULT: {verb: attack}
    ASSAULT: {noun: attack}
    CONSULT: {verb: meet, reciprocal: true, recipient: [obj, with]}
    CONSULT: {noun: talk, reciprocal: true}
    SANCTION: {noun: sanction, mode: discontinue}
    AID: {noun: aid, recipient: [to, for]}
    OPERATOR: {verb: pledge, operator: promise}
    OPERATOR: {verb: refuse, operator: refuse}
    OPERATOR: {verb: threaten, operator: threaten}
    OPERATOR: {verb: urge, operator: request, recipient: [obj]}
    OPERATOR: {verb: accuse, operator: accuse, recipient: [obj]}
    OPERATOR: {verb: halt, operator: stop}
    OPERATOR: {verb: try, operator: attempt}
    OPERATOR: {verb: deny, operator: deny}
    OPERATOR: {verb: fear, operator: fear}
    OPERATOR: {verb: say, operator: say}
"""


@pytest.mark.parametrize(
    ("text", "wanted", "status"),
    [
        ("Peru pledged to meet Chile.", "AGREE PER > CHL", "happened"),
        ("Peru pledged aid to Chile.", "AGREE PER > CHL", "happened"),
        ("Peru refused to release Chileans.", "REJECT PER > CHL", "happened"),
        ("Peru refused to meet Chile.", "REJECT PER > CHL", "happened"),
        ("Peru threatened to attack Chile.", "THREATEN PER > CHL", "happened"),
        ("Peru urged Chile to release Bolivians.", "REQUEST PER > CHL", "happened"),
        ("Peru accused Chile of attacking Bolivia.", "ACCUSE PER > CHL", "happened"),
        ("Peru halted its aid to Chile.", "SANCTION PER > CHL", "happened"),
        ("Peru halted its attack on Chile.", "RETREAT PER > CHL", "happened"),
        ("Peru denied attacking Chile.", "ASSAULT PER > CHL", "denied"),
        ("Peru feared an attack by Chile.", "ASSAULT CHL > -", "hypothetical"),
        ("Peru said it would meet Chile.", "AGREE PER > CHL", None),
    ],
)
def test_one_event(code, text: str, wanted: str, status: str | None) -> None:
    events = code(ENTRIES, text)
    assert told(events) == [wanted]
    assert status is None or events[0].status == status


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Peru refused to release Chileans.", "yield"),
        ("Peru refused to meet Chile.", "meet"),
        ("Peru urged Chile to meet Bolivia.", "meet"),
        ("Peru urged Chile to release Bolivians.", "yield"),
        ("Peru threatened to attack Chile.", "violence"),
        ("Peru accused Chile of attacking Bolivia.", "allege"),
    ],
)
def test_the_mode_is_what_is_refused_asked_or_threatened(code, text: str, mode: str) -> None:
    assert code(ENTRIES, text)[0].modes == (mode,)


def test_the_rule_names_the_whole_chain(code) -> None:
    (event,) = code(ENTRIES, "Peru refused to release Chileans.")
    assert [part.rsplit("/", 1)[1] for part in event.rule.split(" < ")] == ["release", "refuse"]


def test_operators_chain(code) -> None:
    (event,) = code(ENTRIES, "Peru refused to halt its attack on Chile.")
    assert (event.type, event.modes) == ("REJECT", ("yield",))


def test_what_is_only_attempted_did_not_happen_for_sure(code) -> None:
    (event,) = code(ENTRIES, "Peru tried to attack Chile.")
    assert event.type == "ASSAULT"
    assert event.status != "announced"


def test_both_of_two_promises(code) -> None:
    events = code(ENTRIES, "Peru pledged to meet Chile and refused to release Bolivians.")
    assert [e.type for e in events] == ["AGREE", "REJECT"]


def test_the_source_is_not_the_actor(code) -> None:
    (event,) = code(ENTRIES, "Bolivia said that Peru had attacked Chile.")
    assert told((event,)) == ["ASSAULT PER > CHL"]
    assert event.said_by is not None
    assert event.said_by.mention.entity.code == "BOL"
