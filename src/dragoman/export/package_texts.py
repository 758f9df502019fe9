"""The texts of a data package: descriptor, dictionary, citation, and how it was made."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import yaml

from dragoman.export.package import RECORDS, SCHEMA, Package, Table
from dragoman.settings import settings_table

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "list": "array"}
_MEDIA = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "gz": "application/gzip",
    "json": "application/schema+json",
    "md": "text/markdown",
}
_SOFTWARE = "Dragoman: coding news into PLOVER event records"
_DICTIONARY = """# Data dictionary

Lists are lists in Parquet. What is not known is null; in CSV an empty cell.
"""
# They say where things lay on the machine, not what was coded.
_LOCAL = ("cache_dir",)


def descriptor(package: Package, hashes: Mapping[str, str], sizes: Mapping[str, int]) -> str:
    """`datapackage.json`, Data Package v2.

    Args:
        hashes, sizes: SHA-256 and bytes of the files.
    """
    about = package.about
    value: dict[str, Any] = {
        "$schema": _PROFILE + "datapackage.json",
        "name": slug(about.title),
        "title": about.title,
        "description": about.description or _summary(package),
        "version": about.version,
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "contributors": [{"title": name, "roles": ["author"]} for name in about.authors],
        "keywords": ["event data", "PLOVER", "CAMEO"],
        "licenses": [_license(about.license)] if about.license else None,
        "sources": [*_sources(package)] or None,
        "resources": [*_resources(package, hashes, sizes)],
        "dragoman": [{k: c[k] for k in ("version", "lexicon", "model")} for c in package.coders],
    }
    kept = {name: given for name, given in value.items() if given is not None}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def slug(title: str) -> str:
    """A title as the name of a package: lower case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "events"


def _license(given: str) -> dict[str, str]:
    return {"path": given} if "://" in given else {"name": given}


def _sources(package: Package) -> Iterator[dict[str, Any]]:
    had = set()
    for run in package.runs:
        for each in run["inputs"]:
            if (each["name"], each["sha256"]) not in had:
                had.add((each["name"], each["sha256"]))
                source = {"title": each["name"], "bytes": each["bytes"]}
                source["hash"] = each["sha256"] and f"sha256:{each['sha256']}"
                yield {name: given for name, given in source.items() if given is not None}


def _resources(
    package: Package, hashes: Mapping[str, str], sizes: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for table in package.tables:
        yield {
            **_file(table.name, table.file, hashes, sizes),
            "type": "table",
            "title": table.title,
            "description": table.help,
            **({"dialect": {"header": True}, "encoding": "utf-8"} if _is_csv(table.file) else {}),
            "schema": _schema(table),
        }
    records = "the whole records, one JSON object a line; record.schema.json tells their fields"
    yield {**_file("records", RECORDS, hashes, sizes), "format": "jsonl", "description": records}
    for name, path, what in (
        ("record-schema", SCHEMA, "JSON Schema of a record"),
        ("dictionary", "dictionary.csv", "every column of every table"),
    ):
        yield {**_file(name, path, hashes, sizes), "description": what}


def _file(
    name: str, path: str, hashes: Mapping[str, str], sizes: Mapping[str, int]
) -> dict[str, Any]:
    ending = path.rpartition(".")[2]
    return {
        "name": name, "path": path, "format": ending, "mediatype": _MEDIA[ending],
        "bytes": sizes[path], "hash": f"sha256:{hashes[path]}",
    }  # fmt: skip


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": _PROFILE + "tableschema.json",
        "fields": [
            {"name": c.name, "type": _TYPES[c.kind], "description": c.help,
             **({"constraints": {"required": True}} if c.name in table.key else {})}
            for c in table.columns
        ],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }  # fmt: skip
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": list(r.columns),
             "reference": {"resource": r.table, "fields": list(r.there)}}
            for r in table.refers
        ]  # fmt: skip
    return schema


def _is_csv(path: str) -> bool:
    return path.endswith(".csv")


def dictionary(tables: Iterable[Table]) -> str:
    """Every column of every table, for a reader."""
    parts = [_DICTIONARY]
    for table in tables:
        lines = [f"## {table.name}", "", f"{table.help} (`{table.file}`). A row is known by "
                 + ", ".join(f"`{name}`" for name in table.key) + "."]  # fmt: skip
        for r in table.refers:
            here = ", ".join(f"`{name}`" for name in r.columns)
            lines[-1] += f" {here}: row of `{r.table}`."
        lines += ["", "| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind} | {c.help} |" for c in table.columns]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def dictionary_csv(tables: Iterable[Table]) -> str:
    """The same as a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "column", "kind", "key", "meaning"])
    for table in tables:
        for c in table.columns:
            key = "yes" if c.name in table.key else ""
            writer.writerow([table.name, c.name, c.kind, key, c.help])
    return out.getvalue()


def citation(package: Package) -> str:
    """`CITATION.cff`: the dataset, and what coded it."""
    about = package.about
    value: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it, and what coded it.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description or _summary(package),
        "authors": [_person(name) for name in about.authors],
        "version": about.version,
        "date-released": date.today().isoformat(),
        "references": [
            {
                "type": "software",
                "title": _SOFTWARE,
                "authors": [{"name": "The Dragoman developers"}],
                "version": coder["version"],
                "notes": f"lexicon {coder['lexicon']}, model {coder['model'] or 'none'}",
            }
            for coder in package.coders
        ],
    }
    if about.license:
        value["license-url" if "://" in about.license else "license"] = about.license
    kept = {name: given for name, given in value.items() if given is not None}
    text: str = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100)
    return text


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if comma:
        return {"family-names": family.strip(), "given-names": given.strip()}
    return {"name": name}


def readme(package: Package) -> str:
    """What is in the package and how to make it again."""
    about = package.about
    text = "with" if about.full_text else "without"
    files = [f"| `{t.file}` | {package.rows[t.name]:,} | {t.help} |" for t in package.tables]
    whole = f"the whole records; `{SCHEMA}` tells their fields"
    files.append(f"| `{RECORDS}` | {package.rows['events']:,} | {whole} |\n")
    parts = [
        f"# {about.title}\n",
        f"{about.description or _summary(package)}\n",
        f"By {'; '.join(about.authors)}. "
        + (f"Licence: {about.license}." if about.license else "No licence was named: ask.")
        + " `CITATION.cff` tells how to cite it.\n",
        "| file | rows | |\n|---|---|---|\n" + "\n".join(files),
        f"The tables are {text} the texts of the articles, which belong to their publishers"
        + ("." if about.full_text else "; `articles.sha256` tells whether a text is the same.")
        + " `DICTIONARY.md` tells of every column, `datapackage.json` of every file. To see that "
        "nothing was changed: `sha256sum -c SHA256SUMS`.\n",
        "## How it was made\n",
        *_making(package),
    ]
    if package.rejections:
        told = ", ".join(f"{count:,} {code}" for code, count in package.rejections.items())
        parts.append(f"Items of the inputs, or parts of them, that could not be used: {told}.\n")
    return "\n".join(parts)


def _summary(package: Package) -> str:
    rows = package.rows
    return (
        f"{rows['events']:,} events in PLOVER categories from {rows['articles']:,} news articles, "
        "coded by Dragoman: who did what to whom, when, where, and who says so."
    )


def _making(package: Package) -> Iterator[str]:
    for coder in package.coders:
        yield (
            f"Coder {coder['number']}: Dragoman {coder['version']}, lexicon {coder['lexicon']}, "
            f"model {coder['model'] or 'none'}; `dragoman --version` prints the three. The same "
            "three and the same inputs give the same records.\n"
        )
    for run in package.runs:
        yield f"Run {run['number']} (coder {run['coder']}, {run['started']} UTC, {run['state']}):\n"
        yield f"    {_command(run)}\n"
        inputs = [
            f"| `{i['name']}` | {_shown(i['files'])} | {_shown(i['bytes'])} | "
            f"{i['sha256'] or 'cannot be read twice'} |"
            for i in run["inputs"]
        ]
        if inputs:
            yield "| input | files | bytes | SHA-256 |\n|---|---|---|---|\n" + "\n".join(inputs)
            yield ""


def _shown(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _command(run: Mapping[str, Any]) -> str:
    """The command of a run, with the settings that were not the defaults."""
    given = json.loads(run["settings"])
    words = ["dragoman", "code", *(each["name"] for each in run["inputs"]), "--store"]
    words += ["events.duckdb", "--workers", str(run["workers"])]
    for row in settings_table():
        value = given.get(row.name)
        if row.name in _LOCAL or value is None or value == _plain(row.default):
            continue
        shown = ",".join(value) if isinstance(value, list) else str(value)
        words += ["--set", f"{row.name}={shown}"]
    return shlex.join(words)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))
