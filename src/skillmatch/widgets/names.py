"""Names: what people are called on the screen, read anew each time, so that nobody is ever taken for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillmatch.domain.person import Person
from skillmatch.domain.plan import Assignment, OptionKind
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.choices import person_label, pseudonym


@dataclass(frozen=True, slots=True)
class Names:
    """Pseudonyms, or names with ids where they are asked for."""

    workspace: Workspace
    pseudonyms: bool

    def of(self, person: Person) -> str:
        """What a person is called."""
        if not self.pseudonyms:
            return person_label(person, 0, pseudonyms=False)
        members = self.workspace.members(person.unit)
        return person_label(person, members.index(person.id) + 1, pseudonyms=True)

    def of_parts(self, parts: Sequence[Assignment]) -> dict[str, str]:
        """What everybody is called who has a part in a plan, by id: also who is to be hired, and who has left since."""
        found: dict[str, str] = {}
        units = sorted({item.unit for item in parts if item.kind is not OptionKind.HIRE})
        if self.pseudonyms:
            for unit in units:
                found |= {
                    name: pseudonym(unit, turn) for turn, name in enumerate(self.workspace.members(unit), start=1)
                }
        else:
            found = {one.id: person_label(one, 0, pseudonyms=False) for one in self.workspace.people(units)}
        told: dict[str, str] = {}
        hired = left = 0
        for item in parts:
            if item.kind is OptionKind.HIRE:
                hired += 1
                told[item.person_id] = f"To be hired, {hired}"
            elif item.person_id in found:
                told[item.person_id] = found[item.person_id]
            else:
                left += 1
                told[item.person_id] = f"{item.unit or 'No unit'}, somebody who left ({left})"
        return told
