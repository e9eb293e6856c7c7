"""Languages: guessed, named, and which way they run."""

from __future__ import annotations

import pytest

from storyloft.prose.language import code_for, direction, guess_language, name_for

ENGLISH = "Watson put down the paper and looked across the room at his friend, who had not moved for an hour. " * 6
GERMAN = "Der Hund lag die ganze Nacht vor der Tür und rührte sich nicht, bis endlich der Morgen kam. " * 6

GUESSES = {
    "English": (ENGLISH, "", "en"),
    "much English called German": (ENGLISH, "de", "en"),
    "much German called English": (GERMAN, "English", "de"),
    "a little German called English": (GERMAN[:90], "en", "en"),
    "a little German, not declared": (GERMAN[:90], "", "de"),
    "a dialect of what it is": (ENGLISH, "en-GB", "en-GB"),
    "too little": ("Hm.", "", ""),
    "too little, declared": ("Hm.", "fr", "fr"),
    "no letters": ("123 !!!", "", ""),
    "Japanese": ("彼は静かに部屋に入った。", "", "ja"),
    "Chinese": ("他走进了房间，什么也没说。", "en", "zh"),
    "Cantonese, as declared": ("他走进了房间，什么也没说。", "yue", "yue"),
    "Korean": ("그는 방에 들어갔다", "", "ko"),
    "Hebrew": ("הוא נכנס לחדר", "", "he"),
    "Yiddish, as declared": ("ער איז אַרײַן", "yi", "yi"),
    "Russian": ("Он вошёл в комнату и долго молчал, глядя в окно на серый снег. " * 3, "", "ru"),
    "nonsense is nothing": ("q x z k w j v q x z k w j " * 8, "", ""),
}


@pytest.mark.parametrize(("text", "declared", "wanted"), GUESSES.values(), ids=GUESSES.keys())
def test_guesses(text: str, declared: str, wanted: str) -> None:
    assert guess_language(text, declared) == wanted


@pytest.mark.parametrize(
    ("name", "code"),
    [("Русский", "ru"), ("Español", "es"), ("Bahasa Indonesia", "id"), ("中文-普通话 國語", "zh"), ("english", "en"),
     ("  Polski ", "pl"), ("eng", "en"), ("GER", "de"), ("EN_us", "en-US"), ("zh-hans", "zh-Hans"), ("pt-br", "pt-BR"),
     ("Português brasileiro", "pt-BR"), ("iw", "he"), ("Elvish", ""), ("xx", ""), ("", ""), ("not a language", "")],
)  # fmt: skip
def test_codes(name: str, code: str) -> None:
    assert code_for(name) == code


def test_names() -> None:
    assert name_for("ru") == "Русский"
    assert name_for("en-US") == "English"
    assert name_for("pt-BR") == "Português brasileiro"
    assert name_for("xx") == "xx"


def test_every_name_leads_back_to_its_code() -> None:
    assert [code for code in ("de", "zh", "ja", "ko", "ar", "tlh", "nb") if code_for(name_for(code)) != code] == []


def test_directions() -> None:
    assert [direction(code) for code in ("he", "ar-EG", "az-Arab", "fa", "ur")] == ["rtl"] * 5
    assert [direction(code) for code in ("en", "", "ar-Latn", "zh_Hans")] == ["ltr"] * 4
