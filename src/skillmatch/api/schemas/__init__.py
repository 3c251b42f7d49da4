"""The shapes of requests and answers, as pydantic models so that the OpenAPI description can name every field."""

from skillmatch.api.envelope import Versions
from skillmatch.api.schemas.answers import Adjacent, Why
from skillmatch.api.schemas.cohorts import (
    NewOffering,
    NewStack,
    Offering,
    OfferingFields,
    OfferingPatch,
    Offerings,
    Stack,
    StackFields,
    StackPatch,
    Stacks,
)
from skillmatch.api.schemas.credential_fields import CredentialFields, CredentialPatch, NewCredential
from skillmatch.api.schemas.credentials import Credential, Credentials
from skillmatch.api.schemas.evidence import (
    EvidenceFields,
    EvidenceList,
    OneEvidence,
    PersonAwards,
    PersonEvidence,
    Profile,
)
from skillmatch.api.schemas.extraction import Extraction, ExtractRequest
from skillmatch.api.schemas.gap import Gap
from skillmatch.api.schemas.health import Health
from skillmatch.api.schemas.linking import LinkAnswer, LinkAnswers, LinkRequest
from skillmatch.api.schemas.pathway import Pathway
from skillmatch.api.schemas.people import Erasure, NewPerson, People, Person, PersonFields, PersonPatch
from skillmatch.api.schemas.problem import FieldProblem, Problem
from skillmatch.api.schemas.recommendations import Recommendations
from skillmatch.api.schemas.role_decisions import (
    AcceptRequirements,
    GovernRequirement,
    RejectRequirement,
    RoleComparison,
    RoleFromOccupation,
    RoleFromText,
    RoleHistory,
    RoleSuggestion,
)
from skillmatch.api.schemas.role_fields import NewRole, RoleFields, RolePatch
from skillmatch.api.schemas.roles import OneRole, Roles, WrittenRole
from skillmatch.api.schemas.skills import Completions, OneSkill, RelatedSkills, Skills

__all__ = [
    "AcceptRequirements",
    "Adjacent",
    "Completions",
    "Credential",
    "CredentialFields",
    "CredentialPatch",
    "Credentials",
    "Erasure",
    "EvidenceFields",
    "EvidenceList",
    "ExtractRequest",
    "Extraction",
    "FieldProblem",
    "Gap",
    "GovernRequirement",
    "Health",
    "LinkAnswer",
    "LinkAnswers",
    "LinkRequest",
    "NewCredential",
    "NewOffering",
    "NewPerson",
    "NewRole",
    "NewStack",
    "Offering",
    "OfferingFields",
    "OfferingPatch",
    "Offerings",
    "OneEvidence",
    "OneRole",
    "OneSkill",
    "Pathway",
    "People",
    "Person",
    "PersonAwards",
    "PersonEvidence",
    "PersonFields",
    "PersonPatch",
    "Problem",
    "Profile",
    "Recommendations",
    "RejectRequirement",
    "RelatedSkills",
    "RoleComparison",
    "RoleFields",
    "RoleFromOccupation",
    "RoleFromText",
    "RoleHistory",
    "RolePatch",
    "RoleSuggestion",
    "Roles",
    "Skills",
    "Stack",
    "StackFields",
    "StackPatch",
    "Stacks",
    "Versions",
    "Why",
    "WrittenRole",
]
