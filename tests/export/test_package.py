"""Data packages: the descriptor against the rules of Data Package v2, the files against it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml

from dragoman import store
from dragoman.errors import InputError, OutputError, UsageError
from dragoman.export.package import About, load_tables, write_package
from dragoman.export.package_texts import slug
from dragoman.ontology import load_ontology
from dragoman.records import Rejection
from dragoman.settings import Settings
from dragoman.tables import COLUMNS

_SPEC = importlib.util.spec_from_file_location(
    "store_helpers", Path(__file__).parents[1] / "store" / "test_store.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)

ABOUT = About("Expulsions, 2021", ("Doe, Jane", "A Group"), license="CC-BY-4.0", version="1.2")
SECRET = "Kenya expelled two Somali diplomats."


@pytest.fixture
def dataset(tmp_path):
    """A store with two articles, one of them without events, and a rejection."""
    path = tmp_path / "events.duckdb"
    settings = Settings(published=None, max_sentence_tokens=300)
    key = store.coder_key(helpers.CODER, settings)
    inputs = [store.InputFile("news.jsonl", 1, 77, "ab" * 32), store.InputFile("-")]
    with store.open_writer(path, store.RunPlan(key, settings, 2, inputs)) as writer:
        codings = [helpers.coding("a", helpers.event("e0"), helpers.event("e1")),
                   helpers.coding("b", text=SECRET + " Again.")]  # fmt: skip
        results = [store.Result(store.item_key(c.article), c) for c in codings]
        why = Rejection("clean", "no-text", "holds no words; leave it out", "c.txt")
        writer.add([*results, store.Result("k", store.Refused(why))])
    return path


@pytest.fixture
def package(dataset, tmp_path):
    write_package(dataset, tmp_path / "package", ABOUT)
    return tmp_path / "package"


@pytest.fixture
def descriptor(package):
    return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))


def rows(path):
    return duckdb.execute(f"SELECT * FROM '{path}'").fetchall()


def names(path):
    return [row[0] for row in duckdb.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]


# ------------------------------------------------------------------ the descriptor


def test_the_descriptor_has_what_the_standard_requires(descriptor):
    """Data Package v2: https://datapackage.org/standard/data-package/"""
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._/-]+", descriptor["name"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", descriptor["created"])
    assert descriptor["resources"]
    assert all("name" in each or "path" in each for each in descriptor["licenses"])
    assert all("title" in each for each in descriptor["sources"])
    assert [c["title"] for c in descriptor["contributors"]] == ["Doe, Jane", "A Group"]
    assert all(isinstance(c["roles"], list) for c in descriptor["contributors"])
    assert (descriptor["title"], descriptor["version"]) == ("Expulsions, 2021", "1.2")


def test_resources_have_what_the_standard_requires(descriptor, package):
    resources = descriptor["resources"]
    assert len({each["name"] for each in resources}) == len(resources)
    for each in resources:
        assert re.fullmatch(r"[a-z0-9._-]+", each["name"])
        path = each["path"]
        assert not path.startswith(("/", ".")) and ".." not in path  # noqa: PT018 - one rule
        data = (package / path).read_bytes()
        assert each["bytes"] == len(data)
        assert each["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert each.get("type") in {None, "table"}


def test_schemas_have_what_the_standard_requires(descriptor):
    """Table Schema v2: https://datapackage.org/standard/table-schema/"""
    schemas = {r["name"]: r["schema"] for r in descriptor["resources"] if "schema" in r}
    types = {"string", "number", "integer", "array"}
    for schema in schemas.values():
        fields = [field["name"] for field in schema["fields"]]
        assert len(set(fields)) == len(fields)
        assert {field["type"] for field in schema["fields"]} <= types
        assert set(schema["primaryKey"]) <= set(fields)
        for key in schema.get("foreignKeys", []):
            there = schemas[key["reference"]["resource"]]
            assert set(key["fields"]) <= set(fields)
            assert set(key["reference"]["fields"]) <= {f["name"] for f in there["fields"]}
            assert len(key["fields"]) == len(key["reference"]["fields"])


def test_tables_have_the_columns_and_keys_that_are_told(descriptor, package):
    for each in descriptor["resources"]:
        if "schema" not in each:
            continue
        path = package / each["path"]
        assert names(path) == [field["name"] for field in each["schema"]["fields"]]
        key = ", ".join(f'"{name}"' for name in each["schema"]["primaryKey"])
        query = f"SELECT count(*), count(DISTINCT ({key})) FROM '{path}'"
        (count, distinct) = duckdb.execute(query).fetchone()
        assert count == distinct
        for foreign in each["schema"].get("foreignKeys", []):
            other = next(r for r in descriptor["resources"]
                         if r["name"] == foreign["reference"]["resource"])  # fmt: skip
            pairs = zip(foreign["fields"], foreign["reference"]["fields"], strict=True)
            same = " AND ".join(f'a."{here}" = b."{there}"' for here, there in pairs)
            lost = (f"SELECT count(*) FROM '{path}' a ANTI JOIN "
                    f"'{package / other['path']}' b ON {same}")  # fmt: skip
            assert duckdb.execute(lost).fetchone() == (0,)


def test_a_licence_may_be_an_address_or_missing(dataset, tmp_path):
    address = replace(ABOUT, license="https://example.org/terms", version=None)
    write_package(dataset, tmp_path / "a", address)
    told = json.loads((tmp_path / "a" / "datapackage.json").read_text())
    assert told["licenses"] == [{"path": "https://example.org/terms"}]
    cited = yaml.safe_load((tmp_path / "a" / "CITATION.cff").read_text())
    assert cited["license-url"] == "https://example.org/terms"
    write_package(dataset, tmp_path / "b", replace(ABOUT, license=None))
    assert "licenses" not in json.loads((tmp_path / "b" / "datapackage.json").read_text())
    assert "No licence was named" in (tmp_path / "b" / "README.md").read_text()


def test_a_title_becomes_a_name():
    assert slug("Expulsions, 2021") == "expulsions-2021"
    assert slug("…") == "events"


# ------------------------------------------------------------------ what is in it


def test_events_are_the_flat_table_without_sentences(package):
    path = package / "data" / "events.parquet"
    assert names(path) == [c.name for c in COLUMNS if c.name != "sentence_text"]
    assert [row[:2] for row in rows(path)] == [("e0", "a"), ("e1", "a")]


def test_no_text_of_an_article_is_published_unasked(package):
    for path in package.rglob("*"):
        if path.suffix == ".parquet":
            assert SECRET not in str(rows(path))
        elif path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            assert SECRET.encode() not in data


def test_texts_are_published_when_asked_for(dataset, tmp_path):
    folder = tmp_path / "texts"
    write_package(dataset, folder, replace(ABOUT, full_text=True))
    for table, column in (("articles", "text"), ("mentions", "text"), ("events", "sentence_text")):
        query = f"SELECT {column} FROM '{folder}/data/{table}.parquet'"
        assert duckdb.execute(query).fetchone() == (SECRET,)
    with gzip.open(folder / "data" / "records.jsonl.gz", "rt") as lines:
        assert [json.loads(line) for line in lines] == list(store.events(dataset))


def test_articles_without_events_are_there_with_a_hash_of_their_text(package):
    query = f"SELECT id, events, characters, sha256 FROM '{package}/data/articles.parquet'"
    text = SECRET + " Again."
    assert duckdb.execute(query).fetchall() == [
        ("a", 2, len(SECRET), hashlib.sha256(SECRET.encode()).hexdigest()),
        ("b", 0, len(text), hashlib.sha256(text.encode()).hexdigest()),
    ]


def test_runs_coders_and_inputs(package):
    with (package / "data" / "inputs.csv").open() as stream:
        first, second = csv.DictReader(stream)
    assert (first["name"], first["sha256"], second["name"]) == ("news.jsonl", "ab" * 32, "-")
    with (package / "data" / "runs.csv").open() as stream:
        (run,) = csv.DictReader(stream)
    assert (run["coder"], run["state"], run["articles"], run["rejections"]) == (
        "1", "finished", "2", "1",
    )  # fmt: skip
    with (package / "data" / "coders.csv").open() as stream:
        (coder,) = csv.DictReader(stream)
    assert (coder["version"], coder["lexicon"]) == ("1.0", "aaaa")


def test_clusters_are_there_once_they_were_found(dataset, package, tmp_path):
    assert not (package / "data" / "clusters.parquet").exists()
    store.cluster_store(dataset)
    written = write_package(dataset, tmp_path / "clustered", ABOUT)
    assert written.rows["clusters"] == 2
    path = tmp_path / "clustered" / "data" / "clusters.parquet"
    assert names(path) == ["article_id", "event", "cluster"]


def test_the_newest_coding_or_the_one_that_is_asked_for(dataset, tmp_path):
    other = replace(helpers.CODER, lexicon="bbbb")
    helpers.fill(dataset, helpers.coding("a", helpers.event("e7"), coder=other), coder=other)
    newest = write_package(dataset, tmp_path / "new", ABOUT)
    assert (newest.rows["events"], newest.rows["coders"]) == (1, 2)
    older = write_package(dataset, tmp_path / "old", ABOUT, coder="aaaa")
    assert (older.rows["events"], older.rows["coders"]) == (2, 1)


def test_the_dictionary_tells_every_column(package):
    with (package / "dictionary.csv").open() as stream:
        told = [(row["table"], row["column"], row["meaning"]) for row in csv.DictReader(stream)]
    text = (package / "DICTIONARY.md").read_text()
    there = {table for table, *_ in told}
    for table in load_tables():
        for column in table.columns if table.name in there else ():
            if column.name != table.full_text:
                assert (table.name, column.name, column.help) in told
                assert f"| `{column.name}` | {column.kind} | {column.help} |" in text
    assert all(meaning for *_, meaning in told)


def test_the_citation_names_authors_and_what_coded(package):
    cited = yaml.safe_load((package / "CITATION.cff").read_text())
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert cited["authors"] == [
        {"family-names": "Doe", "given-names": "Jane"}, {"name": "A Group"},
    ]  # fmt: skip
    (software,) = cited["references"]
    assert (software["version"], software["notes"]) == ("1.0", "lexicon aaaa, model model 1")


def test_the_readme_tells_how_to_make_it_again(package):
    text = (package / "README.md").read_text()
    assert (
        "dragoman code news.jsonl - --store events.duckdb --workers 2 "
        "--set max_sentence_tokens=300" in text
    )
    assert "| `news.jsonl` | 1 | 77 | " + "ab" * 32 in text
    assert "could not be used: 1 no-text" in text


def test_checksums_cover_every_file(package):
    told = dict(
        reversed(line.split("  ")) for line in (package / "SHA256SUMS").read_text().splitlines()
    )
    files = {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file()}
    assert set(told) == files - {"SHA256SUMS"}
    for name, digest in told.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest


# ------------------------------------------------------------------ the schema of records


def schema():
    path = Path(store.__file__).parents[1] / "data" / "export" / "record.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_schema_knows_the_types_of_events():
    assert set(schema()["properties"]["event"]["enum"]) == set(load_ontology().types)


def test_records_fit_their_schema(package, dataset):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    check = jsonschema.Draft202012Validator(schema())
    check.check_schema(schema())
    with gzip.open(package / "data" / "records.jsonl.gz", "rt") as lines:
        published = [json.loads(line) for line in lines]
    for record in [*published, *store.events(dataset)]:
        assert list(check.iter_errors(record)) == []
    wrong = {**published[0], "status": "perhaps"}
    assert [error.json_path for error in check.iter_errors(wrong)] == ["$.status"]


# ------------------------------------------------------------------ what is refused


def test_a_folder_with_something_in_it_is_left_alone(dataset, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="is there and not empty"):
        write_package(dataset, tmp_path / "mine", ABOUT)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_nothing_is_left_where_there_is_no_store(tmp_path):
    with pytest.raises(InputError, match="there is no such store"):
        write_package(tmp_path / "no.duckdb", tmp_path / "package", ABOUT)
    assert not list(tmp_path.iterdir())


def test_a_coder_that_is_not_there_is_told(dataset, tmp_path):
    with pytest.raises(UsageError, match="there is no coder"):
        write_package(dataset, tmp_path / "package", ABOUT, coder="zzzz")
