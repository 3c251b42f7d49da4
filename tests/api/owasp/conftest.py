"""One organisation to break into, with callers of every kind; what an attack changes would show."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

from ..calls import PERSON, UNIT

MANY = 10_000_000  # requests a minute, so that attacks are not refused for their number


@pytest.fixture(scope="module")
def victim(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the demo that the tests of a module share."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("victim") / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def victim_app(victim: Workspace) -> FastAPI:
    """The copy served closed."""
    return create_app(victim, allow_remote=False, rates=Rates(MANY))


@pytest.fixture(scope="module")
def keyed(victim: Workspace, victim_app: FastAPI, client_of: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """Makes a client with a key of these scopes and grants; without scopes, one that carries no key."""

    def client(*scopes: str, **grants: Any) -> TestClient:
        found = client_of(victim_app)
        if scopes:
            found.headers["Authorization"] = f"Bearer {victim.keys.create('test', scopes, by='test', **grants).text}"
        return found

    return client


@pytest.fixture(scope="module")
def manager(keyed: Callable[..., TestClient]) -> TestClient:
    """Somebody who may do everything but manage, with the people of one unit."""
    return keyed("read", "write", "plan", "report", units=[UNIT])


@pytest.fixture(scope="module")
def employee(keyed: Callable[..., TestClient]) -> TestClient:
    """One person, as themselves."""
    return keyed("self", person=PERSON)


@pytest.fixture(scope="module")
def admin(keyed: Callable[..., TestClient]) -> TestClient:
    """Whoever may do everything."""
    return keyed("admin")
