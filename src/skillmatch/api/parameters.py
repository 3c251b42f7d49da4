"""Parameters that several addresses share, with what OpenAPI says of them; the examples speak of the demo."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request

from skillmatch.service.workspace import Workspace

MAX_NAME = 500  # characters of an id or a name
MAX_LIMIT = 200

EXAMPLE_PERSON = "own/P-037"
EXAMPLE_ROLE = "own/R-B03"


def workspace_of(request: Request) -> Workspace:
    """The workspace that the application was started with."""
    workspace: Workspace = request.app.state.workspace
    return workspace


OpenWorkspace = Annotated[Workspace, Depends(workspace_of)]

PersonName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MAX_NAME,
        description="Id of a person: ours (`source/id`) or your own",
        examples=[EXAMPLE_PERSON],
    ),
]

RoleName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MAX_NAME,
        description="A role: our id (`source/id`), your own id, or its title",
        examples=[EXAMPLE_ROLE],
    ),
]

AsOf = Annotated[
    date | None,
    Query(
        description="The day the answer holds for; else the workspace's pinned day, else today",
        examples=["2026-12-01"],
    ),
]

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most so many")]

MaxHours = Annotated[
    float | None,
    Query(ge=0, allow_inf_nan=False, description="Leave out credentials of more hours than this", examples=[40]),
]

MaxCost = Annotated[
    float | None,
    Query(ge=0, allow_inf_nan=False, description="Leave out credentials that cost more than this", examples=[500]),
]


def path_id(what: str, example: str) -> Any:
    """What a path parameter is that takes an id, which may hold slashes."""
    return Path(alias="id", min_length=1, max_length=MAX_NAME, description=what, examples=[example])
