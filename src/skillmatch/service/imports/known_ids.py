"""What a file may call a thing: its full id, its bare id where only one thing has it, or its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from skillmatch.domain.skills.taxonomy import fold

PEOPLE_FIRST = "Import people first, or with the evidence."


@dataclass(frozen=True)
class KnownIds:
    """Full ids by what a file may call a thing; names that several things share mean none of them."""

    full: frozenset[str]
    bare: Mapping[str, str]
    titled: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Sequence[str], titles: Mapping[str, str] | None = None) -> KnownIds:
        """From all ids, and the title of each thing that has one by its id."""
        named = {} if titles is None else _single((fold(title), own_id) for own_id, title in titles.items())
        return cls(frozenset(ids), _single((own_id.partition("/")[2], own_id) for own_id in ids), named)

    def find(self, given: str) -> str | None:
        """The thing meant by ``given``; a source that does not know the id gives way to the one that does, and a title
        means a thing where no id is spelled so."""
        if given in self.full:
            return given
        rest = given.partition("/")[2]
        return self.bare.get(rest) or self.titled.get(fold(rest)) or self.titled.get(fold(given))


def no_person(given: str, people: KnownIds) -> str:
    """The message for a person whom nobody knows; it says so when only zeros before the id are missing."""
    bare = given.partition("/")[2]
    if bare.isdigit():
        longer = next((other for other in people.bare if other.lstrip("0") == bare.lstrip("0")), None)
        if longer is not None:
            return f"no person is called '{bare}', but one is called '{longer}': a spreadsheet took the zeros away."
    return f"no person is called '{bare}'."


def _single(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, own_id in pairs:
        found.setdefault(name, []).append(own_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}
