"""Why it happened: PLOVER contexts from cue words of the sentence and the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dragoman.events.draft import Draft, Scene
from dragoman.records import Step


def add_contexts(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Contexts that the trigger, the sentence's cue words or the whole article show."""
    table: Mapping[str, Any] = scene.lexicon.words.get("contexts") or {}
    table = table.get("contexts", table)
    sentence = scene.parse.sentences[scene.parse.sentence_of[draft.token]]
    here = " " + " ".join(
        t.lemma.lower() for t in scene.parse.tokens[sentence.first : sentence.last]
    ) + " "  # fmt: skip
    text = " " + " ".join(
        t.text.lower() for t in scene.parse.tokens[sentence.first : sentence.last]
    ) + " "  # fmt: skip
    found = list(draft.contexts)
    for name, cues in table.items():
        if not isinstance(cues, Mapping) or name in found:
            continue
        if any(f" {cue} " in here or f" {cue} " in text for cue in cues.get("sentence") or ()):
            found.append(name)
    known = tuple(c for c in dict.fromkeys(found) if scene.ontology.is_context(c))
    if known == draft.contexts:
        return draft
    step = Step("context", ", ".join(known))
    return replace(draft, contexts=known, steps=(*draft.steps, step))
