"""Kinship: which skills say something about which others, prepared once for a taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from skillmatch.domain.people.attainment import Kin
from skillmatch.domain.skills.skill import Skill, SkillType

DOUBT = 2.0
"""Added to the number of occupations under a transfer, so that two occupations prove nothing (our assumption)."""

LEAST_TRANSFER = 0.5
"""Below this transfer a skill explains nothing about another one: more likely than not it is not there."""

MOST_OF_BROADER = 0.6
"""At most this share of a broader skill's level carries over to one of its parts, whatever work asks for both: who can
program need not know this language (our assumption)."""

MOST_NARROWER = 400
"""A skill with more narrower ones than this is a heading, not a skill: no one of them shows it (our assumption)."""

NARROW = 12
"""A field of knowledge with no more narrower ones than this is narrow: one of them shows it (our assumption)."""

ONE_OF_MANY = 0.5
"""At least this share of a narrower skill's level carries over to a wide broader one (our assumption)."""

NONE: Mapping[str, str] = MappingProxyType({})


class Kinship:
    """Looks up, for a required skill, the skills that can stand in for it.

    ``occupations`` holds for each occupation the ids of the skills that it cannot do without; a list that was copied
    from one occupation to others is one piece of experience, and counts once. ``related`` are the pairs that the
    taxonomy calls related, ``same`` the present id of skills that were merged or renamed away. Nothing is worked out
    before it is asked for, then it is kept; two threads that ask at once work it out twice, to the same end.

    Siblings, the parts of one broader skill, say nothing about each other: most are alternatives (Java, COBOL), and
    that the same work lists them tells what somebody may use there, not what one person can do.
    """

    def __init__(
        self,
        skills: Mapping[str, Skill],
        occupations: Iterable[Iterable[str]] = (),
        related: Iterable[tuple[str, str]] = (),
        same: Mapping[str, str] = NONE,
    ) -> None:
        self.labels = {skill.id: skill.label for skill in skills.values()}
        self._types = {skill.id: skill.type for skill in skills.values()}
        self._broader = {skill.id: skill.broader for skill in skills.values() if skill.broader}
        self._children: dict[str, list[str]] = {}
        for skill in skills.values():
            for up in skill.broader:
                self._children.setdefault(up, []).append(skill.id)
        self._asked_by: dict[str, set[int]] = {}
        for number, needs in enumerate(dict.fromkeys(map(frozenset, occupations))):
            for skill_id in needs:
                self._asked_by.setdefault(skill_id, set()).add(number)
        self._related: dict[str, set[str]] = {}
        for one, other in related:
            self._related.setdefault(one, set()).add(other)
            self._related.setdefault(other, set()).add(one)
        self._former: dict[str, list[str]] = {}
        for former, present in sorted(same.items()):
            self._former.setdefault(present, []).append(former)
        self._narrower: dict[str, frozenset[str]] = {}
        self._near: dict[str, dict[str, tuple[Kin, float]]] = {}

    def former(self, skill_id: str) -> list[str]:
        """The ids under which evidence for this very skill may still be kept."""
        return self._former.get(skill_id, [])

    def narrower(self, skill_id: str) -> frozenset[str]:
        """All skills below this one, however many steps; none for a heading (see ``MOST_NARROWER``)."""
        found = self._narrower.get(skill_id)
        if found is None:
            seen: set[str] = set()
            ahead = list(self._children.get(skill_id, ()))
            while ahead and len(seen) <= MOST_NARROWER:
                one = ahead.pop()
                if one not in seen and one != skill_id:
                    seen.add(one)
                    ahead.extend(self._children.get(one, ()))
            found = frozenset(seen) if len(seen) <= MOST_NARROWER else frozenset()
            self._narrower[skill_id] = found
        return found

    def beside(self, skill_id: str) -> dict[str, Kin]:
        """The skills one step away: broader and narrower ones, and those that the taxonomy calls related."""
        found = dict.fromkeys(self._related.get(skill_id, ()), Kin.NEIGHBOUR)
        found |= dict.fromkeys(self._children.get(skill_id, ()), Kin.NARROWER)
        found |= dict.fromkeys(self._broader.get(skill_id, ()), Kin.BROADER)
        found.pop(skill_id, None)
        return found

    def shows(self, narrower: str, skill_id: str) -> bool:
        """Whether one narrower skill shows a skill in full: both are knowledge, and the broader one is ``NARROW``.

        Who knows SQL knows a query language; who listens well does not yet communicate well in every way.
        """
        alike = self._types.get(skill_id) is self._types.get(narrower) is SkillType.KNOWLEDGE
        return alike and len(self.narrower(skill_id)) <= NARROW

    def most_of(self, skill_id: str) -> int:
        """How many narrower skills show a skill between them: more than half of all that it has."""
        return len(self.narrower(skill_id)) // 2 + 1

    def explains(self, narrower: str, skill_id: str) -> float:
        """The transfer (below 1) of one narrower skill that does not show the broader one by itself."""
        return max(ONE_OF_MANY, self.transfer(narrower, skill_id))

    def near(self, skill_id: str) -> Mapping[str, tuple[Kin, float]]:
        """The broader and the related skills that carry over to this one, with the transfer (0-1) of each."""
        found = self._near.get(skill_id)
        if found is None:
            found = {}
            kin = dict.fromkeys(self._related.get(skill_id, ()), Kin.NEIGHBOUR)
            kin |= dict.fromkeys(self._broader.get(skill_id, ()), Kin.BROADER)
            for other in sorted(kin.keys() - {skill_id} - self.narrower(skill_id)):
                most = MOST_OF_BROADER if kin[other] is Kin.BROADER else 1.0
                transfer = min(most, self.transfer(other, skill_id))
                if transfer >= LEAST_TRANSFER:
                    found[other] = kin[other], transfer
            self._near[skill_id] = found
        return found

    def transfer(self, has: str, wanted: str) -> float:
        """How much of the level in ``has`` may be expected in ``wanted`` (0-1), measured by work that asks for both.

        Of the occupations of the active taxonomy that cannot do without ``has``, the share of which that holds for
        ``wanted`` as well: ``both / (occupations with has + DOUBT)``, copied lists counted once. Whoever does such
        work has met the other skill to that degree; that the level carries over in this proportion is our assumption.
        """
        with_it = self._asked_by.get(has, set())
        both = len(with_it & self._asked_by.get(wanted, set()))
        return round(both / (len(with_it) + DOUBT), 6)


NO_KINSHIP = Kinship({})
"""For a workspace without a taxonomy: no skill says anything about another."""
