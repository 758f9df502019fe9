"""The figures themselves, on judgements written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.evaluate import KINDS, Kind, read_gold, run
from dragoman.evaluate.coding import as_article, overlap
from dragoman.evaluate.kind import bootstrap, f1, macro_f1, ratio
from dragoman.records import Span


def test_ratio_and_f1() -> None:
    assert ratio(1, 4) == 0.25
    assert ratio(0, 0) == 0.0
    assert f1(0.5, 1.0) == pytest.approx(2 / 3)
    assert f1(0.0, 0.0) == 0.0


def test_macro_f1_counts_every_gold_label_alike() -> None:
    pairs = [("AID", "AID")] * 8 + [("COERCE", "AID"), ("COERCE", "COERCE")]
    aid, coerce = 2 * 8 / (2 * 8 + 1), 2 * 1 / (2 * 1 + 1)
    assert macro_f1(pairs) == pytest.approx((aid + coerce) / 2)
    assert macro_f1([("AID", "NONE")]) == 0.0
    assert macro_f1([]) == 0.0


@pytest.mark.parametrize(
    ("left", "right", "meets"),
    [
        ([(0, 5)], [[4, 9]], True),
        ([(0, 5)], [[5, 9]], False),  # the end is exclusive
        ([(0, 5), (8, 9)], [[7, 12]], True),
        ([], [[0, 1]], False),
    ],
)
def test_overlap(left: list[tuple[int, int]], right: list[list[int]], meets: bool) -> None:
    assert overlap(left, right) is meets


# --------------------------------------------------------------------------- gold


def test_gold_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1}\n\n{"id": 2}\n', encoding="utf-8")
    assert read_gold(path) == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize("line", ["{", "[1]", "7", '"text"'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": 1}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert caught.value.place == f"{path}:2"


def test_missing_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


def test_a_record_as_an_article_keeps_its_offsets() -> None:
    record = {"id": 7, "text": "One.\n\nTwo.", "published": "2020-01-02T10:00:00"}
    article = as_article(record)
    assert article.text == record["text"]
    assert article.paragraphs == (Span(0, 4), Span(6, 10))
    assert article.id == "7"
    assert article.published is not None
    assert article.published.isoformat() == "2020-01-02"


# --------------------------------------------------------------------------- a kind of its own


def judge(record: Any, resources: Any) -> dict[str, Any]:
    return {"right": record["gold"] == record["coded"], **record}


def figures(judged: Sequence[Any]) -> dict[str, float]:
    return {"accuracy": ratio(sum(j["right"] for j in judged), len(judged))}


def confusion(judged: Any) -> tuple[str, str] | None:
    return None if judged["right"] else (judged["gold"], judged["coded"])


TOY = Kind("toy", "accuracy", judge, figures, confusion)
RECORDS = [{"gold": "A", "coded": c} for c in "AAABBC"]


def test_a_report() -> None:
    report = run(TOY, RECORDS, None)  # type: ignore[arg-type]
    assert report.records == 6
    assert report.figures == {"accuracy": 0.5}
    assert report.confusions == (("A", "B", 2), ("A", "C", 1))
    low, high = report.intervals["accuracy"]
    assert low < 0.5 < high
    value = report.to_dict()
    assert value["main"] == value["accuracy"] == 0.5
    assert value["main_name"] == "accuracy"


def test_intervals_can_be_made_again() -> None:
    judged = [judge(r, None) for r in RECORDS]
    assert bootstrap(TOY, judged) == bootstrap(TOY, judged)


def test_more_records_give_narrower_intervals() -> None:
    judged = [judge(r, None) for r in RECORDS]
    wide, narrow = (bootstrap(TOY, judged * n)["accuracy"] for n in (1, 50))
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_no_records() -> None:
    report = run(TOY, [], None)  # type: ignore[arg-type]
    assert report.figures == {"accuracy": 0.0}
    assert report.intervals == {}


def test_every_kind_names_its_main_figure() -> None:
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.main in kind.figures([]), name
