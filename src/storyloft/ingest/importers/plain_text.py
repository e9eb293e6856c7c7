"""A plain text of no particular site: a header block where there is one, else the first line as title."""

from __future__ import annotations

from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Recognition
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import chapters_by_headings
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.header import header_block, read_header
from storyloft.ingest.importers.text.sheet import EDGE, Sheet, sheet_of
from storyloft.ingest.importers.text.titles import read_title


class PlainText:
    """Anything that is text. The last resort, so every other importer goes before it."""

    name = "plain_text"
    title = "Plain text"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind == "markdown":
            return Recognition(1, "it is text")
        if file.kind != "text":
            return None
        if header_block(Sheet(file.text[:EDGE])):
            return Recognition(30, "it is plain text with a header of title, author and the like")
        return Recognition(1, "it is plain text")

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        sheet = sheet_of(file)
        details = Details()
        read_header(sheet, details)
        read_title(sheet, details)
        yield bound(details, chapters_by_headings(sheet))


importer = PlainText()
