"""Fandoms, characters, pairings and authors named in a memory, known by the works this visitor may see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from storyloft.search.browsing.naming import told_names
from storyloft.search.matching import Matcher, may_read
from storyloft.search.offers import Offer, offer_in
from storyloft.search.scenes.chips import Chip, named
from storyloft.search.scenes.reading import Memory
from storyloft.search.scenes.small_words import SMALL_WORDS
from storyloft.search.schema import words_of
from storyloft.tags.ships import ship_named

_KINDS = ("fandom", "character", "author")
_LONGEST = 6
_MOST_TERMS = 40
_MOST_CHIPS = 6
# The sign between a name's words and the name in a term of the index (offers.py).
_ENDS = "\x1f"


def names_in(matcher: Matcher, memory: Memory) -> list[Chip]:
    """A chip for each name that works visible to this visitor bear, in the order in which they are named."""
    offers = list(dict.fromkeys(_offers(matcher, memory)))
    told = told_names(matcher.visitor, offers)
    offered = [named(offer.kind, offer.name) for offer in offers if offer in told]
    chips = [chip for chip in offered[:_MOST_CHIPS] if chip.is_borne(matcher)]
    characters = [chip.words for chip in chips if chip.kind == "character"]
    pairs = [named("relationship", name) for name in _pairs(matcher, memory, characters)]
    return list(dict.fromkeys([*pairs, *chips]))[:_MOST_CHIPS]


def _offers(matcher: Matcher, memory: Memory) -> Iterator[Offer]:
    words = words_of(memory.about)
    at = 0
    while at < len(words):
        found, length = _longest(matcher, memory, words[at : at + _LONGEST])
        yield from found
        at += length


def _longest(matcher: Matcher, memory: Memory, words: list[str]) -> tuple[list[Offer], int]:
    """The names that the longest run of these words from the first one on ends in, and how long it is."""
    if words[0] in SMALL_WORDS and words[0] != "the":
        return [], 1
    for length in range(len(words), 0, -1):
        if length == 1 and not _may_be_name(memory, words[0]):
            break
        if found := _ending_so(matcher, " ".join(words[:length])):
            return found, length
    return [], 1


def _may_be_name(memory: Memory, word: str) -> bool:
    """One word alone is a name only where it is written as one: "Rose" is, "rose" is not."""
    return word in memory.named and word not in SMALL_WORDS


def _ending_so(matcher: Matcher, said: str) -> list[Offer]:
    """Names of which these are the last words, or all."""
    prefix = said + _ENDS
    # Without the question of rights first: nearly every run of words is no name at all.
    if not matcher.searcher.terms_with_prefix("offered", prefix, None, 1):
        return []
    terms = matcher.searcher.terms_with_prefix("offered", prefix, may_read(matcher.visitor), _MOST_TERMS)
    offers = [offer_in(term) for term, _ in terms]
    # A surname that many bear tells nobody apart.
    return [offer for offer in offers if offer.kind in _KINDS][:2]


def _pairs(matcher: Matcher, memory: Memory, characters: list[str]) -> Iterator[str]:
    """Pairings by their ship's name, and of the characters named that works here pair."""
    ships = (word for word in dict.fromkeys(words_of(memory.about)) if word not in SMALL_WORDS and len(word) > 3)
    known = [ship.relationship for word in ships if (ship := ship_named(word))]
    met = [f"{one}/{other}" for one, other in combinations(characters[:3], 2)]
    yield from (name for name in [*known, *met] if named("relationship", name).is_borne(matcher))
