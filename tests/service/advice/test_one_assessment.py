"""One assessment: plans, teams and advice say the same of where a person stands and of what is not for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.advice.advice import ExclusionReason, Limits
from skillmatch.domain.people.dispute import DisputeVerdict
from skillmatch.domain.plans.plan import Assignment, OptionKind
from skillmatch.domain.plans.scenario import Cover, Demand, PlanLimits, Scenario
from skillmatch.domain.skills.overlay import OverlayChange
from skillmatch.files.resources import resource
from skillmatch.gaps.reach import TOLERANCE
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.planning.build import all_options
from skillmatch.planning.check import check_plan
from skillmatch.planning.options import for_demand, holds
from skillmatch.planning.scenario_file import read_scenario
from skillmatch.planning.setting import Setting
from skillmatch.service.plans.scenarios import resolved
from skillmatch.service.workspace import Workspace

BY = date(2028, 12, 31)
TEMPLATES = sorted(path.stem for path in resource("data", "demo", "scenarios").glob("*.toml"))

NEVER = {
    ExclusionReason.HELD,
    ExclusionReason.IN_PROGRESS,
    ExclusionReason.EQUIVALENT_HELD,
    ExclusionReason.DISPUTED,
    ExclusionReason.WRONG_LANGUAGE,
}
"""For these reasons a credential is not for a person on any day."""


@pytest.fixture(scope="module")
def demo(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo with two skills merged and with objections upheld; tests do not change it."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("one") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        merge(workspace, "care.basic-life-support", "care.hand-hygiene")
        for person in workspace.people.all()[::9]:
            if person.role_id is not None:
                for item in workspace.recommend(person, person.role_id, limit=2).recommendations:
                    uphold(workspace, person.id, credential=item.credential_id)
        yield workspace


def merge(workspace: Workspace, one: str, other: str) -> None:
    workspace.taxonomy.overlay.change(OverlayChange.merge(one, other), author="Kim", reason="one and the same")


def uphold(workspace: Workspace, person: str, **about: str) -> None:
    line = workspace.disputes.submit(person, reason="Not for me.", **about)
    workspace.disputes.decide(line.dispute.id, DisputeVerdict.UPHELD, by="Kim", note="Spoke with both.")


def template(name: str) -> Scenario:
    return read_scenario(resource("data", "demo", "scenarios") / f"{name}.toml")


def setting_of(workspace: Workspace, scenario: Scenario) -> Setting:
    """What a plan is made from."""
    snapshot, day = workspace.present()
    named = resolved(scenario, snapshot, None)
    return Setting.of(named, workspace.people.all(), snapshot.roles, snapshot.reference, day)


def options_of(setting: Setting) -> Iterator[Assignment]:
    for person_id, options in all_options(setting).items():
        if person_id in setting.people:
            yield from options


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_plan_counts_as_covered_what_the_gap_does(demo: Workspace, name: str) -> None:
    setting = setting_of(demo, template(name))
    for person in setting.people.values():
        for demand in setting.scenario.demands:
            assert setting.held(person, demand).coverage == demo.gap(person, demand.role_id).coverage


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_no_option_holds_what_advice_rules_out_for_the_person(demo: Workspace, name: str) -> None:
    setting = setting_of(demo, template(name))
    limits = Limits(languages=setting.scenario.limits.languages)
    for option in options_of(setting):
        if option.steps and option.role_id:
            advice = demo.recommend(setting.people[option.person_id], option.role_id, limits=limits)
            never = {item.credential_id for item in advice.excluded if item.reason in NEVER}
            assert not never & set(option.credential_ids)
        assert not set(option.credential_ids) & setting.people[option.person_id].barred(setting.as_of).keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_independent_checker_agrees_with_every_option(demo: Workspace, name: str) -> None:
    """By itself each option keeps every rule but those that all share."""
    setting = setting_of(demo, template(name))
    shared = {"budget", "must", "hours", "headcount", "seats", "most_away"}
    for option in options_of(setting):
        assert {item.rule for item in check_plan((option,), setting)} <= shared


@pytest.mark.slow
def test_the_order_of_people_changes_nothing(demo: Workspace) -> None:
    setting = setting_of(demo, template("surge"))
    turned = replace(setting, people=dict(reversed(setting.people.items())), _starts={})
    there, back = all_options(setting), all_options(turned)
    assert there == {name: back[name] for name in there}


@pytest.mark.slow
def test_who_holds_a_role_by_what_other_skills_show_is_sent_to_no_course(demo: Workspace) -> None:
    scenario = Scenario("care", (Demand("own/R-B01", 1, BY, ready=0.85),), PlanLimits(hours_per_week=6.0))
    setting = setting_of(demo, scenario)
    (option,) = for_demand(setting.people["own/P-001"], 0, setting.scenario.demands[0], setting)
    assert (option.kind, option.steps) == (OptionKind.STAY, ())
    assert option.coverage_before == demo.gap("P-001", "R-B01").coverage > 0.85


def test_an_objection_ends_what_a_plan_does_and_the_checker_finds_it_in_an_old_plan(full: Workspace) -> None:
    scenario = Scenario("ward", (Demand("R1", 2, BY, ready=0.6),), PlanLimits(hours_per_week=10.0))
    before = full.plan(scenario)
    learner = next(item for item in before.plan.assignments if item.person_id == "own/P1")
    taken = learner.credential_ids[0]
    uphold(full, "P1", credential=taken)
    breaches, changed = full.plans.check(before)
    assert changed == ("people",)
    assert [(item.rule, item.where) for item in breaches] == [("disputed", "own/P1")]
    after = full.plan(scenario)
    assert all(taken not in item.credential_ids for item in after.plan.assignments if item.person_id == "own/P1")
    assert full.plans.check(after)[0] == ()


def test_a_merge_in_the_overlay_is_seen_by_plans(full: Workspace) -> None:
    """Evidence about the skill that is merged away counts for the one that is left."""
    cover = Cover("care.wounds", 3.0, 1, BY)

    def able() -> set[str]:
        setting = setting_of(full, Scenario("merged", (), PlanLimits(), covers=(cover,)))
        return {name for name, person in setting.people.items() if holds(person, setting.scenario.covers[0], setting)}

    assert able() == set()
    merge(full, "it.javascript", "care.wounds")
    assert full.profile("P1").level_of("care.wounds") >= cover.level - TOLERANCE
    assert able() == {"own/P1"}
    assert full.plan(Scenario("merged", (), PlanLimits(), covers=(cover,))).plan.demands[0].ready == 1
