"""When two tellings within one article are one event, and what keeps them apart where not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.links.agree import numbers_fit, spots_fit, to_days
from dragoman.links.sides import GENERIC, Sides, all_others, is_person, one_name, parties_of
from dragoman.links.tellings import Telling
from dragoman.records import Event, Mention

_REAL = frozenset({"happened", "ongoing"})
_PLANNED = frozenset({"announced", "hypothetical"})
_VERBAL_QUADS = frozenset({1, 3})
# Types whose words differ much for one act: an attack is a blast, a raid, a killing.
_MANY_WORDS = frozenset({"ASSAULT", "PROTEST", "CONSULT"})
# Types of acts so unlike that only the same word tells the same: praise is no treaty, an export is
# not all trade.
_MANY_ACTS = frozenset({"SUPPORT", "COOPERATE"})
_NEAR = 3  # sentences in which a plan is still the one just told
_SHARED_WORDS = 0.3  # of the shorter telling's content
# What is told as news happened few days before it was printed; what a title takes up may be older.
_NEWS_DAYS = 7


def why_apart(a: Telling, b: Telling) -> str | None:
    """What keeps two tellings apart, for a reader; None where they are one event.

    Args:
        a, b: tellings of one article; `a` is told first.
    """
    return contradiction(a, b) or difference(a, b)


# --------------------------------------------------------------------------- what contradicts


def contradiction(a: Telling, b: Telling) -> str | None:
    """Why two tellings cannot be one event, whatever else speaks for it; None where they may."""
    return next((reason for reason, found in _CONTRADICTIONS if found(a, b)), None)


def _in_one_breath(a: Telling, b: Telling) -> bool:
    return a.sentence.index == b.sentence.index or (a.is_item and b.is_item)


def _statuses_differ(a: Telling, b: Telling) -> bool:
    both = {a.event.status, b.event.status}
    if len(both) == 1 or both <= _REAL:
        return False
    return not (both <= _PLANNED and a.is_top and b.is_lede)  # `X to do it`, `X plans to do it`


def _modes_differ(a: Telling, b: Telling) -> bool:
    x, y = a.event, b.event
    if x.type == "CONSULT" and ("phone" in x.modes) != ("phone" in y.modes):
        return True
    if "visit" in x.modes and "visit" in y.modes and _return_visit(x, y):
        return True
    return bool(x.modes and y.modes) and not set(x.modes) & set(y.modes)


def _return_visit(x: Event, y: Event) -> bool:
    """The travellers of one are the hosts of the other."""
    left, right = ({m.entity.code for m in e.actors} - {None} for e in (x, y))
    if not left or not right or left & right:
        return False
    hosts = ({m.entity.code for m in e.recipients} for e in (x, y))
    first, second = hosts
    return bool(left & second or right & first) or not (first or second)


def _days_differ(a: Telling, b: Telling) -> bool:
    if a.days is not None and b.days is not None:
        return not a.days.touches(b.days)
    # Without a day of publication `on Monday` has no value, and still is not `on Tuesday`.
    unknown = a.event.date.value is None and b.event.date.value is None
    return unknown and len(a.weekdays) == len(b.weekdays) == 1 and a.weekdays != b.weekdays


def _numbers_differ(a: Telling, b: Telling) -> bool:
    shared = a.numbers.keys() & b.numbers.keys()
    return any(not numbers_fit(a.numbers[k], b.numbers[k]) for k in shared)


def _persons_differ(a: Telling, b: Telling) -> bool:
    x, y = a.event, b.event
    if x.type == "CONSULT":
        return _others_speak(a, b)
    return all_others(x.actors, y.actors) or all_others(x.recipients, y.recipients)


def _others_speak(a: Telling, b: Telling) -> bool:
    """Other persons for one of the countries: a minister's visit is not the president's."""
    left, right = ((*t.event.actors, *t.event.recipients) for t in (a, b))
    for code in parties_of(a.event) & parties_of(b.event):
        here = [m for m in left if m.entity.code == code]
        there = [m for m in right if m.entity.code == code]
        if all_others(here, there):
            return True
        if not (a.sentence.is_title and b.is_lede) and (
            _only_sent(a, here, there) or _only_sent(b, there, here)
        ):
            return True
    return False


def _only_sent(t: Telling, sent: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Envoys on one side, the very person who sent them on the other."""
    return all(t.is_delegate(m) for m in sent) and any(is_person(m) for m in others)


_CONTRADICTIONS: tuple[tuple[str, Callable[[Telling, Telling], bool]], ...] = (
    ("another type", lambda a, b: a.event.type != b.event.type),
    ("both in one sentence, or items of one list", _in_one_breath),
    ("another status", _statuses_differ),
    ("another mode", _modes_differ),
    ("another place", lambda a, b: not spots_fit(a.spot, b.spot)),
    ("another day", _days_differ),
    ("another number", _numbers_differ),
    ("other persons", _persons_differ),
)


# --------------------------------------------------------------------------- what shows the same


def difference(a: Telling, b: Telling) -> str | None:
    """What is missing for two tellings that do not contradict; None where they are one event."""
    if a.parse.slice(a.sentence.span) == b.parse.slice(b.sentence.span):
        return None if a.lemmas == b.lemmas else "another act"  # printed twice
    retold = _retold(a, b)
    if b.is_additional and not (a.is_top and (a.is_additional or b.is_first)):
        return "told as one more"
    if not retold and not b.has_doer and not _both_news(a.event, b.event):
        return "one is news, the other has an older date"
    if not _acts_fit(a, b, retold):
        return "nothing shows that it is the same act"
    if not _sides_fit(a, b, retold):
        return "nothing shows that the sides are the same"
    return None


def _retold(a: Telling, b: Telling) -> bool:
    """The main news is told again: the title's, or what the first sentence says has happened."""
    if not (a.is_main and b.is_main):
        return False
    return a.is_top or (a.is_first and {a.event.status, b.event.status} <= _REAL)


def _both_news(x: Event, y: Event) -> bool:
    """False where one is told as news of the day and the other has an older date."""
    if {x.date.source, y.date.source} != {"text", "published"}:
        return True
    told, printed = (x, y) if x.date.source == "text" else (y, x)
    days = to_days(told.date.value, told.date.end)
    news = to_days(printed.date.value)
    return days is None or news is None or days.touches(news, before=_NEWS_DAYS, after=1)


def _acts_fit(a: Telling, b: Telling, retold: bool) -> bool:
    """The same act: by its words, its mode, or because the title's news is told in full."""
    x, y = a.event, b.event
    same_word = _share_word(a.lemmas, b.lemmas)
    if _several(a, b):
        return False
    if not {x.status, y.status} <= _REAL and not (retold and b.is_lede):
        return same_word and _one_plan(a, b)
    if x.type in _MANY_WORDS:
        told = retold and (a.is_top or x.type == "CONSULT")
        return same_word or told or b.is_known or _alike(a, b) or _same_day_or_place(a, b)
    if x.quad in _VERBAL_QUADS:
        return _said_again(a, b, same_word, retold)
    if retold and (same_word or (b.is_lede and x.type not in _MANY_ACTS)):
        return True
    same_mode = bool(set(x.modes) & set(y.modes)) and bool(a.content & b.content)
    return (same_word or same_mode) and _objects_fit(a, b)


def _one_plan(a: Telling, b: Telling) -> bool:
    """What is only planned or feared is one where somebody named does the very same."""
    if a.content and b.content and not _about_one(a.content, b.content):
        return False
    if not all(m.source not in GENERIC for m in (*a.event.actors, *b.event.actors)):
        return False
    near = b.sentence.index - a.sentence.index <= _NEAR
    return near or bool(a.event.recipients and b.event.recipients)


def _several(a: Telling, b: Telling) -> bool:
    """`his rallies` are more than the one told before, unless both sides are told."""
    if b.is_known or a.is_many == b.is_many or a.trigger_word == b.trigger_word:
        return False
    noun, other = (a, b) if a.is_many else (b, a)
    one_mode = set(noun.event.modes) & set(other.event.modes)
    if not other.is_noun and one_mode and noun.lemmas & other.lemmas:
        return False  # `imposed tariffs`, `their tariffs`
    return not all(_between_two(e) or len(e.actors) > 1 for e in (a.event, b.event))


def _said_again(a: Telling, b: Telling, same_word: bool, retold: bool) -> bool:
    """Words are the same where their matter is, or where the title's are told in full."""
    x, y = a.event, b.event
    if retold and x.type not in _MANY_ACTS:
        if b.is_lede and (not a.content or not b.content or a.content & b.content):
            return True
        if x.modes and x.modes == y.modes and _between_two(x) and _between_two(y):
            return True
    if retold and b.is_lede:
        return same_word
    named = _between_two(x) and _between_two(y)
    if not same_word or not (named or b.is_noun or (a.content and b.content)):
        return False
    named_again = named and (a.is_one_noun or b.is_one_noun) and bool(a.content & b.content)
    return named_again or _about_one(a.content, b.content)


def _between_two(event: Event) -> bool:
    """Between states or persons of name, one on each side."""
    sides = (*event.actors, *event.recipients)
    named = all(m.source not in GENERIC or is_person(m) for m in sides)
    return len(event.actors) == len(event.recipients) == 1 and named


def _objects_fit(a: Telling, b: Telling) -> bool:
    """False for two gifts: `gave money`, `gave boats`."""
    return not a.objects or not b.objects or bool(a.objects & b.objects)


def _about_one(left: frozenset[str], right: frozenset[str]) -> bool:
    """What is said, asked or promised shares a good part of its words."""
    fewer = min(len(left), len(right))
    return len(left & right) >= max(_SHARED_WORDS * fewer, min(fewer, 2))


def _alike(a: Telling, b: Telling) -> bool:
    """The same number, or for attacks the same mode: most protests are of one mode."""
    x, y = a.event, b.event
    return (x.type == "ASSAULT" and bool(set(x.modes) & set(y.modes))) or _same_number(a, b)


def _same_number(a: Telling, b: Telling) -> bool:
    return any(a.numbers[k] == b.numbers[k] for k in a.numbers.keys() & b.numbers.keys())


def _same_day_or_place(a: Telling, b: Telling) -> bool:
    x, y = a.event, b.event
    if x.place and y.place and x.place.precision != "country":
        if x.place.geonameid is not None and x.place.geonameid == y.place.geonameid:
            return True
    dated = x.date.source == y.date.source == "text"
    return dated and x.date.precision == "day" and x.date.value == y.date.value


def _share_word(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(_one_stem(a, b) for a in left for b in right)


def _one_stem(a: str, b: str) -> bool:
    """`accuse` and `accusation`, `deny` and `denial`."""
    shorter = min(len(a), len(b))
    same = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return a == b or same >= max(3, shorter - 2, max(len(a), len(b)) // 2)


def _sides_fit(a: Telling, b: Telling, retold: bool) -> bool:
    x, y = a.event, b.event
    fit = Sides(a, b, retold)
    if x.type == "CONSULT":  # who hosts and who visits may be told either way
        return fit.parties()
    same_word = _share_word(a.lemmas, b.lemmas)
    again = b.is_known and same_word
    if not fit.side(x.actors, y.actors) and not _is_open_attack(a, b):
        if not again or _named(y.actors):
            return False
    if not x.recipients or not y.recipients:
        main_news = retold and (a.is_top or b.is_lede)
        if main_news or again or bool(x.recipients) == bool(y.recipients):
            return True
        return b.is_one_noun and same_word and _one_doer(a, b)
    return fit.side(x.recipients, y.recipients)


def _one_doer(a: Telling, b: Telling) -> bool:
    """Somebody named does both: `resigned`, `Vega's resignation`."""
    tokens = a.parse.tokens
    return any(
        one_name(m.entity.name, n.entity.name)
        or (tokens[m.head].upos == "PROPN" and tokens[m.head].text == tokens[n.head].text)
        for m in a.event.actors
        for n in b.event.actors
    )


def _named(mentions: Sequence[Mention]) -> bool:
    return any(m.source != "unidentified" for m in mentions)


def _is_open_attack(a: Telling, b: Telling) -> bool:
    """One telling leaves open who did it, and place or numbers show that it is the same."""
    if all(m.source != "unidentified" for m in (*a.event.actors, *b.event.actors)):
        return False
    if a.event.place and b.event.place and a.event.place.geonameid == b.event.place.geonameid:
        return a.event.place.precision != "country"
    return _same_number(a, b)


def any_of(tellings: Iterable[Telling], telling: Telling) -> bool:
    """True where one of the earlier tellings tells the same, and none contradicts."""
    found = False
    for earlier in tellings:
        if contradiction(earlier, telling) is not None:
            return False
        found = found or difference(earlier, telling) is None
    return found
