"""All vectors as files that a process maps and searches: `search/meaning/pack-…`, named by `current.json`.

There are two packs: a large one, and a small one with what changed since, which is all that is written after an edit.
When the small one has grown to a tenth of the large one, they become one. Readers keep what they have mapped until
they look again. The packs are disposable: the database has the vectors.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

# Heavy: this module is loaded only once a model is there.
import numpy as np
from django.conf import settings
from django.db.models import Sum

from storyloft.search.meaning.models import PassageVectors

if TYPE_CHECKING:
    from storyloft.search.meaning.contract import Vectors

_POINTER = "current.json"
_WORKS_AT_ONCE = 200
# Below this many passages two packs are not worth the trouble.
_SMALL = 5_000


class Busy(RuntimeError):
    """Another process is learning."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which packs are read now: of which model, up to which serial each, and how many passages they hold."""

    encoder: str = ""
    dim: int = 0
    base: str = ""
    base_serial: int = 0
    base_passages: int = 0
    since: str = ""
    serial: int = 0


def folder() -> Path:
    """Where the packs lie: beside the index."""
    return Path(settings.SEARCH_INDEX) / "meaning"


def pointer() -> Pointer | None:
    """What is packed now; None where nothing is, or it cannot be read."""
    try:
        found = Pointer(**json.loads((folder() / _POINTER).read_text("utf-8")))
        whole = all((folder() / name / "works.npy").is_file() for name in (found.base, found.since) if name)
    except (OSError, ValueError, TypeError):
        return None
    return found if whole else None


def next_serial() -> int:
    """The number for the next change; never one that was given already, also where the newest row is gone since."""
    known = pointer()
    return max(PassageVectors.objects.newest(), known.serial if known else 0) + 1


def put_aside() -> None:
    """Say that the packs are not to be used; the next learner packs anew."""
    (folder() / _POINTER).unlink(missing_ok=True)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Be the one that learns; raises Busy while somebody else is. A killed process holds nothing."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "writer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Another process is learning what passages mean.") from error
        yield


def pack(encoder: str, dim: int) -> None:
    """Write what readers are to search in now. Only while held."""
    known = pointer()
    newest = PassageVectors.objects.newest()
    if known and (known.encoder, known.dim) == (encoder, dim):
        if known.serial >= newest:
            return
        if _passages_since(known.base_serial) < max(_SMALL, known.base_passages // 10):
            since = _write(encoder, dim, after=known.base_serial)
            _use(Pointer(**(asdict(known) | {"since": since, "serial": newest})))
            return
    base = _write(encoder, dim, after=-1)
    held_now = int(np.load(folder() / base / "norms.npy", mmap_mode="r").shape[0])
    _use(Pointer(encoder, dim, base, newest, held_now, "", newest))
    # What is gone need not be told any longer: no pack has it.
    PassageVectors.objects.filter(mark=0, passages=0, serial__lte=newest).delete()


def is_due(encoder: str) -> bool:
    """Whether so much was learned since the last packing that readers should have it before the end."""
    known = pointer()
    if known is None or known.encoder != encoder:
        return True
    return _passages_since(known.serial) > max(_SMALL, known.base_passages // 10)


def _passages_since(serial: int) -> int:
    return PassageVectors.objects.filter(serial__gt=serial).aggregate(all=Sum("passages"))["all"] or 0


def _write(encoder: str, dim: int, *, after: int) -> str:
    """A pack of all rows changed after that serial; its folder's name. One pass; the vectors are never all in memory.

    vectors.raw int8 (passages, dim), norms.npy float32 (passages), places.npy int64 (passages, 3), works.npy int64
    (works, 2): primary key and first passage; told.npy int64: every work this pack speaks of, also those that are
    gone.
    """
    path = folder() / f"pack-{secrets.token_hex(4)}"
    path.mkdir(parents=True)
    places, norms, works, told = [np.zeros((0, 3), np.int64)], [np.zeros(0, np.float32)], [], []
    count = 0
    with (path / "vectors.raw").open("wb") as file:
        for row in _rows(after):
            told.append(row.work_id)
            if row.encoder != encoder or not row.passages:
                continue
            vectors = np.frombuffer(row.vectors, np.int8).reshape(row.passages, dim)
            file.write(vectors.tobytes())
            norms.append(np.linalg.norm(vectors.astype(np.float32), axis=1))
            places.append(np.frombuffer(row.places, np.int64).reshape(-1, 4)[:, :3])
            works.append((row.work_id, count))
            count += row.passages
        _to_disk(file.fileno())
    _save(path / "norms.npy", np.maximum(np.concatenate(norms), 1e-9).astype(np.float32))
    _save(path / "places.npy", np.concatenate(places))
    _save(path / "told.npy", np.array(told, np.int64))
    _save(path / "works.npy", np.array(works, np.int64).reshape(-1, 2))
    return path.name


def _rows(after: int) -> Iterator[PassageVectors]:
    numbers = list(PassageVectors.objects.filter(serial__gt=after).order_by("work_id").values_list("pk", flat=True))
    for at in range(0, len(numbers), _WORKS_AT_ONCE):
        yield from _in_order(numbers[at : at + _WORKS_AT_ONCE])


def _in_order(numbers: Sequence[int]) -> list[PassageVectors]:
    return list(PassageVectors.objects.filter(pk__in=numbers).order_by("work_id"))


def _save(path: Path, array: Vectors) -> None:
    with path.open("wb") as file:
        np.save(file, array)
        _to_disk(file.fileno())


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _use(new: Pointer) -> None:
    draft = folder() / f"{_POINTER}.new"
    draft.write_text(json.dumps(asdict(new)), "utf-8")
    draft.replace(folder() / _POINTER)
    for other in folder().glob("pack-*"):
        if other.name not in (new.base, new.since):
            shutil.rmtree(other, ignore_errors=True)
