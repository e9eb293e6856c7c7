"""The machine that measured, described by its kind alone: no names, no paths."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pysqlite3


def described() -> dict[str, str]:
    """What kind of machine this is, and the versions that matter."""
    return {
        "cores": str(os.cpu_count()),
        "CPU": _cpu(),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": platform.system(),
        "Python": platform.python_version(),
        "SQLite": pysqlite3.sqlite_version,
        "load average at the end (1 is this run alone)": f"{os.getloadavg()[1]:.1f}",
    }


def _cpu() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
