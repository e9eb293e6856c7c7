"""Everything a text goes through on its way in, in one call."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from storyloft.prose.clean import CleanHtml, Field, gate
from storyloft.prose.count import count_words, words_in
from storyloft.prose.passages import Passage, addressed
from storyloft.prose.policy import POLICY
from storyloft.prose.scenes import Marked, mark


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be stored: clean and addressed, with what was learned on the way."""

    html: CleanHtml
    words: int
    passages: list[Passage]
    marked: list[Marked]
    policy: int


def prepare(
    html: str,
    field: Field = Field.STORY,
    *,
    pictures: Mapping[str, str] | None = None,
    before: CleanHtml | None = None,
    taken: Collection[str] = (),
) -> Prepared:
    """Cost is checked, meaning kept, paragraphs made, all of it cleaned, marked, addressed and counted.

    `before` is the text this one replaces: its passages keep their ids. `taken` are ids no new passage may have.
    Raises TooCostly. Only a story is marked and addressed: notes, summaries and comments stand on the same page.
    """
    cleaned = gate(html, field, pictures, wrap=True)
    if field is not Field.STORY:
        return Prepared(cleaned, words_in(cleaned), [], [], POLICY)
    marked_html, marked = mark(cleaned)
    result, listed = addressed(CleanHtml(marked_html), before, taken)
    return Prepared(result, _words(listed), listed, marked, POLICY)


def _words(listed: list[Passage]) -> int:
    return count_words("\n".join(passage.text for passage in listed if passage.kind != "break"))
