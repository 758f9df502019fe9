"""A data package: a folder to publish, with tables, descriptor, dictionary, citation, checksums.

The descriptor follows Data Package v2 (https://datapackage.org/standard/data-package/); it is read
by the programs of Frictionless Data.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import OutputError
from dragoman.export.layout import DATA
from dragoman.serialise import json_line
from dragoman.store import info, published_rows
from dragoman.store.dump import write_csv, write_parquet
from dragoman.tables import COLUMNS, Column, plain
from dragoman.yamlfile import load_yaml

RECORDS, SCHEMA = "data/records.jsonl.gz", "record.schema.json"
CHECKSUMS = "SHA256SUMS"


class Refers(NamedTuple):
    """Columns of a table that name rows of another one."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a package.

    Attributes:
        file: where it lies in the package.
        key: columns that together tell rows apart.
        full_text: the column that holds the words of articles at length, or None.
    """

    name: str
    title: str
    help: str
    file: str
    key: tuple[str, ...]
    refers: tuple[Refers, ...]
    columns: tuple[Column, ...]
    full_text: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself.

    Attributes:
        authors: as they are to be cited.
        license: an SPDX name or an address, or None.
        full_text: also publish the articles and the sentences of events.
    """

    title: str
    authors: tuple[str, ...]
    description: str | None = None
    license: str | None = None
    version: str | None = None
    full_text: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """What was written, for the texts that describe it.

    Attributes:
        rows: number of rows of each table.
        coders, runs: rows of these tables, `runs` with its `inputs`.
        rejections: number of items or parts of them by reason.
    """

    about: About
    tables: tuple[Table, ...]
    rows: Mapping[str, int]
    coders: tuple[Mapping[str, Any], ...]
    runs: tuple[Mapping[str, Any], ...]
    rejections: Mapping[str, int]


@lru_cache(maxsize=1)
def load_tables() -> tuple[Table, ...]:
    """The tables of `data/export/package.yml`."""
    return tuple(
        Table(
            entry["name"],
            entry["title"],
            entry["help"],
            entry["file"],
            tuple(entry["key"].split()),
            tuple(_refers(each) for each in entry.get("refers", ())),
            tuple(plain(c["name"], c["kind"], c["help"]) for c in entry.get("columns", ()))
            or COLUMNS,
            entry.get("full_text"),
        )
        for entry in load_yaml(DATA / "package.yml")["tables"]
    )


def _refers(entry: Mapping[str, str]) -> Refers:
    table, *there = entry["to"].split()
    return Refers(tuple(entry["from"].split()), table, tuple(there))


def write_package(store: Path, folder: Path, about: About, coder: str | None = None) -> Package:
    """Write a package of a store; the folder appears whole or not at all.

    Args:
        coder: as for `store.events`.

    Raises:
        InputError: the store cannot be read.
        UsageError: it has no such coder.
        OutputError: the folder cannot be written, or is not empty.
    """
    rows = published_rows(store, coder)
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: is there and not empty; name a folder of its own")
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        (part / "data").mkdir(parents=True)
        package = _write_tables(part, rows, about, info(store)["rejections"])
        _write_records(part, rows, about.full_text)
        _write_texts(part, package)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{folder}: cannot be written ({reason}); name another") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return package


Rows = Callable[[str], Iterator[Any]]


def _write_tables(folder: Path, rows: Rows, about: About, rejections: Mapping[str, int]) -> Package:
    tables, counts = [], {}
    for table in load_tables():
        if not about.full_text and table.full_text:
            columns = tuple(c for c in table.columns if c.name != table.full_text)
            table = replace(table, columns=columns)
        path = folder / table.file
        source = rows("records" if table.name == "events" else table.name)
        if path.suffix == ".parquet":
            count = write_parquet(source, path, table.columns)
        else:
            with path.open("w", encoding="utf-8", newline="") as out:
                count = write_csv(source, out, table.columns)
        if count == 0 and table.name == "clusters":  # nobody looked for them
            path.unlink()
            continue
        tables.append(table)
        counts[table.name] = count
    inputs = list(rows("inputs"))
    runs = [
        {**run, "inputs": [i for i in inputs if i["run"] == run["number"]]} for run in rows("runs")
    ]
    return Package(about, tuple(tables), counts, tuple(rows("coders")), tuple(runs), rejections)


def _write_records(folder: Path, rows: Rows, full_text: bool) -> None:
    # No time in the header: the same store gives the same bytes.
    with (folder / RECORDS).open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:
        for record in rows("records"):
            if not full_text:
                record["mentions"] = [{**m, "text": None} for m in record["mentions"]]
            out.write(json_line(record).encode())
    shutil.copyfile(DATA / SCHEMA, folder / SCHEMA)


def _write_texts(folder: Path, package: Package) -> None:
    from dragoman.export import package_texts as texts

    files = {
        "README.md": texts.readme(package),
        "DICTIONARY.md": texts.dictionary(package.tables),
        "dictionary.csv": texts.dictionary_csv(package.tables),
        "CITATION.cff": texts.citation(package),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    hashes = dict(checksums(folder))
    sizes = {name: (folder / name).stat().st_size for name in hashes}
    descriptor = texts.descriptor(package, hashes, sizes)
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8", newline="")
    lines = [f"{digest}  {name}\n" for name, digest in checksums(folder)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="")


def checksums(folder: Path) -> Iterable[tuple[str, str]]:
    """Names and SHA-256 of all files of a folder, in order."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        yield path.relative_to(folder).as_posix(), digest
