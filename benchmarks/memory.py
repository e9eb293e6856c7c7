"""Memory: everything `storyloft serve` starts, after a person has been to its main pages."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks import home
from benchmarks.measuring import Row, Size

_BAR = 200.0
_MB = 2**20
_ROUNDS = 5
_SECONDS_TO_START = 60
_SECONDS_TO_SETTLE = 3
_READER = re.compile(r'href="(/works/\d+)"')
_CHAPTER = re.compile(r'href="(/works/\d+/chapters/\d+)')


def measure(data_folder: Path, size: Size) -> Iterator[Row]:
    """The proportional share (PSS) of every process of the family, in MB; pages that two of them share count once."""
    with _served(data_folder) as (family, link):
        _walk(link)
        time.sleep(_SECONDS_TO_SETTLE)
        everybody = [family, *family.children(recursive=True)]
        told = [process.memory_full_info() for process in everybody]
    alone = _python_alone()
    yield Row(
        name="memory",
        what=f"all {len(everybody)} processes of `storyloft serve` at {size.works:,} works, after its main pages",
        value=sum(one.pss for one in told) / _MB,
        unit="MB",
        bar=_BAR,
        reference=alone,
        against="one Python process that has imported Django and done nothing",
        more={"resident (RSS), shared pages counted in each": sum(one.rss for one in told) / _MB},
    )


def _python_alone() -> float:
    code = "import django.core.handlers.wsgi, psutil; print(psutil.Process().memory_full_info().pss)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    return int(done.stdout) / _MB


@contextmanager
def _served(data_folder: Path) -> Iterator[tuple[psutil.Process, str]]:
    port, log = _free_port(), data_folder.parent / "server.log"
    words = home.command(data_folder, "serve", "--port", str(port))
    with log.open("wb") as told:
        family = subprocess.Popen(words, env=home.environment(), stdout=told, stderr=subprocess.STDOUT)
        try:
            yield psutil.Process(family.pid), _link(log, family)
        finally:
            family.send_signal(signal.SIGINT)
            try:
                family.wait(timeout=20)
            except subprocess.TimeoutExpired:
                family.kill()


def _link(log: Path, family: subprocess.Popen[bytes]) -> str:
    """The link that signs in, once the pages answer."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and family.poll() is None:
        found = re.search(r"(http://\S+)/sign-in/\S+", log.read_text())
        if found and _answers(found[1]):
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(f"The archive did not start:\n{log.read_text()}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def _walk(link: str) -> None:
    """Sign in and go round the main pages a few times, each time to other works."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    site = link.split("/sign-in/")[0]

    def get(path: str) -> str:
        with browser.open(site + path, timeout=30) as answer:
            return str(answer.read().decode())

    get(link.removeprefix(site))
    for turn in range(1, _ROUNDS + 1):
        works = _READER.findall(get(f"/?page={turn}"))
        chapters = _CHAPTER.findall(get(works[0]))
        for path in (chapters[0], f"{works[-1]}/whole", "/?sort=title&view=list", "/?panel=1", "/search?q=night"):
            get(path)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
