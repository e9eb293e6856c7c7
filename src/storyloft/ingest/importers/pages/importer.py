"""An importer of saved pages: a site, the marks by which its pages are known, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Recognition
from storyloft.ingest.importers.pages.page import SavedPage, look


@dataclass(frozen=True, slots=True)
class Site:
    """A site's name, its hosts, and selectors that only its pages answer to."""

    name: str
    hosts: tuple[str, ...]
    marks: tuple[str, ...] = ()

    def owns(self, page: SavedPage) -> bool:
        """Whether the page's address is of this site (a host of its own or below one)."""
        return any(page.host == host or page.host.endswith(f".{host}") for host in self.hosts)

    def recognise(self, page: SavedPage) -> Recognition | None:
        """Sure by mark and address, a little less by one of them."""
        marked = any(page.tree.css_first(mark) for mark in self.marks)
        if self.owns(page):
            return Recognition(97 if marked else 88, f"The page was saved from {page.host}.")
        return Recognition(92, f"The page is built as {self.name} builds its pages.") if marked else None


@dataclass(frozen=True, slots=True)
class PageImporter:
    """The importer protocol for saved pages. A reader gets a page of its own, which it may take apart."""

    name: str
    title: str
    recognise: Callable[[SavedPage], Recognition | None]
    reader: Callable[[SavedPage], Iterator[ImportedWork]]

    def recognises(self, file: GivenFile) -> Recognition | None:
        """Whether the file holds a page that this importer knows."""
        page = look(file)
        return self.recognise(page) if page else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        """The works in the page; raises NotReadable with a plain sentence where it holds no story."""
        yield from self.reader(SavedPage.of(file))
