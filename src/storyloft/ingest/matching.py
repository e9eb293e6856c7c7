"""Is this a work the library already has? By its source's own id first, else by its text.

Certain: the same site and the same id there. Certain enough: the same title and byline, and text that this one
repeats or continues. Anything less is only *offered* (`Likeness`), and a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from storyloft.accounts.models import Person
from storyloft.ingest.imported import ImportedWork
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.tags.models import fold
from storyloft.works.models import Chapter, Work, WorkQuerySet
from storyloft.works.titles import sort_title

# Half of an older first chapter's paragraphs still there: grown or edited. Below that: another text.
_SAME = 0.5

# A newer state is seldom shorter than nine tenths of the older.
_GROWN = 0.9


def known(work: ImportedWork, title: str, texts: Collection[CleanHtml], words: int, keeper: Person) -> Work | None:
    """The kept work that this is a copy or a newer state of; None for a new one."""
    return _by_source(work, keeper) or _by_text(work, title, texts, words, keeper)


def look_alikes(work: Work) -> Iterable[tuple[Work, str]]:
    """Works of the same keeper that are probably the same story from another place, each with why."""
    same_title = _others(work.keeper).filter(sort_title=work.sort_title).exclude(pk=work.pk)
    others = list(same_title.prefetch_related("authorships__byline")[:5])
    mine = _opening_of(work) if others else set()
    for other in others:
        if _share(mine, _opening_of(other)) >= _SAME:
            yield other, "The same title, and the opening paragraphs are the same."
        elif set(map(fold, other.names)) & set(map(fold, work.names)):
            yield other, "The same title by the same name."


def paragraphs_of(texts: Iterable[CleanHtml]) -> set[str]:
    """The texts' paragraphs, folded, for comparing whatever the punctuation's form."""
    return {fold(passage.text)[:200] for html in texts for passage in passages(html) if len(passage.text) > 20}


def _others(keeper: Person) -> WorkQuerySet:
    return Work.objects.kept().filter(keeper=keeper)


def _by_source(work: ImportedWork, keeper: Person) -> Work | None:
    source = work.source
    if not (source and source.site and source.site_id):
        return None
    return _others(keeper).filter(sources__site=source.site[:100], sources__site_id=source.site_id[:300]).first()


def _by_text(work: ImportedWork, title: str, texts: Collection[CleanHtml], words: int, keeper: Person) -> Work | None:
    """A work that this one repeats or continues. One story out of a kept collection of the same name is neither."""
    candidates = _others(keeper).filter(sort_title=sort_title(title), words__lte=words / _GROWN)
    candidates = candidates.prefetch_related("authorships__byline", "sources")
    names = {fold(byline.name) for byline in work.bylines}
    new = None
    for kept in candidates[:10]:
        if _another_source(work, kept) or (names and kept.names and not names & set(map(fold, kept.names))):
            continue
        new = paragraphs_of(texts) if new is None else new
        if _share(_opening_of(kept), new) >= _SAME:
            return kept
    return None


def _another_source(work: ImportedWork, kept: Work) -> bool:
    sources = [source for source in kept.sources.all() if source.site]
    return bool(work.source and work.source.site and sources)


def _opening_of(work: Work) -> set[str]:
    first = Chapter.objects.filter(work=work, taken_back_at=None).select_related("current").first()
    return paragraphs_of([CleanHtml(first.current.html)]) if first and first.current else set()


def _share(kept: set[str], new: set[str]) -> float:
    return len(kept & new) / len(kept) if kept else 0.0
