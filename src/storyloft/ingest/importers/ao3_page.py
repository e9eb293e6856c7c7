"""Works of AO3 and every site running its software: HTML downloads of all generations, and saved pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.ao3.download import read_download
from storyloft.ingest.importers.ao3.refusals import refusal
from storyloft.ingest.importers.ao3.saved_page import META, read_saved_page

_POSTED = "Posted originally on"
_FRAMES = ('id="chapters"', "id='chapters'", "id=chapters")


@dataclass(frozen=True)
class Ao3Page:
    """Reads HTML downloads and saved pages of any otwarchive site."""

    name: str = "ao3_page"
    title: str = "AO3 download or saved page (HTML)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        """By the archive's own message line or work data; its notices are claimed too, to be refused plainly."""
        if file.kind not in ("html", "text"):
            return None
        text = file.text
        if file.kind == "html":
            if _POSTED in text and any(frame in text for frame in _FRAMES):
                return Recognition(95, 'It says "Posted originally on …", as downloads of AO3 do.')
            if "work meta group" in text and file.page.css_first(META) is not None:
                return Recognition(95, "It holds the work data of an AO3 page.")
        if refusal(text):
            return Recognition(90, "It is a page of AO3 without a story.")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        """The one work of the page; raises `NotReadable` for the archive's notices and error pages."""
        if why := refusal(file.text):
            raise NotReadable(why)
        if "work meta group" in file.text and file.page.css_first(META) is not None:
            yield read_saved_page(file.text, file.page)
        else:
            yield read_download(file.text, file.page)


importer = Ao3Page()
