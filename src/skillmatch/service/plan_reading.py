"""Reading plans and scenarios: where to begin, what contradicts itself, who is away when, who gets a part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.domain.away import Away
from skillmatch.domain.errors import InputError, SkillmatchError
from skillmatch.domain.scenario import Cover, Demand, PlanLimits, Risk, Scenario, Ways
from skillmatch.domain.selection import Grouping, SelectionRates
from skillmatch.service.example import Choosing
from skillmatch.service.planning import Planning
from skillmatch.service.scenario_names import resolved

if TYPE_CHECKING:  # NumPy and SciPy are loaded by those who plan only
    from skillmatch.planning.contradictions import Contradiction
    from skillmatch.planning.plan_file import PlanFile

BEGIN_WEEKS = 40
"""By when a scenario to begin with wants its people ready, in weeks (our assumption)."""

MORE = 1.25
"""How many more people than today a scenario to begin with wants in its role (our assumption)."""


class PlanReading(Choosing, Planning):
    """What planners look at around plans."""

    def read_scenario(self, path: Path) -> Scenario:
        """A scenario from its file, with names resolved in this workspace. Raises ``InputError``."""
        from skillmatch.planning.scenario_file import read_scenario

        return resolved(read_scenario(path), self.snapshot(), path.name)

    def scenario_templates(self, *, as_of: date | None = None) -> tuple[Scenario, ...]:
        """Scenarios to begin with, of which no name is unknown here: ours for the demo, else two made of what is there.

        Raises ``SkillmatchError`` where nobody has a role that requires something.
        """
        from skillmatch.files.resources import resource

        with self._store.reading() as view:
            units = view.units()
        found = []
        for path in sorted(resource("data", "demo", "scenarios").glob("*.toml")):
            try:
                scenario = self.read_scenario(path)
            except SkillmatchError:
                continue  # it names what is not here: it was written for another organisation
            if all(unit in units for unit in scenario.units):
                found.append(scenario)
        return tuple(found) or self._made_here(as_of)

    def _made_here(self, as_of: date | None) -> tuple[Scenario, ...]:
        snapshot = self.snapshot()
        example = self.example()
        role = snapshot.roles[example.role_id]
        with self._store.reading() as view:
            doing = sum(person.role_id == role.id for person in view.people())
        day = self._day(snapshot, as_of) + timedelta(weeks=BEGIN_WEEKS)
        wanted = max(1, round(doing * MORE))
        limits = PlanLimits(budget=20_000.0, hours_per_week=5.0, most_away=5)
        grow = Scenario(f"More people as {role.title}"[:200], (Demand(role.id, wanted, day, ready=0.75),), limits)
        need = max(role.requirements, key=lambda item: (item.essential, item.weight, item.skill_id))
        label = snapshot.labels.get(need.skill_id, need.skill_id)
        keep = Scenario(
            f"{label}, also when people leave"[:200],
            (),
            replace(limits, budget=5_000.0),
            covers=(Cover(need.skill_id, need.level, max(1, doing // 2), day, leavers=1),),
            risk=Risk(completion=0.9, attrition=0.05),
            ways=Ways(recognise=True),
        )
        return grow, keep

    def list_contradictions(self, scenario: Scenario | Path, *, as_of: date | None = None) -> tuple[Contradiction, ...]:
        """Everything in a scenario that cannot be, where ``plan`` raises for the first. Raises for unknown names."""
        from skillmatch.planning.contradictions import contradictions
        from skillmatch.planning.setting import Setting

        given = self.read_scenario(scenario) if isinstance(scenario, Path) else scenario
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            named = resolved(given, snapshot, None)
            people = list(view.people(units=named.units or None))
        day = self._day(snapshot, as_of)
        return tuple(contradictions(Setting.of(named, people, snapshot.roles, snapshot.catalogue, day)))

    def selection_rates(self, file: PlanFile, by: Grouping = Grouping.UNIT) -> SelectionRates:
        """Which share of each group in the plan's scope it trains, recognises or moves; small groups are hidden."""
        from skillmatch.planning.selection import selection_rates

        scope = file.scenario
        wholes: Counter[str] = Counter()
        groups: dict[str, str] = {}
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            for person in view.people():
                group = person.unit if by is Grouping.UNIT else person.role_id or ""
                wholes[group] += 1
                inside = not scope.units or person.unit in scope.units
                if inside and (not scope.roles or person.role_id in scope.roles):
                    groups[person.id] = group
        names = {"": f"no {by.value}"}
        if by is Grouping.ROLE:
            names |= {role.id: role.title for role in snapshot.roles.values()}
        return selection_rates(file.plan, by, groups, wholes, names)


def weeks_away(file: PlanFile) -> Away:
    """How many people of each unit a plan has learning in each week, with its limit."""
    from skillmatch.planning.away import find_away

    return find_away(file.plan, file.scenario.limits.most_away)


def save_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a .toml file that reads back the same. Raises ``InputError``, ``WorkspaceError``."""
    from skillmatch.files.writing import write_text
    from skillmatch.planning.scenario_toml import scenario_toml

    if path.suffix.lower() != ".toml":
        raise InputError(f"'{path.name}' is no .toml file.", field="path", remedy="Let its name end with .toml.")
    write_text(path, scenario_toml(scenario))
