"""Every link of the description followed: from the example of where it starts, with anything in what it leaves open.

The fuzzer's own chains begin with whatever it thinks of, which seldom makes something that can be followed; here each
link starts from an answer that is there, so that each is walked, a few times in every run and a hundred when slow.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import given, settings
from starlette.testclient import TestClient
from tests.api.conftest import reached
from tests.api.test_docs import every_operation, examples_of, things_made
from tests.api.test_fuzz import CHECKS, USUAL, told

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.api.openapi.description import describe, example_of
from skillmatch.api.openapi.links import LINKS, Link
from skillmatch.api.openapi.operations import address
from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO
from skillmatch.api.schemas.webhooks import EXAMPLE_WEBHOOK
from skillmatch.domain.access.job import JobStatus
from skillmatch.domain.access.webhook import Webhook, WebhookEvent
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.access.outbound import HOSTS
from skillmatch.service.workspace import Workspace

FEW = settings(USUAL, max_examples=1)
MANY = settings(USUAL, max_examples=20)
PERSON = "/v1/people/own/P-037"


class Walker:
    """Starts links and follows them, in a workspace that holds something of every kind."""

    def __init__(self, workspace: Workspace, app: FastAPI) -> None:
        self.workspace, self.document = workspace, describe(app)
        self.key = {"Authorization": f"Bearer {workspace.keys.create('links', ['admin'], by='tests').text}"}
        self.client: TestClient = reached(app)
        self.client.headers.update(self.key)
        self.known = {
            spec["operationId"]: (path, method, spec) for path, method, spec in every_operation(self.document)
        }
        loaded: Any = schemathesis.openapi.from_asgi("/openapi.json", app)
        self.operations = {
            found.definition.raw["operationId"]: found
            for found in (result.ok() for result in loaded.get_all_operations())
        }
        self.jobs: dict[str, str] = {}
        for seed in (1, 2):
            workspace.jobs.submit("plan", {"scenario": EXAMPLE_SCENARIO, "seed": seed}, by="open")
            done = workspace.jobs.run_next()
            assert done is not None and done.status == "done", done
            self.jobs["get_plan"] = done.id
        self.jobs["get_job_file"] = things_made(workspace, "/v1/jobs/{job_id}/files/{name}")["job_id"]
        self.count = 0

    def start(self, link: Link) -> tuple[dict[str, str], Any, Any]:
        """Ask what a link starts from, by its example: what was given, what was sent, and the answer."""
        path, method, spec = self.known[link.start]
        if self.client.get(PERSON).status_code == 404:  # a walk erased them
            self.client.put(PERSON, json={"name": "Kerem Demirci", "role_id": "own/R-B03"})
        given = examples_of(spec, ("path", "query"), required=link.start != "person_why")
        made = things_made(self.workspace, path) if "{plan_id}" not in path else {"plan_id": self._a_plan()}
        if link.start == "get_job" and link.target in self.jobs:
            made = {"job_id": self.jobs[link.target]}
        given |= {name: value for name, value in made.items() if name in given}
        body = self._body(spec)
        self.count += 1
        body = self._new(link.start, body)
        if link.start in ("get_key", "rotate_key"):
            given |= self._own_thing(link.start, given)
        if "webhook" in link.start:  # there may be a few only, and a walk removed the one of the examples
            for hook in self.workspace.webhooks.all():
                if hook.id != EXAMPLE_WEBHOOK:
                    self.workspace.webhooks.remove(hook.id)
            add_webhook(self.workspace)
        for job in self.workspace.jobs.all(status=JobStatus.QUEUED).items:  # only so many may wait
            if job.id not in made.values():
                self.workspace.jobs.cancel(job.id)
        headers = {"if-match": "*"} if "if-match" in {part["name"] for part in spec["parameters"]} else {}
        if link.start == "approve_plan":  # nobody signs a plan twice, so each time somebody else does
            key = self.workspace.keys.create(f"Approver {self.count}", ["plan"], by=f"Administrator {self.count}")
            headers["Authorization"] = f"Bearer {key.text}"
            body = {name: value for name, value in body.items() if name != "name"}
        where = address(spec, path, given)
        if link.start == "import_file":
            content = spec["requestBody"]["content"]["text/csv"]["schema"]["examples"][0]
            response = self.client.request(method, where, content=content, headers={"Content-Type": "text/csv"})
        else:
            response = self.client.request(method, where, json=body, headers=headers)
        if response.status_code == 404:  # a walk removed it
            self._put_back(path)
            response = self.client.request(method, where, json=body, headers=headers)
        assert response.is_success, (link.start, response.text)
        return given, body, response

    def values(self, link: Link) -> tuple[dict[str, Any], Any]:
        """What a link says of the request that it leads to: its parameters, and its body where it names one."""
        given, sent, response = self.start(link)
        values = {name: self._value(text, given, response) for name, text in link.parameters.items()}
        return values, sent if link.body else None

    def _value(self, expression: str, given: Mapping[str, str], response: Any) -> Any:
        if expression.startswith("$request."):
            return given[expression.rpartition(".")[2]]
        if expression.startswith("$response.header."):
            return response.headers[expression.rpartition(".")[2]]
        value = json.loads(response.content)
        for step in expression.removeprefix("$response.body#/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value

    def _body(self, spec: Mapping[str, Any]) -> Any:
        content = spec.get("requestBody", {}).get("content", {}).get("application/json")
        return example_of(content["schema"], self.document) if content else None

    def _new(self, start: str, body: Any) -> Any:
        """A body that says something which is not there yet, where saying it twice is a conflict."""
        unlike = {
            "add_person": {"external_id": f"P-9{self.count:05}"},
            **{
                f"add_{kind}": {"external_id": f"N-{self.count}"}
                for kind in ("role", "credential", "offering", "stack")
            },
            "add_evidence": {"note": f"Talk {self.count}"},
            "add_overlay_entry": {"text": f"talking well {self.count}"},
            "add_webhook": {"url": f"https://hooks.example.org/{self.count}"},
        }
        return body | unlike[start] if start in unlike else body

    def _a_plan(self) -> str:
        plans = self.client.get("/v1/plans").json()["items"]
        free = [item["id"] for item in plans if not item["approvals"]]
        if len(plans) >= 2 and free:
            return str(free[0])
        while self.workspace.jobs.run_next() is not None:
            pass  # jobs that walks handed in, so that the next one is the plan's
        return things_made(self.workspace, "/v1/plans/{plan_id}")["plan_id"]

    def _put_back(self, path: str) -> None:
        for name in ("put_role", "put_credential", "put_offering", "put_stack"):
            where, method, spec = self.known[name]
            if where == path:
                here = address(spec, path, examples_of(spec, ("path",), required=True))
                assert self.client.request(method, here, json=self._body(spec)).is_success

    def _own_thing(self, start: str, given: Mapping[str, str]) -> dict[str, str]:
        if "key_id" not in given:
            return {}
        return {"key_id": self.workspace.keys.create(start, ["read"], by="tests").key.id}


def add_webhook(workspace: Workspace) -> None:
    """The webhook of the examples, where it is not there."""
    with workspace._context.store.writing() as change:
        if EXAMPLE_WEBHOOK not in {hook.id for hook in change.webhooks()}:
            url, events = "https://hooks.example.org/other", frozenset({WebhookEvent.JOB_FINISHED})
            change.add_webhook(Webhook(EXAMPLE_WEBHOOK, url, events, datetime(2026, 12, 1, tzinfo=UTC), "open"), "s")


@pytest.fixture(scope="module")
def walker(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("links") / "demo"))
    with pytest.MonkeyPatch.context() as patch, Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        patch.setenv(HOSTS, "hooks.example.org")
        add_webhook(workspace)
        yield Walker(workspace, create_app(workspace, allow_remote=True, rates=Rates(10_000_000)))


def _label(link: Link) -> str:
    return f"{link.start} -> {link.target}"


def walked(walker: Walker, how: settings) -> tuple[dict[str, str], dict[str, list[int]]]:
    """What went wrong on each link, and the statuses that the requests at its end were answered with."""
    faults: dict[str, str] = {}
    seen: dict[str, list[int]] = {_label(link): [] for link in LINKS}
    for link in LINKS:
        try:
            _walk(walker, link, how, seen[_label(link)])
        except BaseException as error:  # a group, where cases fail in several ways
            faults[_label(link)] = "\n".join(str(one) for one in getattr(error, "exceptions", (error,)))
    return faults, seen


def _walk(walker: Walker, link: Link, how: settings, statuses: list[int]) -> None:
    """Follow one link as often as asked, each time from a new answer."""
    placed = {part["name"]: part["in"] for part in walker.known[link.target][2]["parameters"]}

    @how
    @given(case=walker.operations[link.target].as_strategy())
    def run(case: schemathesis.Case[Any]) -> None:
        values, body = walker.values(link)
        for name, value in values.items():
            plain = name.rpartition(".")[2]
            {"path": case.path_parameters, "query": case.query, "header": case.headers}[placed[plain]][plain] = value
        if body is not None:
            case.body, case.media_type = body, "application/json"
        response = case.call(headers=walker.key)
        statuses.append(response.status_code)
        case.validate_response(response, checks=list(CHECKS))

    run()


def test_every_link_is_followed(walker: Walker) -> None:
    faults, seen = walked(walker, FEW)
    assert not faults, told(faults)
    assert all(seen.values())


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_every_link_is_followed_many_times(walker: Walker) -> None:
    faults, seen = walked(walker, MANY)
    answered = [status for statuses in seen.values() for status in statuses]
    arrived = [link for link, statuses in seen.items() if any(status < 300 for status in statuses)]
    print(f"{len(answered)} walks over {len(seen)} links, {len(arrived)} of which led to a success")
    assert not faults, told(faults)
    assert len(answered) >= 2_000
