"""Contents: what is in a workspace, found by id or by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from skillmatch.domain.credential import Catalogue, Credential
from skillmatch.domain.moments import utc_text
from skillmatch.domain.person import Person
from skillmatch.domain.related_skill import RelatedSkill
from skillmatch.domain.role import Role
from skillmatch.domain.skill import Skill
from skillmatch.domain.taxonomy import fold
from skillmatch.service import lookups
from skillmatch.service.health import Health, examine
from skillmatch.service.taxonomies import Taxonomies

STAMPED_WITHIN = timedelta(seconds=30)
"""So long at most it takes from the stamp of a change until others see it."""


class Contents(Taxonomies):
    """Looking at taxonomy, catalogue, roles and people."""

    def skill(self, given: str) -> Skill:
        """A skill by id, label or alias."""
        return lookups.find_skill(self.snapshot(), given)

    def search_skills(self, text: str, limit: int = 10) -> list[Skill]:
        """Skills whose label or an alias holds the text: names that begin with it first, then shorter ones."""
        snapshot = self.snapshot()
        skills = snapshot.taxonomy.skills
        return [skills[skill_id] for skill_id in snapshot.skill_names.search(text, limit)]

    def complete_skill(self, text: str, limit: int = 10) -> list[tuple[Skill, str]]:
        """Skills with a name that begins with the text, and that name as it is written; the shortest names first."""
        snapshot = self.snapshot()
        found = []
        for skill_id, folded in snapshot.skill_names.complete(text, limit):
            skill = snapshot.taxonomy.skills[skill_id]
            found.append((skill, next(name for name in skill.names if fold(name) == folded)))
        return found

    def related_skills(self, given: str) -> tuple[Skill, tuple[RelatedSkill, ...]]:
        """A skill by id, label or alias, and those one step away; what carries over most comes first."""
        snapshot = self.snapshot()
        skill, kinship = lookups.find_skill(snapshot, given), snapshot.kinship
        found = [
            RelatedSkill(other, snapshot.labels[other], kin, kinship.transfer(other, skill.id))
            for other, kin in kinship.beside(skill.id).items()
            if other in snapshot.labels
        ]
        return skill, tuple(sorted(found, key=lambda item: (-item.transfer, item.label, item.skill_id)))

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

    def people_page(
        self,
        limit: int,
        *,
        after: str = "",
        units: Iterable[str] | None = None,
        updated_since: datetime | None = None,
    ) -> list[Person]:
        """At most ``limit`` people of some units, or of all, by id, from the first one behind the id ``after`` on.

        With ``updated_since`` only those about whom something was written from that moment on (fields, evidence,
        awards, disputes), and those who were last changed before that was kept. Without it a page costs the same
        however many people there are. Raises ``InputError`` for a moment without an offset.
        """
        since = None if updated_since is None else utc_text(updated_since, "updated_since")
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            return [snapshot.person(item) for item in view.people_after(after, limit, units=units, since=since)]

    def next_since(self) -> datetime:
        """What to ask with next time for what is changed from now on.

        It lies a little back: a change is stamped just before it is there for others to see. So somebody may come
        twice, but nobody is missed.
        """
        return self._clock() - STAMPED_WITHIN

    def revision(self) -> int:
        """How often anything was changed, caches aside: where it is the same, answers of one day are the same."""
        with self._store.reading() as view:
            return view.revision()

    def units(self) -> dict[str, int]:
        """How many people each unit has."""
        with self._store.reading() as view:
            return view.units()

    def members(self, unit: str) -> list[str]:
        """The ids of a unit's people in their order: the place in it is what a pseudonym is made of."""
        with self._store.reading() as view:
            return view.members(unit)

    def person(self, given: str, *, suggest: bool = True) -> Person:
        """A person by our id or the customer's own; an error names near ids where ``suggest`` lets it."""
        with self._store.reading() as view:
            return self._snapshots.current(view).person(lookups.find_person(view, given, suggest=suggest))

    def person_with_id(self, person_id: str) -> Person:
        """The person with exactly this id of ours."""
        with self._store.reading() as view:
            return self._snapshots.current(view).person(view.person(person_id))

    def health(self) -> Health:
        """What is in the workspace, what is wrong with it and what to do about it; looks at the encoder too."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            checks = examine(self._store, view, snapshot)
        return Health((*checks, self._linking.check()), snapshot.versions)
