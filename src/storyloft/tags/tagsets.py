"""A tag set: canonical tags with their wordings and parents as a readable TOML file, to tidy another archive with.

    format = 1
    name = "Baker Street"

    [[relationship]]
    name = "Sherlock Holmes/John Watson"
    fandoms = ["Sherlock Holmes"]
    characters = ["Sherlock Holmes", "John Watson"]
    wordings = ["Johnlock", "Holmes/Watson"]

The whole format is told in docs/reference/tag-sets.md. Knows no database.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storyloft.tags.kinds import TagKind

FORMAT = 1
LARGEST = 20_000_000  # bytes; about 200,000 tags
LONGEST_NAME = 150
KINDS = (TagKind.FANDOM, TagKind.CHARACTER, TagKind.RELATIONSHIP, TagKind.FREEFORM)
_LISTS = ("wordings", "under", "fandoms", "characters")


class BadTagSet(ValueError):
    """The file is no tag set; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A canonical tag. `under`: its meta tags. `told_apart`: by fandom, the wordings that mean it only there."""

    kind: TagKind
    name: str
    wordings: tuple[str, ...] = ()
    told_apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    under: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class TagSet:
    """Entries with a name for all of them."""

    name: str = ""
    about: str = ""
    entries: tuple[Entry, ...] = ()


def read(data: bytes) -> TagSet:
    """The tag set in a file. Raises BadTagSet."""
    if len(data) > LARGEST:
        raise BadTagSet(f"The file is larger than {LARGEST // 1_000_000} MB. Nothing was changed.")
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadTagSet(f"The file cannot be read as TOML: {error}. Nothing was changed.") from error
    if told.get("format") != FORMAT:
        raise BadTagSet("The file does not begin with `format = 1`, so it is no tag set that we know.")
    entries = tuple(entry for kind in KINDS for entry in _entries(kind, told.get(kind, [])))
    return TagSet(_text(told, "name", "the file"), _text(told, "about", "the file"), entries)


def write(tags: TagSet) -> str:
    """A tag set as a file, the same for the same tags, so that two states can be compared line by line."""
    head = [f"format = {FORMAT}", *_line("name", tags.name), *_line("about", tags.about)]
    order = {kind: at for at, kind in enumerate(KINDS)}
    entries = sorted(tags.entries, key=lambda entry: (order[entry.kind], entry.name.casefold(), entry.name))
    return "\n".join([*head, *(line for entry in entries for line in _lines(entry))]) + "\n"


def _entries(kind: TagKind, rows: object) -> Iterator[Entry]:
    if not isinstance(rows, list):
        raise BadTagSet(f"`{kind}` should be written as [[{kind}]], once for each. Nothing was changed.")
    for number, row in enumerate(rows, 1):
        where = f"{kind} {number}"
        if not isinstance(row, dict):
            raise BadTagSet(f"{where.capitalize()} is not written as [[{kind}]]. Nothing was changed.")
        if unknown := row.keys() - {"name", "about", "wordings_in", *_LISTS}:
            raise BadTagSet(f"{where.capitalize()} says “{sorted(unknown)[0]}”, which we do not know.")
        name = _name(row.get("name"), where)
        lists = {one: _names(row.get(one, []), f"{where} “{name}”, {one}") for one in _LISTS}
        yield Entry(kind, name, told_apart=_told_apart(row, where), about=_text(row, "about", where), **lists)


def _told_apart(row: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    by_fandom = row.get("wordings_in", {})
    if not isinstance(by_fandom, dict):
        raise BadTagSet(f"{where.capitalize()}: `wordings_in` should name fandoms, each with its wordings.")
    return {_name(fandom, where): _names(names, f"{where}, {fandom}") for fandom, names in by_fandom.items()}


def _names(given: object, where: str) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise BadTagSet(f'{where.capitalize()}: should be a list, as in ["One", "Another"].')
    return tuple(dict.fromkeys(_name(one, where) for one in given))


def _name(given: object, where: str) -> str:
    name = " ".join(given.replace("\0", "").split()) if isinstance(given, str) else ""
    if not name or len(name) > LONGEST_NAME:
        raise BadTagSet(f"{where.capitalize()}: a name should be a text of 1 to {LONGEST_NAME} letters.")
    return name


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    given = row.get(name, "")
    if not isinstance(given, str):
        raise BadTagSet(f"{where.capitalize()}: `{name}` should be a text.")
    return given.replace("\0", "").strip()


def _lines(entry: Entry) -> Iterator[str]:
    yield f"\n[[{entry.kind}]]"
    yield from _line("name", entry.name)
    yield from _line("about", entry.about)
    for name in _LISTS:
        yield from _listed(name, getattr(entry, name))
    if entry.told_apart:
        yield f"[{entry.kind}.wordings_in]"
        for fandom, names in sorted(entry.told_apart.items()):
            yield from _listed(_quoted(fandom), names)


def _line(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"{name} = {_quoted(text)}"


def _listed(name: str, names: Iterable[str]) -> Iterator[str]:
    if texts := [_quoted(one) for one in names]:
        line = f"{name} = [{', '.join(texts)}]"
        yield line if len(line) < 110 else f"{name} = [\n" + "".join(f"  {text},\n" for text in texts) + "]"


def _quoted(text: str) -> str:
    """A TOML basic string. JSON writes the same but for one sign that TOML wants spelled out."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
