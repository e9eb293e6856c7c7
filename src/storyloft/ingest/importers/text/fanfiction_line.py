"""FanFiction.net's one line of details: `Rated: Fiction T - English - Adventure - Ann L. - Chapters: 12 - …`."""

from __future__ import annotations

import re

from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details, genres
from storyloft.ingest.importers.text.names import bracketed_pairs, people
from storyloft.tags.kinds import TagKind, rating_for

RATED = re.compile(r"^Rated: (?:Fiction )?(?P<rating>K\+?|T|MA|M) - (?P<language>[^-]+?) - (?P<rest>.+)$")

_KEYED = re.compile(
    r"^(?P<key>Chapters|Words|Reviews|Favs|Follows|Updated|Published|Status|id): ?(?P<value>.+)$", re.IGNORECASE
)
_GENRE_NAMES = (
    "Adventure Angst Crime Drama Family Fantasy Friendship General Horror Humor Hurt/Comfort Mystery Parody Poetry "
    "Romance Sci-Fi Spiritual Supernatural Suspense Tragedy Western Essay Biography Manga Thriller Young_Adult"
)
_GENRES = frozenset(_GENRE_NAMES.split())


def read_rated_line(line: str, details: Details) -> None:
    """Read the line into `details`: rating, language, genres, characters and pairings, counts, dates, status, id."""
    found = RATED.match(line)
    if not found:
        return
    details.tag(TagKind.RATING, [rating_for(found["rating"])])
    details.keep("Rating", f"Fiction {found['rating']}")
    details.language = found["language"]
    details.status = "in_progress"  # the line says "Complete" or nothing
    loose = []
    for piece in re.split(r" - ", found["rest"]):
        keyed = _KEYED.match(piece.strip())
        if keyed:
            _read_keyed(keyed["key"].lower(), keyed["value"].strip(), details)
        elif piece.strip() == "Complete":
            details.status = "complete"
        else:
            loose.append(piece.strip())
    _read_loose(loose, details)
    if details.status == "complete":
        details.expected_chapters = int(details.counts.get("chapters", "1"))


def _read_keyed(key: str, value: str, details: Details) -> None:
    if key == "chapters" and value.isdecimal():
        details.counts["chapters"] = value
    elif key in ("updated", "published"):
        _read_date(key, value, details)
    elif key == "status":
        details.status = "complete" if value.lower() == "complete" else details.status
    elif key == "id":
        details.site_id = value
        details.url = details.url or f"https://www.fanfiction.net/s/{value}/"
    else:
        details.counts[{"favs": "favourites"}.get(key, key)] = value


def _read_date(key: str, value: str, details: Details) -> None:
    """Recent dates are printed as "3h ago" and tell no day: kept in their own words."""
    day = date_in(value)
    if day is None:
        details.keep(key, value)
    elif key == "updated":
        details.updated = day
    else:
        details.published = day


def _read_loose(pieces: list[str], details: Details) -> None:
    """What has no label: genres first, then characters; "[A, B] C" are the pairing A/B and C."""
    if pieces and all(genre.replace(" ", "_") in _GENRES for genre in genres(pieces[0])):
        details.keep("Genre", pieces[0])
        details.tag(TagKind.FREEFORM, genres(pieces[0]))
        pieces = pieces[1:]
    pairs, everyone = bracketed_pairs(" - ".join(pieces))
    details.tag(TagKind.RELATIONSHIP, pairs)
    details.tag(TagKind.CHARACTER, people(everyone))
