"""From people and catalogue to a checked plan, on organisations small enough to try everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.planning.conftest import AS_OF, brute, knowing, random_setting

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.plans.plan import NO_VERSIONS, Cause, OptionKind, PlanStatus
from skillmatch.domain.plans.scenario import Demand, Future, PlanLimits, Scenario, Ways
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.planning.build import build
from skillmatch.planning.check import check_plan
from skillmatch.planning.diff import diff_plans
from skillmatch.planning.plan import Origin, plan_of
from skillmatch.planning.plan_file import PlanFile, read_plan
from skillmatch.planning.questions import Asked, find_curve, find_prices
from skillmatch.planning.robust import find_robust, stress
from skillmatch.planning.scenario_file import read_scenario, scenario_from
from skillmatch.planning.setting import Setting
from skillmatch.planning.solve import Method, solve
from skillmatch.planning.worker import Worker

ORIGIN = Origin("", NO_VERSIONS)


def holds(seed: int, method: Method, worker: Worker) -> PlanStatus:
    setting = random_setting(seed)
    built = build(setting)
    best = brute(built.problem)
    found = solve(built.problem, method=method, gap=0.0, seed=seed, worker=worker)
    assert best is None or found.bound >= best - 1e-9
    plan = plan_of(built, found, ORIGIN)  # raises when the independent checker finds anything
    if found.status is PlanStatus.OPTIMAL:
        assert best is not None
        assert plan.objective == pytest.approx(best, abs=2e-5)
    if best is None:
        assert not plan.assignments
        return found.status
    if found.choice is not None:
        empty = {item.key: item.wanted - item.met for item in plan.demands}
        assert {key: count for key, count in empty.items() if count} == {
            key: sum(item.places for item in plan.unmet if item.key == key) for key in {item.key for item in plan.unmet}
        }
        assert plan.coverage <= plan.coverage_bound
    return found.status


@pytest.mark.parametrize("method", [Method.EXACT, Method.LAGRANGIAN])
def test_twenty_small_organisations_against_brute_force(method: Method, worker: Worker) -> None:
    ends = [holds(seed, method, worker) for seed in range(20)]
    assert ends.count(PlanStatus.OPTIMAL) >= 15  # the search does end, and mostly with a proof


@pytest.mark.slow
@pytest.mark.parametrize("method", [Method.EXACT, Method.LAGRANGIAN])
def test_five_hundred_small_organisations_against_brute_force(method: Method, worker: Worker) -> None:
    for seed in range(20, 560):
        holds(seed, method, worker)


def features(seed: int, worker: Worker) -> set[str]:
    """What the best plan of a small organisation makes use of, and which limits it meets."""
    setting = random_setting(seed)
    scenario, catalogue = setting.scenario, setting.catalogue
    built = build(setting)
    found = solve(built.problem, method=Method.EXACT, gap=0.0, seed=seed, worker=worker)
    if found.choice is None:
        return {"nothing possible"}
    seen = {"k leavers"} if scenario.covers[0].leavers > 1 else set()
    for item in built.assignments(found.choice):
        taken = set(item.credential_ids)
        seen.add(item.kind.value)
        seen |= {"stack"} if any(taken >= set(stack.credential_ids) for stack in catalogue.stacks) else set()
        seen |= {"cohort"} if any(step.offering_id for step in item.steps) else set()
        seen |= {"cover"} if item.covers else set()
        for name in taken:
            known = catalogue.credentials[name]
            seen |= {"credential needed"} if set(known.requires_credentials) & taken else set()
            seen |= {"skill needed"} if known.requires_skills else set()
        seen |= {"must take"} if set(scenario.limits.must) & taken else set()
    used = built.problem.used(found.choice)
    for number, row in enumerate(built.problem.rows):
        if not row.reward and used[number] >= row.capacity:
            seen.add(f"full {row.name.partition('/')[0]}")
    return seen


def test_the_small_organisations_have_everything_that_is_hard(worker: Worker) -> None:
    """Brute force proves little where nothing happens: each feature is used by the best plans of at least three."""
    counts = Counter(name for seed in range(60) for name in features(seed, worker))
    wanted = {
        "stack",
        "cohort",
        "cover",
        "credential needed",
        "skill needed",
        "k leavers",
        "must take",
        "train",
        "hire",
    }
    wanted |= {"full cohort", "full away", "full places", "nothing possible"}
    assert {name for name in wanted if counts[name] < 3} == set()


@pytest.fixture(scope="module")
def asked(worker: Worker) -> Asked:
    """An organisation in which something is learned, solved."""
    for seed in range(200):
        setting = random_setting(seed)
        limits = setting.scenario.limits
        if limits.budget and limits.budget >= 300 and not limits.must:
            built = build(setting)
            solution = solve(built.problem, gap=0.0, worker=worker)
            if solution.choice is not None and any(item.steps for item in built.assignments(solution.choice)):
                return Asked(built, solution, worker, gap=0.0)
    raise AssertionError("no seed makes anybody learn")


def parts(asked: Asked):
    return asked.built.assignments(asked.solution.choice)


def test_the_checker_notices_every_kind_of_breach(asked: Asked) -> None:
    good, setting = parts(asked), asked.built.setting
    assert check_plan(good, setting) == ()
    at = next(number for number, item in enumerate(good) if item.steps)
    learner = good[at]

    def rules(changed, where: Setting = setting) -> set[str]:
        return {item.rule for item in check_plan((*good[:at], changed, *good[at + 1 :]), where)}

    def limited(**limits) -> Setting:
        scenario = setting.scenario
        return replace(setting, scenario=replace(scenario, limits=replace(scenario.limits, **limits)))

    step, far = learner.steps[-1], timedelta(days=3_000)
    assert "cost" in rules(replace(learner, cost=learner.cost + 1))
    assert "hours" in rules(replace(learner, hours=learner.hours + 1))
    assert "scope" in rules(replace(learner, person_id="stranger"))
    assert "unit" in rules(replace(learner, unit="elsewhere"))
    assert "dates" in rules(
        replace(learner, steps=(*learner.steps[:-1], replace(step, start=step.start + far, end=step.end + far)))
    )
    assert "catalogue" in rules(replace(learner, steps=(replace(step, credential_id="?"),)))
    assert "must_not" in rules(learner, limited(must_not=(step.credential_id,)))
    assert "must" in rules(learner, limited(must={step.credential_id: 99}))
    assert "hours_per_week" in rules(learner, limited(hours_per_week=0.1))
    assert {"budget", "hours"} <= rules(
        learner, limited(budget=-1.0 + 1.0 + learner.cost / 2, hours=0.0)
    ) or not learner.cost
    assert "one part each" in {item.rule for item in check_plan((*good, good[0]), setting)}


def test_a_plan_file_keeps_everything_and_notices_a_change(asked: Asked, tmp_path: Path) -> None:
    plan = plan_of(asked.built, asked.solution, ORIGIN)
    file = PlanFile(asked.built.setting.scenario, plan, {"scenario": "1"})
    path = tmp_path / "plan.json"
    path.write_text(file.to_text())
    again = read_plan(path)
    assert again.to_text() == file.to_text()
    assert again.plan.assignments == plan.assignments
    path.write_text(file.to_text().replace('"cost":', '"cost" :', 1))
    assert read_plan(path).plan == again.plan  # layout is not content
    path.write_text(file.to_text().replace('"seed":0', '"seed":1'))
    with pytest.raises(ConflictError, match="changed after it was made"):
        read_plan(path)
    path.write_text("{}")
    with pytest.raises(InputError, match="is no plan"):
        read_plan(path)


def test_a_diff_puts_changes_down_to_inputs(asked: Asked, worker: Worker) -> None:
    setting = asked.built.setting
    poor = replace(setting, scenario=replace(setting.scenario, limits=replace(setting.scenario.limits, budget=0.0)))
    built = build(poor)
    old = PlanFile(setting.scenario, plan_of(asked.built, asked.solution, ORIGIN), {"scenario": "1"})
    new = PlanFile(poor.scenario, plan_of(built, solve(built.problem, worker=worker), ORIGIN), {"scenario": "2"})
    found = diff_plans(old, new)
    assert "limits.budget" in [item.key for item in found.inputs]
    assert found.objective_after <= found.objective_before
    assert all(item.cause for item in found.parts)
    assert diff_plans(old, old).rows() == []


def test_churn_keeps_people_where_they_are(asked: Asked, worker: Worker) -> None:
    before = {item.person_id: item for item in parts(asked)}
    setting = asked.built.setting
    dear = replace(setting, scenario=replace(setting.scenario, weights=replace(setting.scenario.weights, churn=100.0)))
    built = build(dear, before=before)
    found = solve(built.problem, gap=0.0, worker=worker)
    kept = {item.person_id: item.signature for item in built.assignments(found.choice)}
    assert kept == {person: item.signature for person, item in before.items()}
    assert found.objective == pytest.approx(asked.solution.objective, abs=1e-5)


def test_prices_hold_when_solved_again(asked: Asked) -> None:
    found = find_prices(asked)
    assert found.items
    for item in found.items:
        assert 0 <= item.gain_low <= item.gain_high
        if item.each is not None:
            assert item.gain_low <= item.each * item.step + asked.solution.bound - asked.solution.objective + 0.01


def test_the_curve_rises_and_each_point_lies_below_its_bound(asked: Asked) -> None:
    points = find_curve(asked, [0.0, 100.0, 200.0, 400.0, 800.0], ORIGIN).points
    worths = [item.objective for item in points]
    assert worths == sorted(worths)
    assert all(item.objective <= item.bound and item.cost <= item.budget + 0.01 for item in points)


def test_the_robust_plan_has_the_least_worst_regret(asked: Asked) -> None:
    futures = (Future("as planned"), Future("dearer", price=3.0), Future("more", demand=2.0, completion=0.5))
    setting = replace(asked.built.setting, scenario=replace(asked.built.setting.scenario, futures=futures))
    found = find_robust(replace(asked, built=replace(asked.built, setting=setting)))
    worst: dict[str, float] = {}
    for item in found.table:
        assert item.regret >= 0
        worst[item.plan] = max(item.regret, worst.get(item.plan, 0.0))
    assert found.worst_regret == min(worst.values()) == worst[found.chosen]


def test_draws_repeat_and_certainty_has_no_spread(asked: Asked) -> None:
    setting = asked.built.setting
    sure = stress(parts(asked), setting, draws=50)
    plan = plan_of(asked.built, asked.solution, ORIGIN)
    assert {covered for _, covered in sure.quantiles} == {rounded(plan.coverage)}
    risk = replace(setting.scenario.risk, completion=0.5, attrition=0.3)
    risky = replace(setting, scenario=replace(setting.scenario, risk=risk))
    assert stress(parts(asked), risky, seed=4).quantiles == stress(parts(asked), risky, seed=4).quantiles
    assert stress(parts(asked), risky, seed=4).mean < sure.mean


def test_every_cause_can_be_told_apart(worker: Worker) -> None:
    causes = set()
    for seed in range(30):
        built = build(random_setting(seed))
        found = solve(built.problem, gap=0.0, worker=worker)
        if found.choice is not None:
            causes |= {item.cause for item in plan_of(built, found, ORIGIN).unmet}
    assert {Cause.MONEY, Cause.SEATS, Cause.DATES} <= causes


@pytest.mark.parametrize("name", ["surge", "automation", "cost-cut", "compliance", "transformation"])
def test_the_templates_read(repository: Path, name: str) -> None:
    scenario = read_scenario(repository / "data" / "demo" / "scenarios" / f"{name}.toml")
    assert scenario.ideal > 0
    assert scenario.taxonomy == "starter"


@pytest.mark.parametrize(
    ("document", "field", "words"),
    [
        ([], "scenario", "table"),
        ({"name": "n"}, "demands", "at least one demand"),
        ({"name": "n", "demands": {}}, "demands", "list of tables"),
        ({"name": "n", "demands": [{}]}, "demands[0].role", "missing"),
        ({"name": "n", "demands": [{"role": 3, "headcount": 1, "by": "2027-01-01"}]}, "demands[0].role", "a text"),
        (
            {"name": "n", "demands": [{"role": "r", "headcount": 1.5, "by": "2027-01-01"}]},
            "demands[0].headcount",
            "whole",
        ),
        ({"name": "n", "limits": {"languages": "en"}}, "limits.languages", "list of texts"),
        ({"name": "n", "ways": {"train": 1}}, "ways.train", "true or false"),
        ({"name": "n", "limits": {"seats": {"C": 0}}}, "limits.seats.C", "1 or more"),
        ({"name": "n", "colour": "blue"}, "colour", "no key"),
    ],
)
def test_what_is_wrong_in_a_scenario_is_named(document: object, field: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        scenario_from(document)
    assert caught.value.place.field == field
    assert words in caught.value.message


def test_everybody_comes_by_the_way_that_fits_them(worker: Worker) -> None:
    """One is there, one need only move, one lacks a course, one has what nobody examined; one place is left to hire."""
    course = Credential("C", "Course", outcomes=(Outcome("a", 3.0),), hours=4.0, cost=10.0)
    role = Role("R", "Role", requirements=(Requirement("a", 3.0),))

    def person(name: str, role_id: str | None, *said: tuple[float, EvidenceSource]) -> Person:
        evidence = tuple(Evidence("a", level, source, AS_OF) for level, source in said)
        return Person(name, name, role_id=role_id, hours_per_week=4.0, evidence=evidence)

    examined = EvidenceSource.ASSESSMENT
    people = [
        person("ada", "R", (3.0, examined)),
        person("ben", None, (3.0, examined)),
        person("cy", None, (0.0, examined)),
        replace(person("di", None, (1.0, examined), (3.0, EvidenceSource.SELF)), languages=("fi",)),
    ]
    scenario = Scenario(
        "ways",
        (Demand("R", 5, date(2026, 6, 30)),),
        PlanLimits(),
        ways=Ways(hire_most=1, hire_cost=500.0, recognise=True, recognise_cost=5.0),
    )
    catalogue = Catalogue.of([replace(course, language="en")])
    built = build(Setting.of(scenario, people, {"R": role}, knowing(catalogue), AS_OF))
    plan = plan_of(built, solve(built.problem, gap=0.0, worker=worker), ORIGIN)
    assert {item.person_id: item.kind for item in plan.assignments} == {
        "ada": OptionKind.STAY,
        "ben": OptionKind.MOVE,
        "cy": OptionKind.TRAIN,
        "di": OptionKind.RECOGNISE,
        "hire/00001": OptionKind.HIRE,
    }
    assert plan.unmet == ()
    assert plan.cost == 10.0 + 5.0 + 500.0


def test_the_plan_begins_on_the_next_monday(asked: Asked) -> None:
    assert all(step.start >= date(2026, 3, 2) for item in parts(asked) for step in item.steps)
