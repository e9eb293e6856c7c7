"""A small archive in which everything that can be found has a word of its own, and what happens to it over the days.

Every work bears words that no other has ("xqtitleb" is in the title of the second), beside what it shares with others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from storyloft.accounts.models import Byline, Person, Visitor
from storyloft.ingest.models import Likeness
from storyloft.reading.places import keep_place
from storyloft.reposts.models import Answer, Comparison, Decision, Kind
from storyloft.search.keeping import never_again, searches
from storyloft.search.keeping.models import Blocked, SavedSearch
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag, WranglingAct
from storyloft.tags.wrangling import CannotBe, undo, wrangling
from storyloft.works import publishing
from storyloft.works.correcting import Correction, correct
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Series, SeriesPart, Source, Status, Visibility, Work
from storyloft.works.revising import recount
from storyloft.wrangling.knowing import known_to
from storyloft.wrangling.proposals import read_waiting
from tests.cast import STRANGER, ada, bertram
from tests.search.shelf import announce, write

LETTERS = "abcdef"
TAGGED = (TagKind.FANDOM, TagKind.RELATIONSHIP, TagKind.CHARACTER, TagKind.FREEFORM)
# What all works have: so that a list is never empty for want of a common word.
EVERYWHERE = "The lantern stood on the stairs, and Watson waited for the letter."
SHARED = {
    TagKind.FANDOM: "Gaslight", TagKind.RELATIONSHIP: "Holmes/Watson", TagKind.CHARACTER: "John Watson",
    TagKind.FREEFORM: "Letters",
}  # fmt: skip
_VELVET = "velvet fog"
_SECRET = re.compile(r"xq[a-z]+", re.IGNORECASE)
_VARIANT = re.compile(_VELVET, re.IGNORECASE)


def word(part: str, letter: str) -> str:
    """A word that one work alone has: one slip away from that of another work."""
    return f"xq{part}{letter}"


def variant(letter: str) -> str:
    """The same tag for everybody, written as one work alone writes it: "vElvet fog"."""
    at = LETTERS.index(letter)
    return _VELVET[:at] + _VELVET[at].upper() + _VELVET[at + 1 :]


def secrets_in(text: str) -> set[str]:
    """The words and spellings of `text` by which a work would be known."""
    return {found.lower() for found in _SECRET.findall(text)} | {
        found for found in _VARIANT.findall(text) if found != _VELVET and sum(map(str.isupper, found)) == 1
    }


def own_tags(letter: str) -> dict[TagKind, str]:
    return {
        TagKind.FANDOM: f"The {word('fandom', letter)} Tales",
        TagKind.RELATIONSHIP: f"{word('one', letter)}/{word('other', letter)}",
        TagKind.CHARACTER: f"{word('person', letter)} Watson",
        TagKind.FREEFORM: f"{word('trope', letter)} at sea",
    }


@dataclass(slots=True)
class Archive:
    """The works by their letters, and the people: Clara writes under a byline of her own, Dora only reads."""

    works: dict[str, Work] = field(default_factory=dict)

    @property
    def people(self) -> list[Visitor]:
        return [STRANGER, *self.members]

    @property
    def members(self) -> list[Person]:
        return [ada(), bertram(), *(Person.objects.get_or_create(name=name)[0] for name in ("clara", "dora"))]

    def at(self, number: int) -> tuple[str, Work]:
        letter = LETTERS[number % len(self.works)]
        return letter, Work.objects.get(pk=self.works[letter].pk)

    def add(self, keeper: str, visibility: str, *, by_clara: bool, shares: bool) -> None:
        """One more work; `shares` what others have too."""
        letter = LETTERS[len(self.works)]
        person = Person.objects.get(name=keeper)
        with transaction.atomic():
            work = _work(letter, person, visibility)
            _credit(work, letter, by_clara=by_clara)
            _tag(work, letter, shares=shares)
            _place(work, letter, person)
            announce(work)
        self.works[letter] = work
        if visibility == "taken back":
            publishing.take_back(work, by=person)


def _work(letter: str, keeper: Person, visibility: str) -> Work:
    work = Work.objects.create(
        keeper=keeper, title=f"Lantern {word('title', letter)}", sort_title=word("title", letter), language="en",
        summary=f"<p>{word('summary', letter)} and a lantern</p>", notes=f"<p>{word('notes', letter)}</p>",
        visibility="public" if visibility == "taken back" else visibility,
        status=Status.COMPLETE if letter in "ace" else Status.IN_PROGRESS,
    )  # fmt: skip
    chapter = Chapter.objects.create(work=work, position=1, title=word("chapter", letter))
    write(chapter, [EVERYWHERE, f"{word('text', letter)} said nothing; {word('text', letter)} never does."])
    recount(work)
    return work


def _credit(work: Work, letter: str, *, by_clara: bool) -> None:
    bylines = [Byline.objects.unclaimed(f"Mary {word('byline', letter)}", site=word("site", letter))]
    if by_clara:
        clara = Person.objects.get(name="clara")
        bylines.append(Byline.objects.get_or_create(person=clara, name="Clara Quill")[0])
    credit(work, bylines)


def _tag(work: Work, letter: str, *, shares: bool) -> None:
    tags = [(TagKind.RATING, "General Audiences"), *own_tags(letter).items(), (TagKind.FREEFORM, variant(letter))]
    tags += [(TagKind.CHARACTER, variant(letter))]
    for at, tag in enumerate(Tag.objects.named([*tags, *(SHARED.items() if shares else ())])):
        work.taggings.create(tag=tag, position=at)


def _place(work: Work, letter: str, keeper: Person) -> None:
    series = Series.objects.create(keeper=keeper, title=f"Nights {word('series', letter)}")
    together = Series.objects.get_or_create(keeper=ada(), title="All nights")[0]
    for one in (series, together):
        SeriesPart.objects.create(series=one, work=work, position="1", order=LETTERS.index(letter))
    Source.objects.create(work=work, site=word("site", letter), site_id=letter, counts={"kudos": "3"})


# What may happen, each with two numbers that say to what.


def _show(visibility: str) -> Callable[[Archive, int, int], None]:
    def act(archive: Archive, one: int, other: int) -> None:
        work = archive.at(one)[1]
        publishing.publish(work, by=work.keeper, to=Visibility(visibility))

    return act


def _turn(verb: Callable[..., None]) -> Callable[[Archive, int, int], None]:
    def act(archive: Archive, one: int, other: int) -> None:
        work = archive.at(one)[1]
        verb(work, by=work.keeper)

    return act


def _share(archive: Archive, one: int, other: int) -> None:
    """A work takes up a tag of another, or lays it down again."""
    work, (letter, _), kind = archive.at(one)[1], archive.at(other), TAGGED[other % 4]
    name = own_tags(letter)[kind]
    there = work.taggings.filter(tag__kind=kind, tag__name=name).exists()
    correct([work], Correction(remove=((kind, name),)) if there else Correction(add=((kind, name),)), by=work.keeper)


def _untag(archive: Archive, one: int, other: int) -> None:
    work = archive.at(one)[1]
    correct([work], Correction(tags={TAGGED[other % 4]: ()}), by=work.keeper)


def _rewrite(archive: Archive, one: int, other: int) -> None:
    letter, work = archive.at(one)
    with transaction.atomic():
        write(work.chapters.get(), [f"{word('rewritten', letter)} walked in the lane.", EVERYWHERE])
        announce(work)


def _known(archive: Archive, number: int, kind: TagKind) -> Tag | None:
    """A tag that Ada may know of, as at her desk."""
    letter = archive.at(number)[0]
    return known_to(ada()).filter(kind=kind, name=own_tags(letter)[kind]).first()


def _mean(archive: Archive, one: int, other: int) -> None:
    """The wording of one work comes to mean what all share; every third time in one fandom only."""
    kind = TAGGED[other % 4]
    wording, shared = _known(archive, one, kind), known_to(ada()).filter(kind=kind, name=SHARED[kind]).first()
    home = known_to(ada()).filter(kind=TagKind.FANDOM, name=SHARED[TagKind.FANDOM]).first()
    if not (wording and shared and home):
        return
    apart = other % 3 == 2 and kind != TagKind.FANDOM
    with wrangling(by=ada()) as desk:
        desk.make_canonical(home)
        desk.make_canonical(shared)
        desk.mean(wording, Tag.objects.get(pk=shared.pk), Tag.objects.get(pk=home.pk) if apart else None)


def _under(archive: Archive, one: int, other: int) -> None:
    child, parent = _known(archive, one, TagKind.FREEFORM), _known(archive, other, TagKind.FREEFORM)
    if child and parent and child != parent:
        with wrangling(by=ada()) as desk:
            desk.make_canonical(child)
            desk.make_canonical(parent)
            desk.put_under(child, parent)


def _undo(archive: Archive, one: int, other: int) -> None:
    if last := WranglingAct.objects.filter(undone_at=None).order_by("-pk").first():
        undo(last, by=ada())


def _block(archive: Archive, one: int, other: int) -> None:
    letter, work = archive.at(one)
    kind = TAGGED[one % 4]
    given = (
        ("work", str(work.public_id)), (kind.value, own_tags(letter)[kind]), (kind.value, SHARED[kind]),
        ("name", f"Mary {word('byline', letter)}"), ("words", word("summary", letter)), ("freeform", _VELVET),
        ("name", "Clara Quill"),
    )[other % 7]  # fmt: skip
    never_again.block(archive.members[other % 4], *given)


def _unblock(archive: Archive, one: int, other: int) -> None:
    if row := Blocked.objects.order_by("pk").first():
        row.delete()


def _save(archive: Archive, one: int, other: int) -> None:
    (letter, work), person = archive.at(one), archive.members[other % 4]
    part = SeriesPart.objects.filter(work=work).order_by("pk")[0].series
    address = (
        f"/tags/freeform/{own_tags(letter)[TagKind.FREEFORM]}", f"/by/{work.bylines.order_by('pk')[0].public_id}",
        f"/series/{part.public_id}", "/?status=complete", "/search?q=lantern",
        f"/?not-tag={own_tags(letter)[TagKind.FREEFORM]}".replace(" ", "+"),
    )[other % 6]  # fmt: skip
    searches.follow(searches.save(person, "", address))


def _pair(archive: Archive, one: int, other: int) -> None:
    (_, here), (_, there) = archive.at(one), archive.at(other)
    if here != there and not Likeness.objects.filter(work__in=(here, there), other__in=(here, there)).exists():
        likeness = Likeness.objects.create(work=here, other=there, why="They are alike.")
        Comparison.objects.create(
            likeness=likeness, kind=Kind.values[one % 4], shared=9, of_work=1, of_other=1, strength=1
        )
        if other % 2:
            Likeness.objects.filter(pk=likeness.pk).update(decided="apart")
            Decision.objects.create(likeness=likeness, answer=Answer.EDITIONS)


def _read(archive: Archive, one: int, other: int) -> None:
    work, person = archive.at(one)[1], archive.members[other % 4]
    if Work.objects.visible_to(person).filter(pk=work.pk).exists():
        keep_place(person, work.chapters.get(), passage="", fraction=0.4)


ACTS: dict[str, Callable[[Archive, int, int], object]] = {
    "publish": _show("public"), "for members": _show("members"), "withdraw": _turn(publishing.withdraw),
    "take back": _turn(publishing.take_back), "put back": _turn(publishing.put_back),
    "share a tag": _share, "untag": _untag, "rewrite": _rewrite, "mean": _mean, "put under": _under,
    "undo": _undo, "block": _block, "unblock": _unblock, "save": _save, "pair": _pair, "read": _read,
    "index": lambda archive, one, other: drain(), "propose": lambda archive, one, other: read_waiting(),
}  # fmt: skip


def happen(archive: Archive, verb: str, one: int, other: int) -> None:
    """Let it happen; what the rules of tags forbid does not."""
    try:
        ACTS[verb](archive, one, other)
    except CannotBe:
        return


def words_of(work: Work) -> Iterator[str]:
    """Everything by which a work is known: what is said in it and about it."""
    yield from (work.title, work.summary, work.notes)
    yield from work.bylines.values_list("name", flat=True)
    yield from work.bylines.values_list("site", flat=True)
    yield from work.tags.values_list("name", flat=True)
    yield from work.series_parts.values_list("series__title", flat=True)
    yield from work.sources.values_list("site", flat=True)
    yield from (chapter.title + (chapter.current.html if chapter.current else "") for chapter in work.chapters.all())


def own_words(person: Visitor) -> str:
    """What somebody typed or named themselves, and the names that are the archive's own: told to everybody."""
    told = list(Tag.objects.filter(is_canonical=True).values_list("name", flat=True))
    told += Tag.objects.filter(meanings__isnull=False, taggings=None).values_list("name", flat=True)
    if person is not None and isinstance(person, Person):
        told += Blocked.objects.of(person).values_list("name", flat=True)
        told += [f"{name} {address}" for name, address in SavedSearch.objects.of(person).values_list("name", "address")]
    return " ".join(told)
