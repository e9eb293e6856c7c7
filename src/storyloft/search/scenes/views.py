"""The page where one tells what one remembers. For everybody: what is found depends on who asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storyloft.search import meaning, writer
from storyloft.search.scenes.asking import Asking
from storyloft.search.scenes.finding import recall
from storyloft.search.scenes.reading import LONGEST


@require_safe
def remembered(request: HttpRequest) -> HttpResponse:
    """`/remember?q=…`: the stories that may be meant, each with its scenes."""
    asking = Asking.of(request.GET)
    recalled = recall(request.user, asking.typed, without=asking.without, filters=asking.filters, page=asking.page)
    if not recalled.ready:
        # Damaged or of an older version: the next job builds it anew.
        writer.ask_to_drain()
    learned = meaning.progress()
    context = {
        "recalled": recalled,
        "asking": asking,
        "chips": list(asking.chips(recalled.chips)),
        "removed": list(asking.put_back(recalled.removed)),
        "insisted": list(asking.insisted()),
        "earlier": asking.address(page=recalled.page - 1) if recalled.page > 1 else "",
        "later": asking.address(page=recalled.page + 1) if recalled.more else "",
        "learned": learned if learned.done < learned.all else None,
        "longest": LONGEST,
    }
    return render(request, "search/scenes/remember.html", context)
