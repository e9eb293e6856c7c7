"""Who a work is by."""

from __future__ import annotations

from collections.abc import Iterable

from storyloft.accounts.models import Byline
from storyloft.works.models import Authorship, Work


def credit(work: Work, bylines: Iterable[Byline]) -> None:
    """Set a work's bylines, in this order; one named twice counts once. A step inside a larger act, which announces.

    The names also stand in one line on the work itself, so that pages and the order by author need no second query.
    """
    wanted = list(dict.fromkeys(bylines))
    work.authorships.all().delete()
    Authorship.objects.bulk_create(Authorship(work=work, byline=one, position=at) for at, one in enumerate(wanted))
    work.credit = ", ".join(one.name for one in wanted)[:600]
    work.save(update_fields=["credit"])
