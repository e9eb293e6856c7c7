"""Counting words as people do, and the minutes it takes to read them."""

from __future__ import annotations

import re

from storyloft.prose.markup import plain

# As the Archive of Our Own counts: an apostrophe or hyphen joins, any dash, slash or run of dots divides, and in
# scripts written without blanks (Han, kana, Thai) every character is one. Hangul is written with blanks.
_ONE_EACH = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_CHARACTER = re.compile(f"[{_ONE_EACH}]")
_WORD_CHARACTER = re.compile(r"\w")
_DIVIDERS = ("—", "–", "…", "--", "..", "/", "‖", "|")
_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|pre|dt|dd|td|th|caption|summary|figcaption|address|div|blockquote)>|<[bh]r[^>]*>"
)

# For ASCII: what divides words as a blank, the rest as it is; and the signs, without which a wordless token is nothing.
_LETTERS = bytes(ord(" ") if chr(code).isspace() else code for code in range(256))
_SIGNS = bytes(code for code in range(128) if not _WORD_CHARACTER.match(chr(code)) and not chr(code).isspace())

# Words a minute, silent reading: means of Brysbaert 2019 (English 238) and Trauzettel-Klosinski 2012 (other scripts,
# Chinese and Japanese in characters).
_PACE = {"zh": 255, "ja": 357, "ko": 190, "ar": 138, "he": 187, "fi": 161, "ru": 184, "tr": 166, "pl": 166, "de": 179}
_USUAL_PACE = 238


def count_words(text: str) -> int:
    """The number of words: "well-known", "don't" and "3.14" are one each, "and/or" two, 猫 one, a lone dash none."""
    for divider in _DIVIDERS:
        if divider in text:
            text = text.replace(divider, " ")
    if (plain := _without_quotes(text)).isascii():
        return len(plain.encode().translate(_LETTERS, _SIGNS).split())
    text, characters = _CHARACTER.subn(" ", text)
    tokens = text.split()
    wordless = {token for token in set(tokens) if not token[0].isalnum() and not _WORD_CHARACTER.search(token)}
    return len(tokens) - (sum(map(wordless.__contains__, tokens)) if wordless else 0) + characters


def _without_quotes(text: str) -> str:
    """The text without the curly quotes of English: with them gone, most of it is ASCII and counted thrice as fast."""
    for quote in "“”‘’":
        text = text.replace(quote, "")
    return text


def words_in(html: str) -> int:
    """The number of words in clean HTML; a paragraph's end divides, a tag within a word does not."""
    return count_words(plain(_BLOCK_END.sub("\n", html)))


def reading_minutes(words: int, language: str = "") -> int:
    """Whole minutes of quiet reading, at least one where there is anything to read."""
    return -(-words // _PACE.get(language.split("-")[0].lower(), _USUAL_PACE))
