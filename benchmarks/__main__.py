"""`python -m benchmarks [NAME…] [--quick]`: measure, print a table, and after a whole run write the figures down."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks import home, machine, report
from benchmarks.measuring import FULL, QUICK, Row, Size

NAMES = ("import", "pages", "search", "epub", "memory")
_LONGEST_SECONDS = 12 * 60


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES), metavar="[NAME]…")
@click.option("--quick", is_flag=True, help="Smaller sizes and fewer runs: shows that it works, keeps no figures.")
def main(names: tuple[str, ...], quick: bool) -> None:
    """Measure everything, or only import, pages, search, epub or memory.

    A whole run writes benchmarks/figures.json and docs/reference/figures.md.
    """
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LONGEST_SECONDS)
    rows = list(_measured(set(names or NAMES), QUICK if quick else FULL))
    about = machine.described()
    report.show(rows, about)
    if not names and not quick:
        report.keep(rows, about)


def _measured(names: set[str], size: Size) -> Iterator[Row]:
    if "import" in names:
        from benchmarks import importing  # as below: each loads what it measures, and only when it is asked for

        _say("Importing")
        yield from importing.measure(size)
    if names - {"import"}:
        with home.scratch() as folder:
            yield from _on_a_full_shelf(names, size, folder / "home")


def _on_a_full_shelf(names: set[str], size: Size, data_folder: Path) -> Iterator[Row]:
    """What is measured in a library of many works; Django reads its settings once the data folder is named."""
    home.open_here(data_folder)
    from benchmarks import editions, memory, pages, searching, shelf

    _say(f"Filling a library with {size.works:,} works")
    shelf.fill(size.works)
    for name, rows in (
        ("pages", pages.measure(size)),
        ("search", searching.measure(size)),
        ("epub", editions.measure(size)),
        ("memory", memory.measure(data_folder, size)),
    ):
        if name in names:
            _say(f"Measuring: {name}")
            yield from rows


def _too_long(*_: object) -> None:
    """Raised and not killed by the alarm, so that the data folder goes and the server is stopped."""
    raise TimeoutError(f"Measuring took longer than {_LONGEST_SECONDS // 60} minutes.")


def _say(what: str) -> None:
    click.echo(f"{what} …", err=True)


if __name__ == "__main__":
    main()
