"""Clean HTML becomes XHTML that EPUB allows, without losing a word."""

from __future__ import annotations

import re
from html import unescape
from random import Random

import pytest
from lxml import etree

from storyloft.editions.xhtml import unique_ids, xhtml
from storyloft.prose.prepare import prepare
from tests.editions.odd import soup


def words(markup: str) -> str:
    """Every letter of a piece of XHTML, pictures' words and blanks left out."""
    root = etree.fromstring(f"<body>{markup}</body>", etree.XMLParser(huge_tree=True))
    return "".join("".join(map(str, root.itertext())).split())


@pytest.mark.parametrize(
    ("clean", "valid"),
    [
        ('<p id="p-1">a<br>b &amp; c</p><hr>', '<p id="p-1">a<br/>b &amp; c</p><hr/>'),
        ("<p><big>a</big><tt>b</tt><strike>c</strike></p>",
         '<p><span class="larger">a</span><span class="monospace">b</span><s>c</s></p>'),
        ('<p align="CENTER" lang="de" dir="RTL">a</p>',
         '<p class="align-center" dir="rtl" lang="de" xml:lang="de">a</p>'),
        ('<center><p>a</p></center>', '<div class="align-center"><p>a</p></div>'),
        ('<p><acronym title="b">a</acronym></p>', '<p><abbr title="b">a</abbr></p>'),
        ('<p><a name="x" rel="nofollow noopener">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a href="https://a.example/ü?b=1&amp;c" rel="nofollow noopener">a</a></p>',
         '<p><a href="https://a.example/%C3%BC?b=1&amp;c">a</a></p>'),
        ('<p lang="not a tag">a</p>', "<p>a</p>"),
        ("<h2>a<p>b</p><p>c</p></h2>", "<h2>a<br/><span>b</span><br/><span>c</span></h2>"),
        ("<ul>a<li>b</li></ul><ol></ol>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li>", "<div>a</div>"),
        ('<ol start="3" type="i"><li>a</li></ol><ul type="disc"><li>b</li></ul>',
         '<ol start="3" type="i"><li>a</li></ol><ul><li>b</li></ul>'),
        ("<dl><dd>a</dd><dt>b</dt></dl>", "<dl><dt></dt><dd>a</dd><dt>b</dt><dd></dd></dl>"),
        ('<table border="1" summary="s"><tfoot><tr><td colspan="0" rowspan="2">f</td></tr></tfoot>'
         "<caption>c</caption><tbody><tr><td>b</td></tr></tbody></table>",
         '<table><caption>c</caption><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td rowspan="2">f</td></tr></tfoot>'
         "</table>"),
        ("<table></table>", ""),
        ("<p><ruby>a<rt>b</rt>c</ruby></p>", "<p><ruby>a<rt>b</rt></ruby>c</p>"),
        ("<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>",
         "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>"),
        ("<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp><rp>[</rp><rt>c</rt></ruby></p>",
         "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)[</rp><rt>c</rt><rp></rp></ruby></p>"),
        ("<p><ruby>a</ruby></p>", "<p><span>a</span></p>"),
        ("<details>a</details>", "<div>a</div>"),
        ("<details>a<summary>b</summary></details>", "<details><summary>b</summary>a</details>"),
        ("<figure>a<figcaption>b</figcaption>c</figure>", "<figure>a<div>b</div>c</figure>"),
        ("<address><h1>a</h1></address>", "<address><div>a</div></address>"),
    ],
)  # fmt: skip
def test_what_epub_forbids_becomes_what_it_allows(clean: str, valid: str) -> None:
    assert xhtml(clean, {}) == valid


def test_pictures_point_into_the_book() -> None:
    name = "ab" * 32
    clean = f'<p><img src="picture:{name}" alt="a &amp; b" width="10" border="0" align="left"></p>'
    assert xhtml(clean, {name: "images/a.png"}) == '<p><img src="images/a.png" alt="a &amp; b" width="10"/></p>'
    assert xhtml(clean, {}) == "<p>[a &amp; b]</p>"


def test_an_address_used_twice_in_a_file_is_numbered() -> None:
    seen: set[str] = set()
    assert unique_ids('<p id="p-1">a</p>', seen) == '<p id="p-1">a</p>'
    assert unique_ids('<p id="p-1">a</p>', seen) == '<p id="p-1-2">a</p>'
    assert unique_ids('<p id="p-1">a</p>', seen) == '<p id="p-1-3">a</p>'


def test_what_is_no_xml_is_read_as_browsers_do() -> None:
    assert xhtml("<p>a<b>b<p>c&nbsp;\x0c", {}) == "<p>a<b>b</b></p><p><b>c\u00a0</b></p>"


def test_nesting_without_end_ends() -> None:
    written = xhtml("<ul><li>" * 100 + "deep" + "</li></ul>" * 100, {})
    assert words(written) == "deep"


@pytest.mark.parametrize("seed", range(60))
def test_no_word_is_lost(seed: int) -> None:
    clean = prepare(soup(Random(seed))).html
    assert sorted(words(xhtml(clean, {}))) == sorted(_gate_words(clean))


def _gate_words(clean: str) -> str:
    """The gate's own words, pictures said in words as in a book that has none of them."""
    said = re.sub(r"<img[^<>]*>", _said, clean)
    return "".join(unescape(re.sub(r"<[^<>]*>", "", said)).split())


def _said(picture: re.Match[str]) -> str:
    alt = re.search(r' alt="([^"]*)"', picture[0])
    return f"[{alt[1]}]" if alt and alt[1].strip() else ""
