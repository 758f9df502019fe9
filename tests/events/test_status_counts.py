"""Whether it happened, how many, who says so, why, when: the fields besides type and sides."""

from __future__ import annotations

import pytest

VERB = "ASSAULT: {verb: attack}"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru attacked Chile.", "happened"),
        ("Peru has attacked Chile.", "happened"),
        ("Chile was attacked by Peru.", "happened"),
        ("Peru is attacking Chile.", "ongoing"),
        ("Peru did not attack Chile.", "negated"),
        ("Peru has never attacked Chile.", "negated"),
        ("Chile was not attacked by Peru.", "negated"),
        ("Peru may attack Chile.", "hypothetical"),
        ("Peru might have attacked Chile.", "hypothetical"),
        ("If Peru attacks Chile, Bolivia wins.", "hypothetical"),
        ("Peru would have attacked Chile.", "hypothetical"),
        ("Bolivia wins unless Peru attacks Chile.", "hypothetical"),
    ],
)
def test_status_of_a_verb(code, text: str, status: str) -> None:
    assert [e.status for e in code(VERB, text)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru will train Chileans.", "announced"),
        ("Peru is to train Chileans.", "announced"),
        ("Peru is going to train Chileans.", "announced"),
        ("Peru trained Chileans.", "happened"),
    ],
)
def test_status_of_what_is_to_come(code, text: str, status: str) -> None:
    """A type that the future leaves as it is."""
    assert [e.status for e in code("ACCUSE: {verb: train}", text)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru launched an attack on Chile.", "happened"),
        ("Peru launched no attack on Chile.", "negated"),
        ("Peru did not launch an attack on Chile.", "negated"),
        ("Peru could launch an attack on Chile.", "hypothetical"),
    ],
)
def test_status_of_a_noun_is_that_of_its_verb(code, text: str, status: str) -> None:
    assert [e.status for e in code("ASSAULT: {noun: attack}", text)] == [status]


KILL = "ASSAULT: {verb: kill, counts: {recipient: dead}}"
MARCH = "PROTEST: {verb: march, counts: {actor: participants}}"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Peru killed 12 Chileans.", 12, None),
        ("Peru killed twelve Chileans.", 12, None),
        ("Peru killed at least 12 Chileans.", 12, None),
        ("Peru killed more than 1,200 Chileans.", 1200, None),
        ("Peru killed between 20 and 30 Chileans.", 20, 30),
        ("Peru killed 20 to 30 Chileans.", 20, 30),
        ("Peru killed 20-30 Chileans.", 20, 30),
        ("Peru killed two or three Chilean soldiers.", 2, 3),
        ("Peru killed up to 30 Chileans.", 0, 30),
        ("Peru killed fewer than 30 Chileans.", 0, 30),
        ("Twelve Chileans were killed by Peru.", 12, None),
        ("Peru killed two Chilean soldiers.", 2, None),
        ("Peru killed three thousand Chileans.", 3000, None),
        ("Between 20 and 30 people from Chile were killed by Peru.", 20, 30),
        ("Peru killed a dozen Chileans.", 12, 12),
        ("Peru killed no fewer than 40 Chileans.", 40, None),
        ("Peru killed several hundred Chileans.", 300, None),
    ],
)
def test_the_dead(code, text: str, least: int, most: int | None) -> None:
    (event,) = code(KILL, text)
    count = dict(event.counts)["dead"]
    assert count.min >= least  # `more than 1,200` may be 1,201
    assert count.min <= least + 1
    assert most is None or count.max == most


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("At most 300 Chileans", 0, 300),
        ("At least a dozen Chileans", 12, None),
        ("Half a million Chileans", 500_000, 500_000),
        ("Three-quarters of a million Chileans", 750_000, 750_000),
        ("Two and a half million Chileans", 2_500_000, 2_500_000),
        ("A 5,000-strong crowd of Chileans", 5000, 5000),
        ("Hundreds of thousands of Chileans", 100_000, None),
    ],
)
def test_fractions_and_bounds(code, words: str, least: int, most: int | None) -> None:
    (event,) = code(MARCH, f"{words} marched in the street.")
    count = dict(event.counts)["participants"]
    assert (count.min, count.max) == (least, most)


def test_a_year_is_no_number_of_people(code) -> None:
    (event,) = code(MARCH, "The 2019 protesters from Chile marched in the street.")
    assert event.counts == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Peru attacked Chile, leaving nine dead.", {"dead": 9}),
        ("Peru attacked Chile, leaving 31 people dead and 60 wounded.",
         {"dead": 31, "injured": 60}),
        ("Peru attacked Chile, leaving the town in ruins.", {}),
    ],
)  # fmt: skip
def test_what_an_attack_left(code, text: str, counts: dict[str, int]) -> None:
    (event,) = code("ASSAULT: {verb: attack}", text)
    assert {name: count.min for name, count in event.counts} == counts


@pytest.mark.parametrize("how", ["rose to 45", "stood at 45"])
def test_the_toll_of_an_attack(code, how: str) -> None:
    (event,) = code("ASSAULT: {noun: strike}", f"The death toll from the strike by Peru {how}.")
    assert {name: count.min for name, count in event.counts} == {"dead": 45}


def test_troops_that_are_sent_are_counted(code) -> None:
    entry = "MOBILIZE: {verb: deploy, recipient: [to]}"
    (event,) = code(entry, "Peru deployed up to 5,000 troops to Chile.")
    count = dict(event.counts)["participants"]
    assert (count.min, count.max) == (0, 5000)


@pytest.mark.parametrize(
    "words", ["Dozens of", "Hundreds of", "Thousands of", "Tens of thousands of"]
)
def test_round_numbers(code, words: str) -> None:
    least = {"Dozens of": 24, "Hundreds of": 100, "Thousands of": 1000}.get(words, 10000)
    (event,) = code(MARCH, f"{words} Chileans marched in the street.")
    assert dict(event.counts)["participants"].min == least


@pytest.mark.parametrize(
    ("text", "least", "most", "currency"),
    [
        ("Peru gave Chile $5 million.", 5_000_000, 5_000_000, "USD"),
        ("Peru gave Chile at least 5 million euros.", 5_000_000, None, "EUR"),
        ("Peru gave Chile between $20 million and $30 million.", 20_000_000, 30_000_000, "USD"),
        ("Peru gave Chile $5 to $7 million.", 5_000_000, 7_000_000, "USD"),
        ("Peru gave Chile up to $2.5 billion.", 0, 2_500_000_000, "USD"),
        ("Peru gave Chile nearly $3.5bn.", 3_500_000_000, 3_500_000_000, "USD"),
        ("Peru gave £12m to Chile.", 12_000_000, 12_000_000, "GBP"),
        ("Peru gave Chile EUR 20-25 million in aid.", 20_000_000, 25_000_000, "EUR"),
        ("Peru gave Chile 40 million zlotys.", 40_000_000, 40_000_000, "PLN"),
    ],
)
def test_money(code, text: str, least: int, most: int | None, currency: str) -> None:
    (event,) = code("AID: {verb: give}", text)
    money = dict(event.counts)["money"]
    assert (money.min, money.max, money.currency) == (least, most, currency)


def test_no_number_no_count(code) -> None:
    assert code(KILL, "Peru killed Chileans.")[0].counts == ()


def test_a_number_of_something_else_is_no_count(code) -> None:
    (event,) = code(KILL, "Peru killed Chileans in 12 towns.")
    assert event.counts == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Bolivia said that Peru attacked Chile.", "BOL"),
        ("Peru attacked Chile, Bolivia said.", "BOL"),
        ("According to Bolivia, Peru attacked Chile.", "BOL"),
        ("Peru attacked Chile.", None),
    ],
)
def test_who_says_so(code, text: str, speaker: str | None) -> None:
    (event,) = code(f"{VERB}\nOPERATOR: {{verb: say, operator: say}}", text)
    assert (event.said_by.mention.entity.code if event.said_by else None) == speaker


def test_a_link_from_what_happened_to_why(code) -> None:
    entries = f"{VERB}\nSANCTION: {{verb: expel}}"
    effect, cause = code(entries, "Chile expelled Peruvians because Peru attacked Bolivia.")
    assert [(link.kind, link.event) for link in effect.links] == [("because_of", cause.id)]
    assert cause.links == ()


def test_modes_and_contexts_of_an_entry(code) -> None:
    (event,) = code(
        "ASSAULT: {verb: attack, mode: aerial, context: military}", "Peru attacked Chile."
    )
    assert event.modes == ("aerial",)
    assert "military" in event.contexts


def test_a_context_from_the_words_around(code) -> None:
    entry = "ACCUSE: {verb: blame}"
    (plain,) = code(entry, "Peru blamed Chile.")
    (told,) = code(entry, "Peru blamed Chile for the cyberattack on its ministry.")
    assert "cyber" in told.contexts
    assert "cyber" not in plain.contexts


@pytest.mark.parametrize("type_", ["ASSAULT", "AID", "CONSULT"])
def test_numbers_come_from_the_ontology(code, type_: str) -> None:
    from dragoman.ontology import load_ontology

    ontology = load_ontology()
    (event,) = code(f"{type_}: {{verb: attack}}", "Peru attacked Chile.")
    assert event.quad == ontology.quad(type_)
    assert event.score == ontology.score(type_, event.modes)
    assert event.cameo == ontology.cameo(type_, event.modes, event.contexts)


def test_the_confidence_is_a_share(code) -> None:
    for score in ("0.1", "0.9"):
        (event,) = code(f"ASSAULT: {{verb: attack, score: {score}}}", "Peru attacked Chile.")
        assert 0 <= event.confidence <= 1
    low, high = (
        code(f"ASSAULT: {{verb: attack, score: {s}}}", "Peru attacked Chile.")[0].confidence
        for s in ("0.2", "0.9")
    )
    assert low < high


# --------------------------------------------------------------------------- ids


def test_ids_are_stable_and_differ(code) -> None:
    text = "Peru attacked Chile. Bolivia attacked Ecuador."
    first, second = code(VERB, text), code(VERB, text)
    assert [e.id for e in first] == [e.id for e in second]
    assert len({e.id for e in first}) == 2


def test_another_text_gives_other_ids(code) -> None:
    (a,), (b,) = code(VERB, "Peru attacked Chile."), code(VERB, "Peru attacked Chile!")
    assert a.id != b.id


def test_the_day_of_publication_is_no_part_of_the_id(code) -> None:
    (a,) = code(VERB, "Peru attacked Chile.", published="2020-01-01")
    (b,) = code(VERB, "Peru attacked Chile.", published="2021-01-01")
    assert a.id == b.id


def test_every_step_is_told(code) -> None:
    """`dragoman explain` shows them."""
    (event,) = code(VERB, "Peru did not attack Chile.")
    assert {"type", "status"} <= {step.field for step in event.steps}
    assert all(step.text for step in event.steps)
