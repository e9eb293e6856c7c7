"""Bytes to text, whatever they were written in, and clean text never touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.ingest.decoding import decode

ENGLISH = "“No,” said Alice—naïvely. It was the café’s last crumpet…\n" * 3
SAMPLES = {
    "utf-8": ENGLISH,
    "utf-8-sig": ENGLISH,
    "utf-16": ENGLISH,
    "utf-16-le": ENGLISH,
    "utf-16-be": ENGLISH,
    "utf-32": ENGLISH,
    "cp1252": ENGLISH,
    "cp1251": "Алиса сидела на берегу и смотрела, как берег уходит от неё всё дальше и дальше.\n" * 5,
    "cp1250": "Alicja siedziała nad brzegiem i myślała, że książka bez obrazków nie jest nic warta. Zażółć!\n" * 5,
    "cp932": "アリスは川岸に座っていた。彼女はとても退屈していた。本には絵も会話もなかった。\n" * 5,
    "gb18030": "爱丽丝坐在河岸上，觉得非常无聊。书里没有图画，也没有对话。\n" * 5,
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_text_comes_out_as_it_was_written(encoding: str) -> None:
    assert decode(SAMPLES[encoding].encode(encoding)).text == SAMPLES[encoding]


def test_clean_utf8_is_quiet() -> None:
    assert decode(ENGLISH.encode()).remarks == ()


@pytest.mark.parametrize("text", ["IRMÃ » AÇÃO\n", "â la façon — ÂME\n", "Ã, Â and ð are letters.\n"])
def test_clean_text_that_looks_a_little_broken_is_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0\ufeff\x85", exclude_categories=["Cc"])))
def test_text_without_the_marks_of_double_encoding_survives(text: str) -> None:
    if not set(text) & set("âÃÂð"):
        assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (b'<?xml version="1.0" encoding="iso-8859-1"?><p>\x93caf\xe9\x94</p>', "“café”"),
        (b'<meta charset="latin1"><p>\x93caf\xe9\x94</p>', "“café”"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>\xc4\xe0</p>', "Да"),
        (b'<meta charset="shift_jis"><p>\x83A\x83\x8a\x83X</p>', "アリス"),
        ('<meta charset="iso-8859-1"><p>“café”</p>'.encode(), "“café”"),
        (b'<meta charset="x-no-such"><p>caf\xe9</p>', "café"),
        (b'<meta charset="base64"><p>caf\xe9</p>', "café"),
    ],
)
def test_a_declaration_is_believed_unless_the_bytes_contradict_it(markup: bytes, expected: str) -> None:
    assert f"<p>{expected}</p>" in decode(markup).text


def test_an_encoding_told_from_outside_is_believed() -> None:
    assert decode(b"\xc4\xe0", "windows-1251").text == "Да"


@pytest.mark.parametrize("wrongly", ["cp1252", "latin-1"])
def test_text_encoded_twice_is_mended_and_said_so(wrongly: str) -> None:
    told = decode("It’s the café — “quite”\nplain\n".replace("”", "’").encode().decode(wrongly).encode())
    assert told.text == "It’s the café — “quite’\nplain\n"
    assert told.remarks == ("1 line(s) were encoded twice (“â€™” for “’”) and repaired.",)


def test_only_the_lines_that_were_encoded_twice_are_mended() -> None:
    told = decode("CafÃ© of IRMÃ » fame\nIRMÃ » AÇÃO ﬁne\n".encode())
    assert told.text.split("\n")[1] == "IRMÃ » AÇÃO ﬁne"


def test_quotes_of_windows_stored_as_control_characters_are_mended() -> None:
    told = decode("Don\x92t \x93look\x94.".encode())
    assert told.text == "Don’t “look”."
    assert told.remarks


def test_a_cut_letter_is_shown_and_remarked_upon() -> None:
    told = decode("“No,” said Alice.".encode() * 9 + "”".encode()[:2])
    assert told.text.endswith("Alice.\ufffd")
    assert told.remarks == ("1 character could not be read and shown as \ufffd.",)


def test_a_line_pasted_in_another_encoding_is_read_too() -> None:
    told = decode("“No,” said Alice.\n".encode() * 9 + "“Yes,” said the café.\n".encode("cp1252"))
    assert told.text.endswith("“Yes,” said the café.\n")
    assert told.encoding == "utf-8"


def test_a_replacement_sign_that_stood_in_the_file_is_no_loss() -> None:
    assert decode("a \ufffd b".encode()).remarks == ()


def test_line_ends_are_one_kind_and_zero_bytes_go() -> None:
    assert decode(b"a\r\nb\rc\nd\0e").text == "a\nb\nc\nde"


@given(st.binary())
def test_decoding_never_fails(data: bytes) -> None:
    assert "\r" not in decode(data).text
