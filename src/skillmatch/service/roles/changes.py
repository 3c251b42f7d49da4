"""Changes to one role at a time, as HR systems send them: by the rules of an import, in one transaction.

Words are matched to skills before the transaction, which may take a moment; whether the role is still the one that the
change was worked out for is asked inside it. What a named person decided about a requirement stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import check_id
from skillmatch.domain.roles.role import Requirement, RequirementState, Role
from skillmatch.domain.roles.role_history import RoleAction, differences, heed, last_decisions
from skillmatch.domain.skills.feedback import Context
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import of_stage, silent
from skillmatch.service.core.resolve import Resolved, resolve
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.core.words import TURNS, LinkedWords, overtaken, pointed, unknown_skill
from skillmatch.store import Change, Kind

FIELDS = ("title", "description", "occupation_id", "requirements")


@dataclass(frozen=True, slots=True)
class WrittenRole:
    """A role as it is stored now, and whether it was new.

    ``kept`` are the ids of skills whose requirement stayed as a named person had decided, against what was sent;
    ``linked`` the words that were matched: such requirements are only suggested, whatever was sent.
    """

    role: Role
    created: bool
    kept: tuple[str, ...]
    linked: tuple[LinkedWords, ...]


class RoleChanges:
    """One role written or removed at a time."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def write(self, role_id: str, change: Callable[[Role | None], Role], *, by: str, author: str = "") -> WrittenRole:
        """Add a role or change it.

        ``change`` is given the stored role (None where there is none) and returns it as it should be, or raises; it
        may be called again when others were quicker. Skills and the occupation may be named as usual. ``author`` is
        what the role's history says of who changed it, else ``by``. Raises ``InputError`` for a skill or an
        occupation that nobody knows.
        """
        check_id(role_id)
        for _ in range(TURNS):
            snapshot = self._context.snapshot()
            stored = snapshot.roles.get(role_id)
            wanted = change(stored)
            if wanted.id != role_id:
                raise ValueError("a change keeps the role's id")
            proposed, linked = self._in_skills(wanted, stored, snapshot)
            with self._context.store.writing() as writer:
                now = self._context.snapshots.current(writer)
                if now.roles.get(role_id) == stored and now.taxonomy_version == snapshot.taxonomy_version:
                    settled = _with_occupation(proposed, stored, writer, now)
                    role, kept, changed = _put(
                        writer, settled, stored, (author or by)[:200], self._context.day(now, None)
                    )
                    action = "roles.add" if stored is None else "roles.change"
                    self._audit.record(AccessNote(by, action, (), {"role": role_id, "fields": changed}))
                    return WrittenRole(role, stored is None, kept, linked)
        raise overtaken(role_id)

    def remove(self, role_id: str, *, allow: Callable[[Role], None], by: str, author: str = "") -> None:
        """Remove a role; its history stays, and what people decided about it counts again if it comes back.

        ``allow`` is given the stored role inside the transaction; what it raises stops the removal. Raises
        ``NotFoundError``, and ``ConflictError`` for a role that people have.
        """
        with self._context.store.writing() as writer:
            snapshot = self._context.snapshots.current(writer)
            stored = snapshot.roles.get(role_id)
            if stored is None:
                raise NotFoundError("role", role_id, lookups.near_ids(role_id, snapshot.roles))
            allow(stored)
            if writer.is_somebodys_role(role_id):
                raise ConflictError(f"people have the role '{role_id}'.", remedy="Give them another one first.")
            bare = replace(stored, requirements=())
            signed = (author or by)[:200]
            writer.append_role_changes(
                differences(stored, bare, RoleAction.IMPORTED, signed, self._context.day(snapshot, None))
            )
            writer.remove(Kind.ROLE, role_id)
            self._audit.record(AccessNote(by, "roles.remove", (), {"role": role_id}))

    def _in_skills(self, wanted: Role, stored: Role | None, snapshot: Snapshot) -> tuple[Role, tuple[LinkedWords, ...]]:
        """The role with our ids of its skills, and the words that had to be matched for that."""
        there = {} if stored is None else {need.skill_id: Resolved(need.skill_id, 1.0) for need in stored.requirements}
        words = [need.skill_id for need in wanted.requirements if need.skill_id not in there]
        link = self._context.linking.link_for(snapshot, of_stage(silent, "matching"), Context.REQUIREMENT)
        meanings = resolve(words, snapshot, link, Context.REQUIREMENT) | there
        linked = tuple(
            LinkedWords(given, found.skill_id, snapshot.labels[found.skill_id], found.probability)
            for given, found in meanings.items()
            if not found.exact
        )
        return replace(wanted, requirements=_mapped(wanted, meanings, snapshot)), linked


def _put(
    writer: Change, wanted: Role, stored: Role | None, author: str, day: date
) -> tuple[Role, tuple[str, ...], list[str]]:
    """Keep a role as far as nobody decided otherwise; what was kept against it, and the fields that are other now."""
    decisions = last_decisions(writer.role_changes(wanted.id))
    role, kept = heed(wanted, stored, decisions, suggesting=False)
    changed = [name for name in FIELDS if stored is None or getattr(role, name) != getattr(stored, name)]
    if changed:
        writer.put_roles([role])
    if stored is not None:
        writer.append_role_changes(differences(stored, role, RoleAction.IMPORTED, author, day))
    return role, kept, changed


def _mapped(wanted: Role, meanings: Mapping[str, Resolved], snapshot: Snapshot) -> tuple[Requirement, ...]:
    """The requirements by skill; of two that mean the same skill the one with the higher level, as in an import."""
    best: dict[str, Requirement] = {}
    for place, need in enumerate(wanted.requirements):
        meaning = meanings.get(need.skill_id)
        if meaning is None:
            raise unknown_skill(need.skill_id, f"requirements/{place}/skill", snapshot)
        state = need.state if meaning.exact else RequirementState.SUGGESTED
        mapped = replace(need, skill_id=meaning.skill_id, state=state)
        other = best.get(mapped.skill_id)
        if other is None or mapped.level > other.level:
            best[mapped.skill_id] = mapped
    return tuple(best.values())


def _with_occupation(wanted: Role, stored: Role | None, writer: Change, snapshot: Snapshot) -> Role:
    given = wanted.occupation_id
    if given is None or (stored is not None and given == stored.occupation_id):
        return wanted
    with pointed("occupation_id"):
        return replace(wanted, occupation_id=lookups.find_occupation(writer, snapshot, given).id)
