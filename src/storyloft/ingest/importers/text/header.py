"""The header block that people type over a story: `Title: …`, `Pairing: …`, `Rating: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyloft.ingest.importers.text.details import LONG_LABELS, Details, folded_label
from storyloft.ingest.importers.text.sheet import Sheet

WITHIN = 30  # lines from the top in which a header may begin
LONGEST_VALUE = 25  # lines

# Words that also begin lines of dialogue ("Note: …", "For: …") make no header on their own.
_WEAK = "a/?n|notes?|series|part|chapters?|date|for|prompt|challenge|tags?|status|source|link|language|description"
_STRONG = (
    r"title|story title|authors?|written by|pairings?|relationships?|ships?|characters?|fandoms?|rating|rated|"
    r"(?:archive |content )?warnings?|categor(?:y|ies)|genres?|summary|disclaimer|spoilers?|word ?count|words|"
    r"archive|feedback|beta(?:ed)?(?: by)?|author['’]?s? notes?|end ?notes?|additional tags|collections?|"
    r"posted(?: on| at)?|published|updated|url|recipient|dedication"
)
_LABEL = re.compile(
    rf"^[*_]{{0,3}}(?P<key>(?P<strong>{_STRONG})|{_WEAK})[*_]{{0,3}} ?[:–][*_]{{0,3}} ?(?P<value>.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label of a header: the lines it stands on, its wording and its value in full."""

    lines: tuple[int, ...]
    label: str
    value: str
    strong: bool


def label_on(sheet: Sheet, at: int) -> Labelled | None:
    """The label this line begins with; the value is read from the full line."""
    found = _LABEL.match(sheet.header_line(at))
    if not found:
        return None
    value = sheet.whole(at).removeprefix("\ufeff")[found.start("value") :].strip(" *_" if found["value"] else " ")
    return Labelled((at,), found["key"], value, found["strong"] is not None)


def header_block(sheet: Sheet) -> list[Labelled]:
    """The labels of the header, none where fewer than two stand together within the first 30 lines."""
    at = 0
    while at < min(WITHIN, len(sheet)):
        if sheet.stands(at) and label_on(sheet, at):
            block = _block_from(sheet, at)
            if len(block) >= 2 and any(labelled.strong for labelled in block):
                return block
            at = block[-1].lines[-1] if block else at
        at += 1
    return []


def _block_from(sheet: Sheet, start: int) -> list[Labelled]:
    block: list[Labelled] = []
    at: int | None = start
    while at is not None and (labelled := label_on(sheet, at)):
        block.append(_with_continuation(sheet, labelled))
        at = sheet.after(block[-1].lines[-1])
    while block and not block[-1].value:
        block.pop()  # a bare label at the end may be a heading of the story
    return block if sum(bool(labelled.value) for labelled in block) >= 2 else block[:1]


def _with_continuation(sheet: Sheet, labelled: Labelled) -> Labelled:
    """A summary runs on to the next label or blank line, a list while its lines end in a comma.

    Where no blank line comes for long, the story itself has begun: then only the label's own line counts.
    """
    lines, words = list(labelled.lines), [labelled.value]
    for at in range(lines[0] + 1, len(sheet)):
        if len(lines) > LONGEST_VALUE:
            return labelled
        runs_on = folded_label(labelled.label) in LONG_LABELS or not words[-1] or words[-1].endswith(",")
        if not runs_on or not sheet.plain[at] or label_on(sheet, at) or len(sheet.raw[at]) > 5_000:
            break
        lines.append(at)
        words.append(sheet.whole(at))
    return Labelled(tuple(lines), labelled.label, " ".join(word for word in words if word), labelled.strong)


def read_header(sheet: Sheet, details: Details) -> list[Labelled]:
    """Read the header block, if there is one, into `details`; its lines are used up."""
    block = header_block(sheet)
    for labelled in block:
        details.take(labelled.label, labelled.value)
        sheet.use(*labelled.lines)
    return block
