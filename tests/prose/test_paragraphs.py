"""The vectors of loose HTML, by their numbers; every one also as f(f(x)) = f(x)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.limits import TooCostly
from storyloft.prose.paragraphs import as_it_stands, paragraphs
from storyloft.prose.plainest import plainest
from storyloft.prose.shape import shape
from tests.prose.markup_strategies import loose_html, plain_chapters

BLANK = "<p>\u00a0</p>"
CONTAINERS = ("blockquote", "center", "div")
INLINE = (
    "b", "big", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var",
)  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CELLS = "<table><tbody><tr><td>{}</td></tr></tbody></table>"

ONCE = {
    "1": ("A", "<p>A</p>"),
    "2": ("A\nB", "<p>A<br>B</p>"),
    "3": ("A\n\nB", "<p>A</p><p>B</p>"),
    "4": ("A\n\n\nB", f"<p>A</p>{BLANK}<p>B</p>"),
    "5": ("A\n\n\n\n\nB", f"<p>A</p>{BLANK}<p>B</p>"),
    "6": ("A\r\n\r\nB", "<p>A</p><p>B</p>"),
    "7": ("A<br><br>B", "<p>A</p><p>B</p>"),
    "8": ("A<br><br><br>B", f"<p>A</p>{BLANK}<p>B</p>"),
    "9": ("<p>A<br>\n<br>B</p>", "<p>A<br>\n<br>B</p>"),
    "10": ("<p>A<br>\n<br><br>B</p>", "<p>A<br>\n<br><br>B</p>"),
    "11": ("A<br>B<br>\n\nC<br>\n\n\n", "<p>A<br>B<br>C<br></p>"),
    "12": ("A<hr>B<hr>\n\nC<hr>\n\n\n", "<p>A</p><hr><p>B</p><hr><p>C</p><hr>"),
    "13": ("<p>A</p>\n<p>B</p>\n\n<p>C</p>\n\n\n", "<p>A</p><p>B</p><p>C</p>"),
    "14 table": (f"{CELLS.format('A')}\n{CELLS.format('B')}\n\n", CELLS.format("A") + CELLS.format("B")),
    "14 dl": ("<dl><dt>A</dt></dl>\n<dl><dd>B</dd></dl>", "<dl><dt>A</dt></dl><dl><dd>B</dd></dl>"),
    "14 ol": ("<ol><li>A</li></ol>\n<ul><li>B</li></ul>\n\n", "<ol><li>A</li></ol><ul><li>B</li></ul>"),
    "14 pre": ("<pre>A</pre>\n<pre>B</pre>\n\n<pre>C</pre>", "<pre>A</pre><pre>B</pre><pre>C</pre>"),
    "23": ('<div class="foo">A\n\nB</div>', '<div class="foo"><p>A</p><p>B</p></div>'),
    "24": (
        '<span class="foo">A\n\nB</span>',
        '<p><span class="foo">A</span></p><p><span class="foo">B</span></p>',
    ),
    "26": ("<i>a <b>b\n\nc</b> d</i>", "<p><i>a <b>b</b></i></p><p><i><b>c</b> d</i></p>"),
    "27": ("a <em>b\n\nc</em> d", "<p>a <em>b</em></p><p><em>c</em> d</p>"),
    "30": ("<i><p>A</p><p>B</p></i>", "<p><i>A</i></p><p><i>B</i></p>"),
    "31": ("A\n\n<p>B</p>\n\nC", "<p>A</p><p>B</p><p>C</p>"),
    "32": ("A<p>B</p><p>C</p>", "<p>A</p><p>B</p><p>C</p>"),
    "33": (f"aa {CELLS.format('x')} bb", f"<p>aa</p>{CELLS.format('x')}<p>bb</p>"),
    "35": (
        "aa\n\n<details>\n<summary>s</summary>\n<p>B</p>\n<p>C</p>\n</details>\n\nbb",
        "<p>aa</p><details><summary>s</summary><p>B</p><p>C</p></details><p>bb</p>",
    ),
    "36": (
        "<details><summary>\nA\n\nB\n</summary></details>",
        "<details><summary>\nA\n\nB\n</summary></details>",
    ),
    "37": ("<figure>\n\n<img>\n\n<img>\n\n</figure>", "<figure>\n\n<img>\n\n<img>\n\n</figure>"),
    "38": (
        '<figure><figcaption><em title="t">x</em> <a href="u"><img alt="y"></a></figcaption></figure>',
        '<figure><figcaption><em title="t">x</em> <a href="u"><img alt="y"></a></figcaption></figure>',
    ),
    "39": (
        '<summary><em title="t">x</em> <a href="u">y</a></summary>',
        '<summary><em title="t">x</em> <a href="u">y</a></summary>',
    ),
    "40": ("<ul>\n<li>A\n</li>\n<li>B</li>\n</ul>", "<ul>\n<li>A\n</li>\n<li>B</li>\n</ul>"),
    "41": (
        "<table>\n<tr>\n<td>A\nB</td>\n</tr>\n</table>",
        "<table><tbody><tr><td>A\nB</td></tr></tbody></table>",
    ),
    "42": ("<dl>\n<dt>A</dt>\n<dd>B\nC</dd></dl>", "<dl>\n<dt>A</dt>\n<dd>B\nC</dd></dl>"),
    "46": ("<a href='u'><img src='x'>name</a>", '<p><a href="u"><img src="x">name</a></p>'),
    "47": ("<audio><source>\n</audio><video><track></video>", "<audio><source>\n</audio><video><track></video>"),
    "48": (
        "x <ruby>字<rp>(</rp><rt>R</rt><rp>)</rp></ruby>",
        "<p>x <ruby>字<rp>(</rp><rt>R</rt><rp>)</rp></ruby></p>",
    ),
    "49": ("<ruby>字<rt>R</ruby>y", "<p><ruby>字<rt>R</rt></ruby>y</p>"),
    "50": (
        "<ruby>字<rp>(</rp><rt>R</rt><rp>)</ruby>",
        "<p><ruby>字<rp>(</rp><rt>R</rt><rp>)</rp></ruby></p>",
    ),
    "51": ("<strong><em>x</strong>", "<p><strong><em>x</em></strong></p>"),
    "52": ("some <em><strong>x</em></strong>", "<p>some <em><strong>x</strong></em></p>"),
    "53": ("<em>a</EM> <EM>b</em>", "<p><em>a</em> <em>b</em></p>"),
    "54": (
        "<table><colgroup><col><tr><td>x<td>y<tr><th>z</table>",
        "<table><colgroup><col></colgroup><tbody><tr><td>x</td><td>y</td></tr><tr><th>z</th></tr></tbody></table>",
    ),
    "55 gt": ("&gt;", "<p>&gt;</p>"),
    "55 lt": ("&lt;", "<p>&lt;</p>"),
    "55 amp": ("&amp;", "<p>&amp;</p>"),
    "56": ("&lt;span&gt;\n\n&lt;div&gt;", "<p>&lt;span&gt;</p><p>&lt;div&gt;</p>"),
    "57": ('<span title="Ann\'s lamp">x</span>', '<p><span title="Ann\'s lamp">x</span></p>'),
    "58": ('<a href=a.org">x</a>', '<p><a href="a.org&quot;">x</a></p>'),
    "59": ("<strong><a href='a.org>x</a></strong>", '<p><strong><a href="\'a.org">x</a></strong></p>'),
    "60": ('<p class="foo bar">x</p>', '<p class="foo bar">x</p>'),
    "61": ("I <3 you", "<p>I &lt;3 you</p>"),
    "62": ("A\udcffB", "<p>AB</p>"),
    "63": ("&nbsp;", "<p>\u00a0</p>"),
}


def vectors() -> Iterator[tuple[str, str, str]]:
    for number, (given_html, wanted) in ONCE.items():
        yield number, given_html, wanted
    for t in HEADINGS:
        yield f"14 {t}", f"<{t}>A</{t}>\n<{t}>B</{t}>\n\n", f"<{t}>A</{t}><{t}>B</{t}>"
    for t in CONTAINERS:
        yield f"15 {t}", f"<{t}>A</{t}>\n<{t}>B</{t}>\n\n", f"<{t}><p>A</p></{t}><{t}><p>B</p></{t}>"
        yield f"16 {t}", f"<{t}>A</{t}>\n<p>B</p>", f"<{t}><p>A</p></{t}><p>B</p>"
        yield f"17 {t}", f"<{t}><{t}>A</{t}></{t}>", f"<{t}><{t}><p>A</p></{t}></{t}>"
        nested = f"<{t}><{t}><{t}><p>A</p></{t}><p>B</p></{t}></{t}>"
        yield f"18 {t}", nested, nested
        yield f"19 {t}", f"<{t}>A</{t}>\n\n<p>B</p>", f"<{t}><p>A</p></{t}><p>B</p>"
        yield f"21 {t}", f"<p>A</p><{t}><p>B</p></{t}>", f"<p>A</p><{t}><p>B</p></{t}>"
        yield f"22 {t}", f"<{t}>A</{t}>B", f"<{t}><p>A</p></{t}><p>B</p>"
    for t in (*CONTAINERS, "details"):
        yield f"20 {t}", f"<{t}>A\n\nB</{t}>", f"<{t}><p>A</p><p>B</p></{t}>"
    for t in INLINE:
        yield f"25 {t}", f"<{t}>A\n\nB</{t}>", f"<p><{t}>A</{t}></p><p><{t}>B</{t}></p>"
        yield f"28 {t}", f"<{t}>A</{t}> <{t}>B</{t}>", f"<p><{t}>A</{t}> <{t}>B</{t}></p>"
        yield f"29 {t}", f"<{t}>A<br>B</{t}>", f"<p><{t}>A<br>B</{t}></p>"
    for t in ("figure", *HEADINGS, "pre", "summary"):
        yield f"34 {t}", f"aa <{t}>x</{t}> bb", f"<p>aa</p><{t}>x</{t}><p>bb</p>"
    for t in ("ol", "ul"):
        yield f"34 {t}", f"aa <{t}><li>x</{t}> bb", f"<p>aa</p><{t}><li>x</li></{t}><p>bb</p>"
    yield "34 dl", "aa <dl><dt>x<dd>y</dl> bb", "<p>aa</p><dl><dt>x</dt><dd>y</dd></dl><p>bb</p>"
    lines = "A\nB\n\nC\n\n\nD"
    for t in ("address", *HEADINGS, "p", "pre"):
        yield f"43 {t}", f"<{t}>{lines}</{t}>", f"<{t}>{lines}</{t}>"
    for t in ("a", "abbr", "acronym"):
        yield f"44 {t}", f"<{t}>{lines}</{t}>", f"<p><{t}>{lines}</{t}></p>"
        yield f"45 {t}", f"<{t}>x</{t}> y", f"<p><{t}>x</{t}> y</p>"
    yield "45 address", "<address>x</address> y", "<address>x</address><p>y</p>"


ALL = list(vectors())


@pytest.mark.parametrize(("given_html", "wanted"), [v[1:] for v in ALL], ids=[v[0] for v in ALL])
def test_the_vectors(given_html: str, wanted: str) -> None:
    assert paragraphs(given_html) == wanted
    assert paragraphs(wanted) == wanted


ODD = {
    "a second paragraph ends the first": ("<p>A<p>B", "<p>A</p><p>B</p>"),
    "an end without a beginning": ("A</p>B</div></i></td>C", "<p>A</p><p>BC</p>"),
    "an empty paragraph goes": ("<p>A</p><p> </p><p><em></em></p><p>B</p>", "<p>A</p><p>B</p>"),
    "blanks at the edges of a paragraph go": ("<p> A <em>b</em> \n</p>", "<p>A <em>b</em></p>"),
    "an empty block goes": ("A<div></div><h2></h2>B", "<p>A</p><p>B</p>"),
    "a forgotten span ends with its paragraph": ("<p><span>A</p><p>B</p>", "<p><span>A</span></p><p>B</p>"),
    "a forgotten i goes on": ("<p><i>A</p><p>B</p>", "<p><i>A</i></p><p><i>B</i></p>"),
    "only three of the same are held": ("<i><i><i><i>x</i></i></i></i>y", "<p><i><i><i>x</i></i></i>y</p>"),
    "no link in a link": ("<a href=1>x<a href=2>y</a>", '<p><a href="1">x</a><a href="2">y</a></p>'),
    "a heading ends a heading": ("<h1>A<h2>B</h3>C", "<h1>A</h1><h2>B</h2><p>C</p>"),
    "an item ends an item": ("<ul><li>A<li><p>B<li>C</ul>", "<ul><li>A</li><li><p>B</p></li><li>C</li></ul>"),
    "a list in an item": (
        "<ul><li>A<ul><li>B</ul><li>C</ul>",
        "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>",
    ),
    "a dt in an li is another matter": ("<li>A<dt>B", "<li>A<dt>B</dt></li>"),
    "words in a table get a cell": (
        "<table>A<tr>B<td>C</table>",
        "<table><tbody><tr><td>A</td></tr><tr><td>B</td><td>C</td></tr></tbody></table>",
    ),
    "a rule and a picture in a table get one": (
        "<table><hr><tr><img></table>",
        "<table><tbody><tr><td><hr></td></tr><tr><td><img></td></tr></tbody></table>",
    ),
    "a line break in a table is none": ("<table><br><tr><td>A</table>", CELLS.format("A")),
    "a table in a row ends the table": (
        f"<table><td>A<tr>{CELLS.format('B')}",
        CELLS.format("A").replace("</tbody>", "<tr></tr></tbody>") + CELLS.format("B"),
    ),
    "a table in a cell stays": (f"<table><td>{CELLS.format('A')}</table>", CELLS.format(CELLS.format("A"))),
    "a caption and a footer": (
        "<table><caption>A<tfoot><tr><td>B</table>",
        "<table><caption>A</caption><tfoot><tr><td>B</td></tr></tfoot></table>",
    ),
    "a paragraph in a cell": (
        "<table><td><p>A<td>B</table>",
        "<table><tbody><tr><td><p>A</p></td><td>B</td></tr></tbody></table>",
    ),
    "what opened in a cell ends in it": (
        "<table><tr><td><i>A</td><td>B</table>C",
        "<table><tbody><tr><td><i>A</i></td><td>B</td></tr></tbody></table><p>C</p>",
    ),
    "an end tag does not reach out of its cell": (
        "<div><table><td></div>A</table>B</div>C",
        f"<div>{CELLS.format('A')}<p>B</p></div><p>C</p>",
    ),
    "parts of a table without one": ("<tr><td>A<col></td>B", "<p>AB</p>"),
    "a second column": (
        "<table><col><col><td>A</table>",
        "<table><colgroup><col><col></colgroup><tbody><tr><td>A</td></tr></tbody></table>",
    ),
    "a div in a paragraph of italics": (
        "<i>A<div>B</div>C</i>",
        "<p><i>A</i></p><div><p><i>B</i></p></div><p><i>C</i></p>",
    ),
    "an i opened in a div outlives it": ("<div><i>A</div>B", "<div><p><i>A</i></p></div><p><i>B</i></p>"),
    "XML's empty elements are empty": ("<i/>A<p/>B<div/><a name='x'/>C", "<p>A</p><p>B</p><p>C</p>"),
    "an unquoted address may end in a slash": ("<a href=u/>x</a>", '<p><a href="u/">x</a></p>'),
    "one break between blocks is none": ("<p>A</p><br><p>B</p>", "<p>A</p><p>B</p>"),
    "two breaks between blocks are a gap": ("<p>A</p><br><br><p>B</p>", f"<p>A</p>{BLANK}<p>B</p>"),
    "three breaks before a block are a gap": ("A<br><br><br><p>B</p>", f"<p>A</p>{BLANK}<p>B</p>"),
    "breaks at the start are none": ("<div><br><br>A</div>", "<div><p>A</p></div>"),
    "blanks beside a break": ("A <br> B", "<p>A<br>B</p>"),
    "line ends in tags count together": ("A<i>\n</i>\nB", "<p>A</p><p>B</p>"),
    "a stray </br>": ("A</br>B</hr>", "<p>A<br>B</p>"),
    "a pre of blank lines": ("<pre>\n\n</i>\n</pre>", "<pre></pre>"),
    "a blank pre": ("<pre>\n\nA\n</pre>", "<pre>A\n</pre>"),
    "blanks only": (" \n ", ""),
    "a rule ends a paragraph": ("<p>A<hr>B", "<p>A</p><hr><p>B</p>"),
    "a form feed parts like a line end": ("A\x0c\nB", "<p>A</p><p>B</p>"),
    "emphasis left open in a ruby": (
        "<ruby>字<rt><b>R</ruby>y",
        "<p><ruby>字<rt><b>R</b></rt></ruby><b>y</b></p>",
    ),
    "what is no element": ("<!doctype html></>A<?xml x?>", "<p>A</p>"),
    "blanks in emphasis behind a break": ("A<br><i> </i>B", "<p>A<br>B</p>"),
    "unknown elements stay": ("<o:p>A</o:p>", "<p><o:p>A</o:p></p>"),
}


@pytest.mark.parametrize(("given_html", "wanted"), ODD.values(), ids=ODD.keys())
def test_odd_markup(given_html: str, wanted: str) -> None:
    assert paragraphs(given_html) == wanted
    assert paragraphs(wanted) == wanted


@given(loose_html)
def test_a_second_time_changes_nothing(html: str) -> None:
    once = paragraphs(html)
    assert paragraphs(once) == once


@given(plain_chapters)
def test_the_short_way_writes_what_the_long_way_does(html: str) -> None:
    short = plainest(html)
    assert short is None or short == shape(html, as_it_stands, wrap=True)


@given(
    st.lists(
        st.sampled_from(["<p>Holmes <em>laughed</em>.</p>", '<p class="align-center">x<br>y</p>', "\n"]), min_size=1
    )
)
def test_a_plain_chapter_goes_the_short_way(parts: list[str]) -> None:
    assert plainest("<p>Watson &amp; he</p>" + "".join(parts)) is not None


def test_a_very_long_chapter_goes_the_long_way() -> None:
    assert plainest("<p>x</p>" * 20_000) is None


def test_too_deep_is_refused() -> None:
    with pytest.raises(TooCostly, match="256 levels"):
        paragraphs("<div>" * 300 + "x")
