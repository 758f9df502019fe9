"""What an import took, what it left, and why: nothing is dropped without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Outcome = Literal["taken", "in-part", "known", "refused"]


class Line(NamedTuple):
    """What became of one line of a dictionary, or of one entity.

    Attributes:
        place: `file:line` in the file that was read.
        outcome: `taken`; `in-part`: taken, but for what `detail` names; `known`: Dragoman has it
            already and tells more of it; `refused`: not taken.
        reason: short, stable for counting; "" for `taken`.
        detail: what is wrong, and after a semicolon what to do.
        text: the line's own words.
    """

    place: str
    outcome: Outcome
    reason: str
    detail: str
    text: str

    def to_dict(self) -> dict[str, object]:
        """One line of the machine-readable report."""
        file, _, line = self.place.rpartition(":")
        return {
            "file": file,
            "line": int(line),
            "outcome": self.outcome,
            "reason": self.reason or None,
            "detail": self.detail or None,
            "text": self.text,
        }


@dataclass
class Report:
    """Collects lines while files are read."""

    lines: list[Line] = field(default_factory=list)

    def in_order(self, files: list[str]) -> tuple[Line, ...]:
        """The lines in the order of the files."""
        number = {file: n for n, file in enumerate(files)}

        def place(line: Line) -> tuple[int, int]:
            file, _, at = line.place.rpartition(":")
            return number.get(file, 0), int(at)

        return tuple(sorted(self.lines, key=place))

    def taken(self, place: str, text: str) -> None:
        """A line that is in the result."""
        self.lines.append(Line(place, "taken", "", "", text))

    def in_part(self, place: str, reason: str, detail: str, text: str) -> None:
        """A line of which something is in the result and something is not."""
        self.lines.append(Line(place, "in-part", reason, detail, text))

    def known(self, place: str, detail: str, text: str) -> None:
        """A line that says no more than Dragoman's own data."""
        self.lines.append(Line(place, "known", "known", detail, text))

    def refused(self, place: str, reason: str, detail: str, text: str) -> None:
        """A line that is not in the result."""
        self.lines.append(Line(place, "refused", reason, detail, text))


@dataclass(frozen=True)
class Imported:
    """The result of an import.

    Attributes:
        files: path below the output folder to what stands in it, ready for YAML.
        lines: what became of every line, in the order of the files.
        entries: how many entries of each kind were made.
    """

    files: dict[str, Any]
    lines: tuple[Line, ...]
    entries: dict[str, int]

    def outcomes(self) -> Counter[str]:
        """Lines by outcome."""
        return Counter(line.outcome for line in self.lines)

    def reasons(self) -> list[tuple[str, str, int, str]]:
        """(outcome, reason, how many, what to do), the most frequent first."""
        return count_reasons(self.lines)


def count_reasons(lines: Iterable[Line]) -> list[tuple[str, str, int, str]]:
    """Reasons by how often they were given, those of refusals first."""
    counts: Counter[tuple[str, str]] = Counter()
    details: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.reason:
            counts[line.outcome, line.reason] += 1
            remedy = line.detail.partition("; ")[2] or line.detail
            details.setdefault((line.outcome, line.reason), remedy)
    order = {"refused": 0, "in-part": 1, "known": 2}
    found = [(*key, number, details[key]) for key, number in counts.items()]
    return sorted(found, key=lambda row: (order[row[0]], -row[2], row[1]))
