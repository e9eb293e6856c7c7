"""What the tests need from the machine beyond Python: a browser and Java. Installed where that is allowed, else named.

`python -m tests.needs` ends with 0 only when everything is there: a missing browser never becomes a skipped test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """A program, why it is needed and the Debian package that brings it."""

    programs: tuple[str, ...]
    package: str
    why: str

    @property
    def found(self) -> str | None:
        return next(filter(None, map(shutil.which, self.programs)), None)


BROWSER = Need(("chromium", "chromium-browser", "google-chrome"), "chromium", "the journeys run in a real browser")
JAVA = Need(("java",), "default-jre-headless", "EPUBCheck is written in Java")


def main() -> int:
    missing = [need for need in (BROWSER, JAVA) if not need.found]
    if missing and _may_install():
        _install([need.package for need in missing])
        missing = [need for need in missing if not need.found]
    for need in missing:
        print(f"Missing: {' or '.join(need.programs)} ({need.why}). Install it: apt-get install {need.package}")
    return 1 if missing else 0


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet)


if __name__ == "__main__":
    sys.exit(main())
