"""Roles: one requirement a row, gathered by role."""

from __future__ import annotations

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState, Role
from skillmatch.interop.roles import read_roles

HEADER = "role_id,title,description,occupation,skill,level,weight,kind,state"


def test_rows_of_a_role_need_not_stand_together(drawn) -> None:
    table = drawn(
        HEADER,
        "R1,Nurse,Cares.,occupation.nurse,Wound care,4,0.9,essential,governed",
        "R2,Porter,,,,,,,",
        "R1,Nurse,,,Empathy,3,,,",
        "R1,,,,Python,basic,0.2,Optional,suggested",
    )
    batch = read_roles(table, source="hr")
    assert batch.findings == ()
    assert [(item.line, item.value) for item in batch.items] == [
        (
            2,
            Role(
                "hr/R1",
                "Nurse",
                "Cares.",
                "occupation.nurse",
                (
                    Requirement("Wound care", 4, 0.9),
                    Requirement("Empathy", 3, 1),
                    Requirement("Python", 2, 0.2, RequirementKind.OPTIONAL, RequirementState.SUGGESTED),
                ),
            ),
        ),
        (3, Role("hr/R2", "Porter")),
    ]


def test_the_title_may_come_on_a_later_row(drawn) -> None:
    (role,) = read_roles(drawn(HEADER, "R1,,,,A,1,,,", "R1,Nurse,,,B,1,,,")).values
    assert (role.title, len(role.requirements)) == ("Nurse", 2)


REJECTED = [
    (",Nurse,,,A,1,,,", "role_id", "must not be blank"),
    ("R1,Nurse,,,A,,,,", "level", "must not be blank"),
    ("R1,Nurse,,,A,6,,,", "level", "is 6; it must be between 0 and 5"),
    ("R1,Nurse,,,A,0,,,", "level", "is 0"),
    ("R1,Nurse,,,A,1,0,,", "weight", "is 0"),
    ("R1,Nurse,,,A,1,101,,", "weight", "is 101"),
    ("R1,Nurse,,,A,1,heavy,,", "weight", "'heavy' is not a number"),
    ("R1,Nurse,,,A,1,,must,", "kind", "'must' is not known. Use one of: essential, optional"),
    ("R1,Nurse,,,A,1,,,draft", "state", "Use one of: suggested, governed"),
    ("R1,Nurse,,,,3,0.5,,", "skill", "must not be blank where the row has a level and a weight"),
    ("R1,Nurse,,,first,1,,,", "skill", "'first' comes twice for this role: on line 2 and on line 3"),
    ("R1,Nurse,,,FIRST,1,,,", "skill", "comes twice for this role"),
    ("R1,Porter,,,A,1,,,", "title", "'Porter' is not what line 2 says of the same role: 'Nurse'"),
    ("R1,Nurse,Other.,,A,1,,,", "description", "is not what line 2 says"),
    ("R1,Nurse,,occupation.x,A,1,,,", "occupation", "is not what line 2 says"),
]


@pytest.mark.parametrize(("row", "field", "words"), REJECTED)
def test_a_wrong_row_is_left_out_whole(drawn, row: str, field: str, words: str) -> None:
    first = "R1,Nurse,Cares.,occupation.nurse,First,1,,,"
    batch = read_roles(drawn(HEADER, first, row, "R1,,,,Last,1,,,"))
    (role,) = batch.values
    assert [need.skill_id for need in role.requirements] == ["First", "Last"]
    (finding,) = batch.findings
    assert (finding.place.line, finding.place.field) == (3, field)
    assert words in finding.message


def test_a_role_without_any_title(drawn) -> None:
    batch = read_roles(drawn(HEADER, "R1,,,,A,1,,,", "R1,,,,B,1,,,"))
    assert batch.items == ()
    (finding,) = batch.rejected
    assert (finding.place.line, finding.place.field) == (2, "title")
    assert "no row of this role has a title" in finding.message


def test_a_role_whose_only_row_is_wrong_does_not_exist(drawn) -> None:
    batch = read_roles(drawn(HEADER, "R1,Nurse,,,A,9,,,"))
    assert batch.items == ()
    assert len(batch.findings) == 1


def test_a_missing_column(drawn) -> None:
    with pytest.raises(InputError, match="has no column 'title', which roles need"):
        read_roles(drawn("role_id,skill", "R1,A"))


def test_levels_come_on_the_scale_of_their_row(drawn) -> None:
    header = "role_id,title,skill,level,scale"
    table = drawn(header, "R1,Nurse,A,4,eqf-1-8", "R1,,B,3,SFIA-1-7", "R1,,C,2,3-bands", "R1,,D,3,", "R1,,E,100,1-100")
    (role,) = read_roles(table, source="hr").values
    assert [need.level for need in role.requirements] == [3, 3, 3, 3, 5]


@pytest.mark.parametrize(
    ("row", "field", "told"),
    [
        ("R1,Nurse,A,9,eqf-1-8", "level", "on the scale eqf-1-8"),
        ("R1,Nurse,A,3,1-Apr", "scale", "turned"),
        ("R1,Nurse,A,0,sfia-1-7", "level", "on the scale sfia-1-7"),
    ],
)
def test_a_wrong_scale_is_told_with_its_place(drawn, row: str, field: str, told: str) -> None:
    batch = read_roles(drawn("role_id,title,skill,level,scale", row), source="hr")
    (finding,) = batch.findings
    assert (batch.items, finding.place.line, finding.place.field) == ((), 2, field)
    assert told in finding.message
