"""Who says what in an article: for every token the source that the text gives, if any.

Three ways lead to a source: a verb of saying or thinking above a clause, a noun or phrase that
holds words (`a claim that`, `according to`), and quotation marks. Of two reports the inner one
wins (`the ministry said that witnesses saw`: witnesses); a quotation is its speaker's throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from dragoman.actors import ActorIndex
from dragoman.events.quotations import find_quotations
from dragoman.events.quoted import Quotes
from dragoman.events.saying import Cues
from dragoman.events.voices import Attribution, Voices, saying_words
from dragoman.lexicon import Lexicon
from dragoman.records import Parse, Source


def sources_by_token(parse: Parse, actors: ActorIndex, lexicon: Lexicon) -> Mapping[int, Source]:
    """The innermost source of every token that has one."""
    voices = Voices(parse, actors, saying_words(lexicon))
    quotes = Quotes(voices, find_quotations(parse, lexicon))
    blocks = list(quotes.blocks())
    voiced = quotes.quoted.keys() | {t for a in blocks for t in a.content}
    found = [a for a in Cues(voices).attributions() if not _is_own_voice(a, voices, voiced)]
    found += [*quotes.attributions(found), *blocks]
    table: dict[int, Source] = {}
    for attribution in sorted(found, key=lambda a: (a.rank, -len(a.content))):
        for token in attribution.content:
            table[token] = attribution.source
    return table


def _is_own_voice(attribution: Attribution, voices: Voices, voiced: Set[int]) -> bool:
    """`"I think ...," he said`: inside a quotation the first person is its speaker."""
    head = attribution.source.mention.head
    word = voices.parse.tokens[head].text.lower()
    return head in voiced and word in voices.words["first_person"]
