"""Counterfactual: why one credential is, or is not, recommended to a person, and the smallest changes that flip it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.advice.advice import Exclusion, Recommendation
from skillmatch.domain.base.answer import Versions
from skillmatch.domain.base.display import AboutPerson


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change of one thing that flips the answer; ``before`` and ``after`` None where it is yes or no.

    ``kind`` is ``level`` (of the skill ``subject_id``), ``hours`` or ``money`` (the limits), ``rating``, ``holding``
    (the credential ``subject_id``), ``language``, ``cohort`` (a seat to take) or ``prior_learning`` (its learning
    recognised).
    """

    kind: str
    subject_id: str
    before: float | None
    after: float | None
    detail: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "kind": self.kind,
            "subject_id": self.subject_id,
            "before": self.before,
            "after": self.after,
            "detail": self.detail,
        }


@dataclass(frozen=True, repr=False)
class Counterfactual(AboutPerson):
    """Whether a credential is among the first ``limit``, why, how close it was, and what would change it.

    ``place`` is its place in the whole list, None when it is left out. ``margin`` is how far its fresh score lies
    above the first that is not shown (or below the last that is); for one left out, what its score would be less
    that of the last that is shown; None when it would add nothing. ``in_the_way`` holds all the rules that speak
    against it, in words, where the exclusion is the first of them. ``rival`` is the title of the one that the margin
    is held against; empty where there is none.
    """

    person_id: str
    role_id: str
    role_title: str
    credential_id: str
    title: str
    limit: int
    place: int | None
    recommendation: Recommendation | None
    exclusion: Exclusion | None
    margin: float | None
    changes: tuple[Change, ...]
    as_of: date
    versions: Versions
    in_the_way: tuple[str, ...] = ()
    rival: str = ""

    @property
    def recommended(self) -> bool:
        """Whether it is among the first ``limit``."""
        return self.place is not None and self.place <= self.limit

    def told_of(self, who: str) -> str:
        close = self.how_close()
        said = f" ({close})" if close else ""
        if self.recommended:
            return f"{self.title}: recommended to {who}, place {self.place}{said}"
        return f"{self.title}: not recommended to {who}, {self.cause()}{said}"

    def how_close(self) -> str:
        """How close the call was, in words; empty for what would add nothing."""
        if self.margin is None:
            return ""
        by = f"{abs(self.margin):.4f}"
        if not self.rival:
            return "nothing else is left to show" if self.recommended else f"its score would be {by}"
        rival = f"'{self.rival}'"
        if self.exclusion is not None:
            side = "above" if self.margin >= 0 else "below"
            return f"its score would lie {by} {side} that of {rival}, the last that is shown"
        if self.recommendation is not None and not self.recommendation.fresh:
            again = "it does again what those above it do"
            return f"{again}, and nothing else is left to show" if self.recommended else again
        if self.recommended:
            return f"its score lies {by} above that of {rival}, the first that is not shown"
        return f"its score lies {by} below that of {rival}, the last that is shown"

    def cause(self) -> str:
        """Why it is not recommended, in words; empty when it is."""
        if self.recommended:
            return ""
        if self.exclusion is not None:
            return self.exclusion.detail
        if self.place is not None:
            others = "another one comes" if self.place == 2 else f"{self.place - 1} others come"
            again = self.recommendation is not None and not self.recommendation.fresh
            return f"{others} first" + (", beside which it would add nothing" if again else "")
        return "it adds nothing to what the role requires"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {"what": item.kind, "of": item.subject_id, "from": item.before, "to": item.after, "then": item.detail}
            for item in self.changes
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "person": self.person_id,
            "role": self.role_id,
            "role_title": self.role_title,
            "credential_id": self.credential_id,
            "title": self.title,
            "recommended": self.recommended,
            "limit": self.limit,
            "place": self.place,
            "cause": self.cause(),
            "margin": self.margin,
            "recommendation": None if self.recommendation is None else self.recommendation.to_json(),
            "exclusion": None if self.exclusion is None else self.exclusion.to_json(),
            "in_the_way": list(self.in_the_way),
            "changes": [item.to_json() for item in self.changes],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
