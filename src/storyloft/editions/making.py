"""An edition of a work, and what its file is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storyloft.editions.epub import MEDIA_TYPE, epub
from storyloft.editions.gathering import gather
from storyloft.editions.html_page import html_page
from storyloft.editions.shape import Edition
from storyloft.editions.text import text_edition
from storyloft.editions.xml import one_line
from storyloft.files.names import safe_name
from storyloft.works.models import Work

# Raised when editions of an unchanged work become other bytes, so that nobody is told "not modified" wrongly.
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A form an edition may have: how it is written and what it is on the web."""

    write: Callable[[Edition], bytes]
    media_type: str
    pictures: bool = True


FORMS = {
    "epub": Form(epub, MEDIA_TYPE),
    "html": Form(html_page, "text/html; charset=utf-8"),
    "txt": Form(text_edition, "text/plain; charset=utf-8", pictures=False),
}


def form_named(form: str) -> Form:
    """The form of that name; LookupError with a sentence for any other."""
    if form not in FORMS:
        raise LookupError(f"There is no edition called “{form}”; there are {', '.join(FORMS)}.")
    return FORMS[form]


def make(work: Work, form: str) -> bytes:
    """The work as "epub", "html" or "txt". LookupError, with a sentence, for any other form."""
    chosen = form_named(form)
    return chosen.write(gather(work, pictures=chosen.pictures))


def name_of(work: Work, form: str) -> str:
    """The file's name: the work's title, safe on every system, with its ending."""
    form_named(form)
    # A slash in a title is no folder.
    title = one_line(work.title).replace("/", "-").replace("\\", "-")
    return safe_name(title, fallback=f"Work {work.public_id}", ending=f".{form}")


def etag(work: Work, form: str) -> str:
    """What names this state of an edition: the work, when it last changed, and how editions are laid out."""
    return f'"{form}-{work.public_id}-{work.changed_at.timestamp():.6f}-{LAYOUT}"'
