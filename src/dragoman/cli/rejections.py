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
        self.codes: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many there were."""
        return self.codes.total()

    def add(self, rejection: Rejection) -> None:
        """Tell of one."""
        self.codes[rejection.code] += 1
        typer.echo(f"{rejection.place}: {rejection.code}: {rejection.detail}", err=True)

    def close(self) -> None:
        """Tell of all together."""
        if not self.codes:
            return
        noun = "input was" if self.count == 1 else "inputs were"
        typer.echo(f"{self.count} {noun} rejected:", err=True)
        width = max(map(len, self.codes))
        for code, count in self.codes.most_common():
            typer.echo(f"  {count:>5} {code:<{width}}  {REMEDIES.get(code, '')}".rstrip(), err=True)


REMEDIES: dict[str, str] = {
    "file-missing": "check the name",
}
