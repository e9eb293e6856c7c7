"""PDF: its text page by page, joined again into paragraphs, and read as the plain text it came from. A last resort."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median
from typing import Any

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedByline, ImportedWork, NotReadable, Recognition, Removed, Rule
from storyloft.ingest.registry import recognise

MOST_PAGES = 5_000
BEST_EFFORT = "A PDF keeps lines, not paragraphs: this is a best effort. If there is an EPUB of the story, import that."
RUNNING_HEAD = Rule("running-head", "A line that stands at the top or bottom of most pages.")
PAGE_NUMBER = Rule("page-number", "The number of a page.")
_NUMBER = re.compile(r"(?:page )?[-–—]? ?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:/|of) ?\d{1,4})? ?[-–—]?", re.IGNORECASE)
# AO3 prints its labels beneath each other without space between, some with the value on the next line.
_LABEL = re.compile(
    r"(?:Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|Language"
    r"|Series|Collections?|Stats|Title|Author|Summary):|Posted originally on "
)

_LOCKED = "This PDF is locked with a password; save it without one and give it again."
_DAMAGED = "This PDF is damaged and cannot be opened."
_NO_TEXT = "This PDF holds pictures of pages and no text."


class PortableDocument:
    """A PDF with text in it."""

    name = "pdf"
    title = "PDF"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it begins as a PDF does") if file.kind == "pdf" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        pages, told = _opened(file.data)
        story, removed = _without_furniture(pages)
        text = "\n\n".join(_paragraphs(story))
        if not text.strip():
            raise NotReadable(_NO_TEXT)
        given = GivenFile(f"{file.name}.txt", text.encode())
        importer, _claim = recognise(given)
        for work in importer.read(given):
            yield replace(
                work,
                title=work.title or told.get("Title", ""),
                bylines=work.bylines or _bylines(told.get("Author", "")),
                removed=(*work.removed, *removed),
                warnings=(*work.warnings, BEST_EFFORT),
            )


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line and where it stands, in points from the page's lower left corner."""

    words: str
    left: float
    right: float
    foot: float

    def room_for(self, following: str) -> float:
        """How wide a word of the next line would be, set as this line is."""
        return (self.right - self.left) / len(self.words) * (len(following.partition(" ")[0]) + 1)


def _bylines(author: str) -> tuple[ImportedByline, ...]:
    return (ImportedByline(name=author),) if author else ()


def _opened(data: bytes) -> tuple[list[list[_Line]], dict[str, str]]:
    """The lines of every page, and what the file says of itself."""
    # Imported late: the library of the browser behind it is large, and few give PDFs.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotReadable(_LOCKED if "password" in str(error).lower() else _DAMAGED) from error
    with document:
        if len(document) > MOST_PAGES:
            raise NotReadable(f"This PDF has more than {MOST_PAGES:,} pages.")
        told = {}
        with suppress(pypdfium2.PdfiumError):
            told = document.get_metadata_dict(skip_empty=True)
        return [list(_lines(document[at])) for at in range(len(document))], told


def _lines(page: Any) -> Iterator[_Line]:  # noqa: ANN401 the library has no types
    text_page = page.get_textpage()
    at = 0
    for line in text_page.get_text_range().split("\r\n"):
        words = line.strip()
        if words:
            first = at + len(line) - len(line.lstrip())
            left, foot, *_rest = text_page.get_charbox(first, loose=True)
            right = text_page.get_charbox(first + len(words) - 1, loose=True)[2]
            # U+FFFE is how the library marks a word that was cut at the end of a line.
            yield _Line(words.replace("\ufffe", ""), left, right, foot)
        at += len(line) + 2
    text_page.close()
    page.close()


def _without_furniture(pages: Sequence[list[_Line]]) -> tuple[list[list[_Line]], list[Removed]]:
    """The pages without their numbers and running heads, and what these were, each head once."""
    edges = Counter(shape for page in pages for shape in {_shape(line.words) for line in (*page[:2], *page[-2:])})
    repeated = {shape for shape, count in edges.items() if count >= 3 and count * 5 >= len(pages) * 2}
    heads: dict[str, None] = {}
    numbers: list[str] = []
    for page in pages:
        for at in (0, -1):
            while page and _shape(page[at].words) in repeated:
                words = page.pop(at).words
                if _NUMBER.fullmatch(words):
                    numbers.append(words)
                else:
                    heads[words] = None
    removed = [Removed(text=head, rule=RUNNING_HEAD) for head in heads]
    return list(pages), removed + ([Removed(text="\n".join(numbers), rule=PAGE_NUMBER)] if numbers else [])


def _shape(words: str) -> str:
    """A line with its numbers alike, so that "12 · The Lamp" and "13 · The Lamp" are one."""
    return re.sub(r"\d+", "#", words)


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Lines to paragraphs, by how a page is set: space between, an indent, room that the next word would have had."""
    page_of = [line for page in pages for line in page]
    pitches = [above.foot - below.foot for above, below in pairwise(page_of) if above.foot > below.foot]
    pitch = median(pitches) if pitches else 0
    margins = Counter(round(line.left) for line in page_of)
    left = margins.most_common(1)[0][0] if margins else 0
    right = _right_margin([line.right for line in page_of])
    paragraph = ""
    for line, following in zip_longest(page_of, page_of[1:]):
        paragraph = _continued(paragraph, line.words)
        if following is None or _ends(line, following, pitch, left, right):
            yield paragraph
            paragraph = ""


def _right_margin(ends: Sequence[float]) -> float:
    """Where full lines end; not the furthest one, for addresses run over the margin."""
    full = sorted(end for end in ends if end * 2 > max(ends))
    return full[len(full) * 9 // 10] if full else 0


def _continued(paragraph: str, words: str) -> str:
    """A word cut at a line's end is one word again; a dash stays one."""
    if re.search(r"\w-$", paragraph) and words[:1].islower():
        return paragraph[:-1] + words
    return f"{paragraph} {words}" if paragraph else words


def _ends(line: _Line, following: _Line, pitch: float, left: float, right: float) -> bool:
    if _LABEL.fullmatch(line.words):
        return False
    if _LABEL.match(line.words) or _LABEL.match(following.words):
        return True
    spaced = line.foot - following.foot > 1.4 * pitch
    indented = following.left - left > 6
    return spaced or indented or right - line.right > 1.15 * line.room_for(following.words)


importer = PortableDocument()
