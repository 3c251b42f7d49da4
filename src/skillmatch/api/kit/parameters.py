"""Parameters that several addresses share, with what OpenAPI says of them; the examples speak of the demo."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import AfterValidator

from skillmatch.api.http.segments import segment
from skillmatch.api.kit.resource_ids import thing_id
from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.service.workspace import Workspace

MAX_NAME = 500  # characters of an id or a name
MAX_LIMIT = 200
MAX_LANGUAGES = 50

EXAMPLE_PERSON = "own/P-037"
EXAMPLE_ROLE = "own/R-B03"
EXAMPLE_NEW_ROLE = "hris/R-900"  # what the example of adding a role adds
EXAMPLE_CREDENTIAL = "own/A-002"
EXAMPLE_NEW_CREDENTIAL = "lms/C-900"  # what the example of adding a credential adds
EXAMPLE_EVIDENCE = "043f8905d5632a9cd706e06a2dd9aaf2"


async def workspace_of(request: Request) -> Workspace:
    """The workspace that the application was started with; async, for nothing here is worth a thread."""
    workspace: Workspace = request.app.state.workspace
    return workspace


OpenWorkspace = Annotated[Workspace, Depends(workspace_of)]


def _seen(given: str) -> str:
    try:
        checks.name(given, "", empty=True)
    except InputError as error:
        raise ValueError(error.message) from None
    return given


Name = Annotated[str, AfterValidator(_seen)]
"""What people call a thing: one line in which everything can be seen."""

PersonName = Annotated[
    Name,
    Query(
        min_length=1,
        max_length=MAX_NAME,
        description="Id of a person: ours (`source/id`) or your own",
        examples=[EXAMPLE_PERSON],
    ),
]

RoleName = Annotated[
    Name,
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

HoursPerWeek = Annotated[
    float, Query(gt=0, le=168, allow_inf_nan=False, description="Hours a week for learning", examples=[4])
]

Weeks = Annotated[int, Query(ge=1, le=520, description="Weeks until it has to be done", examples=[26])]

Credential = Annotated[
    Name,
    Query(
        min_length=1,
        max_length=MAX_NAME,
        description="Id of a credential: ours (`source/id`) or your own",
        examples=[EXAMPLE_CREDENTIAL],
    ),
]


async def _limits(
    max_hours: Annotated[
        float | None,
        Query(ge=0, allow_inf_nan=False, description="Leave out credentials of more hours than this", examples=[40]),
    ] = None,
    max_cost: Annotated[
        float | None,
        Query(ge=0, allow_inf_nan=False, description="Leave out credentials that cost more than this", examples=[500]),
    ] = None,
    language: Annotated[
        list[str] | None,
        Query(
            max_length=MAX_LANGUAGES,
            description="Code of a language that a course may be in; may be repeated, none means any",
            examples=["en"],
        ),
    ] = None,
    max_weeks: Annotated[
        int | None, Query(ge=1, le=520, description="Leave out credentials of more weeks than this", examples=[26])
    ] = None,
    learning_hours: Annotated[
        float | None,
        Query(
            ge=0,
            le=168,
            allow_inf_nan=False,
            description="Hours a week for learning, by which weeks are counted; else the person's own",
            examples=[4],
        ),
    ] = None,
) -> Limits:
    return Limits(max_hours, max_cost, tuple(language or ()), max_weeks, learning_hours)


LearnerLimits = Annotated[Limits, Depends(_limits)]
"""What a learner can give, from the query."""


PersonId = Annotated[str, thing_id("person", EXAMPLE_PERSON)]
RoleId = Annotated[str, thing_id("role", EXAMPLE_ROLE)]
NewRoleId = Annotated[str, thing_id("role", EXAMPLE_NEW_ROLE)]
CredentialId = Annotated[str, thing_id("credential", EXAMPLE_CREDENTIAL)]
NewCredentialId = Annotated[str, thing_id("credential", EXAMPLE_NEW_CREDENTIAL)]
OfferingId = Annotated[str, thing_id("cohort", "own/A-005-1")]
StackId = Annotated[str, thing_id("stack", "own/A-S1")]


async def _skill_name(
    skill: Annotated[
        str,
        Path(
            min_length=1,
            max_length=MAX_NAME,
            description="Id, label or alias of a skill; write a slash in it as `%2F`",
            examples=["transversal.communication"],
        ),
    ],
) -> str:
    return segment(skill)


SkillName = Annotated[str, Depends(_skill_name)]
"""What a skill is called in an address with ``{skill}``."""
