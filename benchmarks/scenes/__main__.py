"""`python -m benchmarks.scenes --corpus STORIES.zip [--half tune|test] [--json]`: how well memories are found."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import gettempdir

import click

from benchmarks import home, machine
from benchmarks.scenes.queries import TEST, TUNE, remembered

_FIGURES = Path(__file__).with_name("figures.json")


@click.command()
@click.option("--corpus", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--half", type=click.Choice((TUNE, TEST)), default=TUNE, show_default=True)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--keep", is_flag=True, help="Write the figures down.")
def main(corpus: Path, half: str, json_: bool, keep: bool) -> None:
    """Ask what people remembered, in every way of ranking there is."""
    home.open_here(_home_for(corpus))
    rows = _measured(corpus, half)
    if json_:
        click.echo(json.dumps(rows, indent=2))
    else:
        _print(rows)
    if keep:
        _write_down(half, rows)


def _write_down(half: str, rows: list[dict[str, object]]) -> None:
    """Beside the figures of the other half, which are another run's."""
    known = json.loads(_FIGURES.read_text("utf-8")) if _FIGURES.exists() else {}
    known = {one: known[one] for one in (TEST, TUNE) if one in known}
    figures = known | {half: {"machine": machine.described(), "rankings": rows}}
    _FIGURES.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _home_for(corpus: Path) -> Path:
    """The data folder in which this corpus is kept between runs."""
    return Path(gettempdir()) / f"storyloft-scenes-{hashlib.sha256(corpus.read_bytes()).hexdigest()[:12]}"


def _measured(corpus: Path, half: str) -> list[dict[str, object]]:
    # Django reads its settings once the data folder is named, hence what needs it is imported after that.
    from benchmarks.scenes.corpus import shelve, works_by_story
    from benchmarks.scenes.measuring import measure
    from benchmarks.scenes.rankings import rankings, shows
    from storyloft.search import meaning

    shelve(corpus)
    works = {name: work.pk for name, work in works_by_story().items()}
    memories = [memory for memory in remembered() if memory.half == half]
    rows = []
    for name, ranking in rankings(with_meaning=meaning.progress().done > 0):
        row = measure(name, ranking, memories, works, shows if name == "final" else None).row()
        click.echo(f"{name} …", err=True)
        rows.append(row)
    return rows


def _print(rows: list[dict[str, object]]) -> None:
    for row in rows:
        took = f"p95 {row['p95_ms']} ms ({row['p95_processor_ms']} of the processor)"
        click.echo(f"{row['ranking']}: {took}, chatty loss {row['chatty_loss']}")
        for kind, told in row["kinds"].items():  # type: ignore[attr-defined]
            found = "  ".join(f"{name} {told[name]:.2f}" for name in ("@1", "@10", "mrr"))
            click.echo(f"  {kind:12} {told['queries']:3}  {found}  passage {told['passage']}")


if __name__ == "__main__":
    main()
