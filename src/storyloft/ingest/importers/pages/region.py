"""The part of a page that holds the author's words: what is dropped from it is written down, the rest handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedPicture, Removed, Rule
from storyloft.ingest.importers.pages import polish
from storyloft.ingest.importers.pages.page import SavedPage, once, tidy

ADS = Rule("page-ads", "An advertisement inside the text.")
CONTROLS = Rule("page-controls", "Buttons and boxes of the page inside the text.")
LANDMARK = Rule("page-landmark", "A heading that only screen readers get, written by the site.")
SHARING = Rule("page-sharing", "Links for sharing the page.")

_SILENT = "script, style, link, meta, template, iframe, object, embed, svg, title"
_FURNITURE = (
    (
        ADS,
        'ins.adsbygoogle, .google-auto-placed, [id^="google_ads"], [id^="div-gpt-ad"], [data-ad-slot], '
        '.ad-container, .advertisement, [id^="ad-slot"], [class^="adsense"]',
    ),
    (CONTROLS, "button, input, select, textarea, noscript"),
    (LANDMARK, ".landmark, .sr-only, .screen-reader-text, .visually-hidden"),
    (SHARING, ".sharedaddy, .share-buttons, .social-share, .addtoany_share_save_container, .a2a_kit, .fb-like"),
)

_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
BLOCKS = frozenset(_BLOCKS_NAMES.split())


@dataclass
class Text:
    """What a region came to: loose HTML by chapter (one, unless it was cut at headings), and what went with it."""

    chapters: list[str]
    removed: list[Removed]
    pictures: list[ImportedPicture] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def absorb(self, other: Text, chapter: int) -> None:
        """Add what went with another region, which became the chapter at this place."""
        self.removed += [replace(removed, chapter=chapter) for removed in other.removed]
        self.pictures += [picture for picture in other.pictures if picture not in self.pictures]
        self.warnings += [warning for warning in other.warnings if warning not in self.warnings]


class Region:
    """Elements whose insides are the story, in reading order. Marks what is not the author's; `finish` cuts it out."""

    def __init__(self, page: SavedPage, nodes: Iterable[LexborNode]) -> None:
        self.page = page
        self.nodes = list(nodes)
        self._own = {node.mem_id for node in self.nodes}
        self._doomed: dict[int, tuple[LexborNode, Rule | None]] = {}
        self.take(_SILENT)
        for rule, selector in _FURNITURE:
            self.drop(selector, rule)

    def find(self, selector: str) -> list[LexborNode]:
        """The elements inside the region that the selector finds and that are not marked."""
        found = once(inner for node in self.nodes for inner in node.css(selector))
        return [inner for inner in found if inner.mem_id not in self._own and not self.is_gone(inner)]

    def drop(self, selector: str, rule: Rule, where: Callable[[LexborNode], object] | None = None) -> None:
        """Mark for removal, to be reported under the rule."""
        for node in self.find(selector):
            if where is None or where(node):
                self.drop_node(node, rule)

    def drop_node(self, node: LexborNode, rule: Rule | None) -> None:
        """Mark one element (or text node); without a rule it was read as a detail and is not reported."""
        if node.mem_id not in self._own:
            self._doomed.setdefault(node.mem_id, (node, rule))

    def take(self, selector: str) -> list[LexborNode]:
        """Elements that were read as something else (a note, a title); they leave the text without a report."""
        found = self.find(selector)
        for node in found:
            self.drop_node(node, None)
        return found

    def marks(self, node: LexborNode) -> bool:
        """Whether this very node is marked."""
        return node.mem_id in self._doomed

    def is_gone(self, node: LexborNode) -> bool:
        """Whether this element or one around it is marked already."""
        around: LexborNode | None = node
        while around is not None and around.mem_id not in self._own:
            if around.mem_id in self._doomed:
                return True
            around = around.parent
        return False

    def words(self) -> int:
        """How many words stand here now, roughly and cheaply."""
        return sum(len(text.split()) for text in self.texts())

    def is_empty(self) -> bool:
        """Whether neither a word nor a picture stands here."""
        return not any(text.strip() for text in self.texts()) and not self.find("img")

    def texts(self) -> Iterator[str]:
        """The pieces of text that stay."""
        for node, leaving in self.steps():
            if not leaving and node.is_text_node and node.mem_id not in self._doomed:
                yield node.text_content or ""

    def finish(self, starts: Iterable[LexborNode] = ()) -> Text:
        """Cut out what is marked and hand over the rest, cut anew at each of `starts` (which are taken out too)."""
        starts = list(starts)
        removed = list(self._report({node.mem_id for node in starts}))
        for node in self._outermost():
            node.remove()
        polished = polish.polish(self.page, self.nodes)
        html = polish.cut(self.nodes, starts) if starts else ["\n".join(node.inner_html or "" for node in self.nodes)]
        return Text(html, removed, polished.pictures, polished.warnings)

    def _outermost(self) -> list[LexborNode]:
        """The marked nodes that are not inside another marked one (removing frees a node with all it holds)."""
        return [node for node, _leaving in self.steps() if node.mem_id in self._doomed]

    def steps(self) -> Iterator[tuple[LexborNode, bool]]:
        """Every node in reading order, entered and left; without recursion, since pages may nest without end."""
        waiting = [(node, False) for node in reversed(self.nodes)]
        while waiting:
            node, leaving = waiting.pop()
            yield node, leaving
            if leaving or not node.is_element_node or node.mem_id in self._doomed or node.tag in ("script", "style"):
                continue
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]

    def _report(self, starts: set[int]) -> Iterator[Removed]:
        counter, passing = _Counter(), False  # while a chapter's heading passes, its words count for no chapter
        for node, leaving in self.steps():
            if node.mem_id in starts:
                passing = not leaving
                if leaving:
                    counter.next_chapter()
            elif passing:
                continue
            elif node.mem_id in self._doomed:
                counter.pass_block(node)
                rule, words = self._doomed[node.mem_id][1], _said(node)
                if rule and words:
                    yield Removed(text=words, rule=rule, chapter=counter.chapter, at=counter.blocks)
            else:
                counter.see(node, leaving)


def _said(node: LexborNode) -> str:
    return tidy(node.text(separator=" ") if node.is_element_node else node.text_content)


class _Counter:
    """Counts the blocks of a chapter that went by: what stands between block elements or double line breaks.

    A table is one block, as it is one passage, whatever it holds.
    """

    def __init__(self) -> None:
        self.chapter = self.blocks = self._breaks = self._tables = 0
        self._open = False

    def next_chapter(self) -> None:
        self._close()
        self.chapter, self.blocks = self.chapter + 1, 0

    def pass_block(self, node: LexborNode) -> None:
        if node.tag in BLOCKS:
            self._close()

    def see(self, node: LexborNode, leaving: bool) -> None:
        if node.tag == "table":
            self._table(leaving)
        elif self._tables:
            return
        elif node.is_text_node:
            if (node.text_content or "").strip():
                self._open, self._breaks = True, 0
        elif node.tag in BLOCKS:
            self._close()
            self.blocks += node.tag == "hr" and not leaving
        elif not leaving:
            self._see_inline(node)

    def _see_inline(self, node: LexborNode) -> None:
        self._open = self._open or node.tag == "img"
        self._breaks += node.tag == "br"
        if self._breaks > 1:
            self._close()

    def _table(self, leaving: bool) -> None:
        self._close()
        self._tables += -1 if leaving else 1
        self.blocks += not leaving and self._tables == 1

    def _close(self) -> None:
        self.blocks += self._open
        self._open, self._breaks = False, 0
