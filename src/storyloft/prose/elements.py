"""The elements of HTML by the part they play in a text, and what a tag means to the writer of it."""

from __future__ import annotations

from typing import NamedTuple


class Tag(NamedTuple):
    """What a tag means to the writer: its role, its name, what is written where it opens and where it closes.

    `within` is inline markup (open, close) that holds for everything inside a block, such as the `<i>` of a
    paragraph in italics. `in_link` is what an atom says where a link already stands. `empty` is XML's `<i/>`: opened
    and closed at once, where HTML would let it run on to the end.
    """

    role: str
    name: str
    open: str = ""
    close: str = ""
    within: tuple[str, str] | None = None
    in_link: str = ""
    empty: bool = False


def names(listed: str) -> frozenset[str]:
    """A set of names written as one line of words."""
    return frozenset(listed.split())


NOTHING = Tag("nothing", "")

# Blocks whose loose words want paragraphs; those that are left as they are; and the parts of a table.
FLOW = names(
    "blockquote center div details section article main aside header footer nav form fieldset hgroup body html head"
    " dialog search noframes legend menu dir marquee"
)
HEADINGS = names("h1 h2 h3 h4 h5 h6")
LITERAL = HEADINGS | names(
    "address pre summary figure figcaption ul ol li dl dt dd audio video object select textarea button"
)
TABLE = names("table caption colgroup thead tbody tfoot tr td th")
CELLS = names("td th caption")
SECTIONS = names("thead tbody tfoot")
STRUCTURE = SECTIONS | names("table colgroup tr")
BLOCKS = FLOW | LITERAL | TABLE
LISTS = names("ul ol dl")
ITEMS = {"li": "li", "dt": "dl", "dd": "dl"}  # a new one ends the last of its kind
ATOMS = names("img embed input source track wbr param area keygen")
# HTML5's formatting elements: they outlive the paragraph they were opened in.
FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
LITERAL_INLINE = names("a abbr acronym")
RUBY_PARTS = names("rb rt rtc rp")
_ROLES = {"br": "break", "hr": "rule", "col": "column"}


def role_of(name: str, ends: bool) -> str:
    """The part an element plays: p, break, rule, column, atom, block or inline; `end-` before those that close."""
    if name in _ROLES or name in ATOMS:
        # A stray </br> is a line break in every browser, the end of any other such element is nothing.
        return _ROLES.get(name, "atom") if not ends or name == "br" else "nothing"
    role = "p" if name == "p" else "block" if name in BLOCKS else "inline"
    return f"end-{role}" if ends else role
