"""Who may sit at the desk: strangers are asked to sign in, members who do not wrangle are told so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from storyloft.accounts.models import Person, member
from storyloft.tags.wrangling import check

P = ParamSpec("P")


def at_the_desk(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the desk. Raises PermissionDenied (403) for members who do not wrangle."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        check(wrangler(request))
        return view(request, *args, **kwargs)

    return guarded


def wrangler(request: HttpRequest) -> Person:
    """The person at the desk."""
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    return person


def number(given: str | None, otherwise: int = 1) -> int:
    """A page number or key as an address has it."""
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 19 else otherwise
