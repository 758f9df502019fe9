"""What stands in the columns of each format."""

from __future__ import annotations

import io

import pytest

from coded import dated, event, mention, place, save, side
from dragoman.errors import UsageError
from dragoman.export import LAYOUTS, read_events, write_layout
from dragoman.export.layout import load_layout


def rows(format_: str, *events) -> list[dict[str, str]]:
    layout, out = load_layout(format_), io.StringIO()
    write_layout(events, format_, out)
    lines = out.getvalue().splitlines()[layout.header :]
    names = [column.name for column in layout.columns]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


@pytest.mark.parametrize("format_", LAYOUTS)
@pytest.mark.parametrize(
    ("actors", "recipients", "count"),
    [(1, 1, 1), (2, 1, 2), (2, 3, 6), (3, 0, 6), (1, 0, 1), (0, 2, 2), (0, 0, 0)],
)
def test_a_row_is_a_dyad(format_, actors, recipients, count):
    codes = ["KEN", "SOM", "ETH", "DJI", "ERI"]
    one = event(actor=[side(c) for c in codes[:actors]],
                recipient=[side(c) for c in codes[actors : actors + recipients]])  # fmt: skip
    found = rows(format_, one)
    assert len(found) == count
    if format_ in ("gdelt-events", "icews", "polecat"):
        key = next(iter(found[0])) if found else ""
        assert len({row[key] for row in found}) == count


@pytest.mark.parametrize("format_", LAYOUTS)
def test_tabs_and_line_breaks_never_break_a_row(format_):
    bad = "a\tb\nc\r\u2028d\x85e"
    article = {**event()["article"], "publisher": bad, "url": bad, "id": bad}
    one = event(article=article, actor=[side(words=bad, office=bad)], event_loc=place(name=bad))
    assert len(rows(format_, one)) == 1


def test_gdelt_codes_and_numbers():
    (row,) = rows("gdelt-events", event(cameo="042", mentions=[mention(), mention(5)]))
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("042", "042", "04")
    assert (row["QuadClass"], row["GoldsteinScale"], row["NumMentions"]) == ("1", "1.9", "2")
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("20240311", "202403", "2024")
    assert float(row["FractionDate"]) == pytest.approx(2024 + (3 * 30 + 11) / 365, abs=1e-4)
    assert row["DATEADDED"] == "20240312000000"
    assert row["IsRootEvent"] == "1"


@pytest.mark.parametrize(("cameo", "base"), [("0331", "033"), ("14", "140"), ("195", "195")])
def test_gdelt_base_code(cameo, base):
    (row,) = rows("gdelt-events", event(cameo=cameo))
    assert row["EventBaseCode"] == base


@pytest.mark.parametrize(
    ("entity", "code", "country", "group", "types"),
    [
        (side("ROU", "GOV"), "ROMGOV", "ROM", "", ["GOV", "", ""]),
        (side("KEN", "JRN"), "KENMED", "KEN", "", ["MED", "", ""]),
        (side("KEN", "MED"), "KENHLH", "KEN", "", ["HLH", "", ""]),
        (side("KEN", "UNK"), "KEN", "KEN", "", ["", "", ""]),
        (side("UNO"), "IGOUNO", "", "UNO", ["IGO", "", ""]),
        (side("NGO", "MED"), "NGOHLH", "", "", ["NGO", "HLH", ""]),
        (side(None, "REB"), "REB", "", "", ["REB", "", ""]),
        (side("KEN", "LEG", other_sectors=["OPP", "LEG"]), "KENLEGOPP", "KEN", "",
         ["LEG", "OPP", ""]),
    ],
)  # fmt: skip
def test_gdelt_actors(entity, code, country, group, types):
    (row,) = rows("gdelt-events", event(actor=[entity]))
    assert row["Actor1Code"] == code
    assert row["Actor1CountryCode"] == country
    assert row["Actor1KnownGroupCode"] == group
    assert [row[f"Actor1Type{n}Code"] for n in (1, 2, 3)] == types


@pytest.mark.parametrize(
    ("where", "kind", "name", "fips", "feature"),
    [
        (place(), "4", "Mombasa, Mombasa County, Kenya", "KE", ""),
        (place("admin1", name="Bavaria", admin1="Bavaria", country="DEU"), "5", "Bavaria, Germany",
         "GM", ""),
        (place("country", name="Russia", admin1=None, country="RUS"), "1", "Russia", "RS", "RS"),
        (place(name="Toledo", admin1="Ohio", country="USA"), "3", "Toledo, Ohio, United States",
         "US", ""),
        (place("admin1", name="Ohio", admin1="Ohio", country="USA"), "2", "Ohio, United States",
         "US", ""),
    ],
)  # fmt: skip
def test_gdelt_places(where, kind, name, fips, feature):
    (row,) = rows("gdelt-events", event(event_loc=where))
    assert row["ActionGeo_Type"] == kind
    assert row["ActionGeo_FullName"] == name
    assert row["ActionGeo_CountryCode"] == fips
    assert row["ActionGeo_FeatureID"] == feature


def test_mentions_join_with_events_and_tell_where_the_actors_stand():
    one = event(mentions=[mention(), mention(3, 200)])
    (head,) = rows("gdelt-events", one)
    first, second = rows("gdelt-mentions", one)
    assert first["GLOBALEVENTID"] == second["GLOBALEVENTID"] == head["GLOBALEVENTID"]
    assert (first["SentenceID"], second["SentenceID"]) == ("1", "4")
    assert (first["Actor1CharOffset"], second["Actor1CharOffset"]) == ("10", "-1")
    assert second["ActionCharOffset"] == "206"
    assert (first["MentionType"], first["MentionSourceName"]) == ("1", "news.example")
    assert (first["EventTimeDate"], first["Confidence"]) == ("20240311000000", "70")


def test_a_mention_without_an_address():
    article = {**event()["article"], "url": None}
    (row,) = rows("gdelt-mentions", event(article=article))
    assert (row["MentionType"], row["MentionSourceName"]) == ("2", "The Example")
    assert row["MentionIdentifier"] == "a1"


def test_icews():
    recipient = side("RUS", "GOV", other_sectors=["MIL"], identifier_text="Russia")
    (row,) = rows("icews", event(recipient=[recipient], event_loc=place()))
    assert (row["Event Date"], row["CAMEO Code"]) == ("2024-03-11", "161")
    assert (row["Target Name"], row["Target Country"]) == ("Russia", "Russian Federation")
    assert row["Target Sectors"] == "Government,Military"
    assert (row["City"], row["Province"], row["Country"]) == ("Mombasa", "Mombasa County", "Kenya")
    assert 0 < int(row["Story ID"]) < 2**31


def test_polecat():
    one = event(context=["diplomatic", "territory"], actor=[side("DEU", "GOV", office="envoy")])
    (row,) = rows("polecat", one)
    assert (row["Event Type"], row["Event Mode"]) == ("SANCTION", "expel")
    assert row["Contexts"] == "diplomatic; territory"
    assert (row["Actor COW"], row["Actor Title"], row["Placename"]) == ("255", "envoy", "None")


@pytest.mark.parametrize(
    ("cameo", "penta"), [("042", "1"), ("071", "2"), ("112", "3"), ("141", "4"), ("161", "3")]
)
def test_phoenix_classes(cameo, penta):
    (row,) = rows("phoenix", event(cameo=cameo))
    assert row["PentaClass"] == penta


@pytest.mark.parametrize(
    ("entity", "parts"),
    [
        (side("KEN", "GOV", other_sectors=["LEG"]), ["KENGOVLEG", "KEN", "GOV", "LEG"]),
        (side("KEN", "LEG"), ["KENLEG", "KEN", "", "LEG"]),
        (side("EUR"), ["IGOEUREEC", "IGO", "", "EUR;EEC"]),
        (side(None, "REB"), ["---REB", "---", "REB", ""]),
        (side(None), ["", "", "", ""]),
    ],
)
def test_phoenix_actors(entity, parts):
    (row,) = rows("phoenix", event(actor=[entity]))
    assert [row[f"SourceActor{p}"] for p in ("Full", "Entity", "Role", "Attribute")] == parts


@pytest.mark.parametrize(
    ("value", "sqldate"),
    [("2024-03", "20240301"), ("2024", "20240101"), ("2024-03-11", "20240311")],
)
def test_coarse_dates_are_their_first_day(value, sqldate):
    (row,) = rows("gdelt-events", dated(value))
    assert row["SQLDATE"] == sqldate


def test_what_a_layout_cannot_hold_is_counted():
    events = [
        event(), event(status="denied"), event(status="announced"), dated(None), event(cameo=None),
        event(actor=[], recipient=[]),
    ]  # fmt: skip
    done = write_layout(events, "icews", io.StringIO())
    assert (done.rows, done.events, done.status) == (1, 1, 2)
    assert (done.undated, done.no_cameo, done.nobody) == (1, 1, 1)
    assert "left out: 2 of another status, 1 without a date" in done.summary()
    assert write_layout(events, "polecat", io.StringIO()).events == 2
    assert write_layout(events, "icews", io.StringIO(), ["denied"]).events == 1


def test_no_such_format():
    with pytest.raises(UsageError, match="gdelt-events"):
        write_layout([], "gdelt", io.StringIO())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("{", "1: is no JSON"), ("[]", "1: is no object"), ('{"id": "x"}', "it lacks article")],
)
def test_lines_that_are_no_events(tmp_path, text, wrong):
    path = tmp_path / "events.jsonl"
    path.write_text(text + "\n")
    with pytest.raises(UsageError, match=wrong):
        list(read_events(path))


def test_reading_gives_the_events(tmp_path):
    path = save(tmp_path / "events.jsonl", [event(), event(id="e2")])
    assert [e["id"] for e in read_events(path)] == ["e1", "e2"]
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_events(tmp_path / "none.jsonl"))
