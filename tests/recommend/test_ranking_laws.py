"""What holds for every ranking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import fsum

from hypothesis import given
from hypothesis import strategies as st
from tests.recommend.test_pathway_laws import random_world

from skillmatch.domain.advice.advice import Advice, Limits
from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Outcome, SkillPrerequisite
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.recommend import RoleOffers, Situation, rank

AS_OF = date(2026, 3, 2)
SKILLS = ["sql", "git", "law", "art"]
IDS = ["own/a", "own/b", "own/c", "own/d", "own/e"]

skills = st.sampled_from(SKILLS)
levels = st.floats(0.1, 5) | st.sampled_from([1.0, 2.0, 3.0, 5.0])
days = st.integers(-100, 100).map(lambda shift: AS_OF + timedelta(days=shift))
maybe = st.none() | st.floats(0, 100)


def credential(credential_id: str) -> st.SearchStrategy[Credential]:
    return st.builds(
        Credential,
        id=st.just(credential_id),
        title=st.just(f"Course {credential_id}"),
        outcomes=st.lists(
            st.builds(Outcome, skill_id=skills, level=levels, probability=st.sampled_from([0.3, 0.8, 1.0])),
            max_size=3,
            unique_by=lambda item: item.skill_id,
        ).map(tuple),
        requires_skills=st.lists(st.builds(SkillPrerequisite, skills, levels), max_size=1).map(tuple),
        requires_credentials=st.sets(st.sampled_from(IDS).filter(lambda item: item != credential_id), max_size=1).map(
            tuple
        ),
        offerings=st.lists(
            st.builds(
                lambda start, seats: Offering("o", credential_id, start, start, seats),
                days,
                st.sampled_from([None, 0, 1]),
            ),
            max_size=1,
        ).map(tuple),
        hours=maybe,
        cost=maybe,
        language=st.sampled_from(["", "en", "de"]),
        valid_until=st.none() | days,
    )


catalogues = st.tuples(*map(credential, IDS))
people = st.builds(
    Person,
    id=st.just("hr/p"),
    name=st.just("P"),
    languages=st.sampled_from([(), ("en",)]),
    evidence=st.lists(
        st.builds(Evidence, skills, st.floats(0, 5), st.sampled_from(EvidenceSource), st.just(AS_OF)), max_size=5
    ).map(tuple),
    awards=st.lists(st.builds(Award, st.sampled_from(IDS), st.sampled_from(AwardState), days), max_size=3).map(tuple),
)
roles = st.lists(
    st.builds(Requirement, skills, levels, st.floats(0.1, 100)), max_size=4, unique_by=lambda item: item.skill_id
).map(lambda needs: Role("hr/r", "R", requirements=tuple(needs)))
limits = st.builds(Limits, hours=maybe, cost=maybe)


def advise(person: Person, role: Role, credentials: tuple[Credential, ...], given_limits: Limits) -> Advice:
    catalogue = Catalogue.of(credentials)
    profile = build_profile(person, catalogue, AS_OF)
    gap = find_gap(profile, role, {}, Versions("1", "1", "1", "1", "1"))
    situation = Situation(person, profile, given_limits, catalogue, AS_OF)
    return rank(gap, RoleOffers(role, catalogue, {}), situation, 100)


@given(people, roles, catalogues, limits)
def test_reasons_add_up_exactly_to_the_score(person, role, credentials, given_limits):
    advice = advise(person, role, credentials, given_limits)
    for item in advice.recommendations:
        assert round(sum(reason.contribution for reason in item.reasons), 6) == item.score
        assert item.score > 0
        assert 0 < item.gain <= 1 - advice.coverage + 1e-6
        assert all(reason.contribution > 0 for reason in item.reasons)
    order = [(-item.score, item.credential_id) for item in advice.recommendations]
    assert order == sorted(order)


@given(people, roles, catalogues, limits)
def test_what_is_held_or_begun_is_never_recommended(person, role, credentials, given_limits):
    recommended = {item.credential_id for item in advise(person, role, credentials, given_limits).recommendations}
    for award in person.awards:
        later = [
            other.state for other in person.awards if other.credential_id == award.credential_id and other != award
        ]
        if award.state is not AwardState.REVOKED and award.issued <= AS_OF and AwardState.REVOKED not in later:
            assert award.credential_id not in recommended


@given(people, roles, catalogues, limits)
def test_nothing_is_both_recommended_and_left_out(person, role, credentials, given_limits):
    advice = advise(person, role, credentials, given_limits)
    both = [item.credential_id for item in (*advice.recommendations, *advice.excluded)]
    assert len(both) == len(set(both))


@given(people, roles, catalogues, limits)
def test_limits_hold_for_whatever_is_recommended(person, role, credentials, given_limits):
    known = {item.id: item for item in credentials}
    for item in advise(person, role, credentials, given_limits).recommendations:
        found = known[item.credential_id]
        assert given_limits.hours is None or found.hours is None or found.hours <= given_limits.hours
        assert given_limits.cost is None or found.cost is None or found.cost <= given_limits.cost
        assert not person.languages or found.language in ("", *person.languages)
        assert found.on_offer(AS_OF)


@given(people, roles, catalogues, limits, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(person, role, credentials, given_limits, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(person, evidence=shuffled(person.evidence), awards=shuffled(person.awards))
    same_role = replace(role, requirements=shuffled(role.requirements))
    same = tuple(replace(item, outcomes=shuffled(item.outcomes)) for item in shuffled(credentials))
    assert (
        advise(other, same_role, same, given_limits).to_json()
        == advise(person, role, credentials, given_limits).to_json()
    )


@given(people, roles, catalogues)
def test_a_name_changes_nothing(person, role, credentials):
    renamed = replace(person, id="hr/q", name="Somebody Else")
    told, other = (advise(one, role, credentials, Limits()).to_json() for one in (person, renamed))
    assert {**told, "person": ""} == {**other, "person": ""}


@given(people, roles, catalogues)
def test_one_more_credential_changes_no_score_while_efforts_are_stated(person, role, credentials):
    stated = tuple(replace(item, hours=item.hours or 1.0, cost=item.cost or 0.0) for item in credentials)
    scores = {item.credential_id: item.score for item in advise(person, role, stated, Limits()).recommendations}
    fewer = advise(replace(person, awards=()), role, stated[:-1], Limits()).recommendations
    if not person.awards and not any(stated[-1].id in item.requires_credentials for item in stated):
        assert {item.credential_id: item.score for item in fewer}.items() <= scores.items()


@given(people, roles, catalogues)
def test_a_tighter_limit_recommends_nothing_new(person, role, credentials):
    wide = {item.credential_id for item in advise(person, role, credentials, Limits()).recommendations}
    tight = {
        item.credential_id for item in advise(person, role, credentials, Limits(hours=20, cost=20)).recommendations
    }
    assert tight <= wide


def test_reasons_sum_to_the_score_in_a_thousand_worlds():
    told = 0
    for seed in range(1_000):
        world = random_world(seed, 8)
        catalogue = Catalogue.of(world.credentials)
        profile = build_profile(world.person, catalogue, AS_OF)
        gap = find_gap(profile, world.role, {}, Versions("1", "1", "1", "1", "1"))
        situation = Situation(world.person, profile, world.limits, catalogue, AS_OF)
        advice = rank(gap, RoleOffers(world.role, catalogue, {}), situation, 8)
        for item in advice.recommendations:
            told += 1
            assert round(fsum(reason.contribution for reason in item.reasons), 6) == item.score > 0
            assert 0 <= item.fresh <= item.score
            assert item.low <= item.closure <= item.high <= 1
        fresh = [item.fresh for item in advice.recommendations]
        assert fresh == sorted(fresh, reverse=True)
    assert told > 1_000
