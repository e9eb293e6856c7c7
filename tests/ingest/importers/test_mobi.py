"""Kindle books: locks are told, and a converter does the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.mobi import importer
from tests import hostile

BOOK = GivenFile("The Damp.mobi", hostile.kindle_book())


def converter(folder: Path, name: str, script: str) -> None:
    """A program that stands in for the real one, which not every machine has."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs; nothing but the shell's own tools is found besides."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (tmp_path / "made.epub").write_bytes(hostile.epub())
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), "/bin", "/usr/bin"]))
    monkeypatch.setenv("MADE", str(tmp_path / "made.epub"))
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    return folder


def test_a_locked_book_is_told() -> None:
    with pytest.raises(NotReadable, match="locked"):
        list(importer.read(GivenFile("a.mobi", hostile.kindle_book(locked=True))))


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("ebook-convert", 'cp "$MADE" "$2"'),
        ("mobiunpack", 'mkdir -p "$2/mobi8" && cp "$MADE" "$2/mobi8/book.epub"'),
    ],
)
def test_what_a_converter_makes_is_read(name: str, script: str, path: Path) -> None:
    converter(path, name, script)
    (work,) = importer.read(BOOK)
    assert work.title == "The Damp"
    assert work.warnings[-1] == "Read from a Kindle book; an EPUB keeps more."


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_a_converter_that_fails_is_a_plain_sentence(script: str, path: Path) -> None:
    converter(path, "ebook-convert", script)
    with pytest.raises(NotReadable, match="could not be unpacked"):
        list(importer.read(BOOK))


def test_without_a_converter_the_remedy_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(NotReadable, match="Install one of them"):
        list(importer.read(BOOK))
