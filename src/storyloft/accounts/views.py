"""Signing in by a one-time link, and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from storyloft.accounts.models import SignInLink


@require_safe
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """What to do to sign in."""
    return render(request, "accounts/sign_in.html")


# GET alone: a program that only looks (HEAD) before its person follows must not use the link up.
@require_GET
@never_cache
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign in by a link that works once; a used or old one says how to get another."""
    person = SignInLink.objects.use(secret)
    if person is None:
        return render(request, "accounts/sign_in.html", {"link_is_used": True}, status=403)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """Sign out of this browser."""
    logout(request)
    return redirect("/")
