"""Bytes to text: BOM, declared, UTF-8, UTF-16 without BOM, a guess, Windows-1252; double encoding repaired."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line ends as \\n, the encoding it was read in, and remarks for the report."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # opens with UTF-16's mark, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# What a declared name means in the wild, after the WHATWG Encoding Standard: Latin-1 is Windows-1252, and so on.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
}
_SEVEN_BIT = {"iso2022_jp", "hz", "iso2022_kr"}  # pass as ASCII, so the declaration must be believed first


def decode(data: bytes, declared: str = "") -> Decoded:
    """Read bytes as text and never fail: a byte that fits nowhere becomes U+FFFD and is remarked upon.

    `declared` is an encoding named outside the bytes (a mail header); where empty, an XML declaration or `<meta>`
    near the start is looked for. A declaration that the bytes contradict is not believed.
    """
    text, encoding, remarks = _read(data, declared)
    repairs: list[str] = []
    if not text.isascii() and (encoding != "utf-8" or any(mark in data for mark in _SUSPECT)):
        text, repairs = _repaired(text)
    return Decoded(_plain_line_ends(text), encoding, tuple(remarks + repairs))


def wide_encoding(data: bytes) -> str:
    """`utf-16-le` or another wide encoding by its mark, or by where the zero bytes stand; empty where neither."""
    for mark, name in _MARKS[1:]:
        if data.startswith(mark):
            return name
    sample = data[:4_096]
    if b"\0" not in sample:
        return ""
    for name, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        zeros = high.count(0)
        if zeros * 20 >= len(high) and low.count(0) * 10 <= zeros and _one_script(high) and _reads(sample, name):
            return name
    return ""


def _one_script(high: bytes) -> bool:
    """The higher bytes of letters are those of Latin and at most one more alphabet; in other data they are anything."""
    common = Counter(high).most_common(2)
    return sum(count for _byte, count in common) * 5 >= len(high) * 4 and 0 in dict(common)


def _reads(sample: bytes, name: str) -> bool:
    """Zero bytes in every other place also occur in sound and pictures; those are full of control characters."""
    text = sample[: len(sample) & ~1].decode(name, "replace")
    strange = sum(char < " " and char not in "\t\n\r\f\v" or char == "\ufffd" for char in text)
    return strange * 50 <= len(text)


def _read(data: bytes, declared: str) -> tuple[str, str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    if wide := wide_encoding(data):
        return _lenient(data, wide)
    wanted = _known(declared) or _declared(data)
    if wanted in _SEVEN_BIT and (text := _strict(data, wanted)) is not None:
        return text, wanted, []
    if (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8", []
    return _not_utf8(data, wanted)


def _not_utf8(data: bytes, wanted: str) -> tuple[str, str, list[str]]:
    if _mostly_utf8(data):
        return _mixed(data)
    if wanted not in ("", "utf-8") and (text := _strict(data, wanted)) is not None:
        return text, _shown(wanted), []
    guess = "cp1252" if wanted == "cp1252" or _western(data) else _guessed(data)
    text = _strict(data, guess) if guess else None
    if text is not None:
        return text, _shown(guess), [f"The encoding is not declared; read as {_shown(guess)}."]
    return _lenient(data, "cp1252")


def _shown(name: str) -> str:
    return name.replace("cp125", "windows-125")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _lenient(data: bytes, name: str) -> tuple[str, str, list[str]]:
    text = data.decode(name, "replace")
    own = "\ufffd".encode(name, "ignore")  # a file may hold the sign itself, honestly
    lost = text.count("\ufffd") - (data.count(own) if own else 0)
    remarks = [f"{_so_many(lost)} could not be read and shown as \ufffd."] if lost > 0 else []
    return text, _shown(name), remarks


def _so_many(count: int) -> str:
    return "1 character" if count == 1 else f"{count:,} characters"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data, 0, 4_096)
    return _known((found[1] or found[2]).decode("ascii")) if found else ""


def _known(declared: str) -> str:
    """The codec meant by a declared name; empty for none, for unknown ones, and for Python's own oddities."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except LookupError:
        return ""
    return "" if name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")) or "_codec" in name or name in (
        "rot13", "hex", "base64", "zlib", "bz2", "uu", "quopri", "unicode_escape", "raw_unicode_escape",
    ) else _MEANT.get(name, name)  # fmt: skip


_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


_CUT_OFF = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{0,2}\Z")


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few strays (a cut in the middle of a letter, one pasted line of another encoding)."""
    good = len(_SEQUENCE.findall(data))
    stray = len(_SEQUENCE.sub(b"", _CUT_OFF.sub(b"", data)).translate(None, bytes(range(128)))) if good else 0
    return good > 5 * stray


def _mixed(data: bytes) -> tuple[str, str, list[str]]:
    """Line by line: UTF-8 where it fits, else Windows-1252 where the line shows no UTF-8 at all."""
    lines, other = [], 0
    for line in data.split(b"\n"):
        text = _strict(line, "utf-8")
        if text is None and not _SEQUENCE.search(line):
            text = _strict(line, "cp1252")
            other += text is not None
        lines.append(line.decode("utf-8", "replace") if text is None else text)
    joined = "\n".join(lines)
    lost = joined.count("\ufffd") - data.count("\ufffd".encode())
    remarks = [f"{other:,} line(s) in another encoding, read as Windows-1252."] if other else []
    return joined, "utf-8", remarks + ([f"{_so_many(lost)} could not be read and shown as \ufffd."] if lost else [])


_WESTERN = re.compile(
    rb"[\x82\x84\x85\x8b\x91-\x97\x99\x9b\xa0\xa1\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb\xbf]"
    rb"|(?<![\xc0-\xff])[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xd6\xd8-\xf6\xf8-\xff](?![\xc0-\xff]{2})"
)


_TOO_FEW_TO_GUESS = 6


def _western(data: bytes) -> bool:
    """Mostly ASCII, and what is not are curly quotes, dashes and lone accented letters: English, French, German …

    Asked before the guesser, which takes a dozen accents in an English story for Central European or Turkish.
    """
    high = len(data.translate(None, bytes(range(128))))
    if high * 3 > len(data):
        return False
    return high < _TOO_FEW_TO_GUESS or high <= len(_WESTERN.findall(data)) * 1.05


def _guessed(data: bytes) -> str:
    # Imported late: it holds megabytes of tables that most files, being UTF-8, never need.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65_536]).best()
    return _MEANT.get(best.encoding, best.encoding) if best else ""


# In UTF-8 whatever the two tests below look for has one of these bytes; clean text is spared the search.
_SUSPECT = (b"\xc2", b"\xc3\xa2", b"\xc3\x83", b"\xc3\xb0")
# UTF-8 that was once read as Windows-1252 or Latin-1 and written again.
_TWICE = re.compile(
    "\u00e2(?:\u20ac|\u0080)[\u0080-\u00bf\u0152\u0153\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00c3[\u0080-\u009f\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017e\u0192\u02c6\u2013-\u203a\u20ac\u2122]"
    "|\u00c2[\u0080-\u00bf]|\u00f0(?:\u0178|\u009f)"
)
_ENCODED_TWICE = "{:,} line(s) were encoded twice (\u201c\u00e2\u20ac\u2122\u201d for \u201c\u2019\u201d) and repaired."
_C1 = re.compile("[\u0080-\u0084\u0086-\u009f]")


def _repaired(text: str) -> tuple[str, list[str]]:
    """Mend what was encoded twice, in the lines that show it and nowhere else."""
    remarks = []
    if ("\u00e2" in text or "\u00c3" in text or "\u00c2" in text or "\u00f0" in text) and _TWICE.search(text):
        text, mended = _undoubled(text)
        remarks = [_ENCODED_TWICE.format(mended)] if mended else []
    if _C1.search(text):
        text = _C1.sub(lambda found: bytes([ord(found[0])]).decode("cp1252", "replace"), text)
        remarks.append("Curly quotes and dashes of Windows were stored as control characters and repaired.")
    return text, remarks


def _undoubled(text: str) -> tuple[str, int]:
    # Imported late: tables that only damaged files need.
    from ftfy import fix_encoding

    lines = text.split("\n")
    mended = [fix_encoding(line) if _TWICE.search(line) else line for line in lines]
    return "\n".join(mended), sum(old != new for old, new in zip(lines, mended, strict=True))


def _plain_line_ends(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "") if "\0" in text else text
