"""Names written one after another in a header: authors, fandoms, characters, pairings, taken apart sensibly."""

from __future__ import annotations

import re

_PAIR = re.compile(r"^(?P<one>[^/&]{1,80}?) ?(?: x | X |/) ?(?P<other>[^&]{1,120})$")
_BRACKETED = re.compile(r"\[(?P<names>[^\[\]]{1,200})\]")
_HONORIFIC = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|sir|lord|lady|professor|miss)\.?$", re.IGNORECASE)


def listed(value: str) -> list[str]:
    """A list as people type it: at semicolons where there are any, otherwise at commas.

    A piece that goes on in small letters belongs to the one before ("The Lion, the Witch and the Wardrobe"),
    unless the whole list is in small letters.
    """
    if ";" in value:
        return [piece.strip() for piece in value.split(";") if piece.strip()]
    pieces = [piece.strip() for piece in value.split(",") if piece.strip()]
    if not pieces or not pieces[0][0].isupper():
        return pieces
    joined: list[str] = []
    for piece in pieces:
        if joined and re.match(r"(?:the|and|or|of) ", piece) and not piece.startswith("and the rest"):
            joined[-1] += ", " + piece
        else:
            joined.append(piece)
    return joined


def comma_and_blank(value: str) -> list[str]:
    """Tags as archives print them: split at comma and blank, nowhere else."""
    return [piece.strip() for piece in re.split(r", +", value) if piece.strip(" ,")]


def people(value: str) -> list[str]:
    """Characters: the list, and the last "A and B" of it taken apart ("Mr and Mrs Darcy" stay together)."""
    pieces = [piece.removeprefix("and ").removeprefix("& ") for piece in value.replace(";", ",").split(",")]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    if not pieces:
        return []
    one, word, other = pieces[-1].partition(" and ")
    if word and one and other and not _HONORIFIC.search(one):
        pieces[-1:] = [one.strip(), other.strip()]
    return pieces


def authors(value: str) -> list[str]:
    """Authors: "A, B & C", "A and B" where both are written like names."""
    pieces = [piece.strip() for piece in re.split(r"\s*(?:,|;| & )\s*", value) if piece.strip()]
    found: list[str] = []
    for piece in pieces:
        one, word, other = piece.removeprefix("and ").partition(" and ")
        found += [one, other] if word and one[:1].isupper() and other[:1].isupper() else [piece.removeprefix("and ")]
    return found


def relationship(words: str) -> str:
    """A pairing in our wording: "Holmes x Watson" and "Holmes / Watson" become "Holmes/Watson"; `&` stays."""
    words = words.strip().strip("[]").strip()
    pair = _PAIR.match(words)
    return f"{pair['one'].strip()}/{re.sub(r' ?(?:/| x | X ) ?', '/', pair['other']).strip()}" if pair else words


def relationships(value: str) -> list[str]:
    """Pairings of a header line: bracketed ones ("[A, B]") first taken whole, the rest split at commas."""
    bracketed = ["/".join(listed(found["names"])) for found in _BRACKETED.finditer(value)]
    rest = _BRACKETED.sub(",", value)
    return bracketed + [relationship(piece) for piece in listed(rest)]


def bracketed_pairs(value: str) -> tuple[list[str], str]:
    """FanFiction.net's "[A, B] C": the pairings ("A/B"), and all the characters as one list ("A, B, C")."""
    pairs = ["/".join(listed(found["names"])) for found in _BRACKETED.finditer(value)]
    everyone = re.sub(r"[\[\]]", ",", value)
    return pairs, ", ".join(piece.strip() for piece in everyone.split(",") if piece.strip())
