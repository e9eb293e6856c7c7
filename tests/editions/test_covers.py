"""Drawn covers: the same for the same words, coloured by fandom, small enough for a book."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from storyloft.editions.covers import cover, draw

TITLES = ("The Lamp", "", "x" * 300, "灯笼与雾", "👻", "a " * 150, "Ünïcödé — “quoted”", "\u202eback")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_cover(title: str) -> None:
    data = draw(title, ["ann"] * 7, "Sherlock Holmes")
    image = opened(data)
    assert (image.format, image.size, len(data) <= 100_000) == ("JPEG", (1000, 1600), True)


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw("Fog", ["ann"], "Dracula") == draw("Fog", ["ann"], "Dracula")


def test_a_fandom_has_its_colour() -> None:
    def ground(fandom: str) -> object:
        return opened(draw("Fog", [], fandom)).getpixel((5, 5))

    assert ground("Dracula") == ground(" dracula ") != ground("Alice in Wonderland")


def test_letters_the_font_lacks_are_left_out() -> None:
    assert draw("灯笼", [], "Fog") == draw("与雾", [], "Fog") != draw("Lantern", [], "Fog")


def test_a_cover_is_drawn_once() -> None:
    first = cover("Fog and Lamps", ["ann"], "Dracula")
    kept = max((Path(settings.HOME) / "covers").glob("*.jpg"), key=lambda path: path.stat().st_mtime_ns)
    assert kept.read_bytes() == first == cover("Fog and Lamps", ["ann"], "Dracula")
