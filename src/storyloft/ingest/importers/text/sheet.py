"""A text on the table: its lines, and which of them have been read as details or taken away, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import NotReadable, Rule

LARGEST = 16 * 1024 * 1024
MOST_LINES = 1_000_000
LOOKED_AT = 300
LOOKED_AT_IN_HEADERS = 2_000
EDGE = 12_000  # how much of either end a recogniser looks at


def plain(line: str, limit: int = LOOKED_AT) -> str:
    """The line as rules see it: runs of blanks collapsed, stripped, cut at `limit` characters.

    Rules never see the raw line: on long runs of blanks a pattern can take cubic time.
    """
    return " ".join(line.split(None, limit)[:limit])[:limit].strip().removeprefix("\ufeff")


def folded(words: str) -> str:
    """Words as they are compared: small letters, single blanks."""
    return " ".join(words.casefold().split())


class Sheet:
    """The lines of a text. A line stands (it is story), is used (it became a title, a tag, …) or was taken away."""

    def __init__(self, text: str) -> None:
        self.raw = text.removeprefix("\ufeff").split("\n")
        self.plain = [plain(line) for line in self.raw]
        self.taken: dict[int, Rule] = {}
        self.used: set[int] = set()

    def __len__(self) -> int:
        return len(self.raw)

    def stands(self, at: int) -> bool:
        """Whether this line is still part of the story."""
        return at not in self.used and at not in self.taken

    def standing(self, start: int = 0, stop: int | None = None) -> Iterator[int]:
        """The places of the lines with words on them that still stand, from `start` up to before `stop`."""
        for at in range(max(start, 0), len(self.raw) if stop is None else stop):
            if self.plain[at] and self.stands(at):
                yield at

    def head(self, count: int, start: int = 0) -> list[int]:
        """The first `count` standing lines with words on them."""
        found: list[int] = []
        for at in self.standing(start):
            found.append(at)
            if len(found) >= count:
                break
        return found

    def tail(self, count: int) -> list[int]:
        """The last `count` standing lines with words on them, in reading order."""
        found: list[int] = []
        for at in range(len(self.raw) - 1, -1, -1):
            if len(found) >= count:
                break
            if self.plain[at] and self.stands(at):
                found.append(at)
        return found[::-1]

    def after(self, at: int) -> int | None:
        """The next standing line with words on it, None at the end."""
        return next(self.standing(at + 1), None)

    def take(self, lines: Iterable[int], rule: Rule) -> None:
        """Take these lines away; the report will show them under `rule`."""
        for at in lines:
            if self.stands(at):
                self.taken[at] = rule

    def take_where(self, holds: Callable[[str], object], rule: Rule, within: Iterable[int]) -> None:
        """Take away the lines among `within` of which `holds` is true."""
        self.take([at for at in within if holds(self.plain[at])], rule)

    def use(self, *lines: int) -> None:
        """These lines were read as details of the work (a title, a name, a tag) and are not story any more."""
        self.used.update(lines)

    def header_line(self, at: int) -> str:
        """A line as header rules see it: longer than other lines, since summaries stand there."""
        return plain(self.raw[at], LOOKED_AT_IN_HEADERS)

    def whole(self, at: int) -> str:
        """The full line with its runs of blanks collapsed, for values that a rule found in its beginning."""
        return " ".join(self.raw[at].split())

    @cached_property
    def offsets(self) -> list[int]:
        """Where each line begins, in characters of the text."""
        places, place = [], 0
        for line in self.raw:
            places.append(place)
            place += len(line) + 1
        return places


def sheet_of(file: GivenFile) -> Sheet:
    """The file's text as a sheet. Raises NotReadable for a text no story has the size of, and for an empty one."""
    if len(file.data) > LARGEST:
        raise NotReadable("This text is larger than 16 MB. Split it into several files and import those.")
    if file.text.count("\n") > MOST_LINES:
        raise NotReadable("This text has more than a million lines. Split it into several files and import those.")
    if not file.text.strip():
        raise NotReadable("This file holds no text.")
    return Sheet(file.text)


def first_lines(text: str) -> list[str]:
    """The non-empty normalised lines at the beginning of a text: what a recogniser may look at, cheaply."""
    return [line for line in map(plain, text[:EDGE].removeprefix("\ufeff").split("\n")) if line]


def last_lines(text: str) -> list[str]:
    """The same at its end."""
    return [line for line in map(plain, text[-EDGE:].split("\n")) if line]
