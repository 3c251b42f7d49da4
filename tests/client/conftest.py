"""A live server on the loopback, with a key for everything, for all tests of this room."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.api.server.protocol import Protocol
from skillmatch.api.server.serve import address_of, listen
from skillmatch.client import Client
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workers.jobs import JobWorker
from skillmatch.service.workspace import Workspace


@pytest.fixture(scope="session")
def live_folder(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the workspace that is served: the demo."""
    return Path(shutil.copytree(pristine, tmp_path_factory.mktemp("live") / "demo"))


@pytest.fixture(scope="session")
def live(live_folder: Path) -> Iterator[tuple[str, str]]:
    """The address of the demo, served, and an admin's key."""
    with Workspace.open(live_folder, encoder=NgramEncoder()) as workspace:
        key = workspace.keys.create("tests", ["admin"], by="tests").text
        app = create_app(workspace, allow_remote=False, rates=Rates(100_000))
        server = uvicorn.Server(uvicorn.Config(app, http=Protocol, ws="none", log_config=None))
        with JobWorker(workspace), listen("127.0.0.1", 0) as listener:
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            yield address_of(listener, "127.0.0.1"), key
            server.should_exit = True
            thread.join(20)


@pytest.fixture
def api(live: tuple[str, str]) -> Iterator[Client]:
    with Client(*live) as client:
        yield client
