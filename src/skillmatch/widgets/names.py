"""Names: what people are called on the screen, read anew each time, so that nobody is ever taken for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.person import Person
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.choices import person_label


@dataclass(frozen=True, slots=True)
class Names:
    """Pseudonyms, or names with ids where they are asked for."""

    workspace: Workspace
    pseudonyms: bool

    def of(self, person: Person) -> str:
        """What a person is called."""
        if not self.pseudonyms:
            return person_label(person, 0, pseudonyms=False)
        members = self.workspace.people.members(person.unit)
        return person_label(person, members.index(person.id) + 1, pseudonyms=True)
