"""Taking away: the EPUB of a long work."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from benchmarks import invented
from benchmarks.measuring import Row, Size, milliseconds
from storyloft.accounts.models import Byline, Person
from storyloft.editions.making import make
from storyloft.prose.prepare import prepare
from storyloft.works import revising
from storyloft.works.models import Authorship, Work

_TIMES = 15
_CHAPTERS = 20
_BAR = 30.0


def measure(size: Size) -> Iterator[Row]:
    """From the database to the bytes of the file."""
    work = _long_work(size.words_an_edition)
    members = _members(make(work, "epub"))
    taken = milliseconds(lambda: make(Work.objects.get(pk=work.pk), "epub"), _TIMES)
    yield Row(
        name="epub",
        what=f"the EPUB of a work of {work.words:,} words, from the database to its bytes",
        value=taken.processor,
        unit="ms",
        bar=_BAR,
        reference=milliseconds(lambda: _zipped(members), _TIMES).processor,
        against="zipfile alone, writing the same members",
        more={"bytes": len(make(work, "epub")), "ms on the clock": taken.clock},
    )


def _long_work(words: int) -> Work:
    dice = random.Random(1891)
    people = [invented.name(dice) for _ in range(3)]
    sources = [invented.chapter(dice, words // _CHAPTERS, people) for _ in range(_CHAPTERS)]
    work = Work.objects.create(keeper=Person.objects.owner(), title="A Long Story", sort_title="long story")
    Authorship.objects.create(work=work, byline=Byline.objects.unclaimed(people[0]))
    chapters = [revising.NewChapter(source=html, text=prepare(html), position=at) for at, html in enumerate(sources, 1)]
    revising.add_chapters(work, chapters, by=None, reason="import")
    revising.recount(work)
    return work


def _members(book: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return [(member, archive.read(member)) for member in archive.infolist()]


def _zipped(members: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member, data in members:
            archive.writestr(member, data, member.compress_type)
    return packed.getvalue()
