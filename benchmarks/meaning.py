"""`python -m benchmarks.meaning --corpus stories.zip [--model FOLDER]`: meanings of passages, alone.

How fast they are learned and scanned, and how often they alone find the remembered story. Without --model, one is
learned from the corpus itself (`meaning_model`), which says little of what a published model can do.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import click

from benchmarks import home
from benchmarks.measuring import milliseconds

_SIZES = (57_000, 1_000_000)
_TIMES = 5
_WORKS_OF = 36
_CLAUSE = re.compile(r"[.;!?]+\s*|,\s+(?=(?:and|but|then|so|who|while|because)\b)")
_FEWEST_WORDS = 3

# Written for this page from memory of the stories.
OWN_QUERIES = {
    "anton-chekhov__the-bet": "someone locked up alone with books for many years to win money walks out just before",
    "anton-chekhov__a-chameleon": "the constable keeps changing his mind as he hears whose puppy bit the finger",
    "anton-chekhov__the-death-of-a-government-clerk": "he sneezed at the theatre and apologised until it killed him",
    "arthur-conan-doyle__the-adventure-of-the-blue-carbuncle": "a jewel turns up inside a Christmas goose",
    "arthur-conan-doyle__the-adventure-of-the-speckled-band": "a snake comes through the ventilator down a bell rope",
    "edgar-allan-poe__the-cask-of-amontillado": "he walls up a drunken rival in a cellar under the carnival",
    "f-scott-fitzgerald__the-curious-case-of-benjamin-button": "a baby born old who grows younger every year",
    "jack-london__to-build-a-fire": "a man freezes to death because snow from a tree put out his only flames",
    "o-henry__the-gift-of-the-magi": "she sells her hair to buy him a watch chain and he sold the watch for combs",
    "o-henry__the-last-leaf": "an old painter saves a sick girl by painting ivy on a wall",
    "rudyard-kipling__rikki-tikki-tavi": "a small animal fights cobras to protect a family and their little boy",
    "saki__the-open-window": "a girl frightens a nervous visitor with a tale of hunters who died and they come home",
}


@click.command()
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Usually: a homemade one.")
def main(corpus: Path, model: Path | None) -> None:
    """Measure how meanings are learned, scanned and what they find."""
    data = Path(gettempdir()) / f"storyloft-meaning-{hashlib.sha256(corpus.read_bytes()).hexdigest()[:12]}"
    home.open_here(data)
    from benchmarks.scenes.corpus import shelve  # knows models, which exist only once Django is ready

    os.environ["STORYLOFT_SCENES_MODEL"] = str(model or _homemade(corpus, data))
    shelve(corpus)
    _learned()
    _scanned()
    _found("own", list(OWN_QUERIES.items()))
    for kind, queries in sorted(_to_tune_on().items()):
        _found(kind, queries)


def _homemade(corpus: Path, data: Path) -> Path:
    from benchmarks.meaning_model import learn_model  # with numpy, where it is needed at all
    from benchmarks.scenes.corpus import stories

    folder = data.with_name(data.name + "-model")
    if not (folder / "tokenizer.json").exists():
        learn_model([story.body for story in stories(corpus)], folder)
    return folder


def _learned() -> None:
    """Learn the whole corpus, as the worker does it."""
    from storyloft.search.meaning import learning, surveying
    from storyloft.search.meaning.models import PassageVectors

    surveying.survey()
    waiting, began = PassageVectors.objects.stale().count(), time.process_time()
    while learning.learn():
        pass
    taken = time.process_time() - began
    passages = sum(PassageVectors.objects.values_list("passages", flat=True))
    _say(f"{passages:,} passages; {waiting:,} works learned in {taken:.1f} processor seconds")
    if waiting:
        each = passages * waiting / PassageVectors.objects.count() / taken
        _say(f"  {each:,.0f} passages a processor second, reading and storing included")
    _say(f"  {_disk() / max(1, passages):,.0f} bytes a passage in the packs")


def _disk() -> int:
    from storyloft.search.meaning import packing

    return sum(path.stat().st_size for path in packing.folder().rglob("*") if path.is_file())


def _scanned() -> None:
    """Scan invented vectors of 384 numbers with four clauses, at several sizes."""
    import numpy as np

    from storyloft.search.meaning import scan

    dice = np.random.default_rng(1)
    asked = scan._unit(dice.normal(size=(4, 384)).astype(np.float32))
    for size in _SIZES:
        with TemporaryDirectory() as folder:
            vectors = np.memmap(Path(folder) / "vectors", np.int8, "w+", shape=(size, 384))
            vectors[:] = dice.integers(-127, 128, vectors.shape, dtype=np.int8)
            works = np.stack([np.arange(size // _WORKS_OF), np.arange(size // _WORKS_OF) * _WORKS_OF], axis=1)
            pack = scan.Pack(vectors, np.ones(size, np.float32), works, works, works[:, 0], works[:, 0] < 0)
            taken = milliseconds(lambda pack=pack: scan._compare(pack, asked), _TIMES)  # type: ignore[misc]
        _say(
            f"{size:>9,} passages scanned in {taken.processor:.0f} ms of the processor, {taken.clock:.0f} on the clock"
        )


def _to_tune_on() -> dict[str, list[tuple[str, str]]]:
    """Story and text of the queries at even positions of their kind, of every file there is."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted((Path(__file__).parent / "scenes").glob("queries_*.toml")):
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for query in tomllib.loads(path.read_text("utf-8"))["query"]:
            by_kind[query["kind"]].append(query)
        for kind, queries in by_kind.items():
            found[kind] += [(query["story"], query["text"]) for query in queries[::2]]
            found[f"{kind}, stripped"] += [(query["story"], query["bare"]) for query in queries[::2] if "bare" in query]
    return {kind: queries for kind, queries in found.items() if queries}


def _found(kind: str, queries: list[tuple[str, str]]) -> None:
    for how, split in (("as one", _whole), ("by clause", _clauses)):
        ranks = list(_ranks(queries, split))
        first, ten = (sum(rank < most for rank in ranks) / len(ranks) for most in (1, 10))
        _say(f"{kind:>18} ({len(ranks):>2}) {how:>9}: first {first:.2f}, in ten {ten:.2f}")


def _ranks(queries: list[tuple[str, str]], split: Callable[[str], list[str]]) -> Iterator[int]:
    """At which place each remembered story came; 0 is the first."""
    from benchmarks.scenes.corpus import works_by_story
    from storyloft.search import meaning

    works = works_by_story()
    for story, text in queries:
        order = list(meaning.scores(split(text), best=10_000))
        wanted = works[story].pk
        yield order.index(wanted) if wanted in order else len(works)


def _whole(text: str) -> list[str]:
    return [text]


def _clauses(text: str) -> list[str]:
    found = [clause for clause in _CLAUSE.split(text) if len(clause.split()) >= _FEWEST_WORDS]
    return found or [text]


def _say(line: str) -> None:
    click.echo(line)


if __name__ == "__main__":
    main()
