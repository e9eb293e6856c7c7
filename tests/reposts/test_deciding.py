"""What a person says about two works is carried out, logged, and can be undone to the last tag."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from storyloft.accounts.models import Byline
from storyloft.ingest.models import Likeness
from storyloft.reposts import deciding, sampling
from storyloft.reposts.kin import kin_of
from storyloft.reposts.models import Answer, Decision
from storyloft.reposts.pairs import undecided
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Series, SeriesPart, Source, Tagging, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.reposts.shelf import pair, told, two_copies, work

pytestmark = pytest.mark.django_db

LINKS = (Answer.EDITIONS, Answer.APART)


def furnished() -> tuple[Work, Work, Likeness]:
    """A fuller copy that says little of itself, and a shorter one with everything; (stays, goes, question)."""
    text = told("lamp", 40)
    stays = work("Lamp", text, told("an ending", 6))
    goes = work("Lamp", text, told("an interlude", 4), by="lamplighter")
    Source.objects.create(work=goes, site="Wattpad", site_id="9")
    Tagging.objects.create(work=goes, tag=Tag.objects.named([(TagKind.FANDOM, "Sherlock Holmes")])[0])
    series = Series.objects.create(keeper=ada(), title="Letters")
    SeriesPart.objects.create(series=series, work=goes, position="2", order=2)
    Work.objects.filter(pk=goes.pk).update(summary="<p>An evening.</p>", status="complete", published_on="2015-03-01")
    return stays, goes, pair(stays, goes)


def state(one: Work) -> tuple[object, ...]:
    """Everything that putting together may change of a work."""
    one = Work.objects.get(pk=one.pk)
    return (
        one.summary, one.status, one.published_on, one.words, one.chapter_count, one.credit, one.taken_back_at,
        list(one.sources.values_list("site", flat=True)), list(one.tags.values_list("name", flat=True)),
        list(one.series_parts.values_list("position", flat=True)),
        list(Chapter.objects.filter(work=one, taken_back_at=None).values_list("position", "title")),
    )  # fmt: skip


def test_keeping_the_fuller_gives_it_tags_and_sources_alone() -> None:
    stays, goes, likeness = furnished()
    deciding.decide(likeness, Answer.FULLER, by=ada())
    stays.refresh_from_db()
    assert stays.tags_of(TagKind.FANDOM) == ["Sherlock Holmes"]
    assert stays.sources.get().site == "Wattpad"
    assert (stays.summary, stays.chapter_count, stays.series_parts.count()) == ("", 2, 0)
    assert list(Work.objects.visible_to(ada())) == [stays]


def test_putting_together_gives_what_stands_empty_and_the_chapters_it_lacks() -> None:
    stays, goes, likeness = furnished()
    deciding.decide(likeness, Answer.MERGED, by=ada())
    stays.refresh_from_db()
    assert stays.summary == "<p>An evening.</p>"
    assert (stays.credit, stays.status, str(stays.published_on)) == ("lamplighter", "complete", "2015-03-01")
    assert stays.series_parts.get().position == "2"
    chapters = stays.chapters.filter(taken_back_at=None).select_related("current")
    texts = [chapter.current.html for chapter in chapters if chapter.current]
    interlude = Chapter.objects.select_related("current").get(work=goes, position=2).current
    assert interlude is not None
    assert [chapter.position for chapter in chapters] == [1, 2, 3]
    assert texts[1] == interlude.html


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_can_be_undone_to_the_last_tag(answer: Answer) -> None:
    stays, goes, likeness = furnished()
    before = state(stays), state(goes)
    if answer == Answer.PART:
        likeness.comparison.kind = "part"
        likeness.comparison.save()
    decision = deciding.decide(likeness, answer, by=ada())
    assert not undecided(ada()).exists()
    deciding.undo(decision, by=ada())
    assert (state(stays), state(goes)) == before
    assert undecided(ada()).get() == likeness
    assert not Decision.objects.filter(undone_at=None).exists()


def test_undoing_leaves_alone_what_was_changed_since() -> None:
    stays, _, likeness = furnished()
    decision = deciding.decide(likeness, Answer.MERGED, by=ada())
    Work.objects.filter(pk=stays.pk).update(summary="<p>Mine.</p>")
    stays.refresh_from_db()
    credit(stays, [Byline.objects.unclaimed("somebody else")])
    deciding.undo(decision, by=ada())
    stays.refresh_from_db()
    assert (stays.summary, stays.credit, stays.status) == ("<p>Mine.</p>", "somebody else", "unknown")


def test_a_question_answered_again_after_undoing_is_undone_again() -> None:
    _, _, likeness = furnished()
    for answer in (Answer.MERGED, Answer.FULLER, Answer.EDITIONS):
        deciding.undo(deciding.decide(likeness, answer, by=ada()), by=ada())
    assert Decision.objects.count() == 3


@pytest.mark.parametrize("answer", LINKS)
def test_a_question_is_answered_once(answer: Answer) -> None:
    likeness = two_copies()
    deciding.decide(likeness, answer, by=ada())
    with pytest.raises(deciding.AlreadyAnswered):
        deciding.decide(likeness, Answer.FULLER, by=ada())


def test_every_answer_is_in_the_log_of_both_works() -> None:
    likeness = two_copies()
    deciding.decide(likeness, Answer.EDITIONS, by=ada())
    for one in (likeness.work, likeness.other):
        event = one.events.get()
        assert (event.verb, event.person) == ("kept as editions", ada())


def test_editions_name_each_other_to_who_may_see_both() -> None:
    likeness = two_copies()
    deciding.decide(likeness, Answer.EDITIONS, by=ada())
    assert [(kin.how, kin.other) for kin in kin_of(likeness.work, STRANGER)] == [("Also kept as", likeness.other)]
    Work.objects.filter(pk=likeness.other_id).update(visibility=Visibility.PRIVATE)
    assert list(kin_of(likeness.work, bertram())) == []
    assert [kin.other for kin in kin_of(likeness.work, ada())] == [likeness.other]


def test_a_part_and_its_whole_name_each_other() -> None:
    chapters = [told(f"lamp {number}") for number in range(5)]
    whole, part = work("Lamp", *chapters), work("One Evening", chapters[2])
    deciding.decide(pair(whole, part), Answer.PART, by=ada())
    assert [kin.how for kin in kin_of(whole, ada())] == ["Contains"]
    assert [kin.how for kin in kin_of(part, ada())] == ["Part of"]


def test_a_new_copy_asks_even_where_others_were_told_apart() -> None:
    deciding.decide(two_copies(), Answer.APART, by=ada())
    work("Third", told("the copy"))
    sampling.drain()
    assert undecided(ada()).count() == 2


@pytest.mark.parametrize("answer", [Answer.FULLER, Answer.MERGED])
def test_only_who_keeps_both_may_put_them_together(answer: Answer) -> None:
    text = told("lamp")
    likeness = pair(work("Mine", text, keeper=bertram()), work("Hers", text, keeper=ada()))
    for person in (ada(), bertram()):
        with pytest.raises(PermissionDenied):
            deciding.decide(likeness, answer, by=person)
    assert not Work.objects.exclude(taken_back_at=None).exists()


def test_who_keeps_one_of_two_copies_may_link_them() -> None:
    text = told("lamp")
    likeness = pair(work("Mine", text, keeper=bertram()), work("Hers", text, keeper=ada()))
    decision = deciding.decide(likeness, Answer.EDITIONS, by=bertram())
    deciding.undo(decision, by=ada())
    assert undecided(bertram()).get() == likeness


def test_nobody_else_answers_or_undoes() -> None:
    likeness = two_copies()
    with pytest.raises(PermissionDenied):
        deciding.decide(likeness, Answer.APART, by=bertram())
    decision = deciding.decide(likeness, Answer.APART, by=ada())
    with pytest.raises(PermissionDenied):
        deciding.undo(decision, by=bertram())


def test_a_pair_that_is_no_part_is_not_linked_as_one() -> None:
    with pytest.raises(PermissionDenied):
        deciding.decide(two_copies(), Answer.PART, by=ada())
