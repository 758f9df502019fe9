"""The day of publication, from whatever an input calls a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:T|\d{6}\b|\b)"
)
_IN_LINE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9}\.?,?[ -]\d{4}\b"
    r"|\b[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_WRITTEN = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y", "%A %d %B %Y", "%A %B %d %Y")


# Newspapers begin in 1605; year 1 is how some systems write that they know no day.
_FIRST_YEAR = 1605


def read_day(value: str | None) -> date | None:
    """The day that a value names, in its own time zone; None where it names none.

    Reads ISO dates and date-times, `2021/07/13`, RFC 2822 (`Tue, 13 Jul 2021 10:00:00 GMT`),
    seconds or milliseconds since 1970, and written days (`13 July 2021`, `July 13, 2021`), the
    latter also with other words beside them (`Tuesday, July 13, 2021 10:15 AM EDT`).
    """
    text = (value or "").strip()
    day = _read(text) if text else None
    return day if day is not None and day.year >= _FIRST_YEAR else None


def _read(text: str) -> date | None:
    try:
        if _EPOCH.fullmatch(text):
            number = float(text)
            return datetime.fromtimestamp(number / (1000 if number > 1e11 else 1), UTC).date()
        found = _ISO.match(text)
        if found:
            year, month, day = (int(part) for part in found.groups() if part)
            return date(year, month, day)
    except (ValueError, OverflowError, OSError):
        return None
    return _written(text) or _only_day(text)


def find_day(text: str) -> date | None:
    """The first day that stands in a line such as `Published: Tue, 4 May 2022, 10:15 GMT`."""
    for found in _IN_LINE.finditer(text):
        day = read_day(found.group())
        if day is not None:
            return day
    return None


def _only_day(text: str) -> date | None:
    """The day that is written among other words, where there is one only."""
    days = {_written(found.group()) for found in _IN_LINE.finditer(text)} - {None}
    return days.pop() if len(days) == 1 else None


def _written(text: str) -> date | None:
    bare = " ".join(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[,.]", " ", text).split())
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(bare, pattern).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
