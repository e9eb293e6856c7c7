"""The command line: `storyloft …`. Wiring only: each command calls the same verbs as the pages do."""

from __future__ import annotations

from storyloft.cli import archive, duplicates, find, importing, serving, tags, taking  # noqa: F401 - each adds commands
from storyloft.cli.frame import storyloft as group


def main() -> None:
    """Run the command line."""
    group(prog_name="storyloft")
