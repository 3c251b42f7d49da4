"""What flips an answer is found by trying, and is the nearest that does: held against trying everything."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from tests.recommend.test_pathway_laws import AS_OF, random_world

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.counterfactual import Change, Counterfactual
from skillmatch.domain.base.answer import Versions
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, SkillPrerequisite
from skillmatch.domain.people.gap import Attainment, Profile
from skillmatch.domain.people.person import Award, AwardState, Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.recommend import RoleOffers, Situation, explain, rank


@dataclass(frozen=True)
class World:
    """All that an answer rests on; every change of it is asked about from the start."""

    person: Person
    role: Role
    credentials: dict[str, Credential]
    profile: Profile
    limits: Limits
    limit: int
    recognised: frozenset[str] = frozenset()

    def _parts(self):
        catalogue = Catalogue.of(self.credentials.values())
        gap = find_gap(self.profile, self.role, {}, Versions("1", "1", "1", "1", "1"))
        situation = Situation(self.person, self.profile, self.limits, catalogue, AS_OF, self.recognised)
        return gap, RoleOffers(self.role, catalogue, {}), situation

    def shows(self, name: str) -> bool:
        return name in {item.credential_id for item in rank(*self._parts(), self.limit).recommendations}

    def why(self, name: str) -> Counterfactual:
        return explain(*self._parts(), name, self.limit)

    def with_level(self, skill: str, level: float) -> World:
        known = self.profile.attainments.get(skill)
        certain = Attainment(skill, level, 1.0, () if known is None else known.evidence)
        return replace(self, profile=replace(self.profile, attainments={**self.profile.attainments, skill: certain}))

    def within(self, field: str, most: float) -> World:
        return replace(self, limits=replace(self.limits, **{field: most}))

    def with_rating(self, name: str, rating: float) -> World:
        return replace(self, credentials={**self.credentials, name: replace(self.credentials[name], rating=rating)})

    def with_credential(self, credential: Credential) -> World:
        return replace(self, credentials={**self.credentials, credential.id: credential})

    def with_held(self, name: str) -> World:
        """As if its learning were recognised, and every skill that it surely teaches were at the level it leads to."""
        world = replace(self, recognised=self.recognised | {name})
        for outcome in self.credentials[name].outcomes:
            known = self.profile.attainments.get(outcome.skill_id)
            level = 0.0 if known is None else known.level
            reached = outcome.level - 2 * max(0.0, outcome.level - level - 3)
            if outcome.probability >= 0.5 and reached > level:
                world = world.with_level(outcome.skill_id, reached)
        return world


def world_of(seed: int) -> World:
    drawn = random_world(seed, 6)
    draw = random.Random(seed)
    rated = {
        item.id: replace(
            item,
            cost=item.cost and item.cost / 20,
            rating=draw.choice([None, 1.5, 3.0, 4.2, 5.0]),
            rating_count=draw.choice([0, 9, 400]),
        )
        for item in drawn.credentials
    }
    profile = build_profile(drawn.person, Catalogue.of(rated.values()), AS_OF)
    limits = Limits(hours=draw.choice([None, 12, 25]), cost=draw.choice([None, 3, 15]))
    return World(drawn.person, drawn.role, rated, profile, limits, draw.choice([1, 2, 3]))


def nearest(values, start: float, flips) -> float | None:
    """The value nearest to the start that flips, the lower of two, by trying them all."""
    able = [value for value in values if flips(value)]
    return min(able, key=lambda value: (round(abs(value - start), 6), value), default=None)


def expected(world: World, name: str) -> dict[tuple[str, str], float | None]:
    """Every change that flips the answer, by kind and subject, found by trying all values one after the other."""
    shown, credential, found = world.shows(name), world.credentials[name], {}

    def flips(changed: World) -> bool:
        return changed.shows(name) is not shown

    role = {need.skill_id for need in world.role.requirements}
    touched = {item.skill_id for item in credential.outcomes} & role
    for skill in touched | {item.skill_id for item in credential.requires_skills}:
        start = world.profile.level_of(skill) or 0.0
        grid = [number / 4 for number in range(21)]
        level = nearest(grid, start, lambda value, skill=skill: flips(world.with_level(skill, value)))
        if level is not None:
            found["level", skill] = level
    for kind, field in (("hours", "hours"), ("money", "cost")):
        stated = [getattr(item, field) for item in world.credentials.values() if bears(item, role)]
        stated = [value for value in stated if value is not None]
        before = getattr(world.limits, field)
        start = before if before is not None else max(stated, default=-1.0) + 1
        whole = range(int(max([start, *stated])) + 2)
        value = nearest([float(n) for n in whole], start, lambda most, field=field: flips(world.within(field, most)))
        if value is not None and stated:
            found[kind, ""] = value
    if credential.rating is not None and credential.rating_count and bears(credential, role):
        grid = [number / 10 for number in range(10, 51)]
        rating = nearest(grid, credential.rating, lambda value: flips(world.with_rating(name, value)))
        if rating is not None:
            found["rating", name] = rating
    if shown and flips(replace(world, recognised=world.recognised | {name})):
        found["prior_learning", name] = None
    held = {award.credential_id for award in world.person.awards if award.state is AwardState.HELD}
    lacking = [other for other in credential.requires_credentials if other not in held]
    if not shown and len(lacking) == 1 and flips(world.with_held(lacking[0])):
        found["holding", lacking[0]] = None
    freed = replace(credential, offerings=(), valid_from=None, valid_until=None)
    if not shown and bears(credential, role) and flips(world.with_credential(freed)):
        found["cohort", name] = None
    return found


def bears(credential: Credential, role: set[str]) -> bool:
    return any(item.skill_id in role and item.probability >= 0.5 for item in credential.outcomes)


def test_each_change_is_the_nearest_there_is_and_none_is_overlooked():
    kinds: dict[str, int] = {}
    for seed in range(20):
        world = world_of(seed)
        for name in sorted(world.credentials):
            told = {(item.kind, item.subject_id): item.after for item in world.why(name).changes}
            assert told == expected(world, name), (seed, name)
            for kind, _ in told:
                kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds.keys() == {"level", "hours", "money", "rating", "prior_learning", "holding", "cohort"}
    assert min(kinds.values()) >= 1, kinds


def test_the_level_that_flips_a_recommendation_is_the_nearest(case_of, course):
    case = case_of({"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, course("a", {"a": 3}), course("b", {"b": 3}))
    found = case.why("a", 1)
    assert (found.recommended, found.place) == (True, 1)
    assert found.margin == 0.16  # (2 - 1) / 3 of the role, 0.6 to work out, effort 1.25
    (level,) = [change for change in found.changes if change.kind == "level"]
    # From 1.75 on "a" adds less than "b", with 2 * 1.25 / 3 against 1: at 1.5 they add the same, and a comes first.
    assert (level.subject_id, level.before, level.after) == ("a", 0, 1.75)
    assert level.detail == "no longer recommended with a at level 1.75 instead of 0.0"
    assert found.how_close() == "its score lies 0.1600 above that of 'Course b', the first that is not shown"
    assert case.why("a").how_close() == "nothing else is left to show"


def test_a_credential_too_long_is_flipped_by_its_hours(case_of, course):
    case = case_of({"a": 0}, {"a": 3}, course("a", {"a": 3}, hours=20), limits=Limits(hours=5))
    found = case.why("a")
    assert not found.recommended
    assert found.changes == (Change("hours", "", 5, 20, "recommended if a credential may take 20 hours at most"),)
    assert found.how_close() == "its score would be 0.4000"


def test_a_prerequisite_and_a_language_flip(case_of, course):
    given = (course("a", {"a": 3}, requires_credentials=("b",)), course("b", {"x": 3}))
    given += (course("c", {"a": 2}, language="de"),)
    case = case_of({"a": 0}, {"a": 3}, *given, languages=("en",))
    assert [(item.kind, item.subject_id) for item in case.why("a").changes] == [("holding", "b")]
    assert [(item.kind, item.subject_id) for item in case.why("c").changes] == [("language", "de")]


def test_a_skill_that_it_asks_for_is_said_to_be_one(case_of, course):
    asks = course("a", {"a": 3}, requires_skills=(SkillPrerequisite("x", 2),))
    (lower,) = [item for item in case_of({"a": 0, "x": 3}, {"a": 3}, asks).why("a").changes if item.subject_id == "x"]
    assert lower.detail == "no longer recommended with x at level 1.5 instead of 3.0 (it asks for 2 of it first)"


def test_a_cohort_that_began_is_flipped_by_another_one(case_of, course):
    begun = Offering("o", "a", AS_OF - timedelta(days=9), AS_OF + timedelta(days=20), 5)
    found = case_of({"a": 0}, {"a": 3}, course("a", {"a": 3}, offerings=(begun,))).why("a")
    assert [(item.kind, item.subject_id) for item in found.changes] == [("cohort", "a")]


def test_everything_in_the_way_is_named(case_of, course):
    given = (course("a", {"a": 3}, language="de", requires_credentials=("b",), hours=20), course("b", {"x": 3}))
    found = case_of({"a": 0}, {"a": 3}, *given, languages=("en",), limits=Limits(hours=5)).why("a")
    assert found.changes == ()  # no single change is enough
    assert found.in_the_way == ("is taught in de, not in en", "takes 20 hours; 5 are there", "needs 'Course b' first")
    assert found.cause() == found.in_the_way[0]


def test_what_is_held_is_flipped_by_nothing(case_of, course):
    case = case_of({"a": 0}, {"a": 5}, course("a", {"a": 3}), awards=[Award("a", AwardState.HELD, AS_OF)])
    found = case.why("a")
    assert (found.recommended, found.changes, found.cause()) == (False, (), "already held")


def test_what_adds_nothing_has_no_margin(case_of, course):
    found = case_of({"a": 0}, {"a": 3}, course("a", {"a": 3}), course("z", {"z": 3})).why("z")
    assert (found.recommended, found.margin, found.how_close()) == (False, None, "")
    assert found.cause() == "it adds nothing to what the role requires"


def test_an_unheard_of_credential_is_refused(case_of):
    with pytest.raises(NotFoundError, match="no credential is called 'q'"):
        case_of({"a": 0}, {"a": 3}).why("q")
