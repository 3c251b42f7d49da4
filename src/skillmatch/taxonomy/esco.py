"""ESCO as its CSV download gives it (1.1 and 1.2 layouts, any language), read into a taxonomy.

Ids are ESCO's own URIs. Skill groups are headings that nobody can have as a skill, so they do not become skills:
the label of the nearest group of the first level ("information skills", "health and welfare") becomes the field
of a skill, by which people filter. It is found by walking the broader relations up, which are complete where
the separate hierarchy table has short rows. Links between skills and their broader skills are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.roles.role import Requirement, RequirementKind
from skillmatch.domain.skills.skill import RelationKind, SkillType
from skillmatch.files.bundle import Bundle, open_bundle
from skillmatch.files.tables import Row, Table
from skillmatch.taxonomy.assumptions import esco_requirement
from skillmatch.taxonomy.cleaning import split_names, tidy
from skillmatch.taxonomy.columns import find_columns
from skillmatch.taxonomy.draft import Draft, Fields
from skillmatch.taxonomy.hierarchy import nearest
from skillmatch.taxonomy.reading import Findings, Progress, Reading, Steps
from skillmatch.taxonomy.versions import own_name, unknown_version, version_in

NAME = "esco"

_OPTIONAL_FILES = {
    "skillGroups": "skills have no field",
    "broaderRelationsSkillPillar": "skills have no broader skills and no field",
    "skillSkillRelations": "skills have no relations",
    "occupations": "there are no occupations",
    "occupationSkillRelations": "occupations have no requirements",
}
_WITHDRAWN = ("obsolete", "deprecated")
_FIELDS = Fields("conceptUri", "preferredLabel", "altLabels", "description")
_TEXTS = ("altLabels", "hiddenLabels", "description", "definition", "scopeNote", "status")


def read_esco(path: Path, *, version: str | None = None, progress: Progress | None = None) -> Reading:
    """Read ESCO from a folder or zip that holds its CSV files in one language; 14,000 skills take about 4 s.

    Files are found by name whatever their language suffix and columns by header. Without ``version`` it is taken
    from the name of the folder or zip, else it is the day of the newest change. What an essential or optional link
    asks for is stated in :mod:`skillmatch.taxonomy.assumptions`. Raises ``InputError`` when there is no skills file,
    when files of several languages lie together, or when a file cannot be read as a table.
    """
    findings = Findings()
    draft = Draft(findings)
    steps = Steps(progress, 1 + len(_OPTIONAL_FILES))
    with open_bundle(path) as bundle:
        names = {stem: _find_file(bundle, stem) for stem in ("skills", *_OPTIONAL_FILES)}
        skills_file = names["skills"]
        if skills_file is None:
            raise _no_skills(bundle)
        tables = {stem: bundle.table(name) for stem, name in names.items() if name is not None}
        for stem in names.keys() - tables.keys():
            message = f"there is no file {stem}.csv: {_OPTIONAL_FILES[stem]}."
            findings.note("missing_file", message, Place(file=bundle.name))

        steps.begin("skills")
        groups = _read_groups(tables.get("skillGroups"))
        broader = _read_broader(tables.get("broaderRelationsSkillPillar"), groups)
        newest = _read_skills(tables["skills"], draft, _Headings(groups, broader))
        steps.begin("broader skills")
        _add_broader(tables.get("broaderRelationsSkillPillar"), draft, groups)
        steps.begin("relations of skills")
        _read_relations(tables.get("skillSkillRelations"), draft)
        steps.begin("occupations")
        _read_occupations(tables.get("occupations"), draft)
        steps.begin("requirements")
        _read_requirements(tables.get("occupationSkillRelations"), draft)
    steps.begin("checks")
    known = version or version_in(own_name(path)) or version_in(skills_file) or newest
    if known is None:
        raise unknown_version("ESCO", path)
    reading = draft.finish(NAME, known)
    steps.begin("done")
    return reading


def _find_file(bundle: Bundle, stem: str) -> str | None:
    called = re.compile(rf"{stem}(?:_[a-z]{{2,3}}(?:[-_][a-z]{{2,4}})?)?\.(?:csv|tsv|xlsx)", re.IGNORECASE)
    found = [name for name in bundle.names() if called.fullmatch(PurePosixPath(name).name)]
    if len(found) > 1:
        raise InputError(
            f"holds '{found[0]}' and '{found[1]}'.",
            remedy="Give a folder with the files of one language and one version.",
            place=Place(file=bundle.name),
        )
    return found[0] if found else None


def _no_skills(bundle: Bundle) -> InputError:
    names = bundle.names()
    there = ", ".join(f"'{name[:60]}'" for name in names[:10]) + (" ..." if len(names) > 10 else "")
    return InputError(
        f"holds no ESCO skills file (skills_en.csv or another language); it holds {there or 'nothing'}.",
        remedy="Download the ESCO classification as CSV and give its folder or zip.",
        place=Place(file=bundle.name),
    )


@dataclass(frozen=True, slots=True)
class _Headings:
    """The groups that skills stand under: ``groups`` by id as (code, label), and what is broader than what."""

    groups: dict[str, tuple[str, str]]
    broader: dict[str, list[str]]

    def top(self) -> dict[str, tuple[str, str]]:
        """The groups of the first level: those right below a group that has no other above it."""
        roots = {group for group in self.groups if not self._above(group)}
        return {group: named for group, named in self.groups.items() if roots.intersection(self._above(group))}

    def _above(self, group: str) -> list[str]:
        return [other for other in self.broader.get(group, ()) if other in self.groups]


def _read_groups(table: Table | None) -> dict[str, tuple[str, str]]:
    if table is None:
        return {}
    columns = find_columns(table, ("conceptUri", "preferredLabel"), ("code",))
    return {
        columns.cell(row, "conceptUri").strip(): (columns.cell(row, "code"), tidy(columns.cell(row, "preferredLabel")))
        for row in table
    }


def _read_broader(table: Table | None, groups: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    if table is None or not groups:
        return {}
    columns = find_columns(table, ("conceptUri", "broaderUri"))
    broader: dict[str, list[str]] = {}
    for row in table:
        below, above = columns.cell(row, "conceptUri").strip(), columns.cell(row, "broaderUri").strip()
        broader.setdefault(below, []).append(above)
    return broader


def _read_skills(table: Table, draft: Draft, headings: _Headings) -> str | None:
    """Take the skills; the answer is the day (YYYY-MM-DD) of the newest change, if the file has such a column."""
    columns = find_columns(
        table, ("conceptUri", "preferredLabel"), (*_TEXTS, "skillType", "reuseLevel", "modifiedDate")
    )
    top = headings.top()
    newest = ""
    for row in table:
        at = Place(table.file, row.line)
        skill_id = columns.cell(row, "conceptUri").strip()
        word, reuse = columns.cell(row, "skillType").strip(), columns.cell(row, "reuseLevel").strip()
        if not word and "skillType" in columns:
            draft.findings.note("missing_type", "the type is not given; taken as a skill.", at, "skillType")
        group = nearest(skill_id, headings.broader, top.__contains__, lambda one: top[one][0] or one)
        draft.skill(
            at,
            own_id=skill_id,
            label=columns.cell(row, "preferredLabel"),
            aliases=[
                *split_names(columns.cell(row, "altLabels")),
                *split_names(columns.cell(row, "hiddenLabels")),
            ],
            description=_first(*(columns.cell(row, name) for name in ("description", "definition", "scopeNote"))),
            kind=SkillType.TRANSVERSAL
            if reuse == "transversal"
            else SkillType.KNOWLEDGE
            if word == "knowledge"
            else SkillType.SKILL,
            field=top[group][1] if group else "",
            deprecated=columns.cell(row, "status").strip().lower() in _WITHDRAWN,
            fields=_FIELDS,
        )
        newest = max(newest, columns.cell(row, "modifiedDate").strip()[:10])
    return newest or None


def _first(*texts: str) -> str:
    return next((text for text in texts if text.strip()), "")


def _add_broader(table: Table | None, draft: Draft, groups: dict[str, tuple[str, str]]) -> None:
    if table is None:
        return
    columns = find_columns(table, ("conceptUri", "broaderUri"), ("conceptType", "broaderType"))

    def is_group(row: Row, uri: str, kind: str) -> bool:
        # Without the groups' own file the type column has to do.
        return uri in groups or (not groups and columns.cell(row, kind).strip() == "SkillGroup")

    for row in table:
        below, above = columns.cell(row, "conceptUri").strip(), columns.cell(row, "broaderUri").strip()
        if not is_group(row, below, "conceptType") and not is_group(row, above, "broaderType"):
            draft.broader(below, above, Place(table.file, row.line), columns.header("broaderUri"))


def _read_relations(table: Table | None, draft: Draft) -> None:
    if table is None:
        return
    columns = find_columns(table, ("originalSkillUri", "relationType", "relatedSkillUri"))
    for row in table:
        at = Place(table.file, row.line)
        word = columns.cell(row, "relationType").strip().lower()
        if word not in tuple(RelationKind):
            message = f"'{word[:40]}' is no type of relation that is known; the row was left out."
            draft.findings.clean("unknown_value", message, at, columns.header("relationType"))
            continue
        skill, other = columns.cell(row, "originalSkillUri").strip(), columns.cell(row, "relatedSkillUri").strip()
        draft.relation(skill, RelationKind(word), other, at, columns.header("relatedSkillUri"))


def _read_occupations(table: Table | None, draft: Draft) -> None:
    if table is None:
        return
    columns = find_columns(table, ("conceptUri", "preferredLabel"), (*_TEXTS, "iscoGroup", "code"))
    for row in table:
        at = Place(table.file, row.line)
        if columns.cell(row, "status").strip().lower() in _WITHDRAWN:
            message = (
                f"'{columns.cell(row, 'preferredLabel')[:80]}' is obsolete; kept, because roles may start from it."
            )
            draft.findings.note("obsolete_occupation", message, at, "status")
        draft.occupation(
            at,
            own_id=columns.cell(row, "conceptUri"),
            label=columns.cell(row, "preferredLabel"),
            aliases=[
                *split_names(columns.cell(row, "altLabels")),
                *split_names(columns.cell(row, "hiddenLabels")),
            ],
            description=_first(*(columns.cell(row, name) for name in ("description", "definition", "scopeNote"))),
            code=_first(columns.cell(row, "code"), columns.cell(row, "iscoGroup")).strip(),
            fields=_FIELDS,
        )


def _read_requirements(table: Table | None, draft: Draft) -> None:
    if table is None:
        return
    columns = find_columns(table, ("occupationUri", "relationType", "skillUri"))
    occupation, relation, skill = (columns.header(name) for name in ("occupationUri", "relationType", "skillUri"))
    made: dict[tuple[str, str], Requirement] = {}  # 124,000 links say one of two things about 14,000 skills
    for row in table:
        at = Place(table.file, row.line)
        key = (row.cells[skill].strip(), row.cells[relation].strip().lower())
        need = made.get(key)
        if need is None:
            try:
                need = made[key] = esco_requirement(key[0], RequirementKind(key[1]))
            except InputError as error:
                draft.findings.refuse(error, at)
                continue
            except ValueError:
                message = f"'{key[1][:40]}' is no type of relation that is known; the row was left out."
                draft.findings.clean("unknown_value", message, at, relation)
                continue
        draft.requirement(row.cells[occupation].strip(), need, at, skill)
