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

# Only what begins like one is looked at; the rest of a chapter is passed by.
_HINT = (
    rf"(?:<[^>]*>|\s)*+(?:[{_ORNAMENTS}⸻\[(]|[xo][x 0o]|a/n|an\b|a\.n|auth|edit|upda|eta|p\.? ?s"
    r"|(?:line|scene|page|time)[ -]?[bs])"
)
_CANDIDATE = re.compile(
    rf"<hr([^>]*)>|<(p|h[1-6])((?: [^>]*)?)>(?={_HINT})([^<]*+(?:<(?!/?(?:p|h[1-6])[ >])[^<]*+)*+)</\2>",
    re.IGNORECASE,
)
_BLOCK_START = re.compile(r"<(?:p|h[1-6r])[ >]")
_PARAGRAPH = re.compile(r"<p((?: [^>]*)?)>([^<]*+(?:<(?!/?p[ >])[^<]*+)*+)</p>")
_OPENED = re.compile(r"<[a-z](?!mg)(?!r>)")
_EDGE_BREAKS = re.compile(r"^(?:<br>)+|(?:<br>)+$")
_OPENING = re.compile(r'((?:<p(?: [^>]*)?>[^<]*+(?:<(?!/?p[ >])[^<]*+)*+</p>){1,2})<hr [^>]*class="scene-break"')
_LONGEST_OPENING, _MUCH_LONGER = 60, 5  # words; and the chapter must be so many times as long
_QUOTED = re.compile(r'["“”„»«]')
_I_OR_WE = re.compile(r"\b(?:I|I['’]\w+|we|my)\b", re.IGNORECASE)
_READERS = re.compile(
    r"\b(?:we all|you all|y['’]all|you guys|guys|everyone|readers?|read(?:ing)? (?:it|this)|hope|enjoy|let me know"
    r"|thanks?|sorry|comments?|vote|reviews?|requests?|prompts?|updat\w+|chapters?|fics?|fanfics?|one-?shots?|au)\b",
    re.IGNORECASE,
)
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
    return len(line := _normal(line)) <= _LONGEST and bool(_BREAK.fullmatch(line))


def is_authors_note(line: str) -> bool:
    """Does this line open as a note by the author (`A/N:`, `AN -`, `Edit 3/4:`, "P.S.:")?"""
    return bool(_NOTE.match(_normal(line)[:_LONGEST]))


def scene_break(glyphs: str = "") -> str:
    """The one element a scene break becomes; the author's own sign is its title."""
    title = f' title="{escape_attribute(" ".join(glyphs.split()))}"' if glyphs.strip() else ""
    return f'<hr{title} class="scene-break">'


def mark(html: str) -> tuple[str, list[Marked]]:
    """The HTML with every scene break in the one form and the class `authors-note` on the paragraphs that are notes.

    Expects paragraphs as `paragraphs` or `clean` leave them. Takes nothing away; a second call changes nothing.
    """
    marked: list[Marked] = []
    behind = before = 0

    def judged(block: re.Match[str]) -> str:
        nonlocal behind, before
        before += len(_BLOCK_START.findall(html, behind, block.start()))
        behind = block.start()
        kind, text, written = _judged(block)
        if kind is not None:
            marked.append(Marked(kind, text, before))
        return written

    result = _CANDIDATE.sub(judged, _breaks_within(html) if "<br>" in html else html)
    return _opening_note(result, marked)


def _judged(block: re.Match[str]) -> tuple[MarkedAs | None, str, str]:
    rule, name, attributes, inner = block.groups()
    if name is None:
        title = _TITLE.search(rule)
        text = _normal(plain(title[1])) if title else ""
        return "scene-break", text, block[0] if 'class="scene-break"' in rule else scene_break(text)
    text = plain(inner)
    if is_scene_break(text):
        return "scene-break", _normal(text), scene_break(text)
    if name == "p" and is_authors_note(text):
        return "authors-note", text, f"<p{_with_class(attributes, 'authors-note')}>{inner}</p>"
    return None, text, block[0]


def _breaks_within(html: str) -> str:
    """`<p>One<br>***<br>two</p>` is two paragraphs with a break between, unless some element reaches across it."""
    return _PARAGRAPH.sub(_split_at_breaks, html)


def _split_at_breaks(paragraph: re.Match[str]) -> str:
    attributes, inner = paragraph.groups()
    if "<br>" not in inner:
        return paragraph[0]
    parts: list[list[str]] = [[]]
    written = []
    depth = 0
    for line in inner.split("<br>"):
        if depth == 0 and is_scene_break(plain(line)):
            written.append(scene_break(plain(line)))
            parts.append([])
        else:
            parts[-1].append(line)
        depth += len(_OPENED.findall(line)) - line.count("</")
    if not written:
        return paragraph[0]
    texts = [_paragraph(attributes, lines) for lines in parts]
    return texts[0] + "".join(rule + text for rule, text in zip(written, texts[1:], strict=True))


def _paragraph(attributes: str, lines: list[str]) -> str:
    inner = _EDGE_BREAKS.sub("", "<br>".join(line.strip(" \t\n") for line in lines))
    return f"<p{attributes}>{inner}</p>" if inner else ""


def _opening_note(html: str, marked: list[Marked]) -> tuple[str, list[Marked]]:
    """A few words to the readers before the first break of a chapter ("So we all know he is leaving, right?")."""
    opening = _OPENING.match(html)
    if opening is None:
        return html, marked
    paragraphs = _PARAGRAPH.findall(opening[1])
    said = " ".join(plain(inner) for _, inner in paragraphs)
    if not _speaks_to_readers(said) or len(html) < _MUCH_LONGER * len(opening[1]):
        return html, marked
    known = {note.at for note in marked if note.kind == "authors-note"}
    notes = [Marked("authors-note", plain(inner), at) for at, (_, inner) in enumerate(paragraphs) if at not in known]
    written = "".join(f"<p{_with_class(attributes, 'authors-note')}>{inner}</p>" for attributes, inner in paragraphs)
    return written + html[opening.end(1) :], sorted([*notes, *marked], key=lambda note: note.at)


def _speaks_to_readers(said: str) -> bool:
    if len(said.split()) > _LONGEST_OPENING or _QUOTED.search(said):
        return False
    return bool(_I_OR_WE.search(said) and _READERS.search(said))


def _with_class(attributes: str, token: str) -> str:
    found = _CLASS.search(attributes)
    if found is None:
        return f'{attributes} class="{token}"'
    if token in found[1].split():
        return attributes
    return attributes.replace(found[0], f' class="{found[1]} {token}"')


def _normal(line: str) -> str:
    return " ".join(line.split())
