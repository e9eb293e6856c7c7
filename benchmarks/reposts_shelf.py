"""Stories of `reposts` put into the open data folder as works, and copies of them beside them for as long as needed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from storyloft.accounts.models import Person
from storyloft.ingest.models import Likeness
from storyloft.prose.markup import escape_text
from storyloft.reposts import sampling
from storyloft.reposts.models import Sample, Unsampled
from storyloft.works.models import Chapter, Revision, Work

_AT_ONCE = 200


class Put:
    """Stories on the shelf, compared with each other: the processor's seconds that took, and the rows it left."""

    def __init__(self, stories: Mapping[str, Sequence[str]]) -> None:
        self._keeper = Person.objects.owner()
        Unsampled.objects.all().delete()  # what others put here is not part of the measurement
        self.works = self._add(stories)
        self.words = sum(work.words for work in self.works.values())
        begun = time.process_time()
        sampling.drain()
        self.seconds = time.process_time() - begun
        self.rows = Sample.objects.filter(work__in=self._keys()).count()

    def pairs(self) -> list[frozenset[str]]:
        """The names of every two stories that a question is asked about."""
        names = {work.pk: name for name, work in self.works.items()}
        asked = Likeness.objects.filter(work__in=names, other__in=names)
        return [frozenset((names[one], names[other])) for one, other in asked.values_list("work", "other")]

    def missed(self, copies: Mapping[str, Sequence[str]]) -> int:
        """Of these copies, each under its story's name, how many no question about it and its story is asked of."""
        made = self._add(copies)
        sampling.drain()
        missed = sum(not _asked(copy, self.works[name]) for name, copy in made.items())
        _remove(list(made.values()))
        return missed

    def away(self) -> None:
        """Everything that was put here."""
        _remove(list(self.works.values()))

    def _keys(self) -> list[int]:
        return [work.pk for work in self.works.values()]

    def _add(self, stories: Mapping[str, Sequence[str]]) -> dict[str, Work]:
        made: dict[str, Work] = {}
        names = list(stories)
        for start in range(0, len(names), _AT_ONCE):
            with transaction.atomic():
                made |= {name: self._one(name, stories[name]) for name in names[start : start + _AT_ONCE]}
                Unsampled.objects.leave(made[name].pk for name in names[start : start + _AT_ONCE])
        return made

    def _one(self, name: str, story: Sequence[str]) -> Work:
        words = sum(len(paragraph.split()) for paragraph in story)
        work = Work.objects.create(keeper=self._keeper, title=name, sort_title=name, words=words, chapter_count=1)
        chapter = Chapter.objects.create(work=work, position=1, words=words)
        html = "\n".join(f"<p>{escape_text(paragraph)}</p>" for paragraph in story)
        revision = Revision.objects.create(chapter=chapter, source="", html=html, words=words, policy=1)
        Chapter.objects.filter(pk=chapter.pk).update(current=revision)
        return work


def _asked(one: Work, other: Work) -> bool:
    return Likeness.objects.filter(Q(work=one, other=other) | Q(work=other, other=one)).exists()


def _remove(works: Sequence[Work]) -> None:
    for start in range(0, len(works), _AT_ONCE):
        keys = [work.pk for work in works[start : start + _AT_ONCE]]
        with transaction.atomic():
            Sample.objects.filter(work__in=keys).delete()
            Chapter.objects.filter(work__in=keys).update(current=None)
            Work.objects.filter(pk__in=keys).delete()
