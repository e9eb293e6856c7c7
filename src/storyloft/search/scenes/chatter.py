"""The story itself, told apart from what people wrap around it: greetings, thanks, hedges, where they read it.

Nothing that may be about the story is lost: what is doubtful stays as faint evidence. Other languages than English
pass through whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from storyloft.search.scenes.wrapping import (
    FIRST_PERSON,
    GREETING,
    HEDGE,
    MEANT,
    NOT_THAT,
    OWN_TALK,
    READING,
    READING_PLACE,
    TALK,
    TELLS,
    WITHOUT,
)

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]*\s+|\n+")
_FRAGMENT = re.compile(r"\s*(?:[,;:()\[\]…]+(?=\s|$)|(?<=\s)[(\[]|\s[-–—]+\s|—|[.!?]+(?=\s|$))\s*")
_NO_WORD = re.compile(r"[\W_]+")
_AS_IT_WAS = re.compile(r"^.*?\bi\s+(?:think|believe|guess|suppose)\s+(?:that\s+)?it\s+was\s+", re.IGNORECASE)
_SHORT = 4

# What says nothing about a story when nothing else is said beside it.
_EMPTY_WORDS = """
    a an and are as at be been but by for from had has have i if in into is it its me my not of on or our so
    that the their them then there they this to was we were what when which who will with would you your he
    she his her him story stories fic fics fanfic fanfiction fanfics tale book one ones thing something
    anything someone somebody read reading find found looking look search searching help please thanks thank
    title name author old years year ago remember recall think maybe ages time long short really very much
    just all any some about around back now ever ok okay oh well also yes no yeah lol haha um know idea sure
    guys everyone everybody people hi hello hey dear here set since part scene bit end start beginning get got
    way lot do does did can could sorry where case great good lovely nice amazing favourite favorite few many
    day days week month months again more soo sooo though however believe guess must might may am re ve ll don
    didn too either
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Fragment:
    """A few words of the memory; `faint` where they may not be about the story."""

    text: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A memory without its wrapping: what speaks for a story, what against one, and what was only talk."""

    fragments: tuple[Fragment, ...]
    against: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()


def unwrapped(text: str) -> Told:
    """What is told of the story itself, fragment by fragment in its order."""
    fragments: list[Fragment] = []
    against: list[str] = []
    talk: list[str] = []
    for sentence in _SENTENCE.split(text.replace("’", "'")):
        wanted, unwanted = _apart(sentence)
        against += unwanted
        _tell_apart(wanted, fragments, against, talk)
    return Told(tuple(_settled(fragments)), tuple(filter(has_content, against)), tuple(talk))


def has_content(text: str) -> bool:
    """Whether any word in it may tell one story from another."""
    return any(True for _ in _content(text))


def _apart(sentence: str) -> tuple[str, list[str]]:
    """The sentence without what it says the story is not, and that."""
    unwanted = []
    while found := NOT_THAT.search(sentence):
        one = MEANT.search(found[0])
        rest, comma, _ = found["rest"].partition(", ")
        unwanted.append(_plain(f"{one['said'] if one else ''} {rest}"))
        end = found.start("rest") + len(rest) if comma else found.end()
        sentence = f"{sentence[: found.start()]} , {sentence[end:]}"
    return sentence, unwanted


def _tell_apart(sentence: str, fragments: list[Fragment], against: list[str], talk: list[str]) -> None:
    """Sort the fragments of one sentence into the three lists."""
    in_reading = just_read = False
    for piece in _FRAGMENT.split(GREETING.sub(" ", sentence)):
        if found := WITHOUT.match(piece):
            against.append(_plain(found["rest"]))
            continue
        is_talk, is_reading = _is_talk(piece), _is_reading(piece, just_read)
        in_reading, just_read = in_reading or is_reading, is_reading
        said = _behind_the_talk(piece) if is_talk or is_reading else piece
        if said is not piece:
            talk.append(_plain(piece))
        told = _plain(HEDGE.sub(" ", said))
        if has_content(told):
            aside = in_reading and not is_reading and _is_short(told)
            fragments.append(Fragment(told, bool(FIRST_PERSON.search(told)) or aside))


def _is_talk(piece: str) -> bool:
    return bool(TALK.search(piece) or (FIRST_PERSON.search(piece) and OWN_TALK.search(piece)))


def _is_reading(piece: str, just_read: bool) -> bool:
    if READING.search(piece) or READING.search(_AS_IT_WAS.sub("it was ", piece)):
        return True
    # "in some old anthology" behind "I read it at school" is about the reading; "in the library" by itself is not.
    own = bool(FIRST_PERSON.search(piece)) or (just_read and _is_short(piece))
    return own and bool(READING_PLACE.search(piece))


def _behind_the_talk(piece: str) -> str:
    """What a piece of talk goes on to tell: "I read one in 2012 where Watson is a cat"; "" where nothing."""
    start = max(
        (found.start() for pattern in (TALK, READING, OWN_TALK) for found in pattern.finditer(piece)), default=0
    )
    found = TELLS.search(piece, start)
    return piece[found.end() :] if found and not FIRST_PERSON.search(piece, found.end()) else ""


def _settled(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Faint fragments count in full where there are no others: a memory told in the first person."""
    kept = list(fragments)
    sure = any(not fragment.faint for fragment in kept)
    return (fragment if sure else replace(fragment, faint=False) for fragment in kept)


def _content(text: str) -> Iterator[str]:
    words = _NO_WORD.sub(" ", text.lower()).split()
    return (word for word in words if word not in _EMPTY and (len(word) > 1 or not word.isascii()))


def _is_short(text: str) -> bool:
    return sum(1 for _ in _content(text)) <= _SHORT


def _plain(text: str) -> str:
    return " ".join(text.strip(" .,;:!?-–—").split())
