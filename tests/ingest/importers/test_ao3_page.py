"""AO3 downloads of every generation and saved pages: what each says, and what only looks as if the site said it."""

from __future__ import annotations

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Part
from storyloft.ingest.importers.ao3.languages import code_for
from storyloft.ingest.importers.ao3_page import importer
from storyloft.tags.kinds import TagKind
from tests import golden


def sample(case: str) -> GivenFile:
    """The page of a golden folder."""
    (file,) = golden.given(golden.SAMPLES / "ao3_page" / case)
    return file


def read(file: GivenFile) -> ImportedWork:
    """The work of a page."""
    (work,) = importer.read(file)
    return work


def download(body: str) -> GivenFile:
    """A download with this body."""
    return GivenFile("story.html", f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


MESSAGE = (
    '<p class="message">Posted originally on the <a href="https://archiveofourown.org/">Archive of Our Own</a> at '
    '<a href="https://archiveofourown.org/works/5">https://archiveofourown.org/works/5</a>.</p>'
)


@pytest.mark.parametrize("case", ["download-chapters", "download-one-shot", "download-2021", "download-2014"])
def test_every_generation_of_downloads_is_known(case: str) -> None:
    claim = importer.recognises(sample(case))
    assert claim is not None
    assert claim.sureness > 90


def test_a_page_that_only_mentions_the_archive_is_not_claimed() -> None:
    mention = "<p>This was posted on Archive of Our Own. Posted originally on the wall.</p>"
    assert importer.recognises(download(mention)) is None


def test_a_story_about_a_log_in_page_is_no_log_in_page() -> None:
    text = "<p>Archive of Our Own asked him: Forgot password? Retry later.</p>" * 30
    assert importer.recognises(download(f'<div class="userstuff">{text}</div>')) is None


def test_headings_notes_and_classes_of_the_author_are_text() -> None:
    first = read(sample("download-chapters")).chapters[0]
    assert "Chapter 9: A heading the author typed" in first.html
    assert "This belongs to the story." in first.html
    assert first.notes == "<p>Thanks to my beta.</p>"


def test_every_series_collection_and_gift_is_kept() -> None:
    work = read(sample("download-chapters"))
    assert [(series.title, series.position) for series in work.series] == [
        ("The Lamps", "2"),
        ("Baker Street Winters", "11"),
    ]
    assert work.source is not None
    assert work.source.facts["collections"] == "Fogbound, Ink and Gaslight"
    assert work.source.facts["gifts"] == "lestrade"
    assert "[Restricted Work]" in work.source.facts["related works"]


def test_tags_are_split_at_links_and_nowhere_else() -> None:
    names = {tag.name for tag in read(sample("download-chapters")).tags}
    assert {"Dracula | Bram Stoker & Related Works", "Mary Morstan & Mrs. Hudson"} <= names


def test_old_words_of_the_fixed_vocabularies_are_ours() -> None:
    def warnings(case: str) -> list[str]:
        return [tag.name for tag in read(sample(case)).tags if tag.kind is TagKind.WARNING]

    assert warnings("download-2014") == ["Creator Chose Not To Use Archive Warnings"]
    assert warnings("download-chapters") == ["Major Character Death", "Underage Sex"]


def test_a_pen_name_is_told_from_its_login() -> None:
    second = read(sample("download-chapters")).bylines[1]
    assert (second.name, second.login) == ("mary_m", "morstan")


def test_anonymous_is_nobody() -> None:
    assert read(sample("download-one-shot")).bylines == ()


def test_an_archived_work_is_by_its_old_author() -> None:
    work = read(sample("download-2014"))
    assert [byline.name for byline in work.bylines] == ["white_rabbit"]
    assert work.source is not None
    assert work.source.facts["archived by"] == "teaarchivist"


def test_the_state_is_told_by_the_chapter_count() -> None:
    assert read(sample("download-chapters")).status == "complete"
    unknown = read(sample("download-2021"))
    assert (unknown.status, unknown.expected_chapters) == ("in_progress", None)


def test_a_one_shot_before_2019_has_no_count_and_is_whole() -> None:
    stats = '<dl class="tags"><dt>Fandom:</dt><dd>Fog</dd><dt>Stats:</dt><dd>Published: 2013-01-01 Words: 9</dd></dl>'
    frame = '<div id="chapters" class="userstuff"><div class="userstuff"><p>x</p></div></div>'
    work = read(download(f'{MESSAGE}<div class="meta">{stats}<h1>Fog</h1></div>{frame}'))
    assert (work.status, work.expected_chapters) == ("complete", 1)


def test_sites_of_the_same_software_are_read_alike() -> None:
    work = read(sample("download-squidgeworld"))
    assert work.source is not None
    assert (work.source.site, work.source.site_id) == ("SquidgeWorld Archive", "31")
    assert work.bylines[0].url == "https://squidgeworld.org/users/fiddler/pseuds/fiddler"


def test_a_language_without_a_code_keeps_its_name() -> None:
    work = read(sample("download-squidgeworld"))
    assert work.language == ""
    assert work.source is not None
    assert work.source.facts["language"] == "Volapük"


@pytest.mark.parametrize(("name", "code"), [("Русский", "ru"), ("中文-普通话 國語", "zh"), ("english", "en"), ("", "")])
def test_languages_are_known_by_their_own_names(name: str, code: str) -> None:
    assert code_for(name) == code


def test_no_rating_is_said() -> None:
    assert read(sample("download-squidgeworld")).warnings == ("No rating was found: treated as adult.",)


def test_chapters_missing_from_a_download_are_said() -> None:
    stats = '<dl class="tags"><dt>Rating:</dt><dd>Mature</dd><dt>Stats:</dt><dd>Chapters: 3/3</dd></dl>'
    frame = (
        '<div id="chapters"><!--chapter content--><div class="userstuff"><p>x</p></div><!--/chapter content--></div>'
    )
    work = read(download(f'<div id="preface">{MESSAGE}{stats}<h1>Fog</h1></div>{frame}'))
    assert work.warnings == ("The file says it has 3 chapters, 1 were found in it.",)


def test_text_that_breaks_out_of_its_frame_is_not_lost() -> None:
    text = '<div class="userstuff"><p>In.</p></div></div><p>Out.</p>'
    frame = f'<div id="chapters"><!--chapter content-->{text}<!--/chapter content--></div>'
    assert "Out." in read(download(f"{MESSAGE}{frame}")).chapters[0].html


def test_ten_thousand_comments_that_never_end_are_read_once() -> None:
    text = "<!--chapter content-->" * 10_000
    with pytest.raises(NotReadable):
        read(download(f'{MESSAGE}<div id="chapters">{text}</div>'))


def test_a_saved_page_holds_counts_as_history() -> None:
    source = read(sample("saved-page")).source
    assert source is not None
    assert source.counts["kudos"] == "1,204"
    assert source.url == "https://archiveofourown.org/works/7000321"


def test_what_an_author_wrote_is_no_part_of_a_saved_pages_frame() -> None:
    first = read(sample("saved-page")).chapters[0]
    assert (first.title, first.notes) == ("Debit", "<p>See below.</p>")
    assert "A title inside the story" in first.html
    assert "A note inside the story." in first.html


def test_readers_comments_are_no_text() -> None:
    assert "I loved chapter 2!" not in repr(read(sample("saved-page")))


def test_one_saved_chapter_is_a_part() -> None:
    work = read(sample("saved-chapter"))
    assert work.part == Part(of="Archive of Our Own|7000321", number=2, total=2)
    assert work.chapters[0].key == "chapters/502"


def test_a_whole_page_is_no_part() -> None:
    assert read(sample("saved-page")).part is None


def test_hidden_tags_are_unknown_not_none() -> None:
    assert "hid the additional tags" in read(sample("saved-chapter")).warnings[0]


def test_lines_for_screen_readers_and_drafts_are_taken_out_and_told() -> None:
    work = read(sample("saved-page"))
    assert "Chapter Text" not in work.chapters[0].html
    assert {removed.rule.name for removed in work.removed} == {"ao3-landmark", "ao3-draft"}


@pytest.mark.parametrize("case", ["refused-adult", "refused-log-in", "refused-mystery", "refused-busy"])
def test_pages_without_a_story_are_refused_in_a_sentence(case: str) -> None:
    file = sample(case)
    assert importer.recognises(file) is not None
    with pytest.raises(NotReadable, match=r"^[A-Z].+\.$"):
        read(file)
