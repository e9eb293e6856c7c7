"""Originals, byte for byte."""

from __future__ import annotations

import pytest

from storyloft.vault.models import Original

pytestmark = pytest.mark.django_db


def test_an_original_is_read_back_byte_for_byte() -> None:
    original = Original.objects.keep([b"\x00\xff the fog", b" had come up"], "box/lamp.txt")
    assert (original.read(), original.size) == (b"\x00\xff the fog had come up", 22)


def test_the_same_bytes_are_one_original_under_their_first_name() -> None:
    first = Original.objects.keep([b"the fog"], "lamp.txt")
    again = Original.objects.keep([b"the ", b"fog"], "copy of lamp.txt")
    assert (again, again.name) == (first, "lamp.txt")


def test_the_bytes_are_on_disk_before_the_row_is_there() -> None:
    original = Original.objects.keep([b"acknowledged"], "a.txt")
    assert original.path.read_bytes() == b"acknowledged"
    assert original.path.name == original.sha256
