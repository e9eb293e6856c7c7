"""What a list can be narrowed by: the groups of choices, in the order in which the filters show them."""

from __future__ import annotations

from dataclasses import dataclass

from storyloft.tags.kinds import TagKind
from storyloft.works.models import Status
from storyloft.works.templatetags.plain_words import language_name


@dataclass(frozen=True, slots=True)
class Group:
    """A group of choices: its name in the address, its words on the page, its column of the index.

    `single` where a work has one of them at most, so that several chosen always mean any of them.
    """

    name: str
    label: str
    column: str
    kind: TagKind | None = None
    single: bool = False

    @property
    def by_number(self) -> bool:
        """Whether the column holds the numbers of tags or bylines, not words."""
        return self.column.endswith("_id")

    def words(self, value: str) -> str:
        """A value as people read it: "complete" is "Complete", "de" is "Deutsch"."""
        if self.name == "status":
            return dict(Status.choices).get(value, value)
        return language_name(value) if self.name == "language" else value


RATING = Group("rating", "Rating", "rating_id", TagKind.RATING, single=True)
WARNING = Group("warning", "Warnings", "warning_id", TagKind.WARNING)
CATEGORY = Group("category", "Category", "category_id", TagKind.CATEGORY)
FANDOM = Group("fandom", "Fandom", "fandom_id", TagKind.FANDOM)
RELATIONSHIP = Group("relationship", "Relationship", "relationship_id", TagKind.RELATIONSHIP)
CHARACTER = Group("character", "Character", "character_id", TagKind.CHARACTER)
FREEFORM = Group("tag", "Tag", "freeform_id", TagKind.FREEFORM)
AUTHOR = Group("author", "Author", "byline_id")
STATUS = Group("status", "State", "status", single=True)
LANGUAGE = Group("language", "Language", "written_in", single=True)
SITE = Group("site", "Site of origin", "site")

GROUPS = (FANDOM, RELATIONSHIP, CHARACTER, FREEFORM, RATING, WARNING, CATEGORY, AUTHOR, STATUS, LANGUAGE, SITE)
BY_NAME = {group.name: group for group in GROUPS}
BY_KIND = {group.kind: group for group in GROUPS if group.kind}

CROSSOVERS = {"none": "No crossovers", "only": "Only crossovers"}
READING = {"unread": "Not begun", "begun": "Begun", "read": "Read"}
