"""`tags export` and `tags import`: tag sets as files, so that one archive's tidying serves another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft

if TYPE_CHECKING:
    from storyloft.tags.taking_in import Plan

_SHOWN = 20


@storyloft.group()
def tags() -> None:
    """Tag sets: canonical names, their wordings and what they belong under, as a readable file."""


@tags.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--fandom", default="", metavar="NAME", help="Only this fandom, with everything under and above it.")
@plainly
def export(file: Path, fandom: str) -> None:
    """Write the archive's tags to FILE (- prints them). Wordings that only others' private works bear stay out."""
    opened()
    from storyloft.accounts.models import Person
    from storyloft.tags.giving import tag_set
    from storyloft.tags.tagsets import write
    from storyloft.wrangling.finding_names import canonical_named
    from storyloft.wrangling.knowing import known_to

    only = canonical_named("fandom", fandom) if fandom else None
    if fandom and only is None:
        raise LookupError(f"There is no canonical fandom “{fandom}” in this archive.")
    wordings = known_to(Person.objects.owner()).filter(meanings__isnull=False).values_list("pk", flat=True)
    made = tag_set(only, wordings=wordings, name=only.name if only else "All tags")
    with click.open_file(str(file), "w", encoding="utf-8") as out:
        out.write(write(made))
    if str(file) != "-":
        click.echo(f"{len(made.entries):,} canonical tags written to {file}.")


@tags.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--overwrite", is_flag=True, help="Where the two disagree, take what the file says.")
@as_json
@plainly
def bring_in(file: Path, dry_run: bool, overwrite: bool, json_: bool) -> None:
    """Take in the tag set in FILE, as one act that the wrangling desk can undo.

    What this archive says already stays; where the two disagree is told.
    """
    opened()
    from storyloft.accounts.models import Person
    from storyloft.tags.tagsets import BadTagSet, read
    from storyloft.tags.taking_in import plan, take_in
    from storyloft.tags.wrangling import CannotBe, wrangling

    try:
        given = read(file.read_bytes())
        made = plan(given)
        if not dry_run:
            chosen = [one.token for one in made.conflicts] if overwrite else []
            with wrangling(by=Person.objects.owner(), verb="A tag set taken in") as desk:
                take_in(given, desk, chosen)
    except (BadTagSet, CannotBe) as error:
        raise LookupError(str(error)) from error
    if json_:
        print_json(_told(made, dry_run, overwrite))
    else:
        _report(made, dry_run, overwrite)


def _told(made: Plan, dry_run: bool, overwrite: bool) -> dict[str, Any]:
    conflicts = [{"here": one.here, "there": one.there} for one in made.conflicts]
    return {
        "dry_run": dry_run,
        "overwritten": overwrite and not dry_run,
        **made.counts,
        "conflicts": conflicts,
        "left_out": made.left_out,
    }


def _report(made: Plan, dry_run: bool, overwrite: bool) -> None:
    count = made.counts
    what = f"{count['canonical']:,} canonical, {count['wordings']:,} wordings, {count['parents']:,} parents"
    click.echo(f"{'Would add' if dry_run else 'Added'}: {what}.")
    for one in made.conflicts[:_SHOWN]:
        click.echo(f"  Here: {one.here}. In the file: {one.there}.")
    if made.conflicts:
        more = (
            "Taken from the file"
            if overwrite and not dry_run
            else "Left as they are here (--overwrite takes the file's)"
        )
        click.echo(f"{len(made.conflicts):,} where the two disagree. {more}.")
    if made.left_out:
        click.echo(f"{len(made.left_out):,} left out, such as {made.left_out[0]}.")
