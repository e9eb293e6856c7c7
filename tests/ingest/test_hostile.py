"""Files that mean harm or were harmed: each gets a plain sentence in the reading process, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.registry import Reading
from tests import hostile

Read = Callable[[str, bytes], list[Reading]]


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess() as running:
        yield running


@pytest.fixture
def read(process: ReadingProcess, tmp_path: Path) -> Read:
    def read_bytes(name: str, data: bytes) -> list[Reading]:
        path = tmp_path / "given"
        path.write_bytes(data)
        return list(process.read_file(path, name))

    return read_bytes


GOOD = hostile.epub()
REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t\0\0", "empty"),
    "cut.epub": (GOOD[: len(GOOD) // 2], "cut short"),
    "no-spine.epub": (hostile.epub(spine=""), ""),
    "locked.epub": (hostile.locked_epub(), "locked"),
    "locked.mobi": (hostile.kindle_book(locked=True), "locked"),
    "cut.mobi": (hostile.kindle_book()[:80], "cut short"),
    "topaz.azw": (b"TPZ3" + bytes(100), "Topaz"),
    "photo.txt": (hostile.PNG, "picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
    "data.json": (b'{"not": "a story"}', "data"),
    "noise.txt": (bytes(range(256)) * 40, "no story"),
    "packed.rar": (b"Rar!\x1a\x07\x00" + bytes(100), "RAR"),
    "long.txt": (hostile.PROSE.encode() * (40 * hostile.MB // len(hostile.PROSE.encode())), "16 MB"),
    "entities.docx": (hostile.word_document("&a9;", doctype=hostile.BILLION_LAUGHS), "damaged"),
    "outside.docx": (hostile.word_document("&out;", doctype=hostile.OUTSIDE_FILE), "entities"),
    "bomb.docx": (hostile.word_document(more=[("word/huge.xml", bytes(80 * hostile.MB))]), "zip bomb"),
    "cut.docx": (hostile.word_document()[:-60], "cut short"),
    "broken.pdf": (b"%PDF-1.7\n" + b"nothing here " * 50, "damaged"),
    "bomb.zip": (hostile.flat_bomb(), "zip bomb"),
    "liar.zip": (hostile.lying_bomb(), "zip bomb"),
    "overlapping.zip": (hostile.overlapping_bomb(), "zip bomb"),
    "deep.zip": (hostile.deep_bomb(), "too deep"),
    "secret.zip": (hostile.locked_zip(), "password"),
    "volume.zip": (hostile.raw_zip([(b"a.txt", b"", 0)], disk=3), "several parts"),
    "cut.zip": (hostile.zip_of([("a.txt", hostile.PROSE.encode())])[:-30], "cut short"),
    "crowd.zip": (hostile.zip_of((f"{n}", b"") for n in range(20_001)), "20,000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gets_a_plain_sentence_and_the_next_one_is_read(name: str, read: Read) -> None:
    data, says = REFUSED[name]
    (reading,) = read(name, data)
    assert says in reading.refused
    assert reading.refused.endswith(".")
    assert not reading.works
    assert read("good.epub", GOOD)[0].works


def test_a_file_of_400_mb_is_refused_without_being_read(process: ReadingProcess, tmp_path: Path) -> None:
    (reading,) = process.read_file(hostile.sparse(tmp_path / "huge.txt"), "huge.txt")
    assert reading.refused == "This file is 400 MB large; up to 256 MB is read."
    assert not reading.sha256


HONEST = hostile.PROSE * 30
TEXTS = {
    "UTF-16 without a mark": HONEST.encode("utf-16-le"),
    "UTF-16, the other way round": HONEST.encode("utf-16-be"),
    "Windows-1252": HONEST.encode("cp1252"),
}


@pytest.mark.parametrize("how", TEXTS)
def test_a_text_in_another_encoding_is_read_as_it_was_meant(how: str, read: Read) -> None:
    (reading,) = read("story.txt", TEXTS[how])
    assert "“It is damp,” said Watson" in reading.works[0].chapters[0].html


def test_a_text_encoded_twice_is_mended_and_said_so(read: Read) -> None:
    (reading,) = read("story.txt", HONEST.replace("”", "’").encode().decode("cp1252").encode())
    assert "“It is damp,’ said Watson" in reading.works[0].chapters[0].html
    assert "encoded twice" in reading.remarks[0]


def test_a_wrong_ending_does_not_matter(read: Read) -> None:
    assert read("story.pdf", GOOD)[0].importer == "epub"


def test_a_bomb_of_entities_in_a_book_is_never_lit(read: Read) -> None:
    (reading,) = read("laughs.epub", hostile.epub(doctype=hostile.BILLION_LAUGHS, title="&a9;", text="damp &a9;"))
    assert "haha" not in repr(reading)


def test_a_book_cannot_make_us_open_a_file(read: Read) -> None:
    secret = Path("/etc/hostname").read_text().strip()
    (reading,) = read("outside.epub", hostile.epub(doctype=hostile.OUTSIDE_FILE, title="&out;", text="damp &out;"))
    assert f"damp {secret}" not in repr(reading)


def test_macros_of_a_word_document_are_left_out(read: Read) -> None:
    (reading,) = read("macros.docm", hostile.word_document(more=[("word/vbaProject.bin", b"Sub Evil()")]))
    assert reading.works[0].warnings == ("The document carries macros; they were left out.",)


def test_crooked_names_in_an_archive_become_plain_ones(read: Read) -> None:
    paths = [reading.path for reading in read("a.zip", hostile.crooked_names())]
    assert paths == [
        "a.zip/crooked.zip/bell.txt",
        "a.zip/crooked.zip/ok/fine.txt",
        "a.zip/crooked.zip/root.txt",
        "a.zip/crooked.zip/up.txt",
        "a.zip/crooked.zip/Windows/drive.txt",
        "a.zip/twice.zip/same (2).txt",
        "a.zip/twice.zip/same.txt",
    ]


def test_one_bad_member_does_not_stop_an_archive(read: Read) -> None:
    mixture = hostile.zip_of([
        ("a.epub", GOOD), ("b.txt", bytes(20 * hostile.MB)), ("c.png", hostile.PNG), ("d.zip", hostile.flat_bomb()),
        ("e.txt", HONEST.encode()),
    ])  # fmt: skip
    readings = {reading.path: bool(reading.works) for reading in read("m.zip", mixture)}
    assert readings == {
        "m.zip/a.epub": True, "m.zip/b.txt": False, "m.zip/c.png": False, "m.zip/d.zip/zeros.txt": False,
        "m.zip/e.txt": True,
    }  # fmt: skip
