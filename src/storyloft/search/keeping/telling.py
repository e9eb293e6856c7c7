"""How much each entry of a blocklist hides."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tantivy import Occur, Query

from storyloft.accounts.models import Visitor
from storyloft.search import index
from storyloft.search.blocking import how_many_hidden, queries_for
from storyloft.search.index import NotReady
from storyloft.search.keeping.blocklist import Blocklist, Meant
from storyloft.search.matching import Matcher, any_of, of_kind
from storyloft.search.schema import Kind


def what_each_hides(visitor: Visitor, listed: Blocklist) -> tuple[dict[int, int], int]:
    """For each row (by its key) how many works it hides of those this visitor may read, and how many all hide together.

    Nothing and 0 where there is no index.
    """
    try:
        with index.readable() as opened:
            matcher = Matcher(opened, visitor)
            each = {row: _count(matcher, one) for row, one in _one_by_one(listed).items()}
            return each, how_many_hidden(matcher, Query.all_query())
    except NotReady:
        return {}, 0


def _count(matcher: Matcher, listed: Blocklist) -> int:
    clauses = [*matcher.rights, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, any_of(queries_for(listed)))]
    # The stubs do not know `count`.
    found: Any = matcher.searcher.search(Query.boolean_query(clauses), 1)
    return int(found.count)


def _one_by_one(listed: Blocklist) -> dict[int, Blocklist]:
    """A blocklist for each of its rows."""
    tags, bylines, works = (_by_row(meant) for meant in (listed.tags, listed.bylines, listed.works))
    phrases = {row.pk: {phrase: row} for phrase, row in listed.phrases.items()}
    rows = {*tags, *bylines, *works, *phrases}
    return {
        row: Blocklist(tags.get(row, {}), bylines.get(row, {}), works.get(row, {}), phrases.get(row, {}))
        for row in rows
    }


def _by_row(meant: Meant) -> dict[int, Meant]:
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for number, rows in meant.items():
        for row in rows:
            found[row.pk][number] = (row,)
    return dict(found)
