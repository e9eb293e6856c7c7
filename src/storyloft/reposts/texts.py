"""A work's text as plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from storyloft.prose.clean import CleanHtml
from storyloft.prose.markup import plain
from storyloft.prose.passages import passages
from storyloft.prose.shingles import normal
from storyloft.works.models import Chapter, ChapterQuerySet

_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|[uod]l|pre|d[dt]|t[dhr]|div|blockquote|hr|table|caption|fig[a-z]*)\b[^>]*>")


class Paragraph(NamedTuple):
    """A paragraph with its address: the chapter's public id, the passage's id."""

    chapter: int
    passage: str
    text: str


def chapters_of(work_id: int) -> ChapterQuerySet:
    """The chapters that are shown of a work, in order."""
    return Chapter.objects.filter(work_id=work_id, taken_back_at=None, current__isnull=False)


def words_of(html: str) -> str:
    """All words of a chapter's clean HTML, for sampling: much faster than its passages, and the same words."""
    return plain(_BLOCK.sub("\n", html))


def paragraphs_of(chapters: ChapterQuerySet) -> Iterator[Paragraph]:
    """Every paragraph of these chapters with its address."""
    for public_id, html in chapters.values_list("public_id", "current__html"):
        for passage in passages(CleanHtml(html)):
            if passage.kind != "break":
                yield Paragraph(public_id, passage.id, normal(passage.text))
