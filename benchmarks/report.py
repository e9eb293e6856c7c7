"""What a run has found, as a table in the terminal and, of a whole run, as the committed figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Row

_ROOT = Path(__file__).parents[1]
FIGURES = _ROOT / "benchmarks" / "figures.json"
PAGE = _ROOT / "docs" / "reference" / "figures.md"
_HEADINGS = ("Times the reference", "Measured", "Reference", "Bar", "What", "Reference is", "Also seen")
_INTRODUCTION = """# Figures

Written by `make bench`; not edited by hand. The ratio comes first because it is what can be compared between \
machines: each row is measured beside its reference in the same run, and both are medians of several runs. The \
stories are invented by [the benchmarks](../../benchmarks/invented.py), the same ones each time; *bar* is what a \
figure may be at most. Milliseconds and CPU seconds are the processor's: a machine busy with other things lengthens \
them too (two to three times where its load is ten), though less than those on the clock.

"""


def show(rows: Sequence[Row], machine: Mapping[str, str]) -> None:
    """Print the figures."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(_HEADINGS):
        table.add_column(heading, justify="right" if number < 4 else "left", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row), style="" if row.holds else "red")
    console = Console()
    console.print(table)
    console.print(", ".join(f"{name} {value}" for name, value in machine.items()), style="dim", highlight=False)


def keep(rows: Sequence[Row], machine: Mapping[str, str]) -> None:
    """Write the figures where they are committed, for programs and for people."""
    told = {"machine": dict(machine), "rows": [{"ratio": row.ratio, **asdict(row)} for row in rows]}
    FIGURES.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    PAGE.write_text(page(rows, machine))


def page(rows: Sequence[Row], machine: Mapping[str, str]) -> str:
    """The page of figures as Markdown."""
    about = "".join(f"- {name}: {value}\n" for name, value in machine.items())
    lines = [" | ".join(_HEADINGS), " | ".join("--:" if n < 4 else "---" for n in range(len(_HEADINGS)))]
    lines += [" | ".join(_cells(row)) for row in rows]
    return f"{_INTRODUCTION}{''.join(f'| {line} |{chr(10)}' for line in lines)}\nThe machine:\n\n{about}"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{_number(row.ratio)} ×",
        f"{_number(row.value)} {row.unit}",
        f"{_number(row.reference)} {row.unit}",
        f"{_number(row.bar)} {row.unit}",
        row.what,
        row.against,
        "; ".join(f"{_number(value)} {name}" for name, value in row.more.items()),
    )


def _number(value: float) -> str:
    """Three digits that count: "0.042", "3.14", "12,345"."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
