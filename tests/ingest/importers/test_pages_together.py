"""All importers of saved pages at once: each knows its own pages, reads them the same way twice, and fears nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Importer, NotReadable
from tests.ingest.importers import saved

ODD = (
    b"", b"<p", b"<html><frameset><frame src=x></frameset></html>", b"\xff\xfe<\x00p\x00>\x00", b"<p>\x00</p>",
    b"<script>window.prefetched = {\"part.1.metadata\": [</script><p data-p-id=x>Words.</p>",
    b"<script>window.prefetched = {\"part.1.metadata\": {\"data\": {\"id\": [1], \"text_url\": 3, \"group\": {"
    b"\"parts\": 7, \"tags\": {}, \"user\": 4, \"categories\": [null, \"x\"]}}}}</script><p data-p-id=x>Words.</p>",
    b'<link rel=canonical href="http://[broken"><a href="http://[">x</a>'
    b'<div id=storytext>Words.</div><div id=profile_top>',
    b'<div id=archivedat></div><a href="viewstory.php?sid=1">x</a>'
    b'<div class=infobox><span class=label>Rated</span></div>',
)  # fmt: skip


@pytest.mark.parametrize(("name", "path"), saved.golden_inputs(), ids=lambda value: getattr(value, "parent", value))
def test_the_right_importer_is_the_surest(name: str, path: Path) -> None:
    file = GivenFile(path.name, path.read_bytes())
    claims = {importer.name: claim.sureness for importer in saved.IMPORTERS if (claim := importer.recognises(file))}
    others = [sureness for other, sureness in claims.items() if other != name]
    assert claims[name] > max(others, default=0)


@pytest.mark.parametrize(("name", "path"), saved.golden_inputs(), ids=lambda value: getattr(value, "parent", value))
def test_a_page_reads_the_same_twice(name: str, path: Path) -> None:
    importer = next(importer for importer in saved.IMPORTERS if importer.name == name)
    file = GivenFile(path.name, path.read_bytes())
    assert _outcome(importer, file) == _outcome(importer, file)


@pytest.mark.parametrize("data", ODD)
@pytest.mark.parametrize("importer", saved.IMPORTERS, ids=lambda importer: importer.name)
def test_an_odd_page_is_read_or_refused_in_a_sentence(importer: Importer, data: bytes) -> None:
    file = GivenFile("page.html", data)
    importer.recognises(file)
    outcome = _outcome(importer, file)
    assert outcome if isinstance(outcome, list) else outcome.endswith(".")


def _outcome(importer: Importer, file: GivenFile) -> list[ImportedWork] | str:
    try:
        return list(importer.read(file))
    except NotReadable as why:
        return str(why)
