"""`duplicates`: the same story twice, over the whole library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft

if TYPE_CHECKING:
    from storyloft.ingest.models import Likeness
    from storyloft.works.models import Work


@storyloft.command()
@as_json
@plainly
def duplicates(json_: bool) -> None:
    """Report which stories share their text: copies, parts, copies with other names.

    What was not compared yet is compared first. Translations and stories told anew in other words are not found.
    Decide on the page /duplicates of the served archive.
    """
    opened()
    from storyloft.accounts.models import Person
    from storyloft.reposts.pairs import undecided

    _compare()
    found = undecided(Person.objects.owner())
    if json_:
        print_json([_told(likeness) for likeness in found.prefetch_related("work__sources", "other__sources")])
        return
    _report([_told(likeness) for likeness in found])


def _compare() -> None:
    from storyloft.reposts import sampling

    sampling.note_missing()
    columns = (TextColumn("Comparing"), BarColumn(), MofNCompleteColumn(), TextColumn("works"), TimeRemainingColumn())
    with Progress(*columns, disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("")
        sampling.drain(lambda done, total: bar.update(task, completed=done, total=total))


def _report(rows: list[dict[str, Any]]) -> None:
    kind = None
    for row in rows:
        if row["kind"] != kind:
            kind = row["kind"]
            click.echo(click.style(f"\n{row['alike']}", bold=True))
        one, other = row["work"], row["other"]
        click.echo(f"  {_line(one)}\n  {_line(other)}\n    {row['why']}\n")
    click.echo(_summary(len(rows)))


def _summary(pairs: int) -> str:
    if not pairs:
        return "No two stories share more than a few words."
    return "1 pair of stories shares text." if pairs == 1 else f"{pairs:,} pairs of stories share text."


def _line(work: dict[str, Any]) -> str:
    by = ", ".join(work["bylines"]) or "an unknown author"
    return f"{work['id']}  “{work['title']}” by {by}, {work['words']:,} words"


def _told(likeness: Likeness) -> dict[str, Any]:
    from storyloft.reposts.pairs import kind_of

    kind, comparison = kind_of(likeness), getattr(likeness, "comparison", None)
    return {
        "id": likeness.pk,
        "kind": kind.value if kind else "title",
        "alike": kind.label if kind else "Only the title is the same",
        "why": likeness.why,
        "strength": round(comparison.strength, 3) if comparison else None,
        "work": _of(likeness.work, comparison.of_work if comparison else None),
        "other": _of(likeness.other, comparison.of_other if comparison else None),
    }


def _of(work: Work, share: float | None) -> dict[str, Any]:
    return {
        "id": str(work.public_id),
        "title": work.title,
        "bylines": work.names,
        "words": work.words,
        "sources": [source.url or source.site for source in work.sources.all()],
        "share": None if share is None else round(share, 3),
    }
