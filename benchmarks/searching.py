"""Search: one word, a page of works with three highlighted passages each."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import invented
from benchmarks.measuring import Row, Size, milliseconds
from storyloft.accounts.models import Person
from storyloft.search import index
from storyloft.search.finding import find

_TIMES = 60
_BAR = 50.0


def measure(size: Size) -> Iterator[Row]:
    """A word that some passages hold, as `find` answers and as Tantivy alone does."""
    owner, word = Person.objects.owner(), _word()
    found = find(owner, word)
    if not found.hits or not any(hit.passages for hit in found.hits):
        raise RuntimeError("Nothing was found; a figure of that would be a lie.")
    opened = index.current()
    query = opened.index.parse_query(word, ["body_en"])
    taken = milliseconds(lambda: find(owner, word), _TIMES)
    yield Row(
        name="search",
        what=f"one word among {size.works:,} works, {found.total:,} of which hold it; three highlights each",
        value=taken.processor,
        unit="ms",
        bar=_BAR,
        reference=milliseconds(lambda: opened.searcher.search(query, 20), _TIMES).processor,
        against="the raw Tantivy query for its twenty best chapters",
        more={"works found": found.total, "ms on the clock": taken.clock},
    )


def _word() -> str:
    """A word neither common nor rare, long enough to be one."""
    return next(word for word in invented.vocabulary()[0][12_000:] if len(word) > 4)
