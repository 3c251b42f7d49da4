"""Governing roles: requirements are suggested by texts and occupations, decided by people, and every change is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.base.identity import OWN_SOURCE, make_id
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState, Role
from skillmatch.domain.roles.role_comparison import RoleComparison
from skillmatch.domain.roles.role_history import RoleAction, RoleChange, RoleHistory, differences, heed, last_decisions
from skillmatch.domain.roles.role_suggestion import RoleSuggestion, SuggestedRequirement
from skillmatch.domain.text.extraction import Demand, Extraction, FoundSkill, Years
from skillmatch.recommend.likeness import compare_roles
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.imports.imports import Imports
from skillmatch.service.imports.roles import role_from, slug
from skillmatch.service.matching.extraction import TextMatching
from skillmatch.service.roles.changes import RoleChanges
from skillmatch.store import Change

MOST_AUTHOR = 200


class Roles:
    """Roles and what people decide about them. Nothing that is imported or suggested overrules a named person."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail, imports: Imports) -> None:
        self._context = context
        self._matching = TextMatching(context)
        changes = RoleChanges(context, audit)
        self.write = changes.write
        self.remove = changes.remove
        self.import_from = imports.roles

    def all(self) -> list[Role]:
        """All roles, by id.

        >>> len(workspace.roles.all())
        41
        """
        return [role for _, role in sorted(self._context.snapshot().roles.items())]

    def get(self, given: str) -> Role:
        """A role by id or title. Raises ``NotFoundError``, which names near ones.

        >>> workspace.roles.get("R-B03").title
        'Unit leader, dementia care home'
        """
        return lookups.find_role(self._context.snapshot(), given)

    def from_occupation(self, occupation: str, *, role_id: str = "", title: str = "", on: date | None = None) -> Role:
        """Make a role from an occupation of the active taxonomy and keep it; its requirements are suggestions.

        Where the role is there already, what is governed or was decided about it stays as it is. Raises
        ``NotFoundError`` for an unknown occupation.
        """
        day = on or self._context.today()
        with self._context.store.writing() as change:
            found = lookups.find_occupation(change, self._context.snapshots.current(change), occupation)
            role, _ = _keep(change, role_from(found, role_id, title), f"occupation {found.label}"[:MOST_AUTHOR], day)
        return role

    def from_text(self, source: str | Path, *, title: str, role_id: str = "", on: date | None = None) -> RoleSuggestion:
        """Suggest the requirements of a role from a job advert: a text, or the path of a document; and keep them.

        Each rests on a quote, which the role's history keeps. What is governed or was decided stays as it is, and
        suggested requirements that the text does not name any more go. Where the text asks for nothing that is a
        skill, the status is ``insufficient_data`` and nothing is changed.
        """
        day = on or self._context.today()
        found = self._matching.extract(source)
        items = suggest_requirements(found)
        own_id = make_id(OWN_SOURCE, role_id or slug(title))
        name = source.name if isinstance(source, Path) else found.name
        proposed = Role(own_id, title, requirements=tuple(item.requirement for item in items))
        if not items:
            detail = found.detail or "the text asks for no skill of the taxonomy"
            return RoleSuggestion(
                self._context.snapshot().roles.get(own_id, proposed), name, Status.INSUFFICIENT_DATA, detail, ()
            )
        with self._context.store.writing() as change:
            notes = {item.requirement.skill_id: item.quote for item in items}
            role, kept = _keep(change, proposed, f"text {name}"[:MOST_AUTHOR], day, notes)
        taken = tuple(replace(item, taken=item.requirement in role.requirements) for item in items)
        return RoleSuggestion(role, name, found.status, found.detail, taken, kept)

    def govern_requirement(
        self,
        role: str,
        skill: str,
        *,
        author: str,
        level: float | None = None,
        weight: float | None = None,
        essential: bool | None = None,
        reason: str = "",
        on: date | None = None,
    ) -> RoleHistory:
        """Say what a role requires of a skill; what is not given stays, or is weight 1 and essential for a new one.

        Raises ``InputError`` for a new requirement without a level.
        """
        day = on or self._context.today()
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            stored, skill_id = lookups.find_role(snapshot, role), lookups.find_skill(snapshot, skill).id
            before = _requirement(stored, skill_id)
            if before is None and level is None:
                message = f"{stored.title} does not require this skill yet, so its level must be said."
                raise InputError(message, field="level", remedy="Give the level wanted, above 0 and at most 5.")
            now = before or Requirement(skill_id, level or 0.0)
            kind = now.kind if essential is None else _kind(essential=essential)
            after = replace(
                now,
                level=now.level if level is None else level,
                weight=now.weight if weight is None else weight,
                kind=kind,
                state=RequirementState.GOVERNED,
            )
            _decide(
                change, stored, RoleChange(stored.id, skill_id, RoleAction.GOVERNED, author, day, before, after, reason)
            )
        return self.history(role)

    def accept_requirement(
        self, role: str, skill: str | None = None, *, author: str, reason: str = "", on: date | None = None
    ) -> RoleHistory:
        """Take a suggested requirement as it is, or all of a role's; from then on it is governed.

        Raises ``NotFoundError`` where the role does not require the skill.
        """
        day = on or self._context.today()
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            stored = lookups.find_role(snapshot, role)
            if skill is None:
                needs = [need for need in stored.requirements if need.state is RequirementState.SUGGESTED]
            else:
                needs = [_required(stored, lookups.find_skill(snapshot, skill).id, skill)]
            for need in needs:
                after = replace(need, state=RequirementState.GOVERNED)
                done = RoleChange(stored.id, need.skill_id, RoleAction.ACCEPTED, author, day, need, after, reason)
                stored = _decide(change, stored, done)
        return self.history(role)

    def reject_requirement(
        self, role: str, skill: str, *, author: str, reason: str = "", on: date | None = None
    ) -> RoleHistory:
        """Take a requirement out of a role for good: no import and no suggestion brings it back, only a person.

        Raises ``NotFoundError`` where the role does not require the skill.
        """
        day = on or self._context.today()
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            stored = lookups.find_role(snapshot, role)
            need = _required(stored, lookups.find_skill(snapshot, skill).id, skill)
            done = RoleChange(stored.id, need.skill_id, RoleAction.REJECTED, author, day, need, None, reason)
            _decide(change, stored, done)
        return self.history(role)

    def history(self, role: str) -> RoleHistory:
        """Who changed what about a role's requirements, in order. Raises ``NotFoundError``.

        >>> workspace.roles.history("R-B03").role_id
        'own/R-B03'
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = lookups.find_role(snapshot, role)
            return RoleHistory(found.id, found.title, view.role_changes(found.id), snapshot.labels)

    def compare(self, a: str, b: str) -> RoleComparison:
        """Two roles beside each other: skills in common, of one alone, differences of level, similarity.

        Raises ``NotFoundError``.

        >>> workspace.roles.compare("R-B01", "R-B01").similarity
        1.0
        """
        snapshot = self._context.snapshot()
        return compare_roles(lookups.find_role(snapshot, a), lookups.find_role(snapshot, b), snapshot.labels)


def _keep(
    change: Change, proposed: Role, author: str, on: date, notes: dict[str, str] | None = None
) -> tuple[Role, tuple[str, ...]]:
    """Keep a suggested role as far as nobody decided otherwise, and say in its history what is new."""
    earlier = change.roles().get(proposed.id)
    decisions = last_decisions(change.role_changes(proposed.id))
    role, kept = heed(proposed, earlier, decisions, suggesting=True)
    change.put_roles([role])
    change.append_role_changes(differences(earlier, role, RoleAction.SUGGESTED, author, on, notes))
    return role, kept


def _decide(change: Change, role: Role, decided: RoleChange) -> Role:
    """The role with one requirement as decided, kept together with the decision."""
    needs = [decided.after if need.skill_id == decided.skill_id else need for need in role.requirements]
    if decided.before is None:
        needs.append(decided.after)
    later = replace(role, requirements=tuple(need for need in needs if need is not None))
    change.put_roles([later])
    change.append_role_changes([decided])
    return later


def _requirement(role: Role, skill_id: str) -> Requirement | None:
    return next((need for need in role.requirements if need.skill_id == skill_id), None)


def _required(role: Role, skill_id: str, given: str) -> Requirement:
    found = _requirement(role, skill_id)
    if found is None:
        raise NotFoundError(f"requirement of {role.title}", given, [need.skill_id for need in role.requirements[:3]])
    return found


def _kind(*, essential: bool) -> RequirementKind:
    return RequirementKind.ESSENTIAL if essential else RequirementKind.OPTIONAL


WEIGHT = {Demand.REQUIRED: 1.0, Demand.UNSTATED: 0.7, Demand.PREFERRED: 0.5, Demand.NICE_TO_HAVE: 0.25}
"""What a skill weighs by how strongly the text asks for it (our assumption)."""

ESSENTIAL = frozenset({Demand.REQUIRED, Demand.UNSTATED})
"""What an advert names without a word like "nice to have" is taken as what the work is about (our assumption)."""

USUAL_LEVEL = {Demand.REQUIRED: 3.0, Demand.UNSTATED: 3.0, Demand.PREFERRED: 2.0, Demand.NICE_TO_HAVE: 2.0}
"""The level where the text gives no sign of one: independent for what is asked for, else basic (our assumption)."""

LEVEL_OF_YEARS = ((8.0, 5.0), (3.0, 4.0), (1.0, 3.0), (0.0, 2.0))
"""From so many years of experience on such a level, highest first. Our assumption: years are weak evidence of skill."""


def suggest_requirements(found: Extraction) -> tuple[SuggestedRequirement, ...]:
    """The requirements that an advert suggests, in the order of the extraction; what it denies is left out."""
    return tuple(_suggested(skill) for skill in found.skills if not skill.negated)


def level_of(years: Years) -> float:
    """The level (0-5) that so many years of experience stand for."""
    return next(level for least, level in LEVEL_OF_YEARS if years.least >= least)


def _suggested(skill: FoundSkill) -> SuggestedRequirement:
    if skill.level:  # a cue of level 0 asks for nothing that could be required
        level, basis = skill.level, "cue"
    elif skill.years is not None:
        level, basis = level_of(skill.years), "years"
    else:
        level, basis = USUAL_LEVEL[skill.demand], "assumed"
    kind = RequirementKind.ESSENTIAL if skill.demand in ESSENTIAL else RequirementKind.OPTIONAL
    return SuggestedRequirement(
        requirement=Requirement(skill.skill_id, level, WEIGHT[skill.demand], kind, RequirementState.SUGGESTED),
        label=skill.label,
        demand=skill.demand,
        years=skill.years,
        probability=skill.probability,
        level_basis=basis,
        quote=skill.quote,
    )
