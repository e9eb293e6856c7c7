"""Blocking and unblocking: what somebody never wants to see in a list again."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef

from storyloft.accounts.models import Byline, Person, Visitor
from storyloft.prose.folding import fold
from storyloft.search.keeping.models import Blocked, What
from storyloft.search.schema import words_of
from storyloft.tags.kinds import NOT_RATED, TagKind, rating_for, warning_for
from storyloft.tags.models import Tag
from storyloft.tags.wording import key
from storyloft.works.models import Authorship, Work

MOST = 1_000
_LONGEST = 150
_KINDS = {kind.value for kind in TagKind}
_NUMBER = re.compile(r"(?:^|/works/)(\d{1,16})\b")


class CannotBlock(ValueError):
    """That cannot be blocked; the message is a sentence for the person who asked."""


def block(person: Person, what: str, given: str) -> Blocked:
    """Keep one thing out of this person's lists from now on; blocked already, it stays so.

    `what` is a kind of tag with its name as `given`, "name" with an author's name, "words" with words, "byline" or
    "work" with a public id (a story's address does as well). Raises CannotBlock with a sentence.
    """
    given = " ".join(given.replace("\0", "").split())
    if not given:
        raise CannotBlock("Nothing was typed, so nothing was blocked.")
    if Blocked.objects.of(person).count() >= MOST:
        raise CannotBlock(f"A blocklist holds {MOST:,} entries, and yours is full. Unblock what you no longer mind.")
    ways = {What.BYLINE: _byline, What.NAME: _name, What.WORK: _work, What.WORDS: _words}
    if what in _KINDS:
        return _tag(person, TagKind(what), given)
    if what not in ways:
        raise CannotBlock("Choose what it is: a tag, an author, a story or words.")
    return ways[What(what)](person, given)


def blocked_already(visitor: Visitor, what: str, given: str) -> Blocked | None:
    """This visitor's entry for such a thing, a tag by any wording of the same key; None where it is not blocked."""
    rows = Blocked.objects.of(visitor)
    if what in _KINDS:
        return rows.filter(tag__kind=what, tag__key=key(what, given)).first()
    if what in (What.BYLINE, What.WORK):
        return rows.filter(**{f"{what}__public_id": _number(given)}).first()
    folded = fold(given[:_LONGEST])[:300] if what == What.NAME else " ".join(words_of(given[:_LONGEST]))[:300]
    return rows.filter(what=what, folded=folded).first()


def _tag(person: Person, kind: TagKind, given: str) -> Blocked:
    if len(given) > _LONGEST:
        raise CannotBlock(f"A tag has {_LONGEST} characters at most.")
    tag = Tag.objects.named([(kind, _as_kept(kind, given))])[0]
    return _kept(person, What.TAG, tag.name, tag=tag)


def _as_kept(kind: TagKind, given: str) -> str:
    """The archive's own words for a rating or a warning: "NC-17" is Explicit."""
    if kind == TagKind.RATING:
        rating = rating_for(given)
        return given if rating == NOT_RATED else rating
    return (warning_for(given) or given) if kind == TagKind.WARNING else given


def _byline(person: Person, given: str) -> Blocked:
    seen = Authorship.objects.filter(byline=OuterRef("pk"), work__in=Work.objects.visible_to(person))
    byline = Byline.objects.filter(Exists(seen), public_id=_number(given)).first()
    if byline is None:
        raise CannotBlock("There is no such author here that you can see.")
    return _kept(person, What.BYLINE, byline.name, byline=byline)


def _name(person: Person, given: str) -> Blocked:
    return _kept(person, What.NAME, given[:_LONGEST], folded=fold(given[:_LONGEST])[:300])


def _work(person: Person, given: str) -> Blocked:
    work = Work.objects.visible_to(person).filter(public_id=_number(given)).first()
    if work is None:
        raise CannotBlock("There is no such story here that you can see. Paste the address of its page.")
    return _kept(person, What.WORK, work.title, work=work)


def _words(person: Person, given: str) -> Blocked:
    words = words_of(given[:_LONGEST])
    if not words:
        raise CannotBlock("There is no word in that, so nothing was blocked.")
    return _kept(person, What.WORDS, given[:_LONGEST], folded=" ".join(words)[:300])


def _number(given: str) -> int:
    found = _NUMBER.search(given)
    return int(found[1]) if found else 0


def _kept(person: Person, what: What, name: str, **asked: object) -> Blocked:
    return Blocked.objects.get_or_create(person=person, what=what, **asked, defaults={"name": name})[0]
