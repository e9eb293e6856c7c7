"""Where a saved page came from."""

from __future__ import annotations

from datetime import date

import pytest

from storyloft.ingest.importers.pages.address import absolute, host_of
from storyloft.ingest.importers.pages.page import SavedPage

SAVED = "saved date: Tue Jan 02 2024 18:00:00 GMT+0100"
SINGLE_FILE = f"<!--\n Page saved with SingleFile \n url: https://a.example/s \n {SAVED}\n-->"


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<link rel="canonical" href="https://a.example/1"><meta property="og:url" content="https://b.example/2">',
         "https://a.example/1"),
        ('<meta property="og:url" content="https://b.example/2">', "https://b.example/2"),
        ("<!-- saved from url=(0019)https://c.example/3 --><p>x</p>", "https://c.example/3"),
        ('<!-- saved from url=(0019)https://c.example/3 --><link rel="canonical" href="/4">', "https://c.example/4"),
        ('<link rel="canonical" href="//d.example/5">', "https://d.example/5"),
        ('<link rel="canonical" href="/6">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="http://[broken">', ""),
        (f"{SINGLE_FILE}<p>x</p>", "https://a.example/s"),
        ('<link rel="canonical" href="https://web.archive.org/web/20120304050607/http://e.example/7">', "http://e.example/7"),
        ("<p>x</p>", ""),
    ],
)  # fmt: skip
def test_the_address_is_found(html: str, address: str) -> None:
    assert SavedPage(html).address == address


def test_a_note_deep_in_the_page_is_not_believed() -> None:
    assert SavedPage("x" * 5_000 + "<!-- saved from url=(0019)https://c.example/3 -->").address == ""


@pytest.mark.parametrize(
    ("html", "day"),
    [
        (SINGLE_FILE, date(2024, 1, 2)),
        (
            "<!-- saved from url=(0060)https://web.archive.org/web/20120304050607/http://e.example/ -->",
            date(2012, 3, 4),
        ),
        ("<!-- saved from url=(0060)https://web.archive.org/web/20129904050607/http://e.example/ -->", None),
        ("<p>x</p>", None),
    ],
)
def test_the_day_of_saving_is_found(html: str, day: date | None) -> None:
    assert SavedPage(html).saved_on == day


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.Wattpad.com/1", "wattpad.com"), ("https://m.fanfiction.net/s/1", "fanfiction.net"),
     ("http://[broken", ""), ("", "")],
)  # fmt: skip
def test_hosts_are_compared_without_www(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("link", "full"),
    [("/a", "https://b.example/a"), ("#note", "#note"), ("https://web.archive.org/web/2012/http://c.example/", "http://c.example/"),
     ("http://[x", "http://[x")],
)  # fmt: skip
def test_links_are_made_whole(link: str, full: str) -> None:
    assert absolute(link, "https://b.example/s/1") == full
