"""Bytes kept by their SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from storyloft.files.kept import KeptFiles


def test_what_was_kept_is_read_back_under_its_own_hash(tmp_path: Path) -> None:
    sha256 = KeptFiles(tmp_path).keep(b"a story")
    assert sha256 == hashlib.sha256(b"a story").hexdigest()
    assert KeptFiles(tmp_path).read(sha256) == b"a story"


def test_the_same_bytes_are_one_file(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path)
    assert kept.keep(b"twice") == kept.keep(b"twice")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_stream_is_kept_without_being_held(tmp_path: Path) -> None:
    sha256, size = KeptFiles(tmp_path).keep_stream(b"x" * 1000 for _ in range(100))
    assert (size, KeptFiles(tmp_path).path(sha256).stat().st_size) == (100_000, 100_000)


def test_a_failing_stream_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half"
        raise OSError("the line was cut")

    with pytest.raises(OSError, match="cut"):
        KeptFiles(tmp_path).keep_stream(broken())  # type: ignore[arg-type]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "g" * 64])
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        KeptFiles(tmp_path).path(name)
