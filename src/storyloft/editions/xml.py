"""Words as XML and HTML may hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What XML 1.0 cannot carry at all, not even as a reference (XML 1.0, production 2).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(words: str) -> str:
    """The words without the characters that no XML document may hold."""
    return _UNWRITABLE.sub("", words)


def one_line(words: str) -> str:
    """The words in one line, blanks joined: a title or a name as a heading shows it."""
    return " ".join(writable(words).split())


def text(words: str) -> str:
    """Words as they stand between two tags."""
    return writable(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(words: str) -> str:
    """Words as they stand between double quotes; line ends as blanks, for a parser would make them so anyway."""
    return " ".join(text(words).replace('"', "&quot;").splitlines())


def attributes(given: Mapping[str, str]) -> str:
    """A tag's attributes with a blank before each."""
    return "".join(f' {name}="{attribute(value)}"' for name, value in given.items())


def link(address: str, words: str, given: Mapping[str, str] | None = None) -> str:
    """A link; the words alone where there is no address."""
    return f'<a href="{attribute(address)}"{attributes(given or {})}>{text(words)}</a>' if address else text(words)
