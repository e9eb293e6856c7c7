"""In which language a text is written, how that language is called, and in which direction it runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from storyloft.prose.languages import LANGUAGES, OTHER_CODES, RIGHT_TO_LEFT, RIGHT_TO_LEFT_SCRIPTS

_LOOKED_AT = 4000  # letters, from the middle, where no header or licence stands
_TOO_LITTLE = 60
_MUCH = 400
_SURE = 0.9
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_KANA, _HAN, _HANGUL = "\u3041-\u30ff", "\u3400-\u9fff", "\u1100-\u11ff\uac00-\ud7a3"
# Scripts that one language all but owns.
_SCRIPTS = {
    "ko": f"[{_HANGUL}]",
    "th": "[\u0e01-\u0e5b]",
    "el": "[\u0370-\u03ff\u1f00-\u1fff]",
    "he": "[\u05d0-\u05ea]",
    "hy": "[\u0531-\u058f]",
    "ka": "[\u10a0-\u10ff]",
    "km": "[\u1780-\u17ff]",
    "lo": "[\u0e81-\u0edf]",
    "my": "[\u1000-\u109f]",
    "bo": "[\u0f00-\u0fff]",
    "am": "[\u1200-\u137f]",
    "ta": "[\u0b80-\u0bff]",
    "te": "[\u0c00-\u0c7f]",
    "kn": "[\u0c80-\u0cff]",
    "ml": "[\u0d00-\u0d7f]",
    "gu": "[\u0a80-\u0aff]",
    "pa": "[\u0a00-\u0a7f]",
    "or": "[\u0b00-\u0b7f]",
    "si": "[\u0d80-\u0dff]",
    "chr": "[\u13a0-\u13ff]",
}


def guess_language(text: str, declared: str = "") -> str:
    """The short code of the text's language, "" when unsure. In doubt what was `declared` (code or name) holds.

    A declaration is overruled only by the script, or by much text that is surely something else: many programs write
    "en" into every file.
    """
    said = code_for(declared)
    sample = _middle(text)
    letters = _LETTER.findall(sample)
    by_script = _by_script(letters)
    if by_script:
        return said if said and _same_script(said, by_script) else by_script
    if len(letters) < _TOO_LITTLE:
        return said
    guessed, sureness = _classifier()(sample)
    if guessed == said.split("-")[0] or (said and len(letters) < _MUCH):
        return said
    return guessed if sureness >= _SURE else said


def code_for(name: str) -> str:
    """The code for a language's name in English or its own words, or for any spelling of a code; "" if unknown."""
    name = " ".join(name.split())
    if known := _codes().get(name.casefold()):
        return known
    if not _CODE.fullmatch(name.replace("_", "-")):
        return ""
    first, *rest = name.replace("_", "-").split("-")
    first = OTHER_CODES.get(first.lower(), first.lower())
    if first not in LANGUAGES:
        return ""
    return "-".join((first, *(part.upper() if len(part) == 2 else part.title() for part in rest)))


def name_for(code: str) -> str:
    """What people call it: the language's own name; the code itself where we have none."""
    names = LANGUAGES.get(code) or LANGUAGES.get(code.split("-")[0])
    if names is None:
        return code
    own = names.split("|")
    return own[min(1, len(own) - 1)]


def direction(code: str) -> Literal["ltr", "rtl"]:
    """Which way the language runs; a script in the code (`az-Arab`) decides."""
    first, *rest = code.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def _middle(text: str) -> str:
    start = max(0, (len(text) - _LOOKED_AT) // 2)
    return text[start : start + _LOOKED_AT]


def _by_script(letters: list[str]) -> str:
    if not letters:
        return ""
    joined = "".join(letters)
    if joined.isascii():
        return ""
    many = len(letters) / 2
    kana = len(re.findall(f"[{_KANA}]", joined))
    han = len(re.findall(f"[{_HAN}]", joined))
    if kana + han > many:
        return "ja" if kana * 20 > kana + han else "zh"
    return next((code for code, script in _SCRIPTS.items() if len(re.findall(script, joined)) > many), "")


def _same_script(said: str, found: str) -> bool:
    """Cantonese, Wu or classical Chinese look like Chinese, Yiddish like Hebrew: the declaration knows better."""
    first = said.split("-")[0]
    return first == found or first in {"zh": ("yue", "hak", "nan", "wuu"), "he": ("yi",)}.get(found, ())


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in LANGUAGES.items():
        for name in (names, *names.split("|")):
            found.setdefault(name.strip().casefold(), code)
    return found


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    # Loaded only by the process that reads files: with numpy and its model it takes 120 MB at its peak.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classify: Callable[[str], tuple[str, float]] = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True
    ).classify
    return classify
