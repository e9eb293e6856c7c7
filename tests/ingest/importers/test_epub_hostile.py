"""Books that lie, hide or break: refused in a plain sentence, or read without opening or expanding anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyloft.ingest.imported import NotReadable
from tests.ingest.importers.bindery import CONTAINER, bound, bound_and_read, ncx, package, page, read

_ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
    'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)
_BOMB = (
    '<!DOCTYPE html [<!ENTITY a "lamp"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def test_a_locked_book_is_refused() -> None:
    listing = _ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(NotReadable, match="locked"):
        read(bound({"META-INF/encryption.xml": listing}))


def test_a_listing_of_locks_that_cannot_be_read_counts_as_locked() -> None:
    with pytest.raises(NotReadable, match="locked"):
        read(bound({"META-INF/encryption.xml": "<encryption><broken"}))


@pytest.mark.parametrize("algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
def test_hidden_fonts_are_harmless(algorithm: str) -> None:
    work = read(bound({"META-INF/encryption.xml": _ENCRYPTED.format(algorithm)}))
    assert len(work.chapters) == 2


def test_bytes_that_are_no_zip_are_refused() -> None:
    with pytest.raises(NotReadable):
        read(b"PK\x03\x04 and then nothing of the kind")


def test_a_book_cut_short_is_refused() -> None:
    whole = bound({})
    with pytest.raises(NotReadable):
        read(whole[: len(whole) // 2])


def test_a_book_without_a_package_document_is_refused() -> None:
    with pytest.raises(NotReadable, match="package document"):
        read(bound({"META-INF/container.xml": None, "book.opf": None}))


def test_a_missing_container_is_no_harm_where_the_package_is_there() -> None:
    assert read(bound({"META-INF/container.xml": None})).title == "The Empty House"


def test_a_container_that_names_nothing_is_no_harm() -> None:
    assert read(bound({"META-INF/container.xml": CONTAINER.replace("book.opf", "../../other.opf")})).chapters


def test_a_damaged_package_document_is_refused() -> None:
    with pytest.raises(NotReadable, match="damaged"):
        bound_and_read(book_opf="<package><metadata>")


def test_an_empty_spine_is_refused() -> None:
    with pytest.raises(NotReadable, match="spine is empty"):
        bound_and_read(book_opf=package())


def test_a_spine_of_missing_files_is_refused() -> None:
    with pytest.raises(NotReadable, match="spine is empty"):
        bound_and_read(book_opf=package("gone.xhtml"))


def test_a_book_without_text_is_refused() -> None:
    with pytest.raises(NotReadable, match="no story text"):
        bound_and_read(one_xhtml=page(""), two_xhtml=page(""))


@pytest.mark.parametrize("place", ["one_xhtml", "book_opf", "toc_ncx"])
def test_entities_that_multiply_are_never_expanded(place: str) -> None:
    content = {
        "one_xhtml": _BOMB + page("<h1>One</h1><p>Here: &c;</p>"),
        "book_opf": _BOMB.replace("html", "package", 1) + package("one.xhtml", title="Here: &c;"),
        "toc_ncx": _BOMB.replace("html", "ncx", 1) + ncx(("Here: &c;", "one.xhtml"), ("Two", "two.xhtml")),
    }
    work = bound_and_read(**{place: content[place]})
    assert "lamplamp" not in repr(work)


def test_no_file_outside_the_book_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the combination is 221")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    work = bound_and_read(one_xhtml=doctype + page("<h1>One</h1><p>It says: &x;</p>"))
    assert "221" not in repr(work)


def test_a_page_that_points_outside_the_zip_finds_nothing() -> None:
    work = bound_and_read(one_xhtml=page('<h1>One</h1><p>Look. <img src="../../../etc/passwd"/></p>'))
    assert work.pictures == ()


def test_deep_nesting_is_survived() -> None:
    work = bound_and_read(one_xhtml=page("<h1>One</h1>" + "<div>" * 2000 + "deep" + "</div>" * 2000))
    assert [chapter.title for chapter in work.chapters][-1] == "Two"


def test_thousands_of_anchors_in_one_file_are_thousands_of_chapters() -> None:
    body = "".join(f'<p id="a{n}">Telegram number {n} arrived.</p>' for n in range(3000))
    work = bound_and_read(
        book_opf=package("one.xhtml"),
        one_xhtml=page(f"<div><div>{body}</div></div>"),
        toc_ncx=ncx(*((f"Telegram {n}", f"one.xhtml#a{n}") for n in range(3000))),
    )
    assert len(work.chapters) == 3000
    assert work.chapters[1234].html.count("arrived") == 1


def test_contents_nested_without_end_are_read_to_a_depth() -> None:
    point = '<navPoint><navLabel><text>x</text></navLabel><content src="one.xhtml"/>'
    deep = point * 200 + "</navPoint>" * 200
    work = bound_and_read(
        toc_ncx=f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{deep}</navMap></ncx>'
    )  # fmt: skip
    assert work.chapters


def test_a_page_damaged_in_the_zip_costs_that_page_alone() -> None:
    packed = bytearray(bound({}))
    place = packed.index(b"The lamp went out.")
    packed[place : place + 3] = b"XYZ"
    work = read(bytes(packed))
    assert [chapter.title for chapter in work.chapters] == ["One"]
    assert any("two.xhtml" in warning for warning in work.warnings)


def test_names_that_damage_left_are_survived() -> None:
    work = bound_and_read(
        one_xhtml=page('<bo<h1 1999e="x"><p>One.</p><p id="b">Two.</p>'),
        toc_ncx=ncx(("One", "one.xhtml"), ("Two", "one.xhtml#b"), ("Three", "two.xhtml")),
    )
    assert [chapter.title for chapter in work.chapters] == ["One", "Two", "Three"]


def test_marks_and_framed_pictures_survive_a_repair() -> None:
    body = '<section epub:type="imprint"><p>Set & printed.</p><svg><image xlink:href="a.png"/></svg></section>'
    work = bound_and_read(one_xhtml=page(body))
    assert [removed.rule.name for removed in work.removed] == ["epub-imprint"]


def test_an_address_that_is_none_tells_nothing() -> None:
    work = bound_and_read(book_opf=package("one.xhtml", meta="<dc:source>http://[broken</dc:source>"))
    assert work.chapters


def test_text_in_utf_16_is_read() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?>' + page("<h1>Één</h1><p>caf&eacute;&nbsp;au lait</p>")
    work = bound_and_read(one_xhtml=text.encode("utf-16"))
    assert work.chapters[0].title == "Één"
    assert "café\xa0au lait" in work.chapters[0].html
