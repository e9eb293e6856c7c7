"""Archives and folders walked without trust."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from storyloft.ingest import unpack as unpacking
from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import NotReadable
from storyloft.ingest.unpack import Allowance, Refused, files_under, open_zip, unpack
from tests import hostile

WORDS = b"It was the best of teas."


def shown(data: bytes) -> list[str]:
    return [file.path for file in unpack("a.zip", data)]


def test_a_zip_is_read_by_name() -> None:
    archive = open_zip(hostile.zip_of([("b.txt", WORDS), ("folder/a.txt", b"")]))
    assert archive.names == ("b.txt", "folder/a.txt")
    assert archive.read("b.txt") == WORDS
    assert "folder/a.txt" in archive
    assert "folder" not in archive


def test_a_zip_on_disk_need_not_be_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(hostile.zip_of([("b.txt", WORDS)]))
    with path.open("rb") as file:
        assert open_zip(file).read("b.txt") == WORDS


def test_a_zip_of_more_than_four_gigabytes_of_numbers_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, archive.open("wide.txt", "w", force_zip64=True) as entry:
        entry.write(WORDS)
    assert open_zip(packed.getvalue()).read("wide.txt") == WORDS


def test_a_zip_behind_a_program_is_read() -> None:
    assert open_zip(b"MZ self-extractor" + hostile.zip_of([("b.txt", WORDS)])).read("b.txt") == WORDS


def test_names_in_old_code_pages_are_read() -> None:
    names = open_zip(hostile.raw_zip([(b"caf\x82.txt", b"", 0), ("thé.txt".encode(), b"", 0)], method=0)).names
    assert names == ("café.txt", "thé.txt")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (hostile.overlapping_bomb(3), "overlap"),
        (hostile.raw_zip([(b"a", b"", 0)], disk=1), "several parts"),
        (hostile.zip_of([("a", b"x")])[:-22], "cut short"),
        (b"PK\x05\x06" + b"\0" * 4 + b"\x01\0\x01\0" + b"\xff" * 8 + b"\0\0", "damaged"),
        (hostile.zip_of((str(n), b"") for n in range(unpacking.zip_directory.MOST_ENTRIES + 1)), "20,000"),
    ],
    ids=["overlapping", "several volumes", "cut short", "damaged", "too many entries"],
)
def test_an_archive_that_no_honest_program_writes_is_refused_whole(data: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        open_zip(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (hostile.flat_bomb(5 * hostile.MB), "zip bomb"),
        (hostile.raw_zip([(b"a", hostile.deflated(bytes(5 * hostile.MB)), 0)], size=10), "zip bomb"),
        (hostile.locked_zip(), "password"),
        (hostile.raw_zip([(b"a", WORDS, 1)], method=0), "check sum"),
        (hostile.raw_zip([(b"a", b"\xff" * 9, 1)]), "damaged"),
        (hostile.raw_zip([(b"a", hostile.deflated(WORDS * 9)[:-4], 1)]), "cut short"),
        (hostile.raw_zip([(b"a", WORDS, 1)], method=14), "not read here"),
    ],
    ids=["flat bomb", "lying size", "locked", "check sum", "damaged", "cut short", "unknown method"],
)
def test_a_bad_entry_is_refused_when_it_is_read(data: bytes, says: str) -> None:
    archive = open_zip(data)
    with pytest.raises(NotReadable, match=says):
        archive.read(archive.names[0])


def test_what_is_inflated_in_all_is_bounded() -> None:
    archive = open_zip(hostile.zip_of((str(n), WORDS * 1000) for n in range(9)), Allowance(total=3 * 24_000))
    assert [len(archive.read(str(n))) for n in range(3)] == [24_000] * 3
    with pytest.raises(NotReadable, match="more than"):
        archive.read("3")


def test_the_rest_of_an_archive_that_is_too_much_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "ARCHIVE_TOTAL", 3 * 24_000)
    found = list(unpack("a.zip", hostile.zip_of((str(n), WORDS * 1000) for n in range(9))))
    assert [type(file) for file in found] == [GivenFile] * 3 + [Refused] * 2
    assert found[-1].path == "a.zip"


def test_an_archive_of_nothing_says_so() -> None:
    (refused,) = unpack("a.zip", hostile.zip_of([("__MACOSX/x", b"")]))
    assert isinstance(refused, Refused)


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        open_zip(hostile.zip_of([])).read("nothing")


def test_archives_are_walked_two_deep_in_natural_order() -> None:
    inner = hostile.zip_of([("part 10.txt", WORDS), ("part 2.txt", WORDS)])
    deepest = hostile.zip_of([("deep.zip", hostile.zip_of([("x.txt", WORDS)]))])
    found = list(unpack("a.zip", hostile.zip_of([("z.txt", WORDS), ("in.zip", inner), ("out.zip", deepest)])))
    assert [file.path for file in found] == [
        "a.zip/in.zip/part 2.txt", "a.zip/in.zip/part 10.txt", "a.zip/out.zip/deep.zip", "a.zip/z.txt",
    ]  # fmt: skip
    assert isinstance(found[2], Refused)
    assert isinstance(found[0], GivenFile)
    assert found[0].data == WORDS


def test_a_book_in_an_archive_is_a_file_and_not_an_archive() -> None:
    assert shown(hostile.zip_of([("a.epub", hostile.epub())])) == ["a.zip/a.epub"]


def test_litter_and_the_folders_of_saved_pages_are_passed_over_and_counted() -> None:
    names = [
        "tale.html", "tale_files/style.css", "tale_files/deep/x.png", "other-Dateien/x.js", "other.htm",
        "my_files/story.txt", "__MACOSX/._tale.html", ".DS_Store", "a/Thumbs.db", "a/._b.txt", "a/b.txt",
    ]  # fmt: skip
    left_out: list[str] = []
    found = unpack("a.zip", hostile.zip_of((name, WORDS) for name in names), left_out=left_out)
    assert [file.path for file in found] == [
        "a.zip/a/b.txt",
        "a.zip/my_files/story.txt",
        "a.zip/other.htm",
        "a.zip/tale.html",
    ]
    assert len(left_out) == 7


def test_paths_to_skip_are_not_opened() -> None:
    data = hostile.raw_zip([(b"bad", WORDS, 1), (b"good", WORDS, zlib.crc32(WORDS))], method=0)
    assert [file.path for file in unpack("a.zip", data, skip={"a.zip/bad"})] == ["a.zip/good"]


def test_a_folder_is_walked_sorted_without_hidden_files_and_links(tmp_path: Path) -> None:
    root = tmp_path / "Stories"
    for name in ("b 10.txt", "b 2.txt", "a/x.txt", ".hidden/y.txt", "a/.z.txt", "p.html", "p_files/q.png"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WORDS)
    (root / "loop").symlink_to(root)
    (root / "link.txt").symlink_to(root / "b 2.txt")
    assert [name for name, _path in files_under(root)] == [
        "Stories/a/x.txt", "Stories/b 2.txt", "Stories/b 10.txt", "Stories/p.html",
    ]  # fmt: skip


def test_one_file_is_shown_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS)
    assert list(files_under(path)) == [("a.txt", path)]
