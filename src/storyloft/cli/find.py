"""`find`: the story somebody half remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft

if TYPE_CHECKING:
    # Models exist only once Django is set up, which no command does before it runs.
    from storyloft.search.scenes.results import Recalled

_MARKS = {"strong": ("strong match", "green"), "fair": ("fair match", "yellow"), "weak": ("weak match", "red")}


@storyloft.command()
@click.argument("memory", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50), help="How many stories at most.")
@as_json
@plainly
def find(memory: tuple[str, ...], limit: int, json_: bool) -> None:
    """Find the story you half remember: tell what happened, in your own words.

    As long as you like: who was in it, one scene or several, how it ended, what it was not.
    """
    opened()
    from storyloft.accounts.models import Person
    from storyloft.search.scenes.finding import recall

    recalled = recall(Person.objects.owner(), " ".join(memory), per_page=limit)
    if not recalled.ready:
        raise LookupError("The search index is not ready. Nothing is lost: build it with `storyloft reindex`.")
    rows = _rows(recalled)
    if json_:
        print_json(rows)
        return
    if not rows:
        click.echo(recalled.sentence)
    for row in rows:
        _say(row)


def _rows(recalled: Recalled) -> list[dict[str, Any]]:
    from storyloft.search.scenes.showing import whole_paragraphs

    texts = whole_paragraphs(passage for hit in recalled.hits for passage in hit.passages)
    return [
        {
            "id": str(hit.public_id),
            "title": hit.title,
            "bylines": hit.work.names,
            "strength": str(hit.strength),
            "why": hit.why,
            "score": round(hit.score, 4),
            "passages": [
                {
                    "chapter": passage.chapter_title,
                    "chapter_id": str(passage.chapter_id),
                    "passage": passage.passage_id,
                    "text": texts.get((passage.chapter_id, passage.passage_id), passage.text),
                }
                for passage in hit.passages
            ],
        }
        for hit in recalled.hits
    ]


def _say(row: dict[str, Any]) -> None:
    words, colour = _MARKS[row["strength"]]
    by = f" by {', '.join(row['bylines'])}" if row["bylines"] else ""
    click.echo(f"{click.style(row['title'], bold=True)}{by} · {click.style(words, fg=colour)}")
    if row["why"]:
        click.echo(f"  {row['why']}")
    for passage in row["passages"]:
        click.echo(f"  {passage['chapter']} · {passage['passage']}\n    {passage['text']}")
    click.echo()
