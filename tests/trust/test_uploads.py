"""What people send: numbers, names, bodies, archives. Checks H6, U2, U8, U10 and W12."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from storyloft.editions.making import name_of
from storyloft.files.names import safe_name
from storyloft.ingest import intake
from storyloft.ingest.imported import ImportedByline, ImportedSeries, ImportedSource
from storyloft.ingest.models import FileState, Import, ImportFile, ImportState
from storyloft.ingest.registry import LARGEST_FILE
from storyloft.ingest.store import store
from storyloft.ingest.upload_views import receive
from storyloft.prose.clean import TooCostly, clean
from storyloft.reading.wishes import Wish
from storyloft.search.finding import find
from storyloft.search.query import read
from storyloft.search.writer import drain
from storyloft.works.models import Series, Work
from tests.cast import ada
from tests.stories import lamp_story
from tests.trust.doors import DOORS
from tests.trust.kept import Kept, kept

pytestmark = pytest.mark.django_db
# What is no number, or one that no database holds.
ODD_NUMBERS = (
    "",
    "x",
    "-1",
    "²",
    "٣",
    "1e9",
    "1.5",
    "0x10",
    "9" * 19,
    "9" * 5000,
    "\x00",
    "1 OR 1=1",
    "None",
    "½",
    "①",
)
ODD_WORDS = (
    "\x00",
    "'",
    '"; DROP TABLE works_work; --',
    "%",
    "\\",
    "a" * 9_000,
    "((((",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202e",
    "*",
    ":" * 900,
    "-" * 900,
    '"' * 999,
    "title:" * 160,
)


@pytest.fixture
def seen(index_folder: Path) -> Kept:
    one = kept("public")
    drain()
    return one


@pytest.fixture
def client() -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    return browser


NUMBERED = ("page", "chapter", "seed", "line", "size", "work", "expected_chapters", "fraction", "v", "adult", "panel")
WORDED = (
    "q",
    "fandom",
    "relationship",
    "author",
    "status",
    "length",
    "reading",
    "sort",
    "view",
    "only",
    "path",
    "kind",
)


def test_no_number_and_no_word_breaks_a_page(seen: Kept, client: Client) -> None:
    broken = []
    for door in DOORS:
        address = door.address(seen)
        for names, odds in ((NUMBERED, ODD_NUMBERS), (WORDED, ODD_WORDS)):
            for odd in odds:
                answer = client.get(address.split("?")[0], dict.fromkeys(names, odd))
                answer.close()
                broken += [(door.name, odd[:20], answer.status_code)] if answer.status_code >= 500 else []
    assert broken == []


def test_no_number_breaks_what_is_sent(seen: Kept, client: Client) -> None:
    broken = []
    for door in DOORS:
        for odd in ODD_NUMBERS:
            posted = {
                **door.posted(seen),
                **dict.fromkeys((*NUMBERED, "chapter", "passage", "title"), odd),
                "apply": "1",
            }
            answer = client.post(f"{door.address(seen).split('?')[0]}?size={odd[:60]}", posted)
            answer.close()
            broken += [(door.name, odd[:20], answer.status_code)] if answer.status_code >= 500 else []
    assert broken == []


@pytest.mark.parametrize("address", ["/works/{}", "/by/{}", "/series/{}", "/imports/{}", "/works/{}/download.epub"])
def test_an_id_that_no_database_holds_is_simply_not_there(client: Client, address: str) -> None:
    found = {client.get(address.format(number)).status_code for number in ("0", "9" * 19, "9" * 400, "9" * 5000, "٣")}
    assert found == {404}


def test_a_line_that_was_never_stripped_is_not_there(seen: Kept, client: Client) -> None:
    address = reverse("keep-line", args=[seen.coming.public_id, seen.row.pk])
    assert {client.post(address, {"line": odd}).status_code for odd in (*ODD_NUMBERS, "1", "99")} == {404}
    assert client.post(address).status_code == 404
    assert client.post(address, {"line": "0"}).status_code == 302


def test_only_the_names_of_our_own_list_sort_and_filter(seen: Kept) -> None:
    for name in ("-pk", "keeper__sessions", "keeper__name", "?", "taken_back_at", "title; --", "password", "pk DESC"):
        wish = Wish.of(
            QueryDict(urlencode(dict.fromkeys(("sort", "status", "words", "reading", "view", "after"), name)))
        )
        assert (wish.sort, wish.filters.reading, wish.filters.words, wish.view) == ("", "", "", "covers")
        assert Client().get("/", {"sort": name, "after": name, "status": name, "any": name}).status_code == 200


def test_the_source_builds_no_query_from_text() -> None:
    """No raw SQL, and no name from outside as a keyword of a query (Django CVE-2024-42005, 2025-57833)."""
    forbidden = re.compile(r"RawSQL|\.extra\(|\.raw\(|\.(?:filter|exclude|annotate|values|order_by|alias)\(\*\*request")
    sources = Path(settings.PACKAGE).rglob("*.py")
    assert [path.name for path in sources if forbidden.search(path.read_text("utf-8"))] == []


def test_nobody_turns_to_the_millionth_page(seen: Kept) -> None:
    """A page far beyond the last one is not looked for, whatever was typed."""
    for typed in ODD_WORDS:
        assert find(None, typed, page=99_999).page <= 500


def test_hundreds_of_phrases_are_not_looked_up_one_by_one() -> None:
    asked = read(" ".join(f'"w{n}" -x{n} tag:t{n}' for n in range(200)))
    assert len(asked.phrases) <= 16
    assert len(asked.parts) <= 64
    assert len(read(" ".join(map(str, range(900)))).words) <= 32


def test_half_a_file_is_never_kept(client: Client, cut_short: HttpRequest) -> None:
    coming = intake.begin(ada())
    answer = receive(cut_short, coming.public_id)
    assert answer.status_code == 400
    assert not coming.files.exists()
    sent = client.post(
        reverse("receive-file", args=[coming.public_id]) + "?path=a.txt",
        b"The fog, all of it.",
        content_type="text/plain",
    )
    assert sent.status_code == 201
    row = coming.files.get()
    assert row.original is not None
    assert row.original.read() == b"The fog, all of it."


@pytest.fixture
def cut_short() -> HttpRequest:
    """A request whose line was cut after four of its nineteen bytes."""
    request = RequestFactory().generic("POST", "/?path=a.txt", b"The ", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = "19"
    request.user = ada()
    return request


def test_the_size_one_says_does_not_make_a_large_file_small(client: Client) -> None:
    request = RequestFactory().generic("POST", "/?path=huge.txt&size=1", b"x")
    request.META["CONTENT_LENGTH"] = str(LARGEST_FILE + 1)
    request.user = ada()
    assert receive(request, intake.begin(ada()).public_id).status_code == 413


def test_a_form_instead_of_a_file_is_not_taken_for_an_empty_one() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada(), "django.contrib.auth.backends.ModelBackend")
    found = re.search(r'name="csrf-token" content="(\w+)"', client.get("/imports").text)
    assert found
    address = reverse("receive-file", args=[intake.begin(ada()).public_id])
    answer = client.post(f"{address}?path=a.txt", {"file": "x"}, headers={"x-csrftoken": found[1]})
    assert answer.status_code == 400
    assert not ImportFile.objects.exists()


def test_two_files_of_one_name_both_stay() -> None:
    coming = intake.begin(ada())
    rows = [intake.receive(coming, "box/lamp.txt", [text]) for text in (b"The fog.", b"The lamp.", b"The fog.")]
    assert [row.path for row in rows] == ["box/lamp.txt", "box/lamp (2).txt", "box/lamp.txt"]
    assert {row.original.read() for row in coming.files.all() if row.original} == {b"The fog.", b"The lamp."}


def test_a_file_that_came_as_the_rest_was_done_is_read_after_all() -> None:
    coming = intake.begin(ada())
    intake.receive(coming, "late.txt", [b"The fog."])
    Import.objects.filter(pk=coming.pk).update(state=ImportState.DONE)
    assert coming in Import.objects.unfinished()


def test_a_poisoned_file_is_refused_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = store

    def poisoned(work: object, rows: list[ImportFile], person: object) -> object:
        if "poison" in rows[0].path:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return real(work, rows, person)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "store", poisoned)
    coming = intake.begin(ada())
    for name in ("a poison", "b lamp"):
        text = f"The {name}\n\n" + "The fog had come up from the river before tea.\n\n" * 9
        intake.receive(coming, f"{name}.txt", [text.encode()])
    assert intake.run(coming)
    assert dict(coming.files.values_list("path", "state")) == {
        "a poison.txt": FileState.REFUSED,
        "b lamp.txt": FileState.DONE,
    }


def test_addresses_out_of_a_file_are_links_only_to_the_web() -> None:
    coming = intake.begin(ada())
    row = intake.receive(coming, "a.html", [b"x"])
    bad = "javascript:alert(1)"
    told = lamp_story(
        bylines=(ImportedByline(name="Mallory", url=bad),),
        series=(ImportedSeries(title="Letters", url=bad, position="nan"),),
        source=ImportedSource(site="Nowhere", url="data:text/html,x"),
    )
    work = store(told, [row], ada()).work
    said = [work.bylines.get().url, Series.objects.get().url, work.sources.get().url]
    assert said == ["", "", ""]


NAUGHTY = (
    "",
    ".",
    "..",
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/passwd",
    "C:\\a\\b.txt",
    "a/../b.txt",
    "CON",
    "nul.txt",
    "COM1.epub",
    "COM¹.txt",
    "CONIN$",
    "\u061cx",
    "a\r\nSet-Cookie: x=1.txt",
    "a\nb",
    'a"b.txt',
    "a;b.txt",
    "a\x00b.txt",
    "\u202etxt.exe",
    "\u202egpj.epub",
    "a" * 999,
    "é" * 999 + ".txt",
    "👩‍👩‍👧‍👦" * 90,
    "   ",
    "...",
    ".hidden",
    "a.",
    "a ",
    "\u2028",
    "\ud800",
    "%0d%0aX: y.txt",
    "filename*=UTF-8''x",
    "ﾊﾛｰ.txt",
    "\ufeff",
    "file:///etc/passwd",
    "$(id).txt",
    "<img src=x>.txt",
    "|rm.txt",
    "~root",
    "~",
)


def is_safe(name: str) -> bool:
    return (
        0 < len(name.encode()) <= 160
        and not re.search(r'[\x00-\x1f\x7f-\x9f/\\"<>|:*?;\u202a-\u202e\u2066-\u2069\u2028\u2029\u061c]', name)
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and name.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "com¹", "lpt1", "conin$"}
    )


@pytest.mark.parametrize("given_", NAUGHTY)
def test_a_name_is_safe_on_every_system(given_: str) -> None:
    assert is_safe(safe_name(given_, fallback="work-7"))
    assert is_safe(safe_name(given_, fallback="work-7", ending=".epub"))


@given(st.text(st.characters(codec=None), max_size=300))  # type: ignore[arg-type]
def test_any_name_is_safe(given_: str) -> None:
    assert is_safe(safe_name(given_, fallback="work-7"))


def test_no_name_splits_a_header(client: Client) -> None:
    coming = intake.begin(ada())
    for number, name in enumerate(NAUGHTY):
        row = intake.receive(coming, name.encode("utf-8", "ignore").decode() or "x", [str(number).encode()])
        answer = client.get(reverse("file-original", args=[coming.public_id, row.pk]))
        answer.close()
        assert re.fullmatch(
            r"attachment; filename=\"[ -!#-~]+\"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+", answer["Content-Disposition"]
        ), name
        assert "Set-Cookie" not in answer.headers


def test_no_title_splits_a_header(client: Client) -> None:
    work = kept("public").work
    for title in NAUGHTY:
        Work.objects.filter(pk=work.pk).update(title=title.encode("utf-8", "ignore").decode()[:300])
        work.refresh_from_db()
        answer = client.get(reverse("edition", args=[work.public_id, "txt"]))
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "\n" not in answer["Content-Disposition"]
        assert is_safe(name_of(work, "txt"))


def test_nothing_of_an_archive_is_written_under_its_own_name(tmp_path: Path) -> None:
    box, marker = io.BytesIO(), f"escaped-{time.time_ns()}.txt"
    with zipfile.ZipFile(box, "w") as packed:
        for climb in ("../", "../../../../../../../tmp/", "/tmp/", "..\\..\\", "a/../../", str(tmp_path) + "/"):
            packed.writestr(climb + marker, "The fog had come up from the river before tea. " * 20)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    coming = intake.begin(ada())
    intake.receive(coming, "climb.zip", [box.getvalue()])
    assert intake.run(coming)
    places = [Path("/tmp"), tmp_path, tmp_path.parent, Path(settings.HOME), Path.cwd(), Path.cwd().parent, Path("/")]
    assert [place for place in places if (place / marker).exists()] == []
    kept_bytes = [row.original.read() for row in coming.files.all() if row.original]
    assert not any(b"root:" in data for data in kept_bytes)


HOSTILE = {
    "nested": "<div>" * 60_000,
    "nested twice": "<i title=x>" * 12_000 + "<p>" * 500,
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>x</p>",
    "less than": "<" * 1_000_000,
    "open comments": "<!--" * 200_000,
    "ampersands": "&" * 1_000_000,
    "quotes": '<a href="' * 100_000,
    "unclosed styles": "<style>" * 100_000,
    "tables": "<table><td>" * 20_000,
    "breaks": "a<br>" * 200_000,
}


def test_no_text_costs_the_gate_more_than_it_may(tmp_path: Path) -> None:
    """A second of work for each: beyond it the machine itself ends the process that cleans."""
    for kind, html in HOSTILE.items():
        (tmp_path / f"{kind}.html").write_text(html, "utf-8")
    script = f"""if True:
        import pathlib, resource, sys
        resource.setrlimit(resource.RLIMIT_CPU, ({len(HOSTILE)} + 2, {len(HOSTILE)} + 2))
        from storyloft.prose.clean import TooCostly, clean
        for path in pathlib.Path(sys.argv[1]).glob("*.html"):
            try: clean(path.read_text("utf-8"))
            except TooCostly: pass
        print("done")"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("kind", ["nested", "tables"])
def test_what_no_honest_text_is_like_is_refused_with_a_sentence(kind: str) -> None:
    with pytest.raises(TooCostly, match=r"\.$"):
        clean(HOSTILE[kind])
