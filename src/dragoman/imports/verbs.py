"""Dictionaries of verbs: blocks of verbs with a default code, and patterns with their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dragoman.errors import InputError
from dragoman.imports.codes import Crosswalk, EventCode
from dragoman.imports.known import Known
from dragoman.imports.lines import Text, brackets, source
from dragoman.imports.patterns import Frame, NoFrameError, PatternReader
from dragoman.imports.report import Report
from dragoman.lexicon.load import same_words
from dragoman.lexicon.triggers import triggers_of
from dragoman.yamlfile import Entry

NO_CODE = "---"  # nothing happened
_HEADER = re.compile(r"-{3}\s*([^\[\]]*?)\s*\[([^\[\]]*)\][\s-]*")
_BRACES = re.compile(r"\{[^{}]*\}")
_CODE_IN_LINE = re.compile(r"\[([^\[\]]*)\]")


class Coding(NamedTuple):
    """What a bracket says: an event (None: none happened), and how its sides stand."""

    event: EventCode | None
    swap: bool
    reciprocal: bool


class Verb(NamedTuple):
    """A verb with its own default code, "" where it has the block's."""

    text: str
    code: str
    line: Text


@dataclass
class VerbBlock:
    """Verbs that share a default code and patterns."""

    code: str = NO_CODE
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Text] = field(default_factory=list)


class VerbImport:
    """Turns blocks into triggers of our layout; one for all files of an import.

    Args:
        crosswalk: codes.
        known: Dragoman's own knowledge.
        report: told of every line.
    """

    def __init__(self, crosswalk: Crosswalk, known: Known, report: Report) -> None:
        self.crosswalk = crosswalk
        self.known = known
        self.report = report
        self.entries: dict[str, list[dict[str, Any]]] = {}
        self._seen: dict[object, tuple[str, str]] = {}

    def read(self, lines: list[Text]) -> None:
        """Take one file."""
        sets = self._sets(lines)
        self.patterns = PatternReader(self.crosswalk.petrarch, sets)
        for block in self._blocks(lines):
            self._block(block)

    # ------------------------------------------------------------------ the file's parts

    def _sets(self, lines: list[Text]) -> dict[str, list[str]]:
        """Synonym sets: `&NAME` alone on a line, then `+MEMBER` lines."""
        sets: dict[str, list[str]] = {}
        members: list[str] | None = None
        for line in lines:
            word = line.text.strip()
            if word.startswith("&"):
                members = sets.setdefault(word[1:].rstrip("_"), [])
                self.report.taken(line.place, line.raw)
            elif members is not None and word.startswith("+"):
                members.append(_BRACES.sub("", word[1:]).strip())
                self.report.taken(line.place, line.raw)
            else:
                members = None
        return sets

    def _blocks(self, lines: list[Text]) -> Iterator[VerbBlock]:
        """Blocks under `---` headers; in a file without such, each verb has its own."""
        headed = any(_HEADER.fullmatch(line.text.strip()) for line in lines)
        block = VerbBlock()
        in_set = False
        for line in lines:
            word = line.text.strip()
            header = _HEADER.fullmatch(word)
            in_set = word.startswith("&") or (in_set and word.startswith("+"))
            if in_set:
                continue
            if header is not None:
                yield block
                block = VerbBlock(header[2].strip() or NO_CODE)
                self.report.taken(line.place, line.raw)
            elif word.startswith("~"):
                self.report.refused(
                    line.place,
                    "transformation",
                    "rewrites events after coding; our operators (composition.yml) do that",
                    line.raw,
                )
            elif word.startswith("-"):
                block.patterns.append(line)
            else:
                if not headed:
                    yield block
                    block = VerbBlock()
                block.verbs.append(_verb(line))
        yield block

    # ------------------------------------------------------------------ one block

    def _block(self, block: VerbBlock) -> None:
        defaults = [self._default(verb, block.code) for verb in block.verbs]
        pending: list[dict[str, Any]] = []
        for line in block.patterns:
            pending += self._pattern(line, block.verbs, defaults)
        news = [
            default
            for verb, default in zip(block.verbs, defaults, strict=True)
            if default is not None and self._is_new(default, verb.line)
        ]
        for entry in [*pending, *news]:
            self.entries.setdefault(entry.pop("type"), []).append(entry)

    def _default(self, verb: Verb, block_code: str) -> dict[str, Any] | None:
        """A verb's trigger without conditions; None where it says that nothing happened."""
        try:
            keys = self._verb_keys(verb.text)
            coding = self._coding(verb.code or block_code, verb.line)
            frame = _with_sides(Frame(), coding)
        except InputError as error:
            self.report.refused(verb.line.place, error.code, error.detail, verb.line.raw)
            return None
        if coding.event is None:
            self.report.taken(verb.line.place, verb.line.raw)
            return None
        # The coders that these dictionaries are for give an event only between two known actors.
        keys = _merged(frame.keys(), keys) | {"needs": ["actor", "recipient"]}
        if coding.reciprocal:
            keys["needs"] = ["actor"]
        return _trigger(coding.event, keys, verb.line)

    def _pattern(
        self, line: Text, verbs: list[Verb], defaults: list[dict[str, Any] | None]
    ) -> list[dict[str, Any]]:
        """The triggers that a pattern makes; what it rules out is put into the defaults."""
        pattern, codes = brackets(line.text)
        if len(codes) != 1:
            detail = "must end with one code in square brackets; add it"
            self.report.refused(line.place, "no-code", detail, line.raw)
            return []
        try:
            frame = self.patterns.read(pattern.strip().removeprefix("-"))
            coding = self._coding(codes[0], line)
            if coding.event is None:
                self._rule_out(frame, [d for d in defaults if d], line)
                return []
            sided = _with_sides(frame, coding)
        except InputError as error:
            self.report.refused(line.place, error.code, error.detail, line.raw)
            return []
        made: list[dict[str, Any]] = []
        for verb, default in zip(verbs, defaults, strict=True):
            try:
                keys = _merged(sided.keys(), self._verb_keys(verb.text, frame.particle))
            except NoFrameError:
                continue  # told of at the verb's own line
            trigger = _trigger(coding.event, keys, line)
            if not frame.particle and default and _adds_nothing(trigger, default):
                continue
            if self._is_new(trigger, line, quiet=True):
                made.append(trigger)
        self._tell(line, frame, bool(made))
        return _grouped(made)

    def _tell(self, line: Text, frame: Frame, made: bool) -> None:
        if not made:
            self.report.known(
                line.place,
                "the verb's own code, a line before it or Dragoman's own entry says the same",
                line.raw,
            )
        elif frame.lost:
            self.report.in_part(
                line.place,
                "set-in-part",
                f"a set before a noun holds phrases ({', '.join(frame.lost[:3])} ...); its single "
                "words are taken",
                line.raw,
            )
        else:
            self.report.taken(line.place, line.raw)

    def _rule_out(self, frame: Frame, defaults: list[dict[str, Any]], line: Text) -> None:
        """A pattern that says that nothing happened: the verbs' own triggers do not fire so."""
        negated = frame.negated()
        if not defaults:
            self.report.known(
                line.place, "says that nothing happened, which holds without it", line.raw
            )
        elif negated is None:
            self.report.refused(
                line.place,
                "negative-of-several",
                "says that nothing happened where several things stand together; frames shut out "
                "one at a time",
                line.raw,
            )
        else:
            for default in defaults:
                _shut_out(default, negated)
            self.report.taken(line.place, line.raw)

    # ------------------------------------------------------------------ codes and verbs

    def _coding(self, text: str, line: Text) -> Coding:
        """`141`, `042:043` (source to target, target to source), `:190`, `---`."""
        first, colon, second = (part.strip() for part in text.partition(":"))
        if text == NO_CODE or not (first or second):
            return Coding(None, False, False)
        events = [self.crosswalk.event(c, line.place) if c else None for c in (first, second)]
        if not colon:
            return Coding(events[0], bool(events[0] and events[0].swap), False)
        if not first:
            return Coding(events[1], not (events[1] and events[1].swap), False)
        one, other = events
        if first == second:
            return Coding(one, False, True)
        if second and one and other and one[:2] == other[:2] and one.swap != other.swap:
            return Coding(one, one.swap, False)  # visit and host: one event from both ends
        if not second or other is None:
            return Coding(one, bool(one and one.swap), False)
        raise NoFrameError(
            "two-events", f"[{text}] tells two different events; a frame tells one: split it"
        )

    def _verb_keys(self, text: str, particle: str = "") -> dict[str, Any]:
        """The `verb` key of a verb as the dictionary writes it, with what its parts ask for.

        Raises:
            NoFrameError: a phrase that is no verb with a particle, preposition or object.
        """
        parts = [part for part in text.replace("_", " ").split() if part != "+"]
        marked = [n for n, part in enumerate(parts) if part.startswith("+")]
        parts = [part.strip("+").lower() for part in parts]
        table = self.crosswalk.petrarch
        head = marked[0] if marked else 0
        if len(parts) > 1 and parts[0] in table["prefixes"] and head <= 1:
            parts, head = [parts[0] + parts[1], *parts[2:]], 0
        if head or not parts or len(parts) > 2 + (parts[-1] in table["prepositions"]):
            raise NoFrameError(
                "several-words",
                f"{text!r} is a phrase; frames ask for one verb",
            )
        keys: dict[str, Any] = {}
        words = (
            [parts[0].replace("-", "")]
            if parts[0].split("-")[0] in table["prefixes"]
            else [parts[0]]
        )
        for part in parts[1:]:
            if part in table["particles"]:
                words.append(part)
            elif part in table["prepositions"]:
                keys |= {"prep": {part: "any"}, "recipient": [part]}
            else:
                keys["obj"] = [part]
        if particle:
            words.append(particle)
        return {"verb": " ".join(words), **keys}

    def _is_new(self, entry: dict[str, Any], line: Text, quiet: bool = False) -> bool:
        """True for conditions that neither this import nor Dragoman has for that type yet."""
        raw = Entry(*_file_and_line(line.place))
        raw.update(entry)
        (trigger,) = triggers_of(raw, entry["type"], "en", {})
        key = same_words(trigger)
        ours = self.known.trigger(trigger)
        if ours is not None and ours.type == trigger.type:
            if not quiet:
                self.report.known(
                    line.place, f"Dragoman has it ({ours.rule}) and tells more of it", line.raw
                )
            return False
        before, type_ = self._seen.setdefault(key, (line.place, trigger.type))
        if before != line.place:
            if not quiet and type_ == trigger.type:
                self.report.known(line.place, f"stands at {before} with this type", line.raw)
            elif not quiet:
                detail = f"the same verb stands at {before} as {type_}, which is taken; keep one"
                self.report.refused(line.place, "name-twice", detail, line.raw)
            return False
        if not quiet:
            self.report.taken(line.place, line.raw)
        return True


def _verb(line: Text) -> Verb:
    codes = _CODE_IN_LINE.findall(line.text)
    text = _BRACES.sub(" ", line.text.partition("[")[0]).strip()
    return Verb(text, codes[0].strip() if codes else "", line)


def _file_and_line(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line)


def _with_sides(frame: Frame, coding: Coding) -> Frame:
    """The frame with the slots that the code asks for."""
    actor, recipient = list(frame.actor), list(frame.recipient)
    if coding.reciprocal or frame.reciprocal:  # all parties are found by the frame itself
        return _copy(frame, [], [], reciprocal=True)
    if coding.swap:
        actor, recipient = recipient or ["obj"], actor or ["subj"]
    return _copy(frame, actor, recipient, reciprocal=False)


def _copy(frame: Frame, actor: list[str], recipient: list[str], reciprocal: bool) -> Frame:
    return Frame(
        frame.particle, frame.obj, frame.subj, frame.prep, actor, recipient, reciprocal, frame.lost
    )


def _merged(frame: dict[str, Any], verb: dict[str, Any]) -> dict[str, Any]:
    """A pattern's keys with those of the verb's own parts; the pattern's slots count.

    Raises:
        NoFrameError: both ask for an object or a phrase.
    """
    for key in ("obj", "prep"):
        if key in frame and key in verb:
            raise NoFrameError("several-words", "verb and pattern both ask for an object")
    return {**verb, **frame}


def _trigger(event: EventCode, keys: dict[str, Any], line: Text) -> dict[str, Any]:
    made: dict[str, Any] = {"type": event.type, "verb": keys["verb"], **keys}
    if event.mode:
        made["mode"] = event.mode
    if event.contexts:
        made["context"] = list(event.contexts)
    return {**made, "imported": source(line.place)}


def _adds_nothing(trigger: dict[str, Any], default: dict[str, Any]) -> bool:
    """True where the verb's own trigger gives the same event with the same sides."""
    same = ("type", "mode", "context", "actor", "recipient", "reciprocal")
    return all(trigger.get(key) == default.get(key) for key in same)


def _grouped(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The triggers of one pattern as few entries: verbs that ask for the same stand together."""
    groups: dict[str, dict[str, Any]] = {}
    for trigger in made:
        rest = repr({key: value for key, value in trigger.items() if key != "verb"})
        if rest in groups:
            if trigger["verb"] not in groups[rest]["verb"]:  # a verb may stand twice in a block
                groups[rest]["verb"].append(trigger["verb"])
        else:
            groups[rest] = trigger | {"verb": [trigger["verb"]]}
    return [g if len(g["verb"]) > 1 else g | {"verb": g["verb"][0]} for g in groups.values()]


def _shut_out(default: dict[str, Any], negated: dict[str, Any]) -> None:
    for key, value in negated.items():
        if isinstance(value, dict):
            phrases: dict[str, Any] = default.setdefault(key, {})
            for prep, words in value.items():
                if words == "any" or phrases.get(prep) == "any":
                    phrases[prep] = "any"
                else:
                    phrases[prep] = list(dict.fromkeys([*phrases.get(prep, []), *words]))
        else:
            default[key] = list(dict.fromkeys([*default.get(key, []), *value]))
