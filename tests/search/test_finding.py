"""What is asked for is found, and what is not asked for is not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from storyloft.accounts.models import Byline
from storyloft.prose.passages import passages
from storyloft.search.finding import find
from storyloft.search.writer import drain
from storyloft.works.models import Authorship, Chapter
from tests.cast import STRANGER
from tests.search.shelf import announce, found, story, titles, write

pytestmark = pytest.mark.django_db

FILLER = "The rain went on over Baker Street and nobody rang the bell that whole grey afternoon."


def test_a_word_is_found_in_any_of_its_forms() -> None:
    story("Rosin", "He was studying the violins in the window.")
    assert found(STRANGER, "violin study") == ["Rosin"]


def test_a_quoted_word_is_found_only_as_written() -> None:
    story("Rosin", "He looked at the violins in the window.")
    story("Bow", "A violin lay on the chair.")
    assert found(STRANGER, '"violin"') == ["Bow"]


def test_all_words_are_wanted() -> None:
    story("Both", "The lamp stood by the violin.")
    story("One", "The lamp stood alone.")
    assert found(STRANGER, "lamp violin") == ["Both"]


def test_a_word_about_the_work_and_a_word_in_its_text_find_it_together() -> None:
    story("Rosin", "The bow lay under the chair.", fandom="Sherlock Holmes")
    story("Other", "The bow lay under the chair.", fandom="Dracula")
    assert found(STRANGER, "sherlock bow") == ["Rosin"]


def test_where_nothing_has_every_word_what_has_most_is_shown_and_said() -> None:
    story("Two of three", "The lamp stood by the violin.")
    story("One of three", "The lamp stood alone.")
    drain()
    results = find(STRANGER, "lamp violin marmalade")
    assert (titles(results), results.loosened) == (["Two of three"], True)


def test_a_phrase_is_found_in_its_order_only() -> None:
    story("Right", "Then the lamp went out and nobody spoke.")
    story("Wrong", "Out went the lamp, and nobody spoke.")
    assert found(STRANGER, "“the lamp went out”") == ["Right"]


def test_a_phrase_opens_at_the_paragraph_that_holds_it() -> None:
    work = story("Right", [FILLER] * 30 + ["Then the lamp went out, and she was gone."] + [FILLER] * 30)
    drain()
    paragraphs = passages(Chapter.objects.get(work=work).current.html)
    hit = find(STRANGER, '"lamp went out"').hits[0].passages[0]
    assert hit.passage_id == paragraphs[30].id
    assert [text for text, lit in hit.pieces if lit] == ["lamp went out"]


def test_a_phrase_of_small_words_opens_at_its_paragraph_too() -> None:
    mixed = "It was not to be, and so they had to go on. To be is to do, or not."
    work = story("Right", [mixed] * 40 + ["“To be, or not to be,” he said."] + [mixed] * 40)
    drain()
    paragraphs = passages(Chapter.objects.get(work=work).current.html)
    assert find(STRANGER, '"to be or not to be"').hits[0].passages[0].passage_id == paragraphs[40].id


def test_a_word_opens_at_its_paragraph_in_its_chapter() -> None:
    work = story("Long", [FILLER] * 20, [FILLER] * 9 + ["She opened the <em>harpsi</em>chord."] + [FILLER] * 9)
    drain()
    chapter = Chapter.objects.get(work=work, position=2)
    hit = find(STRANGER, "harpsichord").hits[0].passages[0]
    assert (hit.chapter_id, hit.chapter_title) == (chapter.public_id, "Chapter 2")
    assert hit.passage_id == passages(chapter.current.html)[9].id


def test_a_hit_opens_right_although_the_chapter_was_edited_since() -> None:
    work = story("Edited", [FILLER, "She opened the harpsichord."])
    drain()
    chapter = Chapter.objects.get(work=work)
    write(chapter, ["A new beginning that pushes all the rest down the page."] * 5 + ["She opened the harpsichord."])
    hit = find(STRANGER, "harpsichord").hits[0].passages[0]
    assert hit.passage_id == passages(Chapter.objects.get(work=work).current.html)[5].id


def test_what_is_excluded_stays_out_with_its_whole_work() -> None:
    story("With him", "A violin played.", "Moriarty came in.")
    story("Without him", "A violin played.")
    assert found(STRANGER, "violin -moriarty") == ["Without him"]


def test_a_phrase_and_a_fandom_can_be_excluded() -> None:
    story("Phrase", "A violin played in the dark.", fandom="Sherlock Holmes")
    story("Fandom", "A violin played.", fandom="Dracula")
    story("Neither", "A violin played; the dark came in.", fandom="Sherlock Holmes")
    assert found(STRANGER, 'violin -"in the dark" -fandom:dracula') == ["Neither"]


@pytest.mark.parametrize(
    "query",
    [
        "author:quill",
        'author:"mary quill"',
        "by: Quill violin",
        "fandom:sherlock",
        "title:lamps",
        "ship:watson",
        "character:irene",
        "tag:angst",
        "TITLE:lamp",
    ],
)
def test_fields_find_what_bears_the_name(query: str) -> None:
    story(
        "The Lamp Room",
        "A violin played.",
        by="Mary Quill",
        fandom="Sherlock Holmes",
        relationship="Sherlock Holmes/John Watson",
        character="Irene Adler",
        freeform="Angst",
    )
    story("Another", "Mary Quill, Sherlock, Watson and Irene saw a lamp, with angst and a violin.", by="Someone")
    assert found(STRANGER, query) == ["The Lamp Room"]


def test_a_title_comes_before_stories_that_mention_it() -> None:
    for number in range(5):
        story(f"Other {number}", "The lamp, the lamp, the lamp, always the lamp room.")
    story("The Lamp Room", "It was dark.")
    assert found(STRANGER, "lamp room")[0] == "The Lamp Room"


def test_an_author_comes_before_stories_that_mention_the_name() -> None:
    for number in range(5):
        story(f"Other {number}", "Quill, quill, and the quill again.")
    story("Ink", "It was dark.", by="Mary Quill")
    assert found(STRANGER, "quill")[0] == "Ink"


@pytest.mark.parametrize("query", ["图书馆", "图书", "爱", "“去了图书馆”"])
def test_chinese_is_found_without_spaces(query: str) -> None:
    story("灯", "他昨天去了图书馆。她爱他。", language="zh")
    story("别的", "书在馆里,图很旧。", language="zh")
    assert found(STRANGER, query) == ["灯"]


def test_chinese_within_an_english_story_is_found() -> None:
    story("Mixed", "He wrote 图书馆 on the wall.")
    assert found(STRANGER, "图书馆") == ["Mixed"]


def test_chinese_is_highlighted() -> None:
    story("灯", "他昨天去了图书馆。", language="zh")
    drain()
    pieces = find(STRANGER, "图书馆").hits[0].passages[0].pieces
    assert [text for text, lit in pieces if lit] == ["图书馆"]


def test_other_languages_are_stemmed_by_their_own_rules() -> None:
    story("Lampen", "Die Häuser standen dunkel.", language="de")
    assert found(STRANGER, "haus") == ["Lampen"]


def test_a_language_without_a_stemmer_is_found_as_written() -> None:
    story("Lampa", "Zgasła lampa w pokoju.", language="pl")
    assert found(STRANGER, "zgasła pokoju") == ["Lampa"]


def test_accents_need_not_be_typed_and_are_highlighted() -> None:
    story("Café", "They met in the café.", language="en")
    drain()
    pieces = find(STRANGER, "cafe").hits[0].passages[0].pieces
    assert [text for text, lit in pieces if lit] == ["café"]


def test_a_name_alone_shows_how_the_story_opens() -> None:
    story("The Lamp Room", ["It was dark.", "Then it was not."], by="Mary Quill")
    drain()
    hit = find(STRANGER, "author:quill").hits[0]
    assert [(passage.text, passage.highlights) for passage in hit.passages] == [("It was dark.", ())]


def test_a_name_alone_opens_at_the_first_chapter_that_is_still_there() -> None:
    work = story("The Lamp Room", "It was dark.", "Then it was not.", by="Mary Quill")
    Chapter.objects.filter(work=work, position=1).update(taken_back_at=timezone.now())
    announce(work)
    drain()
    hit = find(STRANGER, "author:quill").hits[0]
    assert [passage.text for passage in hit.passages] == ["Then it was not."]


def test_all_who_wrote_a_story_are_named_in_their_order() -> None:
    work = story("The Lamp Room", "It was dark.", by="Zoe Quill")
    second = Byline.objects.unclaimed("Ann Inkwell")
    Authorship.objects.create(work=work, byline=second, position=1)
    announce(work)
    drain()
    assert find(STRANGER, "dark").hits[0].names == ("Zoe Quill", "Ann Inkwell")


def test_a_title_in_another_form_of_the_word_comes_first() -> None:
    story("Dust", ["A lantern, a lantern, a lantern."])
    story("Lanterns", "It was dark, but for one lantern. " + FILLER * 3)
    assert found(STRANGER, "lantern")[0] == "Lanterns"


def test_at_most_three_paragraphs_are_shown() -> None:
    story("Lamps", ["A lamp. " + FILLER * 9] * 12)
    drain()
    assert len(find(STRANGER, "lamp").hits[0].passages) == 3


def test_chapters_that_hold_the_same_line_are_both_shown() -> None:
    story("Lamps", "A lamp went out.", "A lamp went out.")
    drain()
    assert {passage.chapter_title for passage in find(STRANGER, "lamp").hits[0].passages} == {"Chapter 1", "Chapter 2"}


def test_pages_follow_each_other_without_repeating() -> None:
    for number in range(7):
        story(f"Story {number}", "A violin played. " + FILLER * number)
    drain()
    pages = [find(STRANGER, "violin", page=page, per_page=3) for page in (1, 2, 3)]
    assert sorted(title for page in pages for title in titles(page)) == [f"Story {number}" for number in range(7)]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}


def test_a_long_novel_does_not_push_the_other_stories_out() -> None:
    story("Novel", *["The violin and the violin and the violin."] * 620)
    story("Short", "Once, among many other things that happened on that day, a violin was heard to play far away.")
    assert found(STRANGER, "violin") == ["Novel", "Short"]


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "-", "author:", '""', "((", "* ?", "!!", "a" * 5000, "\x00", "AND OR"]
)
def test_no_query_is_an_error(query: str) -> None:
    story("Story", "A violin played.")
    drain()
    assert find(STRANGER, query).ready


def test_small_words_alone_are_still_looked_for() -> None:
    story("Story", "This and that.")
    assert found(STRANGER, "this and that") == ["Story"]


def test_what_changed_is_found_anew_and_no_longer_by_its_old_words() -> None:
    work = story("Story", "A violin played.")
    drain()
    write(Chapter.objects.get(work=work), "A trumpet played.")
    announce(work)
    assert (found(STRANGER, "trumpet"), found(STRANGER, '"violin"')) == (["Story"], [])
