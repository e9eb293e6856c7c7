"""What programs ask for before they come in."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client, override_settings


def rules() -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(Client().get("/robots.txt").text.splitlines())
    return parser


@pytest.mark.parametrize("address", ["/", "/works/123", "/works/123/chapters/4", "/tags/fandom/Fog"])
def test_search_engines_may_read_what_strangers_may(address: str) -> None:
    assert rules().can_fetch("Readerbot", address)


@pytest.mark.parametrize("address", ["/search/suggest?q=lamp", "/sign-in/secret"])
def test_search_engines_stay_out_of_what_is_no_page(address: str) -> None:
    assert not rules().can_fetch("Readerbot", address)


@pytest.mark.parametrize("gatherer", ["GPTBot", "CCBot", "ClaudeBot", "Google-Extended"])
def test_gatherers_of_training_text_stay_out_altogether(gatherer: str) -> None:
    assert not rules().can_fetch(gatherer, "/works/123")


@override_settings(SITE_NAME="The Lamp Room of Baker Street")
def test_the_archive_can_be_put_on_a_home_screen_under_its_own_name() -> None:
    answer = Client().get("/manifest.webmanifest")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert told["name"] == "The Lamp Room of Baker Street"
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


def test_the_icon_is_found_where_programs_look_for_it() -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Location"].endswith(".svg")) == (301, True)
