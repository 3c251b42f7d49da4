"""Names in scenarios: titles and the customer's own ids become ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from skillmatch.domain.errors import InputError, NotFoundError
from skillmatch.domain.scenario import Scenario
from skillmatch.service import lookups
from skillmatch.service.snapshot import Snapshot

T = TypeVar("T")


def resolved(scenario: Scenario, snapshot: Snapshot, file: str | None) -> Scenario:
    """The scenario with our ids in place of titles and the customer's own ids."""

    def found(key: str, name: str, find: Callable[[Snapshot, str], T]) -> T:
        try:
            return find(snapshot, name)
        except NotFoundError as error:
            raise InputError(error.message, field=key, remedy=error.remedy).at(file=file) from None

    def credential(key: str, name: str) -> str:
        return found(key, name, lookups.find_credential).id

    limits = scenario.limits
    return replace(
        scenario,
        demands=tuple(
            replace(item, role_id=found(f"demands[{number}].role", item.role_id, lookups.find_role).id)
            for number, item in enumerate(scenario.demands)
        ),
        covers=tuple(
            replace(item, skill_id=found(f"covers[{number}].skill", item.skill_id, lookups.find_skill).id)
            for number, item in enumerate(scenario.covers)
        ),
        roles=tuple(found("roles", item, lookups.find_role).id for item in scenario.roles),
        limits=replace(
            limits,
            seats={credential("limits.seats", name): count for name, count in limits.seats.items()},
            must={credential("limits.must", name): count for name, count in limits.must.items()},
            must_not=tuple(credential("limits.must_not", name) for name in limits.must_not),
        ),
    )
