"""What the index holds, field by field, and how its words are cut.

Three kinds of document. A **work** bears the words said about it; a **chapter** its text stemmed by its language, for
ranking; a **passage** (about 150 words of consecutive paragraphs) its text as written, with positions, for phrases,
for highlights and as the vocabulary that spelling is checked against. So each text is cut twice and no more: stemmed
without positions and exact with them. docs/decisions/0004-search-index.md has the measurements.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

import tantivy

# Raise this number with every change of fields or tokenizers: an index with another number is built anew.
SCHEMA = 1


class Kind(IntEnum):
    """What a document stands for."""

    WORK = 1
    CHAPTER = 2
    PASSAGE = 3


NAMES = ("title", "author", "fandom", "relationship", "character", "tag")

# Language codes and Tantivy's stemmer for each; other languages are searched by their words as written.
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hu": "hungarian",
    "it": "italian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "es": "spanish",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_ALSO = {"nb": "no", "nn": "no", "": "en", "und": "en"}
UNSTEMMED = "xx"

# Scripts that put no spaces between words, and Hangul, whose particles stick to the noun: every sign is a word, and
# what is asked for is looked for as a phrase.
_SIGN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]"
)


def language_of(code: str) -> str:
    """The language whose stemmer suits a work's language code; an unknown one is taken for English."""
    short = code.lower().replace("_", "-").split("-")[0]
    short = _ALSO.get(short, short)
    return short if short in _STEMMERS else UNSTEMMED


def body(language: str) -> str:
    """The field that holds the stemmed text of this language."""
    return f"body_{language}"


def spread(text: str) -> str:
    """Text ready to be cut into words: composed accents, and each sign of an unspaced script standing alone."""
    if text.isascii():
        return text
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return _SIGN.sub(r" \g<0> ", composed) if _SIGN.search(composed) else composed


def is_unspaced(text: str) -> bool:
    """Whether this holds signs of a script without spaces between words."""
    return not text.isascii() and _SIGN.search(text) is not None


def words_of(text: str) -> list[str]:
    """The words of a text as the exact fields know them: lower case, without accents."""
    return _EXACT.analyze(spread(text))


def stems_of(language: str, words: str) -> list[str]:
    """The stem of each word, words separated by spaces."""
    return _STEMMED[language].analyze(words)


def _analyzer(stemmer: str | None) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(40)).filter(tantivy.Filter.lowercase())
    if stemmer:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    # Accents go last: the stemmers of French or German need them.
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed integers: an int given to an unsigned field kills Tantivy's writer thread.
    for number in ("kind", "work", "chapter"):
        builder.add_integer_field(number, indexed=True, fast=True)
    # Where a passage's HTML begins and ends in its chapter's; nothing is stored, snippets come from the database.
    for offset in ("start", "end"):
        builder.add_integer_field(offset, fast=True)
    for term in ("readers", "language", "offered"):
        builder.add_text_field(term, tokenizer_name="raw", index_option="basic")
    for name in (*NAMES, "text"):
        builder.add_text_field(name, tokenizer_name="exact", index_option="position")
    for language in _STEMMED:
        builder.add_text_field(body(language), tokenizer_name=f"stem_{language}", index_option="freq")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tell an opened index how words are cut; it remembers only the tokenizers' names."""
    index.register_tokenizer("exact", _EXACT)
    for language, analyzer in _STEMMED.items():
        index.register_tokenizer(f"stem_{language}", analyzer)


_EXACT = _analyzer(None)
_STEMMED = {UNSTEMMED: _EXACT} | {language: _analyzer(stemmer) for language, stemmer in _STEMMERS.items()}
DOCUMENT = _schema()
