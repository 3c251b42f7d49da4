"""What the API sends is what the values say of themselves, field by field; so it equals the CLI's JSON."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from skillmatch.api import schemas
from skillmatch.api.schemas.envelope import Envelope, enveloped, judged
from skillmatch.domain.advice.advice import (
    Advice,
    Exclusion,
    ExclusionReason,
    Limits,
    Reason,
    Recommendation,
)
from skillmatch.domain.advice.pathway import Pace, Pathway, Step
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.people.gap import Gap, GapItem, GapState
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.domain.roles.role import Requirement
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis
from skillmatch.service.core.health import Check, Health, Verdict
from skillmatch.service.workspace import Workspace

DAY = date(2026, 12, 1)
VERSIONS = Versions("1", "starter@1", "encoder", "linker", "abc")
EVIDENCE = Evidence("s1", 2.0, EvidenceSource.PEER, DAY, 0.5, DAY, "seen at work")
REASON = Reason("s1", "Skill", 0.25, None, 3.0, Basis.INFERRED, 0.7)

# Every field filled with something that could not be there by default.
VALUES = [
    (
        schemas.Gap,
        Gap(
            "own/P",
            "own/R",
            "Role",
            Status.PARTIAL,
            0.25,
            (
                GapItem(Requirement("s1", 3.0, 0.5), "Skill", 2.0, GapState.PARTIAL, (EVIDENCE,)),
                GapItem(Requirement("s2", 3.0), "Other", None, GapState.UNKNOWN),
            ),
            DAY,
            VERSIONS,
        ),
    ),
    (
        schemas.Recommendations,
        Advice(
            "own/P",
            "own/R",
            "Role",
            Status.OK,
            0.5,
            (Recommendation("own/C", "Course", "Issuer", 0.25, 0.5, None, 10.0, "CHF", (REASON,)),),
            (Exclusion("own/D", "Other", ExclusionReason.TOO_LONG, "takes 90 hours"),),
            DAY,
            VERSIONS,
        ),
    ),
    (
        schemas.Pathway,
        Pathway(
            "own/P",
            "own/R",
            "Role",
            Status.OK,
            "every requirement is met",
            (Step("own/C", "Course", DAY, DAY, 8.0, None, "own/C-1", False, 0.75),),
            0.5,
            0.75,
            DAY,
            VERSIONS,
        ),
    ),
    (schemas.LinkAnswer, LinkAnswer("weld", (Link("s1", "Welding", 0.9, -0.1, LinkBasis.LEXICAL),), True, True)),
    (schemas.Health, Health((Check("roles", Verdict.WARNING, "there are none", "import some"),), VERSIONS)),
]


@pytest.mark.parametrize(("shape", "value"), VALUES, ids=lambda part: getattr(part, "__name__", ""))
def test_a_shape_neither_drops_nor_adds_a_field(shape: type[BaseModel], value: Gap) -> None:
    said = value.to_json()
    if issubclass(shape, Envelope):
        said = judged(said) if "as_of" in said else enveloped(said, VERSIONS, DAY)
    assert shape.model_validate(said).model_dump(mode="json") == said


def test_the_answers_equal_the_values_of_the_workspace(client: TestClient, demo: Workspace) -> None:
    whom = {"person": "own/P-037", "role": "own/R-B03"}
    limits = Limits(hours=24.0, cost=500.0)

    assert client.get("/v1/gap", params=whom).json() == judged(demo.gap(*whom.values()).to_json())
    assert client.get(
        "/v1/recommendations", params={**whom, "limit": 3, "max_hours": 24, "max_cost": 500}
    ).json() == judged(demo.recommend(*whom.values(), limit=3, limits=limits).to_json())
    assert client.get("/v1/pathway", params={**whom, "hours_per_week": 6, "weeks": 12}).json() == judged(
        demo.pathway(*whom.values(), Pace(6.0, 12)).to_json()
    )


def test_the_day_that_is_asked_for_is_the_day_that_answers(client: TestClient) -> None:
    whom = {"person": "own/P-037", "role": "own/R-B03", "as_of": "2020-01-01"}

    gap = client.get("/v1/gap", params=whom).json()

    assert gap["as_of"] == "2020-01-01"
    assert all(piece["on"] <= "2020-01-01" for item in gap["items"] for piece in item["evidence"])


def test_people_and_roles_may_be_named_as_customers_name_them(client: TestClient) -> None:
    ours = client.get("/v1/gap", params={"person": "own/P-037", "role": "own/R-B03"})
    theirs = client.get("/v1/gap", params={"person": "P-037", "role": "Unit leader, dementia care home"})

    assert ours.content == theirs.content


def test_limits_change_what_is_recommended(client: TestClient) -> None:
    whom = {"person": "own/P-037", "role": "own/R-B03", "limit": 50}

    cheap = client.get("/v1/recommendations", params={**whom, "max_cost": 400}).json()
    short = client.get("/v1/recommendations", params={**whom, "max_hours": 24}).json()

    assert cheap["recommendations"]
    assert all(not item["cost"] or item["cost"] <= 400 for item in cheap["recommendations"])
    assert {item["reason"] for item in cheap["excluded"]} >= {"too_expensive"}
    assert short["recommendations"]
    assert all(item["hours"] is None or item["hours"] <= 24 for item in short["recommendations"])


def test_what_is_known_of_a_person_stands_below_them(client: TestClient, demo: Workspace) -> None:
    person = demo.people.get("P-037")
    address = "/v1/people/own/P-037"

    sent = client.get(address).json()
    said, held = client.get(f"{address}/evidence").json(), client.get(f"{address}/awards").json()

    assert (sent["id"], sent["name"], sent["unit"]) == (person.id, person.name, person.unit)
    assert [piece["on"] for piece in said["items"]] == [str(piece.on) for piece in person.evidence]
    assert [award["credential_id"] for award in held["items"]] == [award.credential_id for award in person.awards]


def test_skills_are_found_by_a_part_of_their_name(client: TestClient) -> None:
    found = client.get("/v1/skills", params={"q": "communication", "limit": 3}).json()["items"]

    assert len(found) == 3
    assert found[0]["id"] == "transversal.communication"
    one = client.get("/v1/skills/Communication").json()
    assert {name: one[name] for name in found[0]} == found[0]


def test_roles_are_listed_by_id_and_shown_with_their_requirements(client: TestClient, demo: Workspace) -> None:
    listed = client.get("/v1/roles").json()["items"]
    one = client.get("/v1/roles/own/R-B03").json()

    assert [role["id"] for role in listed] == [role.id for role in demo.roles.all()]
    assert next(role for role in listed if role["id"] == one["id"])["requirement_count"] == len(one["requirements"])


def test_texts_are_linked_one_answer_each_in_their_order(client: TestClient) -> None:
    texts = ["Communication", "zzzz qqqq", "welding"]

    answers = client.post("/v1/skills/normalise", json={"texts": texts, "top": 4, "abstain": False}).json()["items"]

    assert [answer["text"] for answer in answers] == texts
    assert [len(answer["links"]) for answer in answers] == [4, 4, 4]
    assert answers[0]["links"][0]["skill_id"] == "transversal.communication"


def test_the_same_question_gives_the_same_bytes(client: TestClient) -> None:
    address = "/v1/recommendations?person=P-037&role=R-B03"
    assert client.get(address).content == client.get(address).content
