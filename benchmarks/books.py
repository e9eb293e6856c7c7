"""Generated EPUBs: a shoebox of them, each as a careful program would bind it."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from benchmarks import invented

WORDS_A_CHAPTER = 3_000
_CONTAINER = (
    '<?xml version="1.0"?>\n<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
_PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>{title}'
    "</title></head><body><h2>{title}</h2>\n{text}\n</body></html>"
)
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:bench:{number}</dc:identifier>
<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en</dc:language>{subjects}
<dc:description>{summary}</dc:description><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>
<spine>{spine}</spine></package>"""
_NAV = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents</title></head><body><nav epub:type="toc"><ol>'
    "{lines}</ol></nav></body></html>"
)


def shoebox(folder: Path, books: int, words: int) -> list[Path]:
    """So many EPUBs of so many words in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"story-by-nobody-{_letters(number)}.epub" for number in range(books)]
    for number, path in enumerate(paths):
        bind(path, number, words)
    return paths


def _letters(number: int) -> str:
    """A number in letters: files numbered by digits could be taken for the parts of one work."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def bind(path: Path, number: int, words: int) -> None:
    """Write one EPUB; the same number gives the same story."""
    dice = random.Random(number)
    people = [invented.name(dice) for _ in range(3)]
    chapters = -(-words // WORDS_A_CHAPTER)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OEBPS/content.opf", _package(dice, number, people, chapters))
        lines = "".join(f'<li><a href="{at}.xhtml">Chapter {at}</a></li>' for at in range(1, chapters + 1))
        archive.writestr("OEBPS/nav.xhtml", _NAV.format(lines=lines))
        for at in range(1, chapters + 1):
            text = invented.chapter(dice, words // chapters, people)
            archive.writestr(f"OEBPS/{at}.xhtml", _PAGE.format(title=f"Chapter {at}", text=text))


def _package(dice: random.Random, number: int, people: list[str], chapters: int) -> str:
    return _PACKAGE.format(
        number=number,
        title=invented.title(dice),
        author=invented.name(random.Random(number // 3)),  # an author writes more than one story
        subjects=f"<dc:subject>Fog</dc:subject><dc:subject>{people[0]} &amp; {people[1]}</dc:subject>",
        summary=invented.chapter(dice, 40, people).replace("<", "&lt;").replace(">", "&gt;"),
        items="".join(
            f'<item id="c{at}" href="{at}.xhtml" media-type="application/xhtml+xml"/>' for at in range(1, chapters + 1)
        ),
        spine="".join(f'<itemref idref="c{at}"/>' for at in range(1, chapters + 1)),
    )
