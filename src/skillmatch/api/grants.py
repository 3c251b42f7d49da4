"""Grants: what every kind of key may do with every operation, worked out from what each says it needs and touches.

``python -m skillmatch.api.grants`` writes the table that stands in ``docs/grants.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skillmatch.api.auth.touches import Touches
from skillmatch.api.openapi.operations import Operation, operations
from skillmatch.domain.access.caller import Scope


class Cell(StrEnum):
    """How far a kind of key gets with an operation."""

    ALL = "all"
    UNITS = "its units"
    ITSELF = "itself"
    OWN = "its own"
    NONE = "-"


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A key with one scope, bound to units or not; one with ``self`` stands for a person, whatever its units."""

    scope: Scope
    bound: bool = False

    def __str__(self) -> str:
        return f"{self.scope} of a unit" if self.bound else self.scope.value

    def cell(self, operation: Operation) -> Cell:
        """How far this kind of key gets with an operation."""
        if self.scope is not Scope.ADMIN and self.scope not in operation.scopes:
            return Cell.NONE
        narrowed = self.bound or self.scope is Scope.SELF
        match operation.touches:
            case Touches.SHARED:
                return Cell.NONE if narrowed else Cell.ALL
            case Touches.OWN:
                return Cell.ALL if self.scope is Scope.ADMIN else Cell.OWN
            case Touches.PEOPLE | Touches.UNITS if self.scope is Scope.SELF:
                return Cell.ITSELF
            case Touches.PEOPLE | Touches.UNITS:
                return Cell.UNITS if narrowed else Cell.ALL
            case Touches.NOTHING:
                return Cell.ALL


KINDS = tuple(
    KeyKind(scope, bound) for scope in Scope for bound in (False, True) if not (bound and scope is Scope.ADMIN)
)
"""Every kind of key; an administrator's cannot be bound to units."""

_ABOUT = """\
# What a key may do

Every operation of the API says which scopes open it and what it touches (`security` and `x-touches` in
`/openapi.json`). From both follows what a key of each kind may do. A test makes every request of this table, about
something inside the key's units and about something outside; `python -m skillmatch.api.grants` writes it.

- **all**: everything of the organisation. **its units**: people, figures and plans of the units that the key was
  granted; what is outside answers like what is not there (404), a scenario that reaches further is refused (403),
  lists and files leave it out. **itself**: the person that a `self` key stands for. **its own**: jobs that the key
  handed in.
- **-**: refused (403, `scope_missing`), whatever the body holds.
- **shared** is what all units share (catalogue, roles, taxonomy, feedback, files to import, new people) and what
  concerns all of them (audit, keys, webhooks). A key bound to units reads catalogue, roles and taxonomy, and changes
  none of it.
- A key with several scopes may do what any one of them may. An administrator's key is never bound to units.
- A **plan** is inside a unit when its scenario names granted units only and everybody in it is in one of them today,
  whoever solved it. Once somebody in it has moved elsewhere, it is outside: solve it again.
- **Whoever asks signs**: approvals, decisions, overlay entries and feedback carry the name of the key (or of the
  token's holder); another name in the body is refused (422). Whoever solved a plan does not approve it, and whoever
  handed in a claim or a dispute, or is its person, does not decide it (409): the same key, a key of the same name or
  for the same person, a key that one made with the other. `SKILLMATCH_APPROVE_OWN=yes` lets one key do both where
  there is only one; never the person themself. With `serve --open` nobody proves who they are: there the name in the
  body counts, as on the command line.

"""


def table(document: Mapping[str, Any]) -> str:
    """The page about grants, for an OpenAPI description; Markdown."""
    head = ["Operation", "Touches", *map(str, KINDS)]
    lines = [head, ["---"] * len(head), *_rows(document)]
    return _ABOUT + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _rows(document: Mapping[str, Any]) -> Iterator[list[str]]:
    for operation in operations(document):
        if operation.scopes:
            name = f"`{operation.method} {operation.path}`"
            yield [name, operation.touches.value, *(kind.cell(operation).value for kind in KINDS)]


if __name__ == "__main__":
    import sys

    from skillmatch.api.app import create_app

    sys.stdout.write(table(create_app(allow_remote=False).openapi()))
