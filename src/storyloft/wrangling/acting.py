"""What a bin's form asks for, carried out as one act: for one row, or for all that are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from storyloft.accounts.models import Person
from storyloft.tags.models import Tag, WranglingAct
from storyloft.tags.wrangling import CannotBe, Desk, wrangling
from storyloft.wrangling.at_the_desk import number
from storyloft.wrangling.finding_names import canonical_or_new, settle
from storyloft.wrangling.knowing import known_to

MOST = 200


@dataclass(frozen=True, slots=True)
class Order:
    """A verb, the tags it is for, and by tag the suggestion that stood beside it when the button was pressed."""

    verb: str
    tags: Sequence[int]
    suggested: dict[int, str] = field(default_factory=dict)
    name: str = ""
    new: bool = False
    fandom: int = 0

    @staticmethod
    def of(form: QueryDict) -> Order:
        """`yes=12` and `no=12` speak of one row, `do=…` of all whose box is ticked."""
        single = next(((verb, form.get(verb)) for verb in ("yes", "no") if form.get(verb)), None)
        verb, tags = (single[0], [single[1]]) if single else (form.get("do", ""), form.getlist("tag"))
        ids = [pk for given in tags[:MOST] if (pk := number(given, 0))]
        suggested = {pk: said for pk in ids if (said := form.get(f"said-{pk}"))}
        # An unticked box says nothing.
        fandom = number(form.get("fandom"), 0) if form.get("settle") else 0
        return Order(verb, ids, suggested, form.get("name", ""), bool(form.get("new")), fandom)


def carry_out(order: Order, *, by: Person) -> WranglingAct | None:
    """Do it: all of it, or nothing and CannotBe. None where nothing had to be changed."""
    do = _VERBS.get(order.verb)
    if do is None:
        raise CannotBe("Choose what to do with them; nothing was changed.")
    tags = list(known_to(by).filter(pk__in=order.tags).order_by("pk"))
    if not tags:
        raise CannotBe("Tick the tags you mean first; nothing was changed.")
    with wrangling(by=by, verb=_TOLD[order.verb]) as desk:
        do(desk, tags, order)
    return desk.act


def _accept(desk: Desk, tags: Sequence[Tag], order: Order) -> None:
    for tag in tags:
        if name := order.suggested.get(tag.pk):
            canonical = canonical_or_new(desk, tag.kind, name, new=True)
            settle(desk, canonical, _fandom(order))
            desk.mean(tag, canonical)


def _refuse(desk: Desk, tags: Sequence[Tag], order: Order) -> None:
    for tag in tags:
        if name := order.suggested.get(tag.pk):
            desk.refuse(tag, name)


def _canonical(desk: Desk, tags: Sequence[Tag], order: Order) -> None:
    for tag in tags:
        desk.make_canonical(tag)
        settle(desk, Tag.objects.get(pk=tag.pk), _fandom(order))


def _leave(desk: Desk, tags: Sequence[Tag], order: Order) -> None:
    for tag in tags:
        for alike in Tag.objects.filter(kind=tag.kind, key=tag.key):
            desk.leave_as_it_is(alike)


def _mean(desk: Desk, tags: Sequence[Tag], order: Order) -> None:
    canonical = canonical_or_new(desk, tags[0].kind, order.name, new=order.new)
    settle(desk, canonical, _fandom(order) if order.new else None)
    for tag in tags:
        if tag.pk != canonical.pk:
            desk.mean(tag, canonical)


def _fandom(order: Order) -> Tag | None:
    return Tag.objects.filter(pk=order.fandom).first() if order.fandom else None


_VERBS: dict[str, Callable[[Desk, Sequence[Tag], Order], None]] = {
    "yes": _accept,
    "no": _refuse,
    "canonical": _canonical,
    "leave": _leave,
    "mean": _mean,
}
_TOLD = {
    "yes": "Suggestions accepted",
    "no": "Suggestions refused",
    "canonical": "Made canonical",
    "leave": "Left as they are",
    "mean": "Assigned",
}
