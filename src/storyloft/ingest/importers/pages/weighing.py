"""Weighing a page: where its prose stands, and how much of each element is links."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from storyloft.ingest.importers.pages.region import BLOCKS

SENTENCE = 8  # words, links left out, from which a block counts as prose
UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "textarea", "select", "button", "head"})


@dataclass
class Weighing:
    """How many words of prose each element holds, and how many stood before each candidate for furniture."""

    prose: dict[int, int] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What an element holds: its words, those of them in links, and the links."""

    words: int
    linked: int
    links: int

    def mostly_links(self, share: float = 0.5) -> bool:
        """Whether this share of the words is links."""
        return self.links > 0 and self.linked >= share * self.words


Tallies = dict[int, Tally]


def tally(body: LexborNode) -> Tallies:
    """One walk over the page, so that no question about links needs another."""
    tallies: Tallies = {}
    words = linked = links = inside_links = 0
    open_elements: list[tuple[int, int, int]] = []
    waiting: list[tuple[LexborNode, bool]] = [(body, False)]
    while waiting:
        node, leaving = waiting.pop()
        if node.is_text_node:
            count = len((node.text_content or "").split())
            words, linked = words + count, linked + (count if inside_links else 0)
        elif leaving:
            before = open_elements.pop()
            tallies[node.mem_id] = Tally(words - before[0], linked - before[1], links - before[2])
            inside_links -= _is_link(node)
        elif node.is_element_node and node.tag not in UNSEEN:
            open_elements.append((words, linked, links))
            links, inside_links = links + _is_link(node), inside_links + _is_link(node)
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]
    return tallies


def _is_link(node: LexborNode) -> bool:
    return node.tag == "a" and "href" in node.attributes


def weigh(body: LexborNode, skipped: set[int]) -> Weighing:
    """One walk over the page: prose is counted by block, blocks shorter than a sentence and links do not count."""
    weighing, block = Weighing(), 0
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
        elif node.is_element_node and node.tag not in UNSEEN and node.tag != "a":
            open_elements.append((node.mem_id, weighing.total))
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]
    return weighing
