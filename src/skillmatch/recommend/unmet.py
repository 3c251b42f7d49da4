"""Demand that nobody teaches: what a team needs, held against what the catalogue leads to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from statistics import median

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status, rounded
from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.catalogue.unmet import Brief, Unmet
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.team.team import MINIMUM_GROUP, SupplyLine, Team
from skillmatch.gaps.reach import attains
from skillmatch.recommend.lift import teaches

USUAL_HOURS_PER_LEVEL = 12.0
"""What one level of one skill takes where no credential states its hours (our assumption)."""

ENOUGH_IN_FIELD = 3
"""From so many credentials of a skill's own field on, their hours are taken instead of those of all fields."""


def find_unmet(
    team: Team,
    catalogue: Catalogue,
    skills: Mapping[str, Skill],
    latest_end: date,
    hours_per_week: float,
) -> Unmet:
    """Briefs for the skills that a team wants and that no credential still on offer teaches to within the level.

    A skill is left out when nobody needs it any more; where it may not be told how many do, it stays in. The hours
    of one learner are the levels still to go times the hours that credentials take for a level of a skill (median
    of the skill's field, see ``hours_per_level``). The levels to go are the mean over those who need it where these
    are enough people to be shown together, else all of the level, as from nothing. Raises ``InputError`` for hours
    per week that are not above 0 or a ``latest_end`` before the team's day.
    """
    checks.number(hours_per_week, "hours_per_week", least=0.1, most=168, unit="hours")
    checks.ordered(team.as_of, latest_end, "by")
    on_offer = [item for item in catalogue.credentials.values() if _still_on_offer(item, team.as_of)]
    reached = _reached(on_offer)
    per_level = hours_per_level(on_offer, skills)
    briefs = []
    wanted = team.together()
    for line in wanted:
        taught_to = reached.get(line.skill_id)
        if line.needed == 0 or (taught_to is not None and attains(taught_to, line.level)):
            continue
        skill = skills.get(line.skill_id)
        field = "" if skill is None else skill.field
        hours = float(ceil(rounded(_levels_to_go(line) * per_level.get(field, per_level[""]))))
        start = latest_end - timedelta(weeks=ceil(rounded(hours / hours_per_week))) + timedelta(days=1)
        briefs.append(
            Brief(
                skill_id=line.skill_id,
                label=line.label,
                description="" if skill is None else skill.description,
                level=line.level,
                taught_to=taught_to,
                wanted=line.wanted,
                learners=line.needed,
                hours=hours,
                latest_start=start if start > team.as_of else None,
                latest_end=latest_end,
            )
        )
    briefs.sort(key=lambda brief: (-(brief.learners or 0), -brief.wanted, brief.skill_id))
    status, detail = (Status.OK, "") if briefs else (Status.NOTHING_TO_CLOSE, "everything that is needed is taught")
    if team.status is Status.INSUFFICIENT_DATA:
        status, detail = team.status, team.detail
    return Unmet(status, detail, tuple(briefs), len(wanted), hours_per_week, team.as_of, team.versions)


def hours_per_level(credentials: list[Credential], skills: Mapping[str, Skill]) -> dict[str, float]:
    """The median hours for one level of one skill, by field; under "" that of all fields together.

    A credential's hours are divided by the sum of the levels that it leads to, as though from nothing: a lower bound
    for those that build on others.
    """
    found: dict[str, list[float]] = {"": []}
    for item in credentials:
        taught = [outcome for outcome in item.outcomes if teaches(outcome)]
        levels = sum(outcome.level for outcome in taught)
        if item.hours and levels:
            found[""].append(item.hours / levels)
            for field in {skills[outcome.skill_id].field for outcome in taught if outcome.skill_id in skills} - {""}:
                found.setdefault(field, []).append(item.hours / levels)
    usual = {field: median(hours) for field, hours in found.items() if len(hours) >= ENOUGH_IN_FIELD}
    usual[""] = median(found[""]) if found[""] else USUAL_HOURS_PER_LEVEL
    return usual


def _levels_to_go(line: SupplyLine) -> float:
    if line.needed is None or line.needed < MINIMUM_GROUP or line.coverage is None:
        return line.level
    # What the wanted ones lack in all, as shares of the level, divided among those who lack it.
    lacking = min(1.0, (1.0 - line.coverage) * line.wanted / line.needed)
    return line.level * lacking


def _still_on_offer(credential: Credential, day: date) -> bool:
    if credential.valid_until is not None and credential.valid_until < day:
        return False
    return not credential.offerings or any(item.start >= day and item.seats != 0 for item in credential.offerings)


def _reached(credentials: list[Credential]) -> dict[str, float]:
    """The highest level to which each skill is taught."""
    found: dict[str, float] = {}
    for item in credentials:
        for outcome in item.outcomes:
            if teaches(outcome):
                found[outcome.skill_id] = max(found.get(outcome.skill_id, 0.0), outcome.level)
    return found
