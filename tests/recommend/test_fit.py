"""The fit of a course as a whole: told by vectors, part of the score, and below a floor there is no advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from skillmatch.domain.advice.advice import ReasonKind
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.credential import Basis, Outcome
from skillmatch.recommend import RoleOffers
from skillmatch.recommend.fit import Shelf, Vectors

FIELDS = ("care", "code", "money")
LABELS = {"wounds": "care of wounds", "plans": "care plans", "java": "code in Java"}
NEEDS = {"wounds": 3.0, "plans": 3.0}


def read(texts: Sequence[str]) -> Vectors:
    """What a text is about, by how often it names a field; of a text that names none all fields alike."""
    counts = np.array([[1e-3 + text.casefold().count(field) for field in FIELDS] for text in texts], dtype=np.float32)
    return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).reshape(len(texts), len(FIELDS))


@pytest.fixture
def fitted(case_of):
    """A case whose role is one in care, with the fit."""

    def build(knows, *courses):
        case = case_of(knows, NEEDS, *courses, labels=LABELS)
        role = replace(case.offers.role, title="Nurse in care")
        catalogue = case.offers.catalogue
        fit = Shelf.of(list(catalogue.credentials.values()), read).towards(role, LABELS)
        return replace(case, offers=RoleOffers(role, catalogue, LABELS, fit=fit))

    return build


def about(course, name, title, teaches=None, **fields):
    return replace(course(name, teaches or {}), title=title, **fields)


def test_the_fit_is_a_reason_in_words_and_all_add_up(fitted, course):
    both = about(course, "both", "Care at home", {"wounds": 3.0})
    words = about(course, "words", "Care, and the code of conduct")
    advice = fitted({"wounds": 1.0}, both, words).rank()
    assert [item.credential_id for item in advice.recommendations] == ["both", "words"]
    for item in advice.recommendations:
        assert fsum(reason.contribution for reason in item.reasons) == pytest.approx(item.score, abs=1e-9)
        (fit,) = [reason for reason in item.reasons if reason.kind is ReasonKind.FIT]
        assert (fit.skill_id, fit.level_after) == (None, None)
        assert "Nurse in care" in fit.label
        assert "'care plans'" in fit.label
    assert advice.recommendations[1].gain == 0


def test_below_the_floor_nothing_is_recommended_and_it_is_said_what_would_fit(fitted, course):
    advice = fitted({}, about(course, "a", "Code in a week"), about(course, "b", "Money and code")).rank()
    assert (advice.status, advice.recommendations) == (Status.NOTHING_FITS, ())
    assert [item.label for item in advice.would_fit] == ["care plans", "care of wounds"]
    assert advice.to_json()["would_fit"][0] == {"skill_id": "plans", "label": "care plans", "level": 3.0}


def test_what_is_read_into_a_course_about_something_else_does_not_count(fitted, course):
    guessed = Outcome("wounds", 3.0, Basis.INFERRED, 0.9)
    case = fitted({}, replace(about(course, "a", "Code for money"), outcomes=(guessed,)))
    assert all(not item.hits for item in case.offers.candidates)
    case = fitted({}, replace(about(course, "a", "Care and code"), outcomes=(guessed,)))
    assert [len(item.hits) for item in case.offers.candidates] == [1]


def test_a_course_far_below_the_person_and_one_too_short_count_less(fitted, course):
    low, right = about(course, "low", "Care", level=3.0), about(course, "right", "Care", level=4.0)
    short = about(course, "short", "Care", level=4.0, hours=1.0)
    scores = {
        item.credential_id: item.score for item in fitted({"wounds": 5.0}, low, right, short).rank().recommendations
    }
    assert scores["right"] > 1.5 * scores["low"]
    assert scores["right"] > 2 * scores["short"]


def test_nothing_is_told_of_a_course_in_a_language_that_the_model_cannot_read(fitted, course):
    spanish = " ".join(["cuidados de enfermería care para personas mayores en el hogar"] * 5)
    case = fitted({}, about(course, "a", "Cuidados", {"wounds": 3.0}, description=spanish))
    (item,) = case.rank().recommendations
    assert [reason.kind for reason in item.reasons] == [ReasonKind.SKILL]


def test_the_same_question_gives_the_same_bytes(fitted, course):
    courses = [about(course, f"c{number}", "Care " * (1 + number % 3) + "code") for number in range(9)]
    assert fitted({"wounds": 1.0}, *courses).rank().to_json() == fitted({"wounds": 1.0}, *courses).rank().to_json()
