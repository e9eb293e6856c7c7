"""`reindex` and `doctor`: looking after the archive."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from storyloft.cli.frame import as_json, opened, plainly, print_json, storyloft


@storyloft.command()
@plainly
def reindex() -> None:
    """Build the search index anew from the stories (it is never the only copy of anything)."""
    opened()
    from storyloft.search.writer import rebuild

    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TextColumn("works"), TimeRemainingColumn())
    with Progress(*columns, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("")
        rebuild(lambda done, total: bar.update(task, completed=done, total=total))
    click.echo("The index is new.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at; `advice` says what to do where it is not well."""

    what: str
    well: bool
    told: str
    advice: str = ""


@storyloft.command()
@as_json
@plainly
def doctor(json_: bool) -> None:
    """Look the machine and the data folder over, and say what to do."""
    findings = list(_findings())
    if json_:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            mark = click.style("well ", fg="green") if finding.well else click.style("look ", fg="red", bold=True)
            click.echo(f"{mark} {finding.what}: {finding.told}")
            if finding.advice:
                click.echo(f"      {finding.advice}")
    if not all(finding.well for finding in findings):
        raise SystemExit(1)


def _findings() -> Iterator[Finding]:
    yield _python()
    opened()
    from django.conf import settings

    home = Path(settings.HOME)
    yield Finding("Data folder", True, str(home))
    yield _room(home)
    yield from _database()
    yield from _files()
    yield _index()
    yield from _meanings()
    yield _converters()


def _python() -> Finding:
    well = sys.version_info >= (3, 11)
    return Finding("Python", well, sys.version.split()[0], "" if well else "Install Python 3.11 or newer.")


def _room(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    well = free > 1_000_000_000
    return Finding("Room on disk", well, f"{free / 1e9:.1f} GB free", "" if well else "Make room before importing.")


def _database() -> Iterator[Finding]:
    from django.db import connection

    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _postgresql() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        answers = {}
        for name in ("server_version", "server_encoding", "fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            answers[name] = cursor.fetchone()[0]
    yield Finding("PostgreSQL", True, answers["server_version"])
    well = answers["server_encoding"] == "UTF8"
    yield Finding("Encoding", well, answers["server_encoding"], "" if well else "Make the database anew with UTF8.")
    well = answers["fsync"] == "on" and answers["synchronous_commit"] != "off"
    advice = "Set fsync and synchronous_commit to on: a power cut may lose what was acknowledged."
    yield Finding("Safe writing", well, "fsync" if well else str(answers), "" if well else advice)


def _sqlite() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        answers = {}
        for pragma in ("journal_mode", "synchronous", "mmap_size", "quick_check"):
            cursor.execute(f"PRAGMA {pragma}")
            answers[pragma] = cursor.fetchone()[0]
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
    yield Finding("SQLite", True, version)
    well = (answers["journal_mode"], answers["synchronous"]) == ("wal", 2) and not answers["mmap_size"]
    yield Finding("Safe writing", well, "WAL, FULL, no mmap" if well else str(answers), "" if well else "Report this.")
    whole = answers["quick_check"] == "ok"
    yield Finding("Database", whole, "whole" if whole else answers["quick_check"], "" if whole else "Restore a copy.")


def _files() -> Iterator[Finding]:
    from storyloft.vault.models import Original
    from storyloft.works.models import Work

    missing = [original.name for original in Original.objects.iterator() if not original.path.exists()]
    yield Finding("Works", True, f"{Work.objects.kept().count():,}")
    told = f"{Original.objects.count():,} kept" + (
        f", {len(missing)} missing: {', '.join(missing[:5])}" if missing else ""
    )
    yield Finding("Originals", not missing, told, "Restore the data folder's `files` from a copy." if missing else "")


def _index() -> Finding:
    from storyloft.search import index
    from storyloft.search.models import StaleNote

    waiting, there = StaleNote.objects.count(), index.is_ready()
    advice = "`storyloft serve` brings it up to date; `storyloft reindex` builds it anew."
    told = f"{waiting} works waiting" if waiting else "up to date" if there else "not there yet"
    well = there and not waiting
    return Finding("Search index", well, told, "" if well else advice)


def _meanings() -> Iterator[Finding]:
    """The model for scenes and how far it has learned; nothing where nobody asked for one."""
    from storyloft.search import meaning

    state, known = meaning.state(), meaning.progress()
    if state.trouble:
        advice = "Nothing is lost, and search goes on without it. Mend it, then start Storyloft anew."
        yield Finding("Scenes by meaning", False, state.trouble, advice)
    elif state.name:
        told = f"{known.done:,} of {known.all:,} works learned, by {state.name}"
        yield Finding("Scenes by meaning", True, told)


def _converters() -> Finding:
    from storyloft.ingest.importers.kindle_book import converters

    names = [{"ebook-convert": "calibre"}.get(name, name) for name in converters.found()]
    told = f"opened by {', else by '.join(names)}" if names else "not opened"
    return Finding(
        "MOBI and AZW3", bool(names), told, "" if names else "Install the Python package `mobi`, or calibre."
    )
