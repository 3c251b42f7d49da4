from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState
from skillmatch.domain.skills.skill import SkillType
from skillmatch.taxonomy.onet import read_onet
from skillmatch.taxonomy.onet_technology import slug, unique_slugs
from skillmatch.taxonomy.reading import Reading

Make = Callable[..., Path]


def tabbed(*rows: str) -> str:
    """Rows written with ``;`` between cells, as the tab-separated text of O*NET."""
    return "".join(row.replace(";", "\t") + "\n" for row in rows)


RATING = "O*NET-SOC Code;Element ID;Element Name;Scale ID;Scale Name;Data Value;Recommend Suppress;Not Relevant"
READING = (
    "11-1;2.A.1.a;Reading Comprehension;IM;Importance;5.0;N;",
    "11-1;2.A.1.a;Reading Comprehension;LV;Level;7.0;N;N",
)
TECHNICAL = (
    "11-1;2.B.3.e;Programming;IM;Importance;2.0;N;n/a",
    "11-1;2.B.3.e;Programming;LV;Level;3.5;N;N",
    "11-1;2.B.1.a;Social Perceptiveness;IM;Importance;4.0;N;",
    "11-1;2.B.1.a;Social Perceptiveness;LV;Level;3.0;Y;N",
    "22-2;2.B.3.e;Programming;IM;Importance;1.0;N;",
    "22-2;2.B.3.e;Programming;LV;Level;1.0;N;N",
    "22-2;2.B.1.a;Social Perceptiveness;IM;Importance;3.0;N;",
    "22-2;2.B.1.a;Social Perceptiveness;LV;Level;0.5;N;N",
)
KNOWING = (
    "11-1;2.C.4.a;Mathematics;IM;Importance;3.0;;",
    "11-1;2.C.4.a;Mathematics;LV;Level;4.2;;N",
    "22-2;2.C.4.a;Mathematics;IM;Importance;2.5;;",
    "22-2;2.C.4.a;Mathematics;LV;Level;0;Y;Y",
    "22-2;2.C.10;Transportation;IM;Importance;2.5;;",
)
TOOLS = (
    "11-1;C;Object software;Y;Y",
    "11-1;C++;Object software;Y;N",
    "11-1;C#;Object software;N;N",
    "11-1;C++;Development software;N;N",
    "11-1;Object software;Development software;N;N",
    "33-3;C;Object software;N;N",
)
TITLES = ("11-1;Boss;n/a", "11-1;Chief Executive Officer;CEO", "11-1;boss;", "22-2;Helper;")
SHARED: dict[str, str] = {
    "Occupation Data.txt": tabbed(
        "O*NET-SOC Code;Title;Description", "11-1;Chief Executives;Lead firms.", "22-2;Helpers;Help."
    ),
    "Knowledge.txt": tabbed(RATING, *KNOWING),
    "Content Model Reference.txt": tabbed(
        "Element ID;Element Name;Description",
        "2.A;Basic Skills;x",
        "2.A.1;Content;x",
        "2.A.1.a;Reading Comprehension;Understanding sentences.",
        "2.B.1;Social Skills;x",
        "2.B.1.a;Social Perceptiveness;Being aware.",
        "2.B.3;Technical Skills;x",
        "2.B.3.e;Programming;Writing programs.",
        "2.C.4;Mathematics and Science;x",
        '2.C.4.a;Mathematics;"Knowledge of ""sums""."',
        "2.C.10;Transportation;Moving people.",
    ),
}
RELEASE_29: dict[str, str] = SHARED | {
    "Read Me.txt": "O*NET 29.3 Database\nMay 2025 Release\n",
    "Skills.txt": tabbed(RATING, *READING, *TECHNICAL),
    "Technology Skills.txt": tabbed(
        "O*NET-SOC Code;Example;Commodity Code;Commodity Title;Hot Technology;In Demand",
        *(row.replace(";Obj", ";43;Obj").replace(";Dev", ";44;Dev") for row in TOOLS[:4]),
        "11-1;Object software;44;Development software;N;N",
        TOOLS[5].replace(";Obj", ";43;Obj"),
    ),
    "Alternate Titles.txt": tabbed("O*NET-SOC Code;Alternate Title;Short Title", *TITLES),
}
RELEASE_30: dict[str, str] = SHARED | {
    "Read Me.txt": "O*NET 30.3 Database\n",
    "Essential Skills.txt": tabbed(RATING, *READING),
    "Transferable Skills.txt": tabbed(RATING, *TECHNICAL),
    "Software Skills.txt": tabbed(
        "O*NET-SOC Code;Workplace Example;Element Name;Hot Technology;In Demand;Element ID",
        *(f"{row};5.F.{number}" for number, row in enumerate(TOOLS)),
    ),
    "Job Titles.txt": tabbed("O*NET-SOC Code;Job Title;Short Title", *TITLES),
}
SUGGESTED = RequirementState.SUGGESTED


def needs(reading: Reading, code: str) -> dict[str, Requirement]:
    return {need.skill_id: need for need in reading.taxonomy.occupations[f"onet/{code}"].requirements}


def test_ratings_become_requirements(folder: Make) -> None:
    asked = needs(read_onet(folder(RELEASE_29)), "11-1")
    essential, optional = RequirementKind.ESSENTIAL, RequirementKind.OPTIONAL
    assert asked["onet/2.A.1.a"] == Requirement("onet/2.A.1.a", 5.0, 1.0, essential, SUGGESTED)
    assert asked["onet/2.B.3.e"] == Requirement("onet/2.B.3.e", 2.5, 0.25, optional, SUGGESTED)
    assert asked["onet/2.C.4.a"] == Requirement("onet/2.C.4.a", 3.0, 0.5, essential, SUGGESTED)


def test_rows_that_do_not_count_are_dropped_and_reported(folder: Make) -> None:
    reading = read_onet(folder(RELEASE_29))
    assert "onet/2.B.1.a" not in needs(reading, "11-1")  # its level is suppressed
    assert needs(reading, "22-2") == {}
    assert reading.counts == {
        "dangling_reference": 1,
        "duplicate_alias": 1,
        "incomplete_rating": 1,
        "no_importance_row": 1,
        "no_level_row": 1,
        "not_relevant_row": 1,
        "suppressed_row": 1,
    }
    places = {item.kind: (item.place.file, item.place.line) for item in reading.findings}
    assert places["suppressed_row"] == ("Skills.txt", 7)
    assert places["not_relevant_row"] == ("Knowledge.txt", 5)
    assert places["incomplete_rating"] == ("Knowledge.txt", 6)
    assert places["dangling_reference"] == ("Technology Skills.txt", 7)
    assert reading.rejected == ()


def test_elements_become_skills_under_the_headings_of_the_model(folder: Make) -> None:
    skills = read_onet(folder(RELEASE_29)).taxonomy.skills
    assert [
        (skill.id, skill.type, skill.field, skill.description)
        for skill in skills.values()
        if skill.id.startswith("onet/2.")
    ] == [
        ("onet/2.A.1.a", SkillType.TRANSVERSAL, "Basic Skills", "Understanding sentences."),
        ("onet/2.B.1.a", SkillType.TRANSVERSAL, "Social Skills", "Being aware."),
        ("onet/2.B.3.e", SkillType.SKILL, "Technical Skills", "Writing programs."),
        ("onet/2.C.10", SkillType.KNOWLEDGE, "Transportation", "Moving people."),
        ("onet/2.C.4.a", SkillType.KNOWLEDGE, "Mathematics and Science", 'Knowledge of "sums".'),
    ]


def test_tools_become_skills_under_their_categories(folder: Make) -> None:
    reading = read_onet(folder(RELEASE_29))
    skills = reading.taxonomy.skills
    assert {skill.label: skill.id for skill in skills.values() if skill.field == "Technology skills"} == {
        "C": "onet/tech/c",
        "C#": "onet/tech/c-sharp",
        "C++": "onet/tech/c-plus-plus",
        "Development software": "onet/commodity/development-software",
        "Object software": "onet/commodity/object-software",  # named as a tool too, but it is the category
    }
    assert skills["onet/tech/c-plus-plus"].broader == (
        "onet/commodity/development-software",
        "onet/commodity/object-software",
    )
    assert skills["onet/tech/c"].description == "Object software"
    asked = needs(reading, "11-1")
    weights = {name: (asked[name].weight, asked[name].level) for name in asked if not name.startswith("onet/2.")}
    assert weights == {
        "onet/tech/c": (0.3, 3.0),
        "onet/tech/c-plus-plus": (0.1, 2.0),
        "onet/tech/c-sharp": (0.05, 2.0),
        "onet/commodity/object-software": (0.05, 2.0),
    }
    assert not any(asked[name].essential for name in weights)


def test_occupations_come_with_their_other_titles(folder: Make) -> None:
    boss = read_onet(folder(RELEASE_29)).taxonomy.occupations["onet/11-1"]
    assert (boss.label, boss.code, boss.description) == ("Chief Executives", "11-1", "Lead firms.")
    assert boss.aliases == ("Boss", "CEO", "Chief Executive Officer")


def test_release_30_gives_the_same_under_another_version(folder: Make, archive: Make) -> None:
    old = read_onet(folder(RELEASE_29)).taxonomy
    new = read_onet(archive({f"db_30_3_text/{name}": text for name, text in RELEASE_30.items()})).taxonomy
    assert (old.version, new.version) == ("29.3", "30.3")
    assert (old.skills, old.occupations) == (new.skills, new.occupations)


@pytest.mark.parametrize(("name", "stated", "version"), [("db_29_1_text", None, "29.1"), ("onet", "29.9", "29.9")])
def test_without_a_read_me_the_name_or_the_caller_says_the_version(
    folder: Make, name: str, stated: str | None, version: str
) -> None:
    files = {file: text for file, text in RELEASE_29.items() if file != "Read Me.txt"}
    assert read_onet(folder(files, name), version=stated).taxonomy.version == version


def test_what_is_not_needed_may_be_missing(folder: Make) -> None:
    files = {name: RELEASE_29[name] for name in ("Occupation Data.txt", "Skills.txt", "Read Me.txt")}
    reading = read_onet(folder(files))
    assert reading.counts["missing_file"] == 4
    assert reading.taxonomy.skills["onet/2.A.1.a"].label == "Reading Comprehension"


def without(name: str) -> dict[str, str]:
    return {file: text for file, text in RELEASE_29.items() if file != name}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (without("Skills.txt"), "lacks 'Occupation Data.txt' or the skills ('Skills.txt', or 'Essential Skills.txt'"),
        (without("Occupation Data.txt"), "Download the O*NET database as text files"),
        (without("Read Me.txt"), "says nowhere which version of O*NET it is."),
        (RELEASE_29 | {"Skills.txt": "a\tb\n1\t2\n"}, "Skills.txt, line 1: lacks the column 'O*NET-SOC Code'"),
        (
            RELEASE_29 | {"Alternate Titles.txt": "O*NET-SOC Code\tTitle\n"},
            "lacks the column 'Alternate Title' or 'Job Title'",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(folder: Make, files: Mapping[str, str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_onet(folder(files))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        ("11-1;2.A.1.b;Listening;IM;x;9;N;N", "rejected_row", "is 9; it must be between 1 and 5 (IM)."),
        ("11-1;2.A.1.b;Listening;LV;x;much;N;N", "rejected_row", "'much' is not a number."),
        ("11-1;2.A.1.b;Listening;LV;x;nan;N;N", "rejected_row", "is nan; it must be between 0 and 7"),
        (";2.A.1.b;Listening;LV;x;1;N;N", "blank_id", "has no occupation code or no element id"),
        ("11-1;2.A.1.a;Reading Comprehension;IM;x;2;N;N", "duplicate_row", "the first was kept"),
    ],
)
def test_bad_rows_are_findings(folder: Make, row: str, kind: str, said: str) -> None:
    files = RELEASE_29 | {"Skills.txt": RELEASE_29["Skills.txt"] + tabbed(row)}
    reading = read_onet(folder(files))
    (found,) = [item for item in reading.findings if item.kind == kind]
    assert said in found.message
    assert (found.place.file, found.place.line) == ("Skills.txt", 12)
    assert needs(reading, "11-1")["onet/2.A.1.a"].weight == 1.0


def test_a_tool_without_a_name_is_rejected(folder: Make) -> None:
    files = RELEASE_29 | {"Technology Skills.txt": RELEASE_29["Technology Skills.txt"] + "11-1\tn/a\t43\tx\tN\tN\n"}
    (found,) = read_onet(folder(files)).rejected
    assert (found.kind, found.place.line, found.place.field) == ("blank_label", 8, "Example")


def test_slugs_tell_look_alikes_apart() -> None:
    assert [slug(name) for name in ("C", "C++", "C#", "Microsoft Excel", "Café 3D", ".NET")] == [
        "c", "c-plus-plus", "c-sharp", "microsoft-excel", "cafe-3d", "net",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=8)))
def test_slugs_are_never_shared_and_never_blank(names: list[str]) -> None:
    slugs = unique_slugs(names)
    assert len(set(slugs.values())) == len(set(names))
    assert all(slugs.values())
    assert slugs == unique_slugs(reversed(names))


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_rows_does_not_change_the_taxonomy(data: st.DataObject) -> None:
    def read(files: Mapping[str, str]) -> Reading:
        with TemporaryDirectory() as place:
            for name, content in files.items():
                (Path(place) / name).write_text(content)
            return read_onet(Path(place))

    def shuffled(content: str) -> str:
        header, *rows = content.splitlines()
        return "\n".join([header, *data.draw(st.permutations(rows))]) + "\n"

    files = {name: text if name == "Read Me.txt" else shuffled(text) for name, text in RELEASE_29.items()}
    assert read(files).taxonomy == read(RELEASE_29).taxonomy


@pytest.mark.shared
def test_the_real_release_is_read_whole(shared_data: Path) -> None:
    reading = read_onet(shared_data / "onet-29.3")
    taxonomy = reading.taxonomy
    assert (taxonomy.name, taxonomy.version) == ("onet", "29.3")
    assert len(taxonomy.occupations) == 1_016
    assert sum(skill.id.startswith("onet/2.") for skill in taxonomy.skills.values()) == 35 + 33
    assert sum(skill.id.startswith("onet/commodity/") for skill in taxonomy.skills.values()) == 135
    assert reading.counts["not_relevant_row"] == 9_241
    assert reading.counts["suppressed_row"] == 1_188
    assert reading.rejected == ()
    top = taxonomy.occupations["onet/11-1011.00"].requirements[0]
    assert (taxonomy.skills[top.skill_id].label, top.level, top.weight, top.essential) == (
        "Administration and Management", 4.642857, 0.945, True,
    )  # fmt: skip
    assert taxonomy.skills["onet/tech/microsoft-excel"].broader == ("onet/commodity/spreadsheet-software",)
    assert [taxonomy.skills[f"onet/tech/{name}"].label for name in ("c", "c-plus-plus", "c-sharp")] == [
        "C",
        "C++",
        "C#",
    ]
