"""The data Wattpad puts into its pages, and the head of a work made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from storyloft.ingest.importers.pages.binding import add_author
from storyloft.ingest.importers.pages.page import SavedPage, attribute, words_of
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.sheet import folded
from storyloft.tags.kinds import TagKind

_ADDRESS = re.compile(r"/(?:amp/)?(?P<story>story/)?(?P<id>\d{3,12})(?:[-/?#]|$)")
_PROFILE = "https://www.wattpad.com/user/"
_CATEGORIES = {
    1: "Teen", 2: "Poetry", 3: "Fantasy", 4: "Romance", 5: "Science Fiction", 6: "Fanfiction", 7: "Humor",
    8: "Mystery/Thriller", 9: "Horror", 10: "Classics", 11: "Adventure", 12: "Paranormal", 13: "Spiritual",
    14: "Action", 16: "Non-Fiction", 17: "Short Story", 18: "Vampire", 19: "Random", 21: "General", 22: "Werewolf",
    23: "Historical", 24: "ChickLit",
}  # fmt: skip
_MOST_OBJECTS = 20_000  # a page's data is walked so far and no further


@dataclass
class WattpadData:
    """What the page's JSON says of the part and of its story; empty where there is none."""

    part: dict[str, Any] = field(default_factory=dict)
    story: dict[str, Any] = field(default_factory=dict)
    part_id: str = ""

    @classmethod
    def of(cls, page: SavedPage) -> WattpadData:
        """Read `window.prefetched`, or the data of the newer pages (`window.__remixContext`)."""
        own = _part_id(page)
        objects = [
            thing for name in ("window.prefetched", "window.__remixContext") for thing in _objects(page.assigned(name))
        ]
        parts = [thing for thing in objects if "text_url" in thing or {"wordCount", "pages"} <= thing.keys()]
        part = next((thing for thing in parts if own and str(thing.get("id")) == own), parts[0] if parts else {})
        group = part.get("group")
        stories = [group] if isinstance(group, dict) else []
        stories += [thing for thing in objects if {"user", "parts", "title"} <= thing.keys()]
        return cls(part, stories[0] if stories else {}, own or _text(part.get("id")))

    @property
    def part_title(self) -> str:
        """The part's title."""
        return _text(self.part.get("title"))

    @property
    def pages(self) -> int:
        """How many text pages the part has, 0 where unknown."""
        return _number(self.part.get("pages"))

    @property
    def words(self) -> int:
        """How many words Wattpad counts in the part, 0 where unknown."""
        return _number(self.part.get("wordCount"))

    @property
    def part_day(self) -> date | None:
        """When the part was put up."""
        return stamped(_text(self.part.get("createDate")))

    @property
    def listed(self) -> list[str]:
        """The ids of the story's parts in order."""
        parts = self.story.get("parts")
        return [_text(one.get("id")) for one in parts if isinstance(one, dict)] if isinstance(parts, list) else []

    @property
    def number(self) -> int | None:
        """The part's place in the story."""
        return self.listed.index(self.part_id) + 1 if self.part_id in self.listed else None

    @property
    def total(self) -> int | None:
        """How many parts the story has."""
        return _number(self.story.get("numParts")) or len(self.listed) or None


def read_head(page: SavedPage, data: WattpadData, part_title: str, details: Details) -> None:
    """Title, author, summary, tags, counts and dates of the story into the details."""
    story = data.story
    details.title = _text(story.get("title")) or page.words(".story-info__title") or _story_in(page, part_title)
    _read_author(page, story, details)
    details.summary = escape(_text(story.get("description")), quote=False).replace("\n", "<br>")
    link = page.first('a[href*="/story/"]')
    found = _ADDRESS.search(page.link(link))
    details.site_id = _text(story.get("id")) or (found["id"] if found and found["story"] else "")
    details.url = _text(story.get("url")) or (page.link(link) if details.site_id and link else "") or page.address
    if not details.site_id and details.title:
        details.site_id = f"title:{folded(details.title)}"
    _read_facts(story, details)
    _read_counts(data, details)


def _story_in(page: SavedPage, part_title: str) -> str:
    """`{Story} - {Part}  - Wattpad` in the title bar; the list of parts may name the story as well."""
    bar = re.sub(r" ?[-|–] ?(?:Page \d+ ?- ?)?Wattpad$", "", page.title or page.meta("og:title"))
    if part_title and bar.endswith(f" - {part_title}"):
        return bar.removesuffix(f" - {part_title}").strip()
    return page.words(".toc-header .title", ".story-title") or bar.rpartition(" - ")[0].strip()


def _read_author(page: SavedPage, story: dict[str, Any], details: Details) -> None:
    user = story.get("user")
    login = _text(user.get("name")) if isinstance(user, dict) else ""
    if login:
        add_author(details, login, f"{_PROFILE}{login}", login)
        return
    link = page.first(".author-info__username a", 'a.author[href*="/user/"]', 'a[href*="/user/"]')
    login = attribute(link, "href").rpartition("/user/")[2].partition("?")[0]
    add_author(details, words_of(link) or login, f"{_PROFILE}{login}" if login else "", login)


def _read_facts(story: dict[str, Any], details: Details) -> None:
    tags = story.get("tags")
    details.tag(TagKind.FREEFORM, map(_text, tags if isinstance(tags, list) else []))
    language = story.get("language")
    details.language = _text(language.get("name")) if isinstance(language, dict) else ""
    if isinstance(story.get("completed"), bool):
        details.status = "complete" if story["completed"] else "in_progress"
    if story.get("mature") is True:
        details.tag(TagKind.RATING, ["Mature"])
    categories = story.get("categories")
    numbers = [_number(one) for one in categories] if isinstance(categories, list) else []
    details.take("Genre", ", ".join(_CATEGORIES[number] for number in numbers if number in _CATEGORIES))
    details.published = stamped(_text(story.get("createDate")))
    details.updated = stamped(_text(story.get("modifyDate")))


def _read_counts(data: WattpadData, details: Details) -> None:
    for name in ("read", "vote", "comment"):
        count = data.part.get(f"{name}Count", data.story.get(f"{name}Count"))
        if isinstance(count, int):
            details.counts[f"{name}s"] = f"{count:,}"


def _part_id(page: SavedPage) -> str:
    found = _ADDRESS.search(page.address)
    if found and not found["story"]:
        return found["id"]
    text_page = page.first("div[data-page-number][id^=sp]")
    own = re.match(r"sp(\d+)-pg", attribute(text_page, "id"))
    return own[1] if own else ""


def _objects(data: object) -> Iterator[dict[str, Any]]:
    waiting: list[object] = [data]
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        thing = waiting.pop(0)
        seen += 1
        if isinstance(thing, dict):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _number(value: object) -> int:
    words = _text(value)
    return int(words) if words.isdecimal() and len(words) < 12 else 0
