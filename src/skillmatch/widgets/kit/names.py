"""Names: what people are called on the screen, read anew each time, so that nobody is ever taken for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.people.person import Person
from skillmatch.service.core.settings import Settings
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.choices import person_label


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


def hidden(pseudonyms: bool | None) -> bool:
    """Whether to hide names and ids: what was said, else what the process was told (``SKILLMATCH_NAMES``), else yes."""
    return not Settings.read().names if pseudonyms is None else pseudonyms
