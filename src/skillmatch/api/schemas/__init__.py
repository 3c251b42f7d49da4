"""The shapes of requests and answers, as pydantic models so that the OpenAPI description can name every field."""

from skillmatch.api.schemas.common import Versions
from skillmatch.api.schemas.gap import Gap
from skillmatch.api.schemas.health import Health
from skillmatch.api.schemas.linking import LinkAnswer, LinkAnswers, LinkRequest
from skillmatch.api.schemas.pathway import Pathway
from skillmatch.api.schemas.people import People, Person, PersonSummary
from skillmatch.api.schemas.problem import FieldProblem, Problem
from skillmatch.api.schemas.recommendations import Recommendations
from skillmatch.api.schemas.roles import Role, Roles, RoleSummary
from skillmatch.api.schemas.skills import Skill, Skills

__all__ = [
    "FieldProblem",
    "Gap",
    "Health",
    "LinkAnswer",
    "LinkAnswers",
    "LinkRequest",
    "Pathway",
    "People",
    "Person",
    "PersonSummary",
    "Problem",
    "Recommendations",
    "Role",
    "RoleSummary",
    "Roles",
    "Skill",
    "Skills",
    "Versions",
]
