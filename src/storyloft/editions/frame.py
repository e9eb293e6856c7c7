"""What stands around the text in AO3's files, label by label, so that tools that read those read ours.

Labels, their order, ids and classes are AO3's (`ao3-formats` §2); what we know beyond that stands after it. The markup
is both HTML and XHTML. Our own marks for reading an edition back in: `data-` attributes and the class `local`, which
says that a link leads to a page of this archive because the source had none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from storyloft.editions.shape import UNKNOWN_LANGUAGE, Author, Edition, Origin, Part, Place, language_tag
from storyloft.editions.xml import attributes, link, one_line, text
from storyloft.prose.language import name_for
from storyloft.tags.kinds import TagKind

Prose = Callable[[str], str]

_LABELS = {
    TagKind.RATING: ("Rating", "Rating"),
    TagKind.WARNING: ("Archive Warning", "Archive Warnings"),
    TagKind.CATEGORY: ("Category", "Categories"),
    TagKind.FANDOM: ("Fandom", "Fandoms"),
    TagKind.RELATIONSHIP: ("Relationship", "Relationships"),
    TagKind.CHARACTER: ("Character", "Characters"),
    TagKind.FREEFORM: ("Additional Tags", "Additional Tags"),
}
_STATUS = {
    "complete": "Complete",
    "in_progress": "In progress",
    "hiatus": "On hiatus",
    "abandoned": "Abandoned",
    "unknown": "Unknown",
}
_NUMBERED = re.compile(r"[\d.,]+")


def preface(edition: Edition, prose: Prose, end_notes: str) -> str:
    """Everything before the chapters. `end_notes` is where the work's end notes are, for the link to them."""
    return (
        f'<div id="preface">\n<h2 class="toc-heading">Preface</h2>\n{message(edition)}\n'
        f'<div class="meta">\n{tag_list(edition)}\n<h1>{text(edition.title)}</h1>\n{byline(edition.authors)}\n'
        f"{said('Summary', edition.summary, prose)}{said('Notes', edition.notes, prose)}"
        f"{_see_end('work', edition.notes, edition.end_notes, end_notes)}{_relations(edition)}</div>\n</div>\n"
    )


def message(edition: Edition) -> str:
    """The line by which readers of AO3's files know site and work."""
    site, work = link(edition.site_address, edition.site), link(edition.address, edition.address)
    return f'<p class="message"><b>{text(edition.title)}</b><br/>Posted originally on the {site} at {work}.</p>'


def tag_list(edition: Edition) -> str:
    """Tags by kind, language, series, stats, and then what only we have."""
    rows = "\n".join(f"<dt>{label}:</dt>\n{value}" for label, value in (*labels(edition), *ours(edition)))
    return f'<dl class="tags">\n{rows}\n</dl>'


def labels(edition: Edition) -> Iterable[tuple[str, str]]:
    """AO3's labels, each with its `dd`, in AO3's order."""
    for kind, (one, many) in _LABELS.items():
        if tags := edition.tags.get(kind):
            yield (many if len(tags) > 1 else one), _dd(", ".join(link(address, name) for name, address in tags))
    if edition.language:
        tag = language_tag(edition.language)
        known = {} if tag == UNKNOWN_LANGUAGE else {"lang": tag, "xml:lang": tag}
        yield "Language", _dd(text(one_line(name_for(edition.language))), known)
    if edition.series:
        yield "Series", _dd(", ".join(map(_place, edition.series)))
    if collections := _fact(edition, "collections"):
        yield "Collections", _dd(text(collections))
    yield "Stats", _dd("\n".join(f"{label}: {value}" for label, value in stats(edition)))


def stats(edition: Edition) -> Iterable[tuple[str, str]]:
    """Dates, words and chapters as AO3 words them."""
    if edition.published:
        yield "Published", edition.published.isoformat()
    if edition.updated and (edition.updated != edition.published or len(edition.chapters) > 1):
        yield ("Completed" if edition.status == "complete" else "Updated"), edition.updated.isoformat()
    yield "Words", f"{edition.words:,}"
    yield "Chapters", edition.chapters_shown


def status_beyond(edition: Edition) -> str:
    """The status in words, where the chapters do not tell it."""
    return "" if edition.status == edition.told_status else _STATUS.get(edition.status, "")


def ours(edition: Edition) -> Iterable[tuple[str, str]]:
    """What AO3 has no label for."""
    if status := status_beyond(edition):
        yield "Status", _dd(status)
    if edition.origins:
        yield "Original Source", _dd(", ".join(map(_origin, edition.origins)))
    for origin in edition.origins:
        if origin.counts:
            yield "Counts When Saved", _dd(", ".join(_count(*count) for count in origin.counts.items()))


def _origin(origin: Origin) -> str:
    marks = {"data-site": origin.site, "data-site-id": origin.site_id, "data-saved-on": _day(origin.saved_on)}
    marks = {name: value for name, value in marks.items() if value}
    words = origin.site or origin.url or origin.site_id
    if not origin.url:
        return f"<span{attributes({'class': 'source'} | marks)}>{text(words)}</span>"
    return link(origin.url, words, {"class": "source"} | marks)


def _count(name: str, count: str) -> str:
    return f"{text(name)}: <span{attributes({'data-count': name})}>{text(count)}</span>"


def _place(place: Place) -> str:
    """ "Part 2 of" and the series; a position that is no number stands in the link's own mark."""
    numbered = bool(_NUMBERED.fullmatch(place.position))
    marks = {"class": "series" if place.url else "series local"}
    if place.position and not numbered:
        marks["data-position"] = place.position
    before = f"Part {place.position} of " if numbered else ""
    return before + link(place.url or place.address, place.series, marks)


def byline(authors: Iterable[Author]) -> str:
    """ "by" and every name with its profile; "Anonymous" where nobody is named."""
    names = ", ".join(map(_author, authors))
    return f'<div class="byline">by {names or "Anonymous"}</div>'


def _author(author: Author) -> str:
    """The pen name, with the account where the profile's address tells it too, as AO3 writes it."""
    name, marks = author.name, {"rel": "author"}
    in_address = author.login and f"/users/{author.login}/" in author.url + "/"
    if author.login and not in_address:
        marks["data-login"] = author.login
    if not author.url:
        marks["class"] = "local"
    if in_address and author.login != author.name:
        name = f"{author.name} ({author.login})"
    return link(author.url or author.address, name, marks)


def said(label: str, html: str, prose: Prose) -> str:
    """What the author said, under its label; nothing where there is nothing."""
    return f'<p>{label}</p>\n<blockquote class="userstuff">{prose(html)}</blockquote>\n' if html else ""


def _see_end(of: str, notes: str, end_notes: str, address: str) -> str:
    if not end_notes:
        return ""
    words = link(address, "more notes" if notes else "notes")
    return f'<div class="endnote-link">See the end of the {of} for {words}</div>\n'


def _relations(edition: Edition) -> str:
    gifts = [f"For {one_line(gifts)}." for gifts in [_fact(edition, "gifts")] if gifts]
    lines = gifts + [one_line(line) for line in _fact(edition, "related works").splitlines() if line.strip()]
    return f"<ul>{''.join(f'<li>{text(line)}</li>' for line in lines)}</ul>\n" if lines else ""


def chapter_head(part: Part, prose: Prose, end_notes: str) -> str:
    """Heading, summary and notes before a chapter's text."""
    return (
        f'<div class="meta group">\n<h2 class="heading">{text(part.heading)}</h2>\n{_dated(part.published)}'
        f"{said('Chapter Summary', part.summary, prose)}{said('Chapter Notes', part.notes, prose)}"
        f"{_see_end('chapter', part.notes, part.end_notes, end_notes)}</div>\n"
    )


def one_shot_head(edition: Edition) -> str:
    """The heading of a work that is one text: its title."""
    own = edition.chapters[0].published
    return f'<h2 class="toc-heading">{text(edition.title)}</h2>\n{_dated(own if own != edition.published else None)}'


def _dated(published: date | None) -> str:
    day = _day(published)
    return f'<p class="published">Chapter published: <time datetime="{day}">{day}</time></p>\n' if day else ""


def chapter_end(part: Part, prose: Prose) -> str:
    """The end notes after a chapter's text."""
    if not part.end_notes:
        return ""
    notes = said("Chapter End Notes", part.end_notes, prose)
    return f'<div class="meta" id="endnotes{part.number}">\n{notes}</div>\n'


def afterword(edition: Edition, prose: Prose) -> str:
    """What stands after the chapters: the work's end notes, and the way back to its page."""
    notes = said("End Notes", edition.end_notes, prose)
    meta = f'<div class="meta">\n<div id="endnotes">\n{notes}</div>\n</div>\n' if notes else ""
    page = link(edition.address, "its page there")
    return (
        f'<div id="afterword">\n<h2 class="toc-heading">Afterword</h2>\n{meta}'
        f'<p class="message">This copy was made by {text(edition.site)}; {page} has the newest state.</p>\n</div>\n'
    )


def _dd(html: str, given: Mapping[str, str] | None = None) -> str:
    return f"<dd{attributes(given or {})}>{html}</dd>"


def _fact(edition: Edition, name: str) -> str:
    return next((origin.facts[name] for origin in edition.origins if origin.facts.get(name)), "")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
