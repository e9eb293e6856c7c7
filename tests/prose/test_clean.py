"""The gate: what it keeps, what it takes, and that nothing gets through it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from storyloft.prose.clean import POLICY, Field, clean, gate, keep_meaning, sanitised
from storyloft.prose.limits import TooCostly
from storyloft.prose.policy import CLASSES, ELEMENTS, EVERYWHERE, OF_ELEMENT
from tests.prose.markup_strategies import loose_html, plain_chapters

OURS = "picture:" + "ab" * 32
FIELDS = list(Field)
SAFE_ADDRESS = re.compile(r"https?://|mailto:|picture:[0-9a-f]{64}$")


def deviations(html: str) -> list[str]:
    """Everything in it that policy 1 does not list, as a browser's parser sees it."""
    found = []
    root = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert root is not None
    for node in root.traverse():
        if node is root or node.tag in ("html", "head", "body"):
            continue
        if node.tag not in ELEMENTS:
            found.append(node.tag)
        for name, value in node.attributes.items():
            allowed = EVERYWHERE | {"class", "rel"} | OF_ELEMENT.get(node.tag, frozenset())
            if name not in allowed or (name in ("href", "src", "cite") and not SAFE_ADDRESS.match(value or "")):
                found.append(f"{node.tag} {name}={value}")
            if name == "class" and not set((value or "").split()) <= CLASSES:
                found.append(f"class {value}")
    return found


KEPT = {
    "emphasis": ("<p>Holmes <em>laughed</em>.</p>", "<p>Holmes <em>laughed</em>.</p>"),
    "a class of ours": ('<p class="letter foo x9">A</p>', '<p class="letter">A</p>'),
    "direction and language": ("<p dir=RTL lang=he>A</p>", '<p dir="RTL" lang="he">A</p>'),
    "no other direction": ("<p dir=up>A</p>", "<p>A</p>"),
    "the numbers of a list": ("<ol start=3 type=a><li>A", '<ol start="3" type="a"><li>A</li></ol>'),
    "an open box": (
        "<details open=yes><summary>s</summary>A</details>",
        '<details open=""><summary>s</summary>A</details>',
    ),
    "a table": (
        "<table border=1><tr><th scope=row colspan=2>A</table>",
        '<table border="1"><tbody><tr><th scope="row" colspan="2">A</th></tr></tbody></table>',
    ),
    "ruby": ("<ruby>字<rt>R</ruby>", "<ruby>字<rt>R</rt></ruby>"),
    "a title with brackets": ('<p title="a<b>c">A</p>', '<p title="a‹b›c">A</p>'),
    "joiners and curly quotes": ("\u201ca\u200db\u2060c\u201d", "\u201ca\u200db\u2060c\u201d"),
    "a no-break space": ("a&nbsp;b", "a\u00a0b"),
    "a citation": ("<q cite='https://a.b/'>A</q>", '<q cite="https://a.b/">A</q>'),
    "no link without an address": ("<a class=letter title=x>A</a>", "A"),
    "a named place": ("<a name=x>A</a>", '<a name="x" rel="nofollow noopener">A</a>'),
    "what merely looks dangerous": ("expression(1) @import 'x'", "expression(1) @import 'x'"),
    "words of unknown elements": ("<font>A</font><blink>B</blink><form>C</form>", "AB\nC\n"),
    "blocks within unknown blocks": ("<main><section>A</section></main>B", "A\nB"),
    "unknown blocks within a list": ("<ul><main><nav><li>A</nav></main></ul>", "<ul>\n<li>A</li>\n</ul>"),
    "the text of a processing instruction's neighbour": ("<?xml version='1'?><o:p>A</o:p>", "A"),
    "a CDATA section's neighbour": ("<![CDATA[x>A", "A"),
}


@pytest.mark.parametrize(("given_html", "wanted"), KEPT.values(), ids=KEPT.keys())
def test_what_is_kept(given_html: str, wanted: str) -> None:
    assert clean(given_html) == wanted


LINKS = {
    "https": ("https://a.b/c?d=1&copy=2", "https://a.b/c?d=1&amp;copy=2"),
    "mail": ("mailto:ann@example.org", "mailto:ann@example.org"),
    "mixed case": ("HTTP://a.b/", "HTTP://a.b/"),
    "without a scheme": ("//a.b/c", "https://a.b/c"),
    "brackets": ("http://a.b/<i>", "http://a.b/%3Ci%3E"),
    "blanks a browser forgives": (" ht\ntp://a.b/ ", "http://a.b/"),
}


@pytest.mark.parametrize(("address", "wanted"), LINKS.values(), ids=LINKS.keys())
def test_links_that_stay(address: str, wanted: str) -> None:
    assert clean(f'<a href="{address}" rel=x target=_top>A</a>') == f'<a href="{wanted}" rel="nofollow noopener">A</a>'


@pytest.mark.parametrize(
    "address",
    ["/relative", "page.html", "#part", "javascript:alert(1)", "\u2003javascript:alert(1)", "data:text/html,x",
     "ftp://a.b/", "file:///x", "picture:" + "ab" * 32, "http:", "http://", "mailto:", "vbscript:x", "http://[bad"],
)  # fmt: skip
def test_links_that_go_leave_their_words(address: str) -> None:
    assert clean(f'<a href="{address}">A</a>') == "A"


PICTURES = {
    "ours by its name": ('<img src="picture:map" alt="a map" onerror=x>', f'<img src="{OURS}" alt="a map">'),
    "ours by its hash": (f'<img src="{OURS}">', f'<img src="{OURS}">'),
    "an unknown name": ('<img src="picture:moor" alt="the moor">', "the moor"),
    "a bad hash": ('<img src="picture:abc">', ""),
    "elsewhere": (
        '<img src="http://a.b/c.png" alt="the &lt;moor&gt;">',
        '<a href="http://a.b/c.png" rel="nofollow noopener">the &lt;moor&gt;</a>',
    ),
    "elsewhere, without words": (
        '<img src="//a.b/c.png">',
        '<a href="https://a.b/c.png" rel="nofollow noopener">picture</a>',
    ),
    "elsewhere, in a link": (
        '<a href="http://a.b/"><img src="http://a.b/c.png"></a>',
        '<a href="http://a.b/" rel="nofollow noopener">picture</a>',
    ),
    "data": ('<img src="data:image/png;base64,x" alt="dot">', "dot"),
    "no address": ("<img>", ""),
    "an end tag": ("</img>A", "A"),
}


@pytest.mark.parametrize(("given_html", "wanted"), PICTURES.values(), ids=PICTURES.keys())
def test_pictures(given_html: str, wanted: str) -> None:
    assert clean(given_html, pictures={"map": "ab" * 32}) == wanted


def test_a_comment_has_neither_pictures_nor_classes() -> None:
    html = f'<p class="letter" style="text-align:center">A <img src="{OURS}" alt="map"></p>'
    assert clean(html, Field.COMMENT) == "<p>A map</p>"


def test_a_plain_paragraph_with_a_class_loses_it_in_a_comment() -> None:
    assert clean('<p class="align-center">A</p>', Field.COMMENT) == "<p>A</p>"


def test_notes_have_both() -> None:
    assert (
        clean(f'<p class="letter"><img src="{OURS}"></p>', Field.NOTES) == f'<p class="letter"><img src="{OURS}"></p>'
    )


def test_addresses_from_outside_go() -> None:
    assert clean('<p id="p-abcdef">A</p><p id=x>B</p>') == "<p>A</p><p>B</p>"


STYLES = {
    "centred": ('<p style="text-align: CENTER">A</p>', '<p class="align-center">A</p>'),
    "beside a class": ('<p class="letter" style="text-align:end">A</p>', '<p class="letter align-right">A</p>'),
    "not on a word": ('<span style="text-align:center">A</span>', "<span>A</span>"),
    "underlined": ('<span style="text-decoration: underline !important">A</span>', "<span><u>A</u></span>"),
    "struck": ('<span style="text-decoration-line:line-through">A</span>', "<span><s>A</s></span>"),
    "italic and bold": (
        '<span style="font-style:italic;font-weight:700">A</span>',
        "<span><i><b>A</b></i></span>",
    ),
    "a whole paragraph": ('<p style="font-style:oblique">A<b>B</b></p>C', "<p><i>A<b>B</b></i></p>C"),
    "a heading is bold anyway": ('<h2 style="font-weight:bold">A</h2>', "<h2>A</h2>"),
    "what it is already": ('<i style="font-style:italic">A</i>', "<i>A</i>"),
    "bold that is not": ('<b style="font-weight:normal">A</b>', "A"),
    "small capitals": ('<span style="font-variant:small-caps">A</span>', '<span class="small-caps">A</span>'),
    "mere looks": ('<p style="color:red;;margin">A</p>', "<p>A</p>"),
    "none": ("<!doctype html><p>A</p>", "<p>A</p>"),
}


@pytest.mark.parametrize(("given_html", "wanted"), STYLES.values(), ids=STYLES.keys())
def test_the_meaning_of_styles_is_kept(given_html: str, wanted: str) -> None:
    assert keep_meaning(given_html) == wanted
    assert keep_meaning(wanted) == wanted


def test_the_gate_keeps_meaning_too() -> None:
    html = '<p style="text-align:center;font-style:italic">A <span style="font-weight:bold">B</span></p>'
    assert clean(html) == '<p class="align-center"><i>A <b>B</b></i></p>'


EMPTY = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=http://a.b/x.js></SCRIPT>",
    "script with a slash": "<script/xss src='http://a.b/x.js'></script>",
    "script from the same scheme": "<SCRIPT SRC=//a.b/.j></SCRIPT>",
    "script left open": "<script>alert(1)",
    "script cut off": "<script src=http://a.b/x.js?<b>",
    "script without an end": "<script src=//a.b/.j",
    "script closed by XML": "<script src='x'/>",
    "server-side include": "<!--#exec cmd=\"/bin/echo '<SCR'\"--><!--#exec cmd=\"/bin/echo 'IPT>'\"-->",
    "svg with a style": "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "math with a style": "<math><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></math>",
    "noscript": "<noscript><p><img src=x onerror=alert(1)></p></noscript>",
    "xmp": "<xmp><img src=x onerror=alert(1)></xmp>",
    "style with an encoded closer": "<style>&lt;/style&gt;<img src=x></style>",
    "iframe": "<iframe src=javascript:alert(1)></iframe>",
    "embed": "<embed src=http://a.b/x.swf allowscriptaccess=always>",
    "object": "<object data=http://a.b/x><param name=url value=javascript:1>A</object>",
    "meta": "<META HTTP-EQUIV=refresh CONTENT='0;url=javascript:alert(1)'>",
    "meta to data": "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
    "stylesheet": "<LINK REL=stylesheet HREF=javascript:alert(1)>",
    "base": "<base href='javascript:alert(1)//'>",
    "image input": "<input type=image src=javascript:alert(1)>",
    "a comment": "<!-- A --><!--> <!---> ",
    "frames": "<frameset><frame src=javascript:alert(1)></frameset>",
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("html", EMPTY.values(), ids=EMPTY.keys())
def test_nothing_is_left_of(html: str, field: Field) -> None:
    assert clean(html, field).strip() == ""


CODED = "".join(f"&#{ord(letter)};" for letter in "javascript:alert(1)")
HOSTILE = (
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "</TITLE><SCRIPT>alert(1)</SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<IMG SRC=\"jav\tascript:alert(1)\">",
    "<IMG SRC=\"jav&#x09;ascript:alert(1)\">",
    "<IMG SRC=\"jav&#x0A;ascript:alert(1)\">",
    "<IMG SRC=\"jav&#x0D;ascript:alert(1)\">",
    "<IMG SRC=\"jav\nascript:alert(1)\">",
    "<IMG SRC=\"\x01\x02 &#14; javascript:alert(1)\">",
    f"<IMG SRC={CODED}>",
    f"<IMG SRC={CODED.replace(';', '')}>",
    f"<IMG SRC={CODED.replace('&#', '&#0000')}>",
    "<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61>",
    f"<a href={CODED}>x</a>",
    "<IMG SRC=\"javascript:alert(1)\"",
    "<img src=x onerror=alert(1)//",
    "<IMG DYNSRC=javascript:1 LOWSRC=javascript:1>",
    "<TABLE BACKGROUND=javascript:1><TD BACKGROUND=javascript:1>x",
    "<BODY ONLOAD=alert(1)>x",
    "<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^`=alert(1)>x",
    "<BGSOUND SRC=javascript:1>",
    "<DIV STYLE=\"background:url(javascript:1)\">x</DIV>",
    "<XSS STYLE=\"behavior:url(x.htc)\">x",
    "<HTML xmlns:xss><?import namespace=xss implementation=x><xss:xss>x</xss:xss>",
    "<p title=\"</p><script>alert(1)</script>\">x</p>",
    "<a title='\"><img src=x onerror=alert(1)>'>x</a>",
    "<video poster=javascript:1 onerror=x><source src=file:///x></video>",
    "<audio src=x onerror=alert(1)>",
    "<form><button formaction=javascript:1>x</button></form>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<a href=\"http://a.b/\" onmouseover=alert(1) xlink:href=javascript:1>x</a>",
    "<q cite=javascript:1 onmouseover=1>x</q>",
    "<p class=\"letter\" id=\"cookie\" name=body>x</p>",
    "<base href=javascript:1><a href=x>x</a>",
    "<details ontoggle=alert(1) open>x</details>",
    "<plaintext>x</plaintext><img src=x onerror=1>",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_gets_through(html: str, field: Field) -> None:
    cleaned = clean(html, field)
    assert deviations(cleaned) == []
    assert clean(cleaned, field) == cleaned


def test_the_check_itself_sees_hostile_html() -> None:
    assert sum(bool(deviations(html)) for html in HOSTILE) > len(HOSTILE) / 2


@given(loose_html)
def test_whatever_comes_only_the_policy_leaves(html: str) -> None:
    assert deviations(clean(html)) == []


@given(loose_html)
def test_a_second_cleaning_changes_nothing(html: str) -> None:
    for field in FIELDS:
        once = clean(html, field)
        assert clean(once, field) == once


@given(loose_html)
def test_an_angle_bracket_always_belongs_to_a_tag(html: str) -> None:
    cleaned = gate(html, Field.STORY, None, wrap=True)
    assert not re.search(r"[<>]", re.sub(r"<[^<>]*>", "", cleaned))


@given(loose_html)
def test_what_a_browser_reads_is_what_we_wrote(html: str) -> None:
    cleaned = gate(html, Field.STORY, None, wrap=True)
    assert sanitised(cleaned) == cleaned


@given(plain_chapters)
def test_a_plain_chapter_is_wrapped_as_it_is_cleaned(html: str) -> None:
    assert gate(html, Field.STORY, None, wrap=True) == gate(clean(html), Field.STORY, None, wrap=True)


REFUSED = {
    "nested blocks": "<div>" * 100_000,
    "257 levels": "<div>" * 257 + "x",
    "nested emphasis, each its own": "".join(f"<i title={n}>" for n in range(9_000)) + "<p>x" * 9_000,
    "a long attribute written again for every paragraph": '<span title="' + "x" * 1_000_000 + '">' + "<p>x" * 40_000,
    "emphasis written again for every paragraph": "".join(f"<i title={n}>" for n in range(200)) + "<p>x" * 40_000,
    "too many nodes": "<br>" * 100_001,
    "2 MB and a byte": "x" * 2_000_001,
    "2 MB in other letters": "字" * 700_000,
    "1 MB of <": "<" * 1_000_000,
    "1 MB of quotes": "<p title='" + '"' * 1_000_000 + "'>x",
}


@pytest.mark.parametrize("html", REFUSED.values(), ids=REFUSED.keys())
def test_what_costs_too_much_is_refused_with_a_sentence(html: str) -> None:
    with pytest.raises(TooCostly, match=r"^This text .*\.$"):
        clean(html)


DONE = {
    "100,000 attributes": ("<p " + " ".join(f"a{n}=x" for n in range(100_000)) + ">A", "<p>A</p>"),
    "one attribute 100,000 times": ("<p " + "title=x " * 100_000 + ">A", '<p title="x">A</p>'),
    "tags never finished": ("<a " * 600_000, ""),
    "one tag never finished": ("<a " * 600_000 + ">A", "A"),
    "quotes never closed": ('<a b="' * 200_000 + ">A", "A"),
    "comments never closed": ("<!--" * 400_000 + ">A", "A"),
    "scripts in scripts": ("<script>" * 200_000, ""),
    "ends of nothing": ("<div>" + "</center></b></td>" * 50_000 + "A", "<div>A</div>"),
    "ends out of reach": ("<center><table><td>" + "<div>" * 200 + "</center>" * 50_000 + "A", None),
    "blanks": ("A" + " " * 1_000_000 + "\n" + " " * 900_000, None),
    "forgotten emphasis": ("<i>" * 50_000 + "A", "<i><i><i>A</i></i></i>"),
    "forgotten items": ("<ul>" + "<li>A" * 20_000, None),
}


@pytest.mark.parametrize(("html", "wanted"), DONE.values(), ids=DONE.keys())
def test_what_only_looks_costly_is_done(html: str, wanted: str | None) -> None:
    cleaned = gate(html, Field.STORY, None, wrap=False)
    assert cleaned == wanted if wanted is not None else "A" in cleaned


def test_an_address_of_ours_does_not_count_towards_the_size() -> None:
    addressed = '<p id="p-abcdef">A</p>' * 90_000
    assert len(addressed) > 1_900_000
    with pytest.raises(TooCostly, match="pieces"):
        clean(addressed + " " * 200_000)


def test_the_policy_has_a_number() -> None:
    assert POLICY == 1
