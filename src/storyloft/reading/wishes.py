"""What a reader asks of the library: filters, sort, view and page, all of it in the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, OuterRef, When
from django.db.models.functions import Lower

from storyloft.accounts.models import Visitor, member
from storyloft.reading.models import Place
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.models import Authorship, Status, Tagging, WorkQuerySet

SORTS = {
    "kept": "Recently kept",
    "updated": "Recently updated",
    "title": "Title",
    "author": "Author",
    "words": "Longest first",
    "random": "Surprise me",
}
LENGTHS = {
    "under-1000": ("Under 1,000 words", 0, 1_000),
    "1000-5000": ("1,000 to 5,000", 1_000, 5_000),
    "5000-20000": ("5,000 to 20,000", 5_000, 20_000),
    "20000-60000": ("20,000 to 60,000", 20_000, 60_000),
    "over-60000": ("Over 60,000", 60_000, 2**31 - 1),
}
READING = {"unread": "Not begun", "begun": "Begun", "read": "Read"}
STATUSES = dict(Status.choices)
_LABELS = {"length": {key: label for key, (label, _, _) in LENGTHS.items()}, "status": STATUSES, "reading": READING}
_FILTERS = ("fandom", "relationship", "author", "status", "length", "reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One address of the library. Anything in it that makes no sense is passed over."""

    fandom: str = ""
    relationship: str = ""
    author: str = ""
    status: str = ""
    length: str = ""
    reading: str = ""
    sort: str = "kept"
    seed: int = 1
    view: str = "covers"
    page: int = 1

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Wish:
        """Read from a query string."""
        words = {name: " ".join(address.get(name, "").replace("\0", "").split())[:150] for name in _FILTERS}
        known = {name: word if word in _LABELS.get(name, {word: ""}) else "" for name, word in words.items()}
        return cls(
            **known,
            sort=address.get("sort", "") if address.get("sort") in SORTS else "kept",
            seed=_number(address.get("seed"), most=99_991),
            view="list" if address.get("view") == "list" else "covers",
            page=_number(address.get("page"), most=100_000),
        )

    @property
    def filters(self) -> bool:
        """Whether anything narrows the library."""
        return any(getattr(self, name) for name in _FILTERS)

    @property
    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Each filter in use: its name, the words for it, the address without it."""
        for name in _FILTERS:
            if word := getattr(self, name):
                yield name, _LABELS.get(name, {}).get(word, word), self.address(page=1, **{name: ""})

    def address(self, **changes: str | int) -> str:
        """The query string of this wish with some changes; what is as usual is left out."""
        wanted = {name: changes.get(name, getattr(self, name)) for name in _USUAL}
        return "?" + urlencode({name: word for name, word in wanted.items() if word != _USUAL[name]})

    def among(self, works: WorkQuerySet, visitor: Visitor) -> WorkQuerySet:
        """The works that this wish leaves, in its order."""
        works = _tagged(works, TagKind.FANDOM, self.fandom)
        works = _tagged(works, TagKind.RELATIONSHIP, self.relationship)
        if self.author:
            works = works.filter(pk__in=Authorship.objects.filter(byline__name__iexact=self.author).values("work"))
        if self.status:
            works = works.filter(status=self.status)
        if self.length:
            _, least, most = LENGTHS[self.length]
            works = works.filter(words__gte=least, words__lt=most)
        return _sorted(_read(works, self.reading, visitor), self.sort, self.seed)


_USUAL = asdict(Wish())


def _number(text: str | None, *, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _tagged(works: WorkQuerySet, kind: TagKind, name: str) -> WorkQuerySet:
    return with_tags(works, list(Tag.objects.worded(kind, name))) if name else works


def with_tags(works: WorkQuerySet, tags: list[Tag]) -> WorkQuerySet:
    """Works with any of these tags (one tag's several wordings)."""
    return works.filter(pk__in=Tagging.objects.filter(tag__in=[tag.pk for tag in tags]).values("work"))


def _read(works: WorkQuerySet, reading: str, visitor: Visitor) -> WorkQuerySet:
    person = member(visitor)
    if not reading or person is None:
        return works
    places = Place.objects.filter(person=person, work=OuterRef("pk"))
    if reading == "unread":
        return works.filter(~Exists(places))
    if reading == "begun":
        return works.filter(Exists(places), ~Exists(places.read()))
    return works.filter(Exists(places.read()))


def _sorted(works: WorkQuerySet, sort: str, seed: int) -> WorkQuerySet:
    if sort == "title":
        return works.order_by("sort_title", "pk")
    if sort == "words":
        return works.order_by("-words", "-pk")
    if sort == "updated":
        return works.order_by(F("updated_on").desc(nulls_last=True), "-pk")
    if sort == "author":
        nameless = Case(When(credit="", then=1), default=0)
        return works.order_by(nameless, Lower("credit"), "sort_title", "pk")
    if sort == "random":
        # Shuffled by a number in the address, not by the database's dice: the second page follows from the first.
        once = F("pk") * pow(48_271, seed, 1_000_003) % 1_000_003
        return works.order_by(once * 7_919 % 999_983, "pk")
    return works.order_by("-kept_since", "-pk")
