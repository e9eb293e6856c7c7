"""Golden folders: `tests/samples/<importer>/<case>/` holds what came in and the works that must come of it.

What came in is `input.<ext>`, or `input.<ext>.d/` (a folder zipped on the fly, `mimetype` first), or `input/` (several
files of one work). What must come of it is `expected.json`, from which empty fields are left out.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from storyloft.ingest.gather import gather, sequence_of
from storyloft.ingest.given import GivenFile
from storyloft.ingest.registry import Reading, read

SAMPLES = Path(__file__).parent / "samples"
_LONG_AGO = (2026, 1, 1, 0, 0, 0)


def cases() -> list[Path]:
    """Every golden folder."""
    return sorted(path for path in SAMPLES.glob("*/*") if path.is_dir() and any(path.glob("input*")))


def given(case: Path) -> list[GivenFile]:
    """What came in, as it would be given by a person."""
    return [GivenFile(shown, data) for shown, data in _inputs(case)]


def _inputs(case: Path) -> Iterator[tuple[str, bytes]]:
    (source,) = case.glob("input*")
    if source.is_file():
        yield source.name, source.read_bytes()
    elif source.suffix == ".d":
        yield source.stem, zipped(source)
    else:
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            yield path.relative_to(source).as_posix(), path.read_bytes()


def zipped(folder: Path) -> bytes:
    """A folder as a ZIP, the same bytes each time, `mimetype` first and stored as books and documents want it."""
    packed = io.BytesIO()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(paths, key=lambda path: path.name != "mimetype"):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if path.name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return packed.getvalue()


Shown = dict[str, object]


def outcome(case: Path) -> Shown:
    """What became of the files, in the words of `expected.json`; several files are gathered into works."""
    readings = [read(file) for file in given(case)]
    shown = _shown(readings[0])
    if len(readings) > 1:
        names = sorted({reading.importer for reading in readings})
        shown = {"importer": " and ".join(names), "works": _gathered(readings)}
    return shown


def _gathered(readings: list[Reading]) -> list[object]:
    works = [(reading.path, work) for reading in readings for work in reading.works]
    together = gather(works, sequence_of([reading.path for reading in readings]))
    return [_worth_showing({"from": paths, **_plain(work)}) for paths, work in together]


def _shown(reading: Reading) -> Shown:
    plain = _plain(reading)
    wanted = ("importer", "because", "refused", "remarks", "works")
    return {name: _worth_showing(plain[name]) for name in wanted if plain[name]}


def _plain(thing: object) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(thing, builtin_types=(bytes,))
    return plain


def _worth_showing(value: object) -> object:
    """Without empty fields, and with pictures as a check sum."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes, sha256 {hashlib.sha256(value).hexdigest()}"
    if isinstance(value, dict):
        return {name: _worth_showing(inner) for name, inner in value.items() if _says_something(name, inner)}
    if isinstance(value, list | tuple):
        return [_worth_showing(inner) for inner in value]
    return value


def _says_something(name: str, value: object) -> bool:
    return value not in ("", None, [], (), {}) and not (value == 0 and name in ("width", "height"))


def written(outcome: Shown) -> str:
    """The text of `expected.json`."""
    return msgspec.json.format(msgspec.json.encode(outcome), indent=1).decode() + "\n"
