from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Finding, Severity
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.taxonomy.esco import read_esco
from skillmatch.taxonomy.reading import Reading

Make = Callable[..., Path]

ESCO: dict[str, str] = {
    "skills_en.csv": """conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,\
modifiedDate,scopeNote,definition,inScheme,description
K,s/cook,skill/competence,sector-specific,cook meals,"prepare meals
 prepare  food
cook meals
PREPARE MEALS",cheffing,released,2020-01-02T00:00:00Z,,,x,"Cook &amp; serve
warm meals."
K,s/soup,skill/competence,sector-specific, cook soup,soups | broths,,released,2021-03-04T00:00:00Z,,Made of water.,x,
K,s/hygiene,knowledge,cross-sector,food hygiene,,,released,2019-01-01T00:00:00Z,,,x,Keeping food safe.
K,s/listen,skill/competence,transversal,listen actively,,,released,,,,x,Hear people out.
K,s/telex,skill/competence,cross-sector,send telexes,,,obsolete,,,,x,Long gone.
""",
    "skillGroups_en.csv": """conceptType,conceptUri,preferredLabel,code
SkillGroup,g/S,skills,S
SkillGroup,g/S1,communication,S1
SkillGroup,g/S6,handling and moving,S6
SkillGroup,g/S6.1,preparing food,S6.1
SkillGroup,g/K,knowledge,K
SkillGroup,g/K1,services,
""",
    "broaderRelationsSkillPillar.csv": """conceptType,conceptUri,broaderType,broaderUri
SkillGroup,g/S1,SkillGroup,g/S
SkillGroup,g/S6,SkillGroup,g/S
SkillGroup,g/S6.1,SkillGroup,g/S6
SkillGroup,g/K1,SkillGroup,g/K
K,s/cook,SkillGroup,g/S6.1
K,s/soup,K,s/cook
K,s/hygiene,SkillGroup,g/K1
K,s/listen,SkillGroup,g/S6
K,s/listen,SkillGroup,g/S1
K,s/telex,SkillGroup,g/S
K,s/soup,K,s/nowhere
""",
    "skillSkillRelations.csv": """originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri
s/cook,K,essential,K,s/hygiene
s/soup,K,optional,K,s/listen
s/soup,K,optional,K,s/soup
""",
    "occupations_en.csv": """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,\
modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code
Occupation,o/cook,5120,cook,"kitchen hand
chef",,released,2020-01-01,,,,x,Cooks prepare meals.,5120.1
Occupation,o/clerk,4110,clerk,,,released,2020-01-01,,,,x,Clerks write.,
""",
    "occupationSkillRelations.csv": """occupationUri,relationType,skillType,skillUri
o/cook,essential,skill/competence,s/cook
o/cook,optional,skill/competence,s/soup
o/cook,optional,knowledge,s/hygiene
o/cook,essential,knowledge,s/hygiene
o/cook,essential,knowledge,s/nowhere
o/nobody,essential,knowledge,s/hygiene
o/clerk,optional,skill/competence,s/telex
""",
}

# The same content as release 1.2 gives it: a suffix on every file, labels among the relations, columns elsewhere.
NEWER: dict[str, str] = {
    "ESCO dataset - v1.1.1/skills_fr.csv": ESCO["skills_en.csv"],
    "ESCO dataset - v1.1.1/skillGroups_fr.csv": ESCO["skillGroups_en.csv"],
    "ESCO dataset - v1.1.1/broaderRelationsSkillPillar_fr.csv": ESCO["broaderRelationsSkillPillar.csv"],
    "ESCO dataset - v1.1.1/skillSkillRelations_fr.csv": ESCO["skillSkillRelations.csv"],
    "ESCO dataset - v1.1.1/occupations_fr.csv": """\
naceCode,conceptUri,preferredLabel,altLabels,code,iscoGroup,description
I56,o/cook,cook,"kitchen hand
chef",5120.1,5120,Cooks prepare meals.
,o/clerk,clerk,,,4110,Clerks write.
""",
    "ESCO dataset - v1.1.1/occupationSkillRelations_fr.csv": """\
skillUri,occupationUri,occupationLabel,relationType,skillType,skillLabel
s/cook,o/cook,cook,essential,skill/competence,cook meals
s/soup,o/cook,cook,optional,skill/competence,cook soup
s/hygiene,o/cook,cook,essential,knowledge,food hygiene
s/telex,o/clerk,clerk,optional,skill/competence,send telexes
""",
    "ESCO dataset - v1.1.1/digitalSkillsCollection_fr.csv": "conceptUri\nx\n",
    "ESCO dataset - v1.1.1/broaderRelationsOccPillar_fr.csv": "conceptUri\nx\n",
}


def placed(reading: Reading, kind: str) -> list[tuple[str | None, int | None, str | None]]:
    return [(at.file, at.line, at.field) for at in (item.place for item in reading.findings if item.kind == kind)]


def test_skills_come_with_names_types_fields_and_what_is_broader(folder: Make) -> None:
    skills = read_esco(folder(ESCO, "esco-1.1.1")).taxonomy.skills
    assert skills["s/cook"] == Skill(
        "s/cook", "cook meals", ("prepare meals", "prepare food", "cheffing"), "Cook & serve warm meals.",
        field="handling and moving",
    )  # fmt: skip
    assert skills["s/soup"] == Skill(
        "s/soup", "cook soup", ("soups", "broths"), "Made of water.", broader=("s/cook",), field="handling and moving"
    )
    assert skills["s/hygiene"].type is SkillType.KNOWLEDGE
    assert skills["s/hygiene"].field == "services"
    assert skills["s/listen"].type is SkillType.TRANSVERSAL
    assert skills["s/listen"].field == "communication"  # two groups are as near; S1 comes before S6
    assert skills["s/telex"].deprecated
    assert skills["s/telex"].field == ""  # right under the root: no group of the first level is above it


def test_relations_and_occupations_come_with_the_assumed_levels(folder: Make) -> None:
    taxonomy = read_esco(folder(ESCO, "esco-1.1.1")).taxonomy
    assert taxonomy.relations == (
        SkillRelation("s/cook", RelationKind.ESSENTIAL, "s/hygiene"),
        SkillRelation("s/soup", RelationKind.OPTIONAL, "s/listen"),
    )
    cook, clerk = taxonomy.occupations["o/cook"], taxonomy.occupations["o/clerk"]
    assert (cook.label, cook.aliases, cook.code) == ("cook", ("kitchen hand", "chef"), "5120.1")
    assert clerk.code == "4110"
    suggested = RequirementState.SUGGESTED
    assert cook.requirements == (
        Requirement("s/cook", 3.0, 1.0, RequirementKind.ESSENTIAL, suggested),
        Requirement("s/hygiene", 3.0, 1.0, RequirementKind.ESSENTIAL, suggested),  # said to be both: the stronger
        Requirement("s/soup", 2.0, 0.4, RequirementKind.OPTIONAL, suggested),
    )


def test_dirt_is_reported_with_its_place(folder: Make) -> None:
    reading = read_esco(folder(ESCO, "esco-1.1.1"))
    assert reading.counts == {
        "dangling_reference": 3,
        "duplicate_alias": 1,
        "duplicate_requirement": 1,
        "markup": 1,
        "self_reference": 1,
        "stray_blanks": 2,
    }
    assert placed(reading, "stray_blanks") == [
        ("skills_en.csv", 2, "altLabels"),
        ("skills_en.csv", 7, "preferredLabel"),
    ]
    assert placed(reading, "dangling_reference") == [
        ("broaderRelationsSkillPillar.csv", 12, "broaderUri"),
        ("occupationSkillRelations.csv", 6, "skillUri"),
        ("occupationSkillRelations.csv", 7, "skillUri"),
    ]
    assert placed(reading, "self_reference") == [("skillSkillRelations.csv", 4, "relatedSkillUri")]
    assert reading.rejected == ()


def test_the_newer_layout_in_a_zip_gives_the_same(folder: Make, archive: Make) -> None:
    assert read_esco(archive(NEWER)).taxonomy == read_esco(folder(ESCO, "esco-1.1.1")).taxonomy


def test_a_byte_order_mark_does_not_matter(folder: Make) -> None:
    marked = {name: "\ufeff" + content for name, content in ESCO.items()}
    assert read_esco(folder(marked, "esco-1.1.1")).taxonomy == read_esco(folder(ESCO, "esco-1.1.1")).taxonomy


@pytest.mark.parametrize(
    ("name", "stated", "version"), [("esco-v1.2", None, "1.2"), ("esco", None, "2021-03-04"), ("esco-1.2", "9", "9")]
)
def test_the_version_is_stated_or_named_or_the_newest_change(
    folder: Make, name: str, stated: str | None, version: str
) -> None:
    assert read_esco(folder(ESCO, name), version=stated).taxonomy.version == version


def test_the_skills_alone_are_a_taxonomy_and_the_rest_is_noted(folder: Make) -> None:
    reading = read_esco(folder({"skills_en.csv": ESCO["skills_en.csv"]}))
    assert len(reading.taxonomy.skills) == 5
    assert reading.taxonomy.occupations == {}
    notes = [item.message for item in reading.findings if item.kind == "missing_file"]
    assert len(notes) == 5
    assert "there is no file occupations.csv: there are no occupations." in notes


def test_without_the_groups_file_broader_skills_are_still_read(folder: Make) -> None:
    files = {name: content for name, content in ESCO.items() if not name.startswith("skillGroups")}
    reading = read_esco(folder(files))
    assert reading.taxonomy.skills["s/soup"].broader == ("s/cook",)
    assert reading.counts["dangling_reference"] == 3  # groups are not taken for missing skills


HEADER = "conceptUri,preferredLabel,status\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no ESCO skills file (skills_en.csv or another language); it holds nothing. Download"),
        ({"readme.txt": "x"}, "it holds 'readme.txt'. Download the ESCO classification as CSV"),
        (
            {"skills_en.csv": HEADER, "skills_fr.csv": HEADER},
            "holds 'skills_en.csv' and 'skills_fr.csv'. Give a folder with the files of one language",
        ),
        (
            {"skills_en.csv": "uri,label\n"},
            "lacks the column 'conceptUri', 'preferredLabel'; it has 'uri', 'label'. Check that it is the right file",
        ),
        ({"skills_en.csv": HEADER + "a,b,c,d\n"}, "skills_en.csv, line 2: has 4 cells; the header has 3"),
        ({"skills_en.csv": HEADER + "a,b,c\n"}, "says nowhere which version of ESCO it is. Give the version yourself"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(folder: Make, files: Mapping[str, str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_esco(folder(files))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("row", "kind", "severity", "field"),
    [
        ("s/x, ,released", "blank_label", Severity.REJECTED, "preferredLabel"),
        (",x,released", "blank_id", Severity.REJECTED, "conceptUri"),
        ("s/a,other,released", "duplicate_id", Severity.CLEANED, "conceptUri"),
        (f"{'s' * 600},x,released", "rejected_row", Severity.REJECTED, "conceptUri"),
        ("s/\u202ex,x,released", "rejected_row", Severity.REJECTED, "conceptUri"),
        ("s/..,x,released", "rejected_row", Severity.REJECTED, "conceptUri"),
        (f"s/x,{'y' * 1_200},released", "long_text", Severity.CLEANED, "preferredLabel"),
        ("s/x,A,released", "shared_label", Severity.NOTE, None),
    ],
)
def test_bad_rows_are_findings(folder: Make, row: str, kind: str, severity: Severity, field: str | None) -> None:
    reading = read_esco(folder({"skills_en.csv": f"{HEADER}s/a,a,released\n{row}\n"}), version="1")
    found = [item for item in reading.findings if item.kind == kind]
    assert [(item.severity, item.place) for item in found] == [(severity, Place("skills_en.csv", 3, field))]
    assert reading.taxonomy.skills["s/a"].label == "a"
    assert reading.rejected == tuple(item for item in found if severity is Severity.REJECTED)


def test_a_circle_of_broader_skills_is_broken_and_said(folder: Make) -> None:
    files = {
        "skills_en.csv": f"{HEADER}s/a,a,\ns/b,b,\n",
        "broaderRelationsSkillPillar.csv": "conceptUri,broaderUri\ns/b,s/a\ns/a,s/b\n",
    }
    reading = read_esco(folder(files), version="1")
    assert [reading.taxonomy.skills[name].broader for name in ("s/a", "s/b")] == [("s/b",), ()]
    assert reading.counts["broader_cycle"] == 1


def test_an_unknown_type_of_relation_is_left_out(folder: Make) -> None:
    files = ESCO | {
        "skillSkillRelations.csv": "originalSkillUri,relationType,relatedSkillUri\ns/cook,hates,s/soup\n",
        "occupationSkillRelations.csv": "occupationUri,relationType,skillUri\no/cook,wishes,s/soup\n",
    }
    reading = read_esco(folder(files))
    assert reading.counts["unknown_value"] == 2
    assert reading.taxonomy.relations == ()


def test_a_kind_that_comes_often_ends_in_a_summary(folder: Make) -> None:
    links = "".join(f"o/cook,essential,s/{number}\n" for number in range(205))
    files = ESCO | {"occupationSkillRelations.csv": "occupationUri,relationType,skillUri\n" + links}
    reading = read_esco(folder(files))
    listed = [item for item in reading.findings if item.kind == "dangling_reference"]
    assert len(listed) == 201
    assert listed[-1].message == "6 more of this kind are not listed."
    assert reading.counts["dangling_reference"] == 206


def test_progress_is_told_to_the_end(folder: Make) -> None:
    told: list[tuple[str, int, int]] = []
    read_esco(folder(ESCO), progress=lambda what, done, total: told.append((what, done, total)))
    assert told[0] == ("skills", 0, 6)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1] == ("done", 6, 6)


def shuffled(name: str, content: str, draw: st.DrawFn) -> str:
    if name == "skills_en.csv":  # its rows span lines
        header, *rows = content.rstrip("\n").replace("\nK,", "\x00K,").split("\x00")
    elif name == "occupations_en.csv":
        header, *rows = content.rstrip("\n").replace("\nOccupation,", "\x00Occupation,").split("\x00")
    else:
        header, *rows = content.splitlines()
    return "\n".join([header, *draw(st.permutations(rows))]) + "\n"


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_rows_does_not_change_the_taxonomy(data: st.DataObject) -> None:
    def read(files: Mapping[str, str]) -> Reading:
        with TemporaryDirectory() as place:
            for name, content in files.items():
                (Path(place) / name).write_text(content)
            return read_esco(Path(place), version="1")

    order = read({name: shuffled(name, content, data.draw) for name, content in ESCO.items()})
    assert order.taxonomy == read(ESCO).taxonomy
    assert order.counts == read(ESCO).counts


@pytest.mark.shared
def test_the_real_release_is_read_whole(shared_data: Path) -> None:
    reading = read_esco(shared_data / "esco-1.1.1")
    taxonomy = reading.taxonomy
    assert (taxonomy.name, taxonomy.version) == ("esco", "1.1.1")
    assert len(taxonomy.skills) == 13_896
    assert len(taxonomy.occupations) == 3_007
    assert sum(len(item.requirements) for item in taxonomy.occupations.values()) == 123_855 - 67
    assert Counter(skill.type for skill in taxonomy.skills.values())[SkillType.TRANSVERSAL] == 440
    assert len({skill.field for skill in taxonomy.skills.values()}) == 27
    assert all(skill.field and skill.description for skill in taxonomy.skills.values())
    assert reading.counts["dangling_reference"] == 70
    assert reading.rejected == ()
    haskell = taxonomy.skills["http://data.europa.eu/esco/skill/000f1d3d-220f-4789-9c0a-cc742521fb02"]
    assert (haskell.label, haskell.type, haskell.field) == (
        "Haskell", SkillType.KNOWLEDGE, "information and communication technologies (icts)",
    )  # fmt: skip
    assert [taxonomy.skills[above].label for above in haskell.broader] == ["computer programming"]


def test_findings_are_plain_values(folder: Make) -> None:
    found = read_esco(folder(ESCO)).findings
    assert all(isinstance(item, Finding) and item.to_json()["file"] for item in found)
