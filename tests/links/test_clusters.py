"""Each event once, within articles and across them: tests/cases/sets through the whole coder."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cases import coder
from dragoman.cli.main import app
from dragoman.links import EventKey, cluster_events, event_key, one_record

SETS = Path(__file__).parents[1] / "cases" / "sets"
Record = dict[str, Any]
Row = Mapping[str, str]

_ARTICLE = re.compile(r"([A-Z])(?: (\d{4}-\d\d-\d\d))?(?:: (.+))?")


@dataclass
class Story:
    """One article of a set."""

    letter: str
    published: str | None
    title: str | None
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class Set:
    """Some articles and which of their events are one."""

    name: str
    stories: list[Story] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more: bool = False
    known_failure: str = ""


def read_sets(path: Path) -> Iterator[Set]:
    found: Set | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            if found is not None:
                yield found
            found = Set(line[3:])
        elif found is not None:
            read_line(found, line)
    if found is not None:
        yield found


def read_line(found: Set, line: str) -> None:
    if line.startswith(">"):
        found.stories[-1].paragraphs.append(line[1:].strip())
    elif line.startswith("Known failure: "):
        found.known_failure = line.partition(": ")[2]
    elif match := _ARTICLE.fullmatch(line):
        found.stories.append(Story(match[1], match[2], match[3]))
    elif line.startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not found.head:
            found.head = cells
        elif cells[0] == "...":
            found.more = True
        else:
            found.rows.append(dict(zip(found.head, cells, strict=True)))


def params() -> list[Any]:
    found = []
    for path in sorted(SETS.glob("*.md")):
        for case in read_sets(path):
            marks = (
                [pytest.mark.xfail(reason=case.known_failure, raises=AssertionError)]
                if case.known_failure
                else []
            )
            found.append(pytest.param(case, id=f"{path.stem}: {case.name}", marks=marks))
    return found


def records(case: Set) -> list[Record]:
    """The events of a set as `dragoman code` writes them."""
    found = []
    for story in case.stories:
        text = "\n".join(story.paragraphs)
        coding = coder().code(
            text, title=story.title, published=story.published, language="en", id=story.letter
        )
        assert coding.rejection is None, coding.rejection
        found += coding.to_dicts()
    return found


def told(record: Record) -> str:
    """Triggers of all tellings, in the order of the text."""
    triggers = sorted((m["trigger"]["start"], m["trigger"]["text"]) for m in record["mentions"])
    return " + ".join(text for _, text in triggers)


def groups(found: list[Record]) -> list[dict[str, Record]]:
    """Events by cluster; each as records by article."""
    clusters = cluster_events(event_key(record) for record in found)
    by_cluster: dict[str, dict[str, Record]] = {}
    for record in found:
        members = by_cluster.setdefault(clusters[record["id"]], {})
        letter = record["article"]["id"]
        assert letter not in members, "two events of one article in one cluster"
        members[letter] = record
    return list(by_cluster.values())


def fits(row: Row, members: Mapping[str, Record]) -> bool:
    for name, cell in row.items():
        if name == "event":
            if any(r["event"] != cell for r in members.values()):
                return False
        elif name == "counts":
            counts = one_record(list(members.values()))["counts"]
            if cell != ", ".join(f"{k} {c['min']}" for k, c in sorted(counts.items())):
                return False
        elif cell != "?" and cell != (told(members[name]) if name in members else "-"):
            return False
    return True


@pytest.mark.parametrize("case", params())
def test_set(case: Set) -> None:
    types = {row["event"] for row in case.rows}
    found = [r for r in records(case) if r["event"] in types]
    left = groups(found)
    shown = [{k: (r["event"], told(r)) for k, r in g.items()} for g in left]
    for row in case.rows:
        if set(row.values()) <= {row["event"], "-"}:
            continue
        group = next((g for g in left if fits(row, g)), None)
        assert group is not None, f"missing {dict(row)} among {shown}"
        left.remove(group)
    if not case.more:
        assert not left, f"besides {case.rows}: {shown}"


def test_there_are_enough_sets() -> None:
    assert sum(1 for path in SETS.glob("*.md") for _ in read_sets(path)) >= 40


# --------------------------------------------------------------------------- clusters


def record(
    number: int, words: str = "Kenya expelled two Somali diplomats", **changes: Any
) -> Record:
    """An event of an article of its own."""
    text = f"{words} on Tuesday."
    event = {
        "id": f"e{number:04}",
        "article": {"id": f"a{number}", "url": None, "publisher": None, "published": "2023-05-03"},
        "event": "SANCTION",
        "mode": ["expel"],
        "status": "happened",
        "quad_code": 4,
        "rule": "en/SANCTION/expel",
        "event_text": "expelled",
        "actor": [entity("KEN")],
        "recipient": [entity("SOM")],
        "date": "2023-05-02",
        "enddate": None,
        "date_info": {"precision": "day", "source": "text", "text": "on Tuesday"},
        "event_loc": None,
        "counts": {},
        "mentions": [{"text": text, "trigger": {"text": "expelled", "start": 6, "end": 14}}],
    }
    return event | changes


def entity(code: str, **changes: Any) -> Record:
    found = {
        "entity_text": code,
        "code": code,
        "sector": "GOV",
        "other_sectors": [],
        "identifier_text": None,
        "identifier_id": None,
        "office": None,
    }
    return found | changes


def clustered(*found: Record) -> dict[str, str]:
    return cluster_events(event_key(r) for r in found)


def test_an_event_told_once_has_a_cluster_of_its_own() -> None:
    (name,) = clustered(record(1)).values()
    assert re.fullmatch(r"c[0-9a-f]{16}", name)


def test_the_order_of_the_articles_changes_nothing() -> None:
    words = ["Kenya expelled two Somali diplomats", "Kenya expelled a Somali envoy over fish"]
    found = [record(n, words[n % 2], date=f"2023-05-0{1 + n % 5}") for n in range(30)]
    keys = [event_key(r) for r in found]
    expected = cluster_events(keys)
    assert 1 < len(set(expected.values())) < 30
    for seed in range(5):
        random.Random(seed).shuffle(keys)
        assert cluster_events(keys) == expected


def test_one_id_of_two_articles_is_one_event() -> None:
    """A text printed twice word for word gives the same ids."""
    first = record(1)
    again = record(1, article={**first["article"], "id": "b"})
    assert len(clustered(first, again)) == 1


def test_events_of_one_article_stay_apart() -> None:
    first = record(1)
    second = record(2, article=first["article"])
    third = record(3)
    clusters = clustered(first, second, third)
    assert clusters["e0001"] != clusters["e0002"]
    assert clusters["e0003"] in {clusters["e0001"], clusters["e0002"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "announced"},
        {"event": "ACCUSE"},
        {"mode": ["withdraw"]},
        {"date": "2023-05-01"},
        {"recipient": [entity("ETH")]},
        {"counts": {"expelled": {"min": 9, "max": 9}}},
        {"actor": [entity("KEN", sector="OPP")]},
    ],
    ids=lambda c: next(iter(c)),
)
def test_what_keeps_apart(changes: Record) -> None:
    found = record(1, counts={"expelled": {"min": 2, "max": 2}})
    assert clustered(found, record(2))["e0001"] == clustered(found, record(2))["e0002"]
    other = record(2, "Two were sent home", **changes)
    assert len(set(clustered(found, other).values())) == 2


def test_one_record_of_many_reports() -> None:
    place = {"name": "Nairobi", "precision": "city"}
    early = record(1, counts={"dead": {"min": 5, "max": 5}}, event_loc=place)
    article = {**early["article"], "id": "late", "published": "2023-05-05"}
    late = record(2, counts={"dead": {"min": 8, "max": 8}}, article=article)
    found = one_record([late, early])
    assert found["counts"]["dead"]["min"] == 8
    assert found["event_loc"] == place
    assert [r["article"] for r in found["reports"]] == ["a1", "late"]


def many(count: int) -> list[EventKey]:
    """So many events, some twenty a day."""
    rng = random.Random(7)
    codes = ["KEN", "SOM", "ETH", "UGA", "TZA", "RWA", "SSD", "SDN"]
    words = [f"word{n}" for n in range(400)]
    return [
        event_key(
            record(
                n,
                f"The {rng.choice(words).title()} " + " ".join(rng.choices(words, k=14)),
                actor=[entity(rng.choice(codes))],
                recipient=[entity(rng.choice(codes))],
                date=(date(2000, 1, 1) + timedelta(rng.randrange(count // 20))).isoformat(),
            )
        )
        for n in range(count)
    ]


# --------------------------------------------------------------------------- command line


def test_code_with_clusters_and_each_event_once(tmp_path: Path) -> None:
    text = "Kenya expelled two Somali diplomats on Tuesday over fish."
    rows = [
        {"id": "a", "published": "2023-05-03", "text": text},
        {"id": "b", "published": "2023-05-04", "text": f"{text} Nobody spoke of it."},
        {"id": "c", "published": "2023-05-04", "text": "Peru praised Chile on Tuesday."},
    ]
    source, coded, once = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "once.jsonl"))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    runner = CliRunner()
    done = runner.invoke(app, ["code", str(source), "--clusters", "--output", str(coded)])
    assert done.exit_code == 0, done.output
    events = [json.loads(line) for line in coded.read_text(encoding="utf-8").splitlines()]
    assert [e["article"]["id"] for e in events] == ["a", "b", "c"]
    assert events[0]["cluster"] == events[1]["cluster"] != events[2]["cluster"]
    done = runner.invoke(app, ["cluster", str(coded), "--once", "--output", str(once)])
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in once.read_text(encoding="utf-8").splitlines()]
    assert [len(e["reports"]) for e in found] == [2, 1]


@pytest.mark.parametrize("line", ["{}", "[]", "no JSON", '{"id": 1}'])
def test_a_line_that_is_no_event(line: str) -> None:
    done = CliRunner().invoke(app, ["cluster", "-"], input=line)
    assert done.exit_code == 2
    assert "standard input:1" in done.output


def test_clusters_are_json_lines() -> None:
    done = CliRunner().invoke(app, ["code", "-", "--clusters", "--format", "csv"], input="")
    assert done.exit_code == 2
