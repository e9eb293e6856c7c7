"""Nothing that came in a story runs or loads anything, in any place it is shown. Checks H1, H3, H5 and U7.

The strict policy is switched off in the browser: the gate must hold by itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Route, sync_playwright

from storyloft.ingest import intake
from storyloft.ingest.imported import ImportedByline, ImportedChapter, ImportedSeries, ImportedSource, ImportedTag
from storyloft.ingest.models import FileState, ImportFile
from storyloft.ingest.store import store
from storyloft.prose.policy import ELEMENTS
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Work
from tests.cast import ada
from tests.journeys.conftest import QUIET
from tests.needs import BROWSER
from tests.stories import lamp_story
from tests.trust.vectors import made, written

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
HOUSE = "http://house.example"
A_WORK = 100
RUNS = "<img src=x onerror=alert(1)>"

# Every way of calling out is counted; a link may be clicked, but goes nowhere unless it would run something.
WATCH = """
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.ran(location.href);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!link || /^(https?|mailto):$/.test(link.protocol)) event.preventDefault();
}, true);
"""
TOUCH = """([elements]) => {
  const kinds = ["click", "mouseover", "mouseenter", "focus", "blur", "load", "error", "keydown", "pointerdown",
                 "toggle", "animationstart", "input", "copy", "drag", "scroll", "wheel"];
  const odd = [];
  for (const element of document.querySelectorAll("main *, body *")) {
    const story = element.closest(".prose, .userstuff");
    for (const {name} of element.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$|^ping$/i.test(name) && (story || /^on/i.test(name))) odd.push(name);
    if (element.protocol && !/^(https?|mailto|file):$/.test(element.protocol)) odd.push(element.href);
    const ours = element.closest("form, .stripped");
    if (story && !ours && story !== element && !elements.includes(element.localName)) odd.push(element.localName);
    for (const kind of kinds) element.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
  }
  return odd;
}"""


@dataclass
class Seen:
    """What a browser did with the pages given: scripts that ran, requests to other hosts, markup that is not ours."""

    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """A page as it was answered."""

    media_type: str
    data: bytes


def in_browser(papers: Mapping[str, Paper]) -> Seen:
    """Open every page and touch everything on it. In a thread: a browser's loop and the database do not mix."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_opened, papers).result()


def _opened(papers: Mapping[str, Paper]) -> Seen:
    assert BROWSER.found, "No browser: run `make test`, which installs it or says what to install."
    seen = Seen()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER.found, args=list(QUIET))
        context = _watching(chromium, papers, seen)
        page = context.new_page()
        for path in papers:
            try:
                page.goto(HOUSE + path, wait_until="load")
                seen.odd += [f"{path}: {odd}" for odd in page.evaluate(TOUCH, [sorted(ELEMENTS)])]
            except Error:
                seen.odd.append(f"{path}: the page was left")
        chromium.close()
    return seen


def _watching(chromium: Browser, papers: Mapping[str, Paper], seen: Seen) -> BrowserContext:
    context = chromium.new_context(bypass_csp=True)
    context.set_default_timeout(20_000)
    context.expose_function("ran", lambda where: seen.ran.append(where))
    context.add_init_script(WATCH)

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != HOUSE:
            seen.asked.append(route.request.url)
            route.abort()
        elif paper := papers.get(address.path):
            route.fulfill(content_type=paper.media_type, body=paper.data)
        elif address.path.startswith("/static/") and (found := finders.find(address.path.removeprefix("/static/"))):
            route.fulfill(path=str(found))
        else:
            route.fulfill(body="")

    context.route("**/*", answer)
    return context


def taken_in(vectors: list[str], name: str) -> tuple[Work, ImportFile]:
    """A work with a vector in each chapter's text, notes and title and, in turn, in everything said about it."""
    coming = intake.begin(ada())
    row = intake.receive(coming, f"{name} {vectors[0][:80]}.html", [vectors[0].encode()])
    chapters = tuple(
        ImportedChapter(html=f"<p>The lamp.</p>{each}", title=each[:200], notes=each, end_notes=each, summary=each)
        for each in vectors
    )
    one, two, three, *_ = [each[:140].replace("\0", "") for each in vectors]
    bad = "javascript:alert(1)"
    story = lamp_story(
        chapters,
        site_id=name,
        title=one,
        summary=two,
        notes="".join(vectors[:9]),
        bylines=(ImportedByline(name=three, url=bad),),
        series=(ImportedSeries(title=two, url=bad),),
        tags=tuple(ImportedTag(kind, text) for kind in TagKind for text in (one, three)),
        removed=(),
    )
    assert story.source
    facts = {one: two}
    source = ImportedSource(site=three, site_id=name, url=bad, counts=facts, facts=facts)
    outcome = store(replace(story, source=source), [row], ada())
    ImportFile.objects.filter(pk=row.pk).update(state=FileState.DONE)
    return outcome.work, row


def papers_of(work: Work, row: ImportFile) -> dict[str, Paper]:
    """Everything a work is shown on: pages, before and after, editions opened as files."""
    client = Client()
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    here = [work.public_id]
    addresses = [reverse("work", args=here), reverse("whole-work", args=here), reverse("correct", args=here)]
    addresses += [reverse("import", args=[row.imported_in.public_id]), "/"]
    addresses += [reverse("chapter", args=[*here, each.public_id]) for each in work.chapters.all()[:2]]
    papers = {address: _paper(client, address) for address in addresses}
    file = reverse("import-file", args=[row.imported_in.public_id, row.pk])
    for number in range(0, work.chapter_count, 30):
        papers[f"{file}/{number}"] = _paper(client, f"{file}?chapter={number}")
    edition = reverse("edition", args=[*here, "html"])
    papers[edition] = _paper(client, edition)
    papers |= _book(client, reverse("edition", args=[*here, "epub"]))
    return papers


def _paper(client: Client, address: str) -> Paper:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Paper(answer["Content-Type"], answer.content)


def _book(client: Client, address: str) -> dict[str, Paper]:
    """The files of a book as a reading program opens them."""
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as book:
        pages = sorted(name for name in book.namelist() if name.endswith(".xhtml"))
        # Opening them all takes minutes; chapters go one way into a book, and every tenth proves it.
        return {f"{address}/{name}": Paper("application/xhtml+xml", book.read(name)) for name in pages[::10]}


def raw(vectors: Iterable[str]) -> dict[str, Paper]:
    """The vectors as they are, each a page of its own."""
    head = "<!doctype html><meta charset=utf-8><main>"
    return {f"/raw/{number}": Paper("text/html", (head + each).encode()) for number, each in enumerate(vectors)}


def test_the_vectors_do_run_and_load_where_nothing_cleans_them() -> None:
    vectors = list(written())[::6]
    seen = in_browser(raw(vectors))
    assert len({each for each in seen.ran if "/raw/" in each}) > len(vectors) * 0.3
    assert len(seen.asked) > 1


def test_nothing_runs_or_loads_anywhere_it_is_shown() -> None:
    vectors = [*written(), *made(60)]
    papers: dict[str, Paper] = {}
    for start in range(0, len(vectors), A_WORK):
        papers |= papers_of(*taken_in(vectors[start : start + A_WORK], f"box {start}"))
    assert in_browser(papers) == Seen()


def test_nothing_runs_that_came_as_a_file(tmp_path: Path) -> None:
    """The whole way: a saved page, a Markdown file and a plain text full of vectors, read in the reading process."""
    coming = intake.begin(ada())
    vectors = list(written())[::2]
    for number in range(0, len(vectors), 40):
        body = "\n".join(f"<p>Line {at}.</p>{each}" for at, each in enumerate(vectors[number : number + 40]))
        head = f"<!doctype html><title>{vectors[number]}</title><meta name=author content='{RUNS}'>"
        intake.receive(coming, f"page {number}.html", [f"{head}<article>{body}</article>".encode()])
        text = "\n\n".join(["# Vectors", *vectors[number : number + 40]])
        intake.receive(coming, f"sheet {chr(97 + number // 40)}.md", [text.encode()])
    assert intake.run(coming)
    papers: dict[str, Paper] = {}
    for row in coming.files.filter(state=FileState.DONE):
        for outcome in row.outcomes.all():
            papers |= papers_of(outcome.work, row)
    assert len(papers) > 15
    assert in_browser(papers) == Seen()


def test_an_original_is_never_opened_here() -> None:
    """A file that is a page and a picture at once is handed back as a download, sandboxed, as mere bytes."""
    coming = intake.begin(ada())
    row = intake.receive(coming, "lamp.svg.html", [b"GIF89a/*<svg onload=alert(1)><script>alert(1)</script>*/"])
    client = Client()
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("file-original", args=[coming.public_id, row.pk]))
    answer.close()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
