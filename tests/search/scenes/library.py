"""The demo's stories on Ada's shelf, as importing them leaves them, and what is found in them."""

from __future__ import annotations

from dataclasses import replace

from storyloft.accounts.models import Visitor
from storyloft.demo import stories
from storyloft.ingest.given import GivenFile
from storyloft.ingest.models import Import
from storyloft.ingest.registry import read
from storyloft.ingest.store import store
from storyloft.prose.language import code_for
from storyloft.search.scenes.finding import recall
from storyloft.search.writer import drain
from storyloft.works.models import Visibility, Work
from tests.cast import ada


def demo_library() -> None:
    """All of the demo's stories, public and indexed."""
    files = Import.objects.create(person=ada()).files
    for path in stories():
        [work] = read(GivenFile(path.name, path.read_bytes())).works
        work = replace(work, language=code_for(work.language))
        store(work, [files.create(path=path.name)], ada())
    Work.objects.update(visibility=Visibility.PUBLIC)
    drain()


def recalled(person: Visitor, text: str) -> list[str]:
    """The titles that come back for a memory, in order, after the index was brought up to date."""
    drain()
    return [hit.title for hit in recall(person, text).hits]
