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
    """What became of the files, in the words of `expected.json`."""
    readings = [read(file) for file in given(case)]
    if len(readings) == 1:
        return _shown(readings[0])
    return {"files": {reading.path: _shown(reading) for reading in readings}}


def readers(outcome: Shown) -> set[object]:
    """Who read the files of an outcome."""
    files = outcome.get("files", {"": outcome})
    assert isinstance(files, dict)
    return {shown.get("importer") for shown in files.values()}


def _shown(reading: Reading) -> Shown:
    plain = msgspec.to_builtins(reading, builtin_types=(bytes,))
    wanted = ("importer", "because", "refused", "remarks", "works")
    return {name: _worth_showing(plain[name]) for name in wanted if plain[name]}


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
