"""Saved entries of LiveJournal, Dreamwidth and InsaneJournal, where stories begin with a header typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Recognition, Rule
from storyloft.ingest.importers.pages.binding import add_author, bound
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.lines import take_header
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.refusals import no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details
from storyloft.tags.kinds import TagKind

LIVEJOURNAL = Site("LiveJournal", ("livejournal.com",), ("article.b-singlepost-body", "div.aentry-post__text"))
DREAMWIDTH = Site(
    "Dreamwidth",
    ("dreamwidth.org",),
    ("div.contents ul.entry-management-links", "div.entry-wrapper.security-public", "div.contents div.currents"),
)
INSANEJOURNAL = Site("InsaneJournal", ("insanejournal.com",))
SITES = (LIVEJOURNAL, DREAMWIDTH, INSANEJOURNAL)
FURNITURE = Rule("journal-furniture", "Links and labels that the journal puts around an entry.")

CUT = Rule("journal-cut", "The link to what lies behind a cut.")

_ENTRY = (
    "article.b-singlepost-body", "div.aentry-post__text", ".entry .entry-content", "div.contents", "td.entry",
    ".entry_text", ".entry-text", ".entry-body",
)  # fmt: skip
_AROUND = (
    ".currents, ul.entry-management-links, div.header.inner, span.restrictions, .entry-interaction-links, "
    ".userpic, .poster, .datetime, .ljtags, .lj-like, .b-singlepost-tags, .entry-poster, div.tag, .entrycomments"
)
_TITLES = ("h1.b-singlepost-title", "h1.aentry-post__title", "h3.entry-title", ".entry-title", ".subject", "h1")
_DATES = ("time.b-singlepost-author-date", "p.aentry-head__date time", "span.date", ".entry-date", "abbr.published")
_TAGS = (".b-singlepost-tags-items a", ".aentry-tags a", ".ljtags a", "div.tag a", ".entrytags a", ".tag li a")
_CUT = ".ljcut-link, .cut-wrapper, .lj-cut, .ljcut-link-expand"
_NUMBER = re.compile(r"/(?P<number>\d{1,12})\.html")
_WROTE = re.compile(r"^(?P<name>.{1,80}?) \((?P<login>[\w-]{1,40})\) wrote(?: in .{1,80})?,?$")
_BRACKETED = re.compile(r"^(?P<title>.+) \[(?P<day>\d{2} \w{3} \d{4})\|\d{2}:\d{2}[ap]m\]$")
_CURRENT = re.compile(r"(?:Current )?(?P<label>Mood|Music|Location)s?:\s*(?P<value>[^\n]{1,200})")


def _site_of(page: SavedPage) -> Site | None:
    return next((site for site in SITES if site.owns(page)), None)


def _recognise(page: SavedPage) -> Recognition | None:
    claims = [claim for site in SITES if (claim := site.recognise(page))]
    return max(claims, key=lambda claim: claim.sureness, default=None)


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    site = _site_of(page) or (DREAMWIDTH if page.first("div.contents") else LIVEJOURNAL)
    entries = page.all(*_ENTRY)
    if all(Region(page, [entry]).is_empty() for entry in entries):
        raise no_story(page, site.name)
    for entry in entries:
        if not Region(page, [entry]).is_empty():
            yield _read_entry(page, entry, site, alone=len(entries) == 1)


def _read_entry(page: SavedPage, entry: LexborNode, site: Site, *, alone: bool) -> ImportedWork:
    details = Details(site=site.name)
    region = Region(page, [entry])
    around = page if alone else None
    _read_place(page, details)
    _read_currents(entry if around is None else page.tree.body, details)
    title = _entry_title(page, entry, alone)
    region.take("h1.b-singlepost-title, h3.entry-title, .entry-title")
    region.drop(_AROUND, FURNITURE)
    cut = bool(region.find(_CUT))
    region.drop(_CUT, CUT)
    take_header(region, details)
    details.title = details.title or title
    author, url, login = _author(page)
    if details.bylines and author.casefold() not in {byline.name.casefold() for byline in details.bylines}:
        details.keep("Posted by", login or author)
    else:
        details.bylines = [byline for byline in details.bylines if byline.name.casefold() != author.casefold()]
        add_author(details, author, url, login)
    details.tag(TagKind.FREEFORM, (words_of(tag) for tag in page.all(*_TAGS)) if alone else ())
    details.published = details.published or _day(page, entry, alone)
    text = region.finish()
    chapter = ImportedChapter(html=text.chapters[0], key=details.site_id)
    warnings = ["Part of this entry lies behind a cut, and this saved page does not hold it."] if cut else []
    return bound(page, details, [chapter], text, warnings=warnings)


def _read_place(page: SavedPage, details: Details) -> None:
    """The journal and the entry's number in it name the entry for good."""
    found = _NUMBER.search(page.address)
    details.url = page.address.partition("?")[0]
    details.site_id = f"{_journal(page)}/{found['number']}" if found else ""


def _journal(page: SavedPage) -> str:
    """The journal's name: a host of its own, or the first folder under `users`, `community`."""
    name = page.host.split(".")[0]
    if name in ("livejournal", "dreamwidth", "insanejournal", "users", "community", "asylums"):
        folders = [part for part in urlsplit(page.address).path.split("/") if part]
        name = next((part.lstrip("~") for part in folders if part not in ("users", "community")), name)
    return name.replace("-", "_")


def _entry_title(page: SavedPage, entry: LexborNode, alone: bool) -> str:
    """The entry's heading, or the title bar without the journal's name in front."""
    inside = next((words for name in _TITLES for node in entry.css(name) if (words := words_of(node))), "")
    if inside or not alone:
        return inside
    title = page.words(*_TITLES[:-1]) or _without_journal(page.title, _journal(page))
    bracketed = _BRACKETED.match(title)
    return bracketed["title"] if bracketed else title


def _without_journal(bar: str, journal: str) -> str:
    """The title bar says `{journal}: {title}`, perhaps with the site's name at its end."""
    bar = re.sub(r" ?[-—|] (?:LiveJournal|Dreamwidth|InsaneJournal).*$", "", bar)
    prefix, colon, rest = bar.partition(": ")
    return rest if colon and prefix.replace("-", "_").lower() == journal.lower() else bar


def _author(page: SavedPage) -> tuple[str, str, str]:
    """Who wrote the entry: the user's name under it, a "NAME (user) wrote," line, or the journal's owner."""
    user = page.first(
        ".b-singlepost-author .ljuser", ".aentry-head .ljuser", ".poster .ljuser", ".entry-poster .ljuser"
    )
    if user is not None:
        login = attribute(user, "lj:user") or attribute(user, "data-ljuser") or words_of(user)
        links = user.css("a[href]")
        return login, page.link(links[-1]) if links else "", login
    for node in page.tree.css("td, p, div.header, span, font"):
        wrote = _WROTE.match(words_of(node)[:200])
        if wrote:
            return wrote["name"], "", wrote["login"]
    owner = _journal(page) if page.address and "community" not in page.address else ""
    return owner, f"{urlsplit(page.address).scheme}://{urlsplit(page.address).netloc}/" if owner else "", owner


def _read_currents(around: LexborNode | None, details: Details) -> None:
    for node in around.css(".currents, .current-mood, .current-music") if around else []:
        for line in node.text(separator="\n").replace(":\n", ": ").split("\n"):
            found = _CURRENT.match(tidy(line))
            if found and found["label"] not in details.facts:
                details.keep(found["label"], found["value"])


def _day(page: SavedPage, entry: LexborNode, alone: bool) -> date | None:
    near = [node for name in _DATES for node in entry.css(name)] or (page.all(*_DATES) if alone else [])
    for node in near:
        day = stamped(attribute(node, "datetime")) or date_in(words_of(node))
        if day:
            return day
    bracketed = _BRACKETED.match(page.title)
    return date_in(bracketed["day"]) if bracketed else None


importer = PageImporter("journal_page", "Saved entry of LiveJournal, Dreamwidth or InsaneJournal", _recognise, _read)
