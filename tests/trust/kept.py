"""A work with everything a work can have, so that whatever a page may let slip has a word of its own to be found by."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from storyloft.accounts.models import Person
from storyloft.ingest import intake
from storyloft.ingest.imported import ImportedByline, ImportedChapter, ImportedPicture, ImportedSeries, ImportedTag
from storyloft.ingest.models import FileState, Import, ImportFile, ImportState, Likeness
from storyloft.ingest.store import store
from storyloft.reading.places import keep_place
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import WranglingAct
from storyloft.works import publishing
from storyloft.works.models import Series, Visibility, Work
from storyloft.wrangling.models import OfferedSet
from tests.cast import ada, bertram
from tests.stories import lamp_story

STATES = ("private", "members", "public", "taken back")


@dataclass(frozen=True, slots=True)
class Kept:
    """A work in one of the four states, what stands around it, and the words that only it has."""

    state: str
    work: Work
    other: Work
    row: ImportFile
    likeness: Likeness

    @property
    def words(self) -> list[str]:
        """Words of its title, text, names, tags, files: none of them may reach who may not see the work."""
        return [self.word(part) for part in PARTS]

    def word(self, part: str) -> str:
        return word(part, self.state)

    @property
    def coming(self) -> Import:
        return self.row.imported_in

    @property
    def series(self) -> Series:
        return Series.objects.get(parts__work=self.work)


PARTS = (
    "title", "chapter", "text", "summary", "notes", "after", "byline", "login", "fandom", "freeform", "series", "file",
    "original", "alt", "stripped",
)  # fmt: skip


def word(part: str, state: str) -> str:
    """A word that occurs nowhere else: "quilltitleprivate"."""
    return f"quill{part}{state.replace(' ', '')}"


def picture(colour: str = "red") -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(out, "PNG")
    return out.getvalue()


def kept(state: str) -> Kept:
    """A work of Ada's in this state, through the real way in; Bertram has read in it while he could."""
    coming = intake.begin(ada())
    name = word("file", state)
    row = intake.receive(coming, f"{name}.html", [f"<p>{word('original', state)}</p>".encode()])
    work = _stored(state, row, ada())
    other = Work.objects.create(keeper=ada(), title="The other lamp", sort_title="other lamp")
    likeness = Likeness.objects.create(work=work, other=other, why="The same title.")
    ImportFile.objects.filter(pk=row.pk).update(state=FileState.DONE)
    Import.objects.filter(pk=coming.pk).update(state=ImportState.DONE)
    keep_place(bertram(), work.chapters.get(), passage="", fraction=0.4)
    if state == "taken back":
        publishing.publish(work, by=ada())
        publishing.take_back(work, by=ada())
    elif state != "private":
        publishing.publish(work, by=ada(), to=Visibility(state))
    WranglingAct.objects.create(person=ada(), verb="Nothing", detail={"said": [], "changes": []})
    OfferedSet.objects.create(person=ada(), text="format = 1")
    work.refresh_from_db()
    return Kept(state, work, other, row, likeness)


def _stored(state: str, row: ImportFile, keeper: Person) -> Work:
    html = f'<p>The lamp and {word("text", state)}.</p><p><img src="picture:a.png" alt="{word("alt", state)}"></p>'
    chapter = ImportedChapter(
        html=html, title=f"The lamp {word('chapter', state)}", end_notes=f"<p>{word('after', state)}</p>"
    )
    told = lamp_story(
        (chapter,),
        site_id=f"id of {state}",
        title=f"Lamp {word('title', state)}",
        summary=f"<p>{word('summary', state)}</p>",
        notes=f"<p>{word('notes', state)}</p>",
        bylines=(ImportedByline(name=f"Mary {word('byline', state)}", login=word("login", state)),),
        series=(ImportedSeries(title=f"Letters {word('series', state)}", position="1"),),
        tags=(
            ImportedTag(TagKind.RATING, "General Audiences"),
            ImportedTag(TagKind.FANDOM, word("fandom", state)),
            ImportedTag(TagKind.FREEFORM, word("freeform", state)),
        ),
        pictures=(
            ImportedPicture(name="a.png", data=picture(_COLOURS[state]), media_type="image/png", width=4, height=4),
        ),
        cover=picture(_COLOURS[state]),
        removed=(),
    )
    outcome = store(told, [row], keeper)
    row.report["removed"] = [
        {
            "text": word("stripped", state),
            "rule": "slogan",
            "sentence": "A slogan.",
            "chapter": 0,
            "at": 1,
            "kept": False,
        }
    ]
    row.save()
    return outcome.work


_COLOURS = dict(zip(STATES, ("red", "green", "blue", "black"), strict=True))
