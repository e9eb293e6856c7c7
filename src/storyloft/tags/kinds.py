"""The kinds of tag and the fixed words for rating, warning and category. Plain Python, so importers may use it."""

from __future__ import annotations

import re
from enum import StrEnum


class TagKind(StrEnum):
    """A tag's kind, in the order in which pages show them."""

    RATING = "rating"
    WARNING = "warning"
    CATEGORY = "category"
    FANDOM = "fandom"
    RELATIONSHIP = "relationship"
    CHARACTER = "character"
    FREEFORM = "freeform"


NOT_RATED = "Not Rated"
RATINGS = (NOT_RATED, "General Audiences", "Teen And Up Audiences", "Mature", "Explicit")
CHOSE_NOT_TO_WARN = "Creator Chose Not To Use Archive Warnings"
NO_WARNINGS_APPLY = "No Archive Warnings Apply"
WARNINGS = (
    CHOSE_NOT_TO_WARN,
    NO_WARNINGS_APPLY,
    "Graphic Depictions Of Violence",
    "Major Character Death",
    "Rape/Non-Con",
    "Underage Sex",
)
CATEGORIES = ("F/F", "F/M", "Gen", "M/M", "Multi", "Other")

# What other sites and old headers say, folded by `_plain`, and which of our ratings it means.
_RATING_WORDS = {
    "Explicit": "explicit ma nc17 nc18 x xxx adult 18 18+",
    "Mature": "mature m r",
    "Teen And Up Audiences": "teenandupaudiences teen t pg13 15 13+ 15+",
    "General Audiences": "generalaudiences general everyone e pg g k k+ all u",
}
_RATING_OF = {word: rating for rating, words in _RATING_WORDS.items() for word in words.split()}

_WARNING_WORDS = {
    CHOSE_NOT_TO_WARN: "choosenottousearchivewarnings creatorchosenottousearchivewarnings chosenottowarn",
    NO_WARNINGS_APPLY: "noarchivewarningsapply nowarnings none",
    "Graphic Depictions Of Violence": "graphicdepictionsofviolence graphicviolence violence",
    "Major Character Death": "majorcharacterdeath characterdeath death",
    "Rape/Non-Con": "rapenoncon rape noncon",
    "Underage Sex": "underagesex underage",
}
_WARNING_OF = {word: warning for warning, words in _WARNING_WORDS.items() for word in words.split()}


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", words.lower())


def rating_for(words: str) -> str:
    """The rating that a site's or header's words mean, `NOT_RATED` where they mean none of ours."""
    return _RATING_OF.get(_plain(words.removeprefix("Fiction").strip()), NOT_RATED)


def warning_for(words: str) -> str | None:
    """The archive warning these words mean; None where they are the author's own words."""
    return _WARNING_OF.get(_plain(words))
