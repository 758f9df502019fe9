"""From a dictionary to a coding: what was imported is checked, loaded and used."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.errors import InputError, OutputError
from dragoman.imports import import_files, write_folder, write_report
from dragoman.imports.codes import Crosswalk
from dragoman.lexicon import load_lexicon
from dragoman.lexicon.check import check_folder
from dragoman.ontology import load_ontology

DICTIONARIES = {
    "actors.txt": (
        "ORLAN_VESK_\n\t[MDAGOVMIL 970310-050517]\n\t[MDAELI >050518]\n"
        "ZORGON_FRONT_ [TCDREB]\n+ZQF_\n"
        "PERU_ [FJI]\n"
    ),
    "agents.txt": "ZORGMAN {ZORGMEN} [~UAF]\n",
    "verbs.txt": (
        "---  BAMBOOZLE   [111]  ---\nBAMBOOZLE\n- * GRAIN (TO +) [073]\n- * LETTERS [---]\n"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ours) -> Path:
    base = tmp_path_factory.mktemp("import")
    for name, text in DICTIONARIES.items():
        (base / name).write_text(text, encoding="utf-8")
    found = import_files([base / name for name in DICTIONARIES], ours, load_ontology())
    write_folder(found.files, base / "mine", "Made by a test.")
    return base / "mine"


@pytest.fixture(scope="module")
def coder(folder: Path) -> dragoman.Coder:
    return dragoman.Coder(user_data=str(folder), cache_dir=str(folder.parent / "cache"))


def events(coder: dragoman.Coder, text: str, published: str = "2004-03-01") -> list[tuple]:
    return [
        (e.type, [_who(m) for m in e.actors], [_who(m) for m in e.recipients])
        for e in coder.code(text, language="en", published=published).events
    ]


def _who(mention: dragoman.records.Mention) -> str:
    return f"{mention.entity.code} {mention.entity.sector or ''}".strip()


def test_the_folder_passes_the_check(folder):
    assert check_folder(load_ontology(), "en", folder) == ()


def test_an_imported_pattern_codes(coder):
    found = events(coder, "Kenya bamboozled grain to Chile.")
    assert found == [("AID", ["KEN"], ["CHL"])]


def test_an_imported_default_codes_unless_shut_out(coder):
    assert events(coder, "Kenya bamboozled Chile.") == [("ACCUSE", ["KEN"], ["CHL"])]
    assert events(coder, "Kenya bamboozled letters.") == []


@pytest.mark.parametrize(("day", "who"), [("2004-03-01", "MDA GOV"), ("2008-03-01", "MDA ELI")])
def test_an_imported_office_counts_while_it_is_held(coder, day, who):
    assert events(coder, "Orlan Vesk praised Chile.", day) == [("SUPPORT", [who], ["CHL"])]


def test_imported_names_of_any_form(coder):
    assert events(coder, "The Zorgon front praised Chile.") == [("SUPPORT", ["TCD REB"], ["CHL"])]
    assert events(coder, "The ZQF praised Chile.") == [("SUPPORT", ["TCD REB"], ["CHL"])]


def test_an_imported_name_wins(coder):
    assert events(coder, "Peru praised Chile.") == [("SUPPORT", ["FJI"], ["CHL"])]


def test_an_imported_agent(coder):
    assert events(coder, "Kenyan zorgmen attacked Chile.") == [("ASSAULT", ["KEN UAF"], ["CHL"])]


def test_each_entry_names_its_line(folder):
    text = (folder / "lang/en/triggers/AID.yml").read_text(encoding="utf-8")
    assert 'imported: "verbs.txt:3"' in text


def test_nothing_is_written_over(folder):
    with pytest.raises(OutputError, match=r"AID\.yml is there already; name another folder"):
        write_folder({"lang/en/triggers/AID.yml": {}}, folder, "x")


def test_an_unknown_kind_of_file(tmp_path, ours):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary,\n")
    with pytest.raises(InputError, match="holds no codes in square brackets and no JSON"):
        import_files([path], ours, load_ontology())


def test_every_cameo_code_has_a_plover_type():
    crosswalk = Crosswalk.load(load_ontology())
    for code in load_ontology().cameo_codes:
        event = crosswalk.event(code, "x:1")
        assert event is not None
        assert event.type in load_ontology().types
        if event.mode:
            assert event.mode in load_ontology().types[event.type].modes
        assert set(event.contexts) <= set(load_ontology().contexts)


def test_the_table_and_the_ontologys_crosswalk_agree():
    """A code that a type gives is read back as that type."""
    ontology = load_ontology()
    crosswalk = Crosswalk.load(ontology)
    for type_ in ontology.types.values():
        for row in type_.crosswalk:
            event = crosswalk.event(row.code, "x:1")
            assert event is not None
            # CAMEO has one code for what PLOVER tells apart; the table then takes one of them.
            if event.type != type_.code:
                assert row.code in {"190", "175", "176", "154", "155", "204"}, (type_.code, row)


@pytest.mark.slow
def test_the_real_dictionaries(shared, tmp_path, ours):
    """Dictionaries as they are in use: read to the last line, and what was made of them loads."""
    files = sorted((shared / "reference" / "petrarch").glob("*.txt"))
    if not files:
        pytest.skip("no dictionaries in ../shared/reference/petrarch")
    found = import_files(files, ours, load_ontology())
    outcomes = found.outcomes()
    assert outcomes["refused"] < 0.03 * outcomes.total()
    assert found.entries["actors"] > 20_000
    assert found.entries["triggers"] > 3_000
    write_report(found.lines, tmp_path / "report.jsonl")
    agents = {k: v for k, v in found.files.items() if "agents" in k or "triggers" in k}
    actors = {k: v[:3000] for k, v in found.files.items() if "organisations" in k}
    write_folder(agents | actors, tmp_path / "mine", "Made by a test.")
    lexicon = load_lexicon("en", None, tmp_path / "mine")
    assert len(lexicon.actors) > len(ours.actors)
