"""An import from its first file to its last: receive, read, gather, store.

1. `begin` and `receive`: every file is kept byte for byte and has a row before anybody is told "received".
2. `start`: the import is handed to a job.
3. `run`: each waiting file is read in the reading process; what stands alone is stored at once, parts are held.
4. Held parts are gathered into works and stored; the import is done.

Every step commits on its own, so a killed program goes on where it was: rows that are done are not done again.
"""

from __future__ import annotations

import fcntl
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

import msgspec
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.database import take_stock
from storyloft.ingest.fitting import row_path
from storyloft.ingest.gather import gather, sequence_of
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.models import FileState, Import, ImportFile, ImportState, Outcome
from storyloft.ingest.registry import Reading
from storyloft.ingest.store import store
from storyloft.ingest.updating import changed_anything
from storyloft.vault.models import Original, kept_files

Told = Callable[[ImportFile], None]
_CHUNK = 1 << 20

logger = logging.getLogger(__name__)


def begin(person: Person) -> Import:
    """A new import, ready to receive files."""
    return Import.objects.create(person=person)


def receive(coming: Import, path: str, chunks: Iterable[bytes]) -> ImportFile:
    """Keep one file and give it a row; when this returns, the file is safe.

    The same bytes under the same path change nothing; other bytes (two folders of one name) get a number to their name.
    """
    path = row_path(path)
    sha256, size = kept_files().keep_stream(chunks)
    with transaction.atomic():  # one wait for the disk instead of two
        original = Original.objects.of(sha256, size, path)
        for again in count(1):
            row, _ = coming.files.get_or_create(path=_numbered(path, again), defaults={"original": original})
            if row.original_id == original.pk:
                break
    return row


def _numbered(path: str, again: int) -> str:
    """The path, or from the second file of it on "box/lamp (2).txt"."""
    if again == 1:
        return path
    name = PurePosixPath(path)
    return row_path(str(name.with_name(f"{name.stem} ({again}){name.suffix}")))


def refuse(coming: Import, path: str, sentence: str) -> ImportFile:
    """A row for a file that was not even kept, with the sentence why."""
    refused = {"state": FileState.REFUSED, "sentence": sentence}
    return coming.files.get_or_create(path=row_path(path), defaults=refused)[0]


def ready(coming: Import) -> None:
    """No more files will come: the import may be read."""
    Import.objects.filter(pk=coming.pk, state=ImportState.RECEIVING).update(
        state=ImportState.READING, reading_since=timezone.now()
    )


def run(coming: Import, told: Told = lambda file: None) -> bool:
    """Carry an import out, telling of each file as its row settles. False where another process is at it."""
    with _alone(coming) as alone:
        if not alone:
            return False
        _read_waiting(coming, told)
        _store_held(coming, told)
        Import.objects.filter(pk=coming.pk).update(state=ImportState.DONE, finished_at=timezone.now())
        take_stock()
    return True


@contextmanager
def _alone(coming: Import) -> Iterator[bool]:
    """Whether this process may carry out the import. The lock goes with the process, however it ends."""
    folder = Path(settings.HOME) / "locks"
    folder.mkdir(exist_ok=True)
    with (folder / f"import-{coming.pk}").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _read_waiting(coming: Import, told: Told) -> None:
    sequence = set(sequence_of(coming.files.values_list("path", flat=True)))
    done = _by_archive(coming.files.exclude(state=FileState.WAITING).values_list("path", flat=True))
    with ReadingProcess() as reader:
        settled: set[str] = set()
        for file in _waiting(coming):
            if file.path in settled:
                continue  # out of an archive whose reading was cut short: it came again with its archive just now
            for row in _read(file, reader, sequence, done.get(file.path, ())):
                settled.add(row.path)
                told(row)


def _waiting(coming: Import) -> Iterable[ImportFile]:
    """The files to read, each with whether its bytes have another row: asked once for all, not once for each."""
    others = ImportFile.objects.filter(original=OuterRef("original")).exclude(pk=OuterRef("pk"))
    waiting = coming.files.filter(state=FileState.WAITING).select_related("original")
    return waiting.annotate(came_before=Exists(others))


def _by_archive(paths: Iterable[str]) -> Mapping[str, set[str]]:
    """The files that came out of each archive: those whose paths go on where its own ends."""
    inside: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for slash in re.finditer("/", path):
            inside[path[: slash.start()]].add(path)
    return inside


def _read(file: ImportFile, reader: ReadingProcess, sequence: set[str], done: Collection[str]) -> Iterator[ImportFile]:
    """Read one given file; a ZIP yields a row for each file in it, and is itself only opened. `done` came before."""
    if _already_here(file):
        yield file
        return
    if file.original is None:
        _say(file, FileState.REFUSED, "This file did not come out of its archive whole.")
        yield file
        return
    for reading in reader.read_file(file.original.path, file.path, skip=done):
        row = file if reading.path == file.path else _member_row(file, reading)
        _settle(row, reading, sequence)
        yield row
    if file.state == FileState.WAITING:
        _say(file, FileState.OPENED, "The files in it are listed below.")
        yield file


def _member_row(archive: ImportFile, reading: Reading) -> ImportFile:
    """The row of a file that came out of a ZIP, its own bytes kept as an original."""
    row, _ = archive.imported_in.files.get_or_create(path=row_path(reading.path))
    if reading.kept_at and row.original is None:
        row.original = Original.objects.keep(_chunks(Path(reading.kept_at)), reading.path)
        row.save(update_fields=["original"])
    return row


def _settle(row: ImportFile, reading: Reading, sequence: set[str]) -> None:
    """One reading into its row: refused, already here, held for its sister parts, or stored."""
    row.importer, row.because = reading.importer_title[:60], reading.because[:500]
    row.report = {"remarks": [*reading.remarks]}
    if not reading.works:
        _say(row, FileState.REFUSED, reading.refused)
    elif not _already_here(row):
        if _waits_for_others(row, reading, sequence):
            row.held = msgspec.msgpack.encode(reading.works)
            _say(row, FileState.READ, "Read; waiting for its other parts.")
        else:
            _store_together([_Story([row], work) for work in reading.works])


def _waits_for_others(row: ImportFile, reading: Reading, sequence: set[str]) -> bool:
    """Parts wait, and files numbered by their names; inside a ZIP the names that follow are not known yet."""
    inside = row.path not in sequence and ".zip/" in row.path.lower() and any(map(str.isdigit, Path(row.path).stem))
    return row.path in sequence or inside or any(work.part for work in reading.works)


def _already_here(row: ImportFile) -> bool:
    """The same bytes gave a work before: say so, double nothing."""
    if not getattr(row, "came_before", True):
        return False
    before = (
        Outcome.objects.filter(files__original=row.original, undone_at=None, work__taken_back_at=None)
        .filter(work__keeper=row.imported_in.person)
        .exclude(files=row)
        .select_related("work")
        .first()
    )
    if before is None or row.original is None:
        return False
    _say(row, FileState.SAME, f"The very same file is already here, as “{before.work.title}”.")
    return True


def _store_held(coming: Import, told: Told) -> None:
    """Gather what was held and store it, a work at a time."""
    rows = {row.path: row for row in coming.files.filter(state=FileState.READ)}
    sequence = sequence_of(list(rows))
    readings = [(path, work) for path, row in rows.items() for work in _held(row)]
    gathered = gather(readings, sequence)
    stories = [_Story([rows[path] for path in dict.fromkeys(paths)], work) for paths, work in gathered]
    for batch in _sharing_files(stories):
        for row in _store_together(batch):
            told(row)


def _held(row: ImportFile) -> tuple[ImportedWork, ...]:
    return msgspec.msgpack.decode(row.held or b"\x90", type=tuple[ImportedWork, ...])


@dataclass(frozen=True, slots=True)
class _Story:
    """A work about to be stored, and the rows of the files it came from."""

    rows: list[ImportFile]
    work: ImportedWork


def _sharing_files(stories: Iterable[_Story]) -> list[list[_Story]]:
    """The stories in batches: two out of the same file are stored together or, in a power cut, not at all."""
    batch_of: dict[str, list[_Story]] = {}
    for story in stories:
        touched = {id(batch): batch for row in story.rows if (batch := batch_of.get(row.path))}
        merged = [*chain.from_iterable(touched.values()), story]
        batch_of |= {row.path: merged for each in merged for row in each.rows}
    return list({id(batch): batch for batch in batch_of.values()}.values())


def _store_together(stories: Sequence[_Story]) -> list[ImportFile]:
    """Store works and settle the rows of their files, all in one transaction; the rows.

    What cannot be stored is refused, so that one file never holds up the rest; a full disk or a locked database is
    nobody's fault and stops the import, to go on later.
    """
    rows = list({row.path: row for story in stories for row in story.rows}.values())
    try:
        with transaction.atomic():
            done = [(story, store(story.work, story.rows, rows[0].imported_in.person)) for story in stories]
            for row in rows:
                _say(row, *_told_of([outcome for story, outcome in done if row in story.rows]))
        return rows
    except NotReadable as why:
        refused = str(why)
    except (OSError, OperationalError):
        raise
    except Exception:
        logger.exception("A file was read but could not be stored")
        refused = "This file was read but could not be put into the library; it is kept as it was."
    for row in rows:
        _say(row, FileState.REFUSED, refused)
    return rows


def _told_of(outcomes: list[Outcome]) -> tuple[FileState, str]:
    if all(outcome.made_new for outcome in outcomes):
        return FileState.DONE, ""
    [*updates] = [outcome for outcome in outcomes if not outcome.made_new]
    if any(map(changed_anything, outcomes)):
        return FileState.DONE, f"A newer state of “{updates[0].work.title}”: its chapters were brought up to date."
    return FileState.SAME, f"The same work is already here, as “{updates[0].work.title}”; nothing in it was new."


def _say(row: ImportFile, state: FileState, sentence: str) -> None:
    row.state, row.sentence = state, sentence
    if state != FileState.READ:
        row.held = None
    row.save(update_fields=["state", "sentence", "importer", "because", "report", "held"])


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
