"""The whole description, thrown back at the server: no fault of ours, and every answer is one that is described.

A few cases of each address in every run; thousands, and chains of requests that lead from one to the next, before a
release (``-m slow``).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyReplay, FlakyStrategyDefinition
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    use_after_free,
)
from tests.api.test_docs import every_operation, examples_of

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.api.openapi.description import describe, example_of
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

KEY: dict[str, str] = {}
"""What lets the requests in; made with the workspace."""

CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    missing_required_header,
    use_after_free,
)

USUAL = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHAINS = 40
LONG = settings(USUAL, max_examples=60, phases=[Phase.explicit, Phase.generate, Phase.shrink])


@pytest.fixture(scope="module")
def described(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of an application around a copy of the demo, which may be changed."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("fuzz") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        KEY["Authorization"] = f"Bearer {workspace.keys.create('fuzz', ['admin'], by='tests').text}"
        app = create_app(workspace, allow_remote=True, rates=Rates(10_000_000))
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


def faults_of(described: Any, how: settings, checks: Sequence[Any]) -> tuple[dict[str, str], int]:
    """What went wrong at each address, said by the first case that shows it; and how many cases there were."""
    found: dict[str, str] = {}
    count = 0
    for result in described.get_all_operations():
        operation = result.ok()

        @how
        @given(case=operation.as_strategy())
        def run(case: schemathesis.Case) -> None:
            nonlocal count
            count += 1
            case.call_and_validate(headers=KEY, checks=checks)

        try:
            run()
        except BaseException as error:  # a group, where cases fail in several ways
            found[operation.label] = "\n".join(str(one) for one in getattr(error, "exceptions", (error,)))
    return found, count


def told(faults: dict[str, str]) -> str:
    return "\n\n".join(f"{label}\n{text}" for label, text in faults.items())


def test_a_few_requests_to_every_address(described: Any) -> None:
    faults, count = faults_of(described, USUAL, CHECKS)
    assert not faults, told(faults)
    assert count >= 100


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_thousands_of_requests(described: Any) -> None:
    faults, count = faults_of(described, LONG, CHECKS)
    assert not faults, told(faults)
    print(f"{count} requests")
    assert count >= 5_000


def usual(described: Any, app: Any) -> None:
    """Make most of what is generated what the examples say, with ids of their own: else chains end where they begin.

    What no link fills in is drawn three times in four from the documented example, so that a first request succeeds.
    """
    specs = {f"{method.upper()} {path}": (path, spec) for path, method, spec in every_operation(describe(app))}

    def mostly(example: Any, drawn: Any) -> st.SearchStrategy[Any]:
        if not example:
            return st.just(drawn)
        return st.integers(0, 3).flatmap(lambda one: st.just(drawn) if one == 0 else fresh(example))

    def fresh(example: Any) -> st.SearchStrategy[Any]:
        if not isinstance(example, dict) or "external_id" not in example:
            return st.just(example)
        return st.integers(0, 10**6).map(lambda number: example | {"external_id": f"N-{number}"})

    @described.hook
    def flatmap_path_parameters(context: Any, path_parameters: Any) -> Any:
        _, spec = specs[context.operation.label]
        return mostly(examples_of(spec, ("path",), required=True), path_parameters)

    @described.hook
    def flatmap_query(context: Any, query: Any) -> Any:
        _, spec = specs[context.operation.label]
        return mostly(examples_of(spec, ("query",), required=True), query)

    @described.hook
    def flatmap_headers(context: Any, headers: Any) -> Any:
        names = {part["name"] for part in specs[context.operation.label][1].get("parameters", ())}
        return mostly({"if-match": "*"} if "if-match" in names else {}, headers)

    @described.hook
    def flatmap_body(context: Any, body: Any) -> Any:
        content = specs[context.operation.label][1]["requestBody"]["content"]
        if "application/json" not in content:
            return st.just(body)
        return mostly(example_of(content["application/json"]["schema"], describe(app)), body)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_chains_of_requests(pristine: Path, tmp_path: Path) -> None:
    """Requests that go on with what the ones before gave back: made, read, changed, removed, asked for again."""
    folder = Path(shutil.copytree(pristine, tmp_path / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key: dict[str, str] = {}
        app = create_app(workspace, allow_remote=True, rates=Rates(10_000_000))
        described = schemathesis.openapi.from_asgi("/openapi.json", app)
        usual(described, app)
        statuses: Counter[int] = Counter()
        walked: Counter[str] = Counter()

        class Chains(described.as_state_machine()):  # type: ignore[misc]
            def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
                return {"headers": key}

            def before_call(self, case: schemathesis.Case) -> None:
                self.before = getattr(self, "last", "")
                self.last = case.operation.label

            def after_call(self, response: Any, case: schemathesis.Case) -> None:
                statuses[response.status_code] += 1
                walked[f"{self.before} -> {self.last}"] += bool(self.before) and response.status_code < 300

            def validate_response(self, response: Any, case: schemathesis.Case, **given: Any) -> None:
                case.validate_response(response, checks=list(CHECKS), headers=key)

        how = settings(USUAL, max_examples=25, stateful_step_count=10, phases=[Phase.generate], derandomize=False)
        for turn in range(CHAINS):  # a server remembers; whoever generates must not think that it has seen this before
            # A chain may well replace its own key, so each turn has a new one.
            key["Authorization"] = f"Bearer {workspace.keys.create('chains', ['admin'], by='tests').text}"
            with suppress(FlakyStrategyDefinition, FlakyReplay):
                seed(turn)(Chains).run(settings=how)
    steps = sum(statuses.values())
    print(f"{steps} requests, {len(+walked)} ways from one to the next that succeeded; {dict(statuses)}")
    assert steps >= 5_000
    assert len(+walked) >= 500
