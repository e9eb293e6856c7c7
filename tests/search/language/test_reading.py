"""How queries are read, said in plain words; and what is repaired, said in a sentence."""

from __future__ import annotations

import pytest

from storyloft.search.language.reading import read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("violin lamp", "with violin and lamp"),
        ("lamp letter OR note", "with lamp and (letter or note)"),
        ("lamp | letter || note", "with (lamp or letter or note)"),
        (
            "lamp AND (letter OR note) words:>10000 -Moriarty",
            "with lamp and (letter or note), longer than 10,000 words, without moriarty",
        ),
        ('"the lamp went out" author:"A. Quill"', "with “the lamp went out”, by “a quill”"),
        ("lamp*", "with lamp…"),
        ("lamp NEAR/5 letter", "with lamp near letter (within 5 words)"),
        ('"lamp letter"~1', "with lamp near letter (within one word)"),
        ('="running" exact:lamp', "with “running” and “lamp”"),
        ("图书馆", "with “图书馆”"),
        ("-(a lamp) NOT fog", "without lamp, without fog"),
        ("-title:lamp", "not lamp in the title"),
        ("title:(lamp OR letter)", "(lamp in the title or letter in the title)"),
        ("in:title lamp letter", "lamp in the title, letter in the title"),
        ("in:notes,summary lamp", "(lamp in the notes or lamp in the summary)"),
        ("by: Quill ship:Derek/Stiles", "by quill, with the relationship derek, with the relationship stiles"),
        ("don’t", "with don"),
        ("the lamp of it", "with lamp"),
        ("this and that", "with this and and and that"),
        ("lamp or letter", "with lamp and letter"),
    ],
)
def test_words(typed: str, said: str) -> None:
    assert str(read(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("words:1000-5000", "1,000 to 5,000 words"),
        ("words:5,000..1,000", "1,000 to 5,000 words"),
        ("words:10k..", "at least 10,000 words"),
        ("words:..1.5k", "at most 1,500 words"),
        ("words: > 10,000", "longer than 10,000 words"),
        ("words>=1000", "at least 1,000 words"),
        ("words:<1000", "shorter than 1,000 words"),
        ("words:300", "300 words"),
        ("words:10k+", "at least 10,000 words"),
        ("chapters:1", "1 chapter"),
        ("chapters:>3", "at least 4 chapters"),
        ("kudos>100", "at least 101 kudos"),
        ("words:(>1000 <5000)", "longer than 1,000 words, shorter than 5,000 words"),
    ],
)
def test_numbers(typed: str, said: str) -> None:
    assert str(read(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("updated:<30d", "updated in the last 30 days"),
        ("updated:2w", "updated in the last 14 days"),
        ("updated:>1y", "updated at least 365 days ago"),
        ("updated:7 days ago", "updated 7 days ago"),
        ('updated:"< 2 weeks ago"', "updated in the last 14 days"),
        ("updated:3-5 days ago", "updated between 5 days ago and 3 days ago"),
        ("updated:2020", "updated between 1 January 2020 and 31 December 2020"),
        ("updated:2020..2021", "updated between 1 January 2020 and 31 December 2021"),
        ("updated:2021-2020", "updated between 1 January 2020 and 31 December 2021"),
        ("updated:>2019-05", "updated since 1 June 2019"),
        ("updated:>=2019-05", "updated since 1 May 2019"),
        ("updated:<2019", "updated until 31 December 2018"),
        ("published:2020-02", "published between 1 February 2020 and 29 February 2020"),
        ("published:2020-02-03", "published on 3 February 2020"),
        ("published:today", "published today"),
        ("published:..yesterday", "published at least yesterday"),
    ],
)
def test_dates(typed: str, said: str) -> None:
    assert str(read(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rating:e", "rated Explicit"),
        ("rating:teen", "rated Teen And Up Audiences"),
        ('rating:"not rated"', "not rated"),
        ("rating:(teen OR mature)", "(rated Teen And Up Audiences or rated Mature)"),
        ("warning:violence", "warned of Graphic Depictions Of Violence"),
        ("warning:none", "without archive warnings"),
        ("category:slash,femslash", "of the category M/M or of the category F/F"),
        ("lang:Deutsch", "in German"),
        ("language:en", "in English"),
        ("status:wip", "in progress"),
        ("complete:no", "not complete"),
        ("site:AO3", "from ao3"),
        ("crossover:yes", "crossovers"),
        ("crossover:no", "no crossovers"),
    ],
)
def test_choices(typed: str, said: str) -> None:
    assert str(read(typed)) == said


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('"lamp', "A quotation mark was left open; I read it to the end."),
        ("((lamp", "A bracket was left open; I closed it at the end."),
        ("lamp)", "A closing bracket had no partner; I left it out."),
        ("colour:red", "I know no field “colour”; I looked for the words."),
        ("words:many", "“many” is no number I know, so I looked for it as words."),
        ("words:9999999999999", "“9999999999999” is more than any story has; I read it as 1,000,000,000."),
        ("updated:2020-13", "“2020-13” is no date I know, so I looked for it as words."),
        ("rating:spicy", "“spicy” is no rating I know, so I looked for it among the tags."),
        ("sort:spicy", "I know no order “spicy”; there are updated, published, words, kudos, title and author."),
        ("in:pocket lamp", "I cannot look in “pocket”; I looked everywhere."),
        ("lamp* NEAR letter", "NEAR stands between two words; I read it as AND."),
        ("l*", "The beginning of a word needs two letters."),
        ('"a b"~500', "Words further than 100 apart are not near; I looked within 100."),
        ("lamp " * 500, "That was many parts; I read the first 64."),
        ("x" * 10_000, "That was long; I read its first 5,000 letters."),
        ("(" * 1000 + "lamp" + ")" * 1000, "Brackets more than 20 deep were read as if they were not there."),
        (" ".join(f'"a {number}"' for number in range(20)), "I looked for the first 16 phrases only."),
    ],
)
def test_what_was_repaired_is_said(typed: str, note: str) -> None:
    assert note in read(typed).notes


@pytest.mark.parametrize("typed", ["lamp", "12:30", "http://lamp.example", 'title:"lamp"', "Holmes's (lamp)"])
def test_what_needs_no_repair_is_left_alone(typed: str) -> None:
    assert read(typed).notes == ()


def test_an_order_is_read_and_is_no_part_of_what_is_looked_for() -> None:
    asked = read("lamp sort:longest")
    assert (str(asked), asked.sort, asked.typed) == ("with lamp", "words", "lamp sort:words")


def test_each_part_can_be_taken_away() -> None:
    chips = {chip.said: chip.rest for chip in read("lamp words:>1000 -moriarty").chips}
    assert chips == {
        "lamp": "words:1001.. -moriarty",
        "longer than 1,000 words": "lamp -moriarty",
        "without moriarty": "lamp words:1001..",
    }


def test_loosened_phrases_become_words_and_the_rest_stays() -> None:
    assert str(read('"the lamp room" violin author:quill').loosened()) == "with lamp and room and violin, by quill"
