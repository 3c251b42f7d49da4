"""The server as a process of its own: it says where it is, answers, and ends when told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request

from skillmatch.api.serve import address_of, listen
from skillmatch.service.workspace import Workspace

PROGRAM = """
import sys
from pathlib import Path
from skillmatch.api.access import OPEN
from skillmatch.api.serve import serve
serve(Path(sys.argv[1]), port=0, access=OPEN, ready=lambda address: print(address, flush=True))
"""


def test_it_says_where_it_is_answers_and_ends_when_interrupted(demo: Workspace) -> None:
    command = [sys.executable, "-c", PROGRAM, str(demo.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/v1/roles", timeout=30) as response:
            listed = json.load(response)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert len(listed["items"]) == len(demo.roles())
    assert "Exception" not in complaints


def test_the_address_of_a_listener_can_be_typed_into_a_browser() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener, "localhost") == f"http://localhost:{port}"
        assert address_of(listener, "::1") == f"http://[::1]:{port}"
