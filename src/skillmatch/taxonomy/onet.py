"""O*NET as its text download gives it (29 and 30 layouts), read into a taxonomy.

Skills and areas of knowledge are elements of O*NET's content model (``onet/2.A.1.a``); the software that it names
is read by :mod:`skillmatch.taxonomy.onet_technology`. Basic skills (2.A), social skills (2.B.1), problem solving
(2.B.2) and the management of resources (2.B.5) matter in any job and are transversal; technical (2.B.3) and
systems skills (2.B.4) are not. Headings of the model do not become skills: they are the field of those below.
"""

from __future__ import annotations

import re
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.levels import Scale, to_canonical
from skillmatch.domain.skills.skill import SkillType
from skillmatch.files.bundle import Bundle, open_bundle
from skillmatch.files.tables import Table
from skillmatch.taxonomy.assumptions import ONET_LEAST_LEVEL, onet_requirement
from skillmatch.taxonomy.cleaning import split_names, tidy
from skillmatch.taxonomy.columns import find_columns
from skillmatch.taxonomy.draft import Draft, Fields
from skillmatch.taxonomy.onet_ratings import Ratings
from skillmatch.taxonomy.onet_technology import PREFIX, Technologies, blank_if_absent
from skillmatch.taxonomy.reading import Findings, Progress, Reading, Steps
from skillmatch.taxonomy.versions import own_name, unknown_version, version_in

NAME = "onet"

_OCCUPATIONS = "Occupation Data.txt"
_MODEL = "Content Model Reference.txt"
_SKILLS = ("Skills.txt", "Essential Skills.txt", "Transferable Skills.txt")
_KNOWLEDGE = "Knowledge.txt"
_TITLES = ("Alternate Titles.txt", "Job Titles.txt")
_TECHNOLOGY = ("Technology Skills.txt", "Software Skills.txt")

_TRANSVERSAL = re.compile(r"2\.(?:A|B\.[125])(?:\.|$)")
_KNOWING = re.compile(r"2\.C(?:\.|$)")
_HEADING = re.compile(r"2\.A|2\.[B-Z]\.\d+")  # the parts of 2.A are called "content" and "process", which tells nothing
_RELEASE = re.compile(r"O\*NET\D{0,3}(\d{1,2}\.\d{1,2})")
_ELEMENT_FIELDS = Fields("Element ID", "Element Name", "Element Name", "Description")


def read_onet(path: Path, *, version: str | None = None, progress: Progress | None = None) -> Reading:
    """Read O*NET from a folder or zip that holds its text files; a whole release takes about 4 s.

    Importance (1-5) becomes weight and level (0-7) required level, as :mod:`skillmatch.taxonomy.assumptions` states.
    Rows that O*NET recommends to suppress or calls not relevant are dropped and reported, and so is a rating that
    is left without its other half. Without ``version`` the release named in "Read Me.txt" counts, else the one in
    the name of the folder or zip. Raises ``InputError`` when the occupations or the skills are not there, when the
    release is not known, or when a file cannot be read as a table.
    """
    findings = Findings()
    draft = Draft(findings)
    steps = Steps(progress, 5)
    with open_bundle(path) as bundle:
        skill_files = [name for name in (bundle.find(file) for file in _SKILLS) if name]
        if bundle.find(_OCCUPATIONS) is None or not skill_files:
            raise _not_onet(bundle)
        release = version or _release(bundle) or version_in(own_name(path))
        if release is None:
            raise unknown_version("O*NET", path)
        steps.begin("ratings")
        knowledge = _table(bundle, findings, "there are no areas of knowledge", _KNOWLEDGE)
        rated = [bundle.table(name) for name in skill_files] + ([knowledge] if knowledge else [])
        ratings = Ratings(findings)
        for table in rated:
            ratings.read(table)
        steps.begin("technology")
        software = _table(bundle, findings, "occupations ask for no technology", *_TECHNOLOGY)
        technologies = Technologies(findings)
        if software is not None:
            technologies.read(software)
        steps.begin("skills")
        model = _read_model(_table(bundle, findings, "skills have no description and no field", _MODEL))
        _add_elements(draft, ratings, model)
        technologies.add_skills(draft)
        steps.begin("occupations")
        titles = _read_titles(_table(bundle, findings, "occupations have no other titles", *_TITLES))
        _add_occupations(draft, bundle.table(bundle.find(_OCCUPATIONS) or _OCCUPATIONS), titles)
    steps.begin("requirements")
    _add_requirements(draft, ratings)
    technologies.add_requirements(draft)
    reading = draft.finish(NAME, release)
    steps.begin("done")
    return reading


def _not_onet(bundle: Bundle) -> InputError:
    names = bundle.names()
    there = ", ".join(f"'{name[:60]}'" for name in names[:10]) + (" ..." if len(names) > 10 else "")
    return InputError(
        f"lacks '{_OCCUPATIONS}' or the skills ('{_SKILLS[0]}', or '{_SKILLS[1]}' and '{_SKILLS[2]}'); "
        f"it holds {there or 'nothing'}.",
        remedy="Download the O*NET database as text files and give its folder or zip.",
        place=Place(file=bundle.name),
    )


def _table(bundle: Bundle, findings: Findings, without: str, *names: str) -> Table | None:
    found = bundle.find(*names)
    if found is None:
        findings.note("missing_file", f"there is no file '{names[0]}': {without}.", Place(file=bundle.name))
        return None
    return bundle.table(found)


def _release(bundle: Bundle) -> str | None:
    name = bundle.find("Read Me.txt", "ReadMe.txt")
    if name is None:
        return None
    with bundle.path(name).open(encoding="utf-8", errors="replace") as text:
        found = _RELEASE.search(text.read(10_000))
    return found[1] if found else None


def _read_model(table: Table | None) -> dict[str, tuple[str, str]]:
    """The elements of the content model by id, each with its name and description."""
    if table is None:
        return {}
    columns = find_columns(table, ("Element ID", "Element Name"), ("Description",))
    return {
        columns.cell(row, "Element ID").strip(): (
            tidy(columns.cell(row, "Element Name")),
            blank_if_absent(columns.cell(row, "Description")),
        )
        for row in table
    }


def _add_elements(draft: Draft, ratings: Ratings, model: dict[str, tuple[str, str]]) -> None:
    for element, (names, at) in sorted(ratings.elements.items()):
        name, description = model.get(element, (min(names), ""))
        heading = _HEADING.match(element)
        draft.skill(
            at,
            own_id=PREFIX + element,
            label=name,
            description=description,
            kind=SkillType.TRANSVERSAL
            if _TRANSVERSAL.match(element)
            else SkillType.KNOWLEDGE
            if _KNOWING.match(element)
            else SkillType.SKILL,
            field=model.get(heading[0], ("", ""))[0] if heading else "",
            fields=_ELEMENT_FIELDS,
        )


def _read_titles(table: Table | None) -> dict[str, list[str]]:
    """Other titles by occupation code, in alphabetical order, so that the order of rows does not matter."""
    if table is None:
        return {}
    columns = find_columns(table, ("O*NET-SOC Code", ("Alternate Title", "Job Title")), ("Short Title",))
    titles: dict[str, list[str]] = {}
    for row in table:
        names = titles.setdefault(columns.cell(row, "O*NET-SOC Code").strip(), [])
        for column in ("Alternate Title", "Short Title"):
            names += split_names(blank_if_absent(columns.cell(row, column)))
    return {code: sorted(set(names), key=lambda name: (name.casefold(), name)) for code, names in titles.items()}


def _add_occupations(draft: Draft, table: Table, titles: dict[str, list[str]]) -> None:
    columns = find_columns(table, ("O*NET-SOC Code", "Title"), ("Description",))
    for row in table:
        code = columns.cell(row, "O*NET-SOC Code").strip()
        draft.occupation(
            Place(table.file, row.line),
            own_id=PREFIX + code if code else "",
            label=columns.cell(row, "Title"),
            aliases=titles.get(code, ()),
            description=blank_if_absent(columns.cell(row, "Description")),
            code=code,
            fields=Fields("O*NET-SOC Code", "Title", "Title", "Description"),
        )


def _add_requirements(draft: Draft, ratings: Ratings) -> None:
    for rating in ratings.whole():
        level = to_canonical(rating.level, Scale.ONET)
        if rating.importance <= 1:
            message = f"'{rating.element}' is of no importance to '{rating.code}'; it is not required."
            draft.findings.clean("no_importance_row", message, rating.at, "Data Value")
        elif level < ONET_LEAST_LEVEL:
            message = (
                f"'{rating.element}' is wanted at level {level:.2f} of 5 by '{rating.code}'; that asks for nothing."
            )
            draft.findings.clean("no_level_row", message, rating.at, "Data Value")
        else:
            need = onet_requirement(PREFIX + rating.element, rating.importance, level)
            draft.requirement(PREFIX + rating.code, need, rating.at, "O*NET-SOC Code")
