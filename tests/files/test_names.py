"""File names that are safe everywhere."""

from __future__ import annotations

import pytest

from storyloft.files.names import safe_name


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("The Lamp Room.epub", "The Lamp Room.epub"),
        ("../../etc/passwd", "passwd"),
        ("C:\\stories\\lamp.txt", "lamp.txt"),
        ('a"b\r\nSet-Cookie: x.txt', "a b Set-Cookie x.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("CON", "work CON"),
        ("nul.txt", "work nul.txt"),
        ("...", "work"),
        ("", "work"),
        ("Ночной фонарь.epub", "Ночной фонарь.epub"),
        ("half \ud800 a pair.txt", "half a pair.txt"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(given: str, safe: str) -> None:
    assert safe_name(given, fallback="work") == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ж" * 400 + ".epub", fallback="work")
    assert name.endswith(".epub")
    assert len(name.encode()) <= 150
