"""Addresses that a book may hold."""

from __future__ import annotations

import pytest

from storyloft.editions.links import valid_link


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://exämple.org/ß", "https://xn--exmple-cua.org/%C3%9F"),
        ("https://a.example/a b|c", "https://a.example/a%20b%7Cc"),
        ("https://a.example/50%", "https://a.example/50%25"),
        ("https://a.example/%zz%2F", "https://a.example/%25zz%2F"),
        ("http://1.2.3.4:8000/", "http://1.2.3.4:8000/"),
        ("mailto:ann@a.example", "mailto:ann@a.example"),
        *[(broken, "") for broken in (
            "", "http://", "http://1.2.3.456/", "https://a..b/", "https://-a.example/", "https://x_y.example/",
            "https://a.example:99999/", "http://[::1]/", "https://xn--zz.example/", "https://user:pw@a.example/",
            "mailto:ann", "ftp://a.example/", "javascript:alert(1)", "/works/1", "#here",
        )],
    ],
)  # fmt: skip
def test_an_address_is_written_as_it_must_be_or_not_at_all(address: str, valid: str) -> None:
    assert valid_link(address) == valid
