"""Kindle books: locks are told, converters are run in turn and watched, and what they make is read."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.kindle_book import converters
from storyloft.ingest.importers.mobi import importer
from storyloft.ingest.jail import ReadingProcess
from tests import golden, hostile

BOOK = GivenFile("The Damp.mobi", hostile.kindle_book())
NEWER = 'mkdir -p "$2/mobi8" && cp "$MADE" "$2/mobi8/book.epub"'
OLDER = 'mkdir -p "$2/mobi7" && echo "<p>It is damp.</p>" > "$2/mobi7/book.html"'


def converter(folder: Path, name: str, script: str) -> None:
    """A program that stands in for the real one, so that it does what the test wants."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs; nothing but the shell's own tools is found besides."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for tool in ("cp", "mkdir", "sleep", "touch"):
        (folder / tool).symlink_to(Path("/bin") / tool)
    (tmp_path / "made.epub").write_bytes(hostile.epub())
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("MADE", str(tmp_path / "made.epub"))
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    return folder


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def read(file: GivenFile) -> ImportedWork:
    (work,) = importer.read(file)
    return work


def palm_book(*records: bytes, packed: bool = False) -> bytes:
    """A PalmDoc: a database whose first record tells of the others."""
    head = struct.pack(">HHLHHL", 2 if packed else 1, 0, 0, len(records), 4096, 0)
    parts = [head, *records]
    start = 78 + 8 * len(parts) + 2
    starts = [start + sum(map(len, parts[:number])) for number in range(len(parts))]
    listing = b"".join(struct.pack(">LL", at, number) for number, at in enumerate(starts))
    name = b"The Damp".ljust(60, b"\0")
    return name + b"TEXtREAd" + bytes(8) + struct.pack(">H", len(parts)) + listing + bytes(2) + b"".join(parts)


def test_a_locked_book_is_told() -> None:
    with pytest.raises(NotReadable, match="locked"):
        read(GivenFile("a.mobi", hostile.kindle_book(locked=True)))


def test_a_book_whose_last_parts_are_missing_is_told() -> None:
    (whole,) = golden.given(golden.SAMPLES / "mobi" / "ao3-work-mobi")
    with pytest.raises(NotReadable, match="cut short"):
        read(GivenFile("a.mobi", whole.data[: len(whole.data) // 2]))


@pytest.mark.parametrize(("name", "script"), [("ebook-convert", 'cp "$MADE" "$2"'), ("mobiunpack", NEWER)])
def test_what_a_converter_makes_is_read(name: str, script: str, path: Path) -> None:
    converter(path, name, script)
    work = read(BOOK)
    assert work.title == "The Damp"
    assert work.warnings == ()


def test_a_book_in_the_older_form_says_what_it_cannot_keep(path: Path) -> None:
    converter(path, "mobiunpack", OLDER)
    work = read(BOOK)
    assert work.chapters[0].html == "<p>It is damp.</p>"
    assert "an EPUB keeps more" in work.warnings[-1]


def test_a_book_in_both_forms_is_read_in_the_newer(path: Path) -> None:
    converter(path, "mobiunpack", f"{OLDER}; {NEWER}")
    assert read(BOOK).title == "The Damp"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'mkdir -p "$2/mobi7"; touch "$2/mobi7/book.html"'])
def test_what_one_converter_cannot_open_the_other_may(script: str, path: Path) -> None:
    converter(path, "mobiunpack", script)
    with pytest.raises(NotReadable, match="could not be unpacked"):
        read(BOOK)
    converter(path, "ebook-convert", 'cp "$MADE" "$2"')
    assert read(BOOK).title == "The Damp"


def test_a_converter_that_hangs_is_stopped_and_leaves_nothing(
    path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(converters._SECONDS, "mobiunpack", 1)
    converter(path, "mobiunpack", 'mkdir "$2/mobi7"; touch "$HOME/.cache"; exec sleep 600')
    with pytest.raises(NotReadable, match="could not be unpacked"):
        read(BOOK)
    assert list(scratch.iterdir()) == []


def test_without_a_converter_the_remedy_is_told(path: Path) -> None:
    with pytest.raises(NotReadable, match="Install one of them"):
        read(BOOK)


def test_two_conversions_of_a_book_are_not_told_apart_by_their_random_numbers(path: Path) -> None:
    converter(path, "mobiunpack", NEWER)
    source = read(BOOK).source
    assert source is not None
    assert source.site_id == ""


def test_a_book_of_the_palms_days_needs_no_converter(path: Path) -> None:
    text = "The Damp\r\n\r\nIt is damp — said Watson.\r\n".encode("cp1252")
    work = read(GivenFile("damp.prc", palm_book(text[:20], text[20:])))
    assert work.title == "The Damp"
    assert work.chapters[0].html == "<p>It is damp — said Watson.</p>"


def test_packed_text_of_the_palms_days_is_unpacked(path: Path) -> None:
    # "Damp, damp, damp" as letters, a copy of six bytes from six before, and a pair of blank and letter.
    packed = b"Tea\n\nDamp, damp" + struct.pack(">H", 0x8000 | 6 << 3 | 3) + bytes((ord("x") ^ 0x80,))
    work = read(GivenFile("damp.prc", palm_book(packed, packed=True)))
    assert work.chapters[0].html == "<p>Damp, damp, damp x</p>"


def test_it_is_read_within_the_limits_of_the_reading_process_and_nothing_stays_behind() -> None:
    case = golden.SAMPLES / "mobi" / "ao3-work-mobi" / "input.mobi"
    with ReadingProcess() as process:
        (reading,) = process.read_file(case, "lamp.mobi")
        left = list(process._scratch.iterdir())
    assert [chapter.title for chapter in reading.works[0].chapters] == ["Trimming the Wick", "", "Afterword"]
    assert left == []
