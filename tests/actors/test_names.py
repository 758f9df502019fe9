"""Written forms found in a text: accents, capitals, acronyms, the longest name first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.actors.names import NameHit, NameIndex, fold
from dragoman.lexicon.schema import Name

FORMS = [
    "United States", "U.S.", "US", "Guinea", "Guinea-Bissau", "Papua New Guinea", "Côte d'Ivoire",
    "the Netherlands", "Saint Lucia", "St. Lucia", "Lukašenka", "Recep Tayyip Erdoğan", "Kremlin",
    "South Korea", "Korea", "AU", "Lord's Resistance Army", "Shell", "Åland", "Łódź",
]  # fmt: skip
NAMES = [Name(text, number, "name", False) for number, text in enumerate(FORMS)]
INDEX = NameIndex.build([*NAMES, Name("al-Shabaab", len(FORMS), "name", True)])
TEXTS = [*FORMS, "al-Shabaab"]


def found(text: str) -> list[tuple[str, str]]:
    """Each hit: its words in the text, and the name that it is."""
    return [(text[h.span.start : h.span.end], TEXTS[h.names[0]]) for h in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The U.S. left.", "U.S.", "U.S."),
        ("It left the U.S.", "U.S.", "U.S."),
        ("The US left.", "US", "US"),
        ("The United States left.", "United States", "United States"),
        ("In Cote d’Ivoire it rained.", "Cote d’Ivoire", "Côte d'Ivoire"),
        ("In Côte d'Ivoire it rained.", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("Lukasenka spoke.", "Lukasenka", "Lukašenka"),
        ("Recep Tayyip Erdogan spoke.", "Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Lodz is a city.", "Lodz", "Łódź"),
        ("Aland is an island.", "Aland", "Åland"),
        ("St Lucia votes.", "St Lucia", "St. Lucia"),
        ("St. Lucia votes.", "St. Lucia", "St. Lucia"),
        ("The Netherlands votes.", "Netherlands", "the Netherlands"),
        ("The Lord’s Resistance Army fled.", "Lord’s Resistance Army", "Lord's Resistance Army"),
        ("Al-Shabaab fled.", "Al-Shabaab", "al-Shabaab"),
        ("Al Shabaab fled.", "Al Shabaab", "al-Shabaab"),
        ("United\u00a0States troops", "United\u00a0States", "United States"),
    ],
)
def test_a_name_is_found(text: str, words: str, name: str) -> None:
    assert (words, name) in found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Papua New Guinea and Guinea-Bissau", ["Papua New Guinea", "Guinea-Bissau"]),
        ("Guinea and Bissau", ["Guinea"]),
        ("South Korea, North Korea", ["South Korea", "Korea"]),
    ],
)
def test_the_longest_name_wins(text: str, names: list[str]) -> None:
    assert [name for _, name in found(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("KREMLIN WARNS SOUTH KOREA", ["Kremlin", "South Korea"]),
        ("UNITED STATES LEAVES", ["United States"]),
    ],
)
def test_headlines_in_capitals(text: str, names: list[str]) -> None:
    assert [name for _, name in found(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "they told us so",  # no US
        "an au pair",  # no AU
        "They shell the town.",  # no company
        "kremlin",
        "The united front states its aims.",
        "They met. States voted.",
        "Usage of the USB stick",  # part of a longer word
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert found(text) == []


def test_a_full_stop_between_sentences_joins_no_name() -> None:
    assert found("They are united. United. States voted.") == []


def test_forms_written_alike_the_later_first() -> None:
    index = NameIndex.build([Name("PPP", 0, "name", False), Name("PPP", 1, "name", False)])
    assert index.find("The PPP won.") == [
        NameHit(index.find("PPP")[0].span._replace(start=4, end=7), (1, 0))
    ]


def test_a_name_of_punctuation_only_is_left_out() -> None:
    assert NameIndex.build([Name("!!!", 0, "name", False)]).find("!!!") == []


def test_nothing() -> None:
    assert INDEX.find("") == []


@given(st.lists(st.sampled_from([*FORMS, "said", "the", ".", ",", "-", " ", "(", "é", "🙂"])))
def test_hits_slice_and_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for hit in INDEX.find(text):
        assert hit.span.start >= end
        assert hit.span.end <= len(text)
        assert text[hit.span.start : hit.span.end].strip()
        end = hit.span.end


@given(st.text())
def test_any_text(text: str) -> None:
    INDEX.find(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Erdoğan", "Erdogan"), ("Đinđić", "Dindic"), ("Straße", "Strasse"), ("Kraków", "Krakow"),
     ("Þór", "Thor"), ("plain", "plain")],
)  # fmt: skip
def test_fold(text: str, plain: str) -> None:
    assert fold(text) == plain
