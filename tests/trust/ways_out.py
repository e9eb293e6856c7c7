"""Every address by which something may be found, asked about everything there is."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from storyloft.accounts.models import Byline, Person, Visitor
from storyloft.ingest.models import Likeness
from storyloft.search.browsing.listing import ORDERS
from storyloft.search.keeping.models import SavedSearch
from storyloft.search.keeping.searches import feed_secret
from storyloft.tags.models import Tag
from storyloft.tags.wrangling import WRANGLED
from storyloft.works.models import Series
from tests.trust.found import EVERYWHERE, LETTERS, SHARED, Archive, own_tags, variant, word

NARROWED = (
    "panel=1", "filter=1", "panel=1&words=1-", "words=1-", "words=1-&panel=1", "status=complete&view=list",
    "not-status=complete&panel=1", "fandom=Gaslight&panel=1", "tag=Letters&any=tag&panel=1",
    "not-tag=velvet+fog&panel=1",
    "character=John+Watson&filter=1", "reading=begun", "reading=unread&panel=1", "crossover=only", "kudos=1-&view=list",
    "within=lantern", "within=lantern+letter&panel=1", "hidden=show&panel=1&words=1-",
)  # fmt: skip
FIELDS = ("", "title:", "author:", "fandom:", "ship:", "character:", "tag:", "series:", "in:notes ", "in:summary ",
          "in:text ", "site:")  # fmt: skip
_PARTS = {
    "title:": "title", "author:": "byline", "fandom:": "fandom", "ship:": "one", "character:": "person",
    "tag:": "trope",
    "series:": "series", "in:notes ": "notes", "in:summary ": "summary", "in:text ": "text", "site:": "site",
}  # fmt: skip


def lists(archive: Archive, person: Visitor) -> Iterator[str]:
    """Lists, searches, what they suggest and count: where neither rights nor the blocklist may be forgotten."""
    places = ["/", "/search?q=lantern", *_shelves()]
    for place in places:
        join = "&" if "?" in place else "?"
        yield place
        yield from (f"{place}{join}{one}" for one in NARROWED)
        yield from (f"{place}{join}sort={order}&seed=3&view=list" for order in ORDERS)
    yield from _searches()
    yield from (f"/search/suggest?{urlencode({'q': typed})}" for typed in (*"xlnmv", "xq", "wat", "velv", "nights"))
    yield "/search/help"
    yield from (f"/remember?{urlencode({'q': typed})}" for typed in _memories())
    for work in archive.works.values():
        address = reverse("alike", args=[work.public_id])
        yield from (address, f"{address}?part=1")
    if isinstance(person, Person):
        yield from (reverse("saved-searches"), reverse("blocklist"))
        for saved in SavedSearch.objects.of(person):
            yield saved.address
            yield reverse("search-feed", args=[feed_secret(saved)])


def others(archive: Archive, person: Visitor) -> Iterator[str]:
    """Works' own pages, feeds for everybody, completion, the desk, the same story twice: where rights alone hold."""
    for work in archive.works.values():
        yield reverse("work", args=[work.public_id])
        yield reverse("contents", args=[work.public_id])
        yield from (
            f"{reverse('find-in-work', args=[work.public_id])}?{urlencode({'q': typed})}"
            for typed in ("lantern", "xqtex*", '"the letter"', "-lantern")
        )
    for tag in Tag.objects.filter(kind__in=WRANGLED).order_by("pk"):
        yield reverse("tag-feed", args=[tag.kind, tag.name])
        typed = {"kind": tag.kind, "q": tag.name[:7], "fandom": SHARED["fandom"]}  # type: ignore[index]
        yield f"{reverse('tags-complete')}?{urlencode(typed)}"
    for kind in (*WRANGLED, "author"):
        yield from (
            f"/tags/complete?kind={kind}&q={typed}" for typed in ("xq", "wats", "xqtropz", "mary", "velvet", "let")
        )
    if isinstance(person, Person):
        yield reverse("duplicates")
        yield from (reverse("duplicate", args=[pair.pk]) for pair in Likeness.objects.all())
        yield from _desk(person)


def _desk(person: Person) -> Iterator[str]:
    if person.is_owner:
        yield from (reverse("desk"), f"{reverse('desk')}?q=xq", f"{reverse('desk')}?q=velvet", reverse("desk-sets"))
        yield from (reverse("desk-download"), f"{reverse('desk-download')}?fandom=Gaslight")
        fandoms = Tag.objects.filter(kind="fandom").values_list("pk", flat=True)
        for kind in WRANGLED:
            for home in ("", "none", *fandoms):
                yield f"{reverse('desk-bin')}?kind={kind}&fandom={home}"
            yield f"{reverse('desk-bin')}?kind={kind}&q=xq"
        yield from (reverse("desk-tag", args=[pk]) for pk in Tag.objects.values_list("pk", flat=True))


def _shelves() -> Iterator[str]:
    tags = Tag.objects.filter(kind__in=WRANGLED).order_by("pk")
    yield from (reverse("tag", args=[tag.kind, tag.name]) for tag in tags)
    yield from (reverse("tag", args=[tag.kind, tag.name.upper().replace(" ", "-")]) for tag in tags)
    yield from (reverse("byline", args=[one.public_id]) for one in Byline.objects.order_by("pk"))
    yield from (reverse("series", args=[one.public_id]) for one in Series.objects.order_by("pk"))


def _searches() -> Iterator[str]:
    asked = ["lantern", '"waited for the letter"', "lant*", "lantern NEAR/9 letter", "lantern OR letter", "-nothing",
             "lantern -nothing", "(lantern OR stairs) -rating:explicit", "lanterm", "xq*", "title:xq*", "lantern zebra",
             "status:complete", "words:>1 sort:title", "in:notes xq*", 'tag:"velvet fog"', "velvet",
             "watson"]  # fmt: skip
    for letter in LETTERS:
        for where, part in _PARTS.items():
            mine = word(part, letter)
            # By its word, by its beginning, and by a slip that leads to another's.
            asked += [where + mine, f"{where}{mine[:-1]}*", f"{where}{mine[:-1]}z", f"lantern -{where}{mine}"]
        asked += [f'"{own_tags(letter)[kind]}"' for kind in own_tags(letter)]
    yield from (f"/search?{urlencode({'q': one})}" for one in asked)
    yield from (f"/search?{urlencode({'q': one})}&panel=1" for one in asked)
    yield from (f"/search?{urlencode({'q': one})}&sort=title" for one in asked[:12])


def _memories() -> Iterator[str]:
    yield from ("the lantern on the stairs", "Somebody waits for a letter, Watson I think", EVERYWHERE, "a short one")
    yield from ("with Watson, and velvet fog, in a lane", "The Tales of the lantern", "a story by Clara Quill")
    for letter in LETTERS:
        for part in ("title", "text", "person", "fandom", "byline", "rewritten"):
            yield f"There was {word(part, letter)} and a lantern"
            yield f"There was {word(part, letter)[:-1]}z and a lantern"
        yield from (f"The one with {own_tags(letter)[kind]}" for kind in own_tags(letter))
        yield f"About {variant(letter).title()}, and a lantern"
