"""When a trigger fires: the conditions of an entry (docs/adding-knowledge.md)."""

from __future__ import annotations

import pytest

from cases import told

FIRES = [
    # entry, sentence, whether it fires
    ("{verb: burn, obj: [flag]}", "Peru burned a flag in Chile.", True),
    ("{verb: burn, obj: [flag]}", "Peru burned a boat in Chile.", False),
    ("{verb: burn, obj: [flag]}", "A flag was burned by Peru in Chile.", True),
    ("{verb: burn, obj: [flag]}", "Peru burned hundreds of flags.", True),
    ("{verb: burn, obj: any}", "Peru burned something red.", True),
    ("{verb: burn, obj: any}", "Peru burned.", False),
    ("{verb: burn, not_obj: [calorie]}", "Peru burned a flag.", True),
    ("{verb: burn, not_obj: [calorie]}", "Peru burned calories.", False),
    ("{verb: burn, not_obj: [calorie]}", "Peru burned.", True),
    # Phrases: a noun and words that modify it.
    ("{verb: send, obj: [medical aid]}", "Peru sent medical aid to Chile.", True),
    ("{verb: send, obj: [medical aid]}", "Peru sent aid to Chile.", False),
    ("{verb: send, obj: [medical aid]}", "Peru sent military aid to Chile.", False),
    ("{verb: send, obj: [medical aid]}", "Medical aid was sent to Chile by Peru.", True),
    ("{verb: send, obj: [medical aid]}", "Peru sent food and medical aid to Chile.", True),
    ("{verb: send, obj: [medical aid]}", "Peru sent financial and medical aid to Chile.", True),
    ("{verb: send, obj: [medical aid]}", "Peru sent tonnes of medical aid to Chile.", True),
    ("{verb: send, obj: [medical aid]}", "Peru sent medical teams and aid to Chile.", False),
    ("{verb: send, obj: [medical/food aid/help]}", "Peru sent food aid to Chile.", True),
    ("{verb: send, obj: [medical/food aid/help]}", "Peru sent medical help to Chile.", True),
    ("{verb: send, obj: [urgent food aid]}", "Peru sent food aid to Chile.", False),
    ("{verb: send, obj: [urgent food aid]}", "Peru sent urgent new food aid to Chile.", True),
    ("{verb: declare, obj: [state of emergency]}", "Peru declared a state of emergency.", True),
    ("{verb: declare, obj: [state of emergency]}", "Peru declared a state of siege.", False),
    ("{verb: send, not_obj: [love letter]}", "Peru sent love letters to Chile.", False),
    ("{verb: send, not_obj: [love letter]}", "Peru sent letters to Chile.", True),
    ("{verb: strike, subj: [steel worker]}", "Steel workers in Peru struck on Monday.", True),
    ("{verb: strike, subj: [steel worker]}", "Dock workers in Peru struck on Monday.", False),
    ("{verb: strike, not_subj: [wall clock]}", "Wall clocks in Peru struck noon.", False),
    ("{verb: put, prep: {on: [high alert]}}", "Peru put its army on high alert.", True),
    ("{verb: put, prep: {on: [high alert]}}", "Peru put its army on alert.", False),
    ("{verb: run, not_prep: {for: [public office]}}", "Peru ran for public office.", False),
    ("{verb: run, not_prep: {for: [public office]}}", "Peru ran for office.", True),
    ("{noun: delivery, obj: [medical aid]}", "Delivery of medical aid by Peru began.", True),
    ("{noun: delivery, obj: [medical aid]}", "Delivery of aid by Peru began.", False),
    ("{verb: strike, subj: [worker]}", "Workers in Peru struck on Monday.", True),
    ("{verb: strike, subj: [worker]}", "Peru struck on Monday.", False),
    ("{verb: strike, not_subj: [clock]}", "Clocks in Peru struck noon.", False),
    ("{verb: strike, not_subj: [clock]}", "Peru struck at noon.", True),
    ("{verb: fire, prep: {on: any}}", "Peru fired on villagers.", True),
    ("{verb: fire, prep: {on: any}}", "Peru fired a clerk.", False),
    ("{verb: fire, prep: {on: any}}", "Peru fired a clerk on Monday.", False),
    ("{verb: fire, prep: {on: [crowd], at: any}}", "Peru fired on a crowd.", True),
    ("{verb: fire, prep: {on: [crowd], at: any}}", "Peru fired on a boat.", False),
    ("{verb: fire, prep: {on: [crowd], at: any}}", "Peru fired at a boat.", True),
    ("{verb: put, prep: {on: [alert]}}", "Peru put its army on alert.", True),
    ("{verb: run, not_prep: {for: [office]}}", "Peru ran to Chile.", True),
    ("{verb: run, not_prep: {for: [office]}}", "A general from Peru ran for office.", False),
    ("{verb: attack, not_with: [virus]}", "A virus attacked Peru.", False),
    ("{verb: attack, not_with: [virus]}", "Soldiers attacked Peru.", True),
    ("{noun: attack, not_with: [heart]}", "Peru suffered a heart attack.", False),
    ("{verb: force, comp: [leave, flee]}", "Peru forced Chile to leave.", True),
    ("{verb: force, comp: [leave, flee]}", "Peru forced Chile to pay.", False),
    ("{verb: crack down}", "Peru cracked down on smugglers.", True),
    ("{verb: crack down}", "Peru cracked a nut.", False),
    ("{verb: hand over}", "Peru handed the suspect over to Chile.", True),
    ("{noun: air strike}", "Peru launched an air strike on Chile.", True),
    ("{noun: air strike}", "Peru launched an air-strike on Chile.", True),
    ("{noun: air strike}", "Peru launched a strike on Chile.", False),
    ("{adj: hostile}", "Peru was hostile to Chile.", True),
    # What must not fire whatever the entry asks.
    ("{verb: jail}", "The jailed leader spoke to Peru.", False),
    ("{noun: aid}", "Aid workers from Peru rested.", False),
    ("{noun: march}", "In March Peru slept.", False),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "text", "fires"), FIRES)
def test_conditions(code, entry: str, text: str, fires: bool) -> None:
    assert bool(code(f"ASSAULT: {entry}", text)) is fires


@pytest.mark.parametrize(
    ("needs", "text", "fires"),
    [
        ("[actor]", "Peru hit a wall.", True),
        ("[actor]", "A stone hit Peru.", False),
        ("[recipient]", "Peru hit Chile.", True),
        ("[recipient]", "Peru hit a wall.", False),
        ("[actor, recipient]", "Peru hit Chile.", True),
        ("[actor, recipient]", "Peru hit a wall.", False),
    ],
)
def test_needs_a_known_actor(code, needs: str, text: str, fires: bool) -> None:
    assert bool(code(f"ASSAULT: {{verb: hit, needs: {needs}}}", text)) is fires


def test_word_classes(code) -> None:
    entry = 'SUPPORT: {verb: sign, obj: ["@agreement"]}'
    assert told(code(entry, "Peru signed a treaty.")) == ["SUPPORT PER > -"]
    assert code(entry, "Peru signed the wall.") == ()


def test_of_two_entries_the_more_specific_wins(code) -> None:
    entries = """
        AID: {verb: give}
        CONCEDE: {verb: give, obj: [amnesty]}
    """
    assert [e.type for e in code(entries, "Peru gave rebels an amnesty.")] == ["CONCEDE"]
    assert [e.type for e in code(entries, "Peru gave Chile a ship.")] == ["AID"]


def test_of_two_entries_alike_the_surer_wins(code) -> None:
    entries = """
        AID: {verb: back, score: 0.5}
        SUPPORT: {verb: back, score: 0.9}
    """
    assert [e.type for e in code(entries, "Peru backed Chile.")] == ["SUPPORT"]


def test_more_words_win(code) -> None:
    entries = """
        ASSAULT: {verb: hold}
        CONCEDE: {verb: hold back}
    """
    assert [e.type for e in code(entries, "Peru held back.")] == ["CONCEDE"]


def test_an_event_without_any_actor_is_not_coded(code) -> None:
    """Only an attack on known victims is told as done by somebody unidentified."""
    entries = """
        COERCE: {verb: arrest}
        ASSAULT: {verb: kill}
    """
    assert code(entries, "Two men were arrested.") == ()
    assert code(entries, "The stone was killed.") == ()
    (event,) = code(entries, "Five Kenyan soldiers were killed.")
    assert event.actors[0].entity.sector == "UNK"
    assert event.recipients[0].entity.code == "KEN"


def test_two_unknown_persons_make_no_political_event(code) -> None:
    assert code("ASSAULT: {verb: beat}", "John Miller beat Peter Smith.") == ()


def test_of_two_entries_the_one_that_asks_for_a_phrase_wins(code) -> None:
    entries = """
        AID: {verb: send, obj: [aid], recipient: [to]}
        COOPERATE: {verb: send, obj: [military aid], recipient: [to]}
    """
    assert told(code(entries, "Peru sent military aid to Chile.")) == ["COOPERATE PER > CHL"]
    assert told(code(entries, "Peru sent medical aid to Chile.")) == ["AID PER > CHL"]


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Peru sent medical relief to Chile.", True),
        ("Peru sent medical teams to Chile.", False),
        ("Peru sent relief to Chile.", False),
    ],
)
def test_a_class_in_a_phrase(code, text: str, fires: bool) -> None:
    assert bool(code('AID: {verb: send, obj: ["medical @aid"], recipient: [to]}', text)) is fires
