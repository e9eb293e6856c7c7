"""A work of an otwarchive site as text: copied from the page, or a download that was converted to text."""

from __future__ import annotations

from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Recognition
from storyloft.ingest.importers.text.ao3_body import read_body
from storyloft.ingest.importers.text.ao3_labels import LABEL, POSTED, read_labels
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.sheet import first_lines, sheet_of

ENOUGH_LABELS = 3


class Ao3Text:
    """Labels on one line or two, title, summary, chapters, and the page's own lines around them."""

    name = "ao3_text"
    title = "AO3 work (copied or converted text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        head = first_lines(file.text)
        if any(POSTED.search(line) for line in head[:40]):
            return Recognition(88, "it says on which archive it was posted originally")
        labels = {found["label"] for line in head[:120] if (found := LABEL.match(line))}
        if len(labels) >= ENOUGH_LABELS and labels & {
            "Stats",
            "Additional Tags",
            "Archive Warning",
            "Archive Warnings",
        }:
            return Recognition(75, "it begins with the labels of an AO3 work")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        sheet = sheet_of(file)
        details = Details()
        end_of_labels = read_labels(sheet, details)
        yield read_body(sheet, details, end_of_labels)


importer = Ao3Text()
