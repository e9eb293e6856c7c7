"""The `storyloft` command itself, and what every command shares."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from storyloft import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="storyloft")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data folder (or STORYLOFT_HOME; otherwise ~/.local/share/storyloft).",
)
def storyloft(home: Path | None) -> None:
    """A place where stories live, on a machine you own.

    Bring in the stories you saved, read them, find them again, take them away as EPUBs.
    Start with `storyloft serve`, or bring in a folder at once: `storyloft import ~/stories`.
    """
    if home is not None:
        os.environ["STORYLOFT_HOME"] = str(home.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storyloft.settings")


def opened() -> None:
    """Open the data folder: set Django up and bring the database's tables up to date."""
    import django  # hidden here so that `storyloft --help` and `serve` start without loading Django
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise LookupError(f"The database cannot be opened: {error}".strip()) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


as_json = click.option("--json", "json_", is_flag=True, help="Print JSON, for programs.")


def print_json(data: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """One JSON document on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def wide_console() -> Console:
    """A terminal as wide as it is; 160 signs where the output goes into a file or a pipe."""
    console = Console()
    return console if console.is_terminal else Console(width=160)


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Errors a person can act on are one sentence, not a traceback."""
    from functools import wraps

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on untouched
        try:
            command(*args, **kwargs)
        except (LookupError, PermissionError, FileNotFoundError) as error:
            raise click.ClickException(str(error.args[0] if error.args else error)) from error

    return wrapped
