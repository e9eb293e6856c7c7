"""The one gate for other people's HTML: whatever comes, what leaves is ours to show on any page and in any book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NewType

import nh3

from storyloft.prose.limits import TooCostly
from storyloft.prose.markup import normalise
from storyloft.prose.meaning import keep_meaning
from storyloft.prose.plainest import plainest
from storyloft.prose.policy import ELEMENTS, EVERYWHERE, LINK_REL, OF_ELEMENT, POLICY, Field, Reading
from storyloft.prose.shape import shape

CleanHtml = NewType("CleanHtml", str)

__all__ = ["POLICY", "CleanHtml", "Field", "TooCostly", "clean", "keep_meaning"]

_SANITISER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags={"script", "style"},
    attributes={"*": EVERYWHERE | {"class"}} | {name: set(allowed) for name, allowed in OF_ELEMENT.items()},
    url_schemes={"http", "https", "mailto", "picture"},
    link_rel=LINK_REL,
)
_ADDRESS = re.compile(' id="p-[0-9a-z]{6}"')


def clean(html: str, field: Field = Field.STORY, *, pictures: Mapping[str, str] | None = None) -> CleanHtml:
    """The HTML with only what policy 1 allows in this field, well nested. `clean(clean(x)) == clean(x)`.

    `pictures` gives, for the names an importer used (`<img src="picture:NAME">`), the SHA-256 under which we keep
    them; any other picture becomes a link or its alternative text, so that nothing is ever loaded from elsewhere.
    Meaning in `style` attributes is kept as by `keep_meaning`. In the result `<` and `>` stand only around tags.
    Raises TooCostly beyond 2 MB, 100,000 nodes or 256 levels. Rule: html-and-uploads, sections 1 and 2.
    """
    return gate(html, field, pictures, wrap=False)


def gate(html: str, field: Field, pictures: Mapping[str, str] | None, *, wrap: bool) -> CleanHtml:
    """`clean`, and in the same pass `paragraphs` where `wrap` is set."""
    reading = Reading(field, pictures)
    html = normalise(html)
    if ' id="p-' in html:  # our own addresses, which a text that is cleaned again need not be measured with
        html = _ADDRESS.sub("", html)
    shaped = (plainest(html) if reading.rich else None) or shape(html, reading, wrap=wrap)
    passed = sanitised(shaped)
    if passed != shaped:  # it found an address it cannot read; the link that is left bare goes, too
        passed = sanitised(shape(passed, reading, wrap=wrap))
    return CleanHtml(passed)


def sanitised(shaped: str) -> str:
    """What a second, independent reader (html5ever and ammonia) lets through."""
    return _SANITISER.clean(shaped).replace("&nbsp;", "\u00a0")
