"""What a page puts around its text: menus, comments, side columns, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from storyloft.ingest.importers.pages.page import attribute
from storyloft.ingest.importers.pages.weighing import UNSEEN, Tallies, Weighing, weigh

_CONTAINER_NAMES = "div section ul ol dl table form nav aside footer header menu center td main article body"
CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_ALWAYS = frozenset({"nav", "aside", "footer", "header", "form", "menu", "dialog"})
_LABEL_NAMES = (
    "comment comments respond disqus sidebar widget widgets share sharing sharedaddy social related "
    "recommended recommendations nav navigation navbar menu menubar breadcrumb breadcrumbs footer masthead "
    "banner cookie cookies popup modal login signup subscribe newsletter promo ad ads advert advertisement "
    "pagination pager toolbar jumpmenu skip"
)
_LABELS = frozenset(_LABEL_NAMES.split())
_COMMENTS = frozenset({"comment", "comments", "respond", "disqus"})
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ROUNDS = 12  # how deep wrappers named like furniture may nest around a story


def furniture(body: LexborNode, tallies: Tallies) -> list[LexborNode]:
    """Elements named like furniture, outermost first, that stand at an edge of the prose or are mostly links.

    One that turns out to hold the story is opened, and furniture looked for inside it.
    """
    candidates = list(_candidates(body, tallies))
    for _round in range(_ROUNDS):
        weighing = weigh(body, {node.mem_id for node in candidates})
        refused = _too_heavy(candidates, weighing, tallies) or [
            node for node in candidates if not _stands_aside(node, weighing, tallies)
        ]
        if not refused:
            return candidates
        ids = {node.mem_id for node in refused}
        inner = [one for node in refused for one in _candidates(node, tallies)]
        candidates = [node for node in candidates if node.mem_id not in ids] + inner
    return []


def _too_heavy(candidates: Sequence[LexborNode], weighing: Weighing, tallies: Tallies) -> list[LexborNode]:
    """The longest candidate, if it may be the story itself: sites wrap whole pages in a form or in "has-sidebar"."""
    heavy = [node for node in candidates if not tallies[node.mem_id].mostly_links()]
    heavy = [node for node in heavy if weighing.total < (60 if _labels(node) & _COMMENTS else _words(node, tallies))]
    return [max(heavy, key=lambda node: _words(node, tallies))] if heavy else []


def _words(node: LexborNode, tallies: Tallies) -> int:
    return max(tallies[node.mem_id].words, 1)


def _stands_aside(node: LexborNode, weighing: Weighing, tallies: Tallies) -> bool:
    return weighing.before.get(node.mem_id, 0) in (0, weighing.total) or tallies[node.mem_id].mostly_links()


def _candidates(top: LexborNode, tallies: Tallies) -> Iterator[LexborNode]:
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.mem_id != top.mem_id and _may_be_furniture(node, tallies):
            yield node
        elif node.tag not in UNSEEN:
            waiting += reversed(list(node.iter()))


def _may_be_furniture(node: LexborNode, tallies: Tallies) -> bool:
    """By its element, its name or its links; a heading or an aside inside the article is most likely the author's."""
    tally = tallies.get(node.mem_id)
    if tally is None:
        return False
    if node.tag in ("header", "aside", "footer") and _inside_article(node):
        return tally.mostly_links()
    if tally.links >= 3 and tally.mostly_links(0.8) and node.tag in ("ul", "ol", "table", "p", "div"):
        return True
    return node.tag in _ALWAYS or bool(_labels(node) & _LABELS)


def _inside_article(node: LexborNode) -> bool:
    around = node.parent
    while around is not None:
        if around.tag in ("article", "main"):
            return True
        around = around.parent
    return False


def _labels(node: LexborNode) -> set[str]:
    if node.tag not in CONTAINERS:
        return set()
    return {token.lower() for token in _TOKEN.findall(f"{attribute(node, 'class')} {attribute(node, 'id')}")}
