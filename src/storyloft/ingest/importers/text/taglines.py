"""Wattpad's slogan glued behind a story's title, in the languages of `taglines.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from storyloft.ingest.importers.text.sheet import Sheet


@cache
def slogans() -> tuple[str, ...]:
    """The slogans of all languages."""
    data = files("storyloft.ingest.importers.text").joinpath("taglines.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(data).values())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(slogan.split(". ")[1].casefold() for slogan in slogans())


@cache
def _tagline() -> re.Pattern[str]:
    each = (r"\.? ?".join(re.escape(half) for half in slogan.split(". ")) for slogan in slogans())
    return re.compile(rf"^(?P<story>.{{0,200}}?) ?(?:{'|'.join(each)})\.?$", re.IGNORECASE)


def story_in_tagline(line: str) -> str | None:
    """The story's title before the slogan ("" for the slogan alone); None where this normalised line has none."""
    if not line.rstrip(". ").casefold().endswith(_endings()):
        return None
    found = _tagline().match(line)
    return found["story"].strip() if found else None


def last_tagline(sheet: Sheet) -> int | None:
    """The line of the last tagline; earlier ones may be an author's words."""
    for at in range(len(sheet) - 1, -1, -1):
        if sheet.plain[at] and sheet.stands(at) and story_in_tagline(sheet.plain[at]) is not None:
            return at
    return None


def has_tagline(text: str) -> bool:
    """Whether a slogan stands somewhere in the text, for a cheap look."""
    return any(text.rfind(slogan.split(". ")[1]) >= 0 for slogan in slogans())
