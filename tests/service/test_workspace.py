"""The workspace as a table of contents: its parts and headline verbs, and examples of theirs that run."""

from __future__ import annotations

import doctest
import inspect
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.access.job import Lane
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.imports.exports import Exportable
from skillmatch.service.people.claims import Claims
from skillmatch.service.workspace import Workspace
from skillmatch.store import Store

PARTS = {
    "audit": "answers_about end export_to line lines record replay verify",
    "catalogue": "all credentials import_from offerings stacks survey texts_to_review",
    "catalogue.credentials": "get remove write",
    "catalogue.offerings": "all get remove write",
    "catalogue.stacks": "get remove write",
    "claims": "all decide export_to import_from submit worths",
    "disputes": "all decide submit",
    "idempotency": "keep release reserve",
    "jobs": "all cancel file get lane run_next submit",
    "keys": "all check create get note_use revision revoke rotate states",
    "learning": "events import_from take",
    "matching": "extract feedback link remove_tuning tune waiting",
    "matching.waiting": "all place place_likely",
    "matching.feedback": "all export_to give import_from triples",
    "people": "add_evidence all document erase erasures_owed evidence export get import_from members next_since page "
    "remove_evidence replace_evidence sweep units with_id write",
    "plans": "all approve check curve diff export find_contradictions get keep keeps_to list_contradictions prices "
    "remember_signer remove robust selection session solve stress",
    "roles": "accept_requirement all compare from_occupation from_text get govern_requirement history import_from "
    "reject_requirement remove write",
    "taxonomy": "complete diff import_from occupation overlay related search search_occupations skill versions",
    "taxonomy.overlay": "all change export_to import_from",
    "team": "gap parity person_grid unit_grid unmet",
    "webhooks": "all create deliver_due deliveries get remove replay rotate",
}
HEADLINES = {
    "open close folder revision health": "the workspace itself",
    "snapshot present one_state today pin_day": "the state and the day that answers hold for",
    "link extract profile gap recommend recommend_all pathway why adjacent plan example": "what is asked most",
    "export export_bytes": "everything out again",
}


def public(part: object) -> list[str]:
    return [name for name in dir(part) if not name.startswith("_")]


def part_of(workspace: Workspace, path: str) -> Any:
    found: Any = workspace
    for name in path.split("."):
        found = getattr(found, name)
    return found


@pytest.fixture(scope="module")
def workspace(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("contents") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as opened:
        yield opened


def test_the_table_of_contents(workspace: Workspace) -> None:
    headlines = " ".join(HEADLINES).split()
    assert len(headlines) <= 25
    assert public(workspace) == sorted([*headlines, *(name for name in PARTS if "." not in name)])
    for path, names in PARTS.items():
        assert public(part_of(workspace, path)) == names.split(), path


def verbs(workspace: Workspace) -> dict[str, Callable[..., Any]]:
    """Every public verb of the workspace and its parts by its path."""
    places = {"": workspace, **{f"{path}.": part_of(workspace, path) for path in PARTS}}
    return {
        f"{path}{name}": getattr(place, name)
        for path, place in places.items()
        for name in public(place)
        if inspect.ismethod(getattr(place, name))
    }


def test_every_verb_says_what_it_is_for(workspace: Workspace) -> None:
    assert [path for path, verb in verbs(workspace).items() if not inspect.getdoc(verb)] == []


def test_the_examples_are_true(workspace: Workspace, scenario: Scenario, tmp_path: Path) -> None:
    known = {
        "workspace": workspace,
        "Pace": Pace,
        "Exportable": Exportable,
        "scenario": scenario,
        "folder": tmp_path,
    } | {"Lane": Lane}
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner()
    found = {verb.__func__: verb for verb in verbs(workspace).values()}  # type: ignore[attr-defined]
    ran = [runner.run(test) for verb in found.values() for test in finder.find(verb, verb.__qualname__, globs=known)]
    assert sum(result.failed for result in ran) == 0, "see what the doctest runner printed"
    assert sum(result.attempted for result in ran) >= 50


@pytest.fixture
def scenario() -> Scenario:
    """Two more people of a unit for the role that it has: solved at once."""
    ready = Demand("R-B03", 2, date(2027, 6, 30), ready=0.6)
    return Scenario("Night cover", (ready,), PlanLimits(budget=2_000.0, hours_per_week=4.0), units=("Care homes",))


def test_a_part_stands_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "alone", create=True)
    context = WorkspaceContext(store, NgramEncoder())
    try:
        assert Claims(context).all().lines == ()
        assert context.day(context.snapshot(), date(2026, 5, 1)) == date(2026, 5, 1)
    finally:
        context.close()
