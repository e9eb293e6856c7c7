"""What of a work stands in the index's columns: what lists are narrowed, counted and sorted by."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from storyloft.prose.folding import fold
from storyloft.search.schema import start_of
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.works.filing import Tree
from storyloft.works.models import Filing, Source, Tagging, Work

_LARGEST = 2**31 - 1
_DICE = 4
# What sites call approval, and what they call answers; the highest number of several sources counts.
_KUDOS = ("kudos", "votes", "likes", "favourites", "favorites", "favs", "hearts", "upvotes")
_COMMENTS = ("comments", "reviews")

# What `columns` reads of a work beside its own row.
FOR_COLUMNS = ("sources", "series_parts")

Value = int | str


@dataclass(slots=True)
class Filed:
    """What some works are filed under, with the names each tag is known by."""

    of_work: dict[int, list[tuple[int, str, bool]]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    tree: Tree = field(default_factory=lambda: Tree(()))

    @classmethod
    def under(cls, work_ids: Collection[int]) -> Filed:
        """Read with four queries, however many works."""
        found = cls()
        rows = Filing.objects.filter(work__in=work_ids).order_by("pk")
        for work, tag, kind, inherited in rows.values_list("work", "tag", "tag__kind", "inherited"):
            found.of_work[work].append((tag, kind, inherited))
        tags = {tag for filings in found.of_work.values() for tag, _, _ in filings}
        # A wording that is not canonical stands in the taggings of the works that bear it, and is not told of others.
        for pk, name in Tag.objects.filter(pk__in=tags, is_canonical=True).values_list("pk", "name"):
            found.names[pk].append(name)
        for pk, name in _told_to_all(tags).values_list("canonical", "wording__name"):
            found.names[pk].append(name)
        fandoms = {tag for filings in found.of_work.values() for tag, kind, _ in filings if kind == TagKind.FANDOM}
        found.tree = Tree(fandoms)
        return found

    def fandoms_apart(self, work: int) -> int:
        """How many fandoms of a work belong together with no other: more than one is a crossover.

        AO3's rule: none where one fandom shares a meta tag with all others.
        """
        fandoms = [tag for tag, kind, inherited in self.of_work[work] if kind == TagKind.FANDOM and not inherited]
        families = [{tag} | self.tree.inherited([tag]) for tag in fandoms]
        if any(all(family & other for other in families) for family in families):
            return 1
        return len(fandoms)


def _told_to_all(tags: Collection[int]) -> QuerySet[Meaning]:
    """The wordings of these tags that everybody may know: those of public works, and those no work bears (tag sets).

    A document is read by many; what only a private work is called must not be found, or repaired to, in another's.
    """
    borne = Tagging.objects.filter(tag=OuterRef("wording"))
    in_public = Exists(borne.filter(work__in=Work.objects.visible_to(None)))
    return Meaning.objects.filter(in_public | ~Exists(borne), canonical__in=tags)


def columns(work: Work, filed: Filed) -> Iterator[tuple[str, Value]]:
    """Pairs of column and value; one with several values comes several times, one without any not at all."""
    for tag, kind, _ in filed.of_work[work.pk]:
        yield "filed", tag
        yield f"{kind}_id", tag
    yield "fandoms", filed.fandoms_apart(work.pk)
    for authorship in work.authorships.all():
        yield "byline_id", authorship.byline_id
    for part in work.series_parts.all():
        yield "series_id", part.series_id
    yield from _facts(work)
    yield from _orders(work)


def day(when: date | None) -> int | None:
    """Days since 1970."""
    return None if when is None else when.toordinal() - date(1970, 1, 1).toordinal()


def _facts(work: Work) -> Iterator[tuple[str, Value]]:
    sources = list(work.sources.all())
    yield "words", work.words
    yield "chapters", work.chapter_count
    yield "kept", int(work.kept_since.timestamp())
    yield "kudos", _counted(sources, _KUDOS)
    yield "comments", _counted(sources, _COMMENTS)
    for name, when in (("published", work.published_on), ("updated", work.updated_on or work.published_on)):
        if (days := day(when)) is not None:
            yield name, days
    yield "status", work.status
    if work.language:
        yield "written_in", work.language
    for site in sorted({source.site for source in sources if source.site}):
        yield "site", site


def _orders(work: Work) -> Iterator[tuple[str, Value]]:
    updated = work.updated_on or work.published_on
    keys = {
        "by_kept": int(work.kept_since.timestamp()),
        "by_updated": (day(updated) or 0) + 800_000 if updated else 0,
        "by_published": (day(work.published_on) or 0) + 800_000 if work.published_on else 0,
        "by_words": min(work.words, _LARGEST),
        "by_kudos": _counted(list(work.sources.all()), _KUDOS),
    }
    for name, number in keys.items():
        yield name, _unique(number, work.pk)
    for name, text in (("by_title", work.sort_title), ("by_author", _author(work))):
        # A sign below all others, then the work's number: two of the same title have different keys.
        key = f"{fold(text)[:200]}\0{work.pk:012}"
        yield name, key
        yield f"{name}_start", start_of(key)
    for number, dice in enumerate(_dice(work.public_id)):
        yield f"dice{number}", dice


def _unique(number: int, pk: int) -> int:
    """The number with the work's own behind it; later works come after earlier ones of the same number."""
    return (max(0, number) << 30 | pk & (1 << 30) - 1) & (1 << 63) - 1


def _author(work: Work) -> str:
    # Works by nobody known come last.
    return f"{fold(work.credit)}\0{work.sort_title}" if work.credit else f"\U0010ffff{work.sort_title}"


def _dice(public_id: int) -> Iterator[int]:
    """Numbers that have nothing to do with anything: orders to be surprised by."""
    for number in range(_DICE):
        digest = hashlib.blake2b(public_id.to_bytes(8, "big", signed=True), digest_size=8, salt=bytes([number]))
        yield int.from_bytes(digest.digest(), "big") >> 2


def _counted(sources: Sequence[Source], names: Iterable[str]) -> int:
    wanted = set(names)
    found = [_number(value) for source in sources for name, value in source.counts.items() if name.lower() in wanted]
    return min(max(found, default=0), _LARGEST)


def _number(value: object) -> int:
    """A count as sites write it: 1204, "1,204", "1.4K"."""
    text = str(value).strip().lower().replace(",", "")
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:], 1)
    try:
        return int(float(text.rstrip("km")) * factor)
    except (ValueError, OverflowError):
        return 0
