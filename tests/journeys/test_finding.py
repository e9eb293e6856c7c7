"""How a reader finds a story again: filters, searches, a half-remembered scene, and what is never to be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.letters import FANDOM, letters
from tests.serving import Archive, served

pytestmark = pytest.mark.journey

OF_THE_DEMO = 17
OF_THE_SKERRY = 64
ALL = OF_THE_DEMO + OF_THE_SKERRY
UMBRELLA = "The Second-Best Umbrella"
MEMORY = (
    "I read it years ago: the umbrella came back at the end, dried and brushed, and there was a small gold band round "
    "the handle with a motto that Mr Collins could not read. Elizabeth and Darcy, I think."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A served library of more than a page, and the state of a browser that is signed in there as its owner."""

    archive: Archive
    state: dict[str, Any]

    def at(self, path: str = "/") -> str:
        return self.archive.url + path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Kept]:
    """The demo's stories and 64 letters. Whoever changes something takes it back: the next reader shares it."""
    folder = tmp_path_factory.mktemp("finding")
    (folder / "home").mkdir()
    with served(folder / "home") as archive:
        archive.run("demo")
        archive.run("import", *(str(file) for file in letters(folder / "letters")))
        context = browser.new_context()
        context.new_page().goto(archive.link)
        state = dict(context.storage_state())
        context.close()
        yield Kept(archive, state)


@pytest.fixture(params=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, library: Kept) -> Iterator[Page]:
    """The owner's browser, once as small as a phone and once as wide as a desk; errors in it are failures."""
    size: Any = PHONE if request.param == "phone" else DESK
    context = browser.new_context(viewport=size, storage_state=library.state, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert trouble == []


@pytest.fixture(params=["phone", "desk"])
def plain_page(request: pytest.FixtureRequest, browser: Browser, library: Kept) -> Iterator[Page]:
    """The same without JavaScript."""
    size: Any = PHONE if request.param == "phone" else DESK
    context = browser.new_context(viewport=size, storage_state=library.state, java_script_enabled=False)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def filters_of(page: Page) -> Locator:
    """The filters: beside the list on a desk, in a sheet on a phone."""
    opener = page.locator("main [data-panel=filters]")
    if opener.is_visible():
        opener.click()
    filters = page.locator("form.filters").locator("visible=true")
    expect(filters.get_by_role("button", name=re.compile("^Show "))).to_be_visible()
    return filters


def group(filters: Locator, label: str) -> Locator:
    """A group of choices, opened."""
    found = filters.locator("details", has=filters.page.locator("summary", has_text=re.compile(f"^{label}$")))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def choice(filters: Locator, label: str, name: str) -> Locator:
    return group(filters, label).locator("li", has=filters.page.get_by_text(name, exact=True))


def listed(page: Page) -> Locator:
    """How many stories a list says it has."""
    return page.locator(".tools .total")


def in_view(page: Page) -> Locator:
    """What the address points to, which must be in sight."""
    page.wait_for_url("**#p-*")
    target = page.locator(f"[id='{page.url.split('#')[1]}']")
    expect(target).to_be_in_viewport()
    return target


def open_story(page: Page, library: Kept, title: str) -> None:
    page.goto(library.at(f"/search?q={quote(title)}"))
    page.locator(".search-hits h2 a", has_text=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_list_is_narrowed_and_says_what_each_choice_leaves(library: Kept, page: Page) -> None:
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{ALL} stories")

    # With a fandom and without a tag: the counts follow before anything is sent.
    filters = filters_of(page)
    show = filters.get_by_role("button", name=re.compile("^Show "))
    storm = choice(filters, "Tag", "Storm")
    expect(storm.locator(".many")).to_have_text("32")
    choice(filters, "Character", "Mrs Hudson").wait_for()
    choice(filters, "Fandom", FANDOM).get_by_role("checkbox").first.check()
    expect(show).to_have_text("Show 64 stories")
    expect(choice(filters, "Character", "Mrs Hudson")).to_have_count(0)
    storm.get_by_label("Without Storm").check()
    expect(show).to_have_text("Show 32 stories")
    expect(choice(filters, "Tag", "Calm").locator(".many")).to_have_text("32")
    assert page.url == library.at("/")

    # Shown, with a chip for each; one is taken off again.
    show.click()
    page.wait_for_url("**fandom=*")
    expect(listed(page)).to_have_text("32 stories")
    chips = page.get_by_label("Filters in use")
    expect(chips.get_by_role("listitem")).to_have_count(2)
    chips.get_by_role("link", name="without Storm").click()
    expect(listed(page)).to_have_text("64 stories")
    expect(chips.get_by_role("listitem")).to_have_count(1)


def test_a_list_is_sorted_and_turned_page_by_page(library: Kept, page: Page) -> None:
    page.goto(library.at(f"/?fandom={quote(FANDOM)}&view=list"))
    page.locator(".sorts summary").click()
    page.locator(".sorts").get_by_role("link", name="Title", exact=True).click()
    titles = page.locator(".rows .title")
    expect(titles.first).to_have_text("The Grey Bell")
    first = titles.all_inner_texts()
    assert (len(first), first) == (60, sorted(first))
    page.get_by_role("link", name="More →").click()
    expect(page.locator(".turning")).to_contain_text("61–64 of 64")
    assert titles.all_inner_texts() == sorted(set(titles.all_inner_texts()) - set(first))
    page.get_by_role("link", name="← Before").click()
    expect(page.locator(".turning")).to_contain_text("1–60 of 64")
    assert titles.all_inner_texts() == first


def test_a_search_is_saved_by_name_and_opened_again(library: Kept, page: Page) -> None:
    page.goto(library.at(f"/?fandom={quote(FANDOM)}&tag=Calm"))
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Calm at the light")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/searches")
    row = page.locator(".keeping-list li", has_text="Calm at the light")
    expect(row).to_contain_text("32 stories")
    row.get_by_role("button", name="Calm at the light").click()
    page.wait_for_url("**tag=Calm*")
    expect(listed(page)).to_have_text("32 stories")

    page.goto(library.at("/searches"))
    row.locator("summary").click()
    row.get_by_role("button", name="Forget it").click()
    expect(row).to_have_count(0)


def test_what_is_blocked_is_gone_everywhere_and_comes_back(library: Kept, page: Page) -> None:
    # From the story's page.
    open_story(page, library, UMBRELLA)
    page.get_by_text("Never again…").click()
    page.get_by_role("button", name="Hunsford").click()
    expect(page.get_by_text("You blocked")).to_contain_text("Hunsford")

    # Gone from the library, from a search and from what is offered while somebody types.
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{ALL - 1} stories")
    page.goto(library.at("/search?q=umbrella"))
    expect(page.locator(".search-hits").get_by_text(UMBRELLA)).to_have_count(0)
    page.goto(library.at())
    box = page.get_by_role("combobox", name="Search every word")
    box.press_sequentially("second")
    expect(page.get_by_role("option", name="What the Second Post Brought")).to_be_visible()
    expect(page.get_by_role("option", name=UMBRELLA)).to_have_count(0)

    # Shown all the same when asked for, and taken off the list.
    box.press("Escape")
    page.get_by_role("link", name="Show what was hidden (1)").click()
    expect(listed(page)).to_have_text(f"{ALL} stories")
    page.get_by_role("link", name="Your blocklist").click()
    page.get_by_role("button", name="Unblock Hunsford").click()
    expect(page.get_by_text("Nothing is blocked.")).to_be_visible()
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{ALL} stories")


def test_a_tag_is_blocked_from_its_own_page(library: Kept, page: Page) -> None:
    page.goto(library.at("/tags/freeform/Storm"))
    page.get_by_role("button", name="Never see this again").click()
    page.get_by_role("link", name="Show what was hidden (32)").wait_for()
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{ALL - 32} stories")
    page.goto(library.at("/tags/freeform/Storm"))
    page.get_by_role("button", name="Unblock").click()
    expect(listed(page)).to_have_text("32 stories")


def test_usual_filters_are_on_until_taken_off(library: Kept, page: Page) -> None:
    page.goto(library.at(f"/?not-fandom={quote(FANDOM)}"))
    page.get_by_role("button", name="Use these filters always").click()
    page.goto(library.at())
    expect(page.get_by_text("Your usual filters are on.").first).to_be_visible()
    expect(listed(page)).to_have_text(f"{OF_THE_DEMO} stories")
    page.get_by_role("link", name="Show everything once").click()
    expect(listed(page)).to_have_text(f"{ALL} stories")
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{OF_THE_DEMO} stories")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("button", name="Forget them").click()
    page.goto(library.at())
    expect(listed(page)).to_have_text(f"{ALL} stories")


def test_a_half_remembered_scene_opens_at_its_paragraph(library: Kept, page: Page) -> None:
    page.goto(library.at("/search"))
    page.get_by_role("link", name="Only half remember it?").click()
    page.get_by_label("What you remember of the story").fill(MEMORY)
    page.get_by_role("button", name="Find it").click()
    best = page.locator(".recalled > li").first
    expect(best.get_by_role("heading")).to_have_text(UMBRELLA)
    best.locator("q", has_text="dried and brushed").click()
    expect(in_view(page)).to_contain_text("gold band")


def test_words_selected_in_a_chapter_are_found_in_the_library(library: Kept, page: Page) -> None:
    open_story(page, library, UMBRELLA)
    page.locator(".work .actions a.main").click()
    passage = page.locator(".prose p", has_text="I have thrown it away")
    for way in ("mouse", "keyboard"):
        passage.scroll_into_view_if_needed()
        passage.evaluate("element => element.scrollIntoView({block: 'center'})")
        box = passage.bounding_box()
        assert box
        page.mouse.move(box["x"] + 2, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 8, steps=4)
        page.mouse.up()
        link = page.get_by_role("link", name="Find in my library")
        expect(link).to_be_in_viewport()
        link.click() if way == "mouse" else page.keyboard.press("l")
        page.wait_for_url("**/remember?*")
        best = page.locator(".recalled > li").first
        expect(best.get_by_role("heading")).to_have_text(UMBRELLA)
        expect(best.locator("q").first).to_contain_text("thrown it away")
        page.go_back()


def test_a_word_is_found_in_one_story(library: Kept, page: Page) -> None:
    open_story(page, library, UMBRELLA)
    box = page.get_by_role("main").get_by_label("Find in this story")
    box.fill('"arrogant, officious"')
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 paragraph")
    page.locator("main mark").first.click()
    expect(in_view(page)).to_contain_text("purblind ass")


def test_a_story_leads_to_more_like_it(library: Kept, page: Page) -> None:
    open_story(page, library, "The Lamp in Baker Street")
    more = page.get_by_role("region", name="More like this")
    more.scroll_into_view_if_needed()
    expect(more.get_by_role("link", name="The Adventure of the Uninvited Guest")).to_be_visible()
    expect(more.locator(".why").first).not_to_be_empty()
    more.get_by_role("link", name="More like this").click()
    expect(page.get_by_role("link", name="The Adventure of the Uninvited Guest")).to_be_visible()


def test_a_name_is_offered_while_typing_and_opened_by_keys(library: Kept, page: Page) -> None:
    page.goto(library.at())
    box = page.get_by_role("combobox", name="Search every word")
    box.press_sequentially("thimble")
    expect(page.get_by_role("option", name="The Thimble Drawer")).to_be_visible()
    box.press("ArrowDown")
    offered = page.get_by_role("listbox", name="Suggestions").get_by_role("option", selected=True)
    expect(offered).to_contain_text("The Thimble Drawer")
    box.press("Enter")
    expect(page.locator(".search-hits h2")).to_have_text(["The Thimble Drawer"])


def asked(page: Page, library: Kept, query: str) -> list[str]:
    page.goto(library.at("/search"))
    box = page.get_by_role("main").get_by_label("Search every word")
    box.fill(query)
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    return page.locator(".search-hits h2").all_inner_texts()


def test_the_search_language_is_understood_and_says_so(library: Kept, page: Page) -> None:
    assert set(asked(page, library, "title:umbrella OR title:typewriter")) == {UMBRELLA, "Mina’s Typewriter"}
    assert asked(page, library, '"arrogant, officious, and purblind ass"') == [UMBRELLA]
    assert set(asked(page, library, 'fandom:"Peter Pan"')) == {"The Thimble Drawer"}
    # A quotation mark too few is no mistake of the reader's.
    assert UMBRELLA in asked(page, library, 'umbrella "parrot')
    expect(page.get_by_role("status").first).to_contain_text("parrot")
    expect(page.locator(".search-note").first).to_be_visible()
    # A filter beside a search counts what it shows.
    asked(page, library, "lamp")
    filters = filters_of(page)
    chosen = choice(filters, "Fandom", "Sherlock Holmes - Arthur Conan Doyle")
    number = chosen.locator(".many").inner_text()
    chosen.get_by_role("checkbox").first.check()
    show = filters.get_by_role("button", name=re.compile(f"^Show {number} stor"))
    show.click()
    expect(page.locator(".search-said strong").first).to_have_text(re.compile(f"^{number} stor"))


def expect_counted(page: Page, library: Kept, wanted: dict[str, list[str]]) -> None:
    """Wait until the filters say of each character how many works it leaves; nothing where it is no choice."""
    for _ in range(20):
        page.goto(library.at())
        filters = filters_of(page)
        said = {name: choice(filters, "Character", name).locator(".many").all_inner_texts() for name in wanted}
        if said == wanted:
            return
        # Many works were filed anew a moment ago: the index is being written.
        page.wait_for_timeout(500)
    assert said == wanted


def test_a_tag_gets_its_meaning_and_the_counts_of_the_filters_move(library: Kept, page: Page) -> None:
    page.goto(library.at("/desk/tags?q=Agnes+Muir"))
    page.locator(".desk-names").get_by_role("link", name="Agnes Muir", exact=True).click()
    page.get_by_role("button", name="Make canonical").click()
    page.get_by_label("Another wording").fill("Keeper Agnes")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".desk-lines")).to_contain_text("Keeper Agnes")

    # Both wordings are one choice now, and lead to one page.
    expect_counted(page, library, {"Agnes Muir": ["64"], "Keeper Agnes": []})
    page.goto(library.at("/tags/character/Keeper%20Agnes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Agnes Muir")
    expect(listed(page)).to_have_text("64 stories")

    page.goto(library.at("/desk/tags/log"))
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Undo")).first.click()
        page.wait_for_load_state()
    expect_counted(page, library, {"Agnes Muir": ["32"], "Keeper Agnes": ["32"]})


def test_filters_need_no_javascript(library: Kept, plain_page: Page) -> None:
    page = plain_page
    page.goto(library.at())
    page.get_by_role("link", name="Filter").click()
    filters = page.locator("form.filters")
    choice(filters, "Fandom", FANDOM).get_by_role("checkbox").first.check()
    choice(filters, "Tag", "Storm").get_by_label("Without Storm").check()
    filters.get_by_role("button", name=re.compile("^Show ")).click()
    expect(listed(page)).to_have_text("32 stories")
    page.get_by_role("link", name="Filter").click()
    expect(filters.get_by_role("button", name="Show 32 stories")).to_be_visible()
    expect(filters.get_by_label("Without Storm")).to_be_checked()


def test_search_and_memory_need_no_javascript(library: Kept, plain_page: Page) -> None:
    page = plain_page
    assert asked(page, library, '"arrogant, officious"') == [UMBRELLA]
    page.locator("main mark").first.click()
    expect(in_view(page)).to_contain_text("purblind ass")
    page.goto(library.at("/remember"))
    page.get_by_label("What you remember of the story").fill(MEMORY)
    page.get_by_role("button", name="Find it").click()
    page.locator(".recalled q", has_text="dried and brushed").click()
    expect(in_view(page)).to_contain_text("gold band")
