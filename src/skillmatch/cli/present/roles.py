"""Suggested requirements, a role's history, and two roles beside each other, as people read them."""

from __future__ import annotations

from skillmatch.cli.present.screen import Screen, level, share
from skillmatch.cli.present.things import show_list
from skillmatch.domain.base.answer import Status
from skillmatch.domain.roles.role_comparison import RoleComparison
from skillmatch.domain.roles.role_history import RoleHistory, terms
from skillmatch.domain.roles.role_suggestion import RoleSuggestion


def show_suggestion(screen: Screen, found: RoleSuggestion) -> None:
    """What was read, with the words it rests on, and what stays as people decided."""
    screen.heading(f"{found.role.title} ({found.role.id})")
    if found.status is Status.INSUFFICIENT_DATA:
        screen.line(f"Nothing can be suggested: {found.detail}. The role was left as it is.")
        return
    for item in found.items:
        need = item.requirement
        state = "" if item.taken else "; not taken, people decided otherwise"
        said = (
            f"{item.label}: level {level(need.level)} ({item.level_basis}), weight {need.weight:g}, {need.kind.value}"
        )
        screen.item(f"{said}{state}")
        screen.line(f'"{item.quote}"', style="dim", indent=2)
    if found.kept:
        screen.line(f"{len(found.kept)} requirements stay as they were decided.")


def show_history(screen: Screen, found: RoleHistory) -> None:
    """Each change in two lines: what, by whom and why; from what to what."""
    screen.heading(found.headline())
    for change in found.changes:
        label = found.labels.get(change.skill_id, change.skill_id)
        why = f": {change.note}" if change.note else ""
        screen.line(f"{change.number}. {label} {change.action.value} by {change.author}, {change.on}{why}")
        screen.line(f"{terms(change.before) or 'not required'} -> {terms(change.after) or 'not required'}", indent=3)


def show_comparison(screen: Screen, found: RoleComparison) -> None:
    """The skills of both, common ones first."""
    screen.heading(f"{found.a_title} and {found.b_title}: {share(found.similarity)} alike")
    rows = [
        (
            skill.label,
            "" if skill.level_a is None else level(skill.level_a),
            "" if skill.level_b is None else level(skill.level_b),
            "" if skill.difference is None else f"{skill.difference:+g}",
        )
        for skill in found.skills
    ]
    show_list(screen, ("Skill", ">First", ">Second", ">Difference"), rows, len(rows), "Neither requires anything.")
