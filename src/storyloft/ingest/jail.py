"""Files nobody has vouched for are read in another process, which may die of them without harm to ours."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Self, cast

import msgspec

from storyloft.ingest.reading_process import OUT_OF_MEMORY, Answer, Ask, Begun, Done, Piece, send
from storyloft.ingest.registry import Reading

SECONDS_PER_FILE = 60.0
_SECONDS_TO_START = 60.0
_LARGEST_FRAME = 400 * 1024 * 1024

_TOO_SLOW = "Reading this file took longer than {:.0f} seconds; it is kept as it was."
_TOO_BIG = "Reading this file took more memory than a file may have; it is kept as it was."
_CRASHED = "Reading this file made its reader crash; it is kept as it was."


class ReadingProcess:
    """Reads files one after another in a process of its own: `with ReadingProcess() as process: …`.

    The process is started once and started anew only when a file killed it; a file costs no start of a process.
    `left_out` counts what the last archive held that was passed over quietly. Not for several threads at a time.
    """

    def __init__(self, *, seconds_per_file: float = SECONDS_PER_FILE) -> None:
        self.left_out = 0
        self._seconds = seconds_per_file
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="storyloft-reading-")
        self._scratch = Path(self._folder.name, "scratch")
        self._scratch.mkdir()
        self._child = _Child(self._scratch)
        return self

    def __exit__(self, *_how: object) -> None:
        self._stop()
        self._folder.cleanup()

    def read_file(self, path: Path, shown_as: str, *, skip: Collection[str] = ()) -> Iterator[Reading]:
        """Every reading of a file on disk: one, or one for each file of a ZIP (`shown_as/inner/name`).

        `skip` names members of an archive that are not to be read again. Never raises for what a file holds: a file
        that is too slow, too large or fatal gets its sentence, and an archive goes on after the member that was.
        """
        done = set(skip)
        self.left_out = 0
        while True:
            current = shown_as
            try:
                for answer in self._answers(Ask(os.fsencode(path.resolve()), shown_as, frozenset(done))):
                    if isinstance(answer, Begun):
                        current = answer.path
                    else:
                        done.add(answer.path)
                        yield answer
                return
            except _Ended as why:
                self._stop()
                # Died between two members: then nobody knows which one it was, and going on might never end.
                between = current == shown_as or current in done
                yield Reading(path=shown_as if between else current, refused=str(why))
                if between:
                    return
                done.add(current)

    def _answers(self, ask: Ask) -> Iterator[Begun | Reading]:
        """What the process says to one `Ask`; raises `_Ended` when it says no more."""
        if self._child is None or not self._child.alive:
            self._child = _Child(self._scratch)
        kept = Path(self._folder.name, "original")
        kept.unlink(missing_ok=True)
        self._child.ask(ask)
        self._child.patience = _SECONDS_TO_START
        try:
            yield from self._until_done(self._child, kept)
        except GeneratorExit:
            self._stop()  # nobody listens any more; what it still says must not answer the next question
            raise

    def _until_done(self, child: _Child, kept: Path) -> Iterator[Begun | Reading]:
        while not isinstance(answer := child.answer(), Done):
            if isinstance(answer, Piece):
                with kept.open("ab") as file:
                    file.write(answer.data)
                continue
            child.patience = self._seconds
            yield answer if isinstance(answer, Begun) else _with_original(answer.reading, kept)
            if not isinstance(answer, Begun):
                kept.unlink(missing_ok=True)
        self.left_out += answer.left_out
        if answer.retiring:
            self._stop()

    def _stop(self) -> None:
        if self._child:
            self._child.stop()
        self._child = None


def _with_original(reading: Reading, kept: Path) -> Reading:
    return replace(reading, kept_at=str(kept)) if kept.exists() else reading


class _Ended(Exception):
    """The process died or was stopped; the message is the sentence for the file it was reading."""


class _Child:
    """One process and the pipes to it. `patience` is how many seconds of waiting for it are left."""

    def __init__(self, scratch: Path) -> None:
        self.patience = _SECONDS_TO_START
        self._seconds = self.patience
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "storyloft.ingest.reading_process"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=scratch, env=_environment(scratch),
            start_new_session=True,
        )  # fmt: skip
        self._answers = selectors.DefaultSelector()
        self._answers.register(self._pipe("stdout"), selectors.EVENT_READ)
        self._decode = msgspec.msgpack.Decoder(Answer).decode

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, ask: Ask) -> None:
        with contextlib.suppress(BrokenPipeError):  # it died; waiting for its answer will say so
            send(self._pipe("stdin"), ask)

    def answer(self) -> Answer:
        """The next frame; raises `_Ended` where none comes in time."""
        self._seconds = self.patience
        size = int.from_bytes(self._bytes(4), "big")
        if size > _LARGEST_FRAME:
            raise _Ended(_TOO_BIG)
        try:
            answer: Answer = self._decode(self._bytes(size))
        except msgspec.MsgspecError as error:
            raise _Ended(_CRASHED) from error
        return answer

    def _bytes(self, wanted: int) -> bytes:
        data = bytearray()
        while len(data) < wanted:
            began = time.monotonic()
            ready = self._answers.select(max(self.patience, 0))
            self.patience -= time.monotonic() - began
            piece = os.read(self._pipe("stdout").fileno(), min(wanted - len(data), 1 << 20)) if ready else b""
            if not piece:
                raise _Ended(self._how_it_ended() if ready else _TOO_SLOW.format(self._seconds))
            data += piece
        return bytes(data)

    def _how_it_ended(self) -> str:
        return _TOO_BIG if self._process.wait() == OUT_OF_MEMORY else _CRASHED

    def stop(self) -> None:
        """End it and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._answers.close()
        for name in ("stdin", "stdout"):
            with contextlib.suppress(BrokenPipeError):
                self._pipe(name).close()

    def _pipe(self, name: str) -> BinaryIO:
        return cast(BinaryIO, getattr(self._process, name))


_HANDED_ON = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SYSTEMROOT")


def _environment(scratch: Path) -> dict[str, str]:
    """No secrets of ours, and nothing to write outside the scratch folder."""
    handed_on = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    # One thread for numpy: each more would claim its share of the little memory there is.
    ours = {"PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**handed_on, **ours, "HOME": str(scratch), "TMPDIR": str(scratch)}
