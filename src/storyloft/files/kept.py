"""The content-addressed store: what was put in is on disk when `keep` returns, and never changes.

Order of a write, so that a power cut leaves either nothing or the whole: temp file, fsync, rename, fsync the folder;
only then does the caller commit the row that names it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class KeptFiles:
    """A folder of files, each named by the SHA-256 of its bytes: `ab/cd/abcd…`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where these bytes are or would be. ValueError for anything but 64 hex digits."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def read(self, sha256: str) -> bytes:
        """The bytes. FileNotFoundError where they were never kept."""
        return self.path(sha256).read_bytes()

    def keep(self, data: bytes) -> str:
        """Keep these bytes for good and return their SHA-256."""
        return self.keep_stream((data,))[0]

    def keep_stream(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Keep bytes that come in pieces, never holding them all; their SHA-256 and size."""
        digest, size = hashlib.sha256(), 0
        with self._arriving() as (file, arrived):
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            self._settle(file, arrived, digest.hexdigest())
        return digest.hexdigest(), size

    @contextmanager
    def _arriving(self) -> Iterator[tuple[IO[bytes], Path]]:
        """A temp file in the store itself (a rename must not cross disks), gone if the writing fails."""
        (self.root / "arriving").mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.root / "arriving")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def _settle(self, file: IO[bytes], arrived: Path, sha256: str) -> None:
        final = self.path(sha256)
        if final.exists():
            return
        file.flush()
        os.fsync(file.fileno())
        final.parent.mkdir(parents=True, exist_ok=True)
        arrived.rename(final)
        for folder in (final.parent, final.parent.parent, self.root):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
