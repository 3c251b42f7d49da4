"""The whole description, thrown back at the server: no fault of ours, and every answer is one that is described.

A few cases of each address in every run; thousands, and chains of requests that lead from one to the next, before a
release (``-m slow``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    use_after_free,
)

from skillmatch.api.app import create_app
from skillmatch.api.protocol import Protocol
from skillmatch.api.rates import Rates
from skillmatch.api.serve import address_of, listen
from skillmatch.matching.ngram_encoder import NgramEncoder
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
LONG = settings(USUAL, max_examples=400, phases=[Phase.explicit, Phase.generate, Phase.shrink])


@pytest.fixture(scope="module")
def described(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of an application around a copy of the demo, which may be changed."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("fuzz") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        KEY["Authorization"] = f"Bearer {workspace.create_key('fuzz', ['admin'], by='tests').text}"
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
    assert count >= 10_000


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_chains_of_requests(pristine: Path, tmp_path: Path) -> None:
    """Requests that go on with what the ones before gave back, by the fuzzer's own program against a server.

    That whatever fits its shape is taken is not among the checks: names must be known, days must not lie ahead.
    """
    folder = Path(shutil.copytree(pristine, tmp_path / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key = workspace.create_key("chains", ["admin"], by="tests").text
        app = create_app(workspace, allow_remote=False, rates=Rates(10_000_000))
        server = uvicorn.Server(uvicorn.Config(app, http=Protocol, ws="none", log_config=None))
        with listen("127.0.0.1", 0) as listener:
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            command = [str(Path(sys.executable).with_name("schemathesis")), "run", "--no-color", "--seed", "7"]
            command += [f"{address_of(listener, '127.0.0.1')}/openapi.json", "-H", f"Authorization: Bearer {key}"]
            command += ["--phases", "stateful", "--max-examples", "500", "--generation-database", "none"]
            command += ["--checks", ",".join(check.__name__ for check in CHECKS)]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
            server.should_exit = True
            thread.join(30)
    print(done.stdout[-1_500:])
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
