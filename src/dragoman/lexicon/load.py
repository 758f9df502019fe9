"""All knowledge of one language in one object, compiled once and cached by content.

Hundreds of YAML files take seconds to read, one compiled file milliseconds. The cache's name holds
a hash of every source file, so editing one file is all it takes to change what is known.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from dragoman.errors import LexiconError
from dragoman.lexicon.actors import number_names, read_actor_file, read_agents
from dragoman.lexicon.inflect import inflected
from dragoman.lexicon.schema import Actor, Agent, Conditions, Example, Name, Role, Trigger
from dragoman.lexicon.shapes import wrong_shapes
from dragoman.lexicon.triggers import read_classes, read_triggers
from dragoman.yamlfile import load_yaml, read_text, uncollected

# Part of the cache's key: raise it when a schema record changes its fields.
_FORMAT = "9"
_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
Cues = tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[tuple[str, str], ...]]]

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Lexicon:
    """What Dragoman knows in one language.

    Attributes:
        language: ISO 639-1 code.
        hash: first 12 hex digits of the SHA-256 of all source files.
        triggers: plain triggers and operators.
        actors, names: named actors and their written forms.
        agents: generic agents.
        words: the language's other word lists by file name (`light_verbs`, `status` ...), as they
            stand in the YAML.
    """

    language: str
    hash: str
    triggers: tuple[Trigger, ...]
    actors: tuple[Actor, ...]
    names: tuple[Name, ...]
    agents: tuple[Agent, ...]
    words: Mapping[str, Any]

    @cached_property
    def by_head(self) -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
        """Triggers by (part of speech, head lemma), in the order of the files."""
        index: dict[tuple[str, str], list[Trigger]] = {}
        for trigger in self.triggers:
            index.setdefault((trigger.pos, trigger.head), []).append(trigger)
        return {key: tuple(value) for key, value in index.items()}

    @cached_property
    def agents_by_head(self) -> Mapping[str, tuple[Agent, ...]]:
        """Agents by the word that the rest hangs on, those of more words first.

        `chief of staff` stands under `chief`, `army chief` too.
        """
        index: dict[str, list[Agent]] = {}
        for agent in self.agents:
            index.setdefault(agent.words[agent.head], []).append(agent)
        return {k: tuple(sorted(v, key=lambda a: -len(a.words))) for k, v in index.items()}

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Head words of agents that also stand before a name: `president`, `gen`."""
        return frozenset(a.words[a.head].rstrip(".") for a in self.agents if a.title)

    @cached_property
    def person_nouns(self) -> frozenset[str]:
        """Head words of agents that are people one by one: no bodies, no equipment of a force."""
        bodies = {a.words[a.head] for a in self.agents if a.group}
        machines = self.word_set("nominals", "machines")
        return frozenset({a.words[a.head] for a in self.agents} - bodies - machines)

    @cached_property
    def shared_surnames(self) -> frozenset[str]:
        """Surnames that stand for nobody by themselves: borne by several actors, or also a word."""
        bearers: dict[str, set[str]] = {}
        for name in self.names:
            if name.form == "surname":
                bearers.setdefault(name.text, set()).add(self.actors[name.actor].code)
        others = {name.text for name in self.names if name.form != "surname"}
        common = self.word_set("nominals", "common_surnames")
        return frozenset(
            text for text, codes in bearers.items()
            if len(codes) > 1 or text in others or text in common
        )  # fmt: skip

    @cached_property
    def lemmas(self) -> Mapping[tuple[str, str], str]:
        """Inflected forms of known verbs, which rule-based lemmatizers cut wrongly.

        `staged` is a form of `stage`, not of `stag`: (part of speech, form) to lemma.
        """
        verbs = {t.head for t in self.triggers if t.pos == "verb"}
        for entries in (self.words.get("light_verbs") or {}).values():
            verbs |= {entry["verb"].split()[0] for entry in entries or []}
        irregular = (self.words.get("forms") or {}).get("irregular") or {}
        return {("VERB", form): verb for form, verb in {**inflected(verbs), **irregular}.items()}

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Word classes of `classes.yml`."""
        raw = self.words.get("classes") or {}
        table = raw.get("classes", raw)
        return {name: frozenset(words) for name, words in table.items() if isinstance(words, list)}

    def word_set(self, file: str, *keys: str) -> frozenset[str]:
        """The list at `keys` of a word file as a set; empty where there is none."""
        known = self._word_sets
        if (file, *keys) not in known:
            known[(file, *keys)] = self._read_word_set(file, keys)
        return known[(file, *keys)]

    @cached_property
    def _word_sets(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Sets that were asked for before."""
        return {}

    def _read_word_set(self, file: str, keys: tuple[str, ...]) -> frozenset[str]:
        value: Any = self.words.get(file) or {}
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
            if value is None:
                return frozenset()
        return frozenset(value)

    @cached_property
    def context_cues(self) -> Cues:
        """Strong context cues: word to contexts; first word of a phrase to (phrase, context)."""
        return self._cues("sentence")

    @cached_property
    def weak_context_cues(self) -> Cues:
        """The same of weak cues, several of which show a context of the article."""
        return self._cues("article")

    def _cues(self, level: str) -> Cues:
        table: Mapping[str, Any] = self.words.get("contexts") or {}
        words: dict[str, list[str]] = {}
        phrases: dict[str, list[tuple[str, str]]] = {}
        for context, cues in table.get("contexts", table).items():
            for cue in (cues.get(level) or ()) if isinstance(cues, Mapping) else ():
                if not cue.isalnum():  # of several words, or with a hyphen
                    opening = re.match(r"\w+", cue)
                    if opening is not None:
                        phrases.setdefault(opening[0], []).append((f" {cue} ", context))
                else:
                    words.setdefault(cue, []).append(context)
        return (
            {w: tuple(c) for w, c in words.items()},
            {w: tuple(p) for w, p in phrases.items()},
        )


def load_lexicon(
    language: str = "en", cache_dir: Path | None = None, user_data: Path | None = None
) -> Lexicon:
    """Load the knowledge of one language.

    Args:
        language: ISO 639-1 code; `data/lang/<language>` must exist.
        cache_dir: folder of the compiled cache; None: compile in memory every time.
        user_data: folder of the user's own YAML in the same layout; it wins over ours.

    Raises:
        LexiconError: an entry does not fit its schema.
        DataError: a file cannot be read.
    """
    sources = list(source_files(language, user_data))
    digest = _digest(sources)
    key = f"lexicon-{language}-{digest}-{_FORMAT}-{sys.version_info[0]}{sys.version_info[1]}.bin"
    cached = cache_dir / key if cache_dir is not None else None
    with uncollected():
        roots = Roots(DATA, user_data)
        found = None if cached is None else _read_cache(cached, language, digest, roots)
        if found is not None:
            return found
        lexicon = _compile(language, digest, sources)
        if cached is not None:
            _write_cache(cached, _pack(lexicon, roots))
        return lexicon


def read_examples(language: str = "en", user_data: Path | None = None) -> list[Example]:
    """The examples of all triggers: each is a test. Not part of the compiled lexicon.

    Args:
        language: ISO 639-1 code.
        user_data: the user's own folder, whose examples come last.
    """
    files = list(source_files(language, user_data))
    classes: dict[str, frozenset[str]] = {}
    for _, path in files:
        if path.name == "classes.yml":
            classes |= read_classes(path)
    found: list[Example] = []
    with uncollected():
        for role, path in files:
            if role == "triggers":
                found.extend(read_triggers(path, language, classes)[1])
    return found


def source_files(language: str, user_data: Path | None) -> Iterator[tuple[str, Path]]:
    """(role, file) of every source; the user's own files come last, so that they win."""
    for root in (DATA, user_data):
        if root is None:
            continue
        lang = root / "lang" / language
        yield from (("actors", p) for p in sorted((root / "actors").rglob("*.yml")))
        yield from (("agents", p) for p in sorted((lang / "agents").glob("*.yml")))
        yield from (("triggers", p) for p in sorted((lang / "triggers").glob("*.yml")))
        for path in sorted(lang.glob("*.yml")):
            yield ("triggers" if path.name == "operators.yml" else "words", path)


def ours_of(role: str, path: Path, language: str) -> Any:
    """Dragoman's own word list of the same name; None where there is none, or it is that."""
    if role not in {"words", "agents"} or path.is_relative_to(DATA):
        return None
    lang = DATA / "lang" / language
    own = lang / "agents" / path.name if role == "agents" else lang / path.name
    return load_yaml(own) if own.is_file() else None


def _digest(sources: list[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for role, path in sources:
        digest.update(f"{role}/{path.name}\0".encode())
        digest.update(read_text(path).encode())
    return digest.hexdigest()[:12]


def _compile(language: str, digest: str, sources: list[tuple[str, Path]]) -> Lexicon:
    for role, path in sources:
        if not path.is_relative_to(DATA):
            for place, text in wrong_shapes(
                role, path, load_yaml(path), ours_of(role, path, language)
            ):
                raise LexiconError(text, place)
    words = {path.stem: load_yaml(path) for role, path in sources if role == "words"}
    classes: dict[str, frozenset[str]] = {}
    for role, path in sources:
        if role == "words" and path.name == "classes.yml":
            classes |= read_classes(path)
    triggers: list[Trigger] = []
    agents: list[Agent] = []
    for role, path in sources:
        if role == "triggers":
            triggers = _joined(
                triggers, read_triggers(path, language, classes)[0], path, same_words
            )
        elif role == "agents" and path.stem != "modifiers":
            agents = _joined(agents, list(read_agents(path)), path, lambda agent: agent.words)
        elif role == "agents":
            words[path.stem] = load_yaml(path)
    found = (item for role, path in sources if role == "actors" for item in read_actor_file(path))
    actors, names = number_names(found)
    return Lexicon(language, digest, tuple(triggers), actors, names, tuple(agents), _plain(words))


def _joined(known: list[_T], added: list[_T], path: Path, same: Callable[[_T], object]) -> list[_T]:
    """Entries with those of one more file; the user's own take the place of ours.

    They come first, since of entries that ask as much of their surroundings the first one wins.
    """
    if path.is_relative_to(DATA):
        return known + added
    replaced = {same(entry) for entry in added}
    return added + [entry for entry in known if same(entry) not in replaced]


def same_words(trigger: Trigger) -> object:
    """Triggers alike in this ask for the same words; what they shut out may differ."""
    c = trigger.conditions
    words = (trigger.pos, trigger.head, trigger.extra, bool(trigger.operator))
    return (*words, c.obj, c.subj, c.prep, c.comp)


def _plain(value: Any) -> Any:
    """Entries as plain dicts, which is all that the cache can hold."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


class Roots(NamedTuple):
    """The folders that places are below. The cache is shared by all that have the same files."""

    ours: Path
    own: Path | None

    def shorten(self, place: str) -> str:
        """A place without its folder."""
        for mark, root in zip(_MARKS, self, strict=True):
            if root is not None and place.startswith(f"{root}{os.sep}"):
                return mark + place[len(str(root)) :]
        return place

    def restore(self, place: str) -> str:
        """The place below the folders of this installation."""
        ours, own = _MARKS
        if place.startswith(ours):
            return f"{self.ours}{place[1:]}"
        return f"{self.own}{place[1:]}" if place.startswith(own) else place


_MARKS = ("\0", "\1")


def _pack(lexicon: Lexicon, roots: Roots) -> bytes:
    # Many triggers ask for the same, above all imported ones.
    conditions: dict[Conditions, int] = {}
    for trigger in lexicon.triggers:
        conditions.setdefault(trigger.conditions, len(conditions))
    return marshal.dumps(
        (
            [tuple(c) for c in conditions],
            [
                (*t[:5], conditions[t.conditions], *t[6:-1], roots.shorten(t.place))
                for t in lexicon.triggers
            ],
            [(*a[:6], [tuple(r) for r in a.roles], roots.shorten(a.place)) for a in lexicon.actors],
            [tuple(n) for n in lexicon.names],
            [(*a[:-1], roots.shorten(a.place)) for a in lexicon.agents],
            dict(lexicon.words),
        )
    )


def _unpack(language: str, digest: str, packed: tuple[Any, ...], roots: Roots) -> Lexicon:
    packed_conditions, triggers, actors, names, agents, words = packed
    conditions = [Conditions(*c) for c in packed_conditions]
    place = roots.restore
    return Lexicon(
        language,
        digest,
        tuple(Trigger._make((*t[:5], conditions[t[5]], *t[6:-1], place(t[-1]))) for t in triggers),
        tuple(Actor._make((*a[:6], tuple(Role(*r) for r in a[6]), place(a[7]))) for a in actors),
        tuple(Name(*n) for n in names),
        tuple(Agent._make((*a[:-1], place(a[-1]))) for a in agents),
        words,
    )


def _read_cache(path: Path, language: str, digest: str, roots: Roots) -> Lexicon | None:
    try:
        return _unpack(language, digest, marshal.loads(path.read_bytes()), roots)
    except (OSError, ValueError, EOFError, TypeError, IndexError):
        return None  # absent, or cut short by a full disk: compiled anew


def _write_cache(path: Path, packed: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(packed)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        _LOG.info("lexicon cache not written: %s", error)
