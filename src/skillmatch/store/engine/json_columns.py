"""How parts of a row are written as JSON text: lists of fields in a fixed order, compact and always the same.

requirement         [skill_id, level, weight, kind, state]
outcome             [skill_id, level, basis, probability, given]
skill prerequisite  [skill_id, level]
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.catalogue.credential import Basis, Outcome, SkillPrerequisite
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState

# A dict is several times faster than calling the enumeration, and there are a hundred thousand calls.
_KINDS = {kind.value: kind for kind in RequirementKind}
_STATES = {state.value: state for state in RequirementState}
_BASES = {basis.value: basis for basis in Basis}


def write_texts(values: Iterable[str]) -> str:
    """JSON for a list of texts."""
    return canonical_json(list(values))


def read_texts(given: str) -> tuple[str, ...]:
    """The texts again."""
    return () if given == "[]" else tuple(json.loads(given))


def write_requirements(values: Iterable[Requirement]) -> str:
    """JSON for requirements; numbers become floats, so that 3 and 3.0 give the same text."""
    return canonical_json(
        [[one.skill_id, float(one.level), float(one.weight), one.kind.value, one.state.value] for one in values]
    )


def read_requirements(given: str) -> tuple[Requirement, ...]:
    """The requirements again."""
    return tuple(
        Requirement(skill, level, weight, _KINDS[kind], _STATES[state])
        for skill, level, weight, kind, state in json.loads(given)
    )


def write_outcomes(values: Iterable[Outcome]) -> str:
    """JSON for outcomes."""
    return canonical_json(
        [[one.skill_id, float(one.level), one.basis.value, float(one.probability), one.given] for one in values]
    )


def read_outcomes(given: str) -> tuple[Outcome, ...]:
    """The outcomes again."""
    return tuple(
        Outcome(skill, level, _BASES[basis], probability, words)
        for skill, level, basis, probability, words in json.loads(given)
    )


def write_prerequisites(values: Iterable[SkillPrerequisite]) -> str:
    """JSON for skill prerequisites."""
    return canonical_json([[one.skill_id, float(one.level)] for one in values])


def read_prerequisites(given: str) -> tuple[SkillPrerequisite, ...]:
    """The prerequisites again."""
    return tuple(SkillPrerequisite(skill, level) for skill, level in json.loads(given))


def external_of(own_id: str) -> str:
    """The part of an id after its source, which is what people know it by; all of it where there is no source."""
    source, _, external = own_id.partition("/")
    return external or source


def values_of(item: object, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a value as columns of the same names."""
    return {name: getattr(item, name) for name in names}
