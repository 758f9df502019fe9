"""The words of a language that show which names are places: `data/lang/*/places.yml`, as sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.lexicon import Lexicon
from dragoman.places.names import key_of

# Written forms in a country's file that are places; the first that a form is listed under counts.
_PLACE_FORMS = ("name", "capital", "region")
_PEOPLE_FORMS = ("demonym", "people")
_ACRONYM = 3  # `UK`, `UAE`: names so short are written in capitals


@dataclass(frozen=True)
class PlaceWords:
    """Word lists and the names that countries, their people, capitals and regions go by.

    Attributes:
        division_words, town_words, landscape_words: nouns beside a name that say its kind.
        facilities: last words of names of places that people can be at.
        not_after: words after a name that make it something else.
        not_places: keys of names that are mostly something else.
        person_titles: as they stand.
        abbreviations: short form to code of the first-level division.
        countries: key to codes of the states that are called so.
        seats: key to (code, whether a capital) of capitals and regions named in country files.
        people: demonyms as written to code.
        adjectives: what is called after a region, as written, to the region's key.
        streets: last words of names that say nothing of the town before them.
        alone: words that never are a place by themselves.
        near: adjectives before a name that make it a place (`downtown X`).
        near_by: those of them that only stand before places.
        sites: nouns of buildings and the like after a name (`placing.yml`).
        institutions: those facilities that may also speak and act.
        place_objects: verbs whose object is a place.
        entered: those of them whose object is hardly ever a person or a body.
        before_places: prepositions that hardly ever stand before persons.
        before_containers: those that do, unless a larger place is named after the name.
        before_names: those that make a name that may be a place one.
        containing: words between a place and a larger one that it lies in.
        of: `of`.
        articles, free_articles: articles inside names (`al-`); those that are no English words.
        inside_names: words that stand inside names.
        breaks: words that part two places.
        actors: keys of the names of persons, bodies and groups.
    """

    division_words: frozenset[str]
    town_words: frozenset[str]
    landscape_words: frozenset[str]
    facilities: frozenset[str]
    not_after: frozenset[str]
    not_places: frozenset[str]
    person_titles: frozenset[str]
    abbreviations: Mapping[str, str]
    countries: Mapping[str, str]
    seats: Mapping[str, tuple[str, bool]]
    people: Mapping[str, str]
    adjectives: Mapping[str, str]
    streets: frozenset[str]
    alone: frozenset[str]
    near: frozenset[str]
    near_by: frozenset[str]
    sites: frozenset[str]
    institutions: frozenset[str]
    place_objects: frozenset[str]
    entered: frozenset[str]
    before_places: frozenset[str]
    before_containers: frozenset[str]
    before_names: frozenset[str]
    containing: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    free_articles: frozenset[str]
    inside_names: frozenset[str]
    breaks: frozenset[str]
    actors: frozenset[str]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Lemmas of nouns beside a name that say what kind of place it is."""
        named = frozenset(w.lower() for w in self.built)
        return self.town_words | self.division_words | self.landscape_words | named

    @cached_property
    def built(self) -> frozenset[str]:
        """Last words of names of built or natural places."""
        return self.facilities | self.streets

    @cached_property
    def areas(self) -> frozenset[str]:
        """... that never speak or act."""
        return self.built - self.institutions

    @cached_property
    def never(self) -> frozenset[str]:
        """Keys of words that name the kind of a place, and alone no place."""
        return frozenset(map(key_of, self.facilities | self.streets | self.not_after | self.alone))

    @classmethod
    def build(cls, lexicon: Lexicon) -> PlaceWords:
        """Read the lists of a language and the names in its lexicon."""

        def words(key: str) -> frozenset[str]:
            return lexicon.word_set("places", key)

        countries, seats, people = _names(lexicon)
        return cls(
            division_words=words("division_words"),
            town_words=words("town_words"),
            landscape_words=words("landscape_words"),
            facilities=words("facilities"),
            not_after=words("not_after"),
            not_places=frozenset(map(key_of, words("not_places"))),
            person_titles=words("person_titles"),
            abbreviations=_inverted(lexicon, "abbreviations", str),
            countries=countries,
            seats=seats,
            people=people,
            adjectives=_inverted(lexicon, "adjectives", key_of),
            streets=words("streets"),
            alone=words("never"),
            near=words("near"),
            near_by=words("near_by"),
            sites=lexicon.word_set("placing", "sites"),
            institutions=words("institutions"),
            place_objects=words("place_objects"),
            entered=words("entered"),
            before_places=words("before_places"),
            before_containers=words("before_containers"),
            before_names=words("before_names"),
            containing=words("containing"),
            of=words("of"),
            articles=words("articles"),
            free_articles=words("free_articles"),
            inside_names=words("inside_names"),
            breaks=words("breaks"),
            actors=_actors(lexicon),
        )


def _inverted(lexicon: Lexicon, name: str, form: Callable[[str], str]) -> dict[str, str]:
    """A table of lists as a table from each item to its key."""
    table = (lexicon.words.get("places") or {}).get(name) or {}
    return {item: form(key) for key, items in table.items() for item in items}


def _actors(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        key_of(name.text.removeprefix("the "))
        for name in lexicon.names
        if lexicon.actors[name.actor].kind not in {"state", "region"} and name.form != "surname"
    )


def _names(
    lexicon: Lexicon,
) -> tuple[dict[str, str], dict[str, tuple[str, bool]], dict[str, str]]:
    countries: dict[str, str] = {}
    seats: dict[str, tuple[str, bool]] = {}
    people: dict[str, str] = {}
    for name in lexicon.names:
        actor = lexicon.actors[name.actor]
        if actor.kind != "state" or not actor.code:
            continue
        if name.form in _PEOPLE_FORMS:
            people.setdefault(name.text, actor.code)
            continue
        if name.form not in _PLACE_FORMS:
            continue
        text = name.text[4:] if name.text[:4].lower() == "the " else name.text
        if not text[:1].isupper() or (len(text) <= _ACRONYM and not text.isupper()):
            continue
        if name.form == "name":
            countries.setdefault(key_of(text), actor.code)
        else:
            seats.setdefault(key_of(text), (actor.code, name.form == "capital"))
    return countries, seats, people
