"""From what people type to the thing they mean: a person, role, occupation or skill by id or by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.person import Person, StoredPerson
from skillmatch.domain.roles.role import Occupation, Role
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Kind, View
from skillmatch.taxonomy.following import follow_requirements


def find_person(view: View, given: str, *, suggest: bool = True) -> StoredPerson:
    """A person by our id, or by the customer's own id when only one source uses it.

    An error names near ids unless ``suggest`` is False, for those who may not know of everybody.
    """
    found = view.find_ids(Kind.PERSON, given)
    if len(found) > 1:
        remedy = f"Say which: {', '.join(found)}." if suggest else "Say which: source/id."
        raise ConflictError(f"'{given}' is the id of {len(found)} people.", remedy=remedy)
    try:
        return view.person(found[0] if found else given)
    except NotFoundError:
        raise NotFoundError("person", given, near_ids(given, view.ids(Kind.PERSON)) if suggest else ()) from None


def person_of(view: View, snapshot: Snapshot, given: str | Person) -> Person:
    """The person that a name means, or one that was looked up before."""
    return given if isinstance(given, Person) else snapshot.person(find_person(view, given))


def find_role(snapshot: Snapshot, given: str) -> Role:
    """A role by our id, by the customer's own id, or by its title."""
    roles = snapshot.roles
    if given in roles:
        return roles[given]
    by_id = [role for role in roles.values() if role.id.partition("/")[2] == given]
    found = by_id or [role for role in roles.values() if fold(role.title) == fold(given)]
    if len(found) > 1:
        remedy = f"Say which: {', '.join(role.id for role in found)}."
        raise ConflictError(f"'{given}' names {len(found)} roles.", remedy=remedy)
    if not found:
        names = {role.title: role.id for role in roles.values()} | {role.id: role.id for role in roles.values()}
        raise NotFoundError("role", given, near_ids(given, names))
    return found[0]


def find_credential(snapshot: Snapshot, given: str) -> Credential:
    """A credential by our id, by the customer's own id, or by its title."""
    credentials = snapshot.catalogue.credentials
    if given in credentials:
        return credentials[given]
    by_id = [item for item in credentials.values() if item.id.partition("/")[2] == given]
    found = by_id or [item for item in credentials.values() if fold(item.title) == fold(given)]
    if len(found) > 1:
        remedy = f"Say which: {', '.join(item.id for item in found[:8])}."
        raise ConflictError(f"'{given}' names {len(found)} credentials.", remedy=remedy)
    if not found:
        raise NotFoundError("credential", given, near_ids(given, [item.title for item in credentials.values()]))
    return found[0]


def find_occupation(view: View, snapshot: Snapshot, given: str) -> Occupation:
    """An occupation of the active taxonomy by its id, label or alias; an exact label wins over aliases."""
    record = snapshot.record
    if record is None:
        raise no_taxonomy()
    listing = view.occupations(record.name, record.version)
    wanted = fold(given)
    by_id = [item.id for item in listing if item.id == given]
    by_label = [item.id for item in listing if fold(item.label) == wanted]
    found = by_id or by_label or [item.id for item in listing if wanted in map(fold, item.aliases)]
    if len(found) > 1:
        labels = {item.id: item.label for item in listing}
        remedy = "Say which: " + "; ".join(f"{labels[item]} ({item})" for item in found[:8]) + "."
        raise ConflictError(f"'{given}' names {len(found)} occupations.", remedy=remedy)
    if not found:
        raise NotFoundError("occupation", given, near_ids(given, [item.label for item in listing]))
    item = view.occupation(record.name, record.version, found[0])
    return replace(item, requirements=follow_requirements(item.requirements, snapshot.overlaid.meanings))


def no_taxonomy() -> ConflictError:
    """The error for whatever needs a taxonomy where none was imported."""
    return ConflictError(
        "the workspace has no taxonomy yet.",
        remedy="Import one with 'skillmatch taxonomy import esco|onet|table PATH'.",
    )


def find_skill(snapshot: Snapshot, given: str) -> Skill:
    """A skill by its id (that of one which was merged into it too), label or alias; those in use come first."""
    skills = snapshot.taxonomy.skills
    meant = snapshot.overlaid.meant(given)
    if meant in skills:
        return skills[meant]
    found = snapshot.taxonomy.by_name.get(fold(given), ())
    if not found:
        raise NotFoundError("skill", given, near_labels(snapshot.labels, given))
    return next((skills[skill_id] for skill_id in found if not skills[skill_id].deprecated), skills[found[0]])


def near_labels(labels: Mapping[str, str], given: str) -> list[str]:
    """Labels of skills that are spelled like what was given, or hold its words."""
    wanted = fold(given)
    holding = [label for label in labels.values() if wanted and wanted in fold(label)]
    return sorted(holding, key=lambda label: (len(label), label))[:3] or near_ids(given, labels.values())


def near_ids(given: str, names: Iterable[str]) -> list[str]:
    """At most three ids or names that are spelled alike; one that holds what was given comes first."""
    listed = list(names)
    wanted = fold(given)
    holding = sorted((name for name in listed if wanted and wanted in fold(name)), key=lambda name: (len(name), name))
    folded = {fold(name): name for name in listed}
    alike = [folded[name] for name in difflib.get_close_matches(wanted, folded, n=3, cutoff=0.6)]
    return list(dict.fromkeys([*holding[:3], *alike]))[:3]
