"""Scene breaks and authors' notes inside a text: recognised, given one form, never taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from storyloft.prose.markup import escape_attribute, plain

# story-page-shapes, section 4, and a few more ornaments people use. "..." alone, a lone dash and a lone # are none.
_ORNAMENTS = r"*＊∗✱⁎#+~=_•·◦●○♡♥☆★❀✿⚓—–\-⁂❦❧☙◆◇♦✦✧❖※§^%"
_BREAK = re.compile(
    rf"""(?:[{_ORNAMENTS}][ ]?){{2,}} | [*⁂❦❧☙⸻◆◇✦✧❖※§]
    | x{{3,}} | o{{3,}}
    | (?:[{_ORNAMENTS}][ ]?)+(?:x{{1,}}|o[o0]*)(?:[ ]?[{_ORNAMENTS}][ ]?(?:x+|o[o0]*))*(?:[ ]?[{_ORNAMENTS}])+
    | x(?:[ ]x){{2,}} | o(?:[ ]?0[ ]?o|[ ]o[ ]o)(?:[ ]?[o0])*
    | [-*~ ]*(?:line|scene|page|time)[ -]?(?:break|skip)[-*~ ]*""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE = re.compile(
    r"[\[(*_]*\s?(?:(?i:edit(?:ed)?|updated?|eta|p\.?\s?s\.?|a/n|author['’]?s?['’]? notes?)|AN|A\.N\.)"
    r"\s?[\d/.\-]*\s?(?::|[-–—](?=\s))"
)
_LONGEST = 300  # characters of a line that a rule looks at: on raw runs of blanks such patterns take cubic time

# A paragraph that cannot be either is passed by without a second look.
_HINT = re.compile(
    rf"(?:<[^>]*>|\s)*(?:[{_ORNAMENTS}⸻]|[xo][x 0o]|[\[(*_]|a/n|an\b|a\.n|auth|edit|upda|eta|p\.? ?s"
    r"|(?:line|scene|page|time)[ -]?[bs])",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<hr([^>]*)>|<(p|h[1-6])((?: [^>]*)?)>((?:[^<]|<(?!/?(?:p|h[1-6])[ >]))*+)</\2>")
_CLASS = re.compile(r' class="([^"]*)"')
_TITLE = re.compile(r' title="([^"]*)"')

MarkedAs = Literal["scene-break", "authors-note"]


@dataclass(frozen=True, slots=True)
class Marked:
    """Something in the text shown for what it is; `at` is the number of paragraphs, headings and rules before it."""

    kind: MarkedAs
    text: str
    at: int


def is_scene_break(line: str) -> bool:
    """Is this line nothing but a break between two scenes (`***`, `~*~`, `xXx`, "- scene break -")?"""
    return bool(_BREAK.fullmatch(_normal(line)))


def is_authors_note(line: str) -> bool:
    """Does this line open as a note by the author (`A/N:`, `AN -`, `Edit 3/4:`, "P.S.:")?"""
    return bool(_NOTE.match(_normal(line)))


def scene_break(glyphs: str = "") -> str:
    """The one element a scene break becomes; the author's own sign is its title."""
    title = f' title="{escape_attribute(" ".join(glyphs.split()))}"' if glyphs.strip() else ""
    return f'<hr{title} class="scene-break">'


def mark(html: str) -> tuple[str, list[Marked]]:
    """The HTML with every scene break in the one form and the class `authors-note` on the paragraphs that are notes.

    Expects paragraphs as `paragraphs` or `clean` leave them. Takes nothing away; a second call changes nothing.
    """
    marked: list[Marked] = []
    at = -1

    def judged(block: re.Match[str]) -> str:
        nonlocal at
        at += 1
        rule, name, attributes, inner = block.groups()
        if name is None:
            glyphs = (_TITLE.search(rule) or ["", ""])[1]
            marked.append(Marked("scene-break", plain(glyphs), at))
            return scene_break(plain(glyphs))
        if not _HINT.match(inner):
            return block[0]
        text = plain(inner)
        if is_scene_break(text):
            marked.append(Marked("scene-break", text, at))
            return scene_break(text)
        if name == "p" and is_authors_note(text):
            marked.append(Marked("authors-note", text, at))
            return f"<p{_with_class(attributes, 'authors-note')}>{inner}</p>"
        return block[0]

    return _BLOCK.sub(judged, html), marked


def _with_class(attributes: str, token: str) -> str:
    found = _CLASS.search(attributes)
    if found is None:
        return f'{attributes} class="{token}"'
    if token in found[1].split():
        return attributes
    return attributes.replace(found[0], f' class="{found[1]} {token}"')


def _normal(line: str) -> str:
    return " ".join(line[: 4 * _LONGEST].split())[:_LONGEST]
