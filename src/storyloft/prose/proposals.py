"""What tags a text itself suggests: characters, pairs and fandoms, for a person to take or leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from storyloft.prose.known import Known, title_of, untitled, words_of
from storyloft.prose.naming import accent_free
from storyloft.prose.people import Pair, Person, pairs, people
from storyloft.prose.people_words import BEHIND_A_NAME, COMMON_NAMES

_FULL, _TELLING, _COMMON = 1.5, 1.0, 0.4  # what a name met says for its fandom
_MANY_BEARERS = 3  # characters who share a word, beyond which it says little
_ENOUGH, _SHARE = 2.0, 0.5
_PEOPLE, _FEWER, _OFTEN = 3, 2, 5  # so many different people, or fewer if each is named so often
_NEARLY_AS_GOOD = 0.75
_FANDOMS = 5
_STRANGER = 3  # mentions


@dataclass(frozen=True, slots=True)
class FoundCharacter:
    """A character of the archive's: the canonical name, how often the text names them, and as what."""

    name: str
    mentions: int
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two people together: counts cannot tell romance from friendship, so both tags are offered.

    `together` is in paragraphs, `weight` 0 to 1; `known` says whether the archive knows both.
    """

    romance: str
    friendship: str
    together: int
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class FoundFandom:
    """A fandom, the people of the text that speak for it (canonical names), and how much they say together."""

    name: str
    characters: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything proposed for one text, each list the likeliest first; `unknown` may be original characters."""

    characters: tuple[FoundCharacter, ...]
    unknown: tuple[Person, ...]
    pairs: tuple[FoundPair, ...]
    fandoms: tuple[FoundFandom, ...]


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Which character a person may be, and what this says for the character's fandoms."""

    name: str
    weight: float


def proposals(paragraphs: Iterable[str], known: Known, fandoms: Collection[str] = ()) -> Proposals:
    """Tags for a text (plain paragraphs) that has none. `fandoms` are those the work already carries.

    A first name that many bear counts only beside somebody surer of the same fandom.
    """
    text = list(paragraphs)
    met = people(text)
    met += _overlooked(text, met, known)
    options = [_options(person, known) for person in met]
    sure = {of for likely in options for one in likely if one.weight >= _TELLING for of in known.fandoms_of[one.name]}
    sure.update(fandoms)
    options = [
        [one for one in likely if one.weight >= _TELLING or not sure.isdisjoint(known.fandoms_of[one.name])]
        for likely in options
    ]
    scored = _scored(options, known)
    who = [_likeliest(likely, scored, set(fandoms), known) for likely in options]
    characters = _gathered(met, who)
    strangers = [person for person, name in zip(met, who, strict=True) if not name and person.mentions >= _STRANGER]
    return Proposals(
        tuple(FoundCharacter(one.name, one.mentions, one.aliases) for one in characters),
        tuple(strangers),
        _found_pairs(characters, strangers, known),
        _found_fandoms(met, scored, who, known),
    )


def _overlooked(text: list[str], met: list[Person], known: Known) -> list[Person]:
    """Names in full that the rules of `people` pass by: met once, "the Doctor", or in a script without capitals."""
    have = {" ".join(words_of(form)) for person in met for form in person.names}
    seen: dict[str, list[int]] = {}
    for number, paragraph in enumerate(text):
        for form in known.met_in(paragraph):
            if form not in have:
                seen.setdefault(form, []).append(number)
    return [Person(form.replace(" .", "."), len(places), (), frozenset(places)) for form, places in seen.items()]


def _options(person: Person, known: Known) -> list[_Likeness]:
    """Who of the archive's this may be. A bare "James" tells nothing of one whose name in full is James McCarthy."""
    found: dict[str, float] = {}
    title = next(filter(None, map(title_of, person.names)), "")
    fullest = max(len(untitled(form)) for form in person.names)
    for form in person.names:
        names = known.named(form)
        _raise(found, names, _weight(form, len(names), full=True))
        if len(untitled(form)) > 1 or fullest == 1:
            names = known.called(form, title)
            _raise(found, names, _weight(form, len(names), full=False))
    return [_Likeness(name, weight) for name, weight in found.items()]


def _raise(found: dict[str, float], names: Iterable[str], weight: float) -> None:
    for name in names:
        found[name] = max(weight, found.get(name, 0))


def _weight(form: str, bearers: int, full: bool) -> float:
    words = form.split()
    if full and len(words) > 1:
        return _FULL
    if bearers > _MANY_BEARERS or words[-1].lower() in COMMON_NAMES:
        return _COMMON
    return _TELLING


def _scored(options: list[list[_Likeness]], known: Known) -> dict[str, dict[int, float]]:
    """For each fandom the people (by number) who may be of it, and what each says for it."""
    scored: dict[str, dict[int, float]] = {}
    for number, likely in enumerate(options):
        for one in likely:
            for fandom in known.fandoms_of[one.name]:
                held = scored.setdefault(fandom, {})
                held[number] = max(one.weight, held.get(number, 0))
    return scored


def _likeliest(likely: list[_Likeness], scored: dict[str, dict[int, float]], given: set[str], known: Known) -> str:
    """The character this person most likely is, "" if nobody: of the work's own fandom, or the best spoken for."""

    def rank(one: _Likeness) -> tuple[bool, bool, float]:
        of = known.fandoms_of[one.name]
        total = max((sum(scored[fandom].values()) for fandom in of), default=0.0)
        return not given.isdisjoint(of), one.weight >= _FULL, total

    return max(likely, key=rank).name if likely else ""


def _gathered(met: Sequence[Person], who: list[str]) -> list[Person]:
    """The known characters as people; two who turn out to be one character are one."""
    found: dict[str, Person] = {}
    for person, name in zip(met, who, strict=True):
        if name:
            held = found.get(name, Person(name, 0))
            forms = tuple(dict.fromkeys((*held.aliases, *person.names)))
            found[name] = Person(name, held.mentions + person.mentions, forms, held.paragraphs | person.paragraphs)
    return sorted(found.values(), key=lambda one: (-one.mentions, one.name))


def _found_pairs(characters: list[Person], strangers: list[Person], known: Known) -> tuple[FoundPair, ...]:
    """Between the archive's own characters; where it knows fewer than two of a story's people, between any."""
    both = len(characters) > 1
    everybody = characters if both else sorted((*characters, *strangers), key=lambda one: -one.mentions)
    return tuple(_pair(close, known, both) for close in pairs(everybody))


def _pair(close: Pair, known: Known, both: bool) -> FoundPair:
    sides = sorted((close.one, close.other), key=_by_surname)
    romance = known.ship("/", *sides) or "/".join(sides)
    friendship = known.ship("&", *sides) or " & ".join(sides)
    return FoundPair(romance, friendship, close.together, close.weight, both)


def _by_surname(name: str) -> tuple[str, str]:
    words = [word for word in accent_free(name.partition(" (")[0]).casefold().split() if word not in BEHIND_A_NAME]
    return (words or [""])[-1], name


def _found_fandoms(
    met: Sequence[Person], scored: dict[str, dict[int, float]], who: list[str], known: Known
) -> tuple[FoundFandom, ...]:
    everything = sum(person.mentions for person in met)
    found = []
    for fandom, weights in scored.items():
        explained = sum(met[number].mentions for number in weights) / everything
        score = sum(weights.values()) + _SHARE * explained
        if score >= _ENOUGH and max(weights.values()) >= _TELLING and _are_many([met[number] for number in weights]):
            names = dict.fromkeys(who[number] for number in weights if fandom in known.fandoms_of[who[number]])
            found.append(FoundFandom(fandom, tuple(names), round(score, 2)))
    return _best(found)


def _are_many(found: list[Person]) -> bool:
    return len(found) >= _PEOPLE or sum(person.mentions >= _OFTEN for person in found) >= _FEWER


def _best(found: list[FoundFandom]) -> tuple[FoundFandom, ...]:
    """The best, those nearly as good, and for crossovers those that bring two people no better one has."""
    kept: list[FoundFandom] = []
    placed: set[str] = set()
    for fandom in sorted(found, key=lambda one: (-one.score, one.name)):
        new = set(fandom.characters) - placed
        if not kept or fandom.score >= _NEARLY_AS_GOOD * kept[0].score or len(new) >= _FEWER:
            kept.append(fandom)
            placed |= new
    return tuple(kept[:_FANDOMS])
