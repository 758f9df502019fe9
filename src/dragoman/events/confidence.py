"""How sure a record is: an estimate from what decided it, not a learned probability.

The factors are set by judgement: each halves or trims the trigger's own score where a side came
from further away. A learned calibration takes its place with the model of a later release.
"""

from __future__ import annotations

from dragoman.events.draft import Draft

_SOURCES = {"name": 1.0, "person": 1.0, "agent": 0.95, "ner": 0.9, "place": 0.85, "pronoun": 0.85,
            "context": 0.8, "thing": 0.7, "unidentified": 0.5}  # fmt: skip


def estimate(draft: Draft) -> float:
    """Confidence of a draft, 0 to 1."""
    score = draft.candidate.trigger.score + 0.05 * bool(draft.candidate.trigger.conditions.weight)
    score *= max((_SOURCES.get(m.source, 0.8) for m in draft.actors), default=0.5)
    if draft.recipients:
        score *= max(_SOURCES.get(m.source, 0.8) for m in draft.recipients)
    elif not draft.candidate.trigger.reciprocal:
        score *= 0.85
    if any("named by no word" in step.text for step in draft.steps):
        score *= 0.85
    return round(min(score, 0.99), 3)
