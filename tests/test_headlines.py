"""Headlines read as sentences: capitals, bare passives, and that nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.grammar import is_passive
from dragoman.records import Article, Span
from scenes import article, resources, token_of

BODY = "The march in Lima went on. Marchers of the Condor League met Carlos Sparrow, says Sparrow."


def read(line: str, body: str = "") -> str:
    text = f"{line}\n{body}" if body else line
    spans = [Span(0, len(line))] + ([Span(len(line) + 1, len(text))] if body else [])
    made = Article("x", text, tuple(spans), 1, None, None, None, None, "en")
    found = resources().headlines.as_sentences(made)
    assert found[len(line) :] == text[len(line) :]
    return found[: len(line)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Kenyan Students March On Court In Nairobi", "Kenyan students march on court in Nairobi"),
        ("Gordon Brown Vows to Aid Ghana", "Gordon Brown vows to aid Ghana"),  # a known name
        ("UN Envoy Urges Libya Ceasefire", "UN envoy urges Libya ceasefire"),  # an acronym
        ("FRANCE CONDEMNS COUP IN NIGER", "France condemns coup in Niger"),
        ("U.S. Troops Leave Iraqi Base After Attack", "U.S. troops leave Iraqi base after attack"),
    ],
)
def test_capitals_of_a_headline(line: str, sentence: str) -> None:
    assert read(line) == sentence


@pytest.mark.parametrize(
    "line",
    [
        "Kenya expels two Somali diplomats",
        "Kenyan Students March On Court In Nairobi.",  # a sentence, whatever its capitals
        "Nicolas Sarkozy and Angela Merkel meet Vladimir Putin",
        "Chad, the rebels say, is at war",
        "Chad, Mali sign pact.",  # a sentence
        "Lima",
        "",
    ],
)
def test_others_stay_as_they_are(line: str) -> None:
    assert read(line) == line


def test_the_article_tells_what_is_a_name() -> None:
    line = "Lima March: Condor Marchers Greet Mr Sparrow"
    assert read(line, "A condor sat there, and a sparrow.") == (
        "Lima march: condor marchers greet Mr sparrow"
    )
    assert read(line, BODY) == "Lima march: Condor marchers greet Mr Sparrow"


@given(st.text(max_size=60))
def test_characters_stay_where_they_are(line: str) -> None:
    line = line.replace("\n", " ")
    assert len(read(line)) == len(line)
    assert read(line).casefold() == line.casefold()


def test_the_words_of_the_parse_are_those_of_the_article() -> None:
    made = article("Kenyan Students March On Court In Nairobi")
    parse = resources().parse_all(made)
    assert [t.text for t in parse.tokens] == made.text.split()
    assert parse.tokens[2].upos == "VERB"


@pytest.mark.parametrize(
    ("line", "verb", "passive"),
    [
        ("Togo activist released after protest", "released", True),
        ("UN convoy attacked in Juba", "attacked", True),
        ("Niger minister forced to resign", "forced", True),
        ("Niger minister threatened to resign", "threatened", False),
        ("Niger police arrested two activists", "arrested", False),
        ("Togo activist marched in Lome", "marched", False),
        ("Niger police arrested the activists", "arrested", False),
        ("Rebels attacked in Juba.", "attacked", False),  # a sentence
    ],
)
def test_past_forms_that_lost_their_auxiliary(line: str, verb: str, passive: bool) -> None:
    parse = resources().parse_all(article(line))
    assert is_passive(parse, token_of(parse, verb)) is passive


def test_names_that_share_a_headline_are_coupled() -> None:
    assert read("Chad, Mali hold drill") == "Chad& Mali hold drill"
    assert read("Nicolas Sarkozy, Angela Merkel meet") == "Nicolas Sarkozy& Angela Merkel meet"
    assert read("Chad, Mali, a big neighbour") == "Chad, Mali, a big neighbour"


@pytest.mark.parametrize(
    ("line", "verb", "subject", "thing"),
    [
        ("Cuba signs pact with Nepal", "signs", "Cuba", "pact"),
        ("Kenya lifts ban on two newspapers", "lifts", "Kenya", "ban"),
        ("Vietnam backs bid by Togo", "backs", "Vietnam", "bid"),
        ("South Korea expels envoy", "expels", "Korea", "envoy"),
        ("Macron orders probe into killing", "orders", "Macron", "probe"),
    ],
)
def test_verbs_taken_for_plurals(line: str, verb: str, subject: str, thing: str) -> None:
    parse = resources().parse_all(article(line))
    found = parse.tokens[token_of(parse, verb)]
    assert (found.upos, found.dep) == ("VERB", "root")
    assert parse.tokens[token_of(parse, subject)][7:9] == ("nsubj", found.i)
    assert parse.tokens[token_of(parse, thing)][7:9] == ("obj", found.i)


@pytest.mark.parametrize(
    "line",
    [
        "Gaza raids toll at 40",
        "Brazil beef exports to China",
        "Kenya strikes cripple hospitals",
        "UN rights talks in Geneva",
        "Cuba signs pact with Nepal.",  # a sentence, which the parser is left to read
    ],
)
def test_plurals_stay_plurals(line: str) -> None:
    made = article(line)
    parse = resources().parse_all(made)
    assert resources().headline_verbs.restored(parse) == parse


@pytest.mark.parametrize(
    "line", ["Modi to visit Oman", "Xi to pardon editors", "EU to ease curfew"]
)
def test_an_infinitive_that_is_a_plan(line: str) -> None:
    parse = resources().parse_all(article(line))
    assert [t.dep for t in parse.tokens[:4]] == ["nsubj", "mark", "root", "obj"]


def test_an_infinitive_that_describes_a_thing() -> None:
    parse = resources().parse_all(article("Deal to end war in Yemen"))
    assert parse.tokens[0].dep == "root"


def test_coupled_names_before_a_verb_taken_for_a_noun() -> None:
    parse = resources().parse_all(article("Bhutan, Bangladesh ink transit accord"))
    verb = token_of(parse, "ink")
    assert parse.tokens[verb].dep == "root"
    assert parse.tokens[0][7:9] == ("nsubj", verb)
    assert parse.tokens[token_of(parse, "Bangladesh")].dep == "conj"
