"""The demo organisation behind the API, once for all tests of this room."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace


def reached(app: FastAPI, *, host: str = "127.0.0.1:8000", client: str = "127.0.0.1") -> TestClient:
    """A client that reaches the application as ``host`` and comes from the address ``client``."""
    return TestClient(app, base_url=f"http://{host}", client=(client, 50_000), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client_of() -> Callable[..., TestClient]:
    """Makes a client for an application."""
    return reached


@pytest.fixture(scope="session")
def demo(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo in a workspace of its own, with an encoder that needs no model; tests do not change it."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("shared") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def app(demo: Workspace) -> FastAPI:
    """The demo served open."""
    return create_app(demo, access=OPEN, allow_remote=False)


@pytest.fixture
def own(pristine: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the demo that a test may change."""
    shutil.copytree(pristine, tmp_path / "own")
    with Workspace.open(tmp_path / "own", encoder=NgramEncoder()) as workspace:
        yield workspace


@pytest.fixture
def own_client(own: Workspace) -> TestClient:
    """The copy served open."""
    return reached(create_app(own, access=OPEN, allow_remote=False))


Grant = Callable[..., TestClient]


@pytest.fixture
def as_caller(own: Workspace) -> Grant:
    """Makes a client of the copy served closed, with a key of these scopes and grants."""
    closed = create_app(own, allow_remote=False)

    def client(*scopes: str, **grants: Any) -> TestClient:
        found = reached(closed)
        if scopes:
            found.headers["Authorization"] = f"Bearer {own.keys.create('test', scopes, by='test', **grants).text}"
        return found

    return client


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return reached(app)
