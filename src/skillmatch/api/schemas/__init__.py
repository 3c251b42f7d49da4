"""The shapes of requests and answers, as pydantic models so that the OpenAPI description can name every field."""

from skillmatch.api.http.problem_schema import FieldProblem, Problem
from skillmatch.api.schemas.answers import Adjacent, Why
from skillmatch.api.schemas.audit import AuditCheck, AuditLines, AuditReplay
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
from skillmatch.api.schemas.decisions import (
    ClaimDecision,
    Claims,
    DisputeRuling,
    Disputes,
    NewClaim,
    NewDispute,
    OneClaim,
    OneDispute,
)
from skillmatch.api.schemas.envelope import Versions
from skillmatch.api.schemas.events import EventRequest, TakenEvents
from skillmatch.api.schemas.evidence import (
    EvidenceFields,
    EvidenceList,
    OneEvidence,
    PersonAwards,
    PersonEvidence,
    Profile,
)
from skillmatch.api.schemas.exports import PersonExport
from skillmatch.api.schemas.extraction import Extraction, ExtractRequest
from skillmatch.api.schemas.feedback import Feedback, GivenFeedback, NewFeedback, OneFeedback
from skillmatch.api.schemas.gap import Gap
from skillmatch.api.schemas.grids import PersonGrid, UnitGrid
from skillmatch.api.schemas.groups import Gaps, GapsRequest, Team, Unmet
from skillmatch.api.schemas.health import Health
from skillmatch.api.schemas.jobs import Jobs, OneJob
from skillmatch.api.schemas.keys import KeyRotation, Keys, KeyWithSecret, NewKey, OneKey
from skillmatch.api.schemas.linking import LinkAnswer, LinkAnswers, LinkRequest
from skillmatch.api.schemas.overlay import NewOverlayEntry, OneOverlayEntry, Overlay, Withdrawal
from skillmatch.api.schemas.pathway import Pathway
from skillmatch.api.schemas.people import Erasure, NewPerson, People, Person, PersonFields, PersonPatch
from skillmatch.api.schemas.plans import (
    ApprovalRequest,
    OnePlan,
    OneScenario,
    PlanAnswer,
    PlanCheck,
    PlanRequest,
    Plans,
    QuestionRequest,
    ScenarioRequest,
)
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
from skillmatch.api.schemas.taxonomies import Occupations, OneOccupation, Taxonomies, TaxonomyChanges
from skillmatch.api.schemas.webhooks import (
    Deliveries,
    NewWebhook,
    Replay,
    Replayed,
    Webhook,
    Webhooks,
    WebhookWithSecret,
)

__all__ = [
    "AcceptRequirements",
    "Adjacent",
    "ApprovalRequest",
    "AuditCheck",
    "AuditLines",
    "AuditReplay",
    "ClaimDecision",
    "Claims",
    "Completions",
    "Credential",
    "CredentialFields",
    "CredentialPatch",
    "Credentials",
    "Deliveries",
    "DisputeRuling",
    "Disputes",
    "Erasure",
    "EventRequest",
    "EvidenceFields",
    "EvidenceList",
    "ExtractRequest",
    "Extraction",
    "Feedback",
    "FieldProblem",
    "Gap",
    "Gaps",
    "GapsRequest",
    "GivenFeedback",
    "GovernRequirement",
    "Health",
    "Jobs",
    "KeyRotation",
    "KeyWithSecret",
    "Keys",
    "LinkAnswer",
    "LinkAnswers",
    "LinkRequest",
    "NewClaim",
    "NewCredential",
    "NewDispute",
    "NewFeedback",
    "NewKey",
    "NewOffering",
    "NewOverlayEntry",
    "NewPerson",
    "NewRole",
    "NewStack",
    "NewWebhook",
    "Occupations",
    "Offering",
    "OfferingFields",
    "OfferingPatch",
    "Offerings",
    "OneClaim",
    "OneDispute",
    "OneEvidence",
    "OneFeedback",
    "OneJob",
    "OneKey",
    "OneOccupation",
    "OneOverlayEntry",
    "OnePlan",
    "OneRole",
    "OneScenario",
    "OneSkill",
    "Overlay",
    "Pathway",
    "People",
    "Person",
    "PersonAwards",
    "PersonEvidence",
    "PersonExport",
    "PersonFields",
    "PersonGrid",
    "PersonPatch",
    "PlanAnswer",
    "PlanCheck",
    "PlanRequest",
    "Plans",
    "Problem",
    "Profile",
    "QuestionRequest",
    "Recommendations",
    "RejectRequirement",
    "RelatedSkills",
    "Replay",
    "Replayed",
    "RoleComparison",
    "RoleFields",
    "RoleFromOccupation",
    "RoleFromText",
    "RoleHistory",
    "RolePatch",
    "RoleSuggestion",
    "Roles",
    "ScenarioRequest",
    "Skills",
    "Stack",
    "StackFields",
    "StackPatch",
    "Stacks",
    "TakenEvents",
    "Taxonomies",
    "TaxonomyChanges",
    "Team",
    "UnitGrid",
    "Unmet",
    "Versions",
    "Webhook",
    "WebhookWithSecret",
    "Webhooks",
    "Why",
    "Withdrawal",
    "WrittenRole",
]
