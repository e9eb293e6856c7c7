"""Finding the story in a page nobody knows: the smallest element that leaves no paragraph of the story outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import Rule
from storyloft.ingest.importers.pages.page import SavedPage, attribute, words_of
from storyloft.ingest.importers.pages.refusals import says_no_story
from storyloft.ingest.importers.pages.region import BLOCKS, Region

AROUND = Rule("page-around", "A menu, comment, notice or list of links that the page put around the text.")
ENOUGH = 120  # words of main text that make a page a chapter though its site is not recognised in it
SENTENCE = 8  # words, links left out, from which a block counts as prose

_KNOWN = (
    '[itemprop="articleBody"]', ".entry-content", ".post-body", ".post-content", ".story-content", ".chapter-content",
    "#storytext", "#story-text", "#chapter-content", ".userstuff",
)  # fmt: skip
_CONTAINERS_NAMES = "div section ul ol dl table form nav aside footer header menu center td main article body"
_CONTAINERS = frozenset(_CONTAINERS_NAMES.split())
_ALWAYS = frozenset({"nav", "aside", "footer", "header", "form", "menu", "dialog"})
_LABELS_NAMES = (
    "comment comments respond disqus sidebar widget widgets share sharing sharedaddy social related "
    "recommended recommendations nav navigation navbar menu menubar breadcrumb breadcrumbs footer masthead "
    "banner cookie cookies popup modal login signup subscribe newsletter promo ad ads advert advertisement "
    "pagination pager toolbar jumpmenu skip"
)
_LABELS = frozenset(_LABELS_NAMES.split())
_COMMENTS = frozenset({"comment", "comments", "respond", "disqus"})
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PARAGRAPHS = frozenset({"p", "pre", "blockquote"})
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "textarea", "select", "button", "head"}
)


@dataclass
class _Weighing:
    """How many words of prose each element holds, and how many stood before each candidate for furniture."""

    prose: dict[int, int] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)
    total: int = 0


def main_text(page: SavedPage) -> tuple[LexborNode, list[LexborNode]] | None:
    """The element with the story, and the furniture inside it; None for a page without a word."""
    body = page.tree.body
    if body is None or not words_of(body):
        return None
    furniture = _furniture(body)
    skipped = {node.mem_id for node in furniture}
    weighing = _weigh(body, skipped)
    story = _known(page, weighing, skipped) or _descend(body, weighing, skipped)
    return story, [node for node in furniture if _inside(node, story)]


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


def _known(page: SavedPage, weighing: _Weighing, skipped: set[int]) -> LexborNode | None:
    """A container of a usual name, where there is but one and it holds most of the prose."""
    for selector in _KNOWN:
        found = page.tree.css(selector)
        if len(found) == 1 and found[0].mem_id not in skipped:
            held = weighing.prose.get(found[0].mem_id, 0)
            return found[0] if held and held >= 0.5 * weighing.total else None
    return None


def _descend(body: LexborNode, weighing: _Weighing, skipped: set[int]) -> LexborNode:
    """Go down as long as one child holds all the prose and nothing beside it may be story."""
    node = body
    while True:
        children = [child for child in node.iter(include_text=True) if child.mem_id not in skipped]
        holding = [child for child in children if weighing.prose.get(child.mem_id)]
        if len(holding) != 1 or holding[0].tag not in _CONTAINERS | {"tbody", "tr", "font", "span"}:
            return node
        if any(_may_be_story(child) for child in children if child.mem_id != holding[0].mem_id):
            return node
        node = holding[0]


def _may_be_story(node: LexborNode) -> bool:
    """Whether an element beside the prose holds words that could belong to it: a paragraph or a stray line."""
    if node.is_text_node:
        return bool((node.text_content or "").strip())
    if node.tag in ("b", "i", "em", "strong", "span", "font", "u"):
        return bool(words_of(node)) and not _mostly_links(node)
    paragraphs = [node] if node.tag in _PARAGRAPHS else node.css("p, pre, blockquote")
    return any(words_of(paragraph) and not _mostly_links(paragraph) for paragraph in paragraphs)


def _furniture(body: LexborNode) -> list[LexborNode]:
    """Elements named like furniture, outermost first, that stand at an edge of the prose or are mostly links."""
    candidates = list(_candidates(body))
    while True:
        weighing = _weigh(body, {node.mem_id for node in candidates})
        kept = [node for node in candidates if _is_furniture(node, weighing)]
        if len(kept) == len(candidates):
            return kept
        candidates = kept


def _candidates(body: LexborNode) -> Iterator[LexborNode]:
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.mem_id != body.mem_id and _may_be_furniture(node):
            yield node
        elif node.tag not in _UNSEEN:
            waiting += reversed(list(node.iter()))


def _may_be_furniture(node: LexborNode) -> bool:
    """By its element, its name or its links; a heading or an aside inside the article is most likely the author's."""
    if node.tag in ("header", "aside", "footer") and _inside_article(node):
        return _mostly_links(node)
    return node.tag in _ALWAYS or bool(_labels(node) & _LABELS) or _is_list_of_links(node)


def _inside_article(node: LexborNode) -> bool:
    around = node.parent
    while around is not None:
        if around.tag in ("article", "main"):
            return True
        around = around.parent
    return False


def _labels(node: LexborNode) -> set[str]:
    if node.tag not in _CONTAINERS:
        return set()
    return {token.lower() for token in _TOKEN.findall(f"{attribute(node, 'class')} {attribute(node, 'id')}")}


def _is_furniture(node: LexborNode, weighing: _Weighing) -> bool:
    held = len(words_of(node).split())
    enough = 60 if _labels(node) & _COMMENTS else max(held, 1)
    if not _mostly_links(node) and weighing.total < enough:
        return False  # it may be the story itself: sites wrap whole pages in a form or in "has-sidebar"
    return weighing.before.get(node.mem_id, 0) in (0, weighing.total) or _mostly_links(node)


def _is_list_of_links(node: LexborNode) -> bool:
    return node.tag in ("ul", "ol", "table", "p", "div") and len(node.css("a[href]")) >= 3 and _mostly_links(node, 0.8)


def _mostly_links(node: LexborNode, share: float = 0.5) -> bool:
    words = len(words_of(node).split())
    linked = sum(len(words_of(link).split()) for link in node.css("a[href]") if link.mem_id != node.mem_id)
    return node.tag == "a" or (linked > 0 and linked >= share * words)


def _weigh(body: LexborNode, skipped: set[int]) -> _Weighing:
    """One walk over the page: prose is counted by block, blocks shorter than a sentence and links do not count."""
    weighing, block = _Weighing(), 0
    open_elements: list[tuple[int, int]] = []  # an element and the prose that stood before it
    waiting: list[tuple[LexborNode, bool]] = [(body, False)]
    while waiting:
        node, leaving = waiting.pop()
        if node.is_text_node:
            block += len((node.text_content or "").split())
            continue
        if node.tag in BLOCKS:
            weighing.total, block = weighing.total + (block if block >= SENTENCE else 0), 0
        if leaving:
            mem_id, before = open_elements.pop()
            weighing.prose[mem_id] = weighing.total - before
        elif node.mem_id in skipped:
            weighing.before[node.mem_id] = weighing.total
        elif node.is_element_node and node.tag not in _UNSEEN and node.tag != "a":
            open_elements.append((node.mem_id, weighing.total))
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]
    return weighing


def _inside(node: LexborNode, story: LexborNode) -> bool:
    around = node.parent
    while around is not None:
        if around.mem_id == story.mem_id:
            return True
        around = around.parent
    return False
