"""Who did it to whom: slots of the grammar."""

from __future__ import annotations

import pytest

from cases import told

VERB = "ASSAULT: {verb: attack}"
SENTENCES = [
    # active, passive, participles and relative clauses
    ("Peru attacked Chile.", "PER > CHL"),
    ("Chile was attacked by Peru.", "PER > CHL"),
    ("Chile, attacked by Peru, fled.", "PER > CHL"),
    ("Peru, which attacked Chile, slept.", "PER > CHL"),
    ("Peruvian soldiers who attacked Chile slept.", "PER > CHL"),
    ("Chile, which Peru attacked, slept.", "PER > CHL"),
    ("Peruvian soldiers attacking Chile slept.", "PER > CHL"),
    # coordination
    ("Peru and Bolivia attacked Chile.", "PER+BOL > CHL"),
    ("Peru attacked Chile and Bolivia.", "PER > CHL+BOL"),
    ("Peru crossed the border and attacked Chile.", "PER > CHL"),
    ("Peru, Bolivia and Ecuador attacked Chile.", "PER+BOL+ECU > CHL"),
    # control
    ("Peru began to attack Chile.", "PER > CHL"),
    # phrases that belong to an actor
    ("Peru's army attacked Chile's capital.", "PER > CHL"),
    ("The army of Peru attacked the people of Chile.", "PER > CHL"),
    ("Soldiers from Peru attacked villagers in Chile.", "PER > CHL"),
    # phrases that do not
    ("Peru attacked Chile in Bolivia on Monday.", "PER > CHL"),
    ("After a visit to Bolivia, Peru attacked Chile.", "PER > CHL"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sides"), SENTENCES)
def test_verbs(code, text: str, sides: str) -> None:
    assert told(code(VERB, text)) == [f"ASSAULT {sides}"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Peru's attack on Chile failed.", "PER > CHL"),
        ("The Peruvian attack on Chile failed.", "PER > CHL"),
        ("An attack by Peru on Chile failed.", "PER > CHL"),
        ("An attack against Chile by Peru failed.", "PER > CHL"),
        ("Peru launched an attack on Chile.", "PER > CHL"),
        ("Peru carried out an attack against Chile.", "PER > CHL"),
        ("An attack on Chile was carried out by Peru.", "PER > CHL"),
        pytest.param(
            "Chile came under attack from Peru.",
            "PER > CHL",
            marks=pytest.mark.xfail(reason="`from` is no slot of `come under`"),
        ),
    ],
)
def test_nouns_and_light_verbs(code, text: str, sides: str) -> None:
    assert told(code("ASSAULT: {noun: attack}", text)) == [f"ASSAULT {sides}"]


@pytest.mark.parametrize(
    ("entry", "text", "sides"),
    [
        ("{verb: give, recipient: [to, iobj]}", "Peru gave a ship to Chile.", "PER > CHL"),
        ("{verb: fire, recipient: [on, at]}", "Peru fired rockets at Chile.", "PER > CHL"),
        ("{verb: suffer, actor: [from], recipient: [subj]}", "Chile suffered from Peru.",
         "PER > CHL"),
        ("{verb: flee, actor: [obj], recipient: [subj]}", "Chileans fled Peru.", "PER > CHL"),
        ("{verb: demand, recipient: [comp.subj]}", "Peru demanded that Chile leave.", "PER > CHL"),
        ("{verb: impose, recipient: [on]}", "Peru imposed a tax on Chile.", "PER > CHL"),
    ],
)  # fmt: skip
def test_slots_of_an_entry(code, entry: str, text: str, sides: str) -> None:
    assert told(code(f"ASSAULT: {entry}", text)) == [f"ASSAULT {sides}"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Peru and Chile met.", "PER+CHL > -"),
        ("Peru met Chile.", "PER+CHL > -"),
        ("Peru met with Chile and Bolivia.", "PER+CHL+BOL > -"),
        ("The presidents of Peru and Chile met.", "PER+CHL > -"),
        ("Peruvian and Chilean envoys met.", "PER+CHL > -"),
    ],
)
def test_reciprocal_events_have_all_parties_as_actors(code, text: str, sides: str) -> None:
    assert told(code("CONSULT: {verb: meet, reciprocal: true}", text)) == [f"CONSULT {sides}"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Talks between Peru and Chile ended.", "PER+CHL > -"),
        ("Peru's talks with Chile ended.", "PER+CHL > -"),
        ("Peru held talks with Chile.", "PER+CHL > -"),
        ("Peru and Chile held talks.", "PER+CHL > -"),
    ],
)
def test_reciprocal_nouns(code, text: str, sides: str) -> None:
    assert told(code("CONSULT: {noun: talk, reciprocal: true}", text)) == [f"CONSULT {sides}"]


def test_one_party_alone_makes_no_talks(code) -> None:
    assert (
        code("CONSULT: {noun: talk, reciprocal: true}", "The Peruvian talks bored everybody.") == ()
    )


def test_nobody_stands_on_both_sides(code) -> None:
    (event,) = code(VERB, "Peru attacked Peru.")
    assert len({m.head for m in (*event.actors, *event.recipients)}) == len(
        [*event.actors, *event.recipients]
    )


def test_pronouns_take_a_side(code) -> None:
    found = code(VERB, "Peru slept. Then it attacked Chile.")
    assert told(found) == ["ASSAULT PER > CHL"]
