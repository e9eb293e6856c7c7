"""What is said about a story beside its scenes: how long, finished or not, when it was read, where, how explicit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storyloft.works.models import Status

LENGTH, STATUS, YEAR, SITE, RATING = "length", "status", "year", "site", "rating"

_STORY = r"(?:fan\s?fic(?:tion)?|fics?|story|one|works?|tale|read|piece)"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing said about a story: its kind, its value for programs ("20000-" words), and in words for people."""

    kind: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    found: re.Pattern[str]
    value: Callable[[re.Match[str]], tuple[str, str]]


def hints_in(text: str) -> tuple[list[Hint], str]:
    """The hints of a text, at most one of each kind, and the text without them."""
    found: dict[str, Hint] = {}
    for pattern in _PATTERNS:
        for match in pattern.found.finditer(text):
            value, words = pattern.value(match)
            if value and pattern.kind not in found:
                found[pattern.kind] = Hint(pattern.kind, value, words)
        text = pattern.found.sub(" ", text)
    return list(found.values()), text


def _is(value: str, words: str) -> Callable[[re.Match[str]], tuple[str, str]]:
    return lambda found: (value, words)


def _counted(found: re.Match[str]) -> tuple[str, str]:
    """A number of words: "about 20k" is within a third, "over 100k" from there on, "under 5,000" up to there."""
    number = float(found["number"].replace(",", "")) * (1_000 if found["k"] else 1)
    if number < 200:
        return "", ""
    bound = (found["bound"] or "").lower()
    if re.match(r"over|more|at\s+least|longer|\+", bound) or found["more"]:
        return f"{number:.0f}-", f"over {number:,.0f} words"
    if re.match(r"under|less|at\s+most|shorter|fewer", bound):
        return f"-{number:.0f}", f"under {number:,.0f} words"
    return f"{number * 2 / 3:.0f}-{number * 4 / 3:.0f}", f"about {number:,.0f} words"


def _year(found: re.Match[str]) -> tuple[str, str]:
    last = found["to"] or found["year"]
    return last, f"from {last} or before"


def _decade(found: re.Match[str]) -> tuple[str, str]:
    tens = next(start for name, start in _DECADES.items() if re.search(name, found[0], re.IGNORECASE))
    last = str(tens + (4 if re.search("early", found[0], re.IGNORECASE) else 9))
    return last, f"from {last} or before"


def _site(found: re.Match[str]) -> tuple[str, str]:
    name = next(name for name, pattern in _SITES.items() if re.fullmatch(pattern, found["site"], re.IGNORECASE))
    return name, f"on {name}"


def _rated(found: re.Match[str]) -> tuple[str, str]:
    letter = found["letter"].lower()
    name = next((full for full in _RATED if letter == full[0].lower() or full.lower().startswith(letter)), "")
    return name, f"rated {name}" if name else ""


_RATED = ("Explicit", "Mature", "Teen And Up Audiences", "General Audiences")
_DECADES = {
    r"70|sevent": 1970,
    r"80|eight": 1980,
    r"90|ninet": 1990,
    r"00|nought|two\s*thousands": 2000,
    r"10|tens": 2010,
}
# As our importers name the sites, and as people do.
_SITES = {
    "Archive of Our Own": r"ao3|a03|archive\s+of\s+our\s+own|archiveofourown(?:\.org)?",
    "FanFiction.net": r"ff\.?net|ffn|fan\s?fiction\.net|fanfic\.net",
    "FictionPress": r"fiction\s?press",
    "Wattpad": r"wattpad",
    "LiveJournal": r"live\s?journal|lj",
    "Dreamwidth": r"dreamwidth",
    "Tumblr": r"tumblr",
    "Quotev": r"quotev",
    "Royal Road": r"royal\s?road",
    "Scribble Hub": r"scribble\s?hub",
    "Fimfiction": r"fimfic(?:tion)?(?:\.net)?",
    "Inkitt": r"inkitt",
    "DeviantArt": r"deviant\s?art",
}

_WHEN = (
    r"(?:(?:it\s+)?(?:was|is|must\s+(?:be|have\s+been)|could\s+have\s+been|might\s+have\s+been|i\s+want\s+to\s+say|i'd\s+say)\s+)?"
    r"(?:(?:published|posted|written|updated|dated)\s+)?(?:(?:back\s+|sometime\s+|somewhere\s+|maybe\s+|probably\s+|perhaps\s+)*)"
    r"(?:in\s+|around\s+|about\s+|circa\s+|before\s+|by\s+|from\s+|since\s+|during\s+|or\s+)*"
)


def _pattern(kind: str, pattern: str, value: Callable[[re.Match[str]], tuple[str, str]]) -> _Pattern:
    return _Pattern(kind, re.compile(pattern, re.IGNORECASE), value)


def _patterns() -> Iterator[_Pattern]:
    number = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<k>k\b)?(?P<more>\+)?"
    bound = (
        r"(?:(?P<bound>over|more\s+than|at\s+least|longer\s+than|under|less\s+than|at\s+most|shorter\s+than|fewer\s+than"
        r"|about|around|roughly|approximately|nearly|almost)\s+)?"
    )
    yield _pattern(
        LENGTH,
        rf"\b{bound}{number}[\s-]*(?:words?(?:\s+long)?\b|(?<=k)(?:\s+(?:long|fic|{_STORY}))?\b|(?<=k\+))",
        _counted,
    )
    yield _pattern(LENGTH, r"\b(?:an?\s+)?(?:one|1)[\s-]?shots?\b|\b(?:a\s+)?ficlet\b", _is("-15000", "a short one"))
    yield _pattern(LENGTH, r"\b(?:a\s+)?drabble\b", _is("-1000", "a drabble"))
    yield _pattern(
        LENGTH,
        rf"\b(?:(?:it\s+(?:is|was)|it's)\s+)?(?:an?\s+)?(?:(?:very|really|super|quite|pretty|rather|fairly|so)\s+)*"
        rf"(?:long[\s-]?fic|(?:long|huge|massive|giant)\s+(?:multi[\s-]?chapter\s+)?{_STORY}\b(?!\s+of)|novel[\s-]length(?:\s+{_STORY})?"
        rf"|epic[\s-]length|multi[\s-]?chapter(?:ed)?(?:\s+{_STORY})?|slow\s?burn\s+epic)",
        _is("20000-", "a long one"),
    )
    yield _pattern(
        LENGTH,
        rf"\b(?:(?:it\s+(?:is|was)|it's)\s+)?an?\s+(?:(?:very|really|super|quite|pretty|rather|fairly)\s+)*"
        rf"(?:short|brief|quick|tiny)\s+(?:little\s+)?(?:{_STORY}|fiction)\b",
        _is("-15000", "a short one"),
    )
    yield _pattern(
        STATUS,
        rf"\b(?:(?:it|the\s+{_STORY}|this)(?:'s|\s+(?:is|was|might\s+be|may\s+be))?\s+)?(?:still\s+)?"
        rf"(?:wip\b|work[\s-]in[\s-]progress|(?:un|in)(?:finished|complete)\s+{_STORY}\b|never\s+(?:got\s+)?(?:finished|completed|updated)\b(?=\W*$|[.,;!])"
        rf"|(?:abandoned|discontinued|orphaned|on\s+hiatus)\s+(?:wip|{_STORY})\b|on\s+hiatus)|\b(?:and|but)\s+(?:unfinished|incomplete|never\s+finished)\b|\bit(?:'s|\s+(?:is|was))\s+(?:un|in)(?:finished|complete)\b",
        _is(f"{Status.IN_PROGRESS},{Status.HIATUS},{Status.ABANDONED}", "unfinished"),
    )
    yield _pattern(
        STATUS,
        rf"\b(?:(?:it|the\s+{_STORY}|this)(?:'s|\s+(?:is|was)))\s+(?:definitely\s+|already\s+)?(?:completed?|finished)\b|\bcompleted?\s+{_STORY}\b",
        _is(Status.COMPLETE, "complete"),
    )
    yield _pattern(
        YEAR,
        rf"\b{_WHEN}(?:the\s+)?(?P<year>(?:199|20[0-4])\d)(?:\s*(?:-|–|or|to|and)\s*(?P<to>(?:199|20[0-4])\d))?\b(?:\s+or\s+so|ish)?",
        _year,
    )
    yield _pattern(
        YEAR,
        rf"\b{_WHEN}(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?:the\s+)?(?:(?:19)?[789]0'?s\b|20[01]0'?s\b|nineties|noughties|two\s*thousands|twenty[\s-]tens)",
        _decade,
    )
    sites = "|".join(_SITES.values())
    yield _pattern(
        SITE,
        rf"\b(?:(?:it\s+was\s+)?(?:posted\s+|published\s+|archived\s+)?(?:on|at|from|over\s+on)\s+)?"
        rf"(?:the\s+)?(?P<site>{sites})(?!\w)",
        _site,
    )
    yield _pattern(
        RATING,
        r"\b(?:smut(?:ty)?|nsfw|pwp|very\s+explicit|18\+)(?!\w)(?:\s+(?:fic|story|one))?",
        _is("Explicit,Mature", "explicit"),
    )
    yield _pattern(RATING, r"\brated\s+(?P<letter>explicit|mature|teen|general|[emtg])\b", _rated)


_PATTERNS = tuple(_patterns())
