"""Writing tags and text anew as well-nested HTML: the one pass behind paragraphs, meaning and cleaning.

There is no tree: inline elements are a list of what holds here and are opened only when words come, so a paragraph
can end and begin anywhere and the italics go on. Every element costs a bounded step; depth, number and size are capped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from storyloft.prose.markup import escape_text, pieces

MAX_DEPTH = 256
MAX_NODES = 100_000
MAX_BYTES = 2_000_000


class TooCostly(ValueError):
    """Cleaning this would cost more than a page of prose can be worth; the message is a plain sentence."""


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

FLOW = names(
    "blockquote center div details section article main aside header footer nav form fieldset hgroup body html head"
    " dialog search noframes legend menu dir marquee"
)
HEADINGS = names("h1 h2 h3 h4 h5 h6")
LITERAL = HEADINGS | names(
    "address pre summary figure figcaption ul ol li dl dt dd audio video object select textarea button"
)
TABLE = names("table caption colgroup thead tbody tfoot tr td th")
CELLS = frozenset(("td", "th", "caption"))
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
BLOCKS = FLOW | LITERAL | TABLE
ATOMS = names("img embed input source track wbr param area keygen")
# HTML5's formatting elements: they outlive the paragraph they were opened in.
FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
_LITERAL_INLINE = frozenset(("a", "abbr", "acronym"))
_VANISH_EMPTY = FLOW | HEADINGS
_STRUCTURE = frozenset(("table", "colgroup", "tr")) | SECTIONS
_RUBY_PARTS = ("rb", "rt", "rtc", "rp")
BLANK_PARAGRAPH = "<p>\u00a0</p>"
_ITEMS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",)}
_BLANKS = " \t\n"
_LINE_END = re.compile(r"[ \t]*(\n[ \t\n]*)")


class _Inline(NamedTuple):
    name: str
    open: str
    close: str
    level: int
    outlives: bool


class _Frame(NamedTuple):
    name: str
    open: str
    close: str
    literal: bool
    start: int


def role_of(name: str, ends: bool) -> str:
    """The part an element plays: p, break, rule, atom, block, end-block, end-p, inline or end-inline."""
    if name == "p":
        return "end-p" if ends else "p"
    if name in BLOCKS:
        return "end-block" if ends else "block"
    if name in ("br", "hr") or name in ATOMS or name == "col":
        return (
            {"br": "break", "hr": "rule", "col": "column"}.get(name, "atom") if not ends or name == "br" else "nothing"
        )
    return "end-inline" if ends else "inline"


def shape(html: str, reading: Callable[[str], Tag], *, wrap: bool) -> str:
    """The source written anew; `reading` says what a tag means, `wrap` puts loose words in paragraphs.

    Raises TooCostly for more than 2 MB, 100,000 nodes or 256 levels, in the source or in what it would become.
    """
    check_size(html)
    writer = _Writer(wrap)
    known: dict[str, Tag] = {}
    nodes = 0
    for text, spelled in pieces(html):
        if text:
            nodes += 1
            writer.text(escape_text(text) if "&" in text or "<" in text or ">" in text else text)
        if spelled:
            nodes += 1
            tag = known.get(spelled)
            if tag is None:
                tag = known[spelled] = reading(spelled)
            writer.tag(tag)
        if nodes > MAX_NODES:
            raise TooCostly("This text holds more than 100,000 pieces of markup.")
    shaped = writer.finish()
    check_size(shaped)
    return shaped


def check_size(html: str) -> None:
    """Raises TooCostly beyond 2 MB of UTF-8."""
    if len(html) * 4 > MAX_BYTES and len(html.encode(errors="replace")) > MAX_BYTES:
        raise TooCostly("This text is longer than 2 MB in one piece; split it into chapters.")


class _Writer:
    """Where we stand: open blocks, what inline holds (`inlines`, of which `opened` are written), the paragraph."""

    def __init__(self, wrap: bool) -> None:
        self.out: list[str] = []
        self.frames = [_Frame("", "", "", not wrap, 0)]
        self.inlines: list[_Inline] = []
        self.opened = 0
        self.paragraph = ""  # "given" in the source, "ours", or none
        self.start = 0
        self.gap = 0
        self.gap_of_br = False
        self.reopened = 0
        self.unmatched: set[str] = set()  # end tags that close nothing, until a block opens or closes
        self._acts: dict[str, Callable[[Tag], None]] = {
            "p": self._p,
            "end-p": self._end_p,
            "inline": self._inline,
            "end-inline": self._end_inline,
            "break": self._break,
            "rule": self._rule,
            "atom": self._atom,
            "column": self._column,
            "block": self._block,
            "end-block": self._end_block,
        }

    def tag(self, tag: Tag) -> None:
        act = self._acts.get(tag.role)
        if act is not None:
            act(tag)
            if tag.empty:
                self._acts["end-" + tag.role](tag)

    def text(self, text: str) -> None:
        frame = self.frames[-1]
        if not (self.paragraph == "given" or frame.literal):
            return self._flow(text)
        blank = not text.strip(_BLANKS)
        if frame.name in _STRUCTURE and not self.paragraph:
            if blank:
                return None
            self._need_cell()
        if self.paragraph and len(self.out) == self.start:
            text = text.lstrip(_BLANKS)
        elif len(self.out) == frame.start and self.frames[-1].name == "pre":
            text = text.lstrip("\n")  # a browser eats the first; a second reading would eat the next
        if text:
            if not blank:
                self._open_inlines()
            self.out.append(text)
        return None

    def finish(self) -> str:
        while len(self.frames) > 1:
            self._pop()
        self._close_paragraph()
        self._close_inlines()
        return "".join(self.out)

    # Words outside any paragraph of the source: line ends mean something.

    def _flow(self, text: str) -> None:
        if "\n" not in text or any(inline.name in _LITERAL_INLINE for inline in self.inlines):
            return self._words(text)
        for at, part in enumerate(_LINE_END.split(text)):
            if at % 2:
                self._line_ends(part.count("\n"))
            elif part:
                self._words(part)
        return None

    def _words(self, text: str) -> None:
        if not text.strip(_BLANKS):
            if self.paragraph and not self.gap:
                self.out.append(text)
            return
        self._content()
        if len(self.out) == self.start or self.out[-1] == "<br>":
            text = text.lstrip(_BLANKS)
        self._open_inlines()
        self.out.append(text)

    def _line_ends(self, count: int) -> None:
        if self.paragraph and not self.gap_of_br:
            self.gap += count

    def _content(self) -> None:
        """Something to read comes, outside the source's paragraphs: settle the gap before it and be in a paragraph."""
        if not self.paragraph:
            self._blank_between()
            self._begin("<p>", "ours")
        elif self.gap == 1:
            self._strip_end()
            self.out.append("<br>")
        elif self.gap:
            gap = self.gap
            self.gap = 0
            self._close_paragraph()
            if gap > 2:
                self.out.append(BLANK_PARAGRAPH)
            self._begin("<p>", "ours")
        self.gap, self.gap_of_br = 0, False

    def _blank_between(self) -> None:
        """Two loose `<br>` between blocks are a gap somebody meant to be seen; one is not."""
        if self.gap > 1 and self.gap_of_br and len(self.out) > self.frames[-1].start:
            self.out.append(BLANK_PARAGRAPH)
        self.gap, self.gap_of_br = 0, False

    def _begin(self, tag: str, kind: str) -> None:
        self.out.append(tag)
        self.paragraph, self.start = kind, len(self.out)

    def _close_paragraph(self) -> None:
        if not self.paragraph:
            return
        if self.gap == 1 and self.gap_of_br:
            self._strip_end()
            self.out.append("<br>")
        self._strip_end()
        self._close_inlines()
        if len(self.out) == self.start:
            self.out.pop()
        else:
            self.out.append("</p>")
        if self.paragraph == "given":
            self._forget(2 * len(self.frames) + 1)
        self.paragraph = ""
        if not (self.gap_of_br and self.gap > 2):
            self.gap, self.gap_of_br = 0, False

    def _strip_end(self) -> None:
        while len(self.out) > self.start and not self.out[-1].startswith("<"):
            self.out[-1] = self.out[-1].rstrip(_BLANKS)
            if self.out[-1]:
                return
            self.out.pop()

    # Inline elements: held in a list, written only when words come.

    def _open_inlines(self) -> None:
        if self.opened == len(self.inlines):
            return
        for inline in self.inlines[self.opened :]:
            if inline.open:
                self.out.append(inline.open)
                self.reopened += len(inline.open)
        self.opened = len(self.inlines)
        if self.reopened > 2 * MAX_BYTES:
            raise TooCostly("This text repeats its markup over and over.")

    def _close_inlines(self, down_to: int = 0) -> None:
        self.out.extend(inline.close for inline in reversed(self.inlines[down_to : self.opened]) if inline.close)
        self.opened = min(self.opened, down_to)

    def _forget(self, level: int, everything: bool = False) -> None:
        """Inline elements opened at this level or deeper end with it, but for HTML's formatting elements."""
        if not self.inlines or self.inlines[-1].level < level and not everything:
            return
        self.inlines = [
            inline if inline.level < level else inline._replace(level=level - 1)
            for inline in self.inlines
            if inline.level < level or (inline.outlives and not everything)
        ]

    def _inline(self, tag: Tag) -> None:
        if tag.name == "a":
            self._end_inline(tag)
        elif tag.name in _RUBY_PARTS:
            for name in _RUBY_PARTS:
                self._end_inline(Tag("", name))
        level = 2 * len(self.frames) + (self.paragraph == "given")
        inline = _Inline(tag.name, tag.open, tag.close, level, tag.name in FORMATTING)
        if inline.outlives and sum(held.name == tag.name and held.open == tag.open for held in self.inlines) > 2:
            return  # as browsers do: a fourth forgotten </i> changes nothing
        self.inlines.append(inline)
        self._check_depth()

    def _end_inline(self, tag: Tag) -> None:
        at = next((at for at in range(len(self.inlines) - 1, -1, -1) if self.inlines[at].name == tag.name), -1)
        if at < 0:
            return
        self._close_inlines(max(at, 0)) if at < self.opened else None
        if tag.name == "ruby":
            self.inlines[at:] = [inline for inline in self.inlines[at:] if inline.name not in _RUBY_PARTS]
        del self.inlines[at]

    def _atom(self, tag: Tag) -> None:
        linked = tag.in_link != "" and any(inline.name == "a" and inline.open for inline in self.inlines)
        written = tag.in_link if linked else tag.open
        if not written:
            return
        self._settle()
        self._open_inlines()
        self.out.append(written)

    def _settle(self) -> None:
        if self.paragraph == "given":
            return
        if self.frames[-1].name in _STRUCTURE:
            self._need_cell()
        elif not self.frames[-1].literal:
            self._content()

    def _break(self, tag: Tag) -> None:
        if self.paragraph == "given" or self.frames[-1].literal:
            if self.frames[-1].name not in _STRUCTURE:
                self.out.append(tag.open)
        else:
            self.gap = self.gap + 1 if self.gap_of_br or not self.gap else 1
            self.gap_of_br = True

    # Blocks.

    def _p(self, tag: Tag) -> None:
        self._before_block()
        self._begin(tag.open, "given")
        self._hold_within(tag)

    def _end_p(self, tag: Tag) -> None:
        self._close_paragraph()

    def _rule(self, tag: Tag) -> None:
        self._before_block()
        self.out.append(tag.open)

    def _before_block(self) -> None:
        self._close_paragraph()
        self._blank_between()
        self._close_inlines()
        if self.frames[-1].name in _STRUCTURE:
            self._need_cell()

    def _block(self, tag: Tag) -> None:
        name = tag.name
        if name in TABLE and name != "table":
            if not any(frame.name == "table" for frame in self.frames):
                return
            self._close_paragraph()
            self._table_part(tag)
            return
        if name == "table":
            self._close_paragraph()
            if self.frames[-1].name in _STRUCTURE:
                self._end_block(tag)
        elif name in _ITEMS:
            self._end_item(name)
        elif name in HEADINGS and self.frames[-1].name in HEADINGS:
            self._close_paragraph()
            self._pop()
        self._before_block()
        self._push(tag)

    def _push(self, tag: Tag) -> None:
        literal = self.frames[-1].literal or tag.name in LITERAL or tag.name in TABLE
        if tag.open:
            self.out.append(tag.open)
        self.frames.append(_Frame(tag.name, tag.open, tag.close, literal, len(self.out)))
        self.unmatched.clear()
        self._hold_within(tag)
        self._check_depth()

    def _hold_within(self, tag: Tag) -> None:
        if tag.within:
            level = 2 * len(self.frames) + (self.paragraph == "given")
            self.inlines.append(_Inline("", *tag.within, level, False))

    def _check_depth(self) -> None:
        if len(self.frames) + len(self.inlines) > MAX_DEPTH:
            raise TooCostly("This text nests its markup more than 256 levels deep.")

    def _end_block(self, tag: Tag) -> None:
        names = HEADINGS if tag.name in HEADINGS else (tag.name,)
        if tag.name in self.unmatched or not self._within_reach(names, tag.name in TABLE):
            self.unmatched.add(tag.name)
            return
        while self.frames[-1].name not in names:
            self._pop()
        self._pop()

    def _within_reach(self, names: Collection[str], of_table: bool) -> bool:
        """Is one of these open, in this cell (a tag of a table: in this table)?"""
        for frame in reversed(self.frames):
            if frame.name in names:
                return True
            if frame.name == "table" or (frame.name in CELLS and not of_table):
                return False
        return False

    def _pop(self) -> None:
        self._close_paragraph()
        self.gap, self.gap_of_br = 0, False
        self._close_inlines()
        self._forget(2 * len(self.frames), everything=self.frames[-1].name in CELLS)
        frame = self.frames.pop()
        self.unmatched.clear()
        if len(self.out) == frame.start and frame.name in _VANISH_EMPTY:
            if frame.open:
                self.out.pop()
        elif frame.close:
            self.out.append(frame.close)

    def _end_item(self, name: str) -> None:
        """A new `<li>` ends the one before it in the same list, `<dt>` and `<dd>` each other."""
        for frame in reversed(self.frames):
            if frame.name in _ITEMS and _ITEMS[frame.name] == _ITEMS[name]:
                return self._end_block(Tag("", frame.name))
            if frame.name in TABLE or frame.name in _ITEMS[name] or not frame.name:
                return None
        return None

    # Tables: what HTML leaves out is put in, and words that stand outside every cell get one.

    def _table_part(self, tag: Tag) -> None:
        stop = {"tr": SECTIONS, "td": SECTIONS | {"tr"}, "th": SECTIONS | {"tr"}}.get(tag.name, frozenset())
        while self.frames[-1].name != "table" and self.frames[-1].name not in stop:
            self._pop()
        if tag.name == "tr" and self.frames[-1].name == "table":
            self._push(_implied("tbody"))
        elif tag.name in ("td", "th") and self.frames[-1].name != "tr":
            self._table_part(_implied("tr"))
        self._push(tag)

    def _column(self, tag: Tag) -> None:
        if not any(frame.name == "table" for frame in self.frames):
            return
        if self.frames[-1].name != "colgroup":
            self._table_part(_implied("colgroup"))
        self.out.append(tag.open)

    def _need_cell(self) -> None:
        self._table_part(_implied("td"))


def _implied(name: str) -> Tag:
    return Tag("block", name, f"<{name}>", f"</{name}>")
