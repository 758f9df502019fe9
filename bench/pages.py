"""Measures main text, publication dates and furniture on saved pages with a known answer.

    python bench/pages.py [--shared FOLDER] [--show N]

Reads `pages/bodies.jsonl` and `pages/dates.jsonl` of the shared folder. Prints token precision,
recall and F1 of the article text (means over the pages), the share of true body paragraphs that
cleaning took out, the time a page takes, and the share of dates that are right.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.clean import CleanOptions, CleanResources, clean, load_clean_resources
from dragoman.clean.dates import read_day
from dragoman.clean.html import read_page
from dragoman.read import read_inputs
from dragoman.records import Article, RawItem, Rejection

ROOT = Path(__file__).resolve().parents[1]
# Pages of every language are measured, so the language is not asked.
OPTIONS = CleanOptions(language="en")
NOT_FURNITURE = ("page",)


class Score(NamedTuple):
    """Token precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def token_score(found: str, gold: str) -> Score:
    left, right = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    both = sum((left & right).values())
    if not both:
        return Score(0, 0, 0)
    precision, recall = both / sum(left.values()), both / sum(right.values())
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def load(folder: Path, row: dict[str, Any]) -> RawItem:
    item = next(iter(read_inputs([str(folder / row["file"])])))
    if isinstance(item, Rejection):
        raise SystemExit(f"{row['file']}: {item.detail}")
    return item


def bodies(folder: Path, resources: CleanResources, show: int) -> None:
    whole: list[Score] = []
    story: list[Score] = []
    lost: list[tuple[str, str, str]] = []
    paragraphs = 0
    seconds = 0.0
    for row in rows(folder / "bodies.jsonl"):
        item = load(folder, row)
        start = time.perf_counter()
        article = clean(item, resources, OPTIONS)
        seconds += time.perf_counter() - start
        text = article.text if isinstance(article, Article) else ""
        whole.append(token_score(text, row["body"]))
        if not isinstance(article, Article):
            print(f"  {row['id']}: {article.code}")
            story.append(Score(0, 0, 0))
            continue
        after = article.paragraphs[article.title_paragraphs :]
        story.append(token_score("\n".join(text[a:b] for a, b in after), row["body"]))
        wanted = {key(part) for part in row["body"].split("\n") if len(key(part)) > 25}
        paragraphs += len(wanted)
        lost += [
            (row["id"], gone.reason, gone.text)
            for gone in article.removed
            if gone.reason not in NOT_FURNITURE and any(w in key(gone.text) for w in wanted)
        ]
    print_scores("text with headline", whole)
    print_scores("text without headline", story)
    print(f"true body paragraphs {paragraphs}  taken out as furniture {len(lost)}")
    print(f"clean: {1000 * seconds / len(whole):.1f} ms a page")
    for name, reason, text in lost[:show]:
        print(f"  {name} {reason}: {text[:150]}")


def print_scores(name: str, scores: list[Score]) -> None:
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    print(f"{name}: precision {means[0]:.4f}  recall {means[1]:.4f}  F1 {means[2]:.4f}")


def dates(folder: Path, show: int) -> None:
    right = total = 0
    wrong = []
    for row in rows(folder / "dates.jsonl"):
        if not isinstance(row["published"], str):
            continue
        page = read_page(load(folder, row).body)
        found = read_day(page.published)
        total += 1
        right += found is not None and found.isoformat() == row["published"]
        if found is None or found.isoformat() != row["published"]:
            wrong.append((row["id"], row["published"], found))
    print(f"dates: {right} of {total} right ({right / total:.3f})")
    for case in wrong[:show]:
        print("  wrong", *case)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = os.environ.get("DRAGOMAN_SHARED") or str(ROOT.parent / "shared")
    parser.add_argument("--shared", default=default)
    parser.add_argument("--show", type=int, default=0, help="errors to show of each kind")
    options = parser.parse_args()
    folder = Path(options.shared, "pages")
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no such folder; give --shared")
    bodies(folder, load_clean_resources(), options.show)
    dates(folder, options.show)


if __name__ == "__main__":
    main()
