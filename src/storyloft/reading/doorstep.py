"""What programs ask for before they come in: who may crawl, how the archive sits on a phone's home screen, its icon."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

# Crawlers that gather text to train language models on, by the names their makers publish for this file. Stories are
# lent to readers; whoever wants them for something else asks their authors.
GATHERERS = (
    *("AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai"),
    *("cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "img2dataset"),
    *("Meta-ExternalAgent", "omgili", "omgilibot", "PanguBot", "Timpibot", "webzio-extended"),
)
_DAY = 24 * 60 * 60
# The papers of static/css/frame.css.
_PAPER = "#fbf7ef"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`. What is private needs no line here: nobody signed out sees it, whatever they promise. Closed is
    what is no page: the answers to typing in the search box, and sign-in links, which one visit uses up."""
    closed = [f"{reverse(name)}/" for name in ("search", "sign-in")]
    everybody = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    gatherers = [*(f"User-agent: {name}" for name in GATHERERS), "Disallow: /"]
    return _kept(HttpResponse("\n".join([*everybody, "", *gatherers, ""]), content_type="text/plain; charset=utf-8"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest`: the archive as an app on a home screen."""
    sizes = ("192x192", "512x512")
    icons = [
        {"src": static(f"icon-{size.split('x')[0]}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for size in sizes
        for purpose in ("any", "maskable")
    ]
    told = {
        "name": settings.SITE_NAME,
        "description": "A place where stories live.",
        "start_url": reverse("library"),
        "scope": reverse("library"),
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": icons,
    }
    return _kept(JsonResponse(told, content_type="application/manifest+json"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`, which some programs ask for without reading the page."""
    return _kept(HttpResponsePermanentRedirect(static("icon.svg")))


def _kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = f"public, max-age={_DAY}"
    return response
