"""Rich Text beyond the golden folders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.rtf import importer


def read(body: str) -> ImportedWork:
    (work,) = importer.read(GivenFile("a.rtf", b"{\\rtf1\\ansi " + body.encode("latin-1") + b"}"))
    return work


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (r"so {\i very} damp\par", "<p>so <em>very</em> damp</p>"),
        (r"so \i very\i0  damp\par", "<p>so <em>very</em> damp</p>"),
        (r"{\b\i both\plain  none}\par", "<p><em><strong>both</strong></em> none</p>"),
        (r"H{\sub 2}O\par", "<p>H<sub>2</sub>O</p>"),
        (r"{\ul under\ulnone  none}\par", "<p><u>under</u> none</p>"),
        (r"\u8220?damp\u8221?\par", "<p>“damp”</p>"),
        (r"{\uc2\u8220\'e2\'80damp}\par", "<p>“damp</p>"),
        (r"caf\'e9\~au\_lait \{x\} 1 < 2\par", "<p>café\u00a0au\u2011lait {x} 1 &lt; 2</p>"),
        (r"one\line two\par", "<p>one<br>two</p>"),
        (r"seen{\*\unknown unseen}{\comment unseen}\par", "<p>seen</p>"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}\par", "<p>shown</p>"),
        ("wrap\r\nped\\par", "<p>wrapped</p>"),
        (r"{\fonttbl{\f1\fcharset204 A;}}\f1 \'c4\'e0\par", "<p>Да</p>"),
        (r"{\fonttbl{\f1\fcharset128 M;}}\f1 \'83\'41\par", "<p>ア</p>"),
    ],
)
def test_marks_and_signs_are_kept(body: str, html: str) -> None:
    assert read(body).chapters[0].html == html


def test_the_last_paragraph_needs_no_end() -> None:
    assert read("damp").chapters[0].html == "<p>damp</p>"


def test_left_out_pictures_are_said() -> None:
    assert read(r"damp {\pict 00ff}\par").warnings == ("The pictures in it were left out.",)


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(NotReadable, match="nested"):
        read("{" * 1000 + "damp")


@given(st.lists(st.sampled_from(["{", "}", "\\", "\\i", "\\par", "\\u-9", "\\'", "\\'e9", "x", " ", "\\*", "\\pict"])))
def test_broken_rich_text_is_read_as_far_as_it_goes(pieces: list[str]) -> None:
    assert "never lost" in read(r"never lost\par " + "".join(pieces)).chapters[0].html
