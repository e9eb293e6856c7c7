"""Tags proposed from the text, for works that lack characters, relationships or a fandom. A person takes or leaves.

Reading a thousand stories takes ten seconds of a processor, so a job does it, and only where the text is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from storyloft.accounts.models import Person, Visitor
from storyloft.prose.clean import CleanHtml
from storyloft.prose.known import Known, KnownTag
from storyloft.prose.plain import plain_text
from storyloft.prose.proposals import Proposals, proposals
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.works.correcting import Correction, correct
from storyloft.works.models import Chapter, Filing, Tagging, Work
from storyloft.wrangling.models import Decision, Proposal, Reading

_JOB = "storyloft.wrangling.tasks.read_for_proposals"
_WORKS_AT_ONCE = 50
_MOST = {TagKind.FANDOM: 2, TagKind.RELATIONSHIP: 4, TagKind.CHARACTER: 8}
_KINDS = tuple(_MOST)
_STRANGERS = 3
# So many canonical names are held in memory while a job reads; the most used.
_KNOWN = 200_000


@dataclass(frozen=True, slots=True)
class Found:
    """A tag the text speaks for, and why in one plain line."""

    kind: TagKind
    name: str
    why: str


def note_changes(sender: object, work_ids: Sequence[int], **_: object) -> None:
    """Receiver of `works_changed`: works that lack tags wait to be read, and a job is asked for."""
    lacking = list(_lacking(Work.objects.filter(pk__in=work_ids)).values_list("pk", flat=True))
    if not lacking:
        return
    with transaction.atomic():
        known = set(Reading.objects.filter(work__in=lacking).values_list("work", flat=True))
        Reading.objects.filter(work__in=known).update(waiting=True)
        fresh = (Reading(work_id=pk) for pk in lacking if pk not in known)
        Reading.objects.bulk_create(fresh, ignore_conflicts=True)
        _ask()


def read_waiting() -> bool:
    """Read some of the works that wait and note what their texts propose; whether more are waiting."""
    waiting = list(Reading.objects.filter(waiting=True).order_by("pk")[:_WORKS_AT_ONCE])
    stamps = _stamps([one.work_id for one in waiting])
    new = [one for one in waiting if one.stamp != stamps.get(one.work_id, "")]
    known = _known() if new else None
    for one in waiting:
        with transaction.atomic():
            if known and one in new and _lacking(Work.objects.filter(pk=one.work_id)).exists():
                _keep(one.work_id, _propose(one.work_id, known))
            # Asked again: somebody may have written on while we read.
            read, now = stamps.get(one.work_id, ""), _stamps([one.work_id]).get(one.work_id, "")
            Reading.objects.filter(pk=one.pk).update(stamp=read, waiting=now != read)
    if more := Reading.objects.filter(waiting=True).exists():
        _ask()
    return more


def open_for(visitor: Visitor, work: Work) -> dict[str, list[Proposal]]:
    """The open proposals for a work, by kind, if this visitor may edit it; of kinds it has got since, none."""
    rows = Proposal.objects.filter(work=work, decided=Decision.OPEN, work__in=Work.objects.editable_by(visitor))
    found: dict[str, list[Proposal]] = defaultdict(list)
    for one in rows:
        found[one.kind].append(one)
    has = set(Tagging.objects.filter(work=work).values_list("tag__kind", flat=True)) if found else set()
    taken = set(Proposal.objects.filter(work=work, decided=Decision.ACCEPTED).values_list("kind", flat=True))
    # A kind tagged by other hands than ours is settled; one begun from here goes on.
    return {kind: found[kind] for kind in _KINDS if kind in found and (kind not in has or kind in taken)}


def accept(chosen: Iterable[Proposal], *, by: Person) -> int:
    """Add these tags to their works, through the same door as a correction by hand; how many."""
    rows = list(chosen)
    with transaction.atomic():
        for one in rows:
            correct([one.work], Correction(add=((TagKind(one.kind), one.name),)), by=by)
        Proposal.objects.filter(pk__in=[one.pk for one in rows]).update(decided=Decision.ACCEPTED)
    return len(rows)


def refuse(chosen: Iterable[Proposal]) -> int:
    """These tags are not proposed again for their works; how many."""
    return Proposal.objects.filter(pk__in=[one.pk for one in chosen]).update(decided=Decision.REFUSED)


def _lacking(works: QuerySet[Work]) -> QuerySet[Work]:
    """Works with a text that lack a fandom, a relationship or a character."""
    taggings = Tagging.objects.filter(work=OuterRef("pk"))
    full = Q(*(Exists(taggings.filter(tag__kind=kind)) for kind in _KINDS))
    return works.filter(~full, taken_back_at=None, chapter_count__gt=0)


def _stamps(work_ids: Sequence[int]) -> dict[int, str]:
    """For each work what its text is now: the number of its chapters and the newest revision among them."""
    chapters = Chapter.objects.filter(work__in=work_ids, taken_back_at=None).values_list("work")
    rows = chapters.annotate(number=Count("pk"), newest=Max("current")).order_by()
    return {work: f"{number}:{newest}" for work, number, newest in rows}


def _propose(work_id: int, known: Known) -> list[Found]:
    fandoms = Filing.objects.filter(work=work_id, tag__kind=TagKind.FANDOM).values_list("tag__name", flat=True)
    made = proposals(_paragraphs(work_id), known, list(fandoms))
    has = set(Tagging.objects.filter(work=work_id).values_list("tag__kind", flat=True))
    return [found for kind in _KINDS if kind not in has for found in list(_found(kind, made))[: _MOST[kind]]]


def _paragraphs(work_id: int) -> Iterator[str]:
    chapters = Chapter.objects.filter(work=work_id, taken_back_at=None, current__isnull=False)
    for html in chapters.values_list("current__html", flat=True):
        yield from (line for line in plain_text(CleanHtml(html)).splitlines() if line.strip())


def _found(kind: TagKind, made: Proposals) -> Iterator[Found]:
    if kind == TagKind.FANDOM:
        for fandom in made.fandoms:
            yield Found(kind, fandom.name, f"The text names {_listed(fandom.characters)}")
    elif kind == TagKind.CHARACTER:
        for one in made.characters:
            yield Found(kind, one.name, f"Named {_times(one.mentions)}{_written(one.name, one.written)}")
        for person in made.unknown[:_STRANGERS]:
            yield Found(kind, person.name, f"Named {_times(person.mentions)}; perhaps an original character")
    else:
        for pair in made.pairs:
            why = f"Together in {pair.together} paragraphs"
            yield Found(kind, pair.romance, f"{why}; “/” if they are in love")
            yield Found(kind, pair.friendship, f"{why}; “&” if they are friends")


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _written(name: str, forms: Sequence[str]) -> str:
    others = [form for form in forms if form != name][:3]
    return f", as {_listed(others)}" if others else ""


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names[:4]]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _keep(work_id: int, found: Sequence[Found]) -> None:
    """Note what is proposed now; what a person decided stays decided, what is no longer proposed goes."""
    Proposal.objects.filter(work=work_id, decided=Decision.OPEN).delete()
    rows = [
        Proposal(work_id=work_id, kind=one.kind, name=one.name[:150], why=one.why[:300], position=at)
        for at, one in enumerate(found)
    ]
    Proposal.objects.bulk_create(rows, ignore_conflicts=True)


def _known() -> Known:
    """The archive's own canonical characters and relationships. Canonical names only: those everybody may know."""
    kinds = (TagKind.CHARACTER, TagKind.RELATIONSHIP)
    tags = Tag.objects.filter(is_canonical=True, kind__in=kinds)
    used = tags.annotate(used=Count("filings")).order_by("-used", "pk").values_list("pk", "name", "kind")[:_KNOWN]
    others, fandoms = defaultdict(list), defaultdict(list)
    for canonical, name in Meaning.objects.filter(fandom=None).values_list("canonical", "wording__name"):
        others[canonical].append(name)
    for child, name in Parentage.objects.filter(parent__kind=TagKind.FANDOM).values_list("child", "parent__name"):
        fandoms[child].append(name)
    rows: Iterator[KnownTag] = ((name, kind, others[pk], fandoms[pk]) for pk, name, kind in used)
    return Known(rows)


def _ask() -> None:
    waiting = DBTaskResult.objects.filter(task_path=_JOB, status="READY")
    with transaction.atomic():
        # Held until our change is committed; one that somebody else holds is as good as taken (see search.writer).
        if not waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first():
            import_string(_JOB).enqueue()
