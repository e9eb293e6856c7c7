"""Front matter: `key: value` lines between two `---` at the very top, as YAML has them in its simplest form."""

from __future__ import annotations

import re

from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.sheet import Sheet

LONGEST = 120  # lines

_KEY = re.compile(r"^(?P<key>[A-Za-z][\w '’/-]{0,40}): ?(?P<value>.*)$")
_ITEM = re.compile(r"^\s*- (?P<item>.+)$")


def read_front_matter(sheet: Sheet, details: Details) -> None:
    """Read front matter into `details`, where every line up to the second `---` is a key, an item or indented."""
    end = next((at for at in range(1, min(LONGEST, len(sheet))) if sheet.plain[at] in ("---", "...")), None)
    if sheet.plain[0] != "---" or end is None:
        return
    values = _values(sheet.raw[1:end])
    if not values:
        return
    for key, pieces in values:
        details.take(key.replace("_", " "), "; ".join(pieces) if len(pieces) > 1 else "".join(pieces))
    sheet.use(*range(end + 1))


def _values(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Keys with their values, none at all where a line is neither: then the `---` was a scene break."""
    values: list[tuple[str, list[str]]] = []
    for line in lines:
        key, item = _KEY.match(line[:2_000]), _ITEM.match(line[:2_000])
        if key:
            value = _bare(line[key.start("value") :])
            values.append((key["key"], [value] if value else []))
        elif item and values:
            values[-1][1].append(_bare(item["item"]))
        elif line[:1].isspace() and line.strip() and values:
            earlier = values[-1][1]
            earlier[-1:] = [f"{earlier[-1]} {line.strip()}" if earlier else line.strip()]
        elif line.strip() and not line.startswith("#"):
            return []
    return values


def _bare(value: str) -> str:
    """A value without quotes, the brackets of a list, the sign of a text of several lines."""
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):
        return ""
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(piece.strip(" \"'") for piece in value[1:-1].split(","))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
