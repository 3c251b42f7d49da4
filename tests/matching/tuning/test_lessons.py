"""Lessons: the log replayed, and a split that no later decision moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.skills.feedback import Verdict
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.tuning.lessons import LEAST_HELD_OUT, LEAST_USABLE, Lesson, lessons_of, on_offer, part_of
from skillmatch.matching.tuning.names_in_frames import STRAY, STRAY_REMINDERS, guard, reminders

LABELS = {"a": "A", "b": "B"}
ACCEPT, REJECT, PIN, BLOCK = Verdict.ACCEPT, Verdict.REJECT, Verdict.PIN, Verdict.BLOCK


def every(triples):
    found = lessons_of(triples, LABELS)
    return {lesson.text: lesson for lesson in (*found.learning, *found.curve, *found.held_out)}


def test_what_was_overruled_or_is_not_on_offer_teaches_nothing():
    log = [("One", "a", ACCEPT), ("one", "a", REJECT), ("two", "gone", PIN), ("three", "", BLOCK), ("two", "b", PIN)]
    assert every(log) == {
        "One": Lesson("One", never=("a",)),
        "two": Lesson("two", ("b",)),
        "three": Lesson("three", blocked=True),
    }


def test_the_split_does_not_heed_case_and_has_about_the_stated_shares():
    assert part_of("Two  Words") == part_of("two words")
    parts = [part_of(f"text {number}").value for number in range(4_000)]
    shares = {part: parts.count(part) / len(parts) for part in ("learning", "curve", "held_out")}
    assert abs(shares["held_out"] - 0.25) < 0.03
    assert abs(shares["curve"] - 0.15) < 0.03


TEXTS = st.text("abc ", min_size=1, max_size=4).filter(lambda text: text == text.strip())


@given(st.lists(st.tuples(TEXTS, st.sampled_from("ab"), st.sampled_from([ACCEPT, REJECT, PIN]))))
def test_a_text_stays_in_its_part_however_the_log_grows(log):
    early = lessons_of(log[: len(log) // 2], LABELS)
    late = lessons_of(log, LABELS)
    held_out = {lesson.text for lesson in late.held_out}
    assert not {lesson.text for lesson in (*early.learning, *early.curve)} & held_out
    assert late.counts()["usable"] == sum(lesson.decisions for lesson in every(log).values())


def test_how_many_more_are_needed():
    assert lessons_of([], LABELS).more_needed == max(LEAST_USABLE, LEAST_HELD_OUT * 4)
    log = [(f"text {number}", "a", ACCEPT) for number in range(200)]
    assert lessons_of(log, LABELS).more_needed == 0
    learnt_only = [triple for triple in log if part_of(triple[0]).value == "learning"]
    assert lessons_of(learnt_only, LABELS).more_needed == LEAST_HELD_OUT * 4


def test_skills_that_the_index_lacks_are_left_out():
    assert on_offer([Lesson("x", ("a", "b"), ("c",)), Lesson("y", ("c",))], ["a"]) == (Lesson("x", ("a",)),)


def test_reminders_and_guard_share_no_skill_and_no_text(garden: Taxonomy):
    reminded = reminders(garden, 1, 100)
    guarded = guard(garden)
    assert reminded
    assert not {skill for _, skill in reminded} & {skill for lesson in guarded for skill in lesson.means}
    assert len(reminded) + sum(bool(lesson.means) for lesson in guarded) == len(garden.skills)
    assert not set(STRAY) & set(STRAY_REMINDERS)
    assert guard(garden) == guarded
    assert len(reminders(garden, 1, 2)) == 2
