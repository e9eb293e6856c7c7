"""Pages that are the book's furniture (cover, title page, imprint …), each known by a mark or by its words.

What an author wrote around a story (epigraph, dedication, foreword, endnotes) is no furniture and stays a chapter.
"""

from __future__ import annotations

import re

from lxml import etree

from storyloft.ingest.imported import Removed, Rule
from storyloft.ingest.importers.epub_book.markup import types_of, words_of
from storyloft.ingest.importers.epub_book.regions import Piece, Region

COVER = Rule("epub-cover", "The page that shows the cover.")
TITLE_PAGE = Rule("epub-title-page", "The title page: what it says stands at the head of the work.")
CONTENTS = Rule("epub-contents", "The list of contents: chapters are listed on the work's page.")
IMPRINT = Rule("epub-imprint", "The imprint: who made this edition.")
COLOPHON = Rule("epub-colophon", "The colophon: how this edition was made.")
COPYRIGHT = Rule("epub-copyright", "The copyright page of this edition.")
PART_TITLE = Rule("epub-part-title", "The heading of a part, with no text of its own.")
TOOL_PAGE = Rule("epub-tool-page", "A page that the program which made this file added.")

_TYPES = {
    "cover": COVER,
    "titlepage": TITLE_PAGE,
    "halftitlepage": TITLE_PAGE,
    "toc": CONTENTS,
    "landmarks": CONTENTS,
    "loi": CONTENTS,
    "lot": CONTENTS,
    "imprint": IMPRINT,
    "colophon": COLOPHON,
    "copyright-page": COPYRIGHT,
}
_NAMES = {
    "cover": COVER,
    "coverpage": COVER,
    "titlepage": TITLE_PAGE,
    "halftitle": TITLE_PAGE,
    "halftitlepage": TITLE_PAGE,
    "contents": CONTENTS,
    "toc": CONTENTS,
    "nav": CONTENTS,
    "tocpage": CONTENTS,
    "tableofcontents": CONTENTS,
    "imprint": IMPRINT,
    "colophon": COLOPHON,
    "copyright": COPYRIGHT,
    "copyrightpage": COPYRIGHT,
    "uncopyright": COPYRIGHT,
}
# A page known only by its name may be a chapter called "Colophon": furniture is short, or nothing but links.
_MOST_WORDS = {COVER: 30, TITLE_PAGE: 120, IMPRINT: 400, COLOPHON: 400, COPYRIGHT: 600}
_EXCERPT = 200
_NOT_LETTERS = re.compile(r"[\W_]+")


def folded(words: str) -> str:
    """Words for comparing: letters and digits only, small."""
    return _NOT_LETTERS.sub("", words).casefold()


def rule_for(region: Region, title: str, authors: list[str]) -> Rule | None:
    """Why a region is furniture of the edition; None where it is, or may be, the author's."""
    piece = region.pieces[0]
    if marked := marked_rule(piece):
        return marked
    words = region.words
    named = _named_rule(region, words)
    return named or (TITLE_PAGE if _says_only_the_title(words, title, authors) and not _pictures(region) else None)


def marked_rule(piece: Piece) -> Rule | None:
    """What the page itself says it is, by `epub:type` on its body or on the one section it consists of."""
    body = piece.body
    # The author's own front matter sits in the same "frontmatter" body: the innermost mark decides.
    for element in (body, *(child for child in body if len(body) == 1), *body.iterchildren("nav")):
        for word in types_of(element):
            if rule := _TYPES.get(word):
                return rule
    return None


def removed(region: Region, rule: Rule) -> Removed | None:
    """What the report says of a page left out; nothing where it held no words."""
    words = region.words
    return Removed(text=words[:_EXCERPT], rule=rule) if words else None


def _named_rule(region: Region, words: str) -> Rule | None:
    piece = region.pieces[0]
    stem = piece.path.rsplit("/", 1)[-1].partition(".")[0]
    names = [stem, words_of(piece.page.root.find("head/title"))]
    if region.entry:
        names.insert(0, region.entry.title)
    rule = next((rule for name in names if (rule := _NAMES.get(folded(name)))), None)
    if rule is CONTENTS:
        return rule if _mostly_links(region, words) else None
    return rule if rule and words.count(" ") < _MOST_WORDS[rule] else None


def _mostly_links(region: Region, words: str) -> bool:
    linked = sum(len(words_of(link)) for piece in region.pieces for link in piece.body.iter("a"))
    return linked * 2 > len(words)


def _says_only_the_title(words: str, title: str, authors: list[str]) -> bool:
    """Whether nothing is left of a page's words once title, names and "by" are taken out."""
    if len(words) > len(title) * 3 + sum(map(len, authors)) * 3 + 20:
        return False
    left = folded(words)
    for known in sorted(filter(None, map(folded, (title, *authors))), key=len, reverse=True):
        left = left.replace(known, "")
    return left in ("", "by", "author", "titleauthor", "the")


def _pictures(region: Region) -> list[etree._Element]:
    return [found for piece in region.pieces for found in piece.body.iter("img", "{*}image")]
