"""An import from its files to the entries of our layout."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.imports.actors import ActorImport
from dragoman.imports.agents import AgentImport
from dragoman.imports.codes import Crosswalk
from dragoman.imports.entities import EntityImport
from dragoman.imports.known import Known
from dragoman.imports.lines import read_lines
from dragoman.imports.report import Imported, Report
from dragoman.imports.verbs import VerbImport
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.read.decode import decode
from dragoman.yamlfile import uncollected

KINDS = ("actors", "agents", "verbs", "entities")
_GZIP = b"\x1f\x8b"
_VERB_LINE = re.compile(r"-{3}\s.*\[|-\s.*\*.*\[[^\]]*\]|-\s*\*")
_AGENT_LINE = re.compile(r"[^\[]*\[[^\]]*~")


def import_files(
    files: Sequence[Path],
    lexicon: Lexicon,
    ontology: Ontology,
    kind: str | None = None,
    language: str = "en",
) -> Imported:
    """Read dictionaries and lists of entities.

    Args:
        files: dictionaries in the PETRARCH or TABARI format, FollowTheMoney entities as JSON
            Lines, each also gzipped.
        lexicon: Dragoman's own knowledge, to leave it in place where it tells more.
        ontology: PLOVER.
        kind: one of `KINDS`, for all files; None: told from the content of each.
        language: ISO 639-1 code of agents and verbs.

    Raises:
        InputError: a file that cannot be read, or whose kind cannot be told.
    """
    report = Report()
    crosswalk, known = Crosswalk.load(ontology), Known(lexicon)
    actors = ActorImport(crosswalk, known, report)
    agents = AgentImport(crosswalk, known, report)
    verbs = VerbImport(crosswalk, known, report)
    entities = EntityImport(crosswalk, known, report)
    with uncollected():
        for file in files:
            text = _text(file)
            what = kind or kind_of(text, str(file))
            if what == "entities":
                entities.read(text, str(file))
            elif what == "verbs":
                verbs.read(list(read_lines(text, str(file))))
            else:
                (agents if what == "agents" else actors).read(read_lines(text, str(file)))
        actors.finish()
        entities.finish()
    found = _files(actors, agents, verbs, entities.entries, language)
    counts = {
        "states": len(actors.states),
        "actors": len(actors.entries) + len(entities.entries),
        "agents": len(agents.entries),
        "triggers": sum(map(len, verbs.entries.values())),
    }
    return Imported(found, report.in_order([str(file) for file in files]), counts)


def _files(
    actors: ActorImport,
    agents: AgentImport,
    verbs: VerbImport,
    entities: list[dict[str, Any]],
    language: str,
) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for code, names in sorted(actors.states.items()):
        state = {"code": code, "name": actors.known.state_names[code], "names": names}
        files[f"actors/countries/{code.lower()}.yml"] = state
    if actors.entries:
        files["actors/organisations/imported.yml"] = actors.entries
    if entities:
        files["actors/organisations/imported_entities.yml"] = entities
    if agents.entries:
        files[f"lang/{language}/agents/imported.yml"] = agents.entries
    for type_, triggers in sorted(verbs.entries.items()):
        content = {"type": type_, "triggers": triggers}
        files[f"lang/{language}/triggers/{type_}.yml"] = content
    return files


def kind_of(text: str, place: str) -> str:
    """Which of `KINDS` a file is, by its first lines that tell.

    Raises:
        InputError: none of them tells.
    """
    if text.lstrip()[:1] == "{":
        return "entities"
    has_code = False
    for line in read_lines(text, place):
        if _VERB_LINE.match(line.text.strip()):
            return "verbs"
        if _AGENT_LINE.match(line.text):
            return "agents"
        has_code = has_code or "[" in line.text
    if has_code:
        return "actors"
    raise InputError(
        "kind-unknown",
        "holds no codes in square brackets and no JSON; it must be a dictionary in the PETRARCH "
        f"or TABARI format or FollowTheMoney entities (kinds: {', '.join(KINDS)})",
        place,
    )


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError("unreadable", f"cannot be read ({error}); check it", str(file)) from error
    return decode(data, str(file))
