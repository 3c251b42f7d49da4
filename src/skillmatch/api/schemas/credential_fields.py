"""The shapes of credentials as they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Body
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.identity import MAX_ID, OWN_SOURCE
from skillmatch.domain.catalogue.credential import Credential as DomainCredential
from skillmatch.domain.catalogue.credential import Outcome, SkillPrerequisite
from skillmatch.service.core.decisions import ASSUMED_LEVEL

MAX_SKILLS = 500
MAX_TEXT = 20_000
MAX_WORD = 500

Reference = Annotated[str, Field(min_length=1, max_length=MAX_WORD)]

_PLAIN = (
    *("title", "issuer", "description", "url", "level", "hours", "weeks", "cost", "currency", "language", "mode"),
    *("assessment", "quality_assurance", "eqf_level", "country", "rating", "rating_count"),
    *("valid_from", "valid_until", "validity_months", "started", "completed"),
)
_ABOUT = {
    "title": "What the course is called; skills that it surely names count too",
    "issuer": "Who offers and certifies it",
    "description": "Read for skills where nothing that it teaches could be mapped",
    "url": "Where learners find it",
    "level": "What it leads to as a whole, up to 5; for skills without a level of their own",
    "teaches": "What the provider says that it teaches; words that mean no skill surely enough are kept as unmapped",
    "requires_skills": "What it expects before it starts",
    "requires_credentials": "Credentials that have to be held first: our ids or your own",
    "hours": "The whole workload",
    "weeks": "The least calendar time",
    "cost": "Per learner",
    "currency": "Code of the currency of the cost",
    "language": "Code of the language that it is in",
    "mode": "Such as online, blended or on site",
    "assessment": "How what was learnt is assessed",
    "quality_assurance": "Who assures its quality",
    "eqf_level": "Level in the European Qualifications Framework",
    "country": "Code of the country",
    "rating": "Stars, 1-5",
    "rating_count": "From how many people the rating is",
    "valid_from": "First day on which it can be begun",
    "valid_until": "Last day on which it can be begun",
    "validity_months": "How long the award stays valid",
    "started": "How many learners began it, where somebody counted",
    "completed": "How many of these completed it",
}


class Taught(Body):
    """A skill that a credential teaches."""

    skill: str = Field(
        min_length=1, max_length=MAX_WORD, description="Id, label or alias of a skill, or words", examples=["Teamwork"]
    )
    level: float | None = Field(
        default=None,
        gt=0,
        le=5,
        description=f"The level it leads to; else the credential's, else {ASSUMED_LEVEL:g}",
        examples=[3.0],
    )


class Required(Body):
    """A skill that a credential expects."""

    skill: str = Field(
        min_length=1, max_length=MAX_WORD, description="Id, label or alias of a skill", examples=["Communication"]
    )
    level: float = Field(gt=0, le=5, description="The least level, up to 5", examples=[1.0])


class CredentialFields(Body):
    """What a provider says of a credential; what is left out is not stated."""

    title: str = Field(min_length=1, max_length=1_000, description=_ABOUT["title"], examples=["Talking with Relatives"])
    issuer: str = Field(default="", max_length=MAX_TEXT, description=_ABOUT["issuer"], examples=["Havenport Academy"])
    description: str = Field(
        default="", max_length=MAX_TEXT, description=_ABOUT["description"], examples=["Difficult talks, practised."]
    )
    url: str = Field(default="", max_length=2_000, description=_ABOUT["url"], examples=["https://example.org/talking"])
    level: float | None = Field(default=None, gt=0, le=5, description=_ABOUT["level"], examples=[3.0])
    teaches: list[Taught] = Field(
        default=[],
        max_length=MAX_SKILLS,
        description=_ABOUT["teaches"],
        examples=[[{"skill": "Communication", "level": 3.0}, {"skill": "Conflict resolution"}]],
    )
    requires_skills: list[Required] = Field(
        default=[],
        max_length=MAX_SKILLS,
        description=_ABOUT["requires_skills"],
        examples=[[{"skill": "Communication", "level": 1.0}]],
    )
    requires_credentials: list[Reference] = Field(
        default=[], max_length=MAX_SKILLS, description=_ABOUT["requires_credentials"], examples=[["own/A-001"]]
    )
    hours: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["hours"], examples=[12.0])
    weeks: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["weeks"], examples=[3.0])
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["cost"], examples=[90.0])
    currency: str = Field(default="EUR", max_length=10, description=_ABOUT["currency"], examples=["EUR"])
    language: str = Field(default="", max_length=35, description=_ABOUT["language"], examples=["en"])
    mode: str = Field(default="", max_length=200, description=_ABOUT["mode"], examples=["online"])
    assessment: str = Field(default="", max_length=MAX_TEXT, description=_ABOUT["assessment"], examples=["portfolio"])
    quality_assurance: str = Field(
        default="", max_length=MAX_TEXT, description=_ABOUT["quality_assurance"], examples=["external audit"]
    )
    eqf_level: int | None = Field(default=None, ge=1, le=8, description=_ABOUT["eqf_level"], examples=[4])
    country: str = Field(default="", max_length=100, description=_ABOUT["country"], examples=["NL"])
    rating: float | None = Field(default=None, ge=1, le=5, description=_ABOUT["rating"], examples=[4.4])
    rating_count: int = Field(default=0, ge=0, le=10**12, description=_ABOUT["rating_count"], examples=[120])
    valid_from: date | None = Field(default=None, description=_ABOUT["valid_from"], examples=["2026-01-01"])
    valid_until: date | None = Field(default=None, description=_ABOUT["valid_until"], examples=["2028-12-31"])
    validity_months: int | None = Field(
        default=None, ge=1, le=1_200, description=_ABOUT["validity_months"], examples=[24]
    )
    started: int | None = Field(default=None, ge=0, le=10**12, description=_ABOUT["started"], examples=[200])
    completed: int | None = Field(default=None, ge=0, le=10**12, description=_ABOUT["completed"], examples=[150])

    def credential(self, credential_id: str) -> DomainCredential:
        """The credential that it stands for, its skills in the words sent. Raises ``InputError``."""
        usual = self.level or ASSUMED_LEVEL
        bare = DomainCredential(credential_id, **{name: getattr(self, name) for name in _PLAIN})
        _check_once([item.skill for item in self.teaches], "teaches")
        return replace(
            bare,
            currency=self.currency.upper() or "EUR",
            language=self.language.lower(),
            country=self.country.upper(),
            outcomes=tuple(Outcome(item.skill, item.level or usual, given=item.skill) for item in self.teaches),
            requires_skills=tuple(SkillPrerequisite(item.skill, item.level) for item in self.requires_skills),
            requires_credentials=tuple(self.requires_credentials),
        )


class NewCredential(CredentialFields):
    """A credential that is not there yet."""

    source: str = Field(
        default=OWN_SOURCE,
        min_length=1,
        max_length=MAX_ID,
        description="The system that the id comes from",
        examples=["lms"],
    )
    external_id: str = Field(
        min_length=1, max_length=MAX_ID, description="Your own id of the credential", examples=["C-900"]
    )


class CredentialPatch(Body):
    """The fields to change; null takes away what is stated. Lists are replaced as a whole."""

    title: str | None = Field(default=None, max_length=1_000, description=_ABOUT["title"], examples=["Talking"])
    issuer: str | None = Field(default=None, max_length=MAX_TEXT, description=_ABOUT["issuer"], examples=["Academy"])
    description: str | None = Field(
        default=None, max_length=MAX_TEXT, description=_ABOUT["description"], examples=["Difficult talks, practised."]
    )
    url: str | None = Field(
        default=None, max_length=2_000, description=_ABOUT["url"], examples=["https://example.org/talking"]
    )
    level: float | None = Field(default=None, gt=0, le=5, description=_ABOUT["level"], examples=[3.0])
    teaches: list[Taught] | None = Field(
        default=None,
        max_length=MAX_SKILLS,
        description=_ABOUT["teaches"],
        examples=[[{"skill": "Communication", "level": 3.0}]],
    )
    requires_skills: list[Required] | None = Field(
        default=None,
        max_length=MAX_SKILLS,
        description=_ABOUT["requires_skills"],
        examples=[[{"skill": "Communication", "level": 1.0}]],
    )
    requires_credentials: list[Reference] | None = Field(
        default=None, max_length=MAX_SKILLS, description=_ABOUT["requires_credentials"], examples=[["own/A-001"]]
    )
    hours: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["hours"], examples=[12.0])
    weeks: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["weeks"], examples=[3.0])
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False, description=_ABOUT["cost"], examples=[90.0])
    currency: str | None = Field(default=None, max_length=10, description=_ABOUT["currency"], examples=["EUR"])
    language: str | None = Field(default=None, max_length=35, description=_ABOUT["language"], examples=["en"])
    mode: str | None = Field(default=None, max_length=200, description=_ABOUT["mode"], examples=["online"])
    assessment: str | None = Field(
        default=None, max_length=MAX_TEXT, description=_ABOUT["assessment"], examples=["portfolio"]
    )
    quality_assurance: str | None = Field(
        default=None, max_length=MAX_TEXT, description=_ABOUT["quality_assurance"], examples=["external audit"]
    )
    eqf_level: int | None = Field(default=None, ge=1, le=8, description=_ABOUT["eqf_level"], examples=[4])
    country: str | None = Field(default=None, max_length=100, description=_ABOUT["country"], examples=["NL"])
    rating: float | None = Field(default=None, ge=1, le=5, description=_ABOUT["rating"], examples=[4.4])
    rating_count: int | None = Field(default=None, ge=0, le=10**12, description=_ABOUT["rating_count"], examples=[120])
    valid_from: date | None = Field(default=None, description=_ABOUT["valid_from"], examples=["2026-01-01"])
    valid_until: date | None = Field(default=None, description=_ABOUT["valid_until"], examples=["2028-12-31"])
    validity_months: int | None = Field(
        default=None, ge=1, le=1_200, description=_ABOUT["validity_months"], examples=[24]
    )
    started: int | None = Field(default=None, ge=0, le=10**12, description=_ABOUT["started"], examples=[200])
    completed: int | None = Field(default=None, ge=0, le=10**12, description=_ABOUT["completed"], examples=[150])


def sent_json(sent: DomainCredential) -> dict[str, Any]:
    """A credential as somebody would send it, for a patch to be laid over it."""
    plain = {name: getattr(sent, name) for name in _PLAIN}
    days = {name: value.isoformat() for name, value in plain.items() if isinstance(value, date)}
    return {
        **plain,
        **days,
        "teaches": [{"skill": item.given, "level": item.level} for item in sent.outcomes],
        "requires_skills": [{"skill": item.skill_id, "level": item.level} for item in sent.requires_skills],
        "requires_credentials": list(sent.requires_credentials),
    }


def _check_once(names: list[str], field: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise InputError(f"'{name[:100]}' comes twice.", field=f"{field}/{place}/skill", remedy="Send it once.")
