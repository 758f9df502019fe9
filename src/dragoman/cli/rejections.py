"""What was not used and why: one line each on standard error, at the end a summary by reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from dragoman.records import Rejection


class Ledger:
    """Counts rejections and tells of each."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._remedies: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many there were."""
        return self._counts.total()

    def add(self, *rejections: Rejection) -> None:
        """Tell of some."""
        for rejection in rejections:
            self._counts[rejection.code] += 1
            self._remedies.setdefault(rejection.code, remedy(rejection.detail))
            typer.echo(f"{rejection.place}: {rejection.code}: {rejection.detail}", err=True)

    def close(self) -> None:
        """Tell of all together."""
        if not self._counts:
            return
        noun = "input or part of one was" if self.count == 1 else "inputs or parts of them were"
        typer.echo(f"dragoman: {self.count} {noun} rejected", err=True)
        width = max(map(len, self._counts))
        for code, count in self._counts.most_common():
            line = f"{count:>6}  {code:<{width}}  {self._remedies[code]}"
            typer.echo(line.rstrip(), err=True)


def remedy(detail: str) -> str:
    """What to do: by custom the part of a rejection's detail behind its first semicolon."""
    return detail.partition("; ")[2]
