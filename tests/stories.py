"""Small stories for tests, as an importer would hand them over."""

from __future__ import annotations

from collections.abc import Sequence

from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedSeries,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    Removed,
    Rule,
)
from storyloft.tags.kinds import TagKind

FOG = "<p>The fog had come up from the river before tea.</p><p>Holmes had not moved from the window since noon.</p>"
LAMP = (
    "<p>Watson lit the lamp with the paper spill.</p><p>“You might have rung,” he said, and knew he would not have.</p>"
)
LETTER = "<p>The letter lay where Mrs Hudson had left it.</p><p>Neither of them had dared to open it.</p>"
SLOGAN = Rule("slogan", "The site's slogan, glued to the end.")


def chapter(html: str, title: str = "", number: int | None = None, key: str = "") -> ImportedChapter:
    return ImportedChapter(html=html, title=title, number=number, key=key)


def lamp_story(
    chapters: Sequence[ImportedChapter] = (ImportedChapter(html=FOG, title="Fog"), ImportedChapter(html=LAMP)),
    *,
    site: str = "Archive of Our Own",
    site_id: str = "4820917",
    **more: object,
) -> ImportedWork:
    """“The Lamp in Baker Street” by lamplighter, two chapters, with tags, a series and a source."""
    told = {
        "title": "The Lamp in Baker Street",
        "bylines": (ImportedByline(name="lamplighter", url="https://archive.example/users/lamplighter", login="lamp"),),
        "summary": "<p>An evening of fog.</p>",
        "tags": (
            ImportedTag(TagKind.RATING, "General Audiences"),
            ImportedTag(TagKind.FANDOM, "Sherlock Holmes"),
            ImportedTag(TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson"),
            ImportedTag(TagKind.FREEFORM, "Fog"),
        ),
        "series": (ImportedSeries(title="The Gaslight Letters", position="2", url="https://archive.example/series/9"),),
        "language": "en",
        "status": "complete",
        "expected_chapters": 2,
        "source": ImportedSource(site=site, site_id=site_id, url="https://archive.example/works/4820917",
                                 counts={"kudos": "31"}) if site else None,
        "removed": (Removed(text="Where stories live.", rule=SLOGAN, chapter=0, at=1),),
    }  # fmt: skip
    return ImportedWork(chapters=tuple(chapters), **(told | more))  # type: ignore[arg-type]
