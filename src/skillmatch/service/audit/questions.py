"""Questions that the audit can ask again: what was asked, as plain values, and the answer's content today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from skillmatch.domain.advice.advice import Limits, Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import InputError
from skillmatch.service.advice.case import DEFAULT_LIMIT, NO_LIMITS, NO_PREFERENCE

if TYPE_CHECKING:
    from skillmatch.service.advice.advisor import Advisor

ASKABLE = ("gap", "recommend", "pathway", "why")


def question(
    what: str,
    person_id: str,
    role_id: str,
    as_of: date,
    *,
    limit: int = DEFAULT_LIMIT,
    limits: Limits = NO_LIMITS,
    preference: Preference = NO_PREFERENCE,
    pace: Pace | None = None,
    credential_id: str | None = None,
) -> dict[str, Any]:
    """A question about one person and role, with full ids and the day that was answered for (never "today").

    ``pathway`` needs a ``pace``, ``why`` a credential. Raises ``InputError`` for anything else.
    """
    if (
        what not in ASKABLE
        or (what == "pathway") != (pace is not None)
        or (what == "why") != (credential_id is not None)
    ):
        raise InputError(f"'{what}' with these details is nothing that can be asked again.", field="question")
    return {
        "what": what,
        "person": person_id,
        "role": role_id,
        "as_of": as_of.isoformat(),
        "limit": limit,
        "limits": {**asdict(limits), "languages": list(limits.languages)},
        "preference": asdict(preference),
        "pace": None if pace is None else asdict(pace),
        "credential": credential_id,
    }


def ask_again(advisor: Advisor, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The documented shape of today's answer. Raises as the question itself would."""
    person, role, day = asked["person"], asked["role"], date.fromisoformat(asked["as_of"])
    limits = Limits(**{**asked["limits"], "languages": tuple(asked["limits"]["languages"])})
    preference = Preference(**asked["preference"])
    match asked["what"]:
        case "gap":
            return advisor.gap(person, role, as_of=day).to_json()
        case "recommend":
            return advisor.recommend(
                person, role, limit=asked["limit"], limits=limits, preference=preference, as_of=day
            ).to_json()
        case "pathway":
            pace = Pace(**asked["pace"])
            return advisor.pathway(person, role, pace, limits=limits, preference=preference, as_of=day).to_json()
        case "why":
            return advisor.why(
                person,
                role,
                asked["credential"],
                limit=asked["limit"],
                limits=limits,
                preference=preference,
                as_of=day,
            ).to_json()
        case other:
            raise InputError(f"'{other}' is nothing that can be asked again.", field="question")
