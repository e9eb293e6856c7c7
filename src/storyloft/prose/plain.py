"""Plain text into paragraphs, and paragraphs into plain text."""

from __future__ import annotations

import re

from storyloft.prose.layout import Layout, Line, blocks_of, layout_of, rejoined
from storyloft.prose.letters import is_inset
from storyloft.prose.markup import escape_text, normalise, plain
from storyloft.prose.passages import blocks
from storyloft.prose.scenes import is_scene_break, scene_break

_STRONG = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=[^\s_])([^_\n]+)(?<=\S)__(?![\w_])"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]+)(?<=\S)_(?![\w_])"
)
_DOUBTFUL = re.compile(r"(?<![\w*])[*](?=[^\s*])|(?<=[^\s*])[*](?![\w*])")
_LONGEST_TITLE = 120


def html_from_text(text: str) -> str:
    """Plain text as paragraphs in loose HTML, whichever way it was typed (see `layout`).

    Scene breaks of every form become the one element with the author's sign as title. Where a line is a paragraph, a
    blank line is a scene break too, but not around a letter or other inset, which is set apart as one. `*x*` and
    `_x_` become emphasis where they can mean nothing else.
    """
    groups = blocks_of(normalise(text))
    layout = layout_of(groups)
    if layout is Layout.LINES:
        written = _by_lines(groups)
    else:
        written = [part for group in groups for part in _group(group, layout)]
    return "".join(_without_doubled_breaks(written))


def plain_text(html: str) -> str:
    """The words of clean HTML: paragraphs with a blank line between, a scene break as its sign (or `* * *`)."""
    found = list(blocks(html))
    if not found:
        return plain(html)
    lead = plain(html[: found[0].at - len(found[0].name) - 1])
    parts = [lead, *((block.text or "* * *") if block.name == "hr" else block.text for block in found)]
    return "\n\n".join(part for part in parts if part.strip("\u00a0 \n\t"))


def paragraph(text: str) -> str:
    """One paragraph of typed text as HTML; the line ends in it are the author's."""
    html = escape_text(text.replace("&", "&amp;"))
    if "*" in html or "_" in html:
        html = _emphasised(html)
    return f"<p>{html.replace(chr(10), '<br>')}</p>"


def _emphasised(html: str) -> str:
    tried = _STRONG.sub(lambda found: f"<strong>{found[1] or found[2]}</strong>", html)
    tried = _EMPHASIS.sub(lambda found: f"<em>{found[1] or found[2]}</em>", tried)
    # A star left over that could open or close something makes every star of the paragraph doubtful.
    return html if _DOUBTFUL.search(tried) else tried


def _by_lines(groups: list[list[Line]]) -> list[str]:
    """One paragraph a line: a group is a scene, unless it is the title or an inset."""
    written: list[str] = []
    joined = True  # nothing to break from yet
    for at, group in enumerate(groups):
        lines = [line.text for line in group]
        inset = is_inset(lines)
        if not joined and not inset:
            written.append(scene_break())
        inner = [scene_break(line) if is_scene_break(line) else paragraph(line) for line in lines]
        written += ['<blockquote class="letter">', *inner, "</blockquote>"] if inset else inner
        joined = inset or (at == 0 and len(lines) == 1 and len(lines[0]) <= _LONGEST_TITLE)
    return written


def _group(group: list[Line], layout: Layout) -> list[str]:
    """One group of lines between blank ones, in every other layout."""
    written: list[str] = []
    if group[0].gap > 1 and layout is Layout.PARAGRAPHS and group[0].wide_gap:
        written.append(scene_break())
    for part in rejoined(group, layout):
        written.append(scene_break(part) if is_scene_break(part) else paragraph(part))
    if layout is Layout.VERSE:
        return [part.replace("<p>", '<p class="poem">', 1) for part in written]
    return written


def _without_doubled_breaks(written: list[str]) -> list[str]:
    """A blank line beside a typed break is not another one, and no text begins or ends with a bare one."""
    bare = scene_break()
    kept: list[str] = []
    for at, part in enumerate(written):
        beside = written[at - 1 : at] + written[at + 1 : at + 2]
        if part == bare and (len(beside) < 2 or any(other.startswith("<hr") for other in beside)):
            continue
        kept.append(part)
    return kept
