"""What the index holds, field by field, and how its words are cut.

Three kinds of document. A **work** bears what is said about it and all its text stemmed, so that matches, counts and
filters are of works; with everything lists are narrowed and sorted by in columns. A **chapter** bears its own text
stemmed, for ranking: a long story as one text loses. A **passage** (about 150 words of consecutive paragraphs) bears
its text as written, with positions, for phrases, for highlights and as the vocabulary that spelling is checked
against, and stemmed in a field of its own, for half-remembered scenes: among whole stories a stem's rarity and the
mean length would say nothing of passages. docs/decisions/0004-search-index.md and 0013-lists-from-the-index.md have
the measurements.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

import tantivy

from storyloft.tags.kinds import TagKind

# Raise this number with every change of fields or tokenizers: an index with another number is built anew.
SCHEMA = 3


class Kind(IntEnum):
    """What a document stands for."""

    WORK = 1
    CHAPTER = 2
    PASSAGE = 3


NAMES = ("title", "author", "fandom", "relationship", "character", "tag")
# What is said about a work in sentences, for `in:summary`, `in:notes` and the words somebody never wants to see.
SAYINGS = ("summary", "notes")

# The columns of a work: the tags it is filed under (all, and by kind), bylines, and what lists are narrowed by.
IDS = ("filed", *(f"{kind}_id" for kind in TagKind), "byline_id", "series_id")
NUMBERS = ("words", "chapters", "published", "updated", "kept", "fandoms", "kudos", "comments")
TERMS = ("status", "written_in", "site")
# Keys of sorted lists, each different for each work, so that a page can begin after the last one's last.
NUMBERED_ORDERS = ("by_kept", "by_updated", "by_published", "by_words", "by_kudos", "dice0", "dice1", "dice2", "dice3")
WORDED_ORDERS = ("by_title", "by_author")

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


def start_of(text: str) -> int:
    """A text's first seven bytes as a number that sorts as the text does; for ranges, which text columns have not."""
    return int.from_bytes(text.encode()[:7].ljust(7, b"\0"), "big")


def language_of(code: str) -> str:
    """The language whose stemmer suits a work's language code; an unknown one is taken for English."""
    short = code.lower().replace("_", "-").split("-")[0]
    short = _ALSO.get(short, short)
    return short if short in _STEMMERS else UNSTEMMED


def body(language: str) -> str:
    """The field that holds the stemmed text of this language."""
    return f"body_{language}"


def told(language: str) -> str:
    """The field that holds the stemmed text of passages in this language."""
    return f"told_{language}"


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
    for column in (*IDS, *NUMBERS, *NUMBERED_ORDERS, *(f"{order}_start" for order in WORDED_ORDERS)):
        builder.add_integer_field(column, indexed=True, fast=True)
    for term in ("readers", "language", "offered"):
        builder.add_text_field(term, tokenizer_name="raw", index_option="basic")
    for term in (*TERMS, *WORDED_ORDERS):
        builder.add_text_field(term, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (*NAMES, *SAYINGS, "text"):
        builder.add_text_field(name, tokenizer_name="exact", index_option="position")
    for language in _STEMMED:
        for name in (body(language), told(language)):
            builder.add_text_field(name, tokenizer_name=f"stem_{language}", index_option="freq")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tell an opened index how words are cut; it remembers only the tokenizers' names."""
    index.register_tokenizer("exact", _EXACT)
    for language, analyzer in _STEMMED.items():
        index.register_tokenizer(f"stem_{language}", analyzer)


_EXACT = _analyzer(None)
_STEMMED = {UNSTEMMED: _EXACT} | {language: _analyzer(stemmer) for language, stemmer in _STEMMERS.items()}
DOCUMENT = _schema()
