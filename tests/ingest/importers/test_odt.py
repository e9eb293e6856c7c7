"""OpenDocument texts beyond the golden folders."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.odt import importer
from tests import hostile

_NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("style", "style"), ("text", "text"), ("fo", "xsl-fo-compatible"))
)


def document(body: str, *, styles: str = "", manifest: bytes = b"<m/>", doctype: str = "") -> bytes:
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content{_NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return hostile.zip_of([("content.xml", content.encode()), ("META-INF/manifest.xml", manifest)])


def read(body: str, styles: str = "", doctype: str = "") -> ImportedWork:
    (work,) = importer.read(GivenFile("a.odt", document(body, styles=styles, doctype=doctype)))
    return work


def style(name: str, parent: str, properties: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="text" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_italics_come_through_a_chain_of_styles() -> None:
    chain = style("A", "", 'fo:font-style="italic"') + style("B", "A") + style("C", "B", 'fo:font-weight="700"')
    work = read('<text:p>so <text:span text:style-name="C">very</text:span> damp</text:p>', chain)
    assert work.chapters[0].html == "<p>so <em><strong>very</strong></em> damp</p>"


def test_styles_that_descend_from_each_other_end() -> None:
    work = read('<text:p><text:span text:style-name="A">damp</text:span></text:p>', style("A", "B") + style("B", "A"))
    assert work.chapters[0].html == "<p>damp</p>"


def test_blanks_and_signs_survive() -> None:
    assert read('<text:p>a<text:s text:c="3"/>b &lt;3</text:p>').chapters[0].html == "<p>a   b &lt;3</p>"


def test_an_entity_is_never_opened() -> None:
    assert "root:" not in repr(read("<text:p>damp &out;</text:p>", doctype=hostile.OUTSIDE_FILE))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (document("<text:p/>"), "no text"),
        (document("<text:p>cut"), "damaged"),
        (document("<text:p>x</text:p>", manifest=b"<manifest:encryption-data/>"), "password"),
        (hostile.zip_of([("mimetype", b"x")]), "no content"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        list(importer.read(GivenFile("a.odt", data)))
