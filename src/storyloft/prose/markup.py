"""Reading loose HTML into tags and text without a tree: linear, whatever comes.

What is read here is always written anew from our own spellings, so it does not matter to safety whether a browser
would have cut the source the same way; it matters only to the words, and those are kept.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import NamedTuple

# Policy §2: taken away together with what they hold.
REMOVED_WITH_CONTENT = (
    "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script", "style", "svg", "xmp",
)  # fmt: skip

# A quoted value counts only after "=" and only when it is closed, so that a forgotten quote costs one tag, not a page.
_TAIL = r"""(?:[^>"'=]++|=\s*+(?:"[^"]*"|'[^']*')|["'=])*+"""
_TAG = re.compile(
    rf"""(<(?:
        ({"|".join(REMOVED_WITH_CONTENT)})(?=[\s/>]){_TAIL}(?:(?<=[\s"']/)>|(?<=[a-z]/)>|>[\s\S]*?(?:</\2(?=[\s/>])[^>]*>|\Z))
      | /?[a-z]{_TAIL}>
      | [!?/][^>]*>
    ))""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENT = re.compile(r"<!--(?:-?>|[\s\S]*?--!?>)")
_UNFINISHED = re.compile(
    r"<(?=[!?/a-z])(?:[!?/]|(?:a|abbr|b|big|blockquote|body|br|center|code|col|dd|del|dfn|div|dl|dt|em|embed|font|form|frame|h[1-6]"
    r"|hr|html|i|iframe|img|image|input|ins|kbd|li|link|math|meta|object|ol|p|pre|q|s|script|small|span|strike|strong"
    r"|style|sub|sup|svg|table|td|th|tr|tt|u|ul|video|audio|xmp)(?:[\s/]|$))",
    re.IGNORECASE,
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_SELF_CLOSED = re.compile(r"""(?:[\s"']|^<[a-zA-Z][^\s/>]*)/>$""")
# What no XML edition could carry, and half a surrogate pair, which cannot even be written down.
_LINE_BREAK = re.compile(r"<br[^>]*>\n?")
_ALT = re.compile(r' ?<img [^>]*?alt="([^"]*)"[^>]*> ?')
_ANY_TAG = re.compile(r"<[^>]*>")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ATTRIBUTE_REFERENCE = re.compile(r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*(?:;|(?![=\w])))")


class Spelling(NamedTuple):
    """One tag as it stood: name in lower case, whether it starts or ends, and its attributes, the first of a name."""

    name: str
    ends: bool
    self_closed: bool
    attributes: dict[str, str]


def normalise(html: str) -> str:
    """Line ends as \\n and nothing that cannot be written. A lone CR would make a second cleaning differ."""
    if "\r" in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n")
    if "\x0c" in html:
        html = html.replace("\x0c", "\n")
    return _UNWRITABLE.sub("", html)


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """The source as (text, tag) pairs in order, either of them perhaps empty; comments and what is banned are gone."""
    html = _without_comments(html)
    end = html.rfind(">") + 1  # behind it nothing can be a tag, and looking for one there would be quadratic
    parts = _TAG.split(html[:end])
    for at in range(0, len(parts) - 1, 3):
        yield parts[at], "" if parts[at + 2] else parts[at + 1]
    open_end = len(parts) > 1 and parts[-2] and parts[-1] == "" and _never_closed(parts[-3], parts[-2])
    yield parts[-1] + ("" if open_end else _unfinished(html[end:])), ""


def read_tag(tag: str) -> Spelling:
    """The spelling of one tag. The name is "" for what is none (`<!doctype>`, `<?xml?>`, `</>`)."""
    name = _NAME.match(tag)
    if name is None:
        return Spelling("", False, False, {})
    ends = tag[1] == "/"
    attributes: dict[str, str] = {}
    if not ends and name.end() < len(tag) - 1:
        for key, double, single, bare in _ATTRIBUTE.findall(tag, name.end(), len(tag) - 1):
            attributes.setdefault(key.lower(), _attribute_value(double or single or bare))
    return Spelling(name[1].lower(), ends, bool(_SELF_CLOSED.search(tag)), attributes)


def plain(html: str) -> str:
    """The words of a piece of well-formed inline HTML: line breaks kept, pictures as their alternative text."""
    if "<" in html:
        if "<img" in html:
            html = _ALT.sub(r" \1 ", html)
        html = _ANY_TAG.sub("", _LINE_BREAK.sub("\n", html))
    return (entities.unescape(html) if "&" in html else html).strip(" \t\n")


def escape_text(text: str) -> str:
    """Text in the one spelling we store: `&amp; &lt; &gt;` and every other character as itself."""
    if "&" in text:
        text = normalise(entities.unescape(text)).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """A value between double quotes. Angle brackets become look-alikes, so that `<` always opens a tag."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "‹").replace(">", "›")


def write_tag(name: str, attributes: dict[str, str]) -> str:
    """The tag in our spelling."""
    if not attributes:
        return f"<{name}>"
    written = [f'{key}="{escape_attribute(value)}"' for key, value in attributes.items()]
    return f"<{name} {' '.join(written)}>"


def _attribute_value(value: str) -> str:
    if "&" in value:
        value = _ATTRIBUTE_REFERENCE.sub(lambda found: entities.unescape(found[0]), value)
    return normalise(value)


def _without_comments(html: str) -> str:
    end = max(html.rfind("-->") + 3, html.rfind("--!>") + 4)
    if end < 4 or "<!--" not in html:
        return html
    return _COMMENT.sub("", html[:end]) + html[end:]


def _never_closed(tag: str, name: str) -> bool:
    return not re.search(rf"</{name}[^>]*>$", tag, re.IGNORECASE) and not _SELF_CLOSED.search(tag)


def _unfinished(text: str) -> str:
    """Text behind the last `>`: a tag cut off by the end goes, a mere `<love` stays."""
    found = _UNFINISHED.search(text)
    return text[: found.start()] if found else text
