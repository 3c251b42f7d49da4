"""One state for one answer: who is asked about, what is answered, and what the audit says of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from starlette.responses import Response

from skillmatch.service.workspace import Workspace


def from_one_state(handler: Callable[..., Response]) -> Callable[..., Response]:
    """A handler that reads all it says from one transaction; it takes the workspace by the name ``workspace``.

    Without it a write committed between two reads could make an answer of a person as they were and of a catalogue as
    it is, under versions that never went together. For handlers that only read.
    """

    place = list(signature(handler).parameters).index("workspace")

    @wraps(handler)
    def answering(*given: Any, **named: Any) -> Response:
        workspace: Workspace = named["workspace"] if "workspace" in named else given[place]
        with workspace.one_state():
            return handler(*given, **named)

    return answering
