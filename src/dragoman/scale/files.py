"""Files on storage that all machines see: a folder of theirs, or a URI that pyarrow knows (s3://)."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.errors import InputError, OutputError
from dragoman.read import InputPath

_PART = 1 << 20


def is_uri(name: str) -> bool:
    """True for `s3://bucket/key` and the like."""
    return "://" in name


def absolute(name: str) -> str:
    """The name under which every machine finds it, whatever its working directory."""
    return name if is_uri(name) else str(Path(name).absolute())


def list_uri(name: str) -> list[InputPath]:
    """The files at a URI, in the order in which a folder is walked; hidden ones are passed over.

    Raises:
        InputError: it cannot be listed.
    """
    try:
        system, path = _system(name)
        info = system.get_file_info(path)
        if info.is_file:
            return [InputPath(name)]
        if info.type.name == "NotFound":
            raise InputError("file-missing", "there is no such file; check the URI", name)
        from pyarrow import fs

        found = system.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ValueError) as error:
        raise InputError("file-unreadable", f"cannot be listed ({error}); check it", name) from None
    inside = [each.path[len(path) :].strip("/").split("/") for each in found if each.is_file]
    shown = sorted(parts for parts in inside if not any(p.startswith(".") for p in parts))
    return [InputPath("/".join([name.rstrip("/"), *parts]), walked=True) for parts in shown]


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file at a URI, or on disk.

    Raises:
        OSError: it cannot be opened.
    """
    if not is_uri(name):
        with Path(name).open("rb") as stream:
            yield stream
        return
    try:
        system, path = _system(name)
        stream = system.open_input_stream(path, compression=None)
    except ValueError as error:
        raise OSError(str(error)) from error
    with stream:
        yield cast(BinaryIO, stream)


class Folder:
    """The folder of a run: files appear in it whole or not at all.

    Args:
        name: its path or URI.

    Raises:
        OutputError: the URI is none that pyarrow knows.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            self._system, self._root = _system(name)
        except (OSError, ValueError) as error:
            raise OutputError(f"{name}: cannot be used ({error}); name another folder") from error
        self._local = not is_uri(name) or name.startswith("file://")

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return bool(self._system.get_file_info(self._at(path)).is_file)

    def names(self, inside: str = "") -> set[str]:
        """The files in it, or in a folder inside it; hidden ones left out."""
        from pyarrow import fs

        root = self._at(inside).rstrip("/")
        selector = fs.FileSelector(root, allow_not_found=True, recursive=True)
        found = [f.path for f in self._system.get_file_info(selector) if f.is_file]
        return {p[len(self._root) :].strip("/") for p in found if "/." not in p[len(root) :]}

    def write(self, path: str, source: Path) -> None:
        """Put a copy of a file into it.

        Raises:
            OutputError: it cannot be written.
        """
        target = self._at(path)
        # Object stores show an object when it is whole; on disk a file is renamed when it is.
        aim = f"{target}.{uuid.uuid4().hex}.part" if self._local else target
        try:
            self._system.create_dir(target.rpartition("/")[0], recursive=True)
            with source.open("rb") as given, self._system.open_output_stream(aim) as out:
                shutil.copyfileobj(given, out, _PART)
            if aim != target:
                self._system.move(aim, target)
        except OSError as error:
            raise OutputError(
                f"{self.name}: cannot be written ({error}); mend that and run the same command "
                "again: it goes on where it stopped"
            ) from error

    def remove(self, path: str) -> None:
        """Take a file out of it, if it is there.

        Raises:
            OutputError: it cannot be removed.
        """
        try:
            if self.has(path):
                self._system.delete_file(self._at(path))
        except OSError as error:
            raise OutputError(f"{self.name}: {path} cannot be removed ({error})") from error

    def write_text(self, path: str, text: str) -> None:
        """Put a text into it."""
        with tempfile.TemporaryDirectory() as scratch:
            source = Path(scratch) / "text"
            source.write_text(text, encoding="utf-8")
            self.write(path, source)

    def read_text(self, path: str) -> str:
        """A text of it.

        Raises:
            OSError: it cannot be read.
        """
        with self._system.open_input_stream(self._at(path), compression=None) as stream:
            return str(stream.read().decode("utf-8", "replace"))

    def fetch(self, path: str, scratch: Path) -> Path:
        """A file of it on disk: itself, or a copy."""
        if self._local:
            return Path(self._at(path))
        copy = scratch / path.replace("/", "-")
        given = self._system.open_input_stream(self._at(path), compression=None)
        with given, copy.open("wb") as out:
            shutil.copyfileobj(given, out, _PART)
        return copy

    def _at(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}"


def _system(name: str) -> tuple[Any, str]:
    """The file system of a name, and its path there.

    Raises:
        ValueError, OSError: there is no such system.
    """
    from dragoman.optional import need

    fs = need("pyarrow.fs", "ray", "work on shared storage")
    if is_uri(name):
        system, path = fs.FileSystem.from_uri(name)
        return system, path
    return fs.LocalFileSystem(), Path(name).absolute().as_posix()
