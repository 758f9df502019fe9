"""Light verbs: the verb that carries an event noun (`hold talks`, `come under attack`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dragoman.grammar import first_conjunct, kids, preposition
from dragoman.lexicon import Lexicon
from dragoman.records import Parse


class LightVerb(NamedTuple):
    """One entry of `light_verbs.yml`.

    Attributes:
        group: `light_verbs` (its subject does the noun's event), `receives` (its subject
            suffers it) or `exists` (the noun is its subject).
        preps: prepositions behind which the noun stands; empty where it is the object.
    """

    group: str
    lemma: str
    extra: tuple[str, ...]
    preps: frozenset[str]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]


class Support(NamedTuple):
    """The light verb of a noun: its token and its entry."""

    verb: int
    entry: LightVerb


@dataclass(frozen=True)
class LightVerbs:
    """The light verbs of a language by lemma."""

    by_lemma: Mapping[str, tuple[LightVerb, ...]]
    transparent: frozenset[str]

    @classmethod
    def build(cls, lexicon: Lexicon) -> LightVerbs:
        """Read them from the lexicon's word lists."""
        table: dict[str, list[LightVerb]] = {}
        words: Mapping[str, Any] = lexicon.words.get("light_verbs") or {}
        for group, entries in words.items():
            for entry in entries or []:
                first, *extra = entry["verb"].split()
                table.setdefault(first, []).append(
                    LightVerb(
                        group,
                        first,
                        tuple(extra),
                        frozenset(entry.get("prep") or ()),
                        tuple(entry.get("actor") or ()),
                        tuple(entry.get("recipient") or ()),
                    )
                )
        transparent = lexicon.word_set("nominals", "transparent") | lexicon.word_set(
            "nominals", "portions"
        )
        return cls({k: tuple(v) for k, v in table.items()}, transparent)

    def support_of(self, parse: Parse, noun: int) -> Support | None:
        """The light verb that carries an event noun, or None."""
        outer = self.outermost(parse, noun)
        for verb, relation, prep in self._carriers(parse, outer):
            lemma = parse.tokens[verb].lemma.lower()
            for entry in self.by_lemma.get(lemma, ()):
                if entry.extra and not _has_words(parse, verb, entry.extra):
                    continue
                if entry.group == "exists" and relation == "subject":
                    return Support(verb, entry)
                if entry.group != "exists" and relation == "object" and not entry.preps:
                    return Support(verb, entry)
                if relation == "phrase" and prep in entry.preps:
                    return Support(verb, entry)
        return None

    def outermost(self, parse: Parse, noun: int) -> int:
        """`a wave of protests`: the noun that stands in the clause for the event noun."""
        noun = first_conjunct(parse, noun)
        for _ in range(3):
            token = parse.tokens[noun]
            above = parse.tokens[token.head]
            if token.dep == "nmod" and above.lemma.lower() in self.transparent:
                if preposition(parse, noun) == "of":
                    noun = first_conjunct(parse, token.head)
                    continue
            break
        return noun

    def _carriers(self, parse: Parse, noun: int) -> list[tuple[int, str, str]]:
        """Verbs that may carry the noun, with the noun's relation to them."""
        token = parse.tokens[noun]
        found: list[tuple[int, str, str]] = []
        if token.dep in {"obj", "nsubj:pass"} and not _is_judged(parse, token.head):
            found.append((token.head, "object", ""))
        elif token.dep == "nsubj":
            found.append((token.head, "subject", ""))
        elif token.dep in {"obl", "nmod", "obl:agent"}:
            head = token.head
            if parse.tokens[head].upos not in {"VERB", "AUX"}:
                head = parse.tokens[head].head  # `took part in talks`
            found.append((head, "phrase", preposition(parse, noun)))
        # `talks held in Geneva`, `sanctions that the bloc imposed`
        found += [
            (k, "object", "")
            for k in kids(parse, noun, "acl", "acl:relcl")
            if parse.tokens[k].xpos == "VBN" or parse.tokens[k].dep == "acl:relcl"
        ]
        return found


def _is_judged(parse: Parse, verb: int) -> bool:
    """`called the invasion a crime`: the object is named something, not done."""
    return any(
        parse.tokens[k].upos in {"ADJ", "NOUN", "PROPN"} and not kids(parse, k, "mark")
        for k in kids(parse, verb, "xcomp")
    )


def _has_words(parse: Parse, verb: int, words: tuple[str, ...]) -> bool:
    near = {parse.tokens[k].text.lower() for k in parse.children[verb]}
    return set(words) <= near
