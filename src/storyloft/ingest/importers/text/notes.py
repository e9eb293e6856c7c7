"""Where an author greets the readers before a story begins: marked, never moved or deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

MOST_PARAGRAPHS = 3
MOST_WORDS = 120
LEAST_STORY = 2  # paragraphs that must follow, else the whole text may be the note

_QUOTED = re.compile(r"[\"“”„«»]")
_SPEAKER = re.compile(r"\b(?:i|i['’]m|i['’]ve|i['’]ll|i['’]d|im|my|me|we)\b", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\?|\b(?:you|you['’]re|you['’]ve|your|guys|"
    r"y['’]all|readers?|everyone|everybody|we all|let me know|please)\b",
    re.I,
)
_ABOUT_THE_STORY = re.compile(
    r"\b(?:hope|enjoy|guys|"
    r"y['’]all|chapters?|fan ?fic\w*|fics?|stor(?:y|ies)|one[- ]?shots?|read(?:ing|ers?)?|votes?|comments?|"
    r"updates?|updating|requests?|requested|prompts?|spoilers?|episodes?|seasons?|canon|au|reviews?|kudos|feedback|"
    r"wrote|written|writing|write|posted|posting|dedicated|idea|ship|pov|trigger warnings?|"
    r"disclaimer|own (?:none|nothing))\b",
    re.IGNORECASE,
)
_NARRATION = re.compile(
    r"\b(?:was|were|had|did|said|asked|went|came|saw|looked|turned|stood|sat|knew|thought|felt)\b", re.I
)
_BLOCK = re.compile(r"(?=<(?:p|hr|div|blockquote|h[1-6]|ul|ol|pre|table|figure)\b)")
_OPENING = re.compile(r"\s*<(?:blockquote|div)\b[^>]*>\s*")
_TAG = re.compile(r"<[^>]*>")


def blocks_of(html: str) -> list[str]:
    """The blocks of HTML that was made from text, each with its tags; a letter's quote opens with its first line."""
    blocks: list[str] = []
    opening = ""
    for block in _BLOCK.split(html):
        if _OPENING.fullmatch(block):
            opening += block
        elif block.strip():
            blocks.append(opening + block)
            opening = ""
    return blocks


def words_of(block: str) -> str:
    """The words of a block without tags."""
    return unescape(_TAG.sub(" ", block)).strip()


def is_break(block: str) -> bool:
    """Whether this block is a scene break."""
    return block.startswith("<hr")


def opening_note(blocks: Sequence[str]) -> int:
    """How many of the first blocks are an author's greeting before the story: 0 where it is not clearly one.

    It stands before the first scene break, is short, speaks in the first person to somebody about the story, quotes
    nobody and hardly narrates. A first-person story opens otherwise: it narrates, or talks about no story.
    """
    end = next((at for at, block in enumerate(blocks[: MOST_PARAGRAPHS + 1]) if is_break(block)), 0)
    if not end or len(blocks) - end - 1 < LEAST_STORY:
        return 0
    words = " ".join(words_of(block) for block in blocks[:end])
    return end if len(words) < 2_000 and _greets(words) else 0


def _greets(words: str) -> bool:
    if len(words.split()) > MOST_WORDS or _QUOTED.search(words):
        return False
    about = len(_ABOUT_THE_STORY.findall(words))
    narrated = len(_NARRATION.findall(words))
    return bool(_SPEAKER.search(words) and _ADDRESSED.search(words) and about > narrated)


def with_notes_marked(blocks: Sequence[str]) -> list[str]:
    """The blocks with an opening note wrapped in `<div class="authors-note">`, in its place.

    A paragraph that names itself a note ("A/N: …") needs no mark here: the gate knows it wherever it comes from.
    """
    opening = opening_note(blocks)
    return [
        f'<div class="authors-note">{block.strip()}</div>\n' if at < opening else block
        for at, block in enumerate(blocks)
    ]
