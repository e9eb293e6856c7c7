"""What the person who runs an archive can set: each option once, with its default and a sentence.

Settings, `storyloft doctor` and docs/reference/settings.md all read this list. An option comes from the environment
(`STORYLOFT_PORT`) or from `storyloft.toml` in the data folder (`port = 8100`); the environment wins.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be set; its value is text, "" meaning unset."""

    name: str
    default: str
    sentence: str


OPTIONS = (
    Option("home", "~/.local/share/storyloft", "The data folder: database, files and index all live below it."),
    Option("host", "127.0.0.1", "The address to listen on; 0.0.0.0 opens the archive to the whole network."),
    Option("port", "8000", "The port to listen on."),
    Option("site_name", "Storyloft", "The archive's own name, shown on every page and in every edition."),
    Option("public_url", "", "Where readers find the archive (https://stories.example); empty: host and port."),
    Option("database_url", "", "postgres://user:password@host/name; empty: SQLite in the data folder."),
    Option("time_zone", "UTC", "The time zone in which dates are shown (Europe/Vienna)."),
    Option("scenes_model", "", "A folder with a sentence model (ONNX), for finding scenes by what they mean."),
    Option("debug", "", "Set to 1 to see error details in the browser; never on a machine others reach."),
)
_DEFAULTS = {option.name: option.default for option in OPTIONS}


def home() -> Path:
    """The data folder, from `STORYLOFT_HOME` or its default."""
    return Path(os.environ.get("STORYLOFT_HOME") or _DEFAULTS["home"]).expanduser().resolve()


def value(name: str) -> str:
    """An option's value: environment, then storyloft.toml, then default. KeyError for an option not declared."""
    default = _DEFAULTS[name]
    return os.environ.get(f"STORYLOFT_{name.upper()}") or str(_from_file(home() / "storyloft.toml").get(name, default))


def _from_file(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
