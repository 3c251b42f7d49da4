"""Every value refuses what breaks its rule: a table of wrong values, each with the reason beside it."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from skillmatch.domain.advice.advice import Limits, Preference
from skillmatch.domain.advice.pathway import Pace, Step
from skillmatch.domain.base.checks import MAX_TEXT
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Outcome, SkillPrerequisite, Stack
from skillmatch.domain.people.gap import Attainment
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.plans.plan import Assignment, OptionKind, Plan, PlanStatus
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.domain.roles.role import Occupation, Requirement, Role
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation
from skillmatch.domain.text.link import Link, LinkBasis

DAY = date(2026, 3, 2)
BEFORE = DAY - timedelta(days=1)
NUL = "a\x00b"
HALF = "a\ud800"  # half of a surrogate pair: cannot be written as UTF-8
LONG = "x" * 1_001
TOO_LONG = "x" * (MAX_TEXT + 1)

# A right value of each kind: the wrong ones below differ from it in one field.
RIGHT = {
    Skill: {"id": "s", "label": "SQL"},
    SkillRelation: {"skill": "s", "kind": RelationKind.RELATED, "other": "t"},
    Requirement: {"skill_id": "s", "level": 3.0},
    Occupation: {"id": "o", "label": "Analyst"},
    Role: {"id": "r", "title": "Analyst"},
    Evidence: {"skill_id": "s", "level": 3.0, "source": EvidenceSource.SELF, "on": DAY},
    Award: {"credential_id": "c", "state": AwardState.HELD, "issued": DAY},
    Person: {"id": "p", "name": "Ada"},
    Outcome: {"skill_id": "s", "level": 3.0},
    SkillPrerequisite: {"skill_id": "s", "level": 1.0},
    Offering: {"id": "o", "credential_id": "c", "start": DAY, "end": DAY},
    Credential: {"id": "c", "title": "SQL course"},
    Stack: {"id": "t", "title": "Both", "credential_ids": ("a", "b")},
    Attainment: {"skill_id": "s", "level": 3.0, "confidence": 1.0, "evidence": ()},
    Link: {"skill_id": "s", "label": "SQL", "probability": 0.9, "similarity": 0.9, "basis": LinkBasis.EXACT},
    Pace: {"hours_per_week": 5, "weeks": 10},
    Step: {
        "credential_id": "c",
        "title": "SQL course",
        "start": DAY,
        "end": DAY,
        "hours": 1.0,
        "cost": None,
        "offering_id": None,
        "hours_stated": True,
        "coverage_after": 1.0,
    },
    Limits: {},
    Preference: {},
    Demand: {"role_id": "r", "headcount": 1, "by": DAY},
    PlanLimits: {},
    Scenario: {"name": "n", "demands": (Demand("r", 1, DAY),), "limits": PlanLimits()},
    Plan: {"scenario": "n", "status": PlanStatus.OPTIMAL, "assignments": (), "objective": 1.0, "bound": 1.0},
}

TWICE = (Requirement("s", 1), Requirement("s", 2))
ASKED_TWICE = (SkillPrerequisite("s", 1), SkillPrerequisite("s", 2))
COHORT = Offering("o", "c", DAY, DAY)
ELSEWHERE = Offering("o", "d", DAY, DAY)

WRONG = [
    # kind, field, value, what the message says, why it is wrong
    *(
        (kind, field, f"a{mark}b", f"U+{ord(mark):04X}", "nobody sees it, and it can make one name look like another")
        for kind, field in (
            (Person, "name"),
            (Person, "unit"),
            (Role, "title"),
            (Credential, "title"),
            (Credential, "issuer"),
            (Stack, "title"),
            (Stack, "issuer"),
        )
        for mark in "\n\x85\u061c\u200b\u200c\u200d\u200f\u2028\u202e\u2066\ufeff\ufffd"
    ),
    (Skill, "id", "", "must not be empty", "nothing could refer to it"),
    (Skill, "id", " \t", "must not be empty", "blanks are no id"),
    (Skill, "id", "x" * 501, "the limit is 500", "ids are keys of a database"),
    (Skill, "label", "", "must not be empty", "a skill without a name cannot be shown"),
    (Skill, "label", LONG, "has 1,001 characters", "no label is a page long"),
    (Skill, "label", NUL, "NUL", "databases and C libraries end a text there"),
    (Skill, "label", HALF, "surrogate", "it cannot be written as UTF-8"),
    (Skill, "label", None, "needs a text, got NoneType", "absence is not a label"),
    (Skill, "label", 7, "needs a text, got int", "a spreadsheet's number is no text"),
    (Skill, "description", NUL, "NUL", "as for the label"),
    (Skill, "description", TOO_LONG, "the limit is 20,000", "no description is a book"),
    (Skill, "field", HALF, "surrogate", "as for the label"),
    (Skill, "aliases", ("Q", "Q"), "'Q' comes twice", "one of them is a mistake"),
    (Skill, "aliases", ("Q", "SQL"), "'SQL' is the label already", "it is no other name"),
    (Skill, "aliases", ("",), "must not be empty", "an empty alias would match every blank text"),
    (Skill, "broader", ("s",), "cannot be broader than itself", "a circle of one"),
    (Skill, "broader", ("t", "t"), "comes twice", "one of them is a mistake"),
    (SkillRelation, "other", "s", "cannot be related to itself", "it would say nothing"),
    (Requirement, "skill_id", "", "must not be empty", "it would require nothing"),
    (Requirement, "level", 0, "0-5", "to require level 0 is to require nothing"),
    (Requirement, "level", -1, "0-5", "below the scale"),
    (Requirement, "level", 5.01, "0-5", "above the scale"),
    (Requirement, "level", math.nan, "0-5", "no number"),
    (Requirement, "level", "3", "needs a number", "a text is no level"),
    (Requirement, "level", True, "needs a number", "a yes is no level"),
    (Requirement, "weight", 0, "is 0", "a requirement without weight is none"),
    (Requirement, "weight", 101, "between", "out of proportion"),
    (Requirement, "weight", math.inf, "between", "out of all proportion"),
    (Requirement, "weight", 10**400, "far too large", "no float holds it"),
    (Requirement, "weight", 10**15 + 1, "far too large", "beyond what a float holds exactly"),
    (Requirement, "level", -(10**400), "far too large; it must be between 1e-06 and 5", "no float holds it"),
    (Occupation, "id", "", "must not be empty", "nothing could refer to it"),
    (Occupation, "label", "", "must not be empty", "it could not be shown"),
    (Occupation, "aliases", ("a", "a"), "comes twice", "one of them is a mistake"),
    (Occupation, "description", NUL, "NUL", "as for a skill"),
    (Occupation, "code", HALF, "surrogate", "as for a skill"),
    (Occupation, "requirements", TWICE, "'s' comes twice", "which level would count?"),
    (Role, "id", "", "must not be empty", "nothing could refer to it"),
    (Role, "title", "", "must not be empty", "it could not be shown"),
    (Role, "title", LONG, "the limit is 1,000", "no title is a page long"),
    (Role, "description", NUL, "NUL", "as for a skill"),
    (Role, "requirements", TWICE, "'s' comes twice", "which level would count?"),
    (Evidence, "skill_id", "", "must not be empty", "evidence of nothing"),
    (Evidence, "level", -0.1, "0-5", "below the scale"),
    (Evidence, "level", 5.1, "0-5", "above the scale"),
    (Evidence, "confidence", 1.1, "between 0 and 1", "nobody is surer than sure"),
    (Evidence, "confidence", -0.1, "between 0 and 1", "nor less sure than not at all"),
    (Evidence, "expires", BEFORE, "lies before", "it would have expired before it was said"),
    (Evidence, "note", NUL, "NUL", "as for a skill"),
    (Award, "credential_id", " ", "must not be empty", "an award of nothing"),
    (Award, "expires", BEFORE, "lies before", "it would have expired before it was issued"),
    (Person, "id", "", "must not be empty", "nothing could refer to them"),
    (Person, "name", "", "must not be empty", "they could not be shown"),
    (Person, "name", "x" * 501, "the limit is 500", "no name is that long"),
    (Person, "unit", NUL, "NUL", "as for a skill"),
    (Person, "languages", ("en", "en"), "'en' comes twice", "one of them is a mistake"),
    (Person, "languages", ("",), "must not be empty", "no language"),
    (Person, "hours_per_week", -1, "between 0 and 168 hours", "nobody learns backwards"),
    (Person, "hours_per_week", 169, "between 0 and 168 hours", "a week has 168 hours"),
    (Outcome, "skill_id", "", "must not be empty", "it would teach nothing"),
    (Outcome, "level", 0, "0-5", "to lead to level 0 is to teach nothing"),
    (Outcome, "level", 6, "0-5", "above the scale"),
    (Outcome, "probability", 1.01, "between 0 and 1", "no probability"),
    (Outcome, "probability", -0.01, "between 0 and 1", "no probability"),
    (Outcome, "given", NUL, "NUL", "as for a skill"),
    (SkillPrerequisite, "skill_id", "", "must not be empty", "it would ask for nothing"),
    (SkillPrerequisite, "level", 0, "0-5", "level 0 is no prerequisite"),
    (Offering, "id", "", "must not be empty", "nothing could refer to it"),
    (Offering, "end", BEFORE, "lies before", "it would end before it begins"),
    (Offering, "seats", -1, "0 or more", "no seats are none"),
    (Offering, "seats", 2.5, "whole number", "nobody takes half a seat"),
    (Offering, "seats", 3.0, "whole number", "3 and 3.0 would be two contents"),
    (Offering, "seats", True, "needs a number", "a yes is no count"),
    (Offering, "seats", "3", "needs a number", "a text is no count"),
    (Offering, "seats", 10**400, "far too large", "no database holds it"),
    (Credential, "id", "", "must not be empty", "nothing could refer to it"),
    (Credential, "title", "", "must not be empty", "it could not be shown"),
    (Credential, "title", LONG, "the limit is 1,000", "no title is a page long"),
    (Credential, "issuer", NUL, "NUL", "as for a skill"),
    (Credential, "description", TOO_LONG, "the limit is 20,000", "no description is a book"),
    (Credential, "url", 3, "needs a text", "a number is no address"),
    (Credential, "currency", NUL, "NUL", "as for a skill"),
    (Credential, "language", HALF, "surrogate", "as for a skill"),
    (Credential, "mode", NUL, "NUL", "as for a skill"),
    (Credential, "assessment", NUL, "NUL", "as for a skill"),
    (Credential, "quality_assurance", NUL, "NUL", "as for a skill"),
    (Credential, "country", NUL, "NUL", "as for a skill"),
    (Credential, "unmapped", ("",), "must not be empty", "nothing was left unmapped"),
    (Credential, "outcomes", (Outcome("s", 1), Outcome("s", 2)), "'s' comes twice", "which level would count?"),
    (Credential, "requires_skills", ASKED_TWICE, "'s' comes twice", "which level would count?"),
    (Credential, "offerings", (COHORT, COHORT), "'o' comes twice", "one of them is a mistake"),
    (Credential, "offerings", (ELSEWHERE,), "an offering of another credential, 'd'", "nobody could join it"),
    (Credential, "requires_credentials", ("c",), "cannot require itself", "it could never be begun"),
    (Credential, "requires_credentials", ("d", "d"), "comes twice", "one of them is a mistake"),
    (Credential, "hours", -1, "0 or more", "nobody learns backwards"),
    (Credential, "hours", math.inf, "0 or more", "it would never end"),
    (Credential, "hours", math.nan, "0 or more", "no number"),
    (Credential, "weeks", -0.5, "0 or more", "it would end before it begins"),
    (Credential, "cost", 10**16, "far too large; it must be between 0 and 1e+15", "beyond any price"),
    (Credential, "cost", -1, "0 or more", "a grant is not a price"),
    (Credential, "level", 0, "0-5", "it would lead nowhere"),
    (Credential, "level", 5.5, "0-5", "above the scale"),
    (Credential, "rating", 0.9, "between 1 and 5", "below the scale of ratings"),
    (Credential, "rating", 5.1, "between 1 and 5", "above the scale of ratings"),
    (Credential, "rating_count", -1, "0 or more", "people cannot be negative"),
    (Credential, "rating_count", 2.5, "whole number", "nobody is half a person"),
    (Credential, "rating_count", 10**30, "far too large", "no database holds it"),
    (Credential, "eqf_level", 4.5, "whole number", "EQF has no half levels"),
    (Credential, "eqf_level", 0, "between 1 and 8", "EQF has levels 1 to 8"),
    (Credential, "eqf_level", 9, "between 1 and 8", "EQF has levels 1 to 8"),
    (Credential, "validity_months", 6.0, "whole number", "the calendar is counted in whole months"),
    (Credential, "validity_months", 0, "between 1 and", "it would never be valid"),
    (Credential, "validity_months", 1_201, "between 1 and", "nobody holds an award for a century"),
    (Stack, "id", "", "must not be empty", "nothing could refer to it"),
    (Stack, "title", "", "must not be empty", "it could not be shown"),
    (Stack, "credential_ids", ("a", "a"), "comes twice", "one cannot be earned twice"),
    (Stack, "credential_ids", ("a",), "at least two", "one credential is no stack"),
    (Stack, "credential_ids", ("a", ""), "must not be empty", "it would hold nothing"),
    (Stack, "required", 1.0, "whole number", "it counts credentials"),
    (Stack, "required", True, "needs a number", "a yes is no count"),
    (Stack, "required", 0, "between 1 and 2", "it would be given away"),
    (Stack, "required", 3, "between 1 and 2", "it could never be earned"),
    (Stack, "issuer", NUL, "NUL", "as for a skill"),
    (Attainment, "level", 5.1, "0-5", "above the scale"),
    (Attainment, "confidence", 1.1, "between 0 and 1", "nobody is surer than sure"),
    (Link, "probability", 1.1, "between 0 and 1", "no probability"),
    (Link, "similarity", -1.1, "between -1 and 1", "no cosine"),
    (Pace, "hours_per_week", -1, "between 0 and 168", "nobody learns backwards"),
    (Pace, "hours_per_week", 169, "between 0 and 168", "a week has 168 hours"),
    (Pace, "weeks", 2.5, "whole number", "the deadline is so many whole weeks away"),
    (Pace, "weeks", -1, "between 0 and 520", "a deadline in the past"),
    (Pace, "weeks", 521, "between 0 and 520", "nobody plans beyond ten years"),
    (Step, "end", BEFORE, "lies before", "it would end before it begins"),
    (Limits, "hours", -1, "0 or more", "nobody has less than no time"),
    (Limits, "cost", -1, "0 or more", "nobody has less than no money"),
    (Preference, "hours_scale", 0, "is 0", "a division by zero"),
    (Preference, "cost_scale", -1, "is -1", "cost would become a merit"),
    (Demand, "role_id", "", "must not be empty", "a demand for nothing"),
    (Demand, "headcount", 0, "1 or more", "a demand for nobody"),
    (Demand, "headcount", 1.5, "whole number", "nobody is half a person"),
    (Demand, "priority", 0, "is 0", "a demand that does not count"),
    (PlanLimits, "budget", -1, "0 or more", "nobody has less than no money"),
    (PlanLimits, "hours_per_week", -1, "between 0 and 168", "nobody has less than no time"),
    (PlanLimits, "weeks", -1, "between 0 and 520", "a deadline in the past"),
    (PlanLimits, "weeks", 2.0, "whole number", "as for a pace"),
    (Scenario, "name", "", "must not be empty", "it could not be shown"),
    (Scenario, "name", "x" * 201, "the limit is 200", "no name is that long"),
    (Scenario, "demands", (), "at least one demand", "there is nothing to plan for"),
    (Plan, "objective", math.nan, "is nan; it must be a finite number", "it could not be compared"),
    (Plan, "objective", -math.inf, "a finite number", "no plan is worth that little"),
    (Plan, "bound", math.nan, "a finite number", "it would bound nothing"),
    (Plan, "bound", math.inf, "a finite number", "it would bound nothing"),
    (Plan, "bound", None, "needs a number", "absence bounds nothing"),
    (Plan, "objective", 1.1, "exceeds its bound", "the bound would be no bound"),
    (
        Plan,
        "assignments",
        (Assignment("p", OptionKind.STAY, "r"), Assignment("p", OptionKind.MOVE, "q")),
        "'p' comes twice",
        "nobody heads for two roles in one plan",
    ),
]


@pytest.mark.parametrize(("kind", "field", "value", "says", "why"), WRONG)
def test_a_wrong_value_is_refused(kind, field, value, says, why):
    kind(**RIGHT[kind])  # the others are right
    with pytest.raises(InputError) as caught:
        kind(**RIGHT[kind] | {field: value})
    assert says in str(caught.value), why
    assert caught.value.place.field, "the message must name the field"


@pytest.mark.parametrize(
    ("credentials", "stacks"),
    [
        ([Credential("x", "A"), Credential("x", "B")], []),
        ([], [Stack("x", "A", ("a", "b")), Stack("x", "B", ("c", "d"))]),
    ],
)
def test_a_catalogue_holds_no_id_twice(credentials, stacks):
    with pytest.raises(InputError, match="'x' comes twice"):
        Catalogue.of(credentials, stacks)


def test_dates_of_a_credential_are_in_order():
    Credential("c", "C", valid_from=DAY, valid_until=DAY)
    with pytest.raises(InputError, match="valid_until"):
        Credential("c", "C", valid_from=DAY, valid_until=BEFORE)


@pytest.mark.parametrize("kind", RIGHT)
def test_values_are_frozen(kind):
    value = kind(**RIGHT[kind])
    name = next(iter(RIGHT[kind]), None) or next(iter(kind.__dataclass_fields__))
    with pytest.raises((AttributeError, TypeError)):
        setattr(value, name, getattr(value, name))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Requirement, {"level": 0.000001, "weight": 0.000001}),
        (Requirement, {"level": 5, "weight": 100}),
        (Evidence, {"level": 0, "confidence": 0, "expires": DAY}),  # "not at all", on the day on which it expires
        (Evidence, {"level": 5}),
        (Person, {"hours_per_week": 168}),
        (Credential, {"hours": 0, "weeks": 0, "cost": 0, "rating": 1, "eqf_level": 8, "validity_months": 1_200}),
        (Offering, {"seats": 0}),
        (Offering, {"seats": 10**15}),
        (Credential, {"cost": 1e300}),  # a float is finite at any size
        (Credential, {"offerings": (COHORT,)}),
        (Pace, {"hours_per_week": 0, "weeks": 0}),  # no time
        (Pace, {"hours_per_week": 168, "weeks": 520}),
        (Skill, {"aliases": ("sql",)}),  # differs from the label
        (Stack, {"required": 2}),
        (Skill, {"label": "x" * 1_000, "description": "y" * MAX_TEXT}),
        (Skill, {"label": "Ünïcödé 🧠 العربية"}),
        (Plan, {"objective": 1.0 + 1e-7}),  # a solver's rounding
    ],
)
def test_the_ends_of_every_range_are_right(kind, fields):
    value = kind(**RIGHT[kind] | fields)
    assert {field: getattr(value, field) for field in fields} == fields
