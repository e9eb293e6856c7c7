"""PDFs beyond the golden folders."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.pdf import importer

_HEAD = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
)
_FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>"


def pdf(*lines: bytes) -> bytes:
    """One page, its lines placed by (x, y); without a table of objects, which readers rebuild."""
    drawn = b"\n".join(lines)
    page = (
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents 4 0 R >>\nendobj\n"
        % _FONT
    )
    stream = b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(drawn), drawn)
    return _HEAD + page + stream + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def line(text: bytes, y: int, x: int = 50) -> bytes:
    return b"BT /F 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (x, y, text)


def html(*lines: bytes) -> str:
    (work,) = importer.read(GivenFile("a.pdf", pdf(*lines)))
    return "".join(work.chapters[0].html.split("\n"))


FULL = b"The lamp was lit and the fog came up to look at it, twice, and was"


def test_lines_of_a_paragraph_are_joined() -> None:
    assert html(line(FULL, 700), line(b"not impressed.", 688)) == f"<p>{FULL.decode()} not impressed.</p>"


def test_space_between_lines_parts_paragraphs() -> None:
    made = html(line(FULL, 700), line(FULL, 688), line(FULL, 660), line(FULL, 648))
    assert made.count("<p>") == 2


def test_an_indent_begins_a_paragraph() -> None:
    assert html(line(FULL, 700), line(FULL, 688), line(b"Then it left the street.", 676, x=70)).count("<p>") == 2


def test_a_word_cut_at_the_end_of_a_line_is_one_word() -> None:
    assert "lamplight fell" in html(line(FULL + b" lamp-", 700), line(b"light fell on " + FULL, 688))


def test_a_page_without_text_is_said() -> None:
    with pytest.raises(NotReadable, match="no text"):
        list(importer.read(GivenFile("a.pdf", pdf(b"0 0 m 10 10 l S"))))
