"""Why it happened: PLOVER contexts from the trigger and from cue words of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.records import Step


def add_contexts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Contexts that the trigger itself or a strong cue of its sentence shows."""
    sentence = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    tokens = scene.parse.tokens[sentence.first : sentence.last]
    words, phrases = scene.lexicon.context_cues
    found = list(draft.contexts)
    for token in tokens:
        found += words.get(token.lemma.lower(), ())
        found += words.get(token.text.lower(), ())
    lemmas = f" {' '.join(t.lemma.lower() for t in tokens)} "
    text = f" {' '.join(t.text.lower() for t in tokens)} "
    found += [context for phrase, context in phrases if phrase in lemmas or phrase in text]
    known = tuple(sorted({c for c in found if scene.ontology.is_context(c)}))
    if known == draft.contexts:
        return draft
    return replace(draft, contexts=known, steps=(*draft.steps, Step("context", ", ".join(known))))
