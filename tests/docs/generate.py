"""The pages of docs/ that are written from the program itself: `python -m tests.docs.generate` writes them anew.

A test fails while one of them says something else than the program does.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from storyloft.cli import group
from storyloft.options import OPTIONS

DOCS = Path(__file__).parents[2] / "docs"
_WRITTEN = "<!-- Written by `python -m tests.docs.generate`; changes made here are lost. -->"


def main() -> None:
    """Write every generated page."""
    for path, page in PAGES.items():
        path.write_text(page(), "utf-8")
        print(f"docs/{path.relative_to(DOCS)}")


def commands() -> str:
    """docs/reference/commands.md: every command as its own help tells of it."""
    return _page(
        "Commands",
        "The program is `.venv/bin/storyloft` after `make setup`; `python -m storyloft` in that environment is the "
        "same. Every command says all of this itself: `storyloft import --help`.",
        "`storyloft --home DIR …` works on the archive in that folder. What goes wrong in a way you can do something "
        "about is one sentence, and the command ends with 1. `--json` prints one JSON document and nothing else.",
        *_of_command(group, "storyloft"),
        *(part for name, command in sorted(group.commands.items()) for part in _section(name, command)),
    )


def _section(name: str, command: click.Command) -> Iterator[str]:
    if not command.hidden:
        yield f"## {name}"
        yield from _of_command(command, f"storyloft {name}")
        for part, inner in sorted(getattr(command, "commands", {}).items()):
            yield from _section(f"{name} {part}", inner)


def _of_command(command: click.Command, words: str) -> Iterator[str]:
    context = click.Context(command, info_name=words)
    yield f"```text\n{words} {' '.join(command.collect_usage_pieces(context))}\n```"
    yield _told(command)
    rows = [_row(option) for option in command.params if isinstance(option, click.Option)]
    if rows:
        yield "\n".join(["| option | |", "|---|---|", *rows])


def _told(command: click.Command) -> str:
    """The help's paragraphs, their lines joined."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(command.help or ""))


def _row(option: click.Option) -> str:
    usual = f"Usually {option.default}." if option.show_default else ""
    names = ", ".join(f"`{name}`" for name in option.opts)
    kind = "" if option.is_flag else f" {_values(option)}"
    return f"| {names}{kind} | {' '.join(filter(None, [option.help, usual]))} |"


def _values(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return ", ".join(f"`{choice}`" for choice in option.type.choices)
    return {"file": "FILE", "directory": "DIR", "integer": "NUMBER"}.get(option.type.name, "TEXT")


def settings() -> str:
    """docs/reference/settings.md: every option with its default and its sentence."""
    rows = [
        f"| `{option.name}` | `STORYLOFT_{option.name.upper()}` | {_code(option.default)} | {option.sentence} |"
        for option in OPTIONS
    ]
    return _page(
        "Settings",
        "Storyloft runs without any of these. Each can be set in the environment, or in `storyloft.toml` in the data "
        "folder; the environment wins.",
        "\n".join(["| name | in the environment | usually | |", "|---|---|---|---|", *rows]),
        "`home` cannot stand in `storyloft.toml`, which lies in it.",
        'A `storyloft.toml`:\n\n```toml\nsite_name = "The Lamp Room"\nport = 8100\ntime_zone = "Europe/Vienna"\n```',
        "`database_url` wants the optional part `storyloft[postgres]`: [use PostgreSQL](../how-to/use-postgresql.md).",
        "How to open an archive to others: [run for others](../how-to/run-for-others.md).",
    )


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def decisions() -> str:
    """docs/decisions/README.md: the list of what was decided."""
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    return _page(
        "Decisions",
        "What was decided where there was a choice: the question, what was weighed, what was chosen and what it costs.",
        "\n".join(f"- {page.name[:4]} [{_title(page)}]({page.name})" for page in pages),
    )


def _title(page: Path) -> str:
    """Its first heading, without the number that its file's name bears."""
    return re.sub(r"^#\s*(?:\d+[.:]\s*)?", "", page.read_text("utf-8").splitlines()[0])


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", _WRITTEN, *parts]) + "\n"


PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "reference" / "commands.md": commands,
    DOCS / "reference" / "settings.md": settings,
    DOCS / "decisions" / "README.md": decisions,
}

if __name__ == "__main__":
    main()
