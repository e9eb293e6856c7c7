"""An HTML download: since 2019 with `#preface` and comments around each text, before without.

The file is cut at the archive's own comments, which no author can write; where they are missing (a one-shot, or a
file that went through a tidier) at the children of `#chapters`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, NotReadable
from storyloft.ingest.importers.ao3.editions import Pictures
from storyloft.ingest.importers.ao3.fragment import inner, inside_quotation
from storyloft.ingest.importers.ao3.heads import Head, chapter, read_end_notes, read_head
from storyloft.ingest.importers.ao3.preface import read_afterword, read_preface
from storyloft.ingest.importers.ao3.work import work

# Patterns here stay linear on any text: a hostile page may open ten thousand comments and close none.
_MARK = re.compile(r"<!--\s{0,9}(/?)chapter content\s{0,9}-->")
_CHAPTERS = re.compile(r"<div\b[^<>]*\bid=[\"']?chapters\b", re.IGNORECASE)
_LANG = re.compile(r'\slang="([A-Za-z-]{2,35})"')
_AFTERWORD = re.compile(r"<div\b[^<>]*\bid=[\"']?afterword\b", re.IGNORECASE)
NO_TEXT = "This page of the archive holds no chapter text."


@dataclass(frozen=True, slots=True)
class _Cut:
    preface: str
    chapters: list[ImportedChapter]
    heads: list[Head]
    afterword: str


def read_download(text: str, page: LexborHTMLParser) -> ImportedWork:
    """The work in a download; raises `NotReadable` where it holds no text."""
    cut = _at_comments(text) or _at_children(page)
    if not cut.chapters:
        raise NotReadable(NO_TEXT)
    pictures = Pictures()
    chapters = [replace(each, html=pictures.take(each.html)) for each in cut.chapters]
    whole = work(read_preface(cut.preface), chapters, cut.heads, read_afterword(cut.afterword))
    return replace(whole, pictures=tuple(pictures.found.values()))


def _at_comments(text: str) -> _Cut | None:
    texts = _texts(text)
    opening = list(_CHAPTERS.finditer(text, 0, texts[0][0])) if texts else []
    if not opening:
        return None
    frame = text.find(">", opening[-1].end()) + 1
    between = [frame, *(end for _start, end in texts)]
    heads = [read_head(text[start:stop]) for start, (stop, _end) in zip(between, texts, strict=False)]
    last = text[texts[-1][1] :]
    ends = [head.end_notes_before for head in heads[1:]] + [read_end_notes(last)]
    chapters = [
        replace(chapter(head, _unwrapped(text[start:stop]), end, place), language=_language(text[start:stop]))
        for place, (head, (start, stop), end) in enumerate(zip(heads, texts, ends, strict=True))
    ]
    return _Cut(text[:frame], chapters, heads, last[_start_of(_AFTERWORD, last) :])


def _texts(text: str) -> list[tuple[int, int]]:
    """Where each chapter's text stands, its two comments included (they are no words)."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for mark in _MARK.finditer(text):
        if mark[1] and start is not None:
            found.append((start, mark.end()))
            start = None
        elif not mark[1] and start is None:
            start = mark.start()
    return found


def _start_of(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def _unwrapped(html: str) -> str:
    """The text without the comments and the `div.userstuff` that the archive puts around it."""
    plain = _MARK.sub("", html).strip()
    tag, _, rest = plain.partition(">")
    if tag.startswith("<div") and "userstuff" in tag and rest.endswith("</div>"):
        return rest.removesuffix("</div>").strip()
    return plain


def _language(html: str) -> str:
    """The language that the text's frame names: our editions do where a chapter has its own."""
    tag = _MARK.sub("", html).lstrip().partition(">")[0]
    found = _LANG.search(tag) if tag.startswith("<div") else None
    return found[1] if found else ""


def _at_children(page: LexborHTMLParser) -> _Cut:
    frames = [node for node in page.css("#chapters") if not inside_quotation(node)]
    if not frames:
        raise NotReadable(NO_TEXT)
    frame = frames[0]
    groups: list[list[LexborNode]] = [[]]
    for child in frame.iter():
        if _is_head(child) and any(_is_text(node) for node in groups[-1]):
            groups.append([])
        groups[-1].append(child)
    heads, chapters = [], []
    for place, group in enumerate(groups):
        head, made = _chapter(group, place)
        heads.append(head)
        chapters += [made] if made.html else []
    return _Cut(_beside(frame, after=False), chapters, heads, _beside(frame, after=True))


def _chapter(group: list[LexborNode], place: int) -> tuple[Head, ImportedChapter]:
    first = next((n for n, node in enumerate(group) if _is_text(node)), len(group))
    ends = [node for node in group[first:] if _is_end(node)]
    head = read_head("".join(node.html or "" for node in group[:first]))
    html = "\n".join(inner(node) if _is_text(node) else node.html or "" for node in group[first:] if node not in ends)
    return head, chapter(head, html, read_end_notes("".join(node.html or "" for node in ends)), place)


def _is_head(node: LexborNode) -> bool:
    return node.tag == "div" and "group" in _classes(node)


def _is_end(node: LexborNode) -> bool:
    return (node.attributes.get("id") or "").startswith("endnotes") or "endnote-link" in _classes(node)


def _is_text(node: LexborNode) -> bool:
    return node.tag == "div" and "userstuff" in _classes(node)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _beside(frame: LexborNode, *, after: bool) -> str:
    """The HTML of everything before (or after) the chapters."""
    found: list[str] = []
    node = frame.next if after else frame.prev
    while node is not None:
        found.append(node.html or "")
        node = node.next if after else node.prev
    return "".join(found if after else reversed(found))
