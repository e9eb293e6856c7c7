"""Books of any producer: where chapters begin and end, what their titles are, what leaves the text and what stays."""

from __future__ import annotations

import base64
from datetime import date

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedTag
from storyloft.ingest.importers.epub import importer
from storyloft.tags.kinds import TagKind
from tests.ingest.importers.bindery import PNG, bound, bound_and_read, ncx, package, page, read


def _text(*chapters: str) -> dict[str, str]:
    names = ["one_xhtml", "two_xhtml", "three_xhtml", "four_xhtml"]
    return dict(zip(names, map(page, chapters), strict=False))


def test_an_epub_is_known_by_its_content() -> None:
    claim = importer.recognises(GivenFile("story.zip", bound({})))
    assert claim is not None
    assert importer.recognises(GivenFile("story.epub", b"Once upon a time")) is None


def test_without_contents_headings_are_the_titles() -> None:
    work = bound_and_read()
    assert [chapter.title for chapter in work.chapters] == ["One", "Two"]
    assert work.chapters[0].html == "<p>The lamp was lit.</p>"


def test_a_target_owns_the_files_up_to_the_next_target() -> None:
    work = bound_and_read(
        book_opf=package("one.xhtml", "two.xhtml", "three.xhtml"),
        three_xhtml=page("<p>It was lit again.</p>"),
        toc_ncx=ncx(("First", "one.xhtml"), ("Last", "three.xhtml")),
    )
    assert [chapter.title for chapter in work.chapters] == ["First", "Last"]
    assert "went out" in work.chapters[0].html


def test_text_before_a_files_first_target_belongs_to_the_chapter_before() -> None:
    work = bound_and_read(
        two_xhtml=page('<p>Still the first.</p><h2 id="b">Second</h2><p>Now the second.</p>'),
        toc_ncx=ncx(("One", "one.xhtml"), ("Second", "two.xhtml#b")),
    )
    assert "Still the first." in work.chapters[0].html
    assert work.chapters[1].html == "<p>Now the second.</p>"


def test_pages_before_the_first_target_that_tell_something_are_chapters() -> None:
    work = bound_and_read(
        book_opf=package("zero.xhtml", "one.xhtml", "two.xhtml"),
        zero_xhtml=page("<p>A word to the reader before we start.</p>"),
        toc_ncx=ncx(("One", "one.xhtml"), ("Two", "two.xhtml")),
    )
    assert len(work.chapters) == 3
    assert "A word to the reader" in work.chapters[0].html


def test_furniture_that_the_contents_leave_out_is_no_part_of_a_chapter() -> None:
    work = bound_and_read(
        book_opf=package("one.xhtml", "copyright.xhtml", "two.xhtml"),
        **{"copyright_xhtml": page("<p>All rights reserved.</p>")},
        toc_ncx=ncx(("One", "one.xhtml"), ("Two of two", "two.xhtml")),
    )
    assert "rights" not in work.chapters[0].html
    assert [removed.rule.name for removed in work.removed] == ["epub-copyright"]


def test_a_long_chapter_called_contents_is_a_chapter() -> None:
    work = bound_and_read(one_xhtml=page("<h1>Contents</h1>" + "<p>Of the drawer, she said nothing at all.</p>" * 9))
    assert work.chapters[0].title == "Contents"


def test_a_line_start_of_converters_is_no_table_of_contents() -> None:
    work = bound_and_read(toc_ncx=ncx(("Start", "one.xhtml")))
    assert [chapter.title for chapter in work.chapters] == ["One", "Two"]


def test_a_part_and_its_first_chapter_at_one_place_are_one_chapter() -> None:
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/>{}</navPoint>'
    inner = point.format("Chapter One", "one.xhtml", "") + point.format("Chapter Two", "two.xhtml", "")
    part = point.format("Part", "one.xhtml", inner)
    work = bound_and_read(
        toc_ncx=f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{part}</navMap></ncx>'
    )  # fmt: skip
    assert [chapter.title for chapter in work.chapters] == ["Chapter One", "Chapter Two"]


def test_scenes_within_the_files_of_a_collection_stay_in_their_story() -> None:
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/>{}</navPoint>'
    scenes = point.format("I", "one.xhtml#s1", "") + point.format("II", "one.xhtml#s2", "")
    points = point.format("Story", "one.xhtml", scenes) + "".join(
        point.format(name, f"{name}.xhtml", "") for name in ("two", "three")
    )
    work = bound_and_read(
        book_opf=package("one.xhtml", "two.xhtml", "three.xhtml"),
        one_xhtml=page(
            '<h2>Story</h2><div id="s1"><h3>I</h3><p>Rain.</p></div><div id="s2"><h3>II</h3><p>Sun.</p></div>'
        ),
        three_xhtml=page("<p>Snow.</p>"),
        toc_ncx=f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>',
    )
    assert [chapter.title for chapter in work.chapters] == ["Story", "two", "three"]
    assert "<h3>II</h3>" in work.chapters[0].html


def test_headings_that_the_title_says_leave_the_text() -> None:
    work = bound_and_read(
        **_text("<h2>Chapter 1</h2><h3>The Lamp</h3><p>Lit.</p>", "<h2>Chapter 2<br/>The Wick</h2><p>Trimmed.</p>"),
        toc_ncx=ncx(("Chapter 1: The Lamp", "one.xhtml"), ("Chapter 2 The Wick", "two.xhtml")),
    )
    assert [chapter.html for chapter in work.chapters] == ["<p>Lit.</p>", "<p>Trimmed.</p>"]


def test_a_heading_that_says_something_else_stays() -> None:
    work = bound_and_read(
        **_text("<h2>Being a Reprint</h2><p>Lit.</p>", "<p>x</p>"),
        toc_ncx=ncx(("Chapter 1", "one.xhtml"), ("Chapter 2", "two.xhtml")),
    )
    assert work.chapters[0].title == "Chapter 1"
    assert "<h2>Being a Reprint</h2>" in work.chapters[0].html


def test_a_fuller_heading_becomes_the_title() -> None:
    work = bound_and_read(
        **_text("<h2>I. Mr. Sherlock Holmes</h2><p>Lit.</p>", "<p>x</p>"),
        toc_ncx=ncx(("I", "one.xhtml"), ("II", "two.xhtml")),
    )
    assert work.chapters[0].title == "I. Mr. Sherlock Holmes"


def test_text_and_pictures_beside_a_heading_are_kept() -> None:
    work = read(bound({"one.xhtml": page('<h1>One <img src="a.png"/></h1>and so on<p>Lit.</p>'), "a.png": PNG}))
    assert work.chapters[0].title == "One"
    assert work.chapters[0].html == '<img src="picture:a.png">and so on<p>Lit.</p>'


def test_a_heading_after_the_text_has_begun_is_no_title() -> None:
    work = bound_and_read(
        **_text("<p>First a line.</p><h2>One</h2>", "<p>x</p>"),
        toc_ncx=ncx(("One", "one.xhtml"), ("Two", "two.xhtml")),
    )
    assert "<h2>One</h2>" in work.chapters[0].html


def test_links_into_the_book_are_plain_and_links_out_stay() -> None:
    work = bound_and_read(one_xhtml=page('<p><a href="two.xhtml#n1">1</a> <a href="https://example.org/">out</a></p>'))
    assert work.chapters[0].html == '<p><a>1</a> <a href="https://example.org/">out</a></p>'


def test_pictures_are_packed_once_and_named_apart() -> None:
    body = '<p>x<img src="a/p.png"/><img src="b/p.png"/><img src="a/p.png"/></p>'
    work = read(bound({"one.xhtml": page(body), "a/p.png": PNG, "b/p.png": PNG + b"2"}))
    assert [picture.name for picture in work.pictures] == ["p.png", "2-p.png"]
    assert work.chapters[0].html.count("picture:p.png") == 2


def test_a_picture_framed_by_a_drawing_is_a_picture() -> None:
    body = (
        '<p>A map:</p><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="map.png"/></svg>'
    )
    work = read(bound({"one.xhtml": page(body), "map.png": PNG}))
    assert '<img src="picture:map.png">' in work.chapters[0].html


def test_a_picture_inside_the_text_itself_is_packed() -> None:
    packed = base64.b64encode(PNG).decode()
    work = bound_and_read(one_xhtml=page(f'<p>x<img src="data:image/png;base64,{packed}"/></p>'))
    assert work.pictures[0].data == PNG


def test_a_drawing_leaves_its_description_and_a_warning() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    work = read(bound({"one.xhtml": page('<p><img src="x.svg" alt="dancing men"/></p>'), "x.svg": drawing}))
    assert "[dancing men]" in work.chapters[0].html
    assert any("SVG" in warning for warning in work.warnings)


def _cover(meta: str = "", items: str = "", **files: bytes | str) -> bytes | None:
    named = {name.replace("_", ".", 1): content for name, content in files.items()}
    return read(bound({"book.opf": package("one.xhtml", "two.xhtml", meta=meta, items=items), **named})).cover


def test_the_cover_is_the_marked_item() -> None:
    item = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    assert _cover(items=item, c_png=PNG) == PNG


def test_the_cover_is_named_by_id_or_by_address() -> None:
    item = '<item id="c" href="c.png" media-type="image/png"/>'
    assert _cover('<meta name="cover" content="c"/>', item, c_png=PNG) == PNG
    assert _cover('<meta name="cover" content="c.png"/>', c_png=PNG) == PNG


def test_the_cover_is_the_only_picture_of_the_first_page() -> None:
    assert _cover(one_xhtml=page('<img src="c.png"/>'), c_png=PNG) == PNG
    assert _cover(one_xhtml=page('<img src="c.png"/><img src="d.png"/>'), c_png=PNG, d_png=PNG) is None


def test_metadata_of_both_versions_is_understood() -> None:
    author = (
        '<dc:creator id="a">Ann</dc:creator><meta refines="#a" property="role">aut</meta>'
        '<dc:creator opf:role="ill">A Painter</dc:creator>'
    )
    meta = (
        '<dc:date opf:event="publication">2001-02</dc:date><dc:date opf:event="modification">2003-04-05</dc:date>'
        "<dc:subject>Fanworks</dc:subject><dc:subject>Fog &amp;amp; Tea</dc:subject>"
        "<dc:subject>Fog &amp; Tea</dc:subject>"
    )
    work = bound_and_read(book_opf=package("one.xhtml", meta=meta, author=author))
    assert [byline.name for byline in work.bylines] == ["Ann"]
    assert work.tags == (ImportedTag(TagKind.FREEFORM, "Fog & Tea"),)
    assert work.source is not None
    assert (work.source.published, work.source.updated) == (date(2001, 2, 1), date(2003, 4, 5))


def test_a_date_in_the_year_101_is_no_date() -> None:
    meta = "<dc:date>0101-01-01T00:00:00+00:00</dc:date><dc:identifier>urn:isbn:1</dc:identifier>"
    source = bound_and_read(book_opf=package("one.xhtml", meta=meta)).source
    assert source is not None
    assert source.published is None


def test_subjects_typed_by_our_editions_keep_their_kind() -> None:
    meta = (
        '<dc:subject id="k">Ann/Bea</dc:subject><meta refines="#k" property="term">ann-bea</meta>'
        '<meta refines="#k" property="authority">https://stories.example/terms/relationship</meta>'
    )
    assert bound_and_read(book_opf=package("one.xhtml", meta=meta)).tags == (
        ImportedTag(TagKind.RELATIONSHIP, "Ann/Bea"),
    )


def test_an_address_on_the_first_pages_tells_the_source() -> None:
    work = bound_and_read(one_xhtml=page("<p>Saved from https://www.wattpad.com/story/4242-fog, with love.</p>"))
    assert work.source is not None
    assert (work.source.site, work.source.site_id) == ("Wattpad", "4242")


def test_a_path_of_a_known_site_on_another_host_tells_nothing() -> None:
    work = bound_and_read(one_xhtml=page("<p>Saved from https://wattpad.com.example/story/4242</p>"))
    assert work.source is None or work.source.site != "Wattpad"


def test_classes_get_their_meaning_back_from_the_style_sheet() -> None:
    sheet = "@import 'x.css'; .u1{text-decoration:underline} span.i1, .i2{font-style:italic} p .no{font-weight:bold}"
    body = (
        '<p class="i2"><span class="u1">a</span><span class="i1">b</span><em class="i1">c</em><b class="no">d</b></p>'
    )
    work = read(
        bound({
            "book.opf": package("one.xhtml", items='<item id="s" href="s.css" media-type="text/css"/>'),
            "one.xhtml": page(body), "s.css": sheet,
        })
    )  # fmt: skip
    assert work.chapters[0].html == (
        '<p class="i2" style="font-style: italic"><u class="u1">a</u><i class="i1">b</i><em class="i1">c</em>'
        '<b class="no">d</b></p>'
    )


def test_markup_that_is_no_xml_is_repaired_and_said() -> None:
    work = bound_and_read(one_xhtml=page("<h1>One</h1><p>salt & pepper<p>and <i>more"))
    assert "salt &amp; pepper" in work.chapters[0].html
    assert any("repaired" in warning for warning in work.warnings)


def test_a_chapter_in_another_language_says_so() -> None:
    french = page("<p>Bonsoir.</p>").replace("<html", '<html xml:lang="fr"', 1)
    assert bound_and_read(one_xhtml=french).chapters[0].language == "fr"
