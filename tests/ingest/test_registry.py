"""Who reads a file, and what is said where nobody can."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

import pytest

from storyloft.ingest import registry
from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedChapter, ImportedWork, NotReadable, Recognition
from tests import hostile


@dataclass(frozen=True)
class Stranger:
    """An importer of somebody else's."""

    name: str
    sureness: int = 0
    fails: Exception | None = None
    works: int = 1
    title: str = "a strange form"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if self.sureness < 0:
            raise ValueError("careless")
        return Recognition(self.sureness, f"{self.name} says so") if self.sureness else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        if self.fails:
            raise self.fails
        for _ in range(self.works):
            assert file.text
            yield ImportedWork(title=self.name, chapters=(ImportedChapter(html="<p>x</p>"),))


def installed(monkeypatch: pytest.MonkeyPatch, *strangers: Stranger) -> None:
    monkeypatch.setattr(registry, "importers", lambda: strangers)


FILE = GivenFile("a.txt", b"Once upon a time.")


def test_the_surest_reads_and_ties_go_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("zed", 50), Stranger("amy", 50), Stranger("bob", 10), Stranger("never"))
    importer, claim = registry.recognise(FILE)
    assert (importer.name, claim.because) == ("amy", "amy says so")


def test_one_that_fails_to_look_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("careless", -1), Stranger("bob", 10))
    assert registry.recognise(FILE)[0].name == "bob"


def test_a_reading_tells_who_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("amy", 50))
    reading = registry.read(FILE)
    assert (reading.importer, reading.importer_title, reading.because) == ("amy", "a strange form", "amy says so")
    assert (reading.size, len(reading.sha256), len(reading.works), reading.refused) == (17, 64, 1, "")


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [
        (NotReadable("It is locked."), "It is locked."),
        (KeyError("x"), "This file looks like a strange form but could not be read; it is kept as it was."),
        (RecursionError(), "This file looks like a strange form but could not be read; it is kept as it was."),
    ],
)
def test_what_goes_wrong_is_a_plain_sentence(
    fails: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    installed(monkeypatch, Stranger("amy", 50, fails=fails))
    reading = registry.read(FILE)
    assert (reading.refused, reading.works) == (sentence, ())
    assert isinstance(fails, NotReadable) or type(fails).__name__ in caplog.text


def test_no_story_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("amy", 50, works=0))
    assert registry.read(FILE).refused == "No story was found in this file."


def test_what_decoding_remarked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("amy", 50))
    assert registry.read(GivenFile("a.txt", b"caf\xe9 " * 9)).remarks == (
        "The encoding is not declared; read as windows-1252.",
    )


def test_files_too_large_are_refused_before_anybody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, Stranger("amy", 50))
    monkeypatch.setattr(registry, "LARGEST_FILE", 2 * hostile.MB)
    monkeypatch.setattr(registry, "LARGEST_TEXT", hostile.MB)
    assert registry.read(GivenFile("a.txt", b"word " * 300_000)).refused == (
        "This text is 1 MB long; up to 1 MB is read. Cut it into parts."
    )
    assert registry.read(GivenFile("a.txt", b"word " * 600_000)).refused == (
        "This file is 2 MB large; up to 2 MB is read."
    )


def test_ours_come_in_by_the_door_that_strangers_use() -> None:
    named = {point.name for point in entry_points(group=registry.GROUP)}
    assert {importer.name for importer in registry.importers()} == named


def test_one_that_cannot_be_loaded_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = EntryPoint("broken", "no_such_module:importer", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken])
    registry.importers.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert registry.importers() == ()
    finally:
        registry.importers.cache_clear()
    assert "The importer broken (no_such_module:importer) cannot be used: ModuleNotFoundError" in caplog.text


def test_a_page_nested_beyond_reason_is_refused_before_it_is_parsed() -> None:
    deep = b"<html><body>" + b"<div>" * 300_000 + b"<p>A story.</p>"
    assert "nested deeper" in registry.read(GivenFile("deep.html", deep)).refused
