"""The taxonomy as a part of the workspace: which skills and occupations there are, with the organisation's overlay."""

from __future__ import annotations

from skillmatch.domain.people.attainment import RelatedSkill
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.imports.imports import Imports
from skillmatch.service.taxonomy.overlay import TaxonomyOverlay
from skillmatch.service.taxonomy.versions import ImportedTaxonomies


class WorkspaceTaxonomy:
    """The skills in use: those of the active taxonomy as the ``overlay`` left them."""

    def __init__(self, context: WorkspaceContext, imports: Imports) -> None:
        self._context = context
        self.overlay = TaxonomyOverlay(context)
        imported = ImportedTaxonomies(context)
        self.versions = imported.versions
        self.diff = imported.diff
        self.search_occupations = imported.search_occupations
        self.occupation = imported.occupation
        self.import_from = imports.taxonomy

    def skill(self, given: str) -> Skill:
        """A skill by id, label or alias. Raises ``NotFoundError``, which names near ones.

        >>> workspace.taxonomy.skill("Wound care").id
        'care.wound-care'
        """
        return lookups.find_skill(self._context.snapshot(), given)

    def search(self, text: str, limit: int = 10) -> list[Skill]:
        """Skills whose label or an alias holds the text: names that begin with it first, then shorter ones.

        >>> workspace.taxonomy.search("wound")[0].label
        'Wound care'
        """
        snapshot = self._context.snapshot()
        skills = snapshot.taxonomy.skills
        return [skills[skill_id] for skill_id in snapshot.skill_names.search(text, limit)]

    def complete(self, text: str, limit: int = 10) -> list[tuple[Skill, str]]:
        """Skills with a name that begins with the text, and that name as it is written; the shortest names first.

        >>> workspace.taxonomy.complete("wound c")[0][1]
        'Wound care'
        """
        snapshot = self._context.snapshot()
        found = []
        for skill_id, folded in snapshot.skill_names.complete(text, limit):
            skill = snapshot.taxonomy.skills[skill_id]
            found.append((skill, next(name for name in skill.names if fold(name) == folded)))
        return found

    def related(self, given: str) -> tuple[Skill, tuple[RelatedSkill, ...]]:
        """A skill by id, label or alias, and those one step away; what carries over most comes first.

        Raises ``NotFoundError``.

        >>> workspace.taxonomy.related("Wound care")[1][0].label
        'Clinical nursing'
        """
        snapshot = self._context.snapshot()
        skill, kinship = lookups.find_skill(snapshot, given), snapshot.kinship
        found = [
            RelatedSkill(other, snapshot.labels[other], kin, kinship.transfer(other, skill.id))
            for other, kin in kinship.beside(skill.id).items()
            if other in snapshot.labels
        ]
        return skill, tuple(sorted(found, key=lambda item: (-item.transfer, item.label, item.skill_id)))
