"""The exact scan: every passage compared with every clause, in one pass over the mapped packs.

A block of 512 rows as float32 stays in the processor's cache: a million passages of 384 numbers take a tenth of a
processor second with four clauses, so that no approximate index is needed (benchmarks/meaning.py).
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

# Heavy: this module is loaded only once a model is there.
import numpy as np

from storyloft.search.meaning import learning, packing
from storyloft.search.meaning.contract import Encoder, MeaningHit, MeantPassage, Place

if TYPE_CHECKING:
    from storyloft.search.meaning.contract import Vectors

_ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Pack:
    """One mapped pack; `spoken_for[i]`: a newer pack speaks of its i-th work."""

    vectors: Vectors
    norms: Vectors
    places: Vectors
    works: Vectors
    told: Vectors
    spoken_for: Vectors

    def rows_of(self, index: int) -> slice:
        """The rows of its i-th work."""
        end = self.works[index + 1, 1] if index + 1 < len(self.works) else len(self.vectors)
        return slice(int(self.works[index, 1]), int(end))


@dataclass(frozen=True, slots=True)
class _Compared:
    """A pack beside the clauses: `near` (passages, clauses) and `nearest` (works, clauses)."""

    pack: Pack
    near: Vectors
    nearest: Vectors


class _Mapped:
    """The packs this process has mapped. Looking whether there are others costs one small read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Path, packing.Pointer] | None = None
        self._packs: list[Pack] = []

    def now(self) -> tuple[packing.Pointer | None, list[Pack]]:
        with self._lock:
            said = packing.pointer()
            now = (packing.folder(), said) if said else None
            if now != self._known:
                self._packs = _opened(said) if said else []
                self._known = now
            return said, self._packs


_mapped = _Mapped()


def scan(encoder: Encoder, clauses: Sequence[str], works: Collection[int] | None, best: int) -> dict[int, MeaningHit]:
    """What `meaning.scores` promises, with this model."""
    packs = _packs_of(encoder)
    if not packs or not clauses or best < 1:
        return {}
    asked = _unit(encoder.encode(clauses))
    compared = [_compare(pack, asked) for pack in packs]
    means = np.concatenate([each.nearest.mean(axis=1) for each in compared])
    known = np.concatenate([~pack.spoken_for for pack in packs])
    if not known.any():
        return {}
    standing = (means - means[known].mean()) / (means[known].std() or 1)
    if works is not None:
        known &= np.isin(np.concatenate([pack.works[:, 0] for pack in packs]), np.fromiter(works, np.int64))
    begins = np.cumsum([0, *(len(pack.works) for pack in packs)])
    hits = {}
    for row in _highest(means, known, best):
        part = int(np.searchsorted(begins, row, side="right")) - 1
        hit = _hit(compared[part], row - int(begins[part]), float(means[row]), float(standing[row]))
        hits[hit.work] = hit
    return hits


def _packs_of(encoder: Encoder) -> list[Pack]:
    for _ in range(2):
        # Opened in the moment in which others took their place, they are gone; the second look finds those.
        with contextlib.suppress(OSError, ValueError, EOFError):
            said, packs = _mapped.now()
            return packs if said and (said.encoder, said.dim) == (encoder.name, encoder.dim) else []
    # Cut short by a full disk or a power cut: the next learner packs them anew.
    packing.put_aside()
    learning.ask()
    return []


def _opened(said: packing.Pointer) -> list[Pack]:
    """The large pack and what changed since; a work that both speak of counts in the second alone."""
    since = _open(packing.folder() / said.since, said.dim, None) if said.since else None
    base = _open(packing.folder() / said.base, said.dim, since.told if since else None)
    return [pack for pack in (base, since) if pack is not None and len(pack.works)]


def _open(path: Path, dim: int, newer: Vectors | None) -> Pack:
    norms, works, told = (np.load(path / f"{name}.npy") for name in ("norms", "works", "told"))
    if len(norms):
        # As plain arrays over the mapped files: a slice of a memmap costs ten times as much.
        places = np.asarray(np.load(path / "places.npy", mmap_mode="r"))
        vectors = np.asarray(np.memmap(path / "vectors.raw", np.int8, "r", shape=(len(norms), dim)))
    else:  # an empty file cannot be mapped
        places, vectors = np.zeros((0, 3), np.int64), np.zeros((0, dim), np.int8)
    spoken_for = np.zeros(len(works), bool) if newer is None else np.isin(works[:, 0], newer)
    return Pack(vectors, norms, places, works, told, spoken_for)


def _unit(vectors: Vectors) -> Vectors:
    asked = vectors.astype(np.float32)
    unit: Vectors = asked / np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-9)
    return unit


def _compare(pack: Pack, asked: Vectors) -> _Compared:
    near = np.empty((len(pack.vectors), len(asked)), np.float32)
    block, turned = np.empty((_ROWS_AT_ONCE, asked.shape[1]), np.float32), np.ascontiguousarray(asked.T)
    for at in range(0, len(near), _ROWS_AT_ONCE):
        count = min(_ROWS_AT_ONCE, len(near) - at)
        np.copyto(block[:count], pack.vectors[at : at + count])
        np.matmul(block[:count], turned, out=near[at : at + count])
    near /= pack.norms[:, None]
    return _Compared(pack, near, np.maximum.reduceat(near, pack.works[:, 1], axis=0))


def _highest(means: Vectors, known: Vectors, best: int) -> Sequence[int]:
    rows = np.flatnonzero(known)
    if len(rows) > best:
        rows = rows[np.argpartition(-means[rows], best - 1)[:best]]
    ordered: list[int] = rows[np.argsort(-means[rows], kind="stable")].tolist()
    return ordered


def _hit(compared: _Compared, index: int, score: float, z: float) -> MeaningHit:
    pack, rows = compared.pack, compared.pack.rows_of(index)
    nearest = (compared.near[rows].argmax(axis=0) + rows.start).tolist()
    passages = tuple(
        MeantPassage(clause, Place(*pack.places[row].tolist()), float(compared.nearest[index, clause]))
        for clause, row in enumerate(nearest)
    )
    return MeaningHit(int(pack.works[index, 0]), score, z, passages)
