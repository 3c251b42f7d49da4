"""People, evidence and awards from rows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from skillmatch.domain.people.person import UNDATED, Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.files.tables import open_table
from skillmatch.files.writing import write_table
from skillmatch.interop.people import read_awards, read_evidence, read_people

TODAY = date(2026, 6, 15)


def test_people(drawn) -> None:
    table = drawn(
        "id,name,unit,role,languages,hours_per_week",
        "p1,Ann Berg,Care,R-1,EN | de,4.5",
        "p2,Bo Chu,,own/R-2,,",
        "p3,,,,,",
        "p4,Cy,,,en | EN,",
        "p5,Di,,,,169",
        "p6,Ed,,,,-1",
        "p1,Fay,,,,",
    )
    batch = read_people(table, source="hr")
    assert batch.values == (
        StoredPerson("hr/p1", "Ann Berg", "Care", "hr/R-1", ("en", "de"), 4.5),
        StoredPerson("hr/p2", "Bo Chu", "", "own/R-2", (), None),
        StoredPerson("hr/p4", "Cy", languages=("en",)),
    )
    assert [(finding.place.line, finding.place.field) for finding in batch.rejected] == [
        (4, "name"),
        (6, "hours_per_week"),
        (7, "hours_per_week"),
        (8, "id"),
    ]
    assert "on line 2 and on line 8" in batch.rejected[-1].message


EVIDENCE = "person,skill,level,scale,source,date,confidence,expires,note"


def test_evidence(drawn) -> None:
    table = drawn(
        EVIDENCE,
        "p1,Python,3,,self,2026-06-15,,,",
        "hr/p1,Python,4,1-4,Assessment,2025-01-01 10:00:00,0.5,2027-01-01,Test of 2025",
        "own/p2,Empathy,none,,peer,2025-01-01,,,",
        "p1,Excel,100,1-100,inferred,2025-01-01,0,,",
    )
    batch = read_evidence(table, source="hr", today=TODAY)
    assert batch.findings == ()
    test = EvidenceSource.ASSESSMENT
    assert batch.values == (
        ("hr/p1", Evidence("Python", 3, EvidenceSource.SELF, TODAY)),
        ("hr/p1", Evidence("Python", 5, test, date(2025, 1, 1), 0.5, date(2027, 1, 1), "Test of 2025")),
        ("own/p2", Evidence("Empathy", 0, EvidenceSource.PEER, date(2025, 1, 1))),
        ("hr/p1", Evidence("Excel", 5, EvidenceSource.INFERRED, date(2025, 1, 1), 0)),
    )


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (",Python,3,,self,2026-01-01,,,", "person", "must not be blank"),
        ("p1,,3,,self,2026-01-01,,,", "skill", "must not be blank"),
        ("p1,Python,,,self,2026-01-01,,,", "level", "must not be blank"),
        ("p1,Python,6,,self,2026-01-01,,,", "level", "is 6; it must be between 0 and 5"),
        ("p1,Python,0,1-4,self,2026-01-01,,,", "level", "is 0; it must be between 1 and 4"),
        ("p1,Python,goodish,,self,2026-01-01,,,", "level", "'goodish' is not a level"),
        ("p1,Python,x,,self,2026-01-01,,,", "level", "not how well"),
        ("p1,Python,3,2024-04-01,self,2026-01-01,,,", "scale", 'have turned "1-4" into a date'),
        (
            "p1,Python,3,,boss,2026-01-01,,,",
            "source",
            "Use one of: assessment, recognition, award, manager, peer, self, inferred",
        ),
        ("p1,Python,3,,,2026-01-01,,,", "source", "must not be blank"),
        ("p1,Python,3,,self,03/02/2026,,,", "date", "can be two days"),
        ("p1,Python,3,,self,2026-06-16,,,", "date", "2026-06-16 lies in the future. Today is 2026-06-15"),
        ("p1,Python,3,,self,1.1.26,,,", "date", "is not a date"),
        ("p1,Python,3,,self,2026-01-01,1.1,,", "confidence", "between 0 and 1"),
        ("p1,Python,3,,self,2026-01-01,,2025-01-01,", "expires", "lies before"),
    ],
)
def test_wrong_evidence(drawn, row: str, field: str, words: str) -> None:
    batch = read_evidence(drawn(EVIDENCE, row, "p1,Python,3,,self,2026-01-01,,,"), today=TODAY)
    assert [item.line for item in batch.items] == [3]
    (finding,) = batch.findings
    assert (finding.place.file, finding.place.line, finding.place.field) == ("table.csv", 2, field)
    assert words in finding.message


def test_awards(drawn) -> None:
    table = drawn(
        "person,credential,state,issued,expires",
        "p1,C-1,held,2025-01-01,2027-01-01",
        "p1,lms/C-2,In_Progress,2026-06-15,",
        "p2,C-1,,2025-01-01,",
        "p2,C-1,held,2026-06-16,",
        "p2,C-1,lost,2025-01-01,",
        "p2,,held,2025-01-01,",
        "p2,C-1,held,,",
        "p2,C-1,held,2025-01-01,2024-01-01",
    )
    batch = read_awards(table, source="hr", today=TODAY)
    assert [(item.person_id, item.award) for item in batch.values] == [
        ("hr/p1", Award("hr/C-1", AwardState.HELD, date(2025, 1, 1), date(2027, 1, 1))),
        ("hr/p1", Award("lms/C-2", AwardState.IN_PROGRESS, TODAY)),
        ("hr/p2", Award("hr/C-1", AwardState.HELD, date(2025, 1, 1))),
        ("hr/p2", Award("hr/C-1", AwardState.HELD, UNDATED)),
    ]
    assert [(finding.place.line, finding.place.field) for finding in batch.rejected] == [
        (5, "issued"),
        (6, "state"),
        (7, "credential"),
        (9, "expires"),
    ]
    assert [finding.message for finding in batch.findings if finding.kind == "state_assumed"] == [
        "1 awards come without a state: taken as held."
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ndjson"])
def test_what_cannot_be_seen_is_refused_in_ids_and_taken_off_names(tmp_path, ending: str) -> None:
    rows = [
        ("p\u202e1", "Ann"),
        ("p2", "An\u2066n"),
        ("p\u200b3", "Ann"),
        ("..", "Ann"),
        ("p4", "Care\u200b\nworker"),
        ("p5", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ]
    path = tmp_path / f"people.{ending}"
    if ending == "ndjson":
        path.write_text("\n".join(json.dumps({"id": own, "name": name}) for own, name in rows))
    else:
        write_table(path, ("id", "name"), rows)
    batch = read_people(open_table(path), source="hr")
    assert [(item.id, item.name) for item in batch.values] == [("hr/p4", "Care worker"), ("hr/p5", rows[-1][1])]
    assert [finding.place.field for finding in batch.rejected] == ["id", "name", "id", "id"]
    assert "U+202E" in batch.rejected[0].message
