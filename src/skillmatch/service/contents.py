"""Contents: what is in a workspace, found by id or by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice

from skillmatch.domain.credential import Catalogue, Credential
from skillmatch.domain.person import Person
from skillmatch.domain.role import Role
from skillmatch.domain.skill import Skill
from skillmatch.domain.taxonomy import fold
from skillmatch.service import lookups
from skillmatch.service.ground import Ground
from skillmatch.service.health import Health, examine
from skillmatch.store import Kind, TaxonomyRecord
from skillmatch.taxonomy.diff import TaxonomyDiff, diff_taxonomies


class Contents(Ground):
    """Looking at taxonomy, catalogue, roles and people."""

    def taxonomies(self) -> list[TaxonomyRecord]:
        """The taxonomies that were imported; one of them is active."""
        with self._store.reading() as view:
            return view.taxonomies()

    def diff_taxonomies(self, old: tuple[str, str], new: tuple[str, str]) -> TaxonomyDiff:
        """What changed between two stored taxonomies, each a (name, version)."""
        with self._store.reading() as view:
            return diff_taxonomies(view.taxonomy(*old), view.taxonomy(*new))

    def skill(self, given: str) -> Skill:
        """A skill by id, label or alias."""
        return lookups.find_skill(self.snapshot(), given)

    def search_skills(self, text: str, limit: int = 10) -> list[Skill]:
        """Skills whose label or an alias holds the text: names that begin with it first, then shorter ones."""
        taxonomy, wanted = self.snapshot().taxonomy, fold(text)
        best: dict[str, tuple[bool, int, str]] = {}
        for name, skill_ids in taxonomy.by_name.items() if wanted else ():
            if wanted in name:
                for skill_id in skill_ids:
                    rank = (not name.startswith(wanted), len(name), skill_id)
                    best[skill_id] = min(rank, best.get(skill_id, rank))
        return [taxonomy.skills[skill_id] for *_, skill_id in sorted(best.values())[:limit]]

    def catalogue(self) -> Catalogue:
        """The credentials and stacks on offer."""
        return self.snapshot().catalogue

    def credential(self, given: str) -> Credential:
        """A credential by our id or the customer's own."""
        return lookups.find_credential(self.snapshot(), given)

    def roles(self) -> list[Role]:
        """All roles, by id."""
        return [role for _, role in sorted(self.snapshot().roles.items())]

    def role(self, given: str) -> Role:
        """A role by id or title."""
        return lookups.find_role(self.snapshot(), given)

    def people(self, units: Iterable[str] | None = None) -> list[Person]:
        """The people of some units, or all, by id."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            return [snapshot.person(item) for item in view.people(units=units)]

    def people_page(self, limit: int, *, after: str = "", unit: str | None = None) -> list[Person]:
        """At most ``limit`` people of a unit, or of all, by id, from the first one behind the id ``after`` on.

        A page of all people costs the same however many there are; one of a unit grows with the unit.
        """
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            if unit is not None:
                members = (person for person in view.people(units=[unit]) if person.id > after)
                return [snapshot.person(item) for item in islice(members, limit)]
            ids = view.ids(Kind.PERSON)
            begin = bisect_right(ids, after)
            return [snapshot.person(item) for item in view.people(ids=ids[begin : begin + limit])]

    def units(self) -> dict[str, int]:
        """How many people each unit has."""
        with self._store.reading() as view:
            return view.units()

    def members(self, unit: str) -> list[str]:
        """The ids of a unit's people in their order: the place in it is what a pseudonym is made of."""
        with self._store.reading() as view:
            return view.members(unit)

    def person(self, given: str) -> Person:
        """A person by our id or the customer's own."""
        with self._store.reading() as view:
            return self._snapshots.current(view).person(lookups.find_person(view, given))

    def health(self) -> Health:
        """What is in the workspace, what is wrong with it and what to do about it; looks at the encoder too."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            checks = examine(self._store, view, snapshot)
        return Health((*checks, self._linking.check()), snapshot.versions)
