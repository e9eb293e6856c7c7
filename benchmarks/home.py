"""A data folder that is thrown away, and the program run on it from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

LONGEST_SECONDS = 180


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder until the block ends."""
    with TemporaryDirectory(prefix="storyloft-bench-") as folder:
        yield Path(folder)


def command(home: Path, *words: str) -> list[str]:
    """A command of the program on this data folder."""
    return [sys.executable, "-m", "storyloft", "--home", str(home), *words]


def environment() -> dict[str, str]:
    """What the program is started with: nothing of what this run has set for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}


def run(home: Path, *words: str) -> str:
    """Run a command to its end and return what it printed."""
    done = subprocess.run(
        command(home, *words), env=environment(), stdout=subprocess.PIPE, check=True, timeout=LONGEST_SECONDS
    )
    return done.stdout.decode()


def open_here(home: Path) -> None:
    """Make this data folder the one that this very process works on. Once in a process's life."""
    os.environ["STORYLOFT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "storyloft.settings"
    import django  # reads the settings, and with them the data folder just named
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
