"""Loose HTML into well-formed paragraphs: line breaks and stray words become `<p>`, blocks come out of paragraphs."""

from __future__ import annotations

from storyloft.prose.elements import NOTHING, Tag, role_of
from storyloft.prose.markup import normalise, read_tag, write_tag
from storyloft.prose.plainest import plainest
from storyloft.prose.shape import shape


def paragraphs(html: str) -> str:
    """The words of `html` in paragraphs; every element and attribute is kept, for the gate to judge later.

    Outside paragraphs a line break becomes `<br>`, two begin a paragraph, three or more leave a blank one between
    (a no-break space); the same for runs of `<br>`. Inside `<p>`, headings, lists, tables, `<pre>`, links nothing is
    touched. `paragraphs(paragraphs(x)) == paragraphs(x)`. Raises TooCostly. Rule: html-and-uploads, section 3.
    """
    html = normalise(html)
    return plainest(html) or shape(html, as_it_stands, wrap=True)


def as_it_stands(spelled: str) -> Tag:
    """A tag as the source has it, only spelled our way."""
    name, ends, self_closed, attributes = read_tag(spelled)
    if not name:
        return NOTHING
    role = role_of(name, ends)
    empty = self_closed and role in ("block", "inline", "p")
    return Tag(role, name, write_tag(name, attributes), f"</{name}>", empty=empty)
