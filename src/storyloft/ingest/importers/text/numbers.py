"""Numbers as chapter headings write them: 3, III, three, twenty-one."""

from __future__ import annotations

import re

_UNIT_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TEN_NAMES = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_UNITS, _ORDINALS = _UNIT_NAMES.split(), _ORDINAL_NAMES.split()
_TENS = {word: 10 * ten for ten, word in enumerate(_TEN_NAMES.split(), 2)}
_WORDS = {word: number for number, word in enumerate(_UNITS)} | _TENS | {"hundred": 100}
_WORDS |= {word: number for number, word in enumerate(_ORDINALS, 1)}
_ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# One number in a heading, for use inside other patterns.
DIGITS = r"\d{1,4}"
ROMAN = r"[IVXLCivxlc]{1,9}"
ROMAN_CAPITALS = r"[IVXLC]{1,9}"
WORD = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?|one hundred|" + "|".join(_UNITS[1:] + _ORDINALS) + ")"
)
NUMBER = rf"(?:{DIGITS}|{WORD}|{ROMAN})"


def number_of(words: str) -> int | None:
    """The number these words write, None where they write none."""
    bare = words.lower().strip(" .")
    if bare.isdecimal():
        return int(bare)
    if _ROMAN.fullmatch(bare):
        return _roman(bare)
    parts = re.split(r"[ -]", bare)
    if not all(part in _WORDS for part in parts):
        return None
    return 100 if "hundred" in parts else sum(_WORDS[part] for part in parts)


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
