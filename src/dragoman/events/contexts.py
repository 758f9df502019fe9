"""Why it happened: PLOVER contexts from the trigger, its sentence, and the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.lexicon import Lexicon
from dragoman.lexicon.inflect import singular
from dragoman.ontology import Ontology
from dragoman.records import Article, Event, Step

_WORD = re.compile(r"\w+")
_WORD_OF_TEXT = re.compile(r"\w+(?:['’-]\w+)*")
_CUES = 3  # different cues of an article that show a context
_MOST = 3  # contexts of an article


def add_contexts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Contexts that the trigger itself or a strong cue of its sentence shows."""
    sentence = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    lemmas = scene.parse.lemmas[sentence.first : sentence.last]
    texts = scene.parse.lower[sentence.first : sentence.last]
    words, phrases = scene.lexicon.context_cues
    found = list(draft.contexts)
    # The lemma of `Muslims` is `Muslims`: names keep their plural.
    told = {*lemmas, *texts, *map(singular, texts)}
    for word in told & words.keys():
        found += words[word]
    told_so = (_joined(lemmas), _joined(texts))
    for opening in phrases.keys() & set(_WORD.findall(" ".join(told_so))):
        found += [c for phrase, c in phrases[opening] if any(phrase in text for text in told_so)]
    known = tuple(sorted({c for c in found if scene.ontology.is_context(c)}))
    if known == draft.contexts:
        return draft
    return replace(draft, contexts=known, steps=(*draft.steps, Step("context", ", ".join(known))))


def article_contexts(article: Article, lexicon: Lexicon) -> tuple[str, ...]:
    """What an article as a whole is about, by its different cue words; at most three contexts.

    A context needs one strong cue and two others. A long article has a weak cue of everything.
    """
    words = [w.replace("’", "'") for w in _WORD_OF_TEXT.findall(article.text.lower())]
    forms = {*words, *map(singular, words)}
    text = f" {' '.join(words)} "
    found: dict[str, set[str]] = {}
    strong: set[str] = set()
    for cues, is_strong in ((lexicon.context_cues, True), (lexicon.weak_context_cues, False)):
        for word in forms & cues[0].keys():
            for context in cues[0][word]:
                found.setdefault(context, set()).add(word)
                strong |= {context} if is_strong else set()
        for opening in forms & cues[1].keys():
            for phrase, context in cues[1][opening]:
                if phrase in text or f"{phrase.rstrip()}s " in text:
                    found.setdefault(context, set()).add(phrase)
                    strong |= {context} if is_strong else set()
    enough = [c for c, told in found.items() if c in strong and len(told) >= _CUES]
    return tuple(sorted(enough, key=lambda c: (-len(found[c]), c))[:_MOST])


def with_contexts(
    events: Iterable[Event], article: Article, lexicon: Lexicon, ontology: Ontology
) -> tuple[Event, ...]:
    """Events with the contexts of their article beside their own.

    The nearest CAMEO code stays that of the event's own contexts: what else the article is about
    does not make an agreement a military one.
    """
    events = tuple(events)
    known = (
        [c for c in article_contexts(article, lexicon) if ontology.is_context(c)] if events else []
    )
    if not known:
        return events
    step = Step("context", f"of the article: {', '.join(sorted(known))}")
    return tuple(
        replace(
            event,
            contexts=tuple(sorted({*event.contexts, *known})),
            steps=(*event.steps, step),
        )
        if not set(known) <= set(event.contexts)
        else event
        for event in events
    )


def _joined(words: Iterable[str]) -> str:
    """Words as cues write them: `women's rights`, `same-sex`, which the parser takes apart."""
    text = f" {' '.join(words)} ".replace("’", "'")
    return text.replace(" '", "'").replace(" - ", "-")
