from __future__ import annotations

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Severity
from skillmatch.taxonomy.reading import Findings, Steps


def test_past_the_limit_a_kind_is_only_counted() -> None:
    findings = Findings(most=3)
    for line in range(2, 12):
        findings.clean("stray_blanks", f"row {line}", Place("a.csv", line), "label")
    listed = findings.all()
    assert [item.place.line for item in listed] == [2, 3, 4, None]
    assert listed[-1].message == "7 more of this kind are not listed."
    assert listed[-1].times == 7
    assert findings.counts() == {"stray_blanks": 10}


def test_at_the_limit_nothing_is_left_out() -> None:
    findings = Findings(most=3)
    for line in (2, 3, 4):
        findings.note("shared_label", "x", Place("a.csv", line))
    assert len(findings.all()) == 3


def test_rejected_ones_come_first_then_by_kind() -> None:
    findings = Findings()
    findings.note("b_note", "1", Place("a.csv", 2))
    findings.clean("b_clean", "2", Place("a.csv", 3))
    findings.clean("a_clean", "3", Place("a.csv", 4))
    findings.refuse(InputError("is wrong.", field="level", remedy="Mend it."), Place("a.csv", 5))
    assert [item.kind for item in findings.all()] == ["rejected_row", "a_clean", "b_clean", "b_note"]
    first = findings.all()[0]
    assert first.severity is Severity.REJECTED
    assert (first.message, first.place) == ("is wrong. Mend it.", Place("a.csv", 5, "level"))


def test_steps_count_up_to_the_total() -> None:
    told: list[tuple[str, int, int]] = []
    steps = Steps(lambda what, done, total: told.append((what, done, total)), 2)
    for what in ("one", "two", "done"):
        steps.begin(what)
    assert told == [("one", 0, 2), ("two", 1, 2), ("done", 2, 2)]
