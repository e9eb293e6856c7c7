"""What the names of files tell: numbers of chapters, and which files count as one row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from storyloft.ingest.imported import Part

# A file of these holds a chapter as well as a story; an EPUB or MOBI holds a whole book, whatever its number.
_KINDS = frozenset(".txt .text .md .markdown .html .htm .xhtml .docx .odt .rtf".split())  # noqa: SIM905

_DATE = re.compile(r"(?:19|20)\d{2}[-_. ]?\d{1,2}[-_. ]?\d{1,2}|\d{1,2}[-_.]\d{1,2}[-_.](?:19|20)?\d{2}")
_KEYED = re.compile(
    r"^(?P<stem>.*?)[\s_.,:–—-]*\b(?:chapter|chap|ch|part|pt|kapitel|teil|chapitre|cap[ií]tulo|episode|ep)[\s_.#-]*"
    r"(?P<number>\d{1,4})(?![\d])(?P<rest>.*)$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?P<number>\d{1,4})(?:\s*[.)_–—-]+\s*|\s+)(?P<rest>\D.*)$")
_TRAILING = re.compile(r"^(?P<stem>.*?[^\d(.])[\s_-]*(?P<number>\d{1,4})$")
_ALONE = re.compile(r"^(?P<number>\d{1,4})$")
_VERSION = re.compile(
    r"\b(?:v|ver|version|draft|copy|rev|revision|final|book|volume|vol|season|series|backup)[\s_.-]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A file name taken apart: how its number stands, what the files of its row share, what is its own."""

    path: str
    shape: str
    stem: str
    number: int
    rest: str = ""


def sequence_of(paths: Iterable[str]) -> Mapping[str, Part]:
    """Which files are chapters of one work, by their names alone: `story-01.txt`, `Title - Chapter 3.html` and so on.

    Conservative: same folder, same kind of file, same words around the number, at least two different numbers without
    wide gaps; no dates, years, versions, books. Names that begin with a number and then differ (`3. The Letter.txt`)
    only where every file of the folder does so and they count on from 0 or 1.
    """
    given = list(dict.fromkeys(paths))
    rows: dict[tuple[str, str, str, str], list[_Numbered]] = defaultdict(list)
    for path in given:
        name = PurePosixPath(path)
        numbered = _numbered(path) if name.suffix.lower() in _KINDS else None
        if numbered:
            rows[str(name.parent), name.suffix.lower(), numbered.shape, _folded(numbered.stem)].append(numbered)
    found: dict[str, Part] = {}
    for (folder, suffix, shape, stem), row in rows.items():
        if _counts_on(row) and (shape != "leading" or _leads(row, given, folder, suffix)):
            of = f"name|{folder}/{stem}{suffix}"
            total = None
            found |= {one.path: Part(of=of, number=one.number, total=total) for one in row}
    return found


def _numbered(path: str) -> _Numbered | None:
    stem = PurePosixPath(path).stem.strip()
    if _DATE.search(stem):
        return None
    if keyed := _KEYED.match(stem):
        return _Numbered(path, "keyed", keyed["stem"], int(keyed["number"]), keyed["rest"].strip(" -_.:–—"))
    if leading := _LEADING.match(stem):
        return _Numbered(path, "leading", "", int(leading["number"]), leading["rest"])
    if alone := _ALONE.match(stem):
        return None if _is_year(int(alone["number"])) else _Numbered(path, "alone", "", int(alone["number"]))
    trailing = _TRAILING.match(stem)
    if trailing is None or _is_year(int(trailing["number"])) or _VERSION.search(trailing["stem"]):
        return None
    return _Numbered(path, "trailing", trailing["stem"], int(trailing["number"]))


def _is_year(number: int) -> bool:
    return 1900 <= number < 2100


def _counts_on(row: Sequence[_Numbered]) -> bool:
    """At least two different numbers, not much farther apart than there are files."""
    numbers = {one.number for one in row}
    if len(row) < 2 or len(numbers) < len(row):
        return False
    return max(numbers) - min(numbers) < 2 * len(numbers) + 3


def _leads(row: Sequence[_Numbered], given: Sequence[str], folder: str, suffix: str) -> bool:
    """Leading numbers: the same words after each, or every such file of the folder numbered from 0 or 1 on."""
    if len({_folded(one.rest) for one in row}) == 1:
        return True
    beside = [path for path in given if str(PurePosixPath(path).parent) == folder]
    same_kind = [path for path in beside if PurePosixPath(path).suffix.lower() == suffix]
    numbers = sorted(one.number for one in row)
    return len(row) == len(same_kind) >= 2 and numbers in (
        list(range(len(row))),
        list(range(1, len(row) + 1)),
    )


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[\s_.,:–—-]+", " ", words).casefold().split())


def own_words(path: str) -> str:
    """What is a file's own in a row of names: "01 - The Letter.txt" and "Title - Chapter 3 - Fog.html" have a title."""
    numbered = _numbered(path)
    return " ".join(numbered.rest.replace("_", " ").split()) if numbered else ""


def shared_words(path: str) -> str:
    """What the files of a row share: the words before the number, else the folder's name, else ""."""
    numbered = _numbered(path)
    stem = " ".join(re.sub(r"[_\s]+", " ", numbered.stem).strip(" -.,:–—").split()) if numbered else ""
    if stem and _folded(stem) not in ("story", "chapter", "part", "text", "untitled", "fic", "kapitel"):
        return stem
    folder = PurePosixPath(path).parent.name
    return " ".join(folder.replace("_", " ").split()) or stem


def natural(path: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts names as people do: "part 2" before "part 10"."""
    pieces = re.findall(r"\d{1,12}|\D+", path)
    return tuple((int(piece), "") if piece.isdecimal() else (-1, piece.casefold()) for piece in pieces)
