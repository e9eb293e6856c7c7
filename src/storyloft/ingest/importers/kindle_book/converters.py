"""The programs that open Kindle books: run, watched and cleaned up after, never imported.

`mobiunpack` comes with the package `mobi`, whose licence (GPL-3) wants it run and not imported; `ebook-convert` is
calibre's, and is asked only for what the other cannot open.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CONVERTERS = ("mobiunpack", "ebook-convert")
# Together less than the minute that a file has, so that what they leave behind is ours to take away.
_SECONDS = {"mobiunpack": 20, "ebook-convert": 30}
_MEMORY = {"mobiunpack": 512 * 1024 * 1024, "ebook-convert": 2 * 1024 * 1024 * 1024}


def found() -> list[str]:
    """The names of the converters that this machine has, the one to ask first before the other."""
    return [name for name in CONVERTERS if _program(name)]


def opened(book: bytes, scratch: Path) -> Iterator[Path]:
    """The folder that each converter fills in turn; one that fails, hangs or makes nothing is passed over."""
    given = scratch / "book.mobi"
    given.write_bytes(book)
    for name in found():
        folder = scratch / name
        folder.mkdir()
        made = folder if name == "mobiunpack" else folder / "book.epub"
        if _run(name, scratch, str(given), str(made)):
            yield folder


def _program(name: str) -> str | None:
    """The program beside our own Python, where packages put theirs, or on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _run(name: str, home: Path, *arguments: str) -> bool:
    command = [_program(name) or name, *arguments]
    # calibre keeps settings and caches at home.
    surroundings = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "XDG_RUNTIME_DIR": str(home)}
    limit = functools.partial(_with_memory, _MEMORY[name])
    # What they print goes nowhere: a pipe would be waited for as long as any child of theirs holds it.
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            cwd=home,
            env=surroundings,
            timeout=_SECONDS[name],
            preexec_fn=limit,
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return done.returncode == 0


def _with_memory(wanted: int) -> None:
    """A whole calibre needs more address space than our reading process has; the other needs less than it might."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (min(wanted, hard) if hard > 0 else wanted, hard))
