"""The exception tree. Every message names the place, what is wrong, and how to mend it.

DragomanError
|-- UsageError         unusable arguments or settings (exit status 2)
|-- DataError          Dragoman's own or the user's knowledge files are wrong
|   |-- OntologyError  a type, mode, context, sector or code that does not exist
|   `-- LexiconError   a trigger, actor or word entry that does not fit its schema
|-- InputError         one input cannot be read; becomes a Rejection in a batch
|-- ParserError        the named NLP pipeline is missing or cannot parse
`-- OutputError        the output cannot be written
"""

from __future__ import annotations


class DragomanError(Exception):
    """Root of all errors that Dragoman raises on purpose."""


class UsageError(DragomanError):
    """Arguments or settings that cannot be used."""


class DataError(DragomanError):
    """A knowledge file is wrong.

    Args:
        message: what is wrong and how to mend it.
        place: `file` or `file:line`, put before the message.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place


class OntologyError(DataError):
    """A type, mode, context, sector or code that the ontology does not know."""


class LexiconError(DataError):
    """A trigger, actor or word entry that does not fit its schema."""


class InputError(DragomanError):
    """One input that cannot be read.

    Args:
        code: short reason, stable for counting (for example `file-missing`).
        detail: what is wrong and how to mend it.
        place: `file` or `file:line`.
    """

    def __init__(self, code: str, detail: str, place: str) -> None:
        super().__init__(f"{place}: {detail}")
        self.code = code
        self.detail = detail
        self.place = place

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Pickled by what it was made of, so that it comes through from other processes."""
        return type(self), (self.code, self.detail, self.place)


class ParserError(DragomanError):
    """The named NLP pipeline is missing or cannot parse."""


class OutputError(DragomanError):
    """The output cannot be written."""
