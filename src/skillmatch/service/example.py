"""Choosing an example: whom notebooks show first, in any workspace."""

from __future__ import annotations

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.domain.people.example import Example
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.service.advice.advisor import Advisor
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.people.people import People

LOOKED_AT = 60
"""Of so many people, the first ones by id, the example is chosen."""


class ExampleChoice:
    """Finding somebody to look at."""

    def __init__(self, context: WorkspaceContext, advisor: Advisor, people: People) -> None:
        self._context = context
        self._advisor = advisor
        self._people = people

    def choose(self) -> Example:
        """Of the first people who have a role, the one whose gap to it has most to show.

        That is most states at once, then coverage nearest to half, then the first by id: the same whenever it is
        asked. Raises ``SkillmatchError`` where nobody has a role with requirements.

        >>> workspace.example().role_id in workspace.snapshot().roles
        True
        """
        roles = self._context.snapshot().roles
        found: list[tuple[int, float, str, Gap]] = []
        for person in self._people.page(LOOKED_AT):
            role = roles.get(person.role_id or "")
            if role is not None and role.requirements:
                gap = self._advisor.gap(person.id, role.id)
                states = sum(gap.count(state) > 0 for state in GapState)
                found.append((-states, abs(gap.coverage - 0.5), person.id, gap))
        if not found:
            raise SkillmatchError(
                "nobody in the workspace has a role that requires something.",
                remedy="Import roles with requirements and people with roles; notebook 07 shows how.",
            )
        *_, gap = min(found, key=lambda item: item[:3])
        return Example(gap.person_id, gap.role_id, gap.role_title)
