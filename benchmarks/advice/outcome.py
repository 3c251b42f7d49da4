"""What courses really do to a gap: expected closure under the hidden chances, and the oracle that knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.advice.world import Course, Learner

TOO_FAR = 3.0
"""A course leads at most so many levels up from where its learner stands; what lies further is not reached."""


class Progress:
    """A learner's share of each requirement, expected over the courses taken so far."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.shares = {
            need.skill_id: _share(learner.levels[need.skill_id], need.level) for need in learner.role.requirements
        }
        self.before = self.coverage()

    def coverage(self) -> float:
        """The weighted share (0-1) of the role that is expected to be attained."""
        role = self.learner.role
        return sum(need.weight * self.shares[need.skill_id] for need in role.requirements) / role.total_weight

    def gain(self, course: Course) -> float:
        """The coverage that one more course is expected to add."""
        weights = {need.skill_id: need.weight for need in self.learner.role.requirements}
        return (
            sum(weights[skill] * more for skill, more in self._steps(course).items()) / self.learner.role.total_weight
        )

    def take(self, course: Course) -> None:
        """Count a course."""
        for skill_id, more in self._steps(course).items():
            self.shares[skill_id] += more

    def closure(self) -> float:
        """The share (0-1) of the gap at the beginning that is expected to be closed; 1 where there was none."""
        open_ = 1.0 - self.before
        return 1.0 if open_ <= 1e-9 else (self.coverage() - self.before) / open_

    def _steps(self, course: Course) -> Mapping[str, float]:
        steps = {}
        for need in self.learner.role.requirements:
            taught = course.teaches.get(need.skill_id)
            if taught is not None:
                level = min(taught, self.learner.levels[need.skill_id] + TOO_FAR)
                more = _share(level, need.level) - self.shares[need.skill_id]
                if more > 0:
                    steps[need.skill_id] = more * course.completes * course.reaches
        return steps


def closures(learner: Learner, chosen: Sequence[Course], cuts: Sequence[int]) -> list[float]:
    """The closure after the first k of the chosen courses, for each k; fewer courses than k are all there are."""
    progress, found = Progress(learner), []
    for count in range(max(cuts) + 1):
        if count in cuts:
            found.append(progress.closure())
        if count < len(chosen):
            progress.take(chosen[count])
    return found


def oracle(learner: Learner, courses: Sequence[Course], most: int) -> list[Course]:
    """The courses that really help most, one after the other, by somebody who knows everything."""
    progress, chosen = Progress(learner), []
    for _ in range(most):
        best = max((item for item in courses if item not in chosen), key=lambda item: (progress.gain(item), item.id))
        progress.take(best)
        chosen.append(best)
    return chosen


def _share(level: float, wanted: float) -> float:
    return min(1.0, level / wanted)
