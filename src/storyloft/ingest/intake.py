"""An import from its first file to its last: receive, read, gather, store.

1. `begin` and `receive`: every file is kept byte for byte and has a row before anybody is told "received".
2. `start`: the import is handed to a job.
3. `run`: each waiting file is read in the reading process; what stands alone is stored at once, parts are held.
4. Held parts are gathered into works and stored; the import is done.

Every step commits on its own, so a killed program goes on where it was: rows that are done are not done again.
"""

from __future__ import annotations

import fcntl
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.ingest.gather import gather, sequence_of
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.models import FileState, Import, ImportFile, ImportState, Outcome
from storyloft.ingest.registry import Reading
from storyloft.ingest.store import store
from storyloft.ingest.updating import changed_anything
from storyloft.vault.models import Original

Told = Callable[[ImportFile], None]
_CHUNK = 1 << 20


def begin(person: Person) -> Import:
    """A new import, ready to receive files."""
    return Import.objects.create(person=person)


def receive(coming: Import, path: str, chunks: Iterable[bytes]) -> ImportFile:
    """Keep one file and give it a row; when this returns, the file is safe. The same path again changes nothing."""
    original = Original.objects.keep(chunks, path)
    return coming.files.get_or_create(path=path[-1000:], defaults={"original": original})[0]


def refuse(coming: Import, path: str, sentence: str) -> ImportFile:
    """A row for a file that was not even kept, with the sentence why."""
    return coming.files.get_or_create(path=path[-1000:], defaults={"state": FileState.REFUSED, "sentence": sentence})[0]


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
        for file in _waiting(coming):
            for settled in _read(file, reader, sequence, done.get(file.path, ())):
                told(settled)


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
    assert file.original is not None
    for reading in reader.read_file(file.original.path, file.path, skip=done):
        row = file if reading.path == file.path else _member_row(file, reading)
        _settle(row, reading, sequence)
        yield row
    if file.state == FileState.WAITING:
        _say(file, FileState.OPENED, "The files in it are listed below.")
        yield file


def _member_row(archive: ImportFile, reading: Reading) -> ImportFile:
    """The row of a file that came out of a ZIP, its own bytes kept as an original."""
    row, _ = archive.imported_in.files.get_or_create(path=reading.path[-1000:])
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
            _store_all([row], reading.works)


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
    for paths, work in gather(readings, sequence):
        together = [rows[path] for path in dict.fromkeys(paths)]
        _store_all(together, (work,))
        for row in together:
            told(row)


def _held(row: ImportFile) -> tuple[ImportedWork, ...]:
    return msgspec.msgpack.decode(row.held or b"\x90", type=tuple[ImportedWork, ...])


def _store_all(rows: list[ImportFile], works: tuple[ImportedWork, ...]) -> None:
    """Store works that came from these rows, and settle the rows in the same transaction."""
    with transaction.atomic():
        try:
            outcomes = [store(work, rows, rows[0].imported_in.person) for work in works]
        except NotReadable as why:
            transaction.set_rollback(True)
            refused = str(why)
        else:
            state, sentence = _told_of(outcomes)
            for row in rows:
                _say(row, state, sentence)
            return
    for row in rows:
        _say(row, FileState.REFUSED, refused)


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
