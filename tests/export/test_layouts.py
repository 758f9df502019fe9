"""The published column lists, as facts of their own, against the layouts and the page of docs."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pytest

from coded import event, mention, place, side
from dragoman import store
from dragoman.export import LAYOUTS, read_events, write_layout
from dragoman.export.layout import load_layout
from dragoman.serialise import event_to_dict, json_line

_SPEC = importlib.util.spec_from_file_location(
    "store_helpers", Path(__file__).parents[1] / "store" / "test_store.py"
)
stored = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(stored)

_ACTOR = [
    *"Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code".split(),
    *"Type1Code Type2Code Type3Code".split(),
]
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()

PUBLISHED = {
    "gdelt-events": [
        *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
        *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
        *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
        *"NumMentions NumSources NumArticles AvgTone".split(),
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
        *"DATEADDED SOURCEURL".split(),
    ],
    "gdelt-mentions": "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName "
    "MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText "
    "Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras".split(),
    "icews": [
        *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country"),
        *("Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors"),
        *("Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District"),
        *("Province", "Country", "Latitude", "Longitude"),
    ],
    "polecat": [
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code"),
        *("Contexts", "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector"),
        *("Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID"),
        *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector"),
        *("Recipient Sectors", "Recipient Title", "Recipient Name Raw"),
        *("Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country"),
        *("Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source"),
        *("Publication Date", "Story People", "Story Organizations", "Story Locations"),
        *("Language", "Version"),
    ],
    "phoenix": [
        *"EventID Date Year Month Day".split(),
        *(f"{s}Actor{p}" for s in ("Source", "Target")
          for p in ("Full", "Entity", "Role", "Attribute")),
        *"EventCode EventRootCode PentaClass GoldsteinScore Issues Lat Lon LocationName".split(),
        *"StateName CountryCode SentenceID URLs NewsSources".split(),
    ],
}  # fmt: skip
WIDTHS = {"gdelt-events": 61, "gdelt-mentions": 16, "icews": 20, "polecat": 40, "phoenix": 26}
DOCS = Path(__file__).parents[2] / "docs" / "exports.md"

# Between them these fill every column that has a counterpart.
_SECTORS = ["LAB", "OPP"]
FULL = [
    event(event_loc=place(),
          actor=[side("USA", "GOV", other_sectors=_SECTORS, office="envoy")],
          recipient=[side("UNO", "MIL", other_sectors=_SECTORS, office="envoy")]),
    event(event_loc=place("country", name="Kenya", admin1=None), mentions=[mention(4, 90)],
          actor=[side("UNO", "MIL", other_sectors=_SECTORS)],
          recipient=[side("USA", "GOV", other_sectors=_SECTORS)]),
]  # fmt: skip


def written(format_: str, *events) -> list[list[str]]:
    """The rows without the header, cut at the tabs."""
    out = io.StringIO()
    write_layout(events, format_, out)
    lines = out.getvalue().split("\n")
    assert lines.pop() == ""
    return [line.split("\t") for line in lines[load_layout(format_).header :]]


def test_the_layouts_are_those_that_are_tested():
    assert set(LAYOUTS) == set(PUBLISHED)


@pytest.mark.parametrize("format_", LAYOUTS)
def test_columns_are_as_published(format_):
    names = [column.name for column in load_layout(format_).columns]
    assert names == PUBLISHED[format_]
    assert len(names) == WIDTHS[format_]


@pytest.mark.parametrize("format_", LAYOUTS)
def test_every_row_is_whole_and_typed(format_):
    layout = load_layout(format_)
    read = {"integer": int, "number": float, "text": str}
    for row in written(format_, *FULL, event(actor=[], article={"id": "a"})):
        assert len(row) == WIDTHS[format_]
        for column, cell in zip(layout.columns, row, strict=True):
            if cell != layout.missing:
                read[column.type](cell)


@pytest.mark.parametrize("format_", LAYOUTS)
def test_columns_with_a_source_and_no_others_are_filled(format_):
    layout = load_layout(format_)
    rows = written(format_, *FULL)
    filled = {
        column.name
        for row in rows
        for column, cell in zip(layout.columns, row, strict=True)
        if cell != layout.missing
    }
    assert filled == {column.name for column in layout.columns if column.source}


@pytest.mark.parametrize("format_", ["icews", "polecat"])
def test_header(format_):
    out = io.StringIO()
    write_layout([], format_, out)
    assert out.getvalue() == "\t".join(PUBLISHED[format_]) + "\n"


@pytest.mark.parametrize("format_", ["gdelt-events", "gdelt-mentions", "phoenix"])
def test_no_header(format_):
    out = io.StringIO()
    write_layout([], format_, out)
    assert out.getvalue() == ""


@pytest.mark.parametrize("format_", LAYOUTS)
def test_the_page_tells_every_column(format_):
    rows = [
        f"| {n} | `{c.name}` | {c.type} | {c.source} |"
        for n, c in enumerate(load_layout(format_).columns, 1)
    ]
    assert "\n".join(rows) in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", LAYOUTS)
def test_a_store_gives_the_rows_of_its_records(format_, tmp_path):
    """From a store and from the JSON Lines of the same coding: the same file."""
    path = tmp_path / "events.duckdb"
    made = [stored.coding("a", stored.event("e0"), stored.event("e1")), stored.coding("b")]
    stored.fill(path, *made)
    lines = tmp_path / "events.jsonl"
    with lines.open("w", encoding="utf-8") as out:
        for coding in made:
            out.writelines(json_line(event_to_dict(e, coding)) for e in coding.events)
    files = []
    for events in (store.events(path), read_events(lines)):
        out = io.StringIO()
        assert write_layout(events, format_, out).events == 2
        files.append(out.getvalue())
    assert files[0] == files[1]
