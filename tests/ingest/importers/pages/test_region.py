"""What is dropped from a text is written down with its rule and its place; the rest stays as it was."""

from __future__ import annotations

import base64

from storyloft.ingest.imported import Rule
from storyloft.ingest.importers.pages.page import SavedPage
from storyloft.ingest.importers.pages.region import Region, Text

BUBBLE = Rule("bubble", "A bubble.")
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
DATA = f"data:image/gif;base64,{base64.b64encode(GIF).decode()}"


def region(html: str, *, address: str = "") -> Region:
    page = SavedPage(f"<div id=text>{html}</div>", address=address)
    return Region(page, page.all("#text"))


def finished(html: str, selector: str = ".b", address: str = "") -> Text:
    text = region(html, address=address)
    text.drop(selector, BUBBLE)
    return text.finish()


def test_what_is_dropped_is_reported_with_its_place() -> None:
    text = finished("<p>One.</p><p>Two.</p><div class=b>17 comments</div><p>Three.</p>")
    (removed,) = text.removed
    assert (removed.text, removed.rule, removed.chapter, removed.at) == ("17 comments", BUBBLE, 0, 2)
    assert text.chapters == ["<p>One.</p><p>Two.</p><p>Three.</p>"]


def test_a_bubble_inside_a_paragraph_stands_at_that_paragraph() -> None:
    assert finished("<p>One.</p><p>Two.<span class=b>3</span></p>").removed[0].at == 1


def test_lines_between_double_breaks_count_as_blocks() -> None:
    assert finished("One.<br><br>Two<br>still two.<br><br><hr><b class=b>x</b>").removed[0].at == 3


def test_a_table_counts_as_one_block() -> None:
    assert finished("<table><tr><td><p>a</p></td><td>b</td></tr></table><p class=b>x</p>").removed[0].at == 1


def test_what_stands_inside_something_dropped_is_reported_once() -> None:
    text = finished("<div class=b>all <p class=b>inner</p></div><p>One.</p>")
    assert [removed.text for removed in text.removed] == ["all inner"]


def test_what_was_read_as_a_detail_is_not_reported() -> None:
    text = region("<p class=note>Hello.</p><p>One.</p>")
    assert [node.text() for node in text.take(".note")] == ["Hello."]
    made = text.finish()
    assert (made.removed, made.chapters) == ([], ["<p>One.</p>"])


def test_scripts_go_without_a_word_and_advertisements_with_one() -> None:
    text = finished("<script>var a = '<p>';</script><style>p{}</style><ins class=adsbygoogle>Buy.</ins><p>One.</p>")
    assert ([removed.rule.name for removed in text.removed], text.chapters) == (["page-ads"], ["<p>One.</p>"])


def test_inserted_words_of_the_author_are_no_advertisement() -> None:
    assert finished("<p><ins>One.</ins></p>").chapters == ["<p><ins>One.</ins></p>"]


def test_an_element_found_by_two_selectors_is_found_once() -> None:
    assert len(region("<p class='a b'>x</p>").find(".a, .b")) == 1


def test_a_picture_in_the_page_comes_along() -> None:
    text = finished(f'<p><img src="{DATA}"><img src="{DATA}"></p>')
    (picture,) = text.pictures
    assert picture.data == GIF
    assert text.chapters[0].count(f'src="picture:{picture.name}"') == 2


def test_a_picture_beside_the_page_is_missed() -> None:
    (warning,) = finished('<p><img src="./Story_files/lamp.jpg">x</p>').warnings
    assert warning.startswith("A picture of the text")


def test_a_broken_picture_is_left_alone() -> None:
    text = finished('<p><img src="data:image/gif;base64,!!!"></p>')
    assert (text.pictures, text.warnings) == ([], [])


def test_lazy_pictures_and_links_get_their_addresses() -> None:
    html = '<p><img src="/blank.gif" data-src="/lamp.jpg"><a href="2.html">next</a><a href="#n1">note</a></p>'
    html = finished(html, address="https://a.example/s/1.html").chapters[0]
    assert 'src="https://a.example/lamp.jpg"' in html
    assert 'href="https://a.example/s/2.html"' in html
    assert 'href="#n1"' in html


def test_a_text_is_cut_at_headings_and_what_holds_them_is_opened() -> None:
    text = region(
        "<p>For M.</p><div><h2>1</h2><p>One.</p><i class=b>x</i></div>"
        "<section><div><h2>2</h2></div><p>Two.</p></section>"
    )
    text.drop(".b", BUBBLE)
    made = text.finish(text.find("h2"))
    assert [html.strip() for html in made.chapters] == ["<p>For M.</p>", "<p>One.</p>", "<p>Two.</p>"]
    assert [(removed.chapter, removed.at) for removed in made.removed] == [(1, 1)]


def test_a_region_of_pictures_is_not_empty() -> None:
    assert (region("<img src=x>").is_empty(), region("<p> </p>").is_empty()) == (False, True)
