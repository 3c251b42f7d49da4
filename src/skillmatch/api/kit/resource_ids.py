"""Ids in addresses: what customers bring is found under its source and their own id of it."""

# No postponed annotations here: those of a function made inside another one could not be read by the framework.

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Path

from skillmatch.api.http.segments import segment
from skillmatch.domain.base.identity import MAX_ID, make_id, split_id


def address_of(collection: str, own_id: str) -> str:
    """The address of a thing in a collection such as ``roles``, by our id of it."""
    return f"/v1/{collection}/" + "/".join(quote(part, safe="") for part in split_id(own_id))


def thing_id(what: str, example: str) -> Any:
    """The dependency that gives our id of a thing from an address with ``{source}/{external_id}``.

    ``example`` is such an id of the demo.
    """
    example_source, _, example_id = example.partition("/")

    async def read(
        source: Annotated[
            str,
            Path(
                min_length=1,
                max_length=MAX_ID,
                description="The system that the id comes from",
                examples=[example_source],
            ),
        ],
        external_id: Annotated[
            str,
            Path(
                min_length=1,
                max_length=MAX_ID,
                description=f"Your own id of the {what}; write a slash in it as `%2F`",
                examples=[example_id],
            ),
        ],
    ) -> str:
        return make_id(source, segment(external_id))

    return Depends(read)
