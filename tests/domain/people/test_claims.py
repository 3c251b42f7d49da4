"""A claim is decided once, by a named person with a reason, and recognises no more than was claimed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.people.claim import Claim, Decision, Verdict, claim_id
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource

DAY = date(2026, 3, 1)


def claim(**fields: Any) -> Claim:
    return Claim(**{"id": "own/c", "person_id": "own/p", "submitted": DAY, "text": "Did it.", **fields})


def decision(verdict: str = "accept", level: float | None = None, on: date = DAY) -> Decision:
    return Decision(Verdict(verdict), "Kim", "Saw it.", on, level)


@pytest.mark.parametrize(
    "fields",
    [
        {},  # claims nothing
        {"skill_id": "sql"},  # without a level
        {"level": 3.0, "credential_id": "own/C"},  # a level without a skill
        {"skill_id": "sql", "level": 3.0, "credential_id": "own/C"},  # both
        {"skill_id": "sql", "level": 0.0},  # level 0 claims nothing
        {"skill_id": "sql", "level": 5.1},
        {"credential_id": "own/C", "text": " "},  # rests on nothing
        {"credential_id": "own/C", "links": ("a", "a")},
        {"credential_id": "own/C", "decision": decision(on=date(2026, 2, 28))},  # decided before it was submitted
        {"credential_id": "own/C", "decision": decision("partial", 2.0)},  # a part of a credential has no level
        {"skill_id": "sql", "level": 3.0, "decision": decision("partial", 3.0)},  # a part that is the whole
    ],
)
def test_claims_that_cannot_be(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        claim(**fields)


@pytest.mark.parametrize(("verdict", "level"), [("partial", None), ("accept", 2.0), ("reject", 2.0), ("partial", 0.0)])
def test_only_a_partial_decision_has_a_level(verdict: str, level: float | None) -> None:
    with pytest.raises(InputError):
        decision(verdict, level)


def test_nobody_decides_without_name_and_reason() -> None:
    for by, reason in (("", "Saw it."), ("Kim", " ")):
        with pytest.raises(InputError):
            Decision(Verdict.ACCEPT, by, reason, DAY)


def test_a_second_decision_is_refused_and_tells_the_first() -> None:
    decided = claim(skill_id="sql", level=3.0).decided(decision())
    with pytest.raises(ConflictError, match="accept by Kim on 2026-03-01"):
        decided.decided(decision("reject"))


def test_what_is_recognised() -> None:
    skill = claim(skill_id="sql", level=3.0)
    assert skill.recognises() is None
    assert skill.decided(decision("reject")).recognises() is None
    found = skill.decided(decision()).recognises()
    assert isinstance(found, Evidence)
    assert (found.level, found.source, found.on) == (3.0, EvidenceSource.RECOGNITION, DAY)
    assert "Kim" in found.note
    part = skill.decided(decision("partial", 2.0)).recognises()
    assert isinstance(part, Evidence)
    assert part.level == 2.0
    award = claim(credential_id="own/C").decided(decision()).recognises()
    assert award == Award("own/C", AwardState.RECOGNISED, DAY)


@given(st.floats(0.1, 5), st.sampled_from(Verdict), st.floats(0.01, 0.99))
def test_no_more_is_recognised_than_was_claimed(level: float, verdict: Verdict, share: float) -> None:
    made = Decision(verdict, "Kim", "Saw it.", DAY, level * share if verdict is Verdict.PARTIAL else None)
    found = claim(skill_id="sql", level=level).decided(made).recognises()
    assert (found is None) == (verdict is Verdict.REJECT)
    assert not isinstance(found, Evidence) or 0 < found.level <= level


def test_the_same_claim_has_the_same_id() -> None:
    assert claim_id("p", "sql", 3.0, DAY, "x") == claim_id("p", "sql", 3.0, DAY, "x")
    assert claim_id("p", "sql", 3.0, DAY, "x") != claim_id("p", "sql", 2.0, DAY, "x")
