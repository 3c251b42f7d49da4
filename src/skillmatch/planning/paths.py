"""Which credentials a person could take towards some skills: alone, after what they need, together, or as a stack."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.person import Person
from skillmatch.gaps.assessment import Levels
from skillmatch.gaps.reach import attains
from skillmatch.planning.setting import Setting
from skillmatch.planning.starting_point import Held
from skillmatch.recommend.lift import after
from skillmatch.recommend.prerequisites import first_lacking

Path = tuple[Credential, ...]

BLOCKS = 14
"""How many credentials, with what each needs first, are combined with each other."""

ROUNDED = 1e-5
"""Above what rounding takes off the worths of a few combinations."""

BEAM = 16
"""How many unfinished combinations are extended."""


def in_order(items: Path, has: Callable[[str], bool], levels: Levels) -> Path | None:
    """The credentials in an order in which each finds its prerequisites met, or None; ids break ties.

    ``has`` says whether a credential that is asked for is held, or one that is as good.
    """
    left = sorted(items, key=lambda item: item.id)
    done: list[Credential] = []
    taken: set[str] = set()

    def met(name: str) -> bool:
        return name in taken or has(name)

    while left:
        ready = next((item for item in left if first_lacking(item, met, levels) is None), None)
        if ready is None:
            return None
        left.remove(ready)
        done.append(ready)
        taken.add(ready.id)
        levels = after(levels, ready)
    return tuple(done)


class Paths:
    """The combinations of credentials for one person, towards skills with a measure of what levels are worth."""

    def __init__(self, person: Person, setting: Setting, held: Held) -> None:
        self.person, self.setting = person, setting
        self.levels, self.coming = held.levels, held.coming
        situation = setting.situation(person)
        self._has = situation.satisfies
        self._begun = situation.held | situation.running
        self._most = setting.scenario.credentials_each
        self._known = setting.catalogue.credentials

    def towards(
        self, skills: frozenset[str], worth: Callable[[Levels], float], wanted: float = 0.0
    ) -> list[tuple[float, Path]]:
        """Combinations that raise the worth (0-1), each with the worth after it, best first.

        The worth must be a sum over skills. Where no combination can reach what is ``wanted``, none is looked for.
        """
        before = worth(self.coming)
        teaching = self.setting.catalogue.teaching
        found: dict[tuple[str, ...], tuple[float, Path]] = {}
        names = sorted({name for skill in skills for name, _ in teaching.get(skill, ())})
        if before + self._most_gain(names, skills, worth, before) < wanted:
            return []
        blocks = []
        for name in names:
            block = self._block(self._known[name])
            if block is not None:
                gain = worth(reduce(after, block, self.coming)) - before
                if gain > 1e-9:
                    blocks.append((self._effort(block) / gain, block))
        for stack in self.setting.catalogue.stacks:
            members = [self._known[item] for item in stack.credential_ids if item in self._known]
            usable = tuple(item for item in members if self._usable(item))
            wanted = stack.needed - sum(item in self._begun for item in stack.credential_ids)
            if 1 < wanted <= len(usable) and wanted <= self._most:
                self._note(usable[:wanted], before, worth, found)
        # The best by gain for effort, and the best by gain alone: some roles need the large ones.
        by_effort = [block for _, block in sorted(blocks, key=lambda item: (item[0], _ids(item[1])))]
        by_gain = sorted(by_effort, key=lambda block: (-worth(reduce(after, block, self.coming)), _ids(block)))
        chosen = list(dict.fromkeys([*by_gain[: BLOCKS // 2], *by_effort[:BLOCKS]]))[:BLOCKS]
        beam: list[Path] = [()]
        for _ in range(self._most):
            grown: dict[tuple[str, ...], tuple[float, Path]] = {}
            for path in beam:
                for block in chosen:
                    merged = tuple({item.id: item for item in (*path, *block)}.values())
                    if len(merged) > len(path):
                        self._note(merged, before, worth, grown)
            found |= grown
            beam = [path for _, path in sorted(grown.values(), key=_best)[:BEAM]]
        return sorted(found.values(), key=_best)

    def _most_gain(
        self, names: list[str], skills: frozenset[str], worth: Callable[[Levels], float], before: float
    ) -> float:
        """More than any combination adds: each credential's levels, however far above one's head, added up."""
        gains = []
        for name in names:
            item = self._known[name]
            if self._usable(item):
                taught = {
                    one.skill_id: max(one.level, self.coming.get(one.skill_id, 0.0))
                    for one in item.outcomes
                    if one.skill_id in skills
                }
                gains.append(worth({**self.coming, **taught}) - before)
        return sum(sorted(gains, reverse=True)[: self._most]) + ROUNDED

    def _note(
        self,
        items: Path,
        before: float,
        worth: Callable[[Levels], float],
        found: dict[tuple[str, ...], tuple[float, Path]],
    ) -> None:
        key = tuple(sorted(item.id for item in items))
        if len(items) > self._most or key in found:
            return
        path = in_order(items, self._has, self.levels)
        if path is not None:
            reached = worth(reduce(after, path, self.coming))
            if reached > before + 1e-9:
                found[key] = (reached, path)

    def _usable(self, credential: Credential) -> bool:
        return self.setting.allows(credential, self.person)

    def _effort(self, path: Path) -> float:
        return sum(1.0 + self.setting.hours_of(item) / 40 + self.setting.cost_of(item) / 1_000 for item in path)

    def _block(self, credential: Credential, above: frozenset[str] = frozenset()) -> Path | None:
        """A credential after what it needs, as far as the most credentials allow; None when that cannot be had."""
        if not self._usable(credential) or credential.id in above or len(above) >= self._most:
            return None
        parts: list[Credential] = []
        for name in credential.requires_credentials:
            if not self._has(name):
                chain = self._block(self._known[name], above | {credential.id}) if name in self._known else None
                if chain is None:
                    return None
                parts += chain
        for need in credential.requires_skills:
            if not attains(reduce(after, parts, self.levels).get(need.skill_id, 0.0), need.level):
                chain = self._supplier(need.skill_id, need.level, above | {credential.id})
                if chain is None:
                    return None
                parts += chain
        path = tuple({item.id: item for item in (*parts, credential)}.values())
        return path if len(path) <= self._most else None

    def _supplier(self, skill: str, level: float, above: frozenset[str]) -> Path | None:
        chains = []
        for name, _ in self.setting.catalogue.teaching.get(skill, ()):
            item = self._known[name]
            # Only what can be begun at once: deeper chains of skills are longer than options may be.
            able = name not in above and self._usable(item) and first_lacking(item, self._has, self.levels) is None
            if able and attains(after(self.levels, item).get(skill, 0.0), level):
                chains.append((self._effort((item,)), item.id, item))
        return (min(chains)[2],) if chains else None


def _ids(path: Path) -> tuple[str, ...]:
    return tuple(item.id for item in path)


def _best(entry: tuple[float, Path]) -> tuple[float, int, tuple[str, ...]]:
    return (-entry[0], len(entry[1]), _ids(entry[1]))
