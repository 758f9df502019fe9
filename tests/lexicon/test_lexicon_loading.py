"""From YAML to the lexicon: what entries become, and mistakes named with file and line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.errors import DataError
from dragoman.lexicon import Lexicon
from dragoman.lexicon.actors import plural
from dragoman.lexicon.inflect import inflected
from dragoman.lexicon.schema import ANY

Load = Callable[..., Lexicon]
AID = "lang/en/triggers/AID.yml"


def triggers(*entries: str, type_: str = "AID") -> str:
    return "\n".join([f"type: {type_}", "triggers:", *(f"  - {e}" for e in entries), ""])


# --------------------------------------------------------------------------- triggers


def test_a_verb_with_particles(load: Load) -> None:
    lexicon = load({AID: triggers("{verb: bail out, example: x}")})
    (trigger,) = lexicon.triggers
    assert (trigger.pos, trigger.head, trigger.extra) == ("verb", "bail", ("out",))
    assert trigger.type == "AID"
    assert trigger.rule == "en/AID/bail_out"
    assert trigger.place.endswith("AID.yml:3")
    assert lexicon.by_head["verb", "bail"] == (trigger,)


def test_a_noun_with_words_before_it(load: Load) -> None:
    lexicon = load({AID: triggers("{noun: [food aid, food-aid help], example: x}")})
    assert [(t.extra, t.head) for t in lexicon.triggers] == [
        (("food",), "aid"),
        (("food", "aid"), "help"),
    ]
    # Spelling variants are one rule.
    assert {t.rule for t in lexicon.triggers} == {"en/AID/food_aid"}


def test_slots_without_and_with_an_entry_of_their_own(load: Load) -> None:
    entries = ["{verb: feed, example: x}", "{verb: fund, recipient: [to, obj], example: x}"]
    default, own = load({AID: triggers(*entries)}).triggers
    assert (default.actor, default.recipient, default.own_slots) == (("subj",), ("obj",), False)
    assert (own.recipient, own.own_slots) == (("to", "obj"), True)


def test_conditions(load: Load) -> None:
    entry = '{verb: Feed, obj: ["@Hungry", Cow], prep: {with: any}, not_with: [cat], example: x}'
    files = {AID: triggers(entry), "lang/en/classes.yml": "Hungry: [child, refugee]\n"}
    conditions = load(files).triggers[0].conditions
    assert conditions.obj == {"child", "refugee", "cow"}
    assert conditions.prep == (("with", ANY),)
    assert conditions.not_with == {"cat"}
    assert conditions.is_specific


def test_the_rule_names_what_tells_entries_of_one_word_apart(load: Load) -> None:
    entries = [
        "{verb: feed, obj: [cow], example: x}",
        "{verb: feed, prep: {to: any}, example: x}",
        "{verb: feed, obj: [poor/hungry child/orphan], example: x}",
    ]
    rules = [t.rule for t in load({AID: triggers(*entries)}).triggers]
    assert rules == ["en/AID/feed+cow", "en/AID/feed+to", "en/AID/feed+poor_child"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{verb: feed, colour: red}", "unknown key 'colour'"),
        ("{example: x}", "exactly one of verb, noun and adj"),
        ("{verb: feed, noun: food}", "exactly one of verb, noun and adj"),
        ('{verb: feed, obj: ["@cows"]}', "no word class '@cows'"),
        ("{verb: feed, score: much}", "a number from 0 to 1"),
        ("{verb: feed, prep: [on]}", "prep must map prepositions"),
    ],
)
def test_a_wrong_trigger_is_named_with_its_line(load: Load, entry: str, message: str) -> None:
    good = "{verb: help, example: x}"
    with pytest.raises(DataError, match=message) as caught:
        load({AID: triggers(good, entry)})
    assert caught.value.place.endswith("AID.yml:4")


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        (AID, "- a list\n", "AID.yml:1"),
        (AID, "type: AID\ntriggers: [feed]\n", "AID.yml"),
        (AID, "type: AID\ntriggers:\n  - {verb: [feed\n", "AID.yml"),
        (AID, "type: AID\ntype: SUPPORT\n", "AID.yml:2"),
        (AID, "triggers: 7\n", "AID.yml"),
        ("actors/countries/blr.yml", "just words\n", "blr.yml"),
        ("actors/countries/blr.yml", "code: BLR\nname: Belarus\ncolour: red\n", "blr.yml"),
        ("actors/countries/blr.yml", "code: BLR\nname: B\nparties: [{sector: PTY}]\n", "blr.yml:3"),
        (
            "actors/countries/blr.yml",
            "code: BLR\nname: B\npeople_known: [{name: A B, roles: [king]}]\n",
            "blr.yml",
        ),
        ("actors/groups/x.yml", "- {name: The Group, sectors: REB}\n", "x.yml:1"),
        ("actors/groups/x.yml", "- {code: BLR}\n", "x.yml:1"),
        ("actors/groups/x.yml", "- only words\n", "x.yml"),
        ("lang/en/agents/x.yml", "- {sector: COP}\n", "x.yml:1"),
        ("lang/en/agents/x.yml", "- {agent: police, colour: blue}\n", "x.yml:1"),
        ("lang/en/agents/x.yml", "- police\n", "x.yml"),
    ],
)
def test_a_file_that_does_not_fit_is_named(load: Load, file: str, text: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        load({file: text})
    assert place in str(caught.value)


# --------------------------------------------------------------------------- actors and agents


def test_forms_of_a_country(load: Load) -> None:
    text = (
        "code: BLR\nname: Belarus\nnames: [Byelorussia]\ndemonyms: [Belarusian]\n"
        "capital: [Minsk]\nmetonyms: [Independence Palace]\nregions: [Gomel]\n"
    )
    lexicon = load({"actors/countries/blr.yml": text})
    assert {(n.text, n.form) for n in lexicon.names} == {
        ("Belarus", "name"),
        ("Byelorussia", "name"),
        ("Belarusian", "demonym"),
        ("Belarusians", "people"),
        ("Minsk", "capital"),
        ("Independence Palace", "metonym"),
        ("Gomel", "region"),
    }
    assert {lexicon.actors[n.actor].code for n in lexicon.names} == {"BLR"}


def test_norway_is_no_falsehood(load: Load) -> None:
    """YAML's own reading of scalars would make a truth value of NO and a number of 1994."""
    text = "- {name: Group 010, names: [NO, 1994], code: NOR}\n"
    lexicon = load({"actors/groups/x.yml": text})
    assert [n.text for n in lexicon.names] == ["Group 010", "NO", "1994"]


def test_a_person_is_known_by_the_surname_too(load: Load) -> None:
    text = "code: PER\nname: Peru\npeople_known: [{name: Ana de la Torre}, {name: Li Xu}]\n"
    lexicon = load({"actors/countries/per.yml": text})
    surnames = [n.text for n in lexicon.names if n.form == "surname"]
    assert surnames == ["Torre"]  # two letters are too few


def test_breakaway_states_belong_to_their_sovereign(load: Load) -> None:
    text = "code: MDA\nname: Moldova\nbreakaway: [Transnistria]\n"
    actor = load({"actors/countries/mda.yml": text}).actors[1]
    assert (actor.name, actor.code, actor.other_sectors) == ("Transnistria", "MDA", ("PRE",))


def test_agents_are_found_by_their_last_word(load: Load) -> None:
    text = "- {agent: minister, sector: GOV}\n- {agent: foreign minister, names: [FM]}\n"
    lexicon = load({"lang/en/agents/x.yml": text})
    assert [a.words for a in lexicon.agents_by_head["minister"]] == [
        ("foreign", "minister"),
        ("minister",),
    ]
    assert lexicon.agents_by_head["fm"][0].words == ("fm",)


@pytest.mark.parametrize(
    ("demonym", "people"),
    [
        ("Belarusian", "Belarusians"),
        ("Japanese", "Japanese"),
        ("Turkish", "Turkish"),
        ("Iraqi", "Iraqis"),
        ("Burkinabe", "Burkinabes"),
        ("Norwegian", "Norwegians"),
        ("Germany", "Germanies"),
        ("Irishman", "Irishmen"),
        ("Dutch", "Dutch"),
    ],
)
def test_plural_of_a_demonym(demonym: str, people: str) -> None:
    assert plural(demonym) == people


# --------------------------------------------------------------------------- words


def test_word_sets(load: Load) -> None:
    text = "modals: {weak: [may, might]}\nempty:\n"
    lexicon = load({"lang/en/status.yml": text})
    assert lexicon.word_set("status", "modals", "weak") == {"may", "might"}
    for keys in (("status", "modals", "strong"), ("status", "empty"), ("nothing",)):
        assert lexicon.word_set(*keys) == frozenset()


def test_inflected_forms_lead_to_the_verb() -> None:
    forms = inflected(["stage", "ban", "deny", "deploy", "cancel", "attack"])
    assert forms["staged"] == forms["staging"] == "stage"
    assert forms["banned"] == forms["banning"] == "ban"
    assert forms["denied"] == "deny"
    assert forms["deployed"] == "deploy"
    assert forms["canceled"] == forms["cancelled"] == "cancel"
    assert forms["attacked"] == "attack"


def test_a_form_of_two_verbs_leads_to_neither() -> None:
    forms = inflected(["repel", "repell", "bar", "bare"])
    assert "repelled" not in forms
    assert forms["bared"] == "bare"
    assert forms["barred"] == "bar"


def test_verbs_of_the_lexicon_have_their_lemmas(load: Load) -> None:
    files = {
        AID: triggers("{verb: stage, example: x}"),
        "lang/en/forms.yml": "irregular: {slew: slay}\n",
        "lang/en/light_verbs.yml": "light_verbs: [{verb: carry out, example: x}]\n",
    }
    lemmas = load(files).lemmas
    assert lemmas["VERB", "staged"] == "stage"
    assert lemmas["VERB", "carried"] == "carry"
    assert lemmas["VERB", "slew"] == "slay"
