"""What would change an answer: each single change on a stated grid, the smallest first, tried on the ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from skillmatch.domain.advice.counterfactual import Change, Counterfactual
from skillmatch.domain.base.answer import rounded
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.catalogue.credential import Credential, SkillPrerequisite
from skillmatch.domain.people.gap import Attainment, Gap
from skillmatch.gaps.gap import find_gap
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.hindrances import hindrances
from skillmatch.recommend.lift import after
from skillmatch.recommend.prerequisites import first_lacking
from skillmatch.recommend.ranking import Ranking, as_recommendation
from skillmatch.recommend.situation import Situation

LEVEL_GRID = 4
"""Levels are tried in quarters, the tolerance within which no source can tell them apart."""

RATING_GRID = 10
"""Ratings are tried in tenths of a star."""


@dataclass(frozen=True)
class Question:
    """Whether a credential is among the first ``limit`` for one person; each change makes another question of it."""

    gap: Gap
    offers: RoleOffers
    situation: Situation
    credential_id: str
    limit: int

    def holds(self) -> bool:
        """Whether it is recommended, by the ranking itself."""
        found = Ranking.of(self.gap, self.offers, self.situation).best(self.limit)
        return any(entry.id == self.credential_id for _, entry in found)

    def with_level(self, skill_id: str, level: float) -> Question:
        """The same, had the person exactly this level of a skill."""
        profile = self.situation.profile
        known = profile.attainments.get(skill_id)
        certain = Attainment(skill_id, level, 1.0, () if known is None else known.evidence)
        changed = replace(profile, attainments={**profile.attainments, skill_id: certain})
        gap = find_gap(changed, self.offers.role, self.offers.labels, self.gap.versions)
        return replace(self, gap=gap, situation=replace(self.situation, profile=changed))

    def with_limits(self, *, hours: float | None, cost: float | None) -> Question:
        """The same under other limits of hours and money."""
        limits = replace(self.situation.limits, hours=hours, cost=cost)
        return replace(self, situation=replace(self.situation, limits=limits))

    def with_recognised(self, credential_id: str) -> Question:
        """The same, were the learning of a credential recognised."""
        recognised = self.situation.recognised | {credential_id}
        return replace(self, situation=replace(self.situation, recognised=recognised))

    def with_held(self, credential_id: str) -> Question:
        """The same, were a credential held: recognised, and its outcomes attained as far as they lead from today."""
        changed = self.with_recognised(credential_id)
        credential = self.offers.catalogue.credentials.get(credential_id)
        if credential is not None:
            before = self.situation.levels
            for skill_id, level in sorted(after(before, credential).items()):
                if level > before.get(skill_id, 0.0):
                    changed = changed.with_level(skill_id, level)
        return changed

    def with_language(self, language: str) -> Question:
        """The same, had the person one more language to learn in."""
        limits, person = self.situation.limits, self.situation.person
        languages = (*(limits.languages or person.languages), language)
        return replace(self, situation=replace(self.situation, limits=replace(limits, languages=languages)))

    def with_rating(self, rating: float) -> Question:
        """The same, had the credential another rating of as many people."""
        return replace(self, offers=self.offers.with_changed(replace(self._credential, rating=rating)))

    def with_open_door(self) -> Question:
        """The same, could the credential be begun today: on offer, without waiting for a cohort or a seat."""
        freed = replace(self._credential, offerings=(), valid_from=None, valid_until=None)
        return replace(self, offers=self.offers.with_changed(freed))

    @property
    def _credential(self) -> Credential:
        return self.offers.catalogue.credentials[self.credential_id]


def explain(gap: Gap, offers: RoleOffers, situation: Situation, credential_id: str, limit: int) -> Counterfactual:
    """Why a credential is or is not among the first ``limit``, what would change that, and how close it was.

    Of each kind of thing the nearest value that flips the answer is given: levels of the skills that the credential
    teaches or asks for in quarters, limits of hours and money at each figure where the set of candidates changes, its
    rating in tenths at the same number of raters, a language, a prerequisite held, a cohort with a seat, its learning
    recognised. Each is found by asking the ranking again with only that changed, so that it is verified by being
    applied; where several rules speak against it, all are named. What is held or begun is flipped by none of them.
    Raises ``NotFoundError`` for a credential that the catalogue does not have.
    """
    offers.expect(gap)
    credential = offers.catalogue.credentials.get(credential_id)
    if credential is None:
        raise NotFoundError("credential", credential_id)
    question = Question(gap, offers, situation, credential_id, limit)
    ranking = Ranking.of(gap, offers, situation)
    order = ranking.best(len(ranking.scored))
    places = {entry.id: place for place, (_, entry) in enumerate(order, start=1)}
    place = places.get(credential_id)
    shown = place is not None and place <= limit
    margin: float | None = None
    against = limit if shown else limit - 1
    other, rival = (0.0, "")
    if against < len(order):
        other, rival = order[against][0], order[against][1].candidate.credential.title
    if place is not None:
        margin = rounded(order[place - 1][0] - other)
    elif credential_id in ranking.barred:
        margin = rounded(ranking.barred[credential_id].score - other)
    return Counterfactual(
        person_id=gap.person_id,
        role_id=gap.role_id,
        role_title=gap.role_title,
        credential_id=credential_id,
        title=credential.title,
        limit=limit,
        place=place,
        recommendation=None
        if place is None
        else as_recommendation(order[place - 1][1], order[place - 1][0], offers, ranking.fits),
        exclusion=next((item for item in ranking.excluded if item.credential_id == credential_id), None),
        margin=margin,
        changes=tuple(_changes(question, credential, shown)),
        in_the_way=() if shown else hindrances(credential, offers, situation),
        rival=rival,
        as_of=gap.as_of,
        versions=gap.versions,
    )


def _changes(question: Question, credential: Credential, shown: bool) -> Iterator[Change]:
    yield from _levels(question, credential, shown)
    yield from _limits(question, shown)
    yield from _rating(question, credential, shown)
    yield from _prerequisites(question, credential, shown)
    language = next(iter(credential.languages), "")
    if not shown and language and question.with_language(language).holds():
        yield Change("language", language, None, None, f"recommended if {language} will do")
    if not shown and credential.id in question.offers.by_id and question.with_open_door().holds():
        yield Change("cohort", credential.id, None, None, "recommended once it is on offer with a seat to take")
    if shown and not question.with_recognised(credential.id).holds():
        yield Change("prior_learning", credential.id, None, None, "left out once its learning is recognised")


def _then(shown: bool) -> str:
    return "no longer recommended" if shown else "recommended"


def _today(level: float | None) -> str:
    return ", of which nothing is known" if level is None else f" instead of {level:.1f}"


def _nearest(values: list[float], start: float, changed: Callable[[float], Question], shown: bool) -> float | None:
    """The value nearest to ``start`` that flips the answer; of two as near the lower."""
    for value in sorted(values, key=lambda item: (rounded(abs(item - start)), item)):
        if changed(value).holds() is not shown:
            return value
    return None


def _levels(question: Question, credential: Credential, shown: bool) -> Iterator[Change]:
    role = {need.skill_id for need in question.offers.role.requirements}
    skills = {item.skill_id for item in credential.outcomes} & role
    skills |= {item.skill_id for item in credential.requires_skills}
    grid = [number / LEVEL_GRID for number in range(5 * LEVEL_GRID + 1)]
    for skill in sorted(skills):
        before = question.situation.profile.level_of(skill)
        found = _nearest(grid, before or 0.0, partial(question.with_level, skill), shown)
        if found is not None:
            label = question.offers.labels.get(skill, skill)
            asked = next((need.level for need in credential.requires_skills if need.skill_id == skill), None)
            first = "" if asked is None else f" (it asks for {asked:g} of it first)"
            detail = f"{_then(shown)} with {label} at level {found:g}{_today(before)}{first}"
            yield Change("level", skill, before, found, detail)


def _limits(question: Question, shown: bool) -> Iterator[Change]:
    limits, offers = question.situation.limits, question.offers
    hours = sorted({item.credential.hours for item in offers.candidates if item.credential.hours is not None})
    costs = sorted({cost for item in offers.candidates if (cost := offers.stated_cost(item.credential)) is not None})
    for kind, figures, before in (("hours", hours, limits.hours), ("money", costs, limits.cost)):
        # A limit matters only where it lets one more credential in, and just below that: whole hours, whole money.
        values = sorted({*figures, *(max(0.0, float(int(figure - 1e-9))) for figure in figures if figure > 0)})

        def changed(value: float, kind: str = kind) -> Question:
            if kind == "hours":
                return question.with_limits(hours=value, cost=limits.cost)
            return question.with_limits(hours=limits.hours, cost=value)

        start = before if before is not None else (values[-1] + 1 if values else 0.0)
        found = _nearest(values, start, changed, shown)
        if found is not None:
            most = f"take {found:g} hours" if kind == "hours" else f"cost {found:g} {offers.currency}"
            yield Change(kind, "", before, found, f"{_then(shown)} if a credential may {most} at most")


def _rating(question: Question, credential: Credential, shown: bool) -> Iterator[Change]:
    if credential.id not in question.offers.by_id or credential.rating is None or not credential.rating_count:
        return
    grid = [number / RATING_GRID for number in range(RATING_GRID, 5 * RATING_GRID + 1)]
    # The score rises with the rating, so that one end of the grid tells whether anything flips.
    if question.with_rating(grid[0] if shown else grid[-1]).holds() is shown:
        return
    found = _nearest(grid, credential.rating, question.with_rating, shown)
    if found is not None:
        detail = f"{_then(shown)} if {credential.rating_count} people rated it {found:g}"
        yield Change("rating", credential.id, credential.rating, found, detail)


def _prerequisites(question: Question, credential: Credential, shown: bool) -> Iterator[Change]:
    lacking = first_lacking(credential, question.situation.satisfies, question.situation.levels)
    if shown or lacking is None or isinstance(lacking, SkillPrerequisite):
        return
    if question.with_held(lacking).holds():
        other = question.offers.catalogue.credentials.get(lacking)
        title = lacking if other is None else other.title
        yield Change("holding", lacking, None, None, f"recommended once '{title}' is held")
