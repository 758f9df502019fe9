"""Why it happened: PLOVER contexts from the trigger and from cue words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.lexicon.inflect import singular
from dragoman.records import Step

_WORD = re.compile(r"\w+")


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


def _joined(words: Iterable[str]) -> str:
    """Words as cues write them: `women's rights`, `same-sex`, which the parser takes apart."""
    text = f" {' '.join(words)} ".replace("’", "'")
    return text.replace(" '", "'").replace(" - ", "-")
