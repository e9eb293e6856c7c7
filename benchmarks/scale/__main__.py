"""`python -m benchmarks.scale [SIZE…] [--keep FOLDER]`: how lists and searches grow, each size in a process of its own.

Takes a quarter of an hour with 100,000 works; a library that lies in FOLDER from an earlier run is neither filled nor
indexed again, only measured. Writes benchmarks/scale/figures.json and docs/reference/growth.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from benchmarks import home, machine

SIZES = (1_000, 10_000, 100_000)
_FIGURES = Path(__file__).with_name("figures.json")
_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "growth.md"
_LONGEST_SECONDS = 40 * 60
_ROWS = (
    ("browse cpu ms", "A page of 60 works with every facet counted anew: CPU, mean", "ms"),
    ("browse median ms", "… on the clock, median", "ms"),
    ("browse p99 ms", "… on the clock, slowest but one in a hundred", "ms"),
    ("browse remembered cpu ms", "… with counts remembered from the same list before: CPU, mean", "ms"),
    ("browse raw cpu ms", "Reference: the index's own aggregation of all groups and the sorted page: CPU, mean", "ms"),
    ("search cpu ms", "Twenty works with three highlighted passages each: CPU, mean", "ms"),
    ("search median ms", "… on the clock, median", "ms"),
    ("search p99 ms", "… on the clock, slowest but one in a hundred", "ms"),
    ("search raw cpu ms", "Reference: the raw query for the twenty best works: CPU, mean", "ms"),
    ("index cpu s", "Building the index: CPU", "s"),
    ("index MB", "The index on disk", "MB"),
    ("text MB", "Reference: the stories' HTML", "MB"),
)


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--keep", type=click.Path(path_type=Path), help="Where the libraries lie between runs.")
def main(sizes: tuple[int, ...], keep: Path | None) -> None:
    """Measure libraries of SIZES works (1,000, 10,000 and 100,000); a run of those three is written down."""
    with home.scratch() as scratch:
        told = [_measured(works, (keep or scratch) / str(works)) for works in sizes or SIZES]
    click.echo(_page(told, machine.described()))
    if not sizes:
        _FIGURES.write_text(json.dumps({"machine": machine.described(), "sizes": told}, indent=2) + "\n")
        _PAGE.write_text(_page(told, machine.described()))


def _measured(works: int, folder: Path) -> dict[str, float]:
    click.echo(f"{works:,} works …", err=True)
    command = [sys.executable, "-m", "benchmarks.scale.measured", str(works), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=_LONGEST_SECONDS, env=home.environment())
    found: dict[str, float] = json.loads(done.stdout.decode().splitlines()[-1])
    return found


def _page(told: Sequence[Mapping[str, float]], about: Mapping[str, str]) -> str:
    """The figures as a page."""
    heads = " | ".join(f"{int(one['works']):,} works" for one in told)
    lines = [f"| | {heads} |", "|---|" + "--:|" * len(told)]
    for name, words, unit in _ROWS:
        lines.append(f"| {words} | " + " | ".join(f"{one[name]:,.1f} {unit}" for one in told) + " |")
    ratios = [
        ("browse cpu ms", "browse raw cpu ms", "Browsing beside its reference"),
        ("search cpu ms", "search raw cpu ms", "Searching beside its reference"),
        ("index MB", "text MB", "The index beside the text"),
    ]
    for ours, reference, words in ratios:
        lines.append(f"| {words} | " + " | ".join(f"{one[ours] / one[reference]:.1f} ×" for one in told) + " |")
    machine_words = "".join(f"- {name}: {value}\n" for name, value in about.items())
    return f"{_INTRODUCTION}{chr(10).join(lines)}\n\nThe machine:\n\n{machine_words}"


_INTRODUCTION = """# How it grows

Written by `python -m benchmarks.scale`; not edited by hand. Invented works of one chapter of about 250 words, with tags
in the numbers and shares that archives have; sixty lists, narrowed in as many ways, and sixty searches of one to three
words, each four times.

"""

if __name__ == "__main__":
    main()
