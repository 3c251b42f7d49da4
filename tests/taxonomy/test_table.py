from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Severity
from skillmatch.domain.roles.role import Occupation, Requirement, RequirementKind, RequirementState
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.taxonomy.table import read_table
from skillmatch.taxonomy.table_content import content_version, table_rows, write_taxonomy
from skillmatch.taxonomy.table_parts import REQUIREMENT_COLUMNS, SKILL_COLUMNS

Make = Callable[..., Path]
Row = tuple[object, ...]

OURS: dict[str, str] = {
    "skills.csv": """id,label,aliases,description,type,broader,field
care.wounds,Wound care,Dressing wounds | Wound dressing,Cleans and dresses wounds.,skill,care.nursing,care
care.nursing,Nursing,,Looks after patients.,,,care
care.hygiene,Hygiene,,Knows how germs spread.,knowledge,,care
soft.empathy,Empathy,,Feels with others.,transversal,,soft
""",
    "relations.csv": "from,relation,to\ncare.wounds,essential,care.hygiene\ncare.nursing,related,soft.empathy\n",
    "occupations.csv": """id,label,aliases,description,field
occupation.nurse,Nurse,RN | Staff nurse,Nurses people.,care
""",
    "requirements.csv": """occupation,skill,level,weight,kind
occupation.nurse,care.nursing,4,1.0,essential
occupation.nurse,care.hygiene,independent,,
occupation.nurse,soft.empathy,"2,5",0.3,optional
""",
    "taxonomy.toml": 'name = "ours"\nversion = "3"\n',
}
SUGGESTED = RequirementState.SUGGESTED


def test_the_four_tables_make_a_taxonomy(folder: Make) -> None:
    reading = read_table(folder(OURS))
    assert reading.findings == ()
    assert reading.taxonomy == Taxonomy.of(
        "ours",
        "3",
        [
            Skill(
                "care.wounds", "Wound care", ("Dressing wounds", "Wound dressing"), "Cleans and dresses wounds.",
                SkillType.SKILL, ("care.nursing",), "care",
            ),
            Skill("care.nursing", "Nursing", (), "Looks after patients.", SkillType.SKILL, (), "care"),
            Skill("care.hygiene", "Hygiene", (), "Knows how germs spread.", SkillType.KNOWLEDGE, (), "care"),
            Skill("soft.empathy", "Empathy", (), "Feels with others.", SkillType.TRANSVERSAL, (), "soft"),
        ],
        [
            SkillRelation("care.wounds", RelationKind.ESSENTIAL, "care.hygiene"),
            SkillRelation("care.nursing", RelationKind.RELATED, "soft.empathy"),
        ],
        [
            Occupation(
                "occupation.nurse", "Nurse", ("RN", "Staff nurse"), "Nurses people.", "",
                (
                    Requirement("care.nursing", 4.0, 1.0, RequirementKind.ESSENTIAL, SUGGESTED),
                    Requirement("care.hygiene", 3.0, 1.0, RequirementKind.ESSENTIAL, SUGGESTED),
                    Requirement("soft.empathy", 2.5, 0.3, RequirementKind.OPTIONAL, SUGGESTED),
                ),
            )
        ],
    )  # fmt: skip


def test_a_zip_and_workbooks_give_the_same(folder: Make, archive: Make, tmp_path: Path) -> None:
    plain = read_table(folder(OURS)).taxonomy
    assert read_table(archive({f"deep/{name}": text for name, text in OURS.items()})).taxonomy == plain
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    write_taxonomy(plain, sheets, ending=".xlsx")
    assert read_table(sheets).taxonomy == plain


def test_one_table_of_skills_is_enough(folder: Make) -> None:
    path = folder({"our skills.csv": "ID;Label\nb;Beta\na;Alpha\n"}) / "our skills.csv"
    taxonomy = read_table(path).taxonomy
    assert taxonomy.name == "our skills"
    assert [skill.label for skill in taxonomy.skills.values()] == ["Alpha", "Beta"]
    assert read_table(path, name="mine", version="7").taxonomy.version == "7"


def test_without_settings_the_content_is_the_version(folder: Make) -> None:
    unnamed = {name: text for name, text in OURS.items() if name != "taxonomy.toml"}
    header, *rows = OURS["skills.csv"].splitlines()
    reordered = unnamed | {"skills.csv": "\n".join([header, *reversed(rows)])}
    changed = unnamed | {"skills.csv": OURS["skills.csv"].replace("Feels", "Suffers")}
    one, same, other = (read_table(folder(files, "care")).taxonomy for files in (unnamed, reordered, changed))
    assert (one.name, one.version) == ("care", same.version)
    assert one.version == content_version(one)
    assert other.version != one.version


@pytest.mark.parametrize(
    ("file", "row", "kind", "said", "field"),
    [
        ("skills.csv", ",Label,,,,,", "blank_id", "'Label' has no id", "id"),
        ("skills.csv", "x.y, ,,,,,", "blank_label", "'x.y' has no label", "label"),
        ("skills.csv", "care.nursing,Again,,,,,", "duplicate_id", "'care.nursing' comes twice", "id"),
        ("skills.csv", "x.y,Label,,,ability,,", "rejected_row", "Use skill, knowledge, transversal.", "type"),
        ("skills.csv", "x | y,Label,,,,,", "rejected_row", "Choose another id.", "id"),
        ("relations.csv", "care.wounds,likes,care.hygiene", "rejected_row", "Use essential, optional", "relation"),
        ("relations.csv", "care.wounds,,care.hygiene", "rejected_row", "'' is not known here", "relation"),
        ("occupations.csv", "occupation.nurse,Nurse 2,,,", "duplicate_id", "comes twice", "id"),
        ("requirements.csv", "occupation.nurse,care.wounds,7,1,", "rejected_row", "between 0 and 5", "level"),
        ("requirements.csv", "occupation.nurse,care.wounds,0,1,", "rejected_row", "must be between 1e-06", "level"),
        ("requirements.csv", "occupation.nurse,care.wounds,high,1,", "rejected_row", "'high' is not a level", "level"),
        ("requirements.csv", "occupation.nurse,care.wounds,3,heavy,", "rejected_row", "Write it like 0.8.", "weight"),
        ("requirements.csv", "occupation.nurse,care.wounds,3,-1,", "rejected_row", "is -1", "weight"),
        ("requirements.csv", "occupation.nurse,care.wounds,3,nan,", "rejected_row", "is nan", "weight"),
        ("requirements.csv", "occupation.nurse,care.wounds,3,1,maybe", "rejected_row", "Use essential, opt", "kind"),
        ("requirements.csv", "occupation.nurse,care.nursing,3,1,", "duplicate_requirement", "the first was", "skill"),
    ],
)  # fmt: skip
def test_rows_that_break_a_rule_are_rejected_with_their_place(
    folder: Make, file: str, row: str, kind: str, said: str, field: str
) -> None:
    line = len(OURS[file].splitlines()) + 1
    reading = read_table(folder(OURS | {file: f"{OURS[file]}{row}\n"}))
    (found,) = reading.rejected
    assert (found.kind, found.place) == (kind, Place(file, line, field))
    assert said in found.message
    assert reading.taxonomy == read_table(folder(OURS)).taxonomy  # the rest is as if the row had not been there


@pytest.mark.parametrize(
    ("file", "row", "kind", "field"),
    [
        ("skills.csv", "care.x,X,,,,care.nowhere,care", "dangling_reference", "broader"),
        ("skills.csv", "care.x,X,,,,care.x,care", "self_reference", "broader"),
        ("skills.csv", "care.x,X,x | X,,,,care", "duplicate_alias", "aliases"),
        ("skills.csv", "care.x, X ,,,,,care", "stray_blanks", "label"),
        ("skills.csv", "care.x,X,,<p>x</p>,,,care", "markup", "description"),
        ("relations.csv", "care.wounds,optional,care.nowhere", "dangling_reference", "to"),
        ("relations.csv", "care.wounds,optional,care.wounds", "self_reference", "to"),
        ("relations.csv", "care.wounds,essential,care.hygiene", "duplicate_relation", None),
        ("requirements.csv", "occupation.nobody,care.nursing,3,1,", "dangling_reference", "skill"),
    ],
)
def test_what_can_be_repaired_is_repaired_and_said(
    folder: Make, file: str, row: str, kind: str, field: str | None
) -> None:
    reading = read_table(folder(OURS | {file: f"{OURS[file]}{row}\n"}))
    found = next(item for item in reading.findings if item.kind == kind)
    assert found.severity is Severity.CLEANED
    assert found.place == Place(file, len(OURS[file].splitlines()) + 1, field)
    assert reading.rejected == ()


def test_a_name_of_several_skills_is_noted(folder: Make) -> None:
    reading = read_table(folder(OURS | {"skills.csv": OURS["skills.csv"] + "care.x,Tending,NURSING,,,,care\n"}))
    (found,) = reading.findings
    assert (found.kind, found.severity) == ("shared_label", Severity.NOTE)
    assert found.message == "'nursing' names 2 skills: 'Nursing', 'Tending'."


def test_columns_and_settings_that_mean_nothing_are_noted(folder: Make) -> None:
    files = {"skills.csv": "id,label,alias\na,A,b\n", "taxonomy.toml": 'name = "n"\nlicence = "none"\n'}
    kinds = {item.kind: item.place.field for item in read_table(folder(files)).findings}
    assert kinds == {"unknown_column": "alias", "unknown_key": "licence"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"relations.csv": "from,relation,to\n"}, "holds no skills.csv (or .tsv, .xlsx); it holds 'relations.csv'."),
        (
            {"skills.csv": "id,label\n", "skills.tsv": "id\tlabel\n"},
            "holds 'skills.csv' and 'skills.tsv'. Keep the one",
        ),
        ({"skills.csv": "id,name\n"}, "lacks the column 'label'; it has 'id', 'name'."),
        ({"skills.csv": "id,label\na\n"}, "skills.csv, line 2: has 1 cells"),
        (OURS | {"taxonomy.toml": "name = ours\n"}, "taxonomy.toml: is not TOML"),
        (
            OURS | {"taxonomy.toml": "version = 1.0\n"},
            "field 'version': needs a text. Write it in quotes: version = \"",
        ),
        (OURS | {"taxonomy.toml": f'name = "{"n" * 101}"\n'}, "has 101 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(folder: Make, files: Mapping[str, str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_table(folder(files))
    assert said in str(refused.value)


def test_a_path_that_is_nothing_is_refused(tmp_path: Path) -> None:
    for name in ("nowhere", "nowhere.csv", "nowhere.zip"):
        with pytest.raises(InputError, match="Check the path"):
            read_table(tmp_path / name)


def test_a_zip_that_climbs_out_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../skills.csv", "id,label\n")
    with pytest.raises(InputError, match="outside the archive"):
        read_table(path)


def test_formulas_stay_text_on_the_way_out_and_in(tmp_path: Path) -> None:
    taxonomy = Taxonomy.of("n", "1", [Skill("=1+1", "@Risk", ("-force", "+plus"), "=cmd()")])
    write_taxonomy(taxonomy, tmp_path)
    assert (tmp_path / "skills.csv").read_text().splitlines()[1].startswith("'=1+1,'@Risk,'-force | +plus,'=cmd()")
    assert read_table(tmp_path).taxonomy == taxonomy


def test_a_name_that_lists_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bar between blanks"):
        table_rows(Taxonomy.of("n", "1", [Skill("a", "A", ("one | two",))]))


NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
IDS = ("a", "b", "c", "d")
ID, KIND, NEED_KIND = st.sampled_from(IDS), st.sampled_from(list(RelationKind)), st.sampled_from(list(RequirementKind))
GIVEN = st.fixed_dictionaries(
    {
        "skills": st.lists(
            st.tuples(NAME, st.lists(NAME, max_size=3).map(" | ".join), NAME, st.sampled_from([*SkillType, ""]),
                      st.lists(st.sampled_from([*IDS, "nowhere"]), max_size=3).map(" | ".join), NAME,
                      st.sampled_from(["yes", "no", ""])),
            min_size=4, max_size=4,
        ),
        "relations": st.lists(st.tuples(ID, KIND, ID), max_size=5),
        "needs": st.lists(
            st.tuples(ID, st.floats(0.1, 5), st.floats(0.1, 9), NEED_KIND), unique_by=lambda need: need[0], max_size=4
        ),
    }
)  # fmt: skip


def write(place: Path, given: Mapping[str, list[Row]], order: Callable[[list[Row]], list[Row]] = list) -> None:
    tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {
        "skills": (SKILL_COLUMNS, [(own_id, *row) for own_id, row in zip(IDS, given["skills"], strict=True)]),
        "relations": (("from", "relation", "to"), given["relations"]),
        "occupations": (("id", "label"), [("o1", "Cook"), ("o2", "Clerk")]),
        "requirements": (REQUIREMENT_COLUMNS, [("o1", *need) for need in given["needs"]]),
    }
    for name, (header, rows) in tables.items():
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *order(rows)])


@settings(max_examples=50)
@given(GIVEN, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_taxonomy(given: dict[str, list[Row]], random: Random) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write(Path(one), given)
        write(Path(other), given, lambda rows: random.sample(rows, len(rows)))
        first, second = read_table(Path(one), name="n"), read_table(Path(other), name="n")
    assert first.taxonomy == second.taxonomy
    assert first.counts == second.counts


@settings(max_examples=50)
@given(GIVEN, NAME.filter(lambda name: name.strip() == name))
def test_what_was_read_is_written_and_read_again_unchanged(given: dict[str, list[Row]], name: str) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write(Path(one), given)
        taxonomy = read_table(Path(one), name=name, version="1").taxonomy
        write_taxonomy(taxonomy, Path(other))
        again = read_table(Path(other))
    assert again.taxonomy == taxonomy
    assert again.counts.keys() <= {"shared_label"}


def test_the_starter_taxonomy_needs_no_repair(repository: Path) -> None:
    reading = read_table(repository / "data" / "taxonomy")
    assert len(reading.taxonomy.skills) > 500
    assert {item.severity for item in reading.findings} <= {Severity.NOTE}


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_taxonomy_survives_the_way_out_and_in(shared_data: Path, tmp_path: Path) -> None:
    from skillmatch.taxonomy.onet import read_onet

    taxonomy = read_onet(shared_data / "onet-29.3").taxonomy
    write_taxonomy(taxonomy, tmp_path)
    assert read_table(tmp_path).taxonomy == taxonomy
