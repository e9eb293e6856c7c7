"""Letters from a lighthouse: small stories, more than a page of a list holds."""

from __future__ import annotations

import random
from pathlib import Path

FANDOM = "The Skerry Light"
_WHICH = ("Grey", "Late", "Salt", "Narrow", "Patient", "Hollow", "Silver", "Idle")
_WHAT = ("Lantern", "Harbour", "Ferry", "Bell", "Kettle", "Rope", "Compass", "Letter")
_WORDS = """
gull tide oil wick stair window gale slate oar biscuit ledger chalk barnacle mackerel fiddle shutter candle pier anchor
herring spyglass blanket pipe soup mast thimble needle basket turnip signal whistle boots cork brass bucket
"""


def letters(folder: Path) -> list[Path]:
    """Write 64 short letters: half of them with the tag Storm, and Agnes goes by one name in half of them.

    No two share a run of words, so none looks like a copy of another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    titles = [f"The {which} {what}" for which in _WHICH for what in _WHAT]
    files = [folder / f"letter-{number:02}.md" for number in range(len(titles))]
    for number, (file, title) in enumerate(zip(files, titles, strict=True)):
        file.write_text(_letter(number, title), "utf-8")
    return files


def _letter(number: int, title: str) -> str:
    deck = random.Random(number)
    body = "\n\n".join(" ".join(deck.choices(_WORDS.split(), k=30)).capitalize() + "." for _ in range(3))
    head = {
        "Title": title,
        "Author": ("skerry_keeper", "gull_counter")[number // 4 % 2],
        "Fandom": FANDOM,
        "Rating": "General Audiences",
        "Characters": ("Agnes Muir", "Keeper Agnes")[number // 2 % 2],
        "Tags": ("Storm", "Calm")[number % 2],
        "Language": "English",
        "Status": "complete",
        "Summary": f"What the keeper wrote home in week {number + 1}.",
    }
    return "\n".join(f"{name}: {value}" for name, value in head.items()) + f"\n\n# {title}\n\n{body}\n"
