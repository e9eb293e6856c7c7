"""Pages for the tests of page importers: made of a body, given as a file, read."""

from __future__ import annotations

from pathlib import Path

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Importer
from storyloft.ingest.importers import (
    efiction_page,
    fanfiction_page,
    fimfiction_page,
    inkitt_page,
    journal_page,
    quotev_page,
    royalroad_page,
    scribblehub_page,
    wattpad_page,
    web_page,
)

SAMPLES = Path(__file__).parents[2] / "samples"
IMPORTERS: tuple[Importer, ...] = tuple(
    module.importer
    for module in (
        efiction_page, fanfiction_page, fimfiction_page, inkitt_page, journal_page, quotev_page, royalroad_page,
        scribblehub_page, wattpad_page, web_page,
    )
)  # fmt: skip


def page(body: str, *, address: str = "", title: str = "", head: str = "") -> GivenFile:
    """A saved page with this body."""
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    html = f"<!DOCTYPE html><html><head><title>{title}</title>{canonical}{head}</head><body>{body}</body></html>"
    return GivenFile("page.html", html.encode())


def read(importer: Importer, file: GivenFile) -> ImportedWork:
    """The one work in a file."""
    (work,) = importer.read(file)
    return work


def golden_inputs() -> list[tuple[str, Path]]:
    """Every golden page of these importers as (importer, input)."""
    names = [importer.name for importer in IMPORTERS]
    return [(name, path) for name in names for path in sorted((SAMPLES / name).glob("*/input.*"))]
