"""Regular inflection of English verbs, to recognise forms of the verbs that the lexicon knows."""

from __future__ import annotations

from collections.abc import Iterable

_VOWELS = "aeiou"
_SHORTEST = 3  # `gas`, `bus`


def inflected(verbs: Iterable[str]) -> dict[str, str]:
    """Forms in -ed and -ing of regular verbs, with their lemma.

    A form that two of the verbs share (`planed` of `plane`, not `plan`) is left out.
    """
    found: dict[str, str] = {}
    shared: set[str] = set()
    for verb in sorted(verbs):
        for form in _forms(verb):
            if form in found and found[form] != verb:
                shared.add(form)
            found[form] = verb
    return {form: verb for form, verb in found.items() if form not in shared}


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied", verb + "ing"
    stems = [verb]
    if len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS:
        one_syllable = sum(c in _VOWELS for c in verb) == 1
        # `rap` has only `rapped`; `cancel` has both `canceled` and `cancelled`.
        stems = [verb + verb[-1]] if one_syllable else [verb, verb + verb[-1]]
    return tuple(stem + ending for stem in stems for ending in ("ed", "ing"))


def singular(noun: str) -> str:
    """The regular singular of an English noun in lower case; a noun that is none stays."""
    if noun.endswith(("ss", "us", "is", "news")) or len(noun) <= _SHORTEST:
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "zes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") else noun
