"""One library, measured in a process of its own: `python -m benchmarks.scale.measured WORKS FOLDER` prints JSON."""

from __future__ import annotations

import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import home, invented

_BROWSED = 60
_SEARCHED = 60
_TIMES = 4


def main(works: int, folder: Path) -> dict[str, float]:
    """Fill, index and measure; milliseconds, seconds and megabytes by name."""
    home.open_here(folder)
    from benchmarks.scale import shelf
    from storyloft.works.models import Work

    # A library kept from an earlier run is measured as it is.
    if Work.objects.count() != works:
        shelf.fill(works)
    return {"works": works, **_indexing(), **_browsing(), **_searching()}


def _indexing() -> dict[str, float]:
    from storyloft.search import index, writer
    from storyloft.works.models import Revision

    noted = index.folder() / "built.json"
    if not (index.is_ready() and noted.exists()):
        busy = time.process_time()
        writer.rebuild()
        noted.write_text(json.dumps(time.process_time() - busy))
    # What building cost is noted beside the index: a kept library is not indexed twice.
    seconds = json.loads(noted.read_text())
    size = sum(path.stat().st_size for path in index.current_folder().iterdir())
    text = sum(len(html) for html in Revision.objects.values_list("html", flat=True).iterator())
    return {"index cpu s": seconds, "index MB": size / 1e6, "text MB": text / 1e6}


def _browsing() -> dict[str, float]:
    """A page of sixty works with every facet counted, for lists narrowed in sixty ways, forgotten and remembered."""
    from django.http import QueryDict

    from storyloft.accounts.models import Person
    from storyloft.reading.shelf import books, lean
    from storyloft.search.browsing import shelves as counted
    from storyloft.search.browsing.facets import facets_of
    from storyloft.search.browsing.filters import Filters
    from storyloft.search.browsing.groups import GROUPS
    from storyloft.search.browsing.listing import ordered, page_of
    from storyloft.search.browsing.narrowing import narrowed
    from storyloft.works.models import Work

    owner = Person.objects.owner()
    wished = [(Filters.of(QueryDict(address)), sort) for address, sort in _addresses()]

    def browse(filters: Filters, sort: str) -> None:
        with counted.shelves_of(owner) as shelves:
            listed = page_of(shelves, narrowed(filters, owner).clauses(), ordered(sort))
            facets_of(shelves, filters)
        books(lean(Work.objects.visible_to(owner).filter(pk__in=listed.works)))

    def forgotten(filters: Filters, sort: str) -> None:
        counted._counted.clear()
        browse(filters, sort)

    def raw(filters: Filters, sort: str) -> None:
        with counted.shelves_of(owner) as shelves:
            (searcher, query), *_ = shelves._asked(narrowed(filters, owner).clauses())
            columns = [group.column for group in GROUPS]
            searcher.aggregate(query, {name: {"terms": {"field": name, "size": 60}} for name in columns})
            searcher.search(query, 61, order_by_field=ordered(sort).column)

    return {
        **_taken("browse", forgotten, wished),
        **_taken("browse remembered", browse, wished),
        **_taken("browse raw", raw, wished),
    }


def _searching() -> dict[str, float]:
    """Twenty works with three highlighted passages each, beside the raw query for the same works.

    The forms of words are forgotten before each search, as if nobody had asked for them before.
    """
    from storyloft.accounts.models import Person
    from storyloft.search import index, matching
    from storyloft.search.compiling import works_query
    from storyloft.search.finding import find
    from storyloft.search.matching import Matcher
    from storyloft.search.query import read

    owner = Person.objects.owner()
    asked = [(query,) for query in _queries()]

    def ours(query: str) -> None:
        matching.forget_forms()
        find(owner, query)

    def raw(query: str) -> None:
        with index.readable() as opened:
            opened.searcher.search(works_query(Matcher(opened, owner), read(query)), 20)

    return {**_taken("search", ours, asked), **_taken("search raw", raw, asked)}


def _addresses() -> list[tuple[str, str]]:
    """Lists as readers narrow them: everything, popular and rare tags, with and without, spans, orders."""
    from django.utils.http import urlencode

    from storyloft.tags.kinds import TagKind
    from storyloft.tags.models import Tag

    dice = random.Random(1903)
    names = {
        kind: list(Tag.objects.filter(kind=kind).order_by("pk").values_list("name", flat=True)[:400])
        for kind in (TagKind.FANDOM, TagKind.CHARACTER, TagKind.FREEFORM)
    }
    fandoms, people, tags = names.values()
    found: list[tuple[str, str]] = [("", sort) for sort in ("kept", "title", "words", "random")]
    while len(found) < _BROWSED:
        wish: list[tuple[str, str]] = []
        for chance, pair in (
            (0.8, ("fandom", fandoms[int(len(fandoms) * dice.random() ** 3)])),
            (0.3, ("character", people[int(len(people) * dice.random() ** 3)])),
            (0.4, ("not-tag", tags[int(len(tags) * dice.random() ** 3)])),
            (0.3, ("rating", "General Audiences")),
            (0.3, ("status", "complete")),
            (0.2, ("words", "5000-50000")),
            (0.2, ("updated", "2015..")),
        ):
            wish += [pair] if dice.random() < chance else []
        found.append((urlencode(wish), dice.choice(("updated", "kept", "words", "title"))))
    return found


def _queries() -> list[str]:
    """One to three words, common and rare."""
    dice = random.Random(1904)
    words = [word for word in invented.vocabulary()[0][150:8_000] if len(word) > 3]
    return [
        " ".join(words[int(len(words) * dice.random() ** 2)] for _ in range(dice.choice((1, 1, 2, 3))))
        for _ in range(_SEARCHED)
    ]


def _taken(name: str, act: Callable[..., None], cases: Iterable[tuple[object, ...]]) -> dict[str, float]:
    """CPU and clock of an act in many cases, each several times."""
    cases = list(cases)
    for case in cases[:10]:
        act(*case)
    busy, clock = [], []
    gc.collect()
    gc.disable()
    for _ in range(_TIMES):
        for case in cases:
            began, start = time.thread_time(), time.perf_counter()
            act(*case)
            busy.append(1000 * (time.thread_time() - began))
            clock.append(1000 * (time.perf_counter() - start))
    gc.enable()
    return {
        f"{name} cpu ms": statistics.mean(busy),
        f"{name} median ms": statistics.median(clock),
        f"{name} p99 ms": statistics.quantiles(clock, n=100)[98],
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))
