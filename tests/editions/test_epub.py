"""What an EPUB of ours looks like inside."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from storyloft.editions.epub import epub
from storyloft.editions.gathering import gather
from storyloft.editions.making import make
from storyloft.editions.shape import Edition, Part
from storyloft.editions.splitting import split
from storyloft.vault.models import kept_files
from storyloft.works.models import Chapter
from tests.editions.works import full_work, picture, work

GOLDEN = Path(__file__).parent / "golden" / "fog"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"


def entries(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(book: bytes) -> Any:  # noqa: ANN401 - an element tree
    return etree.fromstring(entries(book)["EPUB/content.opf"])


def plain_edition(chapters: int = 3, **changes: Any) -> Edition:  # noqa: ANN401 - any field of an edition
    """An edition without a database: each chapter a few hundred words of fog, each another."""
    told: dict[str, Any] = {
        "public_id": 4820917365028114, "address": "https://stories.example/works/4820917365028114", "site": "Stories",
        "site_address": "https://stories.example/", "title": "Fog", "authors": (), "tags": {}, "language": "en",
        "summary": "", "notes": "", "end_notes": "", "series": (), "origins": (), "published": None, "updated": None,
        "status": "unknown", "words": 1, "expected": None,
        "chapters": [Part(number=n, title="", html=_fog(n)) for n in range(1, chapters + 1)],
        "modified": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "cover": picture(),
    }  # fmt: skip
    return Edition(**told | changes)


def _fog(number: int) -> str:
    return "".join(f"<p>{hashlib.sha256(f'{number}.{n}'.encode()).hexdigest()}</p>" for n in range(60))


@pytest.mark.django_db
def test_the_package_stands_third_and_nothing_is_streamed() -> None:
    with zipfile.ZipFile(io.BytesIO(make(full_work(), "epub"))) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos][:5] == [
        "mimetype", "META-INF/container.xml", "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx",
    ]  # fmt: skip
    assert {info.flag_bits & 8 for info in infos} == {0}
    assert {info.date_time for info in infos} == {(2026, 3, 4, 5, 6, 6)}


@pytest.mark.django_db
def test_the_mimetype_can_be_read_by_its_place() -> None:
    assert make(work(), "epub")[30:58] == b"mimetypeapplication/epub+zip"


@pytest.mark.django_db
def test_the_same_work_gives_the_same_bytes() -> None:
    taken = full_work()
    assert make(taken, "epub") == make(taken, "epub")


def test_another_process_gives_the_same_bytes() -> None:
    """Dictionaries and sets are in another order there."""
    script = (
        "import django; django.setup(); import hashlib\n"
        "from tests.editions.test_epub import plain_edition\nfrom storyloft.editions.epub import epub\n"
        "print(hashlib.sha256(epub(plain_edition(cover=None))).hexdigest())"
    )
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": os.pathsep.join(("src", "."))}
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={**known, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {hashlib.sha256(epub(plain_edition(cover=None))).hexdigest().encode() + b"\n"}


def koreader_samples(book: bytes) -> bytes:
    """The kilobytes by which KOReader knows a book: at 0, 1 kB, 4 kB, 16 kB, 64 kB …"""
    return b"".join(book[offset : offset + 1024] for offset in [0, *(1024 << 2 * step for step in range(11))])


@pytest.mark.parametrize("chapters", [1, 3, 10, 40])
def test_a_reader_that_samples_sees_each_new_chapter(chapters: int) -> None:
    first, second = epub(plain_edition(chapters)), epub(plain_edition(chapters + 1))
    assert koreader_samples(first) != koreader_samples(second)


def test_a_date_before_zip_began_is_no_obstacle() -> None:
    book = epub(plain_edition(modified=datetime(1970, 1, 1, tzinfo=UTC)))
    assert zipfile.ZipFile(io.BytesIO(book)).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.django_db
def test_gathering_takes_six_queries() -> None:
    taken = full_work()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        gather(taken)
    assert len(asked) == 6


@pytest.mark.django_db
def test_drafts_and_chapters_taken_back_stay_at_home() -> None:
    taken = full_work()
    Chapter.objects.filter(work=taken, position=1).update(taken_back_at=taken.changed_at)
    Chapter.objects.filter(work=taken, position=2).update(current=None)
    assert [part.title for part in gather(taken).chapters] == ["Oil"]


@pytest.mark.django_db
def test_the_identifier_is_for_good() -> None:
    taken = work(public_id=4820917365028114)
    first = package(make(taken, "epub")).findtext(f".//{DC}identifier[@id='pid']")
    assert first == "urn:uuid:" + first[9:] == gather(taken).identifier == plain_edition().identifier


@pytest.mark.django_db
def test_sources_and_our_address_are_identifiers_too() -> None:
    taken = full_work()
    said = [element.text for element in package(make(taken, "epub")).iter(f"{DC}identifier")]
    assert said[1:] == [f"url:{settings.PUBLIC_URL}/works/{taken.public_id}", "ao3:123456"]


@pytest.mark.django_db
def test_every_tag_says_its_kind() -> None:
    opf = package(make(full_work(), "epub"))
    kinds = {}
    for subject in opf.iter(f"{DC}subject"):
        facts = {
            meta.get("property"): meta.text for meta in opf.iterfind(f".//{OPF}meta[@refines='#{subject.get('id')}']")
        }
        kinds[subject.text] = (facts["authority"].rpartition("/terms/")[2], facts["term"])
    assert kinds["Sherlock Holmes/John Watson"] == ("relationship", "sherlock-holmesjohn-watson")
    assert kinds["Teen And Up Audiences"] == ("rating", "teen-and-up-audiences")
    assert len(kinds) == 10


@pytest.mark.django_db
def test_every_series_stands_in_both_spellings() -> None:
    opf = package(make(full_work(), "epub"))
    assert [meta.text for meta in opf.iterfind(f".//{OPF}meta[@property='belongs-to-collection']")] == [
        "The Lamps", "Wicks & Oil", "Odd Ends",
    ]  # fmt: skip
    old = {meta.get("name"): meta.get("content") for meta in opf.iterfind(f".//{OPF}meta[@name]")}
    assert old == {"calibre:series": "The Lamps", "calibre:series_index": "2", "cover": "cover"}


@pytest.mark.django_db
def test_one_creator_for_each_author() -> None:
    assert [c.text for c in package(make(full_work(), "epub")).iter(f"{DC}creator")] == ["ann", "Bo, the elder"]


@pytest.mark.django_db
def test_pictures_change_what_is_said_of_access() -> None:
    def said(book: bytes) -> list[str]:
        metas = package(book).iterfind(f".//{OPF}meta[@property]")
        return [meta.text for meta in metas if meta.get("property").startswith("schema:")]

    assert "alternativeText" in said(make(full_work(), "epub"))
    assert "visual" not in said(make(work(), "epub"))
    silent = work(chapters=[{"html": '<p><img src="picture:0.png" alt=""></p>'}], pictures=[picture()])
    assert "alternativeText" not in said(make(silent, "epub"))


@pytest.mark.django_db
def test_contents_and_ncx_have_the_same_lines() -> None:
    book = entries(make(full_work(), "epub"))
    nav = re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', book["EPUB/nav.xhtml"].decode())
    points = re.findall(r"<text>([^<]+)</text></navLabel><content src=\"([^\"]+)\"", book["EPUB/toc.ncx"].decode())
    assert [(title, name) for name, title in nav] == points
    assert [title for _, title in nav] == [
        "Preface", "Chapter 1: The Count", "Chapter 2", "Chapter 3: Oil", "Afterword",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_chapter_in_another_language_says_so() -> None:
    book = entries(make(full_work(), "epub"))
    assert b'lang="fr" xml:lang="fr"' in book["EPUB/chapter2.xhtml"]
    assert b'lang="en" xml:lang="en"' in book["EPUB/chapter3.xhtml"]


@pytest.mark.django_db
def test_arabic_runs_from_right_to_left() -> None:
    book = entries(make(work(language="ar"), "epub"))
    assert b'dir="rtl"' in book["EPUB/chapter1.xhtml"]
    assert b'page-progression-direction="rtl"' in book["EPUB/content.opf"]


@pytest.mark.django_db
def test_passages_keep_their_address() -> None:
    taken = full_work()
    current = taken.chapters.get(position=1).current
    assert current is not None
    told = re.findall(r'id="(p-[^"]+)"', current.html)
    page = entries(make(taken, "epub"))["EPUB/chapter1.xhtml"].decode()
    assert [page.count(f'id="{name}"') for name in told] == [1] * len(told) != []


@pytest.mark.django_db
def test_the_works_own_cover_is_the_books() -> None:
    taken = work(cover=kept_files().keep(picture("crimson")))
    assert entries(make(taken, "epub"))["EPUB/cover.png"] == picture("crimson")


@pytest.mark.django_db
def test_a_lost_picture_leaves_its_words() -> None:
    taken = work(chapters=[{"html": '<p>See <img src="picture:0.png" alt="the lamp">.</p>'}], pictures=[picture()])
    taken.pictures.all().delete()
    assert b"See [the lamp]." in entries(make(taken, "epub"))["EPUB/chapter1.xhtml"]


def test_long_chapters_are_cut_between_paragraphs() -> None:
    html = f'<div class="letter">{"<p>fog</p>" * 100}</div>'
    pieces = split(html, 300)
    assert max(map(len, pieces)) < 400
    assert {piece[:20] for piece in pieces} == {'<div class="letter">'}
    assert "".join(pieces).count("<p>fog</p>") == 100
    assert [etree.fromstring(piece).tag for piece in pieces] == ["div"] * len(pieces)


def test_what_cannot_be_cut_stays_whole() -> None:
    listed = f"<ul>{'<li>fog</li>' * 100}</ul>"
    assert split(f"<p>a</p>{listed}<p>b</p>", 300) == ["<p>a</p>", listed, "<p>b</p>"]


def test_a_small_book_is_as_it_was(request: pytest.FixtureRequest) -> None:
    """`--rewrite` writes the golden tree anew, for a person to review."""
    book = entries(epub(replace(plain_edition(), chapters=_two_chapters())))
    text = {name: data for name, data in book.items() if not name.endswith(".png")}
    if request.config.getoption("--rewrite", default=False):
        for name, data in text.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(data)
    golden = {path.relative_to(GOLDEN).as_posix(): path.read_bytes() for path in GOLDEN.rglob("*") if path.is_file()}
    assert text == golden


def _two_chapters() -> list[Part]:
    first = (
        '<p id="p-a1b2c3">“Tea, <em>Watson</em>?”<br>He poured.</p><hr id="p-d4e5f6" class="scene-break" title="***">'
    )
    second = '<p id="p-g7h8j9">The fog &amp; the lamp; <big>the</big> <tt>lamp</tt>.</p><center><p>Fin</p></center>'
    return [
        Part(number=1, title="Tea", html=first, notes="<p>First.</p>", end_notes='<p id="p-a1b2c3">Last.</p>'),
        Part(number=2, title="", html=second),
    ]
