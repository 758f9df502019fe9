"""The first look: what is parsed, and that what is not leaves the rest as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.look import FirstLook
from dragoman.pipeline import Resources, code_article, code_parse
from dragoman.records import Article
from scenes import article, resources

QUIET = "The sky over Lima was blue."
TELLING = "Kenya expelled two Somali diplomats on Monday."


@pytest.fixture(scope="module")
def look() -> FirstLook:
    return resources().look


def unread(text: str) -> list[str]:
    found = article(text)
    return [found.text[s.start : s.end] for s in resources().look.unread(found)]


def test_every_example_of_the_lexicon_is_read(look: FirstLook) -> None:
    """No trigger may be overlooked in the sentence that its own entry gives as its example."""
    from dragoman.lexicon.load import read_examples

    # Operators alone, over words that are no trigger, tell nothing.
    fires = [e for e in read_examples("en") if e.fires]
    examples = [e for e in fires if "/operators/" not in e.rule]
    assert len(examples) > 1000
    assert [e.text for e in examples if not look.may_tell(e.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers FIRED on a crowd.",  # in capitals
        "The rebels fled, and were shot.",  # irregular forms
        "Police used tear gas.",  # an object that the entry asks for
        "A counter-attack followed.",
        "They met in Lima.",
        "Peru said that Chile must return the ship.",  # a demand, by its modal alone
    ],
)
def test_words_in_any_form_are_seen(look: FirstLook, text: str) -> None:
    assert look.may_tell(text)


@pytest.mark.parametrize("text", [QUIET, "", "…", "She is forty.", "He took a piece of cake."])
def test_what_tells_nothing(look: FirstLook, text: str) -> None:
    assert not look.may_tell(text)


def test_a_sentence_is_left_out_in_the_middle_of_its_paragraph() -> None:
    assert unread(f"{TELLING} {QUIET} {TELLING}") == [QUIET]


def test_whom_a_pronoun_means_is_read() -> None:
    assert unread(f"{QUIET} She expelled two diplomats.") == []


def test_who_speaks_beside_a_quotation_is_read() -> None:
    quoted = "“Kenya expelled two Somali diplomats on Monday."
    assert unread(f"{quoted} The sky was blue,” Diaz said. {QUIET}") == [QUIET]
    assert unread(f"{QUIET} Diaz was calm. {quoted}”") == [QUIET]


def test_words_that_are_not_parsed_keep_their_places() -> None:
    text = f"{QUIET} {TELLING} {QUIET}\n{QUIET}"
    parse = resources().parse(article(text))
    assert [s.is_read for s in parse.sentences] == [False, True, False, False]
    assert [s.index for s in parse.sentences] == [0, 1, 2, 3]
    assert [parse.slice(s.span) for s in parse.sentences] == [QUIET, TELLING, QUIET, QUIET]
    assert [s.paragraph for s in parse.sentences] == [0, 0, 0, 1]
    assert [text[t.start : t.end] for t in parse.tokens] == [t.text for t in parse.tokens]
    assert [t.i for t in parse.tokens] == list(range(len(parse.tokens)))


def test_names_and_dates_that_are_not_parsed_are_known() -> None:
    text = "Peru was sunny on 3 May 2021. The authorities expelled three Kenyan envoys."
    found = article(text)
    assert len(resources().look.unread(found)) == 1
    (event,) = code_article(found, resources()).events
    assert [m.entity.code for m in event.actors] == ["PER"]


def test_an_event_is_the_same_whatever_stands_unread_around_it() -> None:
    (alone,) = code_article(article(TELLING), resources()).events
    (among,) = code_article(article(f"{QUIET} {TELLING} {QUIET}"), resources()).events
    assert [m.entity for m in among.actors] == [m.entity for m in alone.actors]
    assert (among.type, among.status) == (alone.type, alone.status)
    assert among.mentions[0].sentence == 1


def test_headlines_are_looked_at_whole() -> None:
    found = replace(article(f"{QUIET} {TELLING}"), title_paragraphs=1)
    assert resources().look.unread(found) == ()


def test_without_the_first_look_all_is_parsed() -> None:
    text: Article = article(f"{QUIET} {TELLING}")
    whole = Resources(replace(resources().settings, first_look=False))
    vars(whole).update(parser=resources().parser, lexicon=resources().lexicon)
    coding = code_article(text, whole)
    assert coding.parse == resources().parser.parse(text)
    assert all(sentence.is_read for sentence in coding.parse.sentences)
    assert coding.events == code_parse(text, resources().parser.parse(text), resources()).events
