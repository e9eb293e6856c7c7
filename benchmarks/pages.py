"""Pages, through Django's whole handler but no network: the chapter, and the library at its fullest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Row, Size, milliseconds
from storyloft.accounts.models import Person
from storyloft.works.models import Chapter, Visibility

_TIMES = 200
_WHO = ("signed out", "signed in")


def measure(size: Size) -> Iterator[Row]:
    """Chapter and library, signed out and signed in."""
    handler = WSGIHandler()
    chapter = _chapter()
    address = f"/works/{chapter.work.public_id}/chapters/{chapter.public_id}?adult=1"
    for who in _WHO:
        bare = milliseconds(_asking(handler, "/bare", who, "benchmarks.bare"), _TIMES)
        for name, what, path, bar in (
            ("chapter", f"a chapter of {chapter.words:,} words", address, 3.0),
            ("library", f"the first page of a library of {size.works:,} works", "/", 15.0),
        ):
            ask = _asking(handler, path, who)
            taken = milliseconds(ask, _TIMES)
            yield Row(
                name=f"{name}, {who}",
                what=f"{what}, {who}",
                value=taken.processor,
                unit="ms",
                bar=bar,
                reference=bare.processor,
                against="a bare Django view behind the same middleware",
                more={"queries": _queries(ask), "ms on the clock": taken.clock},
            )


def _chapter() -> Chapter:
    """A chapter with neighbours on both sides, in a work that strangers may read."""
    middle = Chapter.objects.filter(work__visibility=Visibility.PUBLIC, work__chapter_count=3, position=2)
    return middle.select_related("work").order_by("pk")[0]


def _asking(handler: WSGIHandler, path: str, who: str, urls: str | None = None) -> Callable[[], None]:
    """One whole request, as the web server makes it of the bytes that come in."""
    factory = RequestFactory(SERVER_NAME="localhost")
    if who == "signed in":
        factory.cookies = _cookies()

    def ask() -> None:
        request: HttpRequest = factory.get(path)
        if urls:
            request.urlconf = urls
        response = handler.get_response(request)
        if response.status_code != 200 or not len(getattr(response, "content", b"")):
            raise RuntimeError(f"{path} answers {response.status_code}; a figure of that would be a lie.")

    return ask


def _cookies() -> SimpleCookie:
    client = Client()
    client.force_login(Person.objects.owner(), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies


def _queries(ask: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)
