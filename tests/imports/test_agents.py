"""Dictionaries of agents: nouns whose country stands in the words around them."""

from __future__ import annotations


def test_agents_with_plurals_and_sets(read):
    text = (
        "!PERSON! = MAN, WOMEN\n"
        "ZORG {ZORGEN} [~GOVMIL]\n"
        "GRUNT!PERSON! {} [~COP]\n"
        "TRUCE_ZORG {} [IGO~]\n"
    )
    agents = read(text).agents
    assert agents["zorg"]["names"] == ["zorgen"]
    assert (agents["zorg"]["sector"], agents["zorg"]["other_sectors"]) == ("GOV", ["MIL"])
    assert agents["gruntman"]["names"] == ["gruntwomen"]
    assert (agents["truce zorg"]["code"], agents["truce zorg"].get("sector")) == ("IGO", None)


def test_what_is_refused(read):
    text = (
        "ZORG [~MUS]\nZORG!MAN! [~COP]\nZORGER\nZORG_ONE [COP]\nZORG_TWO [~COP]\nZORG_TWO [~MIL]\n"
        "ZORG_TWO [~COP]\n"
    )
    found = read(text, "agents")
    reasons = [found.reason(number) for number in range(1, 8)]
    assert reasons == [
        "no-plover-actor", "macro-unknown", "no-code", "code-malformed", "", "name-twice", "known",
    ]  # fmt: skip


def test_what_dragoman_knows_is_left_to_it(read):
    found = read("POLICE {} [~COP]\nPRESIDENT [~REB]\n")
    assert found.line(1).outcome == "known"
    # What the word is in grammar stays: it still stands before a name.
    assert found.agents["president"] == {
        "agent": "president", "sector": "REB", "title": "true", "note": "mine.txt:2",
    }  # fmt: skip
