"""Caller: who asks from outside, what they may do, and whom they may see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.people.person import PersonRecord

MAX_UNITS = 500


class Scope(StrEnum):
    """One sort of thing that a caller may be allowed; every address of the API names the ones that open it."""

    READ = "read"  # skills, catalogue, roles; people, one by one, of the units granted
    WRITE = "write"  # all of that may be sent and changed, too
    REPORT = "report"  # figures about groups, never about one person
    PLAN = "plan"  # scenarios and plans, which say who should learn what
    ADMIN = "admin"  # everything, keys included
    SELF = "self"  # what concerns the one person that the caller is


_INDIVIDUAL = frozenset({Scope.READ, Scope.WRITE, Scope.PLAN, Scope.ADMIN})


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a request comes from, as far as it has been proved.

    ``id`` names them in the audit (a key's id, an issuer's subject), ``name`` is for people. ``units`` are the
    units whose people they may see; None means all. ``person_id`` (our id) is the person that a ``self`` scope
    stands for. Raises ``InputError`` for a caller without scopes, an ``admin`` bound to units (it could make a key
    without them), and a ``self`` scope without a person or the other way round.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    units: tuple[str, ...] | None = None
    person_id: str | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.name, "name", most=500)
        check_grants(self.scopes, self.units, self.person_id)

    def has(self, scope: Scope) -> bool:
        """Whether a scope is granted; ``admin`` holds all of them."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    @property
    def restricted(self) -> bool:
        """Whether there may be people whom this caller must not know of."""
        return self.units is not None or not self.scopes & _INDIVIDUAL

    @property
    def only_self(self) -> bool:
        """Whether this is one person who asks for themselves, and nothing else."""
        return self.scopes == frozenset({Scope.SELF})

    def sees(self, person: PersonRecord) -> bool:
        """Whether this caller may know of one person: themselves, or somebody in the units granted."""
        if self.person_id is not None and person.id == self.person_id:
            return True
        return self.sees_unit(person.unit) and bool(self.scopes & _INDIVIDUAL)

    def sees_unit(self, unit: str) -> bool:
        """Whether a unit is among those granted."""
        return self.units is None or unit in self.units

    def may_grant(self, scopes: frozenset[Scope], units: tuple[str, ...] | None) -> bool:
        """Whether this caller may let another one do and see so much: never more than they may themselves."""
        if not all(self.has(scope) for scope in scopes):
            return False
        return self.units is None or (units is not None and set(units) <= set(self.units))


def check_grants(scopes: frozenset[Scope], units: tuple[str, ...] | None, person_id: str | None) -> None:
    """Require that scopes, units and person make sense together; ``InputError`` says what does not."""
    if not scopes:
        raise InputError("must not be empty.", field="scopes", remedy=f"Grant one or more of {', '.join(Scope)}.")
    if units is not None:
        checks.texts(units, "units")
        if not 1 <= len(units) <= MAX_UNITS:
            raise InputError(f"has {len(units)} entries; 1 to {MAX_UNITS} are possible.", field="units")
        if Scope.ADMIN in scopes:
            raise InputError("cannot bind an admin.", field="units", remedy="Leave the units or the scope admin out.")
    if (person_id is not None) != (Scope.SELF in scopes):
        raise InputError(
            "belongs to the scope 'self', and that scope to a person.",
            field="person_id",
            remedy="Give both or neither.",
        )
    if person_id is not None:
        checks.text(person_id, "person_id", most=500)
