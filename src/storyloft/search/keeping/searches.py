"""Saved searches: kept under a name, put in order, followed by feed, forgotten."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from storyloft.accounts.models import Person
from storyloft.search.keeping.addresses import ListAddress, NoList, in_words
from storyloft.search.keeping.models import SavedSearch

MOST = 200
_LONGEST_NAME = 100


def save(person: Person, name: str, address: str) -> SavedSearch:
    """Keep a list under a name; kept already, it gets the new name. Without a name its filters are its name.

    Raises NoList with a sentence.
    """
    read = ListAddress.read(address)
    named = _name(name) or in_words(read, person)[:_LONGEST_NAME]
    mine = SavedSearch.objects.of(person)
    with transaction.atomic():
        if kept := mine.filter(address=str(read)).first():
            rename(kept, named)
            return kept
        if mine.count() >= MOST:
            raise NoList(f"You keep {MOST} searches already. Forget one you no longer need.")
        last = mine.aggregate(last=Max("position"))["last"] or 0
        return SavedSearch.objects.create(person=person, name=named, address=str(read), position=last + 1)


def rename(saved: SavedSearch, name: str) -> None:
    """Give it another name; an empty one changes nothing."""
    if named := _name(name):
        saved.name = named
        saved.save(update_fields=["name"])


def move(saved: SavedSearch, *, up: bool) -> None:
    """Change places with the one before it, or after it."""
    with transaction.atomic():
        order = list(SavedSearch.objects.filter(person=saved.person))
        at = order.index(saved)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(order):
            return
        order[at], order[to] = order[to], order[at]
        for position, one in enumerate(order, 1):
            one.position = position
        SavedSearch.objects.bulk_update(order, ["position"])


def opened(saved: SavedSearch) -> None:
    """Its person looks at it now: what came before is no longer new."""
    SavedSearch.objects.filter(pk=saved.pk).update(opened_at=timezone.now())


def follow(saved: SavedSearch) -> None:
    """Give it a feed, or a new address for the one it has: then the old address ends."""
    saved.feed_key = secrets.token_urlsafe(24)
    saved.save(update_fields=["feed_key"])


def unfollow(saved: SavedSearch) -> None:
    """End its feed; the address is never valid again."""
    saved.feed_key = ""
    saved.save(update_fields=["feed_key"])


def feed_secret(saved: SavedSearch) -> str:
    """What stands in the feed's address; "" without a feed.

    Made from the row and the archive's own key, so that a copy of the database alone opens no feed.
    """
    return f"{saved.public_id}-{_signed(saved)}" if saved.feed_key else ""


def followed(secret: str) -> SavedSearch | None:
    """The search that a feed's address opens, while it has a feed and its person may sign in."""
    number, _, signed = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    with_feed = SavedSearch.objects.exclude(feed_key="").filter(person__is_active=True).select_related("person")
    saved = with_feed.filter(public_id=int(number)).first()
    return saved if saved and constant_time_compare(_signed(saved), signed) else None


def _signed(saved: SavedSearch) -> str:
    return salted_hmac(
        "the feed of a saved search", f"{saved.public_id} {saved.feed_key}", algorithm="sha256"
    ).hexdigest()


def _name(name: str) -> str:
    return " ".join(name.replace("\0", "").split())[:_LONGEST_NAME]
