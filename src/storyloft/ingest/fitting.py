"""What the library's tables can hold: text without what no database takes, numbers a story can have. Knows no Django.

A half character (one half of a surrogate pair, as JSON that was cut in the middle of an emoji holds) is no text: no
database takes it, nor does the pipe out of the reading process. PostgreSQL refuses a NUL as well, and a text too long
for its column or its index, both of which SQLite keeps without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

Thing = TypeVar("Thing")

# Thousands of chapters exist. A number beyond this is a mistake or a trap: what is missing below it would be counted.
MOST_CHAPTERS = 100_000
_COUNTED = frozenset({"number", "total", "expected_chapters"})
# A row of a PostgreSQL index may have 2,704 bytes.
_LONGEST_PATH = 1_000
_HEAVIEST_PATH = 2_600
# How Python names the bytes of a file name that is no UTF-8; such names are old, and Latin-1 nearly always.
_STRAY_BYTE = re.compile("[\udc80-\udcff]")


def fitted(thing: Thing) -> Thing:
    """The same reading or work with only text and numbers that can be stored.

    A chapter's number or a count of chapters beyond MOST_CHAPTERS becomes None.
    """
    return cast(Thing, _fitted(thing))


def storable(text: str) -> str:
    """The text without NUL; halves of a character joined where both are there, else replaced by �."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def cut(text: str, characters: int, octets: int) -> str:
    """The beginning of a text within so many characters, and so many bytes as UTF-8."""
    return text[:characters].encode()[:octets].decode(errors="ignore")


def row_path(path: str) -> str:
    """The end of a path, as the row of its file is named."""
    short = storable(path)[-_LONGEST_PATH:].encode()[-_HEAVIEST_PATH:]
    return short.decode(errors="ignore") or "Unnamed"


def shown_name(name: str) -> str:
    """A file's name as it is shown; one that is no UTF-8 is read as Latin-1, so that two names do not become one."""
    return _STRAY_BYTE.sub(lambda byte: chr(ord(byte[0]) - 0xDC00), name)


def _fitted(thing: object) -> object:
    if isinstance(thing, str):
        return storable(thing)
    if isinstance(thing, tuple):
        return tuple(map(_fitted, thing))
    if isinstance(thing, Mapping):
        return {_fitted(name): _fitted(value) for name, value in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing, **{field.name: _of_field(field.name, getattr(thing, field.name)) for field in fields(thing)}
        )
    return thing


def _of_field(name: str, value: Any) -> object:  # noqa: ANN401 - whatever a field of a shape holds
    if name in _COUNTED and value is not None:
        return value if 0 <= value <= MOST_CHAPTERS else None
    return _fitted(value)
