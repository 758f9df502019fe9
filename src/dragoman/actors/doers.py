"""Words before a noun that tells a deed, which name its doer: `a rebel attack`."""

from __future__ import annotations

from dragoman.lexicon import Lexicon
from dragoman.records import Parse

_BEFORE = frozenset({"amod", "compound"})
_ARMED = frozenset({"REB", "PRM", "UAF", "CRM"})


def names_doer(parse: Parse, lexicon: Lexicon, i: int) -> bool:
    """True for a word for armed people before their deed: `guerrilla raids`, `a rebel attack`."""
    token = parse.tokens[i]
    if token.dep not in _BEFORE:
        return False
    agents = lexicon.agents_by_head.get(parse.lemmas[i], ())
    if not any(len(a.words) == 1 and a.adjective and a.sector in _ARMED for a in agents):
        return False
    deeds = lexicon.by_head.get(("noun", parse.lemmas[token.head]), ())
    return any("poss" in t.actor and not t.extra and not t.operator for t in deeds)
