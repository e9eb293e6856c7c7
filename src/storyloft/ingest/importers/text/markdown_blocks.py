"""Markdown as a row of blocks, each rendered on its own, with headings and labelled quotes still to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Tables and crossed-out words, which CommonMark leaves out and writers use.
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# What writers spell in HTML because Markdown has no sign for it. Only bare tags: any other is words ("<stares>").
_SPELLED = re.compile(r"&lt;(/?(?:ruby|rt|rp|u|s|sub|sup|small|center)|br ?/?)&gt;", re.IGNORECASE)
_LABEL = re.compile(
    r"^[*_]{0,3}(?P<label>summary|notes?|a/n|author['’]?s['’]? notes?|end ?notes?)[*_]{0,3} ?:[*_]{0,3}\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its HTML, its plain words, its level where it is a heading (0 otherwise), its tokens."""

    html: str
    words: str
    level: int
    tokens: tuple[Token, ...]


def blocks_in(markdown: str) -> list[Block]:
    """The top-level blocks of a CommonMark text; raw HTML in it is words, but for a few bare tags."""
    env: dict[str, object] = {}
    blocks: list[Block] = []
    group: list[Token] = []
    depth = 0
    for token in _PARSER.parse(markdown, env):
        group.append(token)
        depth += token.nesting
        if depth == 0:
            blocks.append(_block(group))
            group = []
    return blocks


def _block(tokens: Sequence[Token]) -> Block:
    level = int(tokens[0].tag[1]) if tokens[0].type == "heading_open" else 0
    return Block(rendered(tokens), _words(tokens), level, tuple(tokens))


def rendered(tokens: Sequence[Token]) -> str:
    """These tokens as HTML."""
    html = str(_PARSER.renderer.render(list(tokens), _PARSER.options, {}))
    return html if "<code" in html else _SPELLED.sub(r"<\1>", html)


def _words(tokens: Sequence[Token]) -> str:
    pieces = [child for token in tokens for child in (token.children or ())]
    words = "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in pieces)
    return " ".join(words.split())


def labelled_quote(block: Block) -> tuple[str, str] | None:
    """What a quote that begins with "Notes:", "End notes:" or "Summary:" is, and its HTML without that label."""
    if block.tokens[0].type != "blockquote_open":
        return None
    inline = next((token for token in block.tokens if token.type == "inline"), None)
    found = _LABEL.match(inline.content) if inline else None
    if inline is None or found is None:
        return None
    label = found["label"].lower()
    kind = "summary" if label == "summary" else "end_notes" if label.startswith("end") else "notes"
    parsed = _PARSER.parseInline(inline.content[found.end() :])
    shorn = Token("inline", "", 0, content=inline.content[found.end() :], children=parsed[0].children, map=inline.map)
    inside = [shorn if token is inline else token for token in block.tokens[1:-1]]
    return kind, rendered(inside).replace("<p></p>\n", "")
