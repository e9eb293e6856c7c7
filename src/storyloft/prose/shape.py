"""Writing tags and text anew as well-nested HTML: the one pass behind paragraphs, meaning and cleaning.

There is no tree. Open blocks are a stack, inline elements a list of what holds here (`inlines`), so that a paragraph
can end and begin anywhere and the italics go on. Every tag costs a bounded step; depth, number and size are capped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from storyloft.prose.elements import CELLS, FLOW, HEADINGS, ITEMS, LISTS, LITERAL, SECTIONS, STRUCTURE, TABLE, Tag
from storyloft.prose.inlines import Inlines
from storyloft.prose.limits import check_depth, check_nodes, check_size
from storyloft.prose.markup import escape_text, pieces

BLANK_PARAGRAPH = "<p>\u00a0</p>"
_BLANKS = " \t\n"
_VANISH_EMPTY = FLOW | HEADINGS
_GAP, _WIDE_GAP = 2, 3  # line breaks that part paragraphs, and that leave a blank one between them


def shape(html: str, reading: Callable[[str], Tag], *, wrap: bool) -> str:
    """The source written anew; `reading` says what a tag means, `wrap` puts loose words in paragraphs.

    Raises TooCostly for more than 2 MB, 100,000 nodes or 256 levels, in the source or in what it would become.
    """
    check_size(html)
    writer = _Writer(wrap)
    known: dict[str, tuple[Callable[[Tag], None], Tag]] = {}
    nodes = 0
    for text, spelled in pieces(html):
        if text:
            nodes += 1
            writer.text(escape_text(text) if "&" in text or "<" in text or ">" in text else text)
        if spelled:
            nodes += spelled[1] != "/"
            act = known.get(spelled)
            if act is None:
                tag = reading(spelled)
                act = known[spelled] = (writer.act_of(tag), tag)
            act[0](act[1])
        check_nodes(nodes)
    shaped = writer.finish()
    check_size(shaped)
    return shaped


class _Frame(NamedTuple):
    """An open block: is its text left alone, where its content starts in `out`, which frames its item and table are."""

    name: str
    open: str
    close: str
    literal: bool
    start: int
    item: int
    table: int


class _Writer:
    """Where we stand: the open blocks, what inline holds, the paragraph and the gap behind the last words."""

    def __init__(self, wrap: bool) -> None:
        self.out: list[str] = []
        self.inlines = Inlines(self.out)
        self.frames = [_Frame("", "", "", not wrap, 0, -1, -1)]
        self.paragraph = ""  # "given" in the source, "ours", or none
        self.start = 0
        self.gap = 0
        self.gap_of_br = False
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

    def act_of(self, tag: Tag) -> Callable[[Tag], None]:
        """What to do where this tag stands."""
        return self._empty if tag.empty else self._acts.get(tag.role, self._nothing)

    def text(self, text: str) -> None:
        frame = self.frames[-1]
        blank = not text.strip(_BLANKS)
        if not (self.paragraph == "given" or frame.literal):
            if self.paragraph or not blank:
                self._flow(text)
        elif not blank:
            self._literal(text, frame)
        else:
            self._literal_blank(text, frame)

    def finish(self) -> str:
        while len(self.frames) > 1:
            self._pop()
        self._close_paragraph()
        self.inlines.close()
        return "".join(self.out)

    # Words.

    def _literal(self, text: str, frame: _Frame) -> None:
        """Words where line ends mean nothing: in a paragraph of the source, a heading, an item, a cell."""
        if frame.name in STRUCTURE and not self.paragraph:
            self._table_part(_implied("td"))
        if self.paragraph and len(self.out) == self.start:
            text = text.lstrip(_BLANKS)
        self.inlines.open()
        self.out.append(self._without_first_line_end(text, frame))

    def _literal_blank(self, text: str, frame: _Frame) -> None:
        if frame.name in STRUCTURE or (self.paragraph and len(self.out) == self.start):
            return
        if text := self._without_first_line_end(text, frame):
            self.out.append(text)

    def _without_first_line_end(self, text: str, frame: _Frame) -> str:
        """In `<pre>` a browser eats the first line end; a second reading would eat the next, so all of them go."""
        return text.lstrip("\n") if frame.name == "pre" and len(self.out) == frame.start else text

    def _flow(self, text: str) -> None:
        """Words outside every paragraph of the source: line ends mean something."""
        if "\n" not in text or self.inlines.literal:
            self._words(text)
            return
        breaks = -1
        for line in text.split("\n"):
            breaks += 1
            if line.strip(_BLANKS):
                self._line_ends(breaks)
                self._words(line)
                breaks = 0
        self._line_ends(breaks)

    def _words(self, text: str) -> None:
        if not text.strip(_BLANKS):
            if self.paragraph and not self.gap:
                self.out.append(text)
            return
        self._content()
        if len(self.out) == self.start or self.out[-1] == "<br>":
            text = text.lstrip(_BLANKS)
        self.inlines.open()
        self.out.append(text)

    def _line_ends(self, count: int) -> None:
        if self.paragraph and not self.gap_of_br:
            self.gap += count

    def _content(self) -> None:
        """Something to read comes, outside the source's paragraphs: settle the gap before it, be in a paragraph."""
        if not self.paragraph:
            self._blank_between()
            self._begin("<p>", "ours")
        elif self.gap == 1:
            self._strip_end()
            self.out.append("<br>")
        elif self.gap:
            gap, self.gap = self.gap, 0
            self._close_paragraph()
            if gap >= _WIDE_GAP:
                self.out.append(BLANK_PARAGRAPH)
            self._begin("<p>", "ours")
        self.gap, self.gap_of_br = 0, False

    def _blank_between(self) -> None:
        """Two loose `<br>` between blocks are a gap somebody meant to be seen; one is not."""
        if self.gap >= _GAP and self.gap_of_br and len(self.out) > self.frames[-1].start:
            self.out.append(BLANK_PARAGRAPH)
        self.gap, self.gap_of_br = 0, False

    # Paragraphs.

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
        self.inlines.close()
        if len(self.out) == self.start:
            self.out.pop()
        else:
            self.out.append("</p>")
        if self.paragraph == "given":
            self.inlines.forget(self._level)
        self.paragraph = ""
        if not (self.gap_of_br and self.gap >= _WIDE_GAP):
            self.gap, self.gap_of_br = 0, False

    def _strip_end(self) -> None:
        while len(self.out) > self.start and not self.out[-1].startswith("<"):
            self.out[-1] = self.out[-1].rstrip(_BLANKS)
            if self.out[-1]:
                return
            self.out.pop()

    def _p(self, tag: Tag) -> None:
        self._before_block()
        self._begin(tag.open, "given")
        self._hold_within(tag)

    def _end_p(self, tag: Tag) -> None:
        self._close_paragraph()

    # Inline elements.

    @property
    def _level(self) -> int:
        return 2 * len(self.frames) + (self.paragraph == "given")

    def _inline(self, tag: Tag) -> None:
        self.inlines.hold(tag, self._level)
        self._check_depth()

    def _end_inline(self, tag: Tag) -> None:
        self.inlines.release(tag.name)

    def _atom(self, tag: Tag) -> None:
        written = tag.in_link if tag.in_link and self.inlines.linked else tag.open
        if not written:
            return
        if not self.paragraph and self.frames[-1].name in STRUCTURE:
            self._table_part(_implied("td"))
        elif self.paragraph != "given" and not self.frames[-1].literal:
            self._content()
        self.inlines.open()
        self.out.append(written)

    def _break(self, tag: Tag) -> None:
        if self.paragraph == "given" or self.frames[-1].literal:
            if self.paragraph or self.frames[-1].name not in STRUCTURE:
                self.out.append("<br>")
        else:
            self.gap = self.gap + 1 if self.gap_of_br else 1
            self.gap_of_br = True

    # Blocks.

    def _rule(self, tag: Tag) -> None:
        self._before_block()
        self.out.append(tag.open)

    def _block(self, tag: Tag) -> None:
        name = tag.name
        if name in TABLE and name != "table":
            if self.frames[-1].table >= 0:
                self._table_part(tag)
            return
        if name == "table" and self.frames[-1].name in STRUCTURE:
            self._end_block(tag)
        elif name in ITEMS:
            self._end_item(name)
        elif name in HEADINGS and self.frames[-1].name in HEADINGS:
            self._pop()
        self._before_block()
        self._push(tag)

    def _end_block(self, tag: Tag) -> None:
        wanted = HEADINGS if tag.name in HEADINGS else (tag.name,)
        if tag.name in self.unmatched or not self._within_reach(wanted, tag.name in TABLE):
            self.unmatched.add(tag.name)
            return
        while self.frames[-1].name not in wanted:
            self._pop()
        self._pop()

    def _within_reach(self, wanted: Collection[str], of_table: bool) -> bool:
        """Is one of these open, in this cell (a tag of a table: in this table)?"""
        for frame in reversed(self.frames):
            if frame.name in wanted:
                return True
            if frame.name == "table" or (frame.name in CELLS and not of_table):
                return False
        return False

    def _end_item(self, name: str) -> None:
        """A new `<li>` ends the one before it in the same list, `<dt>` and `<dd>` each other."""
        item = self.frames[-1].item
        if item >= 0 and ITEMS[self.frames[item].name] == ITEMS[name]:
            while len(self.frames) > item:
                self._pop()

    def _before_block(self) -> None:
        self._close_paragraph()
        self._blank_between()
        self.inlines.close()
        if self.frames[-1].name in STRUCTURE:
            self._table_part(_implied("td"))

    def _push(self, tag: Tag) -> None:
        parent, here = self.frames[-1], len(self.frames)
        literal = parent.literal or tag.name in LITERAL or tag.name in TABLE
        item = here if tag.name in ITEMS else -1 if tag.name in LISTS or tag.name in TABLE else parent.item
        table = here if tag.name == "table" else parent.table
        if tag.open:
            self.out.append(tag.open)
        else:
            self._keep_apart()
        self.frames.append(_Frame(tag.name, tag.open, tag.close, literal, len(self.out), item, table))
        self.unmatched.clear()
        self._hold_within(tag)
        self._check_depth()

    def _pop(self) -> None:
        self._close_paragraph()
        self.gap, self.gap_of_br = 0, False
        self.inlines.close()
        frame = self.frames[-1]
        self.inlines.forget(self._level, everything=frame.name in CELLS)
        self.frames.pop()
        self.unmatched.clear()
        if len(self.out) == frame.start and frame.open and frame.name in _VANISH_EMPTY:
            self.out.pop()
        elif frame.close:
            self.out.append(frame.close)
        else:
            self._keep_apart()

    def _keep_apart(self) -> None:
        """A block that leaves no tag of its own still parts the words before it from those behind."""
        if self.frames[-1].literal and self.out and self.out[-1] != "\n":
            self.out.append("\n")

    def _hold_within(self, tag: Tag) -> None:
        if tag.within:
            self.inlines.hold_within(tag.within, self._level)

    def _check_depth(self) -> None:
        check_depth(len(self.frames) + len(self.inlines))

    # Tables: what HTML lets people leave out is put in, and words that stand outside every cell get one.

    def _table_part(self, tag: Tag) -> None:
        stop = SECTIONS if tag.name == "tr" else SECTIONS | {"tr"} if tag.name in ("td", "th") else ()
        while self.frames[-1].name != "table" and self.frames[-1].name not in stop:
            self._pop()
        if tag.name == "tr" and self.frames[-1].name == "table":
            self._push(_implied("tbody"))
        elif tag.name in ("td", "th") and self.frames[-1].name != "tr":
            self._table_part(_implied("tr"))
        self._push(tag)

    def _column(self, tag: Tag) -> None:
        if self.frames[-1].table < 0:
            return
        if self.frames[-1].name != "colgroup":
            self._table_part(_implied("colgroup"))
        self.out.append(tag.open)

    # Tags that need no place.

    def _nothing(self, tag: Tag) -> None:
        pass

    def _empty(self, tag: Tag) -> None:
        self._acts[tag.role](tag)
        self._acts[f"end-{tag.role}"](tag)


def _implied(name: str) -> Tag:
    return Tag("block", name, f"<{name}>", f"</{name}>")
