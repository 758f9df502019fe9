"""CSV, TSV and Parquet."""

from __future__ import annotations

import builtins
import gzip
import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.read import ReadOptions, read_columns, read_inputs
from dragoman.records import RawItem, Rejection

pyarrow: Any = pytest.importorskip("pyarrow")
parquet: Any = pytest.importorskip("pyarrow.parquet")


def read(data: bytes | str, name: str = "", tmp: Path | None = None, **options: Any) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    if tmp is None:
        return list(read_inputs(["-"], ReadOptions(**options), io.BytesIO(raw)))
    path = tmp / name
    path.write_bytes(raw)
    return list(read_inputs([str(path)], ReadOptions(**options)))


def outcome(*given: Any, **options: Any) -> list[str]:
    found = read(*given, **options)
    return [each.code if isinstance(each, Rejection) else each.body for each in found]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_columns_are_known_by_their_names(mark: str, ending: str) -> None:
    rows = [
        ["Document ID", "Headline", "Body", "Pub_Date", "Outlet", "Lang", "Link", "Other"],
        ["7", "Ships", "They came.", "2021-07-13", "The Daily", "en", "http://x", "-"],
    ]  # fmt: skip
    data = "".join(mark.join(row) + ending for row in rows)
    assert read(data) == [
        RawItem("<stdin>:2", "text", "They came.", "7", "Ships", "http://x", "The Daily",
                "2021-07-13", "en")
    ]  # fmt: skip


def test_columns_that_are_told() -> None:
    told = (("text", "Was steht da"), ("published", "Tag"))
    (item,) = read("Tag;Was steht da;title\n2021-07-13;Ships came.;T\n", columns=told)
    assert (item.body, item.published, item.title) == ("Ships came.", "2021-07-13", "T")


def test_quotes_line_breaks_and_marks() -> None:
    data = '\ufefftext,title\n"One, ""two"",\nthree.",T\n"Four."\n,\nFive.,\n'
    assert outcome(data) == ['One, "two",\nthree.', "row-columns", "row-no-text", "Five."]


def test_tsv_with_quotation_marks_of_its_own() -> None:
    data = 'text\ttitle\n"We won," he said.\tT\nA 5" gun\tT\n"Open\tT\n"Quoted ""so""."\tT\n'
    assert outcome(data) == ['"We won," he said.', 'A 5" gun', '"Open', 'Quoted "so".']


def test_quote_that_nothing_closes_costs_one_row() -> None:
    data = 'text,title\nOne.,T\n"Two.,T\nThree.,T\nFour.,T\n'
    assert outcome(data) == ["One.", "row-open-quote", "Three.", "Four."]


def test_pages_in_cells() -> None:
    data = "url,html\nhttp://x,<p>Ships came.</p>\n"
    (item,) = read(data)
    assert (item.kind, item.body) == ("html", "<p>Ships came.</p>")


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        ("a,b\n1,2\n", "x.csv", ["table-no-text-column"]),
        ("a\tb\n1\t2\n", "x.tsv.gz", ["table-no-text-column"]),
        ("text,title\none,T,more\n", "x", ["row-columns"]),
        ("text,title\none,T,,\n", "x", ["one"]),
        ("text\nShips came.\n", "x.csv", ["Ships came."]),
        ("text\nShips came.\n", "x.txt", ["text\nShips came.\n"]),
        ("Text, the date, was lost, he said. And so on, for long.\n", "x.txt", None),
        ("id,title,url,media_name\n1,Ships,http://x,The Daily\n", "x", ["no-text-in-list"]),
    ],
)
def test_wrong_columns(data: str, name: str, found: list[str] | None, tmp_path: Path) -> None:
    assert outcome(data, name, tmp_path) == ([data] if found is None else found)


def test_told_column_that_is_missing() -> None:
    found = read("text,title\none,T\n", columns=(("published", "day"), ("text", "text")))
    assert [each.code for each in found] == ["table-no-column"]
    assert "'text', 'title'" in found[0].detail


def test_mixed_encodings() -> None:
    data = b"text,title\n" + "São,T\n".encode() + "São,T\n".encode("cp1252")
    data += bytes(range(14, 32)) * 9 + b",T\nend,T\n"
    assert outcome(data) == ["São", "São", "undecodable", "end"]


def test_long_lines_and_rows_are_not_held() -> None:
    long = b"x" * 8_000_000
    data = b"text,title\nOne.,T\n" + long + b",T\nTwo.,T\n"
    stream = io.BytesIO(data)
    tracemalloc.start()
    found = list(read_inputs(["-"], ReadOptions(max_line_bytes=100_000), stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [isinstance(each, RawItem) for each in found] == [True, False, True]
    assert peak < 3_000_000
    assert outcome('text,title\n"' + "y\n" * 600 + "Two.,T\n", max_line_bytes=1000)[-1] == "Two."


# ----------------------------------------------------------------------------- parquet


def table(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.parquet", "a.gz", None])
def test_parquet(name: str | None, tmp_path: Path) -> None:
    data = table(body=["One.", None, "Two."], date=["2021-07-13"] * 3, n=[1, 2, 3])
    data = gzip.compress(data) if name == "a.gz" else data
    found = read(data, name, tmp_path) if name else read(data)
    assert [getattr(each, "body", "-") for each in found] == ["One.", "-", "Two."]
    assert found[0].published == "2021-07-13"
    assert found[1].code == "row-no-text"


def test_parquet_with_columns_that_are_told() -> None:
    assert outcome(table(t=["One."]), columns=(("text", "t"),)) == ["One."]
    assert outcome(table(t=["One."]), columns=(("text", "u"),)) == ["table-no-column"]
    assert outcome(table(t=["One."])) == ["table-no-text-column"]


def test_bad_parquet() -> None:
    data = table(text=["One."] * 2000)
    assert outcome(data[:-30]) == ["parquet-damaged"]
    assert outcome(data, max_input_bytes=100) == ["input-too-long"]


def test_parquet_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    data = table(text=["One."])
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    (found,) = read(data)
    assert found.code == "parquet-needs-extra"
    assert "dragoman[parquet]" in found.detail


def test_what_is_told_on_the_command_line() -> None:
    assert read_columns(None) == ()
    assert read_columns("text=body, published = day,") == (("text", "body"), ("published", "day"))
    for wrong in ("text", "text=", "body=text"):
        with pytest.raises(UsageError):
            read_columns(wrong)
