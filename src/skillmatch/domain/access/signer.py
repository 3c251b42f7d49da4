"""Signer: who answers for a decision, and whether two of them are one and the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from skillmatch.domain.access.caller import Caller
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.people.person import PersonRecord

MAX_SIGNATURE = 200


@dataclass(frozen=True, slots=True)
class Signer:
    """A name under a decision, with what was proved of it.

    ``id`` is the caller's (a key's, an issuer's subject), blank where the name was only said. ``person_id`` is the
    person that they are. ``makers`` are, for a key that stands for no person, the ids of whoever made it and of those
    who made theirs: they have seen its secret.
    """

    name: str
    id: str = ""
    person_id: str | None = None
    makers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        checks.text(self.name, "by", most=500)

    @classmethod
    def of(cls, given: Signer | str) -> Signer:
        """The signer that is meant: a value of this kind, or somebody who only said their name."""
        return given if isinstance(given, Signer) else cls(given.strip())

    @classmethod
    def caller(cls, caller: Caller) -> Signer:
        """A caller as the signer of what they decide; the name is fit for a line."""
        printable = "".join(char for char in caller.name if char.isprintable())
        name = printable.strip()[:MAX_SIGNATURE].strip() or caller.id[:MAX_SIGNATURE]
        return cls(name, caller.id, caller.person_id)

    def is_one_with(self, other: Signer) -> bool:
        """Whether two signatures count as one hand: the same caller, name or person, or a key and whoever made it."""
        if self.id and other.id and (self.id == other.id or self.id in other.makers or other.id in self.makers):
            return True
        if self.person_id is not None and self.person_id == other.person_id:
            return True
        return _spoken(self.name) == _spoken(other.name)

    def is_person(self, person: PersonRecord) -> bool:
        """Whether a person signs, by what was proved or by the name or id that they gave."""
        names = (person.name, person.id, person.id.partition("/")[2])
        return self.person_id == person.id or _spoken(self.name) in {_spoken(name) for name in names}


def require_another(signer: Signer, first: Signer, what: str) -> None:
    """Raise ``ConflictError`` where whoever did ``what`` ("solved 'plan-1'") would sign it as well."""
    if signer.is_one_with(first):
        raise ConflictError(
            f"{signer.name} {what}, and somebody else has to decide about it.",
            remedy="Use the key of another person. Where one may do both, set SKILLMATCH_APPROVE_OWN=yes.",
        )


def _spoken(name: str) -> str:
    """A name as people read it: case, blanks, width and marks that cannot be seen do not count."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if unicodedata.category(char)[0] not in "CZ")
