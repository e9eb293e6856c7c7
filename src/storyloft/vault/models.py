"""An original: a file exactly as it was given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from storyloft.files.kept import KeptFiles


def kept_files() -> KeptFiles:
    """The data folder's store of bytes."""
    return KeptFiles(Path(settings.FILES))


class Originals(models.Manager["Original"]):
    """All originals. The bytes are on disk before the row is committed."""

    def keep(self, chunks: Iterable[bytes], name: str) -> Original:
        """Keep a file for good; the same bytes given twice are one original."""
        return self.of(*kept_files().keep_stream(chunks), name)

    def of(self, sha256: str, size: int, name: str) -> Original:
        """The row of bytes that are kept already."""
        return self.get_or_create(sha256=sha256, defaults={"size": size, "name": name[-255:]})[0]


class Original(models.Model):
    """A file as it came, named by its SHA-256; `name` is the name it was first given under, only ever shown."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = Originals()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return kept_files().path(self.sha256)

    def read(self) -> bytes:
        return kept_files().read(self.sha256)
