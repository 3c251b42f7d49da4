"""Where a plan begins: what is known, begun, held and objected to, as advice sees it; laws over random people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.planning.conftest import AS_OF

from skillmatch.domain.advice.advice import ExclusionReason
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person, Ruling
from skillmatch.domain.plans.plan import NO_VERSIONS, Assignment, OptionKind
from skillmatch.domain.plans.scenario import Cover, Demand, PlanLimits, Risk, Scenario, Ways
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.gaps import Kinship, Reference, assess
from skillmatch.planning.build import all_options
from skillmatch.planning.check import check_plan
from skillmatch.planning.options import for_demand, holds
from skillmatch.planning.setting import Setting
from skillmatch.recommend import RoleOffers, Situation, rank
from skillmatch.recommend.lift import after

BY = date(2026, 12, 31)
ROLE = Role("R", "Role", requirements=(Requirement("a", 3.0), Requirement("b", 2.0), Requirement("wide", 2.0)))
SCENARIO = Scenario(
    "laws",
    (Demand("R", 2, BY, ready=0.5),),
    PlanLimits(hours_per_week=20.0),
    covers=(Cover("b", 2.0, 1, BY), Cover("wide", 3.0, 1, BY)),
    ways=Ways(recognise=True),
    risk=Risk(completion=0.9),
)
SKILLS = {
    name: Skill(name, name.upper(), type=SkillType.KNOWLEDGE, broader=("wide",) if name in ("n", "m") else ())
    for name in ("a", "b", "wide", "n", "m")
}
KINSHIP = Kinship(SKILLS, [("a", "b")] * 9 + [("a", "n")], [("a", "b")])
NAMES = st.sampled_from(["C0", "C1", "C2", "C3"])


def course(name: str, *taught: tuple[str, float], language: str = "", probability: float = 1.0) -> Credential:
    outcomes = tuple(Outcome(skill, level, probability=probability) for skill, level in taught)
    return Credential(name, f"Course {name}", outcomes=outcomes, hours=8.0, cost=10.0, language=language)


def setting_of(people: list[Person], courses: list[Credential], scenario: Scenario = SCENARIO) -> Setting:
    types = {skill.id: skill.type for skill in SKILLS.values()}
    reference = Reference(Catalogue.of(courses), types, KINSHIP, {}, NO_VERSIONS)
    return Setting.of(scenario, people, {"R": ROLE}, reference, AS_OF)


@st.composite
def settings_of_two(draw: st.DrawFn) -> Setting:
    taught = st.tuples(st.sampled_from(list(SKILLS)), st.integers(1, 4).map(float))
    courses = [
        course(
            f"C{number}",
            *draw(st.lists(taught, min_size=1, max_size=2, unique_by=lambda item: item[0])),
            language=draw(st.sampled_from(["", "en", "de"])),
            probability=draw(st.sampled_from([0.4, 0.8, 1.0])),
        )
        for number in range(4)
    ]
    earlier = st.integers(0, 3_000).map(lambda days: AS_OF - timedelta(days=days))
    said = st.builds(
        Evidence, st.sampled_from(list(SKILLS)), st.integers(0, 5), st.sampled_from(EvidenceSource), earlier
    )
    held = st.builds(Award, NAMES, st.sampled_from(AwardState), earlier)
    about_skill = st.builds(
        Ruling,
        on=earlier,
        by=st.just("Kim"),
        note=st.just("so"),
        skill_id=st.sampled_from(list(SKILLS)),
        level=st.sampled_from([None, 0.0, 3.0]),
    )
    about_course = st.builds(Ruling, on=earlier, by=st.just("Kim"), note=st.just("so"), credential_id=NAMES)
    people = [
        Person(
            f"P{number}",
            f"Person {number}",
            role_id=draw(st.sampled_from(["R", None])),
            languages=draw(st.sampled_from([(), ("en",)])),
            hours_per_week=8.0,
            evidence=tuple(draw(st.lists(said, max_size=5))),
            awards=tuple(draw(st.lists(held, max_size=2, unique_by=lambda item: item.credential_id))),
            rulings=tuple(draw(st.lists(about_skill | about_course, max_size=2))),
        )
        for number in range(2)
    ]
    return setting_of(people, courses)


def options_of(setting: Setting) -> list[Assignment]:
    return [option for options in all_options(setting).values() for option in options]


@given(settings_of_two())
def test_plan_and_gap_cover_alike_and_the_checker_agrees_with_every_option(setting: Setting) -> None:
    for person in setting.people.values():
        gap = assess(person, ROLE, AS_OF, setting.reference).gap
        assert setting.held(person, setting.scenario.demands[0]).coverage == gap.coverage
        for option in for_demand(person, 0, setting.scenario.demands[0], setting):
            assert option.coverage_before == gap.coverage
            assert option.coverage_after >= gap.coverage
    for option in options_of(setting):
        assert check_plan((option,), setting) == ()


@given(settings_of_two())
def test_no_option_holds_what_advice_leaves_out_for_the_person(setting: Setting) -> None:
    offers = RoleOffers(ROLE, setting.catalogue, {})
    never = {
        ExclusionReason.HELD,
        ExclusionReason.IN_PROGRESS,
        ExclusionReason.EQUIVALENT_HELD,
        ExclusionReason.DISPUTED,
        ExclusionReason.WRONG_LANGUAGE,
    }
    for option in options_of(setting):
        person = setting.people[option.person_id]
        found = assess(person, ROLE, AS_OF, setting.reference)
        situation = Situation(person, found.profile, setting.situation(person).limits, setting.catalogue, AS_OF)
        advice = rank(found.gap, offers, situation, 9)
        assert not {item.credential_id for item in advice.excluded if item.reason in never} & set(option.credential_ids)
        assert not person.barred(AS_OF).keys() & set(option.credential_ids)


@given(settings_of_two())
def test_a_course_lifts_as_far_in_a_plan_as_in_advice(setting: Setting) -> None:
    offers = RoleOffers(ROLE, setting.catalogue, {})
    for person in setting.people.values():
        found = assess(person, ROLE, AS_OF, setting.reference)
        held = setting.held(person, setting.scenario.demands[0])
        advice = rank(found.gap, offers, setting.situation(person), 9)
        assert held.levels == found.levels
        for item in advice.recommendations:
            later = after(held.coming, setting.catalogue.credentials[item.credential_id])
            for reason in item.reasons:
                if reason.probability >= 0.5 and reason.skill_id in held.coming:
                    assert reason.level_after == later[reason.skill_id]


@given(settings_of_two())
def test_the_order_of_people_and_evidence_changes_nothing(setting: Setting) -> None:
    turned = [replace(person, evidence=person.evidence[::-1]) for person in reversed(setting.people.values())]
    assert all_options(setting) == all_options(
        Setting.of(setting.scenario, turned, setting.roles, setting.reference, AS_OF)
    )


def test_what_has_begun_counts_with_its_risk_and_its_twin_is_not_begun_beside_it() -> None:
    courses = [course("C0", ("a", 3.0), ("b", 2.0)), course("C1", ("a", 3.0), ("b", 2.0))]
    ada = Person("ada", "Ada", role_id="R", hours_per_week=8.0, awards=(Award("C0", AwardState.IN_PROGRESS, AS_OF),))
    setting = setting_of([ada], courses)
    (option,) = options_of(setting)
    assert (option.kind, option.steps) == (OptionKind.STAY, ())
    assert option.coverage_before == 0.0 < setting.scenario.demands[0].ready <= option.coverage_after
    assert option.worth == round(0.9 * option.coverage_after, 6)
    cover = setting.scenario.covers[0]
    assert holds(ada, cover, setting)
    assert not holds(ada, cover, setting, today=True)


def test_a_skill_that_a_narrower_one_shows_needs_no_course() -> None:
    said = tuple(Evidence(skill, 4.0, EvidenceSource.ASSESSMENT, AS_OF) for skill in ("a", "b", "n"))
    ada = Person("ada", "Ada", hours_per_week=8.0, evidence=said)
    setting = setting_of(
        [ada], [course("C0", ("wide", 3.0))], replace(SCENARIO, demands=(Demand("R", 1, BY, ready=1.0),))
    )
    (option,) = options_of(setting)
    assert (option.kind, option.steps, option.coverage_before) == (OptionKind.MOVE, (), 1.0)


def test_the_checker_finds_what_was_objected_to_since_and_a_coverage_that_is_not_the_gaps() -> None:
    ada = Person("ada", "Ada", role_id="R", hours_per_week=8.0)
    courses = [course("C0", ("a", 3.0), ("b", 2.0))]
    before = setting_of([ada], courses)
    option = next(item for item in options_of(before) if item.demand == 0)
    assert option.credential_ids == ("C0",)
    objected = replace(ada, rulings=(Ruling(AS_OF, "Kim", "not for me", credential_id="C0"),))
    now = setting_of([objected], courses)
    assert [(item.rule, "not for me" in item.detail) for item in check_plan((option,), now)] == [("disputed", True)]
    wrong = replace(option, coverage_before=0.3)
    assert [item.rule for item in check_plan((wrong,), before)] == ["coverage"]
