"""The way in: a folder of EPUBs imported by the command line, from its start to the last word in the index."""

from __future__ import annotations

import json
import resource
import statistics
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from benchmarks import books, home
from benchmarks.measuring import Row, Size

# calibre took 127 CPU seconds to add such a set of 300 and to build its full-text index; this is what we aim for.
AIM_SECONDS_A_BOOK = 12 / 300


def measure(size: Size) -> Iterator[Row]:
    """CPU seconds of everything an import starts: program, reading process, index."""
    with home.scratch() as folder:
        shoebox = books.shoebox(folder / "shoebox", size.books, size.words_a_book)
        references = [_unzipped_and_parsed(shoebox) for _ in range(size.runs)]
        runs = [_imported(folder / f"home-{number}", folder / "shoebox", size.books) for number in range(size.runs)]
    value, clock = statistics.median(cpu for cpu, _ in runs), statistics.median(clock for _, clock in runs)
    yield Row(
        name="import",
        what=f"{size.books} EPUBs of {size.words_a_book:,} words: kept, read, stored, indexed",
        value=value,
        unit="CPU s",
        bar=AIM_SECONDS_A_BOOK * size.books,
        reference=statistics.median(references),
        against="unzip and lxml parse of the same files, nothing else",
        more={"files per second": size.books / clock, "seconds on the clock": clock},
    )


def _unzipped_and_parsed(shoebox: list[Path]) -> float:
    begun = time.process_time()
    for path in shoebox:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                data = archive.read(name)
                if name.endswith((".xhtml", ".opf", ".xml")):
                    etree.fromstring(data)
    return time.process_time() - begun


def _imported(data_folder: Path, shoebox: Path, wanted: int) -> tuple[float, float]:
    """CPU seconds of the family and seconds on the clock. The tables are made before: every archive has them."""
    home.run(data_folder, "list")
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    rows = json.loads(home.run(data_folder, "import", str(shoebox), "--json"))
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if (done := sum(row["status"] == "done" for row in rows)) != wanted:
        raise RuntimeError(f"Only {done} of {wanted} books came in; a figure of that would be a lie.")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock
