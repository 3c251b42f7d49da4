"""Which credentials bear on a role at all: worked out once per role, used for every person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from skillmatch.domain.advice import Preference
from skillmatch.domain.credential import Catalogue, Credential, Outcome
from skillmatch.domain.gap import Gap
from skillmatch.domain.role import Requirement, Role


class Hit(NamedTuple):
    """A requirement that a credential teaches: ``worth`` is the coverage that closing all of it is expected to add."""

    need: Requirement
    outcome: Outcome
    worth: float


class Candidate(NamedTuple):
    """A credential with the requirements of one role that it teaches, and the ``effort`` that divides its gain."""

    credential: Credential
    hits: tuple[Hit, ...]
    effort: float


class RoleOffers:
    """The candidates of one role in one catalogue, in the order of their ids.

    A workload or cost that the catalogue does not state is assumed to be the median of those it does state (0
    when it states none), so that saying nothing is never an advantage.
    """

    def __init__(
        self, role: Role, catalogue: Catalogue, labels: Mapping[str, str], preference: Preference | None = None
    ) -> None:
        self.role = role
        self.catalogue = catalogue
        self.labels = labels
        self.preference = preference or Preference()
        self.usual_hours = _median(item.hours for item in catalogue.credentials.values())
        self.usual_cost = _median(item.cost for item in catalogue.credentials.values())
        hits: dict[str, list[Hit]] = {}
        for need in role.requirements:
            for credential_id, outcome in catalogue.teaching.get(need.skill_id, ()):
                worth = need.weight / role.total_weight * outcome.probability
                hits.setdefault(credential_id, []).append(Hit(need, outcome, worth))
        known = catalogue.credentials
        self.candidates = tuple(
            Candidate(known[item], tuple(hits[item]), self.effort(known[item])) for item in sorted(hits)
        )
        self.by_id = {item.credential.id: item for item in self.candidates}

    def expect(self, gap: Gap) -> None:
        """Raise ``ValueError`` unless a gap is one to this role: their requirements are paired by skill."""
        if gap.role_id != self.role.id or len(gap.items) != len(self.role.requirements):
            raise ValueError(f"a gap to '{gap.role_id}' does not go with offers for '{self.role.id}'")

    def hours_of(self, credential: Credential) -> float:
        """The workload in hours, stated or assumed."""
        return self.usual_hours if credential.hours is None else credential.hours

    def cost_of(self, credential: Credential) -> float:
        """The cost, stated or assumed."""
        return self.usual_cost if credential.cost is None else credential.cost

    def effort(self, credential: Credential) -> float:
        """What divides a credential's gain (1 or more): see ``Preference``."""
        effort = 1.0
        if self.preference.hours_scale is not None:
            effort += self.hours_of(credential) / self.preference.hours_scale
        if self.preference.cost_scale is not None:
            effort += self.cost_of(credential) / self.preference.cost_scale
        return effort


def _median(values: Iterable[float | None]) -> float:
    stated = [value for value in values if value is not None]
    return float(median(stated)) if stated else 0.0
