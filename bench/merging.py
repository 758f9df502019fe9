"""Counts mentions, events and clusters of a corpus, and shows merges and near-misses to read.

    python bench/merging.py [CORPUS] [--show N] [--seed S] [--limit N]

Without CORPUS it reads `corpora/news.jsonl.gz` of the shared folder. A near-miss is a pair of
events of the same type, status and countries that was left apart: in one article by the same rule
or beside the first sentence (with what kept them apart, as `dragoman explain` tells it), in two
articles with some words in common.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.events import find_events
from dragoman.links import Apart, cluster_events, event_key, merge_events, near_misses
from dragoman.pipeline import read_scene
from dragoman.read import ReadOptions, read_inputs
from dragoman.records import Article, Coding, Event
from dragoman.serialise import event_to_dict
from dragoman.settings import load_settings
from dragoman.workers import Kit, clean_item

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DRAGOMAN_SHARED", ROOT / ".." / "shared"))


class Read(NamedTuple):
    """One article: what was told in it, and what was made of that."""

    told: tuple[Event, ...]
    coding: Coding
    apart: tuple[Apart, ...]


class Pair(NamedTuple):
    """Two tellings to be judged by a reader."""

    left: tuple[Event, Article]
    right: tuple[Event, Article]
    why: str = ""


def read_corpus(corpus: Path, limit: int | None) -> Iterator[tuple[Read, float]]:
    """The articles that can be read, and the seconds that merging took."""
    kit = Kit(load_settings(None, language="en"))
    loaded = kit.resources
    for item in islice(read_inputs([str(corpus)], ReadOptions()), limit):
        article = clean_item(item, kit)
        if not isinstance(article, Article):
            continue
        parse = loaded.parser.parse(article)
        told = find_events(read_scene(article, parse, loaded), loaded.light_verbs)
        start = time.perf_counter()
        events = merge_events(told, parse, loaded.lexicon, loaded.ontology)
        seconds = time.perf_counter() - start
        apart = tuple(near_misses(events, parse, loaded.lexicon))
        yield Read(told, Coding(article, events, loaded.coder), apart), seconds


def sides(event: Event) -> tuple[str, ...]:
    return tuple(sorted({m.entity.code or "-" for m in (*event.actors, *event.recipients)}))


def merges(reads: Sequence[Read]) -> Iterator[Pair]:
    """Tellings within one article that were merged."""
    for told, coding, _ in reads:
        by_trigger = {e.trigger_span: e for e in told}
        for event in coding.events:
            first, *rest = (by_trigger[m.trigger] for m in event.mentions)
            for other in rest:
                yield Pair((first, coding.article), (other, coding.article))


def left_apart(reads: Sequence[Read]) -> Iterator[Pair]:
    """Events within one article that were not merged though type and countries are the same."""
    for _, coding, apart in reads:
        for a, b, why in apart:
            same = a.status == b.status and sides(a) == sides(b) and sides(a) != ("-",)
            told = (a.mentions[0].sentence, b.mentions[0].sentence)
            if same and told[0] != told[1] and (a.rule == b.rule or min(told) < 1):
                yield Pair((a, coding.article), (b, coding.article), why)


def across(
    reads: Sequence[Read], clusters: dict[str, str], together: bool, reach: int = 2
) -> Iterator[Pair]:
    """Pairs of events of two articles in one cluster, or left apart though days are near."""
    every = [(e, r.coding.article) for r in reads for e in r.coding.events]
    buckets: dict[Any, list[tuple[Event, Article]]] = {}
    for event, article in every:
        key = clusters[event.id] if together else (event.type, sides(event))
        buckets.setdefault(key, []).append((event, article))
    for bucket in buckets.values():
        for left, right in combinations(bucket, 2):
            if left[1].id == right[1].id:
                continue
            apart = clusters[left[0].id] != clusters[right[0].id]
            if together or (apart and near(left, right, reach) and alike(left, right)):
                yield Pair(left, right)


def near(left: tuple[Event, Article], right: tuple[Event, Article], reach: int) -> bool:
    a, b = left[1].published, right[1].published
    same = left[0].status == right[0].status and "-" not in sides(left[0])
    return same and (a is None or b is None or abs((a - b).days) <= reach)


def alike(left: tuple[Event, Article], right: tuple[Event, Article]) -> bool:
    """Four or more longer words of the two sentences are the same."""
    a, b = (
        {w.lower() for w in re.findall(r"\w{5,}", article.text[slice(*event.mentions[0].span)])}
        for event, article in (left, right)
    )
    return len(a & b) >= 4


def show(title: str, pairs: list[Pair], count: int, seed: int) -> None:
    print(f"\n=== {title}: {min(count, len(pairs))} of {len(pairs)}")
    for n, pair in enumerate(random.Random(seed).sample(pairs, min(count, len(pairs))), 1):
        print(f"\n{n}. {pair.left[0].type} {pair.why}".rstrip())
        for event, article in (pair.left, pair.right):
            told = event.mentions[0]
            words = article.text[told.span.start : told.span.end]
            trigger = article.text[told.trigger.start : told.trigger.end]
            place = event.place.name if event.place else "-"
            print(
                f"   [{trigger}] {'+'.join(sides(event))} {event.status} {event.date.value} "
                f"{place} {article.published}: {words[:400]}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=SHARED / "corpora/news.jsonl.gz")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--limit", type=int, default=None, metavar="N")
    args = parser.parse_args()
    reads, merging = [], 0.0
    for read, seconds in read_corpus(args.corpus, args.limit):
        reads.append(read)
        merging += seconds
    start = time.perf_counter()
    keys = [event_key(event_to_dict(e, r.coding)) for r in reads for e in r.coding.events]
    built = time.perf_counter() - start
    start = time.perf_counter()
    clusters = cluster_events(keys)
    clustering = time.perf_counter() - start
    print(f"articles {len(reads)}  mentions {sum(len(r.told) for r in reads)}", end="  ")
    print(f"events {len(keys)}  clusters {len(set(clusters.values()))}")
    print(f"seconds: merging {merging:.2f}  keys {built:.2f}  clustering {clustering:.2f}")
    if args.show:
        show("merged within an article", list(merges(reads)), args.show, args.seed)
        show("left apart within an article", list(left_apart(reads)), args.show, args.seed)
        show("put into one cluster", list(across(reads, clusters, True)), args.show, args.seed)
        show(
            "left apart across articles", list(across(reads, clusters, False)), args.show, args.seed
        )


if __name__ == "__main__":
    main()
