"""The index on disk: where it is, opening it to read, holding it to write.

`search/current.json` names the schema number and the folder that is the index now; a rebuild writes a new folder and
then replaces that file, so that readers see the old index whole, then the new one whole. `search/writer.lock` is held
by whoever writes.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings

from storyloft.search import schema

_POINTER = "current.json"


class NotReady(RuntimeError):
    """There is no index that can be read: not built yet, of another schema, or damaged."""


class LockBusy(RuntimeError):
    """Another process writes the index."""


@dataclass(frozen=True)
class OpenIndex:
    """An index as it was at its last commit."""

    searcher: tantivy.Searcher
    index: tantivy.Index
    pointer: tuple[int, ...]
    commit: tuple[int, ...]
    languages: tuple[str, ...] = field(default=())


class _Reader:
    """The one opened index of this process. Looking whether it changed costs two calls of stat."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: OpenIndex | None = None

    def current(self) -> OpenIndex:
        with self._lock:
            pointer, commit = _stamps()
            known = self._opened
            if known is None or known.pointer != pointer:
                self._opened = None
                self._opened = _seen(_open(current_folder()), pointer, commit)
            elif known.commit != commit:
                known.index.reload()
                self._opened = _seen(known.index, pointer, commit)
            assert self._opened is not None
            return self._opened


_reader = _Reader()


def current() -> OpenIndex:
    """The index to search in, at its last commit. Raises NotReady."""
    try:
        return _reader.current()
    except (OSError, ValueError) as error:
        raise NotReady(str(error)) from error


def is_ready() -> bool:
    """Whether there is an index that can be searched."""
    try:
        current()
    except NotReady:
        return False
    return True


@contextlib.contextmanager
def readable() -> Iterator[OpenIndex]:
    """The index for one search. Damage found while searching puts the index aside and raises NotReady."""
    opened = current()
    try:
        yield opened
    except BaseException as error:
        if not _is_damage(error):
            raise
        put_aside()
        raise NotReady(str(error)) from error


def _is_damage(error: BaseException) -> bool:
    # A broken file makes Tantivy panic; that exception is no Exception, and has no name to import.
    return type(error).__name__ == "PanicException" or (
        isinstance(error, ValueError) and "corrupt" in str(error).lower()
    )


def folder() -> Path:
    """Where everything of the index lies."""
    return Path(settings.SEARCH_INDEX)


def current_folder() -> Path:
    """The folder of the index now. Raises NotReady where there is none or it is of another schema."""
    try:
        said = json.loads((folder() / _POINTER).read_text("utf-8"))
        number, name = said["schema"], said["folder"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotReady("There is no index yet.") from error
    if number != schema.SCHEMA:
        raise NotReady(f"The index is of schema {number}, not {schema.SCHEMA}.")
    return folder() / Path(str(name)).name


def put_aside() -> None:
    """Say that the present index is not to be used; the next writer builds a new one."""
    (folder() / _POINTER).unlink(missing_ok=True)


def new_folder() -> Path:
    """A fresh folder for an index that is being built."""
    path = folder() / f"index-{secrets.token_hex(4)}"
    path.mkdir(parents=True)
    return path


def use(path: Path) -> None:
    """Make this folder the index, and sweep out the others; who has an old one open keeps it until they look again."""
    draft = folder() / f"{_POINTER}.new"
    draft.write_text(json.dumps({"schema": schema.SCHEMA, "folder": path.name}), "utf-8")
    draft.replace(folder() / _POINTER)
    for other in folder().glob("index-*"):
        if other != path:
            shutil.rmtree(other, ignore_errors=True)


def open_to_write(path: Path, *, fresh: bool = False) -> tantivy.Index:
    """The index in this folder. Raises NotReady where it cannot be opened."""
    try:
        return _created(path) if fresh else _open(path)
    except (OSError, ValueError) as error:
        raise NotReady(str(error)) from error


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Hold the index for writing; raises LockBusy while somebody else does. A killed process holds nothing."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "writer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockBusy("Another process is writing the search index.") from error
        yield


def _created(path: Path) -> tantivy.Index:
    index = tantivy.Index(schema.DOCUMENT, str(path))
    schema.register(index)
    return index


def _open(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    schema.register(index)
    # "manual": no thread that watches the folder; we look before each search instead.
    index.config_reader("manual")
    index.reload()
    return index


def _seen(index: tantivy.Index, pointer: tuple[int, ...], commit: tuple[int, ...]) -> OpenIndex:
    searcher = index.searcher()
    languages = tuple(language for language, _ in searcher.terms_with_prefix("language", ""))
    return OpenIndex(searcher, index, pointer, commit, languages)


def _stamps() -> tuple[tuple[int, ...], tuple[int, ...]]:
    pointer = _stamp(folder() / _POINTER)
    return pointer, _stamp(current_folder() / "meta.json")


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        stat = path.stat()
    except OSError as error:
        raise NotReady("There is no index yet.") from error
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
