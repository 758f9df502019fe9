"""Runs on many machines: equal to those of one process, resumed, and refusing what is others."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman import store
from dragoman.errors import DataError, InputError, OutputError, UsageError
from dragoman.scale import merge_folder
from dragoman.scale.lots import LotCoder, cut_lots, lot_file
from dragoman.scale.plan import find_files, look, put_together, read_shard

_SPEC = importlib.util.spec_from_file_location(
    "scale_helpers", Path(__file__).parent / "conftest.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)

pa = pytest.importorskip("pyarrow", reason="the extra `ray` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `ray` is not installed")


def lines(path, *names, text="A story of our own"):
    rows = [json.dumps({"id": name, "text": f"{text} {name}"}) for name in names]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def add(path, *rows):
    with path.open("a", encoding="utf-8") as out:
        out.writelines((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows)


@pytest.fixture
def inputs(tmp_path):
    """Files of several kinds; one article twice, some that cannot be used, one file missing."""

    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "page.txt").write_text("A story that is alone in its file.")
    (folder / "a.txt").write_text("poison")
    (folder / ".hidden").write_text("not to be read")
    (folder / "empty.txt").write_text("")
    copied = " ".join(f"word{n}" for n in range(80))  # stands in both files: the later one is tied
    first = lines(tmp_path / "first.jsonl", *"abcdefgh")
    add(first, {"id": "original", "text": copied})
    add(first, "no json", {"id": "x", "text": "unstorable"})
    again = lines(tmp_path / "again.jsonl", *"fghij")
    add(again, {"id": "copy", "text": copied + " more"})
    table = pa.table({"id": [f"p{n}" for n in range(12)], "text": [f"Row {n}" for n in range(12)]})
    parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=4)
    return [folder, first, tmp_path / "missing.txt", again, tmp_path / "rows.parquet"]


def test_the_store_is_that_of_one_process(inputs, scale, told, one_process, job, tmp_path):
    done = scale(inputs, helpers.Here(group_bytes=1))  # every row group a shard
    merged = merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    whole = one_process(inputs)
    assert helpers.rows(tmp_path / "many.duckdb") == helpers.rows(whole)
    assert list(store.event_lines(tmp_path / "many.duckdb")) == list(store.event_lines(whole))
    assert sorted(why.code for why in told) == [
        "failed", "failed", "file-empty", "file-missing", "json-invalid",
    ]  # fmt: skip
    assert merged.rejections == done.rejections == 5
    assert merged.articles == done.coded - 4  # three stand in two files, and one has a copy
    assert store.info(whole)["counts"]["duplicates"] == 1


def test_parts_that_were_not_used_are_told_and_kept(scale, told, one_process, job, tmp_path):
    path = lines(tmp_path / "a.jsonl", *"ab")
    add(path, {"id": "c", "text": "Dated in words", "published": "in May"})
    done = scale([path])
    assert (done.coded, done.rejections) == (3, 0)
    assert [why.code for why in told] == ["published-unreadable"]
    merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    assert helpers.rows(tmp_path / "many.duckdb") == helpers.rows(one_process([path]))
    assert store.info(tmp_path / "many.duckdb")["rejections"] == {"published-unreadable": 1}


def test_nothing_is_written_where_no_input_can_be_opened(scale, told, job, tmp_path):
    done = scale([tmp_path / "none", tmp_path / "nix.jsonl"])
    assert (done.items, done.rejections) == (2, 2)
    assert [why.code for why in told] == ["file-missing", "file-missing"]
    assert not Path(job.folder).exists()


def test_inputs_and_settings_of_the_run_are_kept(inputs, scale, job, tmp_path):
    from dragoman.batch import describe_inputs

    scale(inputs)
    merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    (run,) = store.info(tmp_path / "many.duckdb")["runs"]
    assert (run["workers"], run["state"]) == (3, "finished")
    described = describe_inputs([str(i) for i in inputs])
    assert [(i["name"], i["files"], i["bytes"], i["sha256"]) for i in run["inputs"]] == [
        (d.name, d.files, d.bytes, d.sha256) for d in described
    ]
    assert run["settings"] == json.loads(store.settings_json(helpers.SETTINGS))


def test_importing_twice_is_once(inputs, scale, job, tmp_path):
    scale(inputs)
    merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    before = helpers.rows(tmp_path / "many.duckdb")
    again = merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    assert (again.articles, again.events, again.rejections) == (0, 0, 0)
    assert helpers.rows(tmp_path / "many.duckdb") == before


def test_what_a_store_has_is_left_as_it_is(inputs, scale, one_process, job, tmp_path):
    whole = one_process(inputs)
    before = helpers.rows(whole)
    scale(inputs)
    assert merge_folder(Path(job.folder), whole).articles == 0
    assert helpers.rows(whole) == before


def test_a_run_that_was_stopped_goes_on(inputs, scale, one_process, job, tmp_path):
    stopped, on = helpers.Here(stop_after=3), helpers.Here()
    with pytest.raises(KeyboardInterrupt):
        scale(inputs, stopped)
    with pytest.raises(InputError, match="has not finished"):
        merge_folder(Path(job.folder), tmp_path / "no.duckdb")
    assert not (tmp_path / "no.duckdb").exists()
    part = merge_folder(Path(job.folder), tmp_path / "part.duckdb", partial=True)
    assert part.articles + part.rejections > 0
    assert part.missing > 0
    done = scale(inputs, on)
    assert done.skipped > 0
    assert len(stopped.coded) + len(on.coded) == done.items  # nothing was coded twice
    merge_folder(Path(job.folder), tmp_path / "many.duckdb")
    assert helpers.rows(tmp_path / "many.duckdb") == helpers.rows(one_process(inputs))


def test_rejections_of_the_first_run_are_told_again(inputs, scale, told):
    first = scale(inputs)
    before = sorted(told, key=str)
    told.clear()
    again = helpers.Here()
    second = scale(inputs, again)
    assert again.coded == []
    assert sorted(told, key=str) == before
    assert (second.coded, second.skipped, second.rejections) == (
        0, first.coded, first.rejections,
    )  # fmt: skip


def test_a_lot_that_is_coded_twice_overwrites_itself(tmp_path, scale, job):
    news = lines(tmp_path / "news.jsonl", *"abcdefgh")
    scale([news])
    names = {p.relative_to(job.folder) for p in Path(job.folder).rglob("*.parquet")}
    (found,) = find_files([str(news)])
    (shard,) = put_together([look(found, helpers.read_options(helpers.SETTINGS), 1)], 1)
    (Path(job.folder) / lot_file(shard.id, 1, "items")).unlink()  # as if a machine was lost
    machines = helpers.Here()
    scale([news], machines)
    assert machines.coded == ["d", "e", "f"]
    assert {p.relative_to(job.folder) for p in Path(job.folder).rglob("*.parquet")} == names
    assert not list(Path(job.folder).rglob("*.part"))


def test_what_a_machine_was_too_slow_for_is_tried_again(tmp_path, scale, told, job):
    news = lines(tmp_path / "news.jsonl", *"abcdefgh")
    scale([news], helpers.Here(slow="e"))
    merge_folder(Path(job.folder), tmp_path / "a.duckdb")
    assert store.info(tmp_path / "a.duckdb")["rejections"] == {"too-slow": 1}
    machines = helpers.Here()
    assert scale([news], machines).rejections == 0
    assert machines.coded == ["d", "e", "f"]
    assert not list(Path(job.folder).glob("rejections/*/*"))
    merge_folder(Path(job.folder), tmp_path / "a.duckdb")
    found = store.info(tmp_path / "a.duckdb")
    assert (found["rejections"], found["counts"]["codings"]) == ({}, 8)


def test_parquet_is_read_by_any_reader(tmp_path, scale, job):
    import duckdb

    scale([lines(tmp_path / "news.jsonl", *"abcdefgh")])
    found = duckdb.execute(
        f"SELECT e.record, a.text, r.reason FROM '{job.folder}/events/*/*.parquet' e "
        f"JOIN '{job.folder}/codings/*/*.parquet' c ON c.key = e.coding "
        f"JOIN '{job.folder}/articles/*/*.parquet' a ON a.key = c.article "
        f"JOIN '{job.folder}/removed/*/*.parquet' r ON r.article = a.key"
    ).fetchall()
    assert len(found) == 16
    record, text, reason = found[0]
    mention = json.loads(record)["mentions"][0]
    assert text[mention["start"] : mention["end"]] == mention["text"]
    assert reason == "social"


def test_a_file_uri_is_read_and_written(tmp_path, scale, job):
    lines(tmp_path / "in.jsonl", *"abcd")
    uri = f"file://{tmp_path}"
    scale([f"{uri}/in.jsonl"], job=replace(job, folder=f"{uri}/out"))
    merged = merge_folder(tmp_path / "out", tmp_path / "a.duckdb")
    assert merged.articles == 4


def test_a_folder_at_a_uri_is_walked_like_one_on_disk(tmp_path):
    for name in ("b/1.txt", "a.txt", "b.txt", ".x/2.txt", "c/.y.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    here = [f.file.place for f in find_files([str(tmp_path / "in")])]
    there = [f.file.place for f in find_files([f"file://{tmp_path}/in"])]
    assert [p.removeprefix("file://") for p in there] == here


def test_small_files_are_put_together_and_large_ones_stand_alone(tmp_path):
    (tmp_path / "in").mkdir()
    for number, size in enumerate((10, 10, 50, 10, 10, 10)):
        (tmp_path / "in" / f"{number}.txt").write_text("x" * size)
    names = [str(tmp_path / "in"), str(tmp_path / "in" / "0.txt")]
    options = helpers.read_options(helpers.SETTINGS)
    shards = put_together([look(found, options, 1) for found in find_files(names)], 20)
    assert [[Path(p.place).stem for p in shard.pieces] for shard in shards] == [
        ["0", "1"], ["2"], ["3", "4"], ["5"],
    ]  # fmt: skip
    assert len(list(read_shard(shards[0], helpers.SETTINGS))) == 2
    assert shards[0].place == f"{tmp_path}/in/0.txt and 1 more"


def test_a_damaged_parquet_file_is_told_once(tmp_path, scale, told):

    path = tmp_path / "rows.parquet"
    parquet.write_table(pa.table({"a": list(range(40))}), path, row_group_size=10)
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(path.read_bytes()[:-20])
    scale([path, cut], helpers.Here(group_bytes=1))
    assert [why.code for why in told] == ["table-no-text-column", "parquet-damaged"]


# ------------------------------------------------------------------ what is refused


def test_a_folder_with_something_else_is_left_alone(tmp_path, scale, job):
    Path(job.folder).mkdir()
    (Path(job.folder) / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="is not empty"):
        scale([lines(tmp_path / "news.jsonl", "a")])
    (Path(job.folder) / "run.json").write_text('{"name": "of another program"}')
    with pytest.raises(OutputError, match="is no plan of a run"):
        scale([lines(tmp_path / "news.jsonl", "a")])
    assert {p.name for p in Path(job.folder).iterdir()} == {"thesis.txt", "run.json"}


def test_a_folder_of_another_run_is_left_alone(tmp_path, scale, job):
    one, two = lines(tmp_path / "one.jsonl", "a"), lines(tmp_path / "two.jsonl", "b")
    scale([one])
    for others in ([two], [one, two]):
        with pytest.raises(OutputError, match="holds the run of other inputs"):
            scale(others)
    with pytest.raises(OutputError, match="holds the run of lots of 3 items"):
        scale([one], job=replace(job, lot_items=4))
    other = store.coder_key(helpers.OTHER, helpers.SETTINGS)
    with pytest.raises(OutputError, match="holds the run of another coder"):
        scale([one], job=replace(job, coder=other))


def test_machines_with_other_knowledge_are_refused(tmp_path, scale, job):
    other = store.coder_key(helpers.OTHER, helpers.SETTINGS)
    with pytest.raises(DataError, match="install the same versions"):
        scale([lines(tmp_path / "news.jsonl", "a")], job=replace(job, coder=other))


def test_results_that_do_not_arrive_are_missed(tmp_path, scale, job):
    class Elsewhere(helpers.Here):
        """Machines that write to disks of their own."""

        def code(self, shards, job):
            yield from super().code(shards, replace(job, folder=str(tmp_path / "elsewhere")))

    with pytest.raises(OutputError, match="all machines must see this folder"):
        scale([lines(tmp_path / "news.jsonl", "a")], Elsewhere())


def test_standard_input_is_refused(scale):
    with pytest.raises(UsageError, match="standard input cannot be read by other machines"):
        scale(["-"])


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda f: (f / "run.json").unlink(), "run-missing"),
        (lambda f: (f / "run.json").write_text("{"), "run-unknown"),
        (lambda f: (f / "run.json").write_text("[]"), "run-unknown"),
        (lambda f: (f / "run.json").write_bytes(b"\xff\xfe"), "run-unknown"),
        (lambda f: _edit(f, "format", "dragoman-run-9"), "run-unknown"),
        (lambda f: _edit(f, "schema", ["0001_tables", "0999_future"]), "run-version"),
        (lambda f: _edit(f, "state", "running"), "run-unfinished"),
        (lambda f: next(f.glob("items/*/*")).unlink(), "run-unfinished"),
        (lambda f: next(f.glob("events/*/*")).write_bytes(b"PAR1 no"), "lot-damaged"),
    ],
)
def test_what_is_no_run_is_not_imported(tmp_path, scale, job, spoil, code):
    scale([lines(tmp_path / "news.jsonl", *"abcd")])
    spoil(Path(job.folder))
    with pytest.raises(InputError) as error:
        merge_folder(Path(job.folder), tmp_path / "a.duckdb")
    assert error.value.code == code
    if (tmp_path / "a.duckdb").exists():
        assert store.info(tmp_path / "a.duckdb")["counts"]["events"] == 0


def test_a_folder_that_is_not_there_is_not_imported(tmp_path):
    with pytest.raises(InputError, match="there is no such folder"):
        merge_folder(tmp_path / "no", tmp_path / "a.duckdb")


def _edit(folder, key, value):
    path = folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))


# ------------------------------------------------------------------ the real coder


@pytest.mark.slow
def test_a_lot_is_coded_by_the_real_coder(tmp_path, job):
    """With knowledge and parser in the process that an actor keeps."""
    from dragoman.workers import Kit

    kit = Kit(helpers.SETTINGS)
    coder = store.coder_key(kit.resources.coder, helpers.SETTINGS)
    job = replace(job, coder=coder)
    news = lines(tmp_path / "news.jsonl", *"ab", text="Kenya expelled two Somali diplomats.")
    (found,) = find_files([str(news)])
    (shard,) = put_together([look(found, helpers.read_options(helpers.SETTINGS), 1)], 1)
    worker = LotCoder(replace(job, lot_items=1))
    first, second = (worker.code(lot) for lot in cut_lots(shard, replace(job, lot_items=1)))
    worker.close()
    assert (first.coded, first.events, first.last) == (1, 1, False)
    assert (second.coded, second.events, second.last) == (1, 1, True)
