"""Import of roles, and roles that start from an occupation."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from skillmatch.domain.identity import OWN_SOURCE, make_id
from skillmatch.domain.report import ImportReport
from skillmatch.domain.role import Occupation, Requirement, RequirementState, Role
from skillmatch.interop.batch import Located
from skillmatch.interop.roles import read_roles
from skillmatch.service.intake import NOTHING, Account, ImportOptions, tables_in
from skillmatch.service.linking import Linking
from skillmatch.service.progress import Progress, of_stage
from skillmatch.service.resolve import Resolved, resolve
from skillmatch.service.snapshot import Snapshot
from skillmatch.store import Store


def import_roles(
    path: Path, options: ImportOptions, store: Store, snapshot: Snapshot, linking: Linking, progress: Progress
) -> ImportReport:
    """Import roles from a table with a row per requirement; a role with an unknown skill is rejected whole.

    A skill that is neither an id nor a name is matched, and the match noted; such a requirement is only
    *suggested*, whatever the file says, until a person governs it.
    """
    column_map = options.load_map()
    account = Account("roles", path.name, options)
    with tables_in(path, ("roles",), "roles") as tables:
        table = tables["roles"]
        progress(f"reading {table.file}", 0, 0)
        batch = read_roles(table, source=options.source, column_map=column_map)
    account.findings += batch.findings
    words = sorted({need.skill_id for item in batch.items for need in item.value.requirements})
    meanings = resolve(words, snapshot, linking.link_for(snapshot, of_stage(progress, "matching the skills of roles")))
    roles = [
        role for item in batch.items if (role := _mapped(item, table.file, meanings, account, snapshot)) is not None
    ]
    counted = NOTHING
    if account.may_write:
        with store.writing() as change:
            counted = change.put_roles(roles)
    requirements = sum(len(role.requirements) for role in roles)
    counts = {"roles": len(roles), "requirements": requirements}
    return account.report(counted, counts, applied=account.may_write)


def role_from(occupation: Occupation, external_id: str, title: str) -> Role:
    """A role that starts from an occupation: its requirements, all of them suggested."""
    return Role(
        id=make_id(OWN_SOURCE, external_id or slug(title or occupation.label)),
        title=title or occupation.label,
        description=occupation.description,
        occupation_id=occupation.id,
        requirements=tuple(replace(need, state=RequirementState.SUGGESTED) for need in occupation.requirements),
    )


def slug(title: str) -> str:
    """A title as an id: lower case letters and digits of any script, joined by hyphens."""
    return "-".join(re.findall(r"\w+", title.casefold()))


def _mapped(
    item: Located[Role], file: str, meanings: dict[str, Resolved], account: Account, snapshot: Snapshot
) -> Role | None:
    best: dict[str, Requirement] = {}
    for need in item.value.requirements:
        meaning = meanings.get(need.skill_id)
        if meaning is None:
            account.reject_skill(file, item.line, "skill", need.skill_id, snapshot.labels)
            return None
        mapped = replace(need, skill_id=meaning.skill_id)
        if not meaning.exact:
            label = snapshot.labels[meaning.skill_id]
            account.note_link(file, item.line, "skill", need.skill_id, label, meaning.probability)
            mapped = replace(mapped, state=RequirementState.SUGGESTED)
        other = best.get(mapped.skill_id)
        if other is None or mapped.level > other.level:
            best[mapped.skill_id] = mapped
    return replace(item.value, requirements=tuple(best.values()))
