"""Made-up HTML for property tests: loose, hostile, and the plain kind most chapters are."""

from __future__ import annotations

from hypothesis import strategies as st

_NAMES = (
    "p", "i", "em", "b", "span", "a", "div", "blockquote", "center", "details", "summary", "h1", "h2", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "tr", "td", "th", "tbody", "caption", "colgroup", "col", "pre", "br", "hr", "img",
    "ruby", "rt", "rp", "font", "section", "script", "svg", "figure", "figcaption", "q", "title", "o:p", "textarea",
)  # fmt: skip
_ATTRIBUTES = (
    "",
    "/",
    ' class="letter"',
    " class='foo align-center'",
    ' style="text-align:center;font-weight:bold"',
    ' style="font-style:italic; text-decoration: underline"',
    " href=http://a.b/",
    ' href="javascript:x"',
    ' href="http://[x"',
    ' src="http://a.b/c.png" alt="<&>"',
    " title='a\"b'",
    ' title="<p>"',
    " onclick=x",
    " open",
    ' lang="de',
    " dir=rtl",
    ' id="p-abcdef"',
)
_WORDS = (
    "A", "dear Watson", " ", "\n", "\n\n", "\n\n\n", "\r", "\u00a0", "\x00", "字", "***", "A/N: x",
    "&amp;", "&lt;b&gt;", "&nbsp;", "&#13;", "&#0;", "&copy", "<", ">", "<3", "</", '"', "'", "=", "&",
    "<!--", "-->", "<![CDATA[", "]]>",
)  # fmt: skip

_tags = st.builds(
    lambda end, name, attributes: f"<{end}{name}{attributes}>",
    st.sampled_from(("", "", "/")),
    st.sampled_from(_NAMES),
    st.sampled_from(_ATTRIBUTES),
)
loose_html = st.lists(st.one_of(_tags, st.sampled_from(_WORDS)), max_size=25).map("".join)

_plain_bits = st.sampled_from(
    (
        "Watson",
        " ",
        "&amp;",
        "<em>",
        "</em>",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<br>",
        ", said he",
        "\u00a0",
        "\n",
        "<em>x</em>",
    )
)
_plain_paragraphs = st.lists(_plain_bits, max_size=6).map("".join).map("<p>{}</p>".format)
plain_chapters = st.lists(
    st.one_of(_plain_paragraphs, st.sampled_from(("\n", " ", "\n\n", "<hr>", "<hr/>", "<hr />"))), max_size=5
).map("".join)
