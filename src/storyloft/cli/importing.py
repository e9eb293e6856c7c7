"""`storyloft import` and `storyloft demo`: stories into the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft, wide_console

_CHUNK = 1 << 20


@storyloft.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come in; store nothing.")
@as_json
@plainly
def import_(paths: tuple[Path, ...], dry_run: bool, json_: bool) -> None:
    """Bring stories in: files, folders, ZIPs, in any mixture.

    EPUB, AO3 and other sites' saved pages, plain and pasted text, Markdown, DOCX, ODT, RTF, PDF, MOBI.
    Everything comes in private. The original files are kept as they are.
    """
    opened()
    rows = _dry_rows(paths) if dry_run else _imported_rows(paths)
    if json_:
        print_json(rows)
    else:
        _print_table(rows, dry_run)


def _imported_rows(paths: tuple[Path, ...]) -> list[dict[str, Any]]:
    from storyloft.accounts.models import Person
    from storyloft.ingest import intake
    from storyloft.ingest.registry import LARGEST_FILE, too_large
    from storyloft.search.writer import drain

    coming = intake.begin(Person.objects.owner())
    given = list(_files(paths))
    with _progress("Receiving", len(given)) as step:
        for shown_as, path in given:
            if path.stat().st_size > LARGEST_FILE:
                intake.refuse(coming, shown_as, too_large(path.stat().st_size))
            else:
                intake.receive(coming, shown_as, _chunks(path))
            step(shown_as)
    intake.ready(coming)
    with _progress("Reading", len(given)) as step:
        intake.run(coming, lambda file: step(file.path))
    drain()
    # In pieces: SQLite takes no question about more than a thousand files at once.
    return [_row(file) for file in coming.files.prefetch_related("outcomes__work").iterator(chunk_size=200)]


def _row(file: Any) -> dict[str, Any]:  # noqa: ANN401 - an ImportFile; its module needs Django set up first
    works = [outcome.work for outcome in file.outcomes.all()]
    return {
        "path": file.path,
        "status": file.state,
        "recognised_as": file.importer,
        "because": file.because,
        "works": [
            {"id": str(w.public_id), "title": w.title, "chapters": w.chapter_count, "words": w.words} for w in works
        ],
        "sentence": file.sentence,
        "warnings": [*file.report.get("warnings", []), *file.report.get("remarks", [])],
        "stripped": [{"text": row["text"], "rule": row["rule"]} for row in file.report.get("removed", [])],
    }


def _dry_rows(paths: tuple[Path, ...]) -> list[dict[str, Any]]:
    from storyloft.ingest.trying import try_files

    given = list(_files(paths))
    with _progress("Reading", len(given)) as step:
        return list(try_files(given, lambda path: step(path)))


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    from storyloft.ingest.unpack import files_under

    for path in paths:
        yield from files_under(path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@contextmanager
def _progress(what: str, total: int) -> Iterator[Any]:
    """A bar with rate and time left on a terminal, nothing where the output is read by a program."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", style="dim"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total, name="")

        def step(name: str) -> None:
            done = bar.tasks[0].completed + 1
            bar.update(task, completed=done, total=max(total, done), name=name[-40:])

        yield step


def _print_table(rows: list[dict[str, Any]], dry_run: bool) -> None:
    console = wide_console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("File", "Status", "Recognised as", "Work", "Chapters", "Words", "Remarks"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("Chapters", "Words") else "left")
    for row in rows:
        remarks = " ".join(filter(None, [row["sentence"], *row["warnings"]]))
        works = row["works"] or [{"title": "", "chapters": "", "words": ""}]
        for work in works:
            words = f"{work['words']:,}" if work["words"] else ""
            table.add_row(
                row["path"], row["status"], row["recognised_as"], work["title"], str(work["chapters"]), words, remarks
            )
    console.print(table)
    console.print(_summary(rows, dry_run))


def _summary(rows: list[dict[str, Any]], dry_run: bool) -> str:
    count = {state: sum(row["status"] == state for row in rows) for state in ("done", "same", "refused")}
    works = {work["id"] or work["title"] for row in rows for work in row["works"]}
    said = "Nothing was stored (dry run)." if dry_run else "The originals are kept."
    return (
        f"\n{len(works)} works from {count['done']} files; {count['same']} were here already; "
        f"{count['refused']} could not be read. {said}"
    )


@storyloft.command()
@plainly
def demo() -> None:
    """Fill the library with a few short stories, to try everything on."""
    opened()
    from storyloft.accounts.models import Person
    from storyloft.demo import stories
    from storyloft.ingest.models import Outcome
    from storyloft.search.writer import drain
    from storyloft.works import publishing

    rows = _imported_rows(tuple(stories()))
    owner = Person.objects.owner()
    made = Outcome.objects.filter(made_new=True, work__public_id__in=[w["id"] for row in rows for w in row["works"]])
    for outcome in made.select_related("work"):
        publishing.publish(outcome.work, by=owner)
    drain()
    click.echo(f"{made.count()} stories came in and are public. `storyloft list` shows them.")
