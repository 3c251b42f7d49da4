"""People: who there is, and what is known of one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from skillmatch.api import schemas
from skillmatch.api.cursors import read_cursor, write_cursor
from skillmatch.api.parameters import EXAMPLE_PERSON, MAX_NAME, AsOf, Limit, OpenWorkspace, path_id

router = APIRouter(tags=["People"])


@router.get("/people", summary="List people, page by page")
def list_people(
    request: Request,
    response: Response,
    workspace: OpenWorkspace,
    unit: Annotated[str | None, Query(max_length=MAX_NAME, description="Only the people of this unit")] = None,
    limit: Limit = 50,
    cursor: Annotated[
        str | None, Query(max_length=2_000, description="`next_cursor` of the page before; none for the first page")
    ] = None,
) -> schemas.People:
    """People in the order of their ids. The Link header leads to the next page, too.

    A page holds whoever comes after the last person of the page before, even when people come or go in between.
    """
    after = read_cursor(cursor) if cursor else ""
    found = workspace.people_page(limit + 1, after=after, unit=unit)  # one more tells whether there is a next page
    page = found[:limit]
    following = write_cursor(page[-1].id) if len(found) > limit else None
    if following is not None:
        address = request.url.include_query_params(cursor=following)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return schemas.People(items=[schemas.PersonSummary.of(person) for person in page], next_cursor=following)


@router.get("/people/{id:path}", summary="Get one person with evidence and awards")
def get_person(
    workspace: OpenWorkspace,
    person: Annotated[str, path_id("Our id or your own id of a person", EXAMPLE_PERSON)],
    as_of: AsOf = None,
) -> schemas.Person:
    """Everything that was said about a person, what it adds up to, and what they hold."""
    return schemas.Person.of(workspace.person(person), workspace.profile(person, as_of=as_of), workspace.snapshot())
