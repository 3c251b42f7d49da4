"""Which credentials bear on a role at all: worked out once per role, used for every person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from copy import copy
from math import sqrt
from statistics import median
from typing import NamedTuple

from skillmatch.domain.advice.advice import Chance, Exclusion, Preference
from skillmatch.domain.catalogue.credential import Basis, Catalogue, Credential, Outcome
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.recommend.chances import Chances
from skillmatch.recommend.fit import RoleFit
from skillmatch.recommend.lift import teaches

NEAREST = 120
"""So many credentials are candidates for their words alone."""


class Hit(NamedTuple):
    """A requirement that a credential teaches: ``worth`` is the coverage that closing all of it is expected to add.

    ``rung`` is the place of its skill and level among the ``rungs`` of the offers.
    """

    need: Requirement
    outcome: Outcome
    worth: float
    rung: int


class Candidate(NamedTuple):
    """A credential with the requirements of one role that it teaches, and what its gain is weighed with.

    The gain is multiplied with ``weight``: its ``chance`` to work out, divided by its effort (1 or more). The fit as a
    whole is multiplied with ``ease``, the same for the fourth root of the effort: a field takes longer than a skill.
    """

    credential: Credential
    hits: tuple[Hit, ...]
    weight: float
    chance: Chance
    ease: float


class RoleOffers:
    """The candidates of one role in one catalogue, in the order of their ids.

    A workload or cost that the catalogue does not state is assumed to be the median of those it does state (0
    when it states none), so that saying nothing is never an advantage. Costs count in the ``currency`` that most
    credentials have. ``rates`` say what one unit of another currency is worth in that one; without its rate a cost
    in another currency is taken as not stated, never added to the rest. ``rungs`` are the skills of the role with
    the levels to which they are taught, each once: what a person gains on one is worked out once for all candidates.

    An outcome that is more likely wrong than right does not count. With a ``fit``, the credentials that are nearest to
    the role by their words are candidates too, and what was read into a credential counts only where all its words are
    about that skill at all: an automated teller machine is no outcome of a course in asynchronous transfer mode.
    """

    def __init__(
        self,
        role: Role,
        catalogue: Catalogue,
        labels: Mapping[str, str],
        preference: Preference | None = None,
        rates: Mapping[str, float] | None = None,
        fit: RoleFit | None = None,
    ) -> None:
        self.role = role
        self.fit = fit
        self.catalogue = catalogue
        self.labels = labels
        self.preference = preference or Preference()
        self.currency = _most_common(item.currency for item in catalogue.credentials.values() if item.cost)
        self.rates = {**(rates or {}), self.currency: 1.0}
        self.chances = Chances.of(catalogue.credentials.values())
        self.usual_hours = _median(item.hours for item in catalogue.credentials.values())
        self.usual_cost = _median(self.stated_cost(item) for item in catalogue.credentials.values())
        hits: dict[str, list[Hit]] = {}
        rungs: dict[tuple[str, float], int] = {}
        for place, need in enumerate(role.requirements):
            for credential_id, outcome in catalogue.teaching.get(need.skill_id, ()):
                true = _surely_meant(outcome) or fit is None or fit.is_about(credential_id, place)
                if not teaches(outcome) or not true:
                    continue
                worth = need.weight / role.total_weight * outcome.probability
                rung = rungs.setdefault((need.skill_id, outcome.level), len(rungs))
                hits.setdefault(credential_id, []).append(Hit(need, outcome, worth, rung))
        self.rungs = tuple(rungs)
        known = catalogue.credentials
        names = sorted(hits.keys() | set(fit.nearest(NEAREST)) if fit is not None else hits)
        self.candidates = tuple(self._candidate(known[item], tuple(hits.get(item, ()))) for item in names)
        self.by_id = {item.credential.id: item for item in self.candidates}
        self.in_the_way: dict[Hashable, Mapping[str, Exclusion]] = {}
        """What ``exclusions.in_the_way`` found for each kind of question, so that it is looked for once."""

    def expect(self, gap: Gap) -> None:
        """Raise ``ValueError`` unless a gap is one to this role: their requirements are paired by skill."""
        if gap.role_id != self.role.id or len(gap.items) != len(self.role.requirements):
            raise ValueError(f"a gap to '{gap.role_id}' does not go with offers for '{self.role.id}'")

    def hours_of(self, credential: Credential) -> float:
        """The workload in hours, stated or assumed."""
        return self.usual_hours if credential.hours is None else credential.hours

    def cost_of(self, credential: Credential) -> float:
        """The cost, stated or assumed."""
        cost = self.stated_cost(credential)
        return self.usual_cost if cost is None else cost

    def stated_cost(self, credential: Credential) -> float | None:
        """The stated cost in the currency that is counted in; None when not stated, or its rate is not known."""
        if not credential.cost:
            return credential.cost
        rate = self.rates.get(credential.currency)
        return None if rate is None else credential.cost * rate

    def comparable(self, credential: Credential) -> bool:
        """Whether its cost, if any, is in a currency that can be compared."""
        return not credential.cost or credential.currency in self.rates

    def with_changed(self, credential: Credential) -> RoleOffers:
        """The same offers with one candidate's rating changed; everything else is worked out already."""
        old = self.by_id[credential.id]
        new = self._candidate(credential, old.hits)
        offers = copy(self)
        offers.candidates = tuple(new if item is old else item for item in self.candidates)
        offers.by_id = {**self.by_id, credential.id: new}
        offers.in_the_way = {}
        return offers

    def _candidate(self, credential: Credential, hits: tuple[Hit, ...]) -> Candidate:
        chance = self.chances.chance(credential)
        effort = self.effort(credential)
        return Candidate(credential, hits, chance.both / effort, chance, chance.both / sqrt(sqrt(effort)))

    def effort(self, credential: Credential) -> float:
        """What divides a credential's gain (1 or more): see ``Preference``."""
        effort = 1.0
        if self.preference.hours_scale is not None:
            effort += self.hours_of(credential) / self.preference.hours_scale
        if self.preference.cost_scale is not None:
            effort += self.cost_of(credential) / self.preference.cost_scale
        return effort


def _surely_meant(outcome: Outcome) -> bool:
    return outcome.basis is Basis.STATED and outcome.probability == 1.0


def _median(values: Iterable[float | None]) -> float:
    stated = [value for value in values if value is not None]
    return float(median(stated)) if stated else 0.0


def _most_common(currencies: Iterable[str]) -> str:
    """The currency of most; of equals the first in the alphabet, and EUR when there is none."""
    counts = Counter(currencies)
    return min(counts, key=lambda item: (-counts[item], item), default="EUR")
