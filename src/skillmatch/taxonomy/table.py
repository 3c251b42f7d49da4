"""Our own format for taxonomies: a few tables that a person can write in a spreadsheet.

A folder or zip holds these files, each as .csv, .tsv or .xlsx; only the first is needed, and it can also stand alone:

    skills        id, label; aliases, description, type, broader, field, deprecated
    relations     from, relation, to
    occupations   id, label; aliases, description, code
    requirements  occupation, skill, level; weight, kind
    taxonomy.toml name, version

Columns after a semicolon may be missing or blank. ``type`` is skill (when blank), knowledge or transversal;
``broader`` and ``aliases`` are lists with " | " between; ``deprecated`` is yes or no; ``relation`` is essential
(from needs to), optional (to helps from) or related; ``level`` is on 0-5; ``weight`` is 1 and ``kind`` essential when
blank. Without ``taxonomy.toml`` the folder gives the name and a hash of the content the version.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.bundle import Bundle, open_bundle
from skillmatch.files.tables import Table, open_table
from skillmatch.taxonomy.draft import Draft
from skillmatch.taxonomy.reading import Findings, Progress, Reading, Steps
from skillmatch.taxonomy.table_content import content_version
from skillmatch.taxonomy.table_parts import read_occupations, read_relations, read_requirements, read_skills
from skillmatch.taxonomy.versions import own_name

PARTS = ("skills", "relations", "occupations", "requirements")
ENDINGS = (".csv", ".tsv", ".xlsx")
SETTINGS = "taxonomy.toml"


def read_table(
    path: Path, *, name: str | None = None, version: str | None = None, progress: Progress | None = None
) -> Reading:
    """Read a taxonomy in our own format from a folder, a zip, or a single table of skills.

    Rows that break a rule are in the findings as rejected and not in the taxonomy. Raises ``InputError`` when there
    is no table of skills, when a column is missing or when a file cannot be read at all.
    """
    findings = Findings()
    draft = Draft(findings, strict=True)
    steps = Steps(progress, len(PARTS) + 1)
    stated: dict[str, str] = {}
    with _tables(path) as (tables, settings):
        if settings is not None:
            stated = _read_settings(settings, findings)
        for part, read in zip(PARTS, (read_skills, read_relations, read_occupations, read_requirements), strict=True):
            steps.begin(part)
            if part in tables:
                read(tables[part], draft)
    steps.begin("checks")
    known = version or stated.get("version")
    reading = draft.finish(name or stated.get("name") or own_name(path)[:100], known or "unversioned")
    if known is None:
        taxonomy = reading.taxonomy
        reading = replace(reading, taxonomy=replace(taxonomy, version=content_version(taxonomy)))
    steps.begin("done")
    return reading


@contextmanager
def _tables(path: Path) -> Iterator[tuple[dict[str, Table], Path | None]]:
    """The tables by their part and the path of the settings, readable until the block ends."""
    if path.suffix.lower() in (*ENDINGS, ".txt") and not path.is_dir():
        yield {"skills": open_table(path)}, None
        return
    with open_bundle(path) as bundle:
        found = {part: _find(bundle, part) for part in PARTS}
        if found["skills"] is None:
            names = bundle.names()
            there = ", ".join(f"'{name[:60]}'" for name in names[:10]) + (" ..." if len(names) > 10 else "")
            raise InputError(
                f"holds no skills.csv (or .tsv, .xlsx); it holds {there or 'nothing'}.",
                remedy="Give a folder with a table of skills, or the table itself.",
                place=Place(file=bundle.name),
            )
        settings = bundle.find(SETTINGS)
        yield (
            {part: bundle.table(name) for part, name in found.items() if name is not None},
            bundle.path(settings) if settings else None,
        )


def _find(bundle: Bundle, part: str) -> str | None:
    found = [name for name in (bundle.find(part + ending) for ending in ENDINGS) if name]
    if len(found) > 1:
        raise InputError(
            f"holds '{found[0]}' and '{found[1]}'.",
            remedy="Keep the one that counts.",
            place=Place(file=bundle.name),
        )
    return found[0] if found else None


def _read_settings(path: Path, findings: Findings) -> dict[str, str]:
    place = Place(file=SETTINGS)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("is not UTF-8.", remedy="Save the file as UTF-8.", place=place) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not TOML ({error}).", remedy='Write lines like: name = "Ours"', place=place) from None
    stated: dict[str, str] = {}
    for key, value in content.items():
        if key not in ("name", "version"):
            findings.note("unknown_key", f"'{key[:40]}' means nothing here and was not read.", place, key)
        elif not isinstance(value, str) or not value.strip():
            remedy = f'Write it in quotes: {key} = "..."'
            raise InputError("needs a text.", remedy=remedy, place=Place(file=SETTINGS, field=key))
        else:
            stated[key] = value.strip()
    return stated
