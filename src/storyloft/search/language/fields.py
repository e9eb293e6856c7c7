"""The fields a query may name, by all the names people call them, and how each is said in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from types import MappingProxyType

from storyloft.prose.folding import fold
from storyloft.prose.languages import LANGUAGES
from storyloft.tags.kinds import CATEGORIES, NO_WARNINGS_APPLY, NOT_RATED, RATINGS, WARNINGS, rating_for, warning_for


class Holds(Enum):
    """What stands in a field."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    CHOICE = auto()
    # These say something about the query itself.
    WHERE = auto()
    ORDER = auto()
    EXACTLY = auto()


_NAMES = {
    Holds.TEXT: {
        "title": "title",
        "author": "author by byline writer creator creators",
        "fandom": "fandom fandoms media",
        "relationship": "relationship relationships ship pairing",
        "character": "character characters char",
        "tag": "tag tags freeform additional",
        "summary": "summary",
        "notes": "notes note",
        "series": "series",
        "text": "text",
    },
    Holds.NUMBER: {
        "words": "words word_count wordcount length",
        "chapters": "chapters chapter",
        "kudos": "kudos kudos_count",
        "comments": "comments comments_count reviews",
    },
    Holds.DATE: {"updated": "updated revised revised_at", "published": "published date created"},
    Holds.CHOICE: {
        "rating": "rating rated",
        "warning": "warning warnings archive_warning",
        "category": "category categories",
        "status": "status state complete",
        "lang": "lang language",
        "site": "site source from",
        "crossover": "crossover crossovers",
    },
    Holds.WHERE: {"in": "in"},
    Holds.ORDER: {"sort": "sort order"},
    Holds.EXACTLY: {"exact": "exact exactly"},
}
FIELDS = MappingProxyType(
    {alias: name for fields in _NAMES.values() for name, aliases in fields.items() for alias in aliases.split()}
)
HOLDS = MappingProxyType({name: holds for holds, fields in _NAMES.items() for name in fields})

# Where `in:` may look. The text is the story itself, without what is said about it.
PLACES = MappingProxyType(
    {alias: name for name, aliases in _NAMES[Holds.TEXT].items() for alias in aliases.split()}
    | {"story": "text", "body": "text", "anywhere": "", "everywhere": ""}
)

SAID_IN = MappingProxyType(
    {
        "": "{}",
        "text": "{} in the story itself",
        "title": "{} in the title",
        "author": "by {}",
        "fandom": "in the fandom {}",
        "relationship": "with the relationship {}",
        "character": "with the character {}",
        "tag": "tagged {}",
        "summary": "{} in the summary",
        "notes": "{} in the notes",
        "series": "in the series {}",
    }
)

# Each order with the names people call it by.
_ORDERS = {
    "relevance": "relevance best best_match",
    "updated": "updated revised date date_updated newest",
    "published": "published posted created date_posted",
    "kept": "kept added",
    "words": "words length longest word_count",
    "kudos": "kudos",
    "title": "title",
    "author": "author creator by",
    "random": "random surprise",
}
ORDERS = MappingProxyType({alias: name for name, aliases in _ORDERS.items() for alias in aliases.split()})

_STATUSES = {
    "complete": "complete completed finished done yes true",
    "in_progress,hiatus,abandoned": "incomplete unfinished no false",
    "in_progress": "in_progress inprogress wip ongoing updating",
    "hiatus": "hiatus onhiatus on_hiatus paused",
    "abandoned": "abandoned discontinued dead",
    "unknown": "unknown",
}
_STATUS_OF = {alias: name for name, aliases in _STATUSES.items() for alias in aliases.split()}
_STATUS_WORDS = {
    "complete": "complete",
    "in_progress": "in progress",
    "hiatus": "on hiatus",
    "abandoned": "abandoned",
    "unknown": "of unknown state",
}
_RATING_SIGNS = {rating[0]: rating for rating in RATINGS if rating != NOT_RATED}
_CATEGORY_OF = {"slash": "M/M", "femslash": "F/F", "het": "F/M", "m/f": "F/M"} | {
    category.lower(): category for category in CATEGORIES
}
_CROSSOVERS = {"yes": "yes true only 1", "no": "no false none 0"}
_CROSSOVER_OF = {alias: name for name, aliases in _CROSSOVERS.items() for alias in aliases.split()}
_CODE_OF = {fold(name): code for code, names in reversed(LANGUAGES.items()) for name in names.split("|")}


def choice(what: str, typed: str) -> tuple[str, ...]:
    """The values that these words mean in a field of choices; none where they mean nothing there."""
    words = " ".join(typed.split())
    return _READ[what](words) if words else ()


def _rating(words: str) -> tuple[str, ...]:
    # One letter is AO3's sign for it; elsewhere E is for everyone.
    found = _RATING_SIGNS.get(words.upper()) or rating_for(words)
    if found == NOT_RATED and not fold(words).replace(" ", "").startswith(("notrated", "unrated", "none")):
        found = next((rating for rating in RATINGS if len(words) > 2 and fold(rating).startswith(fold(words))), "")
    return (found,) if found else ()


def _warning(words: str) -> tuple[str, ...]:
    found = warning_for(words) or next((one for one in WARNINGS if len(words) > 3 and fold(words) in fold(one)), "")
    return (found,) if found else ()


def _category(words: str) -> tuple[str, ...]:
    found = _CATEGORY_OF.get(words.lower(), "")
    return (found,) if found else ()


def _status(words: str) -> tuple[str, ...]:
    return tuple(filter(None, _STATUS_OF.get(fold(words).replace(" ", "_").replace("-", "_"), "").split(",")))


def _language(words: str) -> tuple[str, ...]:
    code = words.lower().replace("_", "-")
    found = code if code.split("-")[0] in LANGUAGES else _CODE_OF.get(fold(words), "")
    return (found,) if found else ()


def _site(words: str) -> tuple[str, ...]:
    plain = "".join(letter for letter in fold(words) if letter.isalnum())
    return (plain[:100],) if plain else ()


def _crossover(words: str) -> tuple[str, ...]:
    found = _CROSSOVER_OF.get(fold(words), "")
    return (found,) if found else ()


_READ = {
    "rating": _rating,
    "warning": _warning,
    "category": _category,
    "status": _status,
    "lang": _language,
    "site": _site,
    "crossover": _crossover,
}


def choice_in_words(what: str, values: Sequence[str]) -> str:
    """A choice as a sentence goes on: "rated Explicit", "complete", "in German"."""
    if what == "crossover":
        return "crossovers" if "yes" in values else "no crossovers"
    if what == "status" and values == ("in_progress", "hiatus", "abandoned"):
        return "not complete"
    return " or ".join(_value_in_words(what, value) for value in values)


def _value_in_words(what: str, value: str) -> str:
    if what == "rating":
        return "not rated" if value == NOT_RATED else f"rated {value}"
    if what == "warning":
        return "without archive warnings" if value == NO_WARNINGS_APPLY else f"warned of {value}"
    if what == "category":
        return f"of the category {value}"
    if what == "status":
        return _STATUS_WORDS.get(value, value)
    return f"in {LANGUAGES.get(value.split('-')[0], value).split('|')[0]}" if what == "lang" else f"from {value}"


def number_in_words(what: str, least: int | None, most: int | None) -> str:
    """A span as a sentence goes on: "longer than 10,000 words", "1 chapter", "at most 5 comments"."""
    if most is None:
        # "words:>10000" is the commonest wish, and its own words are the clearest.
        is_longer = what == "words" and least and least % 10 == 1
        return f"longer than {(least or 1) - 1:,} words" if is_longer else f"at least {_counted(least or 0, what)}"
    if least == most:
        return _counted(most, what)
    if not least:
        is_shorter = what == "words" and most % 10 == 9
        return f"shorter than {most + 1:,} words" if is_shorter else f"at most {_counted(most, what)}"
    return f"{least:,} to {_counted(most, what)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what.removesuffix('s') if number == 1 and what != 'kudos' else what}"
