"""One verb pattern (`- * AID (TO +)`) as the conditions and slots of our frames.

A pattern of the PETRARCH format is a row of elements around the verb `*`: nouns, `{NOUN PHRASES}`,
`(PREPOSITIONAL PHRASES)`, synonym sets `&SET`, the source `$`, the target `+`, both together `%`,
anything `^`. A frame of ours asks for head words in the slots of the verb. What a frame cannot ask
for is refused with its reason; nothing is guessed. Words before a noun make it a phrase of ours
(`dragoman.lexicon.phrases`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.errors import InputError
from dragoman.lexicon.inflect import singular
from dragoman.lexicon.phrases import read_phrase

_TOKEN = re.compile(r"\([^()]*\)|\{[^{}]*\}|\*|[^\s(){}*]+")
_SIGNS = frozenset({"$", "+", "%", "^"})


class NoFrameError(InputError):
    """A pattern that our frames have no counterpart of.

    Args:
        reason: short, stable for counting.
        detail: what it asks for.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail, "")


@dataclass
class Frame:
    """What a pattern asks of the words around its verb, in the keys of our triggers."""

    particle: str = ""
    obj: list[str] = field(default_factory=list)
    subj: list[str] = field(default_factory=list)
    prep: dict[str, list[str]] = field(default_factory=dict)
    actor: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)
    reciprocal: bool = False
    lost: list[str] = field(default_factory=list)  # phrases in sets of words before a noun

    def keys(self) -> dict[str, Any]:
        """The frame as keys of a trigger."""
        made: dict[str, Any] = {}
        if self.obj:
            made["obj"] = self.obj
        if self.subj:
            made["subj"] = self.subj
        if self.prep:
            made["prep"] = {p: w or "any" for p, w in self.prep.items()}
        if self.actor:
            made["actor"] = self.actor
        if self.recipient:
            made["recipient"] = self.recipient
        if self.reciprocal:
            made["reciprocal"] = "true"
        return made

    def negated(self) -> dict[str, Any] | None:
        """The frame as what must not stand there; None where it asks for more than one thing."""
        asked = [bool(self.obj), bool(self.subj), bool(self.prep)]
        if sum(asked) != 1 or self.particle or self.actor or self.recipient or self.reciprocal:
            return None
        if self.obj:
            return {"not_obj": self.obj}
        if self.subj:
            return {"not_subj": self.subj}
        return {"not_prep": {p: w or "any" for p, w in self.prep.items()}}


class PatternReader:
    """Reads patterns with the word lists of `data/import/petrarch.yml` and a file's synonym sets.

    Args:
        words: that table.
        sets: name of a set without `&` to its members.
    """

    def __init__(self, words: Mapping[str, Any], sets: Mapping[str, list[str]]) -> None:
        self.sets = sets
        self.prepositions = frozenset(words["prepositions"])
        self.particles = frozenset(words["particles"])
        self.empty = frozenset(words["empty_words"])
        self.grammar = frozenset(words["grammar_words"])
        self.joining = frozenset(words["joining_words"])

    def read(self, pattern: str) -> Frame:
        """The frame of a pattern.

        Raises:
            NoFrameError: there is none.
        """
        elements = _TOKEN.findall(pattern.replace("\t", " "))
        if _leftover(pattern):
            raise NoFrameError("pattern-malformed", "a bracket in it is not closed; mend it")
        if elements.count("*") != 1:
            raise NoFrameError("pattern-malformed", "needs one * in the verb's place; put it there")
        at = elements.index("*")
        frame = Frame()
        self._left([e for e in elements[:at] if not self._says_nothing(e)], frame)
        self._right(self._bracketed(elements[at + 1 :]), frame)
        _turn_passive(frame)
        return frame

    def _says_nothing(self, element: str) -> bool:
        return element == "^" or element.lower() in self.empty

    # ------------------------------------------------------------------ before the verb

    def _left(self, elements: list[str], frame: Frame) -> None:
        nouns = [e for e in elements if e not in _SIGNS]
        signs = [e for e in elements if e in _SIGNS]
        if len(nouns) > 1:
            raise NoFrameError(
                "several-words",
                "asks for several words before the verb; frames ask for the subject's head alone",
            )
        if nouns:
            if nouns[0].startswith("("):
                raise NoFrameError(
                    "phrase-before-verb", "asks for a phrase before the verb; frames look behind it"
                )
            frame.subj = self._nouns(nouns[0], frame)
        if "%" in signs:
            frame.reciprocal = True
        elif signs == ["+"]:
            frame.recipient = ["subj"]
        elif len(signs) > 1:
            raise NoFrameError(
                "two-sides-before-verb",
                "has source and target before the verb; frames have one subject",
            )

    # ------------------------------------------------------------------ behind the verb

    def _bracketed(self, elements: list[str]) -> list[str]:
        """The elements with phrases in brackets also where TABARI writes none: `* TALKS WITH +`."""
        elements = [e for e in elements if not self._says_nothing(e)]
        found: list[str] = []
        while elements:
            element = elements.pop(0)
            word = element.lower()
            after = elements[0] if elements and elements[0][0] not in "(" else ""
            is_particle = word in self.particles and after not in _SIGNS
            if word not in self.prepositions or is_particle:
                found.append(element)
            else:
                found.append(f"({element} {elements.pop(0)})" if after else f"({element})")
        return found

    def _right(self, elements: list[str], frame: Frame) -> None:
        bare = [e for e in elements if not e.startswith("(")]
        if bare and bare[0].lower() in self.particles:
            frame.particle = bare.pop(0).lower()
        nouns = [e for e in bare if e not in _SIGNS]
        if len(nouns) > 1:
            raise NoFrameError(
                "several-words",
                "asks for several words behind the verb; frames ask for the object's head alone",
            )
        if nouns:
            frame.obj = self._nouns(nouns[0], frame)
        for sign in (e for e in bare if e in _SIGNS):
            self._bare_sign(sign, bool(nouns), frame)
        for phrase in (e for e in elements if e.startswith("(")):
            self._phrase(phrase[1:-1].split(), phrase, frame)

    def _bare_sign(self, sign: str, has_object: bool, frame: Frame) -> None:
        if sign == "%":
            frame.reciprocal = True
        elif has_object:
            raise NoFrameError(
                "side-without-slot",
                f"has {sign} beside another object; frames name a side's preposition",
            )
        elif sign == "+":
            frame.recipient = ["obj"]
        elif sign == "$":
            frame.actor = ["obj"]

    def _phrase(self, inner: list[str], phrase: str, frame: Frame) -> None:
        inner = " ".join(inner).replace("{", " { ").replace("}", " } ").split()
        inner = [w for w in inner if w.lower() not in self.empty and w != "^"]
        if not inner:
            raise NoFrameError("pattern-malformed", f"{phrase} holds no word; mend it")
        word, rest = inner[0].lower(), [w for w in inner[1:] if w not in "{}"]
        options = word.split("/")
        if not self.prepositions.issuperset(options):
            if word in self.particles and not rest and not frame.particle:
                frame.particle = word
                return
            raise NoFrameError(
                "no-preposition", f"{phrase} begins with no preposition; frames ask for one"
            )
        if len(rest) > 1 and _SIGNS & set(rest):
            raise NoFrameError(
                "side-in-phrase", f"{phrase} has a side beside a noun; frames name its preposition"
            )
        if rest and rest[0] in {"+", "$"}:
            (frame.recipient if rest[0] == "+" else frame.actor).extend(options)
            if not frame.prep:
                frame.prep = {option: [] for option in options}
            return
        asked = [p for p, words in frame.prep.items() if words or p not in self._slots(frame)]
        if asked:
            raise NoFrameError(
                "two-phrases", "asks for two phrases at once; frames ask for one of several"
            )
        nouns = self._nouns(" ".join(rest), frame) if rest else []
        frame.prep = dict.fromkeys(options, nouns)

    @staticmethod
    def _slots(frame: Frame) -> Iterable[str]:
        return (*frame.actor, *frame.recipient)

    # ------------------------------------------------------------------ words

    def _nouns(self, element: str, frame: Frame) -> list[str]:
        """What an element stands for: head words as written and in the singular, and phrases."""
        inner = [w for w in element.strip("{}").split() if w.lower() not in self.empty]
        small = [w.lower() for w in inner if w.lower() in self.prepositions | self.joining]
        if small:
            raise NoFrameError(
                "modifier", f"{element} has {small[0]!r} in it; phrases are a noun and words before"
            )
        options = self._options(inner[-1]) if inner else []
        heads = list(dict.fromkeys(f for o in options if "_" not in o for f in _forms(o)))
        phrases = [_phrase(o.split("_")) for o in options if "_" in o]
        found = [p for p in phrases if not read_phrase(p).head & set(heads)]
        if len(inner) > 1:
            beside = " ".join(self._modifiers(word, frame) for word in inner[:-1])
            found = [f"{beside} {noun}" for noun in ["/".join(heads), *found] if noun]
            heads = []
        if not heads and not found:
            raise NoFrameError("set-empty", f"{element} holds no word; frames ask for one")
        return [*heads, *found]

    def _modifiers(self, element: str, frame: Frame) -> str:
        """Words of which one must stand before a noun, as a phrase of ours writes them."""
        options = self._options(element)
        single = [o for o in options if "_" not in o]
        parts = element.strip("_").lower().split("_")
        if not single and not element.startswith("&") and len(parts) > 1:
            return " ".join(parts)  # `AIR_FORCE BASE`
        frame.lost += [o for o in options if "_" in o]
        if not single:
            raise NoFrameError("set-empty", f"{element} holds no single word; frames ask for one")
        return "/".join(dict.fromkeys(form for o in single for form in _forms(o)))

    def _options(self, word: str) -> list[str]:
        """The words that a word with `/` or a set stands for, small; `_` joins those of phrases."""
        options: list[str] = []
        for part in word.split("/"):
            options += self._set(part[1:]) if part.startswith("&") else [part]
        small = [option.strip("_").lower() for option in options]
        return [option for option in small if option and " " not in option]

    def _set(self, name: str) -> list[str]:
        if name.rstrip("_") not in self.sets:
            raise NoFrameError("set-unknown", f"no line defines the set &{name}; define it")
        members = self.sets[name.rstrip("_")]
        if self.grammar & {member.strip("_").lower() for member in members}:
            raise NoFrameError(
                "grammar", f"&{name} asks for an auxiliary; frames read voice and tense themselves"
            )
        return members


def _phrase(words: list[str]) -> str:
    """A phrase of ours, the noun as written and in the singular."""
    noun = words.index("of") - 1 if "of" in words[1:] else len(words) - 1
    return " ".join("/".join(_forms(w)) if n == noun else w for n, w in enumerate(words))


def _forms(word: str) -> list[str]:
    """A word as written and in the singular."""
    return list(dict.fromkeys([word, singular(word)]))


def _turn_passive(frame: Frame) -> None:
    """`+ * (BY $)` is a passive, and our slots are the same for both voices.

    Raises:
        NoFrameError: the target stands before the verb, and nothing tells the voice.
    """
    if frame.recipient != ["subj"]:
        return
    if not frame.actor:
        raise NoFrameError(
            "target-before-verb", "has the target before the verb and no source; frames need a slot"
        )
    if frame.actor == ["by"]:
        frame.actor, frame.recipient = [], []
        frame.prep.pop("by", None)


def _leftover(pattern: str) -> bool:
    """True where a bracket stands alone."""
    rest = re.sub(r"\{[^{}]*\}", " ", pattern)
    rest = re.sub(r"\([^()]*\)", " ", rest)
    return any(c in rest for c in "(){}")
