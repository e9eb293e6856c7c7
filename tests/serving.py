"""The real program on a real port, for tests that come through the browser's door."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Archive:
    """A served archive: its address, its data folder and the one-time link it printed."""

    url: str
    home: Path
    link: str

    def run(self, *words: str) -> str:
        """A command of the program on this archive; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "storyloft", "--home", str(self.home), *words],
            capture_output=True,
            text=True,
            check=True,
            env=_environment(),
            timeout=120,
        )
        return done.stdout


@contextmanager
def served(home: Path, *, port: int | None = None) -> Iterator[Archive]:
    """`storyloft serve` on a free port of this machine until the block ends."""
    port = port or _free_port()
    command = [sys.executable, "-m", "storyloft", "--home", str(home), "serve", "--port", str(port)]
    log = home.parent / f"{home.name}-server.log"
    with log.open("w") as told:
        family = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT, env=_environment())
        try:
            yield Archive(f"http://127.0.0.1:{port}", home, _link(log, family, port))
        finally:
            family.send_signal(signal.SIGINT)
            family.wait(timeout=20)


def _link(log: Path, family: subprocess.Popen[bytes], port: int) -> str:
    """The link the program printed, once the pages answer."""
    until = time.monotonic() + 60
    while time.monotonic() < until and family.poll() is None:
        found = re.search(r"http://\S+/sign-in/\S+", log.read_text())
        if found and _answers(port):
            return found.group()
        time.sleep(0.1)
    raise AssertionError(f"The archive did not start:\n{log.read_text()}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _environment() -> dict[str, str]:
    """The tests' own settings must not reach the program."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
