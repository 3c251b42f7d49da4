"""Import of roles, and roles that start from an occupation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from skillmatch.domain.base.identity import OWN_SOURCE, make_id
from skillmatch.domain.base.report import Finding, ImportReport, Severity
from skillmatch.domain.roles.role import Occupation, Requirement, RequirementState, Role
from skillmatch.domain.roles.role_history import RoleAction, RoleChange, differences, heed, last_decisions
from skillmatch.domain.skills.feedback import Context
from skillmatch.interop.batch import Located
from skillmatch.interop.roles import read_roles
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.resolve import Resolved, resolve
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import NOTHING, Account, ImportOptions, tables_in
from skillmatch.store import Change, Store, Upserted


def import_roles(
    path: Path,
    options: ImportOptions,
    store: Store,
    snapshot: Snapshot,
    linking: Linking,
    progress: Progress,
    day: date,
) -> ImportReport:
    """Import roles from a table with a row per requirement; a role with an unknown skill is rejected whole.

    A skill that is neither an id nor a name is matched, and the match noted; such a requirement is only
    *suggested*, whatever the file says, until a person governs it. What a named person decided about a requirement
    stays as it is, and the report says so.
    """
    column_map = options.load_map()
    account = Account("roles", path.name, options)
    with tables_in(path, ("roles",), "roles", options, column_map) as tables:
        table = tables["roles"]
        progress(f"reading {table.file}", 0, 0)
        batch = read_roles(table, source=options.source, column_map=column_map, names=snapshot.taxonomy.by_name)
    account.findings += batch.findings
    words = sorted({need.skill_id for item in batch.items for need in item.value.requirements})
    matching = of_stage(progress, "matching the skills of roles")
    link = linking.link_for(snapshot, matching, Context.REQUIREMENT)
    meanings = resolve(words, snapshot, link, Context.REQUIREMENT)
    roles = [
        role for item in batch.items if (role := _mapped(item, table.file, meanings, account, snapshot)) is not None
    ]
    counted = NOTHING
    if account.may_write:
        with store.writing() as change:
            counted = _put(change, roles, path.name, day, account, snapshot)
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


def _put(change: Change, roles: list[Role], file: str, day: date, account: Account, snapshot: Snapshot) -> Upserted:
    """Write roles, but for what people decided; what changes in those that were there goes into their history."""
    before = change.roles()
    history: dict[str, list[RoleChange]] = {}
    for one in change.role_changes():
        history.setdefault(one.role_id, []).append(one)
    later: list[Role] = []
    changes: list[RoleChange] = []
    for role in roles:
        decisions = last_decisions(history.get(role.id, ()))
        kept, against = heed(role, before.get(role.id), decisions, suggesting=False)
        later.append(kept)
        if role.id in before:
            changes += differences(before[role.id], kept, RoleAction.IMPORTED, f"file {file}"[:200], day)
        for skill_id in against:
            label, one = snapshot.labels.get(skill_id, skill_id), decisions[skill_id]
            message = f"'{label}' of role '{role.title}' stays as {one.author} decided on {one.on}."
            account.findings.append(Finding("kept_decision", Severity.NOTE, message))
    counted = change.put_roles(later)
    change.append_role_changes(changes)
    return counted


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
