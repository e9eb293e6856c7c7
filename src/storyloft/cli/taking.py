"""`list`, `show`, `edition`, `search`: what is in the library, and out of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft, wide_console


@storyloft.command("list")
@as_json
@plainly
def list_(json_: bool) -> None:
    """List every work: id, title, bylines, chapters, words, fandoms, source."""
    opened()
    from storyloft.accounts.models import Person
    from storyloft.cli.describing import in_brief
    from storyloft.works.models import Work

    works = Work.objects.visible_to(Person.objects.owner()).for_lists().prefetch_related("sources")
    rows = [in_brief(work) for work in works.order_by("sort_title", "pk").iterator(chunk_size=200)]
    if json_:
        print_json(rows)
        return
    if not rows:
        click.echo("No stories yet. Bring some in: storyloft import PATH…, or try storyloft demo.")
        return
    _print_works(rows)


def _print_works(rows: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Id", "Title", "By", "Chapters", "Words", "Fandoms", "From", "Seen by"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        site = row["source"]["site"] if row["source"] else ""
        table.add_row(
            row["id"],
            row["title"],
            ", ".join(row["bylines"]),
            str(row["chapters"]),
            f"{row['words']:,}",
            ", ".join(row["fandoms"]),
            site,
            row["visibility"],
        )
    wide_console().print(table)


@storyloft.command()
@click.argument("work")
@as_json
@plainly
def show(work: str, json_: bool) -> None:
    """Show everything about one WORK (its id, or its title)."""
    opened()
    from storyloft.accounts.models import Person
    from storyloft.cli.describing import find_work, in_full

    told = in_full(find_work(work, Person.objects.owner()))
    if json_:
        print_json(told)
        return
    console = Console(highlight=False)
    console.print(f"[bold]{told['title']}[/bold]  by {', '.join(told['bylines']) or 'an unknown author'}")
    for label in ("id", "visibility", "language", "status", "words", "published", "updated", "kept_since"):
        console.print(f"{label.replace('_', ' ').capitalize()}: {told[label] or '–'}")
    for kind, names in told["tags"].items():
        if names:
            console.print(f"{kind.capitalize()}: {', '.join(names)}")
    for label in ("summary", "notes", "end_notes"):
        if told[label]:
            console.print(f"\n{label.replace('_', ' ').capitalize()}\n{told[label]}")
    for source in told["sources"]:
        counts = ", ".join(f"{count} {name}" for name, count in source["counts"].items())
        console.print(
            f"\nFrom {source['site']} {source['url']} {counts and f'(when saved: {counts})'}", highlight=False
        )
    console.print()
    for chapter in told["chapters"]:
        console.print(
            f"{chapter['number']:>4}. {chapter['title'] or '–'}  ({chapter['words']:,} words)", highlight=False
        )


@storyloft.command()
@click.argument("work")
@click.option("--format", "form", type=click.Choice(["epub", "html", "txt"]), default="epub", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it; - prints it.")
@plainly
def edition(work: str, form: str, output: Path | None) -> None:
    """Take one WORK away as an EPUB, an HTML page or plain text."""
    opened()
    from storyloft.accounts.models import Person
    from storyloft.cli.describing import find_work
    from storyloft.editions.making import make, name_of

    found = find_work(work, Person.objects.owner())
    data = make(found, form)
    target = output or Path(name_of(found, form))
    if str(target) == "-":
        sys.stdout.buffer.write(data)
        return
    target.write_bytes(data)
    click.echo(f"“{found.title}” is in {target} ({len(data):,} bytes).")


@storyloft.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--page", default=1, show_default=True, help="Twenty works are on a page.")
@as_json
@plainly
def search(query: tuple[str, ...], page: int, json_: bool) -> None:
    """Search every word of every story.

    Words, "phrases", -exclusion, OR, (brackets), lamp*, lamp NEAR/5 letter; author: fandom: ship: character: tag:
    title: rating: lang: status: words:>10k updated:<30d sort:words. Forgives spelling, and says how it read you.
    """
    opened()
    from storyloft.accounts.models import Person
    from storyloft.search.finding import find

    results = find(Person.objects.owner(), " ".join(query), page=page)
    rows = [
        {
            "work": str(hit.public_id),
            "title": hit.title,
            "chapter": passage.chapter_title,
            "chapter_id": str(passage.chapter_id),
            "passage": passage.passage_id,
            "snippet": passage.text,
            "score": round(hit.score, 4),
        }
        for hit in results.hits
        for passage in hit.passages
    ]
    if json_:
        print_json(rows)
        return
    for note in (*results.asked.notes, *([f"Looked for {results.shown_for}"] if results.shown_for else [])):
        click.echo(note, err=True)
    if not results.is_empty:
        found = f"{results.total:,} stor{'y' if results.total == 1 else 'ies'}"
        click.echo(click.style(f"{found} {results.asked}\n", dim=True), err=True)
    for row in rows:
        click.echo(
            f"{click.style(row['title'], bold=True)} · {row['chapter']} · {row['passage']}\n  {row['snippet']}\n"
        )
    if not rows:
        click.echo("Nothing was found. Fewer words, or another spelling, may find it.")
