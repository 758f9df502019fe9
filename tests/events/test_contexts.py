"""Contexts: of the sentence by one strong cue, of the article by several."""

from __future__ import annotations

import pytest

from cases import coder
from dragoman.events.contexts import article_contexts
from dragoman.records import Article

SENTENCES = [
    ("military", "The Pentagon criticised China over its flights near Guam."),
    ("intelligence", "Jordan's intelligence ministry thanked France."),
    ("executive", "The president of Peru sacked her cabinet."),
    ("election", "Zambia's opposition accused the president of cheating at the polls."),
    ("pro_autocracy", "Togo's opposition condemned the plan to abolish the term limits."),
    ("repression", "Police in Baku beat peaceful demonstrators."),
    ("human_security", "Denmark sent tents and blankets to Haiti."),
    ("gender", "Norway condemned the Taliban for keeping girls from school."),
    ("inequality", "Unions in Kenya denounced the gulf between rich and poor."),
    ("peacekeeping", "Ghana sent soldiers to South Sudan to monitor the ceasefire."),
    ("natural_resource", "Sudan accused Ethiopia of holding back the waters of the Nile."),
    ("technology", "Japan banned the sale of advanced chips to Russia."),
    ("rights_freedoms", "Belarus raided the offices of an independent newspaper."),
]
PLAIN = [
    "Peru praised Chile.",
    "Rebels attacked a town in northern Mali.",
    "A ship crossed the waters of the Philippines, and Vietnam thanked Manila.",
    "Portugal welcomed the decision of Spain.",
]


@pytest.mark.parametrize(("context", "text"), SENTENCES)
def test_a_strong_cue_in_the_sentence(context: str, text: str) -> None:
    events = coder().code(text, language="en").events
    assert context in {c for event in events for c in event.contexts}


@pytest.mark.parametrize("text", PLAIN)
def test_no_cue_no_context(text: str) -> None:
    assert {
        c for event in coder().code(text, language="en").events for c in event.contexts
    } == set()


VIRUS = (
    "Peru thanked Chile on Monday. The minister spoke at a hospital in Lima, where a vaccine was "
    "being given. Doctors said that the epidemic was slowing."
)
COURT = (
    "Kenya rejected the claims of Somalia. A judge in Nairobi will hear the lawsuit in May, and "
    "lawyers for both sides said that the verdict may take a year."
)
MIXED = (
    "Peru thanked Chile on Monday. The minister spoke at a hospital. A judge was there, and a "
    "general, and a farmer, who had all come by bus."
)


def article(text: str) -> Article:
    return Article("x", text, (), 0, None, None, None, None, "en")


def test_an_article_shows_what_its_first_sentence_does_not() -> None:
    (thanks, *_) = coder().code(VIRUS, language="en").events
    assert thanks.contexts == ("health",)
    (rejected, *_) = coder().code(COURT, language="en").events
    assert "legal" in rejected.contexts


def test_one_word_of_each_thing_shows_nothing() -> None:
    assert article_contexts(article(MIXED), coder().kit.resources.lexicon) == ()


def test_at_most_three_contexts_of_an_article() -> None:
    text = f"{VIRUS} {COURT} Troops, the army, the navy and two battalions stood by. " * 2
    text += "Voters cast their ballots; the election commission counted the votes of the election."
    assert len(article_contexts(article(text), coder().kit.resources.lexicon)) == 3


def test_the_context_of_an_article_leaves_the_cameo_code_alone() -> None:
    alone = coder().code(VIRUS.partition(". ")[0] + ".", language="en").events[0]
    within = coder().code(VIRUS, language="en").events[0]
    assert alone.cameo == within.cameo
