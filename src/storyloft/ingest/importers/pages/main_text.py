"""Finding the story in a page nobody knows: the smallest element that leaves no paragraph of the story outside."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import Rule
from storyloft.ingest.importers.pages.furniture import CONTAINERS, furniture
from storyloft.ingest.importers.pages.page import SavedPage, words_of
from storyloft.ingest.importers.pages.refusals import says_no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.pages.weighing import Tallies, Weighing, tally, weigh

AROUND = Rule("page-around", "A menu, comment, notice or list of links that the page put around the text.")
ENOUGH = 120  # words of main text that make a page a chapter though its site is not recognised in it

_KNOWN = (
    '[itemprop="articleBody"]', ".entry-content", ".post-body", ".post-content", ".story-content", ".chapter-content",
    "#storytext", "#story-text", "#chapter-content", ".userstuff",
)  # fmt: skip
_INLINE = frozenset({"b", "i", "em", "strong", "span", "font", "u"})
_PARAGRAPHS = frozenset({"p", "pre", "blockquote"})


def main_text(page: SavedPage) -> tuple[LexborNode, list[LexborNode]] | None:
    """The element with the story, and the furniture inside it; None for a page without a word."""
    body = page.tree.body
    if body is None or not words_of(body):
        return None
    tallies = tally(body)
    around = furniture(body, tallies)
    skipped = {node.mem_id for node in around}
    weighing = weigh(body, skipped)
    story = _known(page, weighing, skipped) or _descend(body, weighing, skipped, tallies)
    return story, [node for node in around if _inside(node, story)]


def main_region(page: SavedPage) -> Region:
    """The main text as a region with its furniture marked; an empty one for a page without a word."""
    found = main_text(page)
    region = Region(page, [found[0]] if found else [])
    for node in found[1] if found else []:
        region.drop_node(node, AROUND)
    return region


def story_region(page: SavedPage, selectors: Sequence[str], warnings: list[str], *, of_chapter: bool) -> Region:
    """Where a site keeps its text; for a chapter's page built in another way than known, the main text with a warning.

    Sites change their layouts often, and a page that cannot be saved again must not be refused for that.
    """
    region = Region(page, page.all(*selectors)[:1])
    if region.is_empty() and of_chapter and not says_no_story(page):
        main = main_region(page)
        if main.words() >= ENOUGH:
            warnings.append("This page is not built as pages of its site usually are; its main text was taken.")
            return main
    return region


def _known(page: SavedPage, weighing: Weighing, skipped: set[int]) -> LexborNode | None:
    """A container of a usual name, where there is but one and it holds most of the prose."""
    for selector in _KNOWN:
        found = page.tree.css(selector)
        if len(found) == 1 and found[0].mem_id not in skipped:
            held = weighing.prose.get(found[0].mem_id, 0)
            return found[0] if held and held >= 0.5 * weighing.total else None
    return None


def _descend(body: LexborNode, weighing: Weighing, skipped: set[int], tallies: Tallies) -> LexborNode:
    """Go down as long as one child holds all the prose and nothing beside it may be story."""
    node = body
    while True:
        children = [child for child in node.iter(include_text=True) if child.mem_id not in skipped]
        holding = [child for child in children if weighing.prose.get(child.mem_id)]
        if len(holding) != 1 or holding[0].tag not in CONTAINERS | {"tbody", "tr", "font", "span"}:
            return node
        if any(_may_be_story(child, tallies) for child in children if child.mem_id != holding[0].mem_id):
            return node
        node = holding[0]


def _may_be_story(node: LexborNode, tallies: Tallies) -> bool:
    """Whether an element beside the prose holds words that could belong to it: a paragraph or a stray line."""
    if node.is_text_node:
        return bool((node.text_content or "").strip())
    alone = node.tag in _PARAGRAPHS or node.tag in _INLINE
    paragraphs = [node] if alone else node.css("p, pre, blockquote")
    held = [one for paragraph in paragraphs if (one := tallies.get(paragraph.mem_id))]
    return any(one.words and not one.mostly_links() for one in held)


def _inside(node: LexborNode, story: LexborNode) -> bool:
    around = node.parent
    while around is not None:
        if around.mem_id == story.mem_id:
            return True
        around = around.parent
    return False
