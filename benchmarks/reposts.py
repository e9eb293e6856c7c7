"""The same story twice: how many changed copies are found, how many strangers are taken for copies, and at what cost.

`python -m benchmarks.reposts [--quick]` measures over invented stories, and over real ones where STORYLOFT_CORPUS
names a ZIP of text files (a head of `Name: value` lines, a blank line, paragraphs separated by blank lines). Each copy
goes the whole way: it is put on the shelf, the job samples and compares it, and the question is there or not.
"""

from __future__ import annotations

import os
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from benchmarks import home, invented
from benchmarks.measuring import FULL, QUICK, Row, Size

if TYPE_CHECKING:
    from benchmarks.reposts_shelf import Put

CORPUS = "STORYLOFT_CORPUS"
MISSED_AT_MOST = 2.0  # in a hundred
FALSE_AT_MOST = 1.0  # in ten thousand stories
SECONDS_AT_MOST = 15.0  # of the processor, for a thousand stories
USUAL_WORDS = 5_000  # in one of those

Story = list[str]
Variant = Callable[[Story, random.Random], Story]

# Pairs in the corpus whose authors used a text twice: laid side by side they share runs of up to 270, 110, 190 and 23
# words (the last one a sketch told twice in other words around the same phrases).
KNOWN = (
    {"shoes", "the-lotus-and-the-cockleburrs"},
    {"ships", "the-lotus-and-the-cockleburrs"},
    {"the-domain-of-arnheim", "the-landscape-garden"},
    {"aristocracy-versus-hash", "board-and-ancestors"},
)

_WORD = re.compile(r"[^\W_]+")
_SWAPPED = {
    "he": "she", "she": "he", "him": "her", "his": "her", "her": "his", "himself": "herself", "herself": "himself",
    "man": "woman", "woman": "man", "boy": "girl", "girl": "boy", "mr": "mrs", "mrs": "mr", "sir": "madam",
}  # fmt: skip
_BEFORE = ("Home, browse, search, sign in", "Chapter 1 of 1, published by somebody, updated the day before yesterday")
_BETWEEN = "Advertisement. The story goes on below."
_AFTER = ("If you liked this part, leave a vote and a word!", "You may also like these twelve stories by other people")


def furniture(story: Story, dice: random.Random) -> Story:
    """The page around the text came along."""
    middle = dice.randrange(len(story) + 1)
    return [*_BEFORE, *story[:middle], _BETWEEN, *story[middle:], *_AFTER]


def edited(share: float) -> Variant:
    """This share of the words replaced, left out or doubled with another word of the story."""

    def edit(story: Story, dice: random.Random) -> Story:
        known = _WORD.findall(" ".join(story)) or ["and"]
        return [_edited(paragraph, share, known, dice) for paragraph in story]

    return edit


def _edited(paragraph: str, share: float, known: Sequence[str], dice: random.Random) -> str:
    written = []
    for word in paragraph.split(" "):
        act = dice.random() / share
        other = dice.choice(known)
        written += [word] if act >= 1 else [other] if act < 0.5 else [word, other] if act < 0.75 else []
    return " ".join(written)


def renamed(story: Story, dice: random.Random) -> Story:
    """Every word that is never written small, and more than once with a capital, replaced by an invented name."""
    words = _WORD.findall("\n".join(story))
    small = {word for word in words if word[0].islower()}
    capital = sorted({word for word in words if word[0].isupper() and len(word) > 1})
    names = {
        word: invented.name(dice).split()[0]
        for word in capital
        if word.lower() not in small and words.count(word) > 1
    }  # fmt: skip
    return [_WORD.sub(lambda found: names.get(found[0], found[0]), paragraph) for paragraph in story]


def swapped(story: Story, dice: random.Random) -> Story:
    """He is she and she is he."""
    return [_WORD.sub(lambda found: _swapped(found[0]), paragraph) for paragraph in story]


def _swapped(word: str) -> str:
    other = _SWAPPED.get(word.lower(), word)
    return other.capitalize() if word[0].isupper() else other


def taken_out(parts: int) -> Variant:
    """One of so many equal parts, in whole paragraphs and never less than its share of the words."""

    def take(story: Story, dice: random.Random) -> Story:
        wanted = len(" ".join(story).split()) / parts
        lengths = [len(paragraph.split()) for paragraph in story]
        starts = [at for at in range(len(story)) if sum(lengths[at:]) >= wanted]
        start, taken = dice.choice(starts), 0.0
        for end in range(start, len(story)):
            taken += lengths[end]
            if taken >= wanted:
                break
        return story[start : end + 1]

    return take


VARIANTS: dict[str, Variant] = {
    "page furniture added": furniture,
    "1 % of the words edited": edited(0.01),
    "5 % of the words edited": edited(0.05),
    "10 % of the words edited": edited(0.10),
    "15 % of the words edited": edited(0.15),
    "all names replaced": renamed,
    "all names replaced, 5 % edited": lambda story, dice: edited(0.05)(renamed(story, dice), dice),
    "gender swapped": swapped,
    "one part of five": taken_out(5),
    "an excerpt of a tenth": taken_out(10),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Stories by name, and where they come from."""

    called: str
    stories: dict[str, Story]
    least_words: int = 100

    def some(self, number: int) -> dict[str, Story]:
        """So many of them, evenly chosen. A tenth of a story below `least_words` is a sentence, which is no excerpt."""
        long = [name for name, story in self.stories.items() if len(" ".join(story).split()) >= self.least_words]
        step = max(1, len(long) // number)
        return {name: self.stories[name] for name in long[::step][:number]}


def measure(size: Size) -> Iterator[Row]:
    """Rows for every shelf there is, on the data folder that is open; what is put there is taken away again."""
    yield from _measured(_invented(size.books), size)
    if path := os.environ.get(CORPUS):
        yield from _measured(_corpus(path), size)


def _measured(shelf: Shelf, size: Size) -> Iterator[Row]:
    from benchmarks.reposts_shelf import Put  # Django must be open before its models are loaded

    put = Put(shelf.stories)
    try:
        yield _cost(shelf, put)
        yield _false_alarms(shelf, put)
        for name, variant in VARIANTS.items():
            dice = random.Random(name)
            some = {title: variant(story, dice) for title, story in shelf.some(size.books).items()}
            yield _recall(shelf, name, put.missed(some), len(some))
    finally:
        put.away()


def _cost(shelf: Shelf, put: Put) -> Row:
    usual = 1000 * USUAL_WORDS / put.words
    return Row(
        name="reposts-cost",
        what=f"sampling and comparing {len(shelf.stories):,} {shelf.called} stories, for a thousand of 5,000 words",
        value=put.seconds * usual,
        unit="cpu s",
        bar=SECONDS_AT_MOST,
        reference=_counting(shelf) * usual,
        against="splitting the same stories into words",
        more={"rows for a thousand": put.rows * usual, "words": put.words},
    )


def _counting(shelf: Shelf) -> float:
    begun = time.process_time()
    for story in shelf.stories.values():
        _WORD.findall("\n".join(story))
    return time.process_time() - begun


def _false_alarms(shelf: Shelf, put: Put) -> Row:
    found = put.pairs()
    false = [pair for pair in found if not any(known <= {_slug(name) for name in pair} for known in KNOWN)]
    for pair in false:
        click.echo(f"not known to share text: {' and '.join(sorted(pair))}", err=True)
    return Row(
        name="reposts-false",
        what=f"false alarms among all pairs of {len(shelf.stories):,} {shelf.called} stories, for ten thousand",
        value=10_000 * len(false) / len(shelf.stories),
        unit="pairs",
        bar=FALSE_AT_MOST,
        reference=FALSE_AT_MOST,
        against="the goal",
        more={"pairs found": len(found), "texts used twice by their author": len(found) - len(false)},
    )


def _slug(name: str) -> str:
    return name.rsplit("__", 1)[-1].removesuffix(".txt")


def _recall(shelf: Shelf, variant: str, missed: int, of: int) -> Row:
    return Row(
        name="reposts-missed",
        what=f"{shelf.called} stories, {variant}",
        value=100 * missed / of,
        unit="% missed",
        bar=MISSED_AT_MOST,
        reference=MISSED_AT_MOST,
        against="the goal",
        more={"stories": of, "found": of - missed},
    )


def _invented(number: int) -> Shelf:
    dice = random.Random(1902)
    stories = {}
    for at in range(number):
        people = [invented.name(dice) for _ in range(4)]
        text = invented.chapter(dice, dice.choice((300, 900, 2_000, 4_000, 9_000, 24_000)), people)
        stories[f"invented {at}"] = [re.sub("<[^>]*>", "", line) for line in text.split("\n") if line.startswith("<p>")]
    return Shelf("invented", stories)


def _corpus(path: str) -> Shelf:
    with zipfile.ZipFile(path) as packed:
        names = [name for name in packed.namelist() if name.endswith(".txt")]
        texts = {name: packed.read(name).decode().split("\n\n")[1:] for name in names}
    return Shelf("real", {name: paragraphs for name, paragraphs in texts.items() if any(paragraphs)})


@click.command()
@click.option("--quick", is_flag=True, help="Fewer stories.")
def main(quick: bool) -> None:
    """Measure on a data folder that is thrown away, and print a line for every figure."""
    with home.scratch() as folder:
        home.open_here(folder / "home")
        for row in measure(QUICK if quick else FULL):
            mark = "ok  " if row.holds else "MISS"
            more = ", ".join(f"{name} {number:,.0f}" for name, number in row.more.items())
            click.echo(f"{mark} {row.value:8.2f} {row.unit:9} (at most {row.bar:g}) {row.what}: {more}")


if __name__ == "__main__":
    main()
