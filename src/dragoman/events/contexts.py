"""Why it happened: PLOVER contexts from the trigger and from cue words of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.events.draft import Draft, Scene
from dragoman.lexicon.inflect import singular
from dragoman.records import Step


def add_contexts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Contexts that the trigger itself or a strong cue of its sentence shows."""
    sentence = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    tokens = scene.parse.tokens[sentence.first : sentence.last]
    words, phrases = scene.lexicon.context_cues
    found = list(draft.contexts)
    for token in tokens:
        # The lemma of `Muslims` is `Muslims`: names keep their plural.
        for word in {token.lemma.lower(), token.text.lower(), singular(token.text.lower())}:
            found += words.get(word, ())
    lemmas = _joined(t.lemma for t in tokens)
    text = _joined(t.text for t in tokens)
    found += [context for phrase, context in phrases if phrase in lemmas or phrase in text]
    known = tuple(sorted({c for c in found if scene.ontology.is_context(c)}))
    if known == draft.contexts:
        return draft
    return replace(draft, contexts=known, steps=(*draft.steps, Step("context", ", ".join(known))))


def _joined(words: Iterable[str]) -> str:
    """Words as cues write them: `women's rights`, `same-sex`, which the parser takes apart."""
    text = f" {' '.join(words)} ".lower().replace("’", "'")
    return text.replace(" '", "'").replace(" - ", "-")
