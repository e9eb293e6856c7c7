"""The pages people read about Storyloft: what they name is there, and what is written from the program is fresh."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from storyloft.cli import group
from storyloft.demo import stories
from storyloft.ingest.registry import importers
from tests.docs.generate import DOCS, PAGES
from tests.screenshots import LARGEST, PICTURES

ROOT = DOCS.parent
EVERY_PAGE = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted(DOCS.rglob("*.md"))]

_LINK = re.compile(r'\]\(([^)\s]+)\)|<img src="([^"]+)"')
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_MAKE = re.compile(r"\bmake ([a-z-]+)")
_COMMAND = re.compile(r"\bstoryloft(?: --home \S+)? ([a-z]+)\b([^|;\n`]*)")
# Somebody's own machine, and any host but examples and one's own.
_OWN_MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work)\b")
_HOST = re.compile(r"\b(?:https?|postgres)://(?:[^@/\s`]+@)?([^/:\s`)\"]+)")
_NOWHERE = re.compile(r"(?:.+\.)?example|127\.0\.0\.1|localhost|host|0\.0\.0\.0|[${].*")

page = pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda path: path.relative_to(ROOT).as_posix())


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def code_in(path: Path) -> str:
    return "\n".join(_CODE.findall(text_of(path)))


def links_in(path: Path) -> Iterator[Path]:
    """The files a page points at."""
    for link, picture in _LINK.findall(_CODE.sub("", text_of(path))):
        target = (link or picture).split("#")[0]
        if target and "://" not in target:
            yield (path.parent / target).resolve()


@page
def test_a_link_leads_somewhere(page: Path) -> None:
    assert [target for target in links_in(page) if not target.exists()] == []


@page
def test_a_word_for_make_is_one(page: Path) -> None:
    words = set(re.findall(r"^([a-z-]+):.*## ", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(_MAKE.findall(code_in(page))) <= words


@page
def test_a_command_and_its_options_exist(page: Path) -> None:
    unknown = [
        f"storyloft {name} {option}".strip()
        for name, rest in _COMMAND.findall(code_in(page))
        for option in ("", *re.findall(r"(?<!\S)--[a-z-]+", rest))
        if not _exists(name, option)
    ]
    assert unknown == []


def _exists(name: str, option: str) -> bool:
    command = group.commands.get(name)
    if command is None:
        return False
    parts = [command, *getattr(command, "commands", {}).values()]
    known = {word for one in parts for each in one.params if isinstance(each, click.Option) for word in each.opts}
    return option in known | {"", "--help"}


@page
def test_a_page_names_no_machine_of_ours_and_no_stranger_s_host(page: Path) -> None:
    hosts = [host for host in _HOST.findall(text_of(page)) if not _NOWHERE.fullmatch(host)]
    assert (_OWN_MACHINE.findall(text_of(page)), hosts) == ([], [])


def test_every_page_is_linked_from_another() -> None:
    linked = {target for each in EVERY_PAGE for target in links_in(each) if target != each}
    assert [each for each in EVERY_PAGE if each not in linked and each.name != "README.md"] == []


@pytest.mark.parametrize(("path", "written"), PAGES.items(), ids=lambda each: getattr(each, "stem", ""))
def test_a_page_written_from_the_program_is_fresh(path: Path, written: Callable[[], str]) -> None:
    assert text_of(path) == written(), "run `python -m tests.docs.generate`"


def test_every_importer_is_told_of() -> None:
    told = text_of(DOCS / "reference" / "formats.md")
    assert [importer.title for importer in importers() if f"| {importer.title} |" not in told] == []


def test_the_keys_of_the_reading_page_are_told_of() -> None:
    script = text_of(ROOT / "src/storyloft/static/js/page.js")
    (keys,) = re.findall(r"const KEYS = \{(.*?)\n  \};", script, re.DOTALL)
    names = {"ArrowLeft": "←", "ArrowRight": "→", "PageDown": "Page Down", "PageUp": "Page Up", " ": "Space"}
    bound = {names.get(key, key) for key in re.findall(r'^    "?([^"\n]+?)"?: ', keys, re.MULTILINE)}
    told = set(re.findall(r"`([^`]+)`", text_of(DOCS / "reference" / "keys.md")))
    assert told - {"Esc"} == bound


def test_the_demo_has_as_many_stories_as_we_say() -> None:
    assert len(stories()) == 17, "README, CHANGELOG and the tutorial say seventeen"


def test_the_pictures_are_small_and_shown() -> None:
    pictures = set(PICTURES.iterdir())
    shown = {target for target in links_in(ROOT / "README.md") if target.parent == PICTURES}
    assert pictures == shown
    assert max(picture.stat().st_size for picture in pictures) <= LARGEST
