"""Links: which address an answer leads to next, and where in the answer, or in what was asked, its parameters stand.

They stand in the OpenAPI description, so that programs which read it can walk from what was made to what can be done
with it. One table for all, because a link is a matter between two addresses and neither's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_JSON = "application/json"
_WHOLE_REQUEST = "$request.body"


@dataclass(frozen=True, slots=True)
class Link:
    """From an operation's answer to another operation; the values are runtime expressions of OpenAPI."""

    start: str
    target: str
    description: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def to_openapi(self) -> dict[str, Any]:
        """The link as it stands in the description, beneath the answers that it starts from."""
        written: dict[str, Any] = {"operationId": self.target, "description": self.description}
        if self.parameters:
            written["parameters"] = dict(self.parameters)
        if self.body:
            written["requestBody"] = self.body
        return written


def _body(pointer: str) -> str:
    return f"$response.body#/{pointer}"


def _asked(*names: str) -> dict[str, str]:
    """The path parameters of the request, handed on as they are."""
    return {name: f"$request.path.{name}" for name in names}


def _from(starts: Iterable[str], targets: Mapping[str, str], parameters: Mapping[str, str]) -> Iterator[Link]:
    """The same parameters from each of some operations to each of others, which are given with what they are for."""
    for start in starts:
        for target, description in targets.items():
            if target != start:
                yield Link(start, target, description, parameters)


_NAMED = {"source": _body("source"), "external_id": _body("external_id")}
_SAME = _asked("source", "external_id")
_SEEN = {"header.if-match": "$response.header.ETag"}
_JOB = {"job_id": _body("id")}
_PLAN = {"plan_id": _body("id")}
_HOOK = {"id": _body("id")}
_NUMBER = {"number": _body("number")}
_KEY = {"key_id": _body("id")}
_THING = _SAME | {"thing_id": _body("id")}
_PIECE = _SAME | {"piece_id": _body("id")}

_OF_A_PERSON = {
    "get_person": "Their own fields, with the ETag that a change names",
    "get_profile": "What they can do",
    "list_evidence": "What is known of them",
    "add_evidence": "State something more",
    "list_awards": "Their credentials",
    "list_claims": "What they say that they have learned",
    "submit_claim": "Hand in a claim",
    "raise_dispute": "Object to a line of the profile or to a credential",
    "person_adjacent": "Roles that lie near",
    "export_person": "Everything about them",
}
_TOWARDS_A_ROLE = {
    "person_gap": "What the role that they hold asks for and they lack",
    "person_recommendations": "What to learn for the role that they hold",
    "person_pathway": "In which order to learn for the role that they hold",
}
_OF_A_PLAN = {
    "get_plan": "The plan, whole",
    "check_plan": "Whether it keeps the rules today",
    "stress_plan": "How it bears what may change",
    "export_plan": "The plan as a file",
    "approve_plan": "Approve it",
    "remove_plan": "Forget it",
}
_OF_A_JOB = {
    "get_job": "How it goes",
    "cancel_job": "End it",
}
_OF_A_HOOK = {
    "get_webhook": "The webhook, without its secret",
    "list_deliveries": "What was sent",
    "replay_webhook": "Send again",
    "rotate_webhook": "Replace its secret",
    "remove_webhook": "Take it away",
}
_OF_A_KEY = {
    "get_key": "The key, without its secret",
    "rotate_key": "Put a new secret in its place",
    "revoke_key": "Let it open nothing more",
}

LINKS: tuple[Link, ...] = (
    # a person: written, then asked about
    *_from(("add_person", "put_person", "patch_person", "get_person"), _OF_A_PERSON, _NAMED),
    *_from(
        ("add_person", "put_person", "patch_person", "get_person"),
        _TOWARDS_A_ROLE,
        _NAMED | {"role": _body("role_id")},
    ),
    *_from(
        ("get_person",),
        {
            "put_person": "Write them anew, as they were seen",
            "patch_person": "Change some fields, as they were seen",
            "erase_person": "Erase them, as they were seen",
        },
        _NAMED | _SEEN,
    ),
    Link("list_people", "gap", "The gap of the first one", {"person": _body("items/0/id")}),
    Link("list_evidence", "put_evidence", "Write all of it anew, as it was seen", _SAME | _SEEN),
    Link("put_evidence", "list_evidence", "All of it, with its ETag", _SAME),
    Link(
        "person_recommendations",
        "person_why",
        "Why the first one is recommended",
        _SAME | {"role": "$request.query.role", "credential": _body("recommendations/0/credential_id")},
    ),
    *_from(
        ("add_evidence",),
        {"get_evidence": "The statement", "remove_evidence": "Take it back"},
        _PIECE,
    ),
    Link("submit_claim", "decide_claim", "Decide it", _THING),
    Link("submit_claim", "list_claims", "All claims of the person", _SAME),
    Link("raise_dispute", "decide_dispute", "Decide it", _THING),
    Link("raise_dispute", "list_disputes", "All disputes of the person", _SAME),
    Link("decide_claim", "get_profile", "The profile with the decision in it", _SAME),
    Link("decide_dispute", "get_profile", "The profile with the decision in it", _SAME),
    # roles, credentials, skills, occupations
    *_from(
        ("get_role", "add_role", "put_role", "patch_role"),
        {"get_team": "Everybody held against it", "get_unmet": "What of it nothing teaches", "gap": "Who lacks what"},
        {"role": _body("id")},
    ),
    Link("get_role", "get_occupation", "The occupation that it was made from", {"occupation": _body("occupation_id")}),
    Link("list_roles", "get_team", "Everybody held against the first one", {"role": _body("items/0/id")}),
    Link("get_credential", "list_credentials", "Others by its issuer", {"issuer": _body("issuer")}),
    *_from(("search_skills",), {"get_skill": "The first one"}, {"skill": _body("items/0/id")}),
    Link("get_skill", "related_skills", "What lies near", {"skill": _body("id")}),
    Link("get_skill", "list_credentials", "What teaches it", {"teaches": _body("id")}),
    Link("list_occupations", "get_occupation", "The first one, with its skills", {"occupation": _body("items/0/id")}),
    *_from(
        ("put_role", "patch_role"),
        {"get_role": "The role, with the ETag that a change names", "role_history": "Who decided what about it"},
        _SAME,
    ),
    *_from(
        ("get_role",),
        {
            "put_role": "Write it anew, as it was seen",
            "patch_role": "Change some fields, as it was seen",
            "remove_role": "Take it away, as it was seen",
        },
        _SAME | _SEEN,
    ),
    *_from(
        ("add_credential", "put_credential", "patch_credential"),
        {"get_credential": "The credential, with the ETag that a change names"},
        _NAMED,
    ),
    *_from(
        ("get_credential",),
        {
            "put_credential": "Write it anew, as it was seen",
            "patch_credential": "Change some fields, as it was seen",
            "remove_credential": "Take it away, as it was seen",
        },
        _NAMED | _SEEN,
    ),
    *_from(
        ("add_offering", "put_offering", "patch_offering"),
        {"get_offering": "The offering, with the ETag that a change names"},
        _NAMED,
    ),
    *_from(
        ("get_offering",),
        {
            "put_offering": "Write it anew, as it was seen",
            "patch_offering": "Change some fields, as it was seen",
            "remove_offering": "Take it away, as it was seen",
        },
        _NAMED | _SEEN,
    ),
    *_from(
        ("add_stack", "put_stack", "patch_stack"),
        {"get_stack": "The stack, with the ETag that a change names"},
        _NAMED,
    ),
    *_from(
        ("get_stack",),
        {
            "put_stack": "Write it anew, as it was seen",
            "patch_stack": "Change some fields, as it was seen",
            "remove_stack": "Take it away, as it was seen",
        },
        _NAMED | _SEEN,
    ),
    # what an organisation changes in its taxonomy, and decides about texts
    *_from(
        ("add_overlay_entry", "withdraw_overlay_entry"),
        {"get_overlay_entry": "The entry", "withdraw_overlay_entry": "Withdraw it"},
        _NUMBER,
    ),
    Link("give_feedback", "get_feedback", "The entry", _NUMBER),
    # jobs and plans: a scenario, a job, its plan, its files
    Link("check_scenario", "solve_plan", "Plan it", body=_WHOLE_REQUEST),
    Link("check_scenario", "price_scenario", "What each limit is worth", body=_WHOLE_REQUEST),
    Link("price_scenario", "solve_plan", "Plan it", body=_WHOLE_REQUEST),
    *_from(("import_file", "solve_plan"), _OF_A_JOB, _JOB),
    Link("cancel_job", "get_job", "How it ended", _JOB),
    Link("get_job", "cancel_job", "End it", _JOB),
    Link("get_job", "get_job_file", "Its first file", _JOB | {"name": _body("files/0")}),
    Link("get_job", "get_plan", "The plan that it made", {"plan_id": _body("result/plan/id")}),
    *_from(("get_plan", "approve_plan"), _OF_A_PLAN, _PLAN),
    Link("list_plans", "get_plan", "The first one, whole", {"plan_id": _body("items/0/id")}),
    Link(
        "list_plans",
        "diff_plans",
        "How the first two differ",
        {"plan_id": _body("items/1/id"), "other_id": _body("items/0/id")},
    ),
    Link("list_jobs", "get_job", "How the first one goes", {"job_id": _body("items/0/id")}),
    # webhooks and keys
    *_from(("add_webhook", "get_webhook"), _OF_A_HOOK, _HOOK),
    *_from(("create_key", "rotate_key", "get_key"), _OF_A_KEY, _KEY),
)
"""Every link of the description."""


def add_links(document: Mapping[str, Any], links: Iterable[Link] = LINKS) -> None:
    """Write links into a description, beneath every answer of their start that says all is well and has content.

    Raises ``KeyError`` for a link from an operation that is not there: a fault of ours, which a test would show.
    """
    found = {spec["operationId"]: spec for methods in document["paths"].values() for spec in methods.values()}
    for link in links:
        for code, response in found[link.start]["responses"].items():
            if code.startswith("2") and _JSON in response.get("content", {}):
                response.setdefault("links", {})[link.target] = link.to_openapi()
