"""`dragoman lexicon`: every kind of mistake is found, with its place and its remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dragoman.lexicon.check import check_lexicon
from dragoman.lexicon.load import source_files
from dragoman.ontology import load_ontology

COUNTRY = "code: BLR\nname: Belarus\n"
TWICE = "{office: king, from: 1990, to: 1999}, {office: king, from: 1995, to: 2001}"


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """Write files of a lexicon that holds nothing else, and check it: `line: message` each."""
    ours = tmp_path / "data"
    mine = tmp_path / "mine"
    ours.mkdir()
    monkeypatch.setattr("dragoman.lexicon.load.DATA", ours)

    def check(**files: str) -> list[str]:
        for name, text in files.items():
            path = mine / name.replace("__", "/")
            path = path.with_name(path.name + ".yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = check_lexicon(load_ontology(), "en", mine)
        return [f"{p.place.removeprefix(str(mine) + '/')} {p.text}" for p in found]

    return check


def trigger(entry: str, type_: str = "AID") -> dict[str, str]:
    return {f"lang__en__triggers__{type_}": f"type: {type_}\ntriggers:\n  - {entry}\n"}


GOOD = '{verb: feed, example: "Peru fed Chile.", sides: PER > CHL}'


def test_right_files_give_nothing(problems):
    assert problems(**trigger(GOOD), actors__countries__blr=COUNTRY) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{verb: feed, colour: red, example: x}", "unknown key 'colour'"),
        ("{verb: feed}", "has no example"),
        ("{verb: feed, noun: food, example: x}", "exactly one of verb, noun and adj"),
        ("{verb: feed, mode: arrest, example: x}", "no mode of AID 'arrest'"),
        ("{verb: feed, context: weather, example: x}", "no context 'weather'"),
        ("{verb: feed, type: FOOD, example: x}", "no event type 'FOOD'"),
        ("{verb: feed, operator: hop, example: x}", "no operator 'hop'"),
        ("{verb: feed, status: done, example: x}", "no status 'done'"),
        ("{verb: feed, needs: [object], example: x}", "no side 'object'"),
        ("{verb: feed, recipient: [OBJ], example: x}", "no slot 'OBJ'"),
        ("{verb: feed, score: 7, example: x}", "score is 7"),
        ("{verb: feed, score: high, example: x}", "score"),
        ("{verb: feed, counts: {recipient: cows}, example: x}", "counts has"),
        ("{verb: feed, reciprocal: maybe, example: x}", "write true or leave it out"),
        ("{verb: feed, sides: Peru > Chile, example: x}", "write codes like BLR > RUS"),
        ("{verb: feed, sides: XYZ > CHL, example: x}", "write codes like BLR > RUS"),
        ('{verb: feed, obj: ["@food"], example: x}', "no word class '@food'"),
        ("{noun: [air strike, air-strike], example: x}", "twice (a hyphen is a space)"),
        ("{verb: feed, obj: [the poor child], example: x}", "leave out 'the'"),
        ("{verb: feed, obj: [poor /child], example: x}", "'/child' is no word"),
        ("{verb: feed, obj: [child, poor child], example: x}", "'child' stands there alone too"),
        ("{verb: feed, prep: {on: [hay, dry hay]}, example: x}", "prep has 'dry hay': 'hay'"),
        ("{verb: feed, comp: [give up], example: x}", "it takes single words"),
        ("{verb: feed, not_with: [cat food], example: x}", "it takes single words"),
        ('{verb: feed, obj: ["@poor child"], example: x}', "no word class '@poor'"),
        ("just words", "must be a mapping"),
    ],
)
def test_triggers(problems, entry, words):
    (problem,) = problems(**trigger(entry))
    assert problem.startswith("lang/en/triggers/AID.yml:3 ") or "must be a mapping" in problem
    assert words in problem


def test_right_phrases_give_nothing(problems):
    entry = "feed, obj: [poor/hungry child, state of need], not_subj: [cat lady],"
    assert problems(**trigger(GOOD.replace("feed,", entry))) == []


def test_two_entries_of_one_word(problems):
    (problem,) = problems(**trigger(f"{GOOD}\n  - {GOOD.replace('feed', 'Feed')}"))
    assert problem.startswith("lang/en/triggers/AID.yml:4 verb 'feed' under the same conditions")
    assert "AID.yml:3" in problem


def test_the_same_word_in_two_files(problems):
    files = trigger(GOOD) | trigger(GOOD, "SUPPORT")
    (problem,) = problems(**files)
    assert "SUPPORT.yml:3" in problem
    assert "AID.yml:3 too (AID)" in problem


def test_other_conditions_make_another_entry(problems):
    other = GOOD.replace("feed,", "feed, obj: [cow],")
    assert problems(**trigger(f"{GOOD}\n  - {other}")) == []


def test_a_file_of_another_type(problems):
    files = {"lang__en__triggers__FOOD": trigger(GOOD)["lang__en__triggers__AID"]}
    (problem,) = problems(**files)
    assert "is AID in a file FOOD.yml" in problem


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ("colour: red\n", "unknown key 'colour'"),
        ("agencies: [{name: KGB, sector: SPI}]\n", "no sector 'SPI'; use 'SPY'"),
        ("agencies: [{name: KGB, code: XXX}]\n", "no code 'XXX'"),
        ("agencies: [{sector: SPY}]\n", "has no name"),
        ("agencies: [KGB]\n", "must be a mapping"),
        ("people_known: [{name: A B, wikidata: 42}]\n", "'42' is no id like Q42"),
        ("people_known: [{name: A B, roles: [{from: May 1994}]}]\n", "from is 'May 1994'"),
        ("people_known: [{name: A B, roles: [{from: 1994-13}]}]\n", "from is '1994-13'"),
        ("people_known: [{name: A B, roles: [{from: 1994-02-30}]}]\n", "from is '1994-02-30'"),
        ("people_known: [{name: A B, roles: [{from: 1999, to: 1994}]}]\n", "begins (1999) after"),
        ("people_known: [{name: A B, roles: [{offic: x}]}]\n", "unknown key 'offic'"),
        ("people_known: [{name: José Ra, names: [Jose Ra]}]\n", "'Jose Ra' repeats a form"),
        (f"people_known: [{{name: A B, roles: [{TWICE}]}}]\n", "overlaps the same office"),
        (
            "people_known: [{name: A B}]\nagencies: [{name: A B}]\n",
            "'A B' is the name of the agency",
        ),
    ],
)
def test_countries(problems, addition, words):
    (problem,) = problems(actors__countries__blr=COUNTRY + addition)
    assert problem.startswith("actors/countries/blr.yml:")
    assert words in problem


def test_handing_over_is_no_overlap(problems):
    roles = "[{office: king, from: 1990, to: 1995}, {office: king, from: 1995, to: 2001}]"
    text = f"{COUNTRY}people_known: [{{name: A B, roles: {roles}}}]\n"
    assert problems(actors__countries__blr=text) == []


def test_a_country_in_the_wrong_file(problems):
    (problem,) = problems(actors__countries__rus=COUNTRY)
    assert "is BLR in a file rus.yml" in problem


def test_agents(problems):
    text = "- {agent: police, sector: COP}\n- {agent: Police, sector: COB, titel: true}\n"
    found = problems(lang__en__agents__x=text)
    assert len(found) == 3
    assert all(p.startswith("lang/en/agents/x.yml:2 ") for p in found)


def test_light_verbs(problems):
    text = "light_verbs:\n  - {verb: hold}\n  - {verb: hold, example: x}\n"
    first, second = problems(lang__en__light_verbs=text)
    assert "light_verbs.yml:2 has no example" in first
    assert "light_verbs.yml:3 'hold' stands at" in second


def test_word_lists(problems):
    (problem,) = problems(lang__en__status="hypothetical: [may, might, may]\n")
    assert problem == "lang/en/status.yml:1 holds 'may' twice; keep one"


def test_no_yaml(problems):
    (problem,) = problems(**trigger("{verb: [feed"))
    assert problem.startswith("lang/en/triggers/AID.yml:")
    assert "is no YAML" in problem


def test_the_command_tells_of_mistakes(run, tmp_path):
    folder = tmp_path / "lang" / "en" / "triggers"
    folder.mkdir(parents=True)
    (folder / "AID.yml").write_text("type: AID\ntriggers:\n  - {verb: zzz, mode: arrest}\n")
    result = run("lexicon", "check", "--user-data", tmp_path)
    assert result.exit_code == 1
    assert f"{folder / 'AID.yml'}:3: there is no mode of AID 'arrest'" in result.stdout
    assert "mistakes in the knowledge files" in result.stderr


def test_dragoman_knows_no_mistake_of_its_own(run):
    result = run("lexicon", "check")
    assert result.exit_code == 0, result.stdout[-3000:]


def test_show(run):
    result = run("lexicon", "show", "shell")
    assert result.exit_code == 0
    assert "ASSAULT heavy-weapons" in result.stdout
    assert "ASSAULT.yml:" in result.stdout
    assert run("lexicon", "show", "police").exit_code == 0


@pytest.mark.parametrize(
    ("word", "where", "line"),
    [
        ("hold", "light_verbs", "light_verbs.yml:"),
        ("homosexuality", "contexts: lgbt, sentence", "contexts.yml:"),
        ("retook", "retook: retake", "forms.yml:"),
        ("erstwhile", "modifiers: former", "modifiers.yml:"),
    ],
)
def test_show_tells_of_the_word_lists(run, word, where, line):
    shown = run("lexicon", "show", word).stdout
    assert where in shown
    assert line in shown


def test_show_nothing(run):
    result = run("lexicon", "show", "xyzzy")
    assert result.exit_code == 1
    assert "dragoman lexicon find" in result.stderr


def test_find(run):
    result = run("lexicon", "find", "european unio")
    assert result.exit_code == 0
    assert "EUR" in result.stdout
    assert run("lexicon", "find", "xyzzy").exit_code == 1


def test_sources_are_all_checked():
    """Each file of the data folder that the lexicon reads is also one that is checked."""
    roles = {role for role, _ in source_files("en", None)}
    assert roles == {"actors", "agents", "triggers", "words"}
    assert all(isinstance(path, Path) for _, path in source_files("en", None))


def test_files_that_nothing_reads(problems):
    files = trigger(GOOD) | {"triggers__AID": "type: AID\n", "lang__en__verbs__AID": "type: AID\n"}
    found = problems(**files)
    assert [p.split(" ")[0] for p in found] == ["lang/en/verbs/AID.yml:1", "triggers/AID.yml:1"]
    assert all("is not read; put it below actors/" in p for p in found)


SHAPES = [
    # file, text, line, what is told of it
    ("lang__en__triggers__AID", "", 1, "is empty; remove it"),
    ("lang__en__triggers__AID", "type: AID\n", 1, "has no `triggers:`"),
    ("lang__en__triggers__AID", "type: [AID]\ntriggers: []\n", 1, "type must be one word"),
    ("lang__en__triggers__AID", "type: AID\ntriggers: feed\n", 2, "must be a list of entries"),
    ("lang__en__triggers__AID", "- {verb: feed}\n", 1, "must be a mapping"),
    ("lang__en__triggers__AID", "type: AID\ntriggers:\n\t- x\n", 3, "a tab stands in this line"),
    ("lang__en__triggers__AID", "type: AID\ntriggers: &a\n  - *a\n", 1, "holds itself"),
    ("lang__en__triggers__AID", "type: A\ntriggers: " + "[" * 3000 + "]" * 3000, 1, "too deep"),
    ("lang__en__triggers__AID", "type: AID\ntriggers:\n  - {verb: a\x07b}\n", 3, "control"),
    ("actors__countries__per", "", 1, "is empty; remove it"),
    ("actors__countries__per", "- {code: PER}\n", 1, "must be a mapping"),
    ("actors__countries__per", "code: PER\nname: Peru\nagencies: KGB\n", 3, "agencies must"),
    ("actors__organisations__x", "name: Ring\ncode: NGO\n", 1, "must be a list of entries"),
    ("actors__organisations__x", "- {name: [A, B], code: NGO}\n", 1, "name must be one word"),
    ("actors__organisations__x", "- {name: A, names: {b: c}}\n", 1, "names must be a word"),
    ("actors__organisations__x", "- {name: A, roles: king}\n", 1, "roles must be a list"),
    ("actors__organisations__x", "- {name: A, roles: [{from: [1]}]}\n", 1, "from must be one"),
    ("lang__en__agents__x", "- {agent: [a, b]}\n", 1, "agent must be one word"),
    ("lang__en__agents__x", "agent: police\n", 1, "must be a list of entries"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "line", "words"), SHAPES)
def test_values_of_the_wrong_kind(problems, file, text, line, words):
    (problem,) = problems(**{file: text})
    assert problem.startswith(f"{file.replace('__', '/')}.yml:{line} ")
    assert words in problem


@pytest.mark.parametrize(
    "entry",
    ["{verb: {a: b}, example: x}", "{verb: feed, obj: {a: b}, example: x}",
     "{verb: feed, prep: [on], example: x}", "{verb: feed, counts: dead, example: x}",
     "{verb: feed, example: {a: b}}"],
)  # fmt: skip
def test_keys_of_the_wrong_kind(problems, entry):
    (problem,) = problems(**trigger(entry))
    assert problem.startswith("lang/en/triggers/AID.yml:3 ")
    assert " must be " in problem


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"type: AID\ntriggers:\n  - {verb: f\xfcttern}\n", 3, "is not in UTF-8 (byte 0xfc"),
        ("type: AID\n".encode("utf-16"), 1, "is in UTF-16; save it as UTF-8"),
        ("a folder", 1, "is a folder; rename it"),
        ("a pipe", 1, "is a pipe or a device"),
        ("a broken link", 1, "cannot be read (No such file or directory); check"),
    ],
)
def test_files_that_are_none(run, tmp_path, content, line, words):
    path = tmp_path / "lang" / "en" / "triggers" / "AID.yml"
    path.parent.mkdir(parents=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "a folder":
        path.mkdir()
    elif content == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere.yml")
    result = run("lexicon", "check", "--user-data", tmp_path)
    assert result.exit_code == 1
    assert f"{path}:{line}: {words}" in result.stdout
    for command in (["show", "feed"], ["find", "feed"]):
        result = run("lexicon", *command, "--user-data", tmp_path)
        assert result.exit_code == 2
        assert f"{path}:{line}: {words}" in result.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [("status", "- may\n"), ("light_verbs", "- {verb: hold}\n"), ("counts", "numbers: [one]\n"),
     ("classes", "classes: [a]\n"), ("contexts", "contexts: [a]\n")],
)  # fmt: skip
def test_word_lists_of_another_shape_than_ours(run, tmp_path, name, text):
    path = tmp_path / "lang" / "en" / f"{name}.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    result = run("lexicon", "check", "--user-data", tmp_path)
    assert result.exit_code == 1
    assert f"{path}:1: " in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_names_that_differ_in_capitals_only(problems):
    text = "- {name: Ring Club, code: NGO}\n- {name: ring club, code: NGO}\n"
    (problem,) = problems(actors__organisations__x=text)
    assert problem.startswith("actors/organisations/x.yml:2 'ring club' is the name of")
