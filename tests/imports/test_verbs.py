"""Dictionaries of verbs: default codes, patterns, synonym sets."""

from __future__ import annotations

import pytest

BLOCK = "---  ZORGLE   [{default}]  ---\nZORGLE {{ZORGLES ZORGLED}}\n{patterns}\n"


def triggers(read, pattern: str, default: str = "---") -> list[dict]:
    return read(BLOCK.format(default=default, patterns=pattern)).triggers


def one(read, pattern: str) -> dict:
    (found,) = triggers(read, pattern)
    return {k: v for k, v in found.items() if k not in ("verb", "type", "mode", "context")}


def test_a_verb_with_a_default_code(read):
    assert triggers(read, "", "112") == [
        {"type": "ACCUSE", "verb": "zorgle", "needs": ["actor", "recipient"], "mode": "allege"}
    ]


def test_a_verb_with_a_code_of_its_own(read):
    found = read("---  ZORGLE   [---]  ---\nZORGLE\nBLIM [173]\n").triggers
    assert [(t["verb"], t["type"], t["mode"]) for t in found] == [("blim", "COERCE", "arrest")]


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("- * AID [070]", {"obj": ["aid"]}),
        ("- * TROOPS [154]", {"obj": ["troops", "troop"]}),
        ("- REBELS * [190]", {"subj": ["rebels", "rebel"]}),
        ("- * (TO BORDER) [154]", {"prep": {"to": ["border"]}}),
        ("- * (WITH ^) [040]", {"prep": {"with": "any"}}),
        ("- * (TO/FOR PEACE) [050]", {"prep": {"to": ["peace"], "for": ["peace"]}}),
        ("- * AID (TO +) [070]", {"obj": ["aid"], "prep": {"to": "any"}, "recipient": ["to"]}),
        ("- * AID TO + [070]", {"obj": ["aid"], "prep": {"to": "any"}, "recipient": ["to"]}),
        ("- $ * + [190]", {"recipient": ["obj"]}),
        ("- + * (UNDER $) [190]",
         {"prep": {"under": "any"}, "actor": ["under"], "recipient": ["subj"]}),
        ("- % * [046]", {"reciprocal": "true"}),
        ("- * TRADE [061:061]", {"obj": ["trade"], "reciprocal": "true"}),
        ("- * FIRE [:190]", {"obj": ["fire"], "actor": ["obj"], "recipient": ["subj"]}),
        ("- * THE FLAG [141]", {"obj": ["flag"]}),
        ("- * {HUMANITARIAN AID} [073]", {"obj": ["humanitarian aid"]}),
        ("- * {THE HUMANITARIAN AID} (TO +) [073]",
         {"obj": ["humanitarian aid"], "prep": {"to": "any"}, "recipient": ["to"]}),
        ("- * (OF {WAR CRIMES}) [094]", {"prep": {"of": ["war crimes/crime"]}}),
        ("- * (TO PEACE TREATY) [057]", {"prep": {"to": ["peace treaty"]}}),
        ("- * AIR_STRIKE [195]", {"obj": ["air strike"]}),
        ("- * (IN AIR RAID/STRIKE) [195]", {"prep": {"in": ["air raid/strike"]}}),
        ("- {ARMED GANGS} * [190]", {"subj": ["armed gangs/gang"]}),
        ("- * {AIR_FORCE BASE} [190]", {"obj": ["air force base"]}),
    ],
)  # fmt: skip
def test_patterns(read, pattern, keys):
    assert one(read, pattern) == keys


def test_particles_and_parts_of_verbs(read):
    text = (
        "---  ZORGLE   [190]  ---\n+ZORGLE_UP\n+ZORGLE_AT\n+ZORGLE_WAR\nRE_ZORGLE\n- * DOWN [---]\n"
    )
    assert [t["verb"] for t in read(text).triggers] == [
        "zorgle up", "zorgle", "zorgle", "rezorgle",
    ]  # fmt: skip
    at, war = read(text).triggers[1:3]
    assert (at["prep"], at["recipient"]) == ({"at": "any"}, ["at"])
    assert war["obj"] == ["war"]


def test_synonym_sets(read):
    text = "&FOOD\n+BREAD\n+ROAST_BEEF\n+CAKES_\n\n" + BLOCK.format(
        default="---", patterns="- * &FOOD [073]"
    )
    found = read(text)
    (trigger,) = found.triggers
    assert trigger["obj"] == ["bread", "cakes", "cake", "roast beef"]
    assert found.line(8).outcome == "taken"


def test_synonym_sets_within_phrases(read):
    text = (
        "&FOOD\n+BREAD\n+ROAST_BEEF\n+CAKES_\n\n&WMD\n+NUKE\n+WEAPONS_OF_MASS_DESTRUCTION_\n"
        "+TACTICAL_NUKE\n\n"
    ) + BLOCK.format(default="---", patterns="- * {EMERGENCY &FOOD} [073]\n- * {&FOOD AID} [073]")
    text += "- * &WMD [155]\n"
    found = read(text)
    assert [t["obj"] for t in found.triggers if t["type"] == "AID"] == [
        ["emergency bread/cakes/cake", "emergency roast beef"],
        ["bread/cakes/cake aid"],
    ]
    assert [t["obj"] for t in found.triggers if t["type"] != "AID"] == [
        ["nuke", "weapons/weapon of mass destruction"],
    ]
    assert [line.outcome for line in found.imported.lines[-3:]] == ["taken", "in-part", "taken"]


def test_a_phrase_that_shuts_out(read):
    (trigger,) = triggers(read, "- * {LOVE LETTER} [---]", "190")
    assert trigger["not_obj"] == ["love letter"]


def test_visit_and_host_are_one_event(read):
    visit, host = triggers(read, "- * (TO) [042:043]\n- * (FROM) [043:042]")
    assert (visit["type"], visit["mode"], "actor" in visit) == ("CONSULT", "visit", False)
    assert (host["mode"], host["actor"], host["recipient"]) == ("visit", ["obj"], ["subj"])


def test_nothing_happened(read):
    """A pattern without an event shuts the verb's own code out."""
    (trigger,) = triggers(read, "- * MESSAGE [---]\n- * (IN LETTER) [010]", "190")
    assert trigger["not_obj"] == ["message"]
    assert trigger["not_prep"] == {"in": ["letter"]}


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("- * {FOOD AND DRINK} [073]", "modifier"),
        ("- * {IN PRISON} [173]", "modifier"),
        ("- * (TO + BORDER) [154]", "side-in-phrase"),
        ("- * EACH OTHER [190]", "several-words"),
        ("- * &NOTHING [190]", "set-unknown"),
        ("- * AID + [070]", "side-without-slot"),
        ("- + * [190]", "target-before-verb"),
        ("- * (GUNFIRE) [190]", "no-preposition"),
        ("- * (IN TOWN) (WITH GUNS) [190]", "two-phrases"),
        ("- * AID [999]", "code-unknown"),
        ("- * AID [175:140]", "two-events"),
        ("- AID [070]", "pattern-malformed"),
        ("- * AID (TO [070]", "pattern-malformed"),
        ("- * AID", "no-code"),
        ("~ a (a b ZORGLE) SAY = a b 112", "transformation"),
    ],
)
def test_patterns_that_are_refused(read, pattern, reason):
    found = read(BLOCK.format(default="---", patterns=pattern))
    assert found.triggers == []
    assert found.reason(3) == reason
    assert found.line(3).text == pattern


def test_what_dragoman_knows_is_left_to_it(read):
    found = read("---  CONDEMN   [111]  ---\nCONDEMN\n")
    assert found.line(2).outcome == "known"


def test_tabari_has_no_headers(read):
    """Each verb has its own patterns."""
    text = "ZORGLE [190] ;remark\n- * AID [070] ;remark\nBLIM [173]\n- * FLAG [141]\n"
    found = {(t["type"], t["verb"]) for t in read(text).triggers}
    assert found == {("ASSAULT", "zorgle"), ("AID", "zorgle"), ("COERCE", "blim"),
                     ("PROTEST", "blim")}  # fmt: skip


def test_verbs_of_a_block_share_its_patterns(read):
    found = read("---  ZORGLE   [---]  ---\nZORGLE\nBLIM\n- * AID [070]\n").triggers
    assert [t["verb"] for t in found] == [["zorgle", "blim"]]
