"""The process that reads files nobody has vouched for: small memory, no network, no writing but in its scratch folder.

Started by `jail.ReadingProcess`. It knows no Django, takes one `Ask` after another and answers each with, for every
file, `Begun`, the file's own bytes in `Piece`s where they came out of an archive, and `Read`; at the end `Done`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from storyloft.ingest import registry
from storyloft.ingest.fitting import fitted
from storyloft.ingest.given import GivenFile
from storyloft.ingest.importers.mobi import CONVERTERS
from storyloft.ingest.registry import Reading
from storyloft.ingest.settling import settle
from storyloft.ingest.sniffing import is_archive
from storyloft.ingest.unpack import Refused, unpack

MEMORY = 512 * 1024 * 1024
_MEMORY_OF_CONVERTERS = 2 * 1024 * 1024 * 1024
_LARGEST_OUTPUT = 128 * 1024 * 1024  # the language model unpacks itself into a temporary file
_OPEN_FILES = 64
_CPU_SECONDS = 90  # for the case that the parent is gone and cannot stop us
_RETIRE_AT = 320 * 1024 * 1024  # memory that stays with the process after a large file
_PIECE = 1024 * 1024
OUT_OF_MEMORY = 3


class Ask(msgspec.Struct, tag=True, frozen=True):
    """Read this file, shown under this name; of an archive, without the paths in `skip`.

    `path` in bytes: the name of a file need be no text.
    """

    path: bytes
    shown_as: str
    skip: frozenset[str] = frozenset()


class Begun(msgspec.Struct, tag=True, frozen=True):
    """Now reading this one; the clock starts anew."""

    path: str


class Piece(msgspec.Struct, tag=True, frozen=True):
    """Some bytes of the original that the next `Read` is about."""

    data: bytes


class Read(msgspec.Struct, tag=True, frozen=True):
    """What became of one file."""

    reading: Reading


class Done(msgspec.Struct, tag=True, frozen=True):
    """The `Ask` is answered; so many files of the archive were passed over quietly. `retiring`: start another."""

    left_out: int = 0
    retiring: bool = False


Answer = Begun | Piece | Read | Done

_encode = msgspec.msgpack.Encoder().encode


def send(pipe: BinaryIO, message: Ask | Answer) -> None:
    """Write one frame: its length in four bytes, then the message."""
    data = _encode(message)
    pipe.write(len(data).to_bytes(4, "big"))
    pipe.write(data)
    pipe.flush()


def main() -> None:
    """Answer what is asked until the parent closes the pipe."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land among the answers
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    registry.importers()
    _limit()
    sys.addaudithook(_Guard(Path.cwd()))
    ask = msgspec.msgpack.Decoder(Ask)
    while header := asked.read(4):
        try:
            _answer(ask.decode(asked.read(int.from_bytes(header, "big"))), answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answer(ask: Ask, answers: BinaryIO) -> None:
    left_out: list[str] = []
    send(answers, Begun(ask.shown_as))
    _more_cpu()
    for reading, original in _readings(ask, answers, left_out):
        for at in range(0, len(original), _PIECE):
            send(answers, Piece(original[at : at + _PIECE]))
        send(answers, Read(_settled(reading)))
    send(answers, Done(len(left_out), _largest() > _RETIRE_AT))


def _readings(ask: Ask, answers: BinaryIO, left_out: list[str]) -> Iterator[tuple[Reading, bytes]]:
    """Each reading, with the bytes read where they are not a file of their own on disk."""
    path = Path(os.fsdecode(ask.path))
    size = path.stat().st_size
    with path.open("rb") as file:
        if is_archive(file):
            for found in unpack(ask.shown_as, file, skip=ask.skip, left_out=left_out):
                yield _of_member(found, answers)
        elif size > registry.LARGEST_FILE:
            yield Reading(path=ask.shown_as, size=size, refused=registry.too_large(size)), b""
        else:
            file.seek(0)
            yield registry.read(GivenFile(ask.shown_as, file.read())), b""


def _settled(reading: Reading) -> Reading:
    try:
        return fitted(replace(reading, works=tuple(map(settle, reading.works))))
    except MemoryError:
        raise
    except Exception:  # whatever a picture or a text does to a library, the next file is read
        logging.getLogger(__name__).exception("Settling failed")
        return replace(reading, works=(), refused="This file could not be read to its end; it is kept as it was.")


def _of_member(found: GivenFile | Refused, answers: BinaryIO) -> tuple[Reading, bytes]:
    send(answers, Begun(found.path))
    _more_cpu()
    if isinstance(found, Refused):
        return Reading(path=found.path, refused=found.sentence), b""
    return registry.read(found), found.data


class _Guard:
    """An audit hook: no network, no programs but the converters, no change to files outside the scratch folder.

    It stops what a careless or tricked importer does in Python; memory and time are kept by the system's own limits.
    """

    _NEVER = ("socket.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.", "ftplib.", "urllib.", "smtplib.")
    _CHANGES = frozenset(
        f"os.{verb}" for verb in ("remove", "rename", "rmdir", "mkdir", "link", "symlink", "truncate", "chmod", "chown")
    )
    _WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def __init__(self, scratch: Path) -> None:
        self._allowed = (f"{scratch.resolve()}{os.sep}", os.devnull)

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        if event == "open":
            if isinstance(details[2], int) and details[2] & self._WRITING:
                self._only_scratch(event, details[0])
        elif event in self._CHANGES:
            self._only_scratch(event, details[0])
        elif event == "subprocess.Popen":
            if Path(str(details[0])).name not in CONVERTERS:
                raise PermissionError("A reader may not start other programs.")
        elif event.startswith(self._NEVER):
            raise PermissionError(f"A reader may not do this: {event}")

    def _only_scratch(self, event: str, path: object) -> None:
        if isinstance(path, int):
            return
        # A temporary file without a name is opened by its folder's.
        if not f"{os.path.realpath(os.fsdecode(path))}{os.sep}".startswith(self._allowed):  # type: ignore[arg-type]
            raise PermissionError(f"A reader may change nothing outside its scratch folder: {event}")


def _limit() -> None:
    """The system's own limits, where the system has them (not on Windows)."""
    with contextlib.suppress(ImportError):
        import resource

        for what, soft, hard in (
            (resource.RLIMIT_AS, MEMORY, _MEMORY_OF_CONVERTERS),
            (resource.RLIMIT_FSIZE, _LARGEST_OUTPUT, _LARGEST_OUTPUT),
            (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (soft, hard))


def _more_cpu() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU_SECONDS, hard))


def _largest() -> int:
    """The most memory this process ever held, in bytes."""
    try:
        import resource
    except ImportError:
        return 0
    # Kilobytes on Linux, bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
