"""Every kind of input, and every way in which one can be bad."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from dragoman.read import ReadOptions, read_inputs
from dragoman.records import RawItem, Rejection

LINE = '{"text": "Ships came to Togo."}\n'


def read(*names: object, stdin: bytes | None = None, **limits: int) -> list[RawItem | Rejection]:
    stream = None if stdin is None else io.BytesIO(stdin)
    return list(read_inputs([str(name) for name in names], ReadOptions(**limits), stream))


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def items(found: list[RawItem | Rejection]) -> list[RawItem]:
    return [each for each in found if isinstance(each, RawItem)]


def codes(found: list[RawItem | Rejection]) -> list[str]:
    return [each.code for each in found if isinstance(each, Rejection)]


# ------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("content", "kind", "count"),
    [
        ("Ships came to Togo.", "text", 1),
        ("[LOME] Ships came to Togo.", "text", 1),
        ("{Lome} Ships came to Togo.", "text", 1),
        ("Ships < boats, he said.\nAnd cars > carts.", "text", 1),
        ("<!DOCTYPE html><html><body><p>Ships came.</body></html>", "html", 1),
        ("\ufeff  <p>Ships came.</p>", "html", 1),
        ("<?xml version='1.0'?><html xmlns='x'><p>Ships came.</p></html>", "html", 1),
        (LINE * 3, "text", 3),
        (LINE.strip(), "text", 1),
        ("\n\n" + LINE + "\n" + LINE, "text", 2),
        ('{"html": "<p>Ships came.</p>"}\n', "html", 1),
        ('{"body": "<html><p>Ships came.</p></html>"}\n', "html", 1),
        ('[\n {"text": "Ships came."},\n {"text": "Ships left."}\n]', "text", 2),
        ('{\n "articles": [{"text": "Ships came."}]\n}', "text", 1),
        ('{\n "headline": "Ships",\n "maintext": "Ships came."\n}', "text", 1),
        ('{"articles": [{"text": "Ships came."}, {"text": "Ships left."}]}', "text", 2),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_kind_is_read_from_content(
    content: str, kind: str, count: int, packed: bool, tmp_path: Path
) -> None:
    data = content.encode()
    # The ending lies on purpose.
    path = write(tmp_path / "input.bin", gzip.compress(data) if packed else data)
    found = read(path)
    assert not codes(found)
    assert [item.kind for item in items(found)] == [kind] * count


def test_page_with_an_object_on_a_line_of_its_script_is_html(tmp_path: Path) -> None:
    page = '<html><script>\n{"a": 1}\n</script><p>Ships came.</p></html>'
    assert items(read(write(tmp_path / "a", page)))[0].kind == "html"


def test_fields_and_their_other_names(tmp_path: Path) -> None:
    rows = [
        {"text": "A.", "id": 7, "title": "T", "url": "u", "publisher": "P",
         "published": "2021-07-13", "language": "en"},
        {"maintext": "A.", "_id": {"$oid": "7"}, "headline": "T", "link": "u",
         "source": {"name": "P"}, "date_publish": "2021-07-13", "lang": "en"},
    ]  # fmt: skip
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    first, second = items(read(path))
    assert first == RawItem(f"{path}:1", "text", "A.", "7", "T", "u", "P", "2021-07-13", "en")
    assert second == RawItem(f"{path}:2", "text", "A.", "7", "T", "u", "P", "2021-07-13", "en")


def test_text_as_a_list_of_paragraphs() -> None:
    found = read("-", stdin=b'{"text": ["Ships came.", "They left."]}')
    assert items(found)[0].body == "Ships came.\n\nThey left."


def test_standard_input(tmp_path: Path) -> None:
    assert items(read("-", stdin=LINE.encode()))[0].origin == "<stdin>:1"
    assert items(read("-", stdin=gzip.compress(b"Ships came.")))[0].body == "Ships came."
    assert codes(read("-")) == ["stdin-missing"]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path / "b" / "2.txt", "two")
    write(tmp_path / "c.txt", "three")
    write(tmp_path / "a.txt", "one")
    write(tmp_path / ".hidden", "no")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [item.body for item in items(read(tmp_path))] == ["one", "two", "three"]


def test_named_pipe_is_read_when_named_and_not_when_walked(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert codes(read(tmp_path)) == ["not-a-file"]
    writer = os.fork()
    if writer == 0:
        pipe.write_bytes(b"Ships came.")
        os._exit(0)
    assert items(read(pipe))[0].body == "Ships came."
    os.waitpid(writer, 0)


# --------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    "data",
    [
        "São Tomé protested – “now”.".encode(),
        b"\xef\xbb\xbf" + "São Tomé protested – “now”.".encode(),
        "São Tomé protested – “now”.".encode("utf-16"),
        "São Tomé protested – “now”.".encode("utf-16-le"),
        "São Tomé protested – “now”.".encode("utf-32"),
        "São Tomé ".encode() + "protested – “now”.".encode("cp1252"),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16 without mark", "utf-32", "mixed"],
)
def test_encodings(data: bytes) -> None:
    assert items(read("-", stdin=data))[0].body == "São Tomé protested – “now”."


def test_utf_16_json_lines() -> None:
    assert len(items(read("-", stdin=(LINE * 2).encode("utf-16")))) == 2


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-1", "gb2312"])
def test_declared_charset(charset: str) -> None:
    words = {"windows-1251": "Путин", "iso-8859-1": "“São”", "gb2312": "北京"}[charset]
    real = "cp1252" if charset == "iso-8859-1" else charset
    page = f'<html><meta charset="{charset}"><p>{words}</p></html>'.encode(real)
    assert words in items(read("-", stdin=page))[0].body


def test_undeclared_encoding_is_guessed() -> None:
    text = "Le président a été arrêté à la frontière, a déclaré le ministère. " * 5
    assert items(read("-", stdin=text.encode("cp1252")))[0].body == text


# --------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t\n ", "file-empty"),
        (gzip.compress(b"", mtime=0), "file-empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"PK\x03\x04 office", "binary"),
        (b"%PDF-1.7 text", "binary"),
        (b"Ships came\0\0 to Togo and much more followed.", "undecodable"),
        (bytes(range(1, 32)) * 40, "undecodable"),
        (gzip.compress(b"Ships came to Togo. " * 5000, mtime=0)[:-300], "gzip-damaged"),
        (gzip.compress(b"Ships", mtime=0)[:12], "gzip-damaged"),
        (b"\x1f\x8bno gzip at all", "gzip-damaged"),
        (b'{"text": 5', "json-invalid"),
        (b'{\n"text": "Ships\n came"\n', "json-invalid"),
        (b'[{"text": "Ships came."}, 5', "json-invalid"),
        (b'{"a": ' + b"[" * 100_000, "json-invalid"),
        (b'{"title": "Ships"}', "json-no-text"),
        (b'{"text": "  "}', "json-no-text"),
        (b'{"text": null, "id": "x"}', "json-no-text"),
        (b'[{"text": ""}]', "json-no-text"),
    ],
)
def test_bad_content(data: bytes, code: str, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.dat", data)
    found = read(path)
    assert codes(found) == [code]
    assert not items(found)
    rejection = found[0]
    assert isinstance(rejection, Rejection)
    assert rejection.stage == "read"
    assert rejection.place.startswith(str(path))
    assert len(rejection.detail) > 20


def test_one_bad_line_of_ten_costs_only_itself(tmp_path: Path) -> None:
    lines = [LINE] * 10
    lines[6] = '{"text": "Ships came\n'
    path = write(tmp_path / "a.jsonl", "".join(lines))
    found = read(path)
    assert len(items(found)) == 9
    assert codes(found) == ["json-invalid"]
    assert [each.place for each in found if isinstance(each, Rejection)] == [f"{path}:7"]


def test_bad_first_line_does_not_hide_the_rest() -> None:
    found = read("-", stdin=("no json\n" + LINE * 4).encode())
    assert len(items(found)) == 4
    assert codes(found) == ["json-invalid"]


def test_other_values_than_objects() -> None:
    assert codes(read("-", stdin=(LINE * 3 + "5\n[1]\n").encode())) == ["json-no-object"] * 2


def test_line_with_bytes_of_no_encoding() -> None:
    bad = b'{"text": "' + bytes(range(14, 32)) * 9 + b'"}\n'
    found = read("-", stdin=LINE.encode() * 3 + bad + LINE.encode())
    assert len(items(found)) == 4
    assert len(codes(found)) == 1


def test_lone_surrogates_can_be_written_again() -> None:
    item = items(read("-", stdin=b'{"text": "Ships \\ud800 came."}'))[0]
    assert item.body.encode() == "Ships \ufffd came.".encode()


def test_too_long_a_line_is_skipped_without_being_held() -> None:
    long = b'{"text": "' + b"x" * 8_000_000 + b'"}\n'
    data = LINE.encode() + long + LINE.encode()
    stream = io.BytesIO(data)
    tracemalloc.start()
    found = list(read_inputs(["-"], ReadOptions(max_line_bytes=100_000), stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(found) == ["line-too-long"]
    assert len(items(found)) == 2
    assert peak < 3_000_000


def test_json_lines_are_streamed() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            data = (LINE.encode() * (len(view) // len(LINE)))[: len(view)]
            view[: len(data)] = data
            return len(data)

    found = read_inputs(["-"], stdin=io.BufferedReader(Endless()))
    assert all(isinstance(next(found), RawItem) for _ in range(5000))


def test_good_lines_before_the_end_of_a_cut_gzip_are_read(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": os.urandom(40).hex()}) + "\n" for _ in range(5000))
    data = gzip.compress(lines.encode())
    found = read(write(tmp_path / "a.jsonl.gz", data[: len(data) // 2]))
    assert codes(found) == ["gzip-damaged"]
    assert len(items(found)) > 1000


def test_limits(tmp_path: Path) -> None:
    assert codes(read("-", stdin=b"Ships came. " * 100, max_input_bytes=1000)) == ["input-too-long"]
    bomb = gzip.compress(b" " * 3_000_000 + b"Ships")
    assert codes(read("-", stdin=bomb, max_input_bytes=1_000_000)) == ["gzip-bomb"]
    twice = gzip.compress(bomb)
    assert codes(read("-", stdin=twice, max_input_bytes=1_000_000)) == ["gzip-bomb"]


def test_missing_and_unreadable(tmp_path: Path) -> None:
    found = read(tmp_path / "none.txt", write(tmp_path / "a.txt", "Ships came."))
    assert codes(found) == ["file-missing"]
    assert len(items(found)) == 1
    assert codes(read("nul\0name")) == ["file-unreadable"]
    assert codes(read("/dev/null")) == ["not-a-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = write(tmp_path / "closed.txt", "Ships")
    folder.chmod(0)
    path.chmod(0)
    try:
        assert sorted(codes(read(tmp_path))) == ["file-unreadable", "folder-unreadable"]
    finally:
        folder.chmod(0o700)
        path.chmod(0o600)


def test_errors_of_the_system_are_rejections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "a.txt", "Ships")
    real = os.scandir

    def closed(path: object) -> object:
        if str(path).endswith("in"):
            raise PermissionError(13, "Permission denied")
        return real(str(path))

    monkeypatch.setattr("dragoman.read.inputs.os.scandir", closed)
    found = read(tmp_path)
    assert codes(found) == ["folder-unreadable"]
    assert "Permission denied" in next(r.detail for r in found if isinstance(r, Rejection))
    monkeypatch.setattr(
        "pathlib.Path.open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "denied"))
    )
    assert codes(read(tmp_path / "a.txt")) == ["file-unreadable"]
