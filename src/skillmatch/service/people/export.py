"""Everything that is known of one person, as one document and as sentences."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base import checks
from skillmatch.domain.base.attribution import attribution_of
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.people.person import StoredPerson
from skillmatch.files.writing import write_bytes
from skillmatch.gaps import profiled
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.plans.archive import file_of
from skillmatch.store import View
from skillmatch.store.tables.waiting import waiting_of

FORMAT = "skillmatch-person/1"


class PersonExports:
    """The right to know."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def document(self, person: str, *, accesses: bool = True, answers: bool = True) -> dict[str, Any]:
        """Everything that the workspace holds about a person, in plain values, names of skills beside their ids.

        Their fields, evidence, lines that wait to be placed, awards, what these add up to today, claims, disputes,
        learning events, their parts in kept plans, and who asked what about them when, with the answers. Without
        ``accesses`` these are None, without ``answers`` these are. Raises ``NotFoundError``.

        >>> workspace.people.document("P-037")["person"]["unit"]
        'Care homes'
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            owner = lookups.find_person(view, person)
            document = _stored(owner, view, snapshot, self._context.day(snapshot, None))
            document["attribution"] = attribution_of(snapshot.versions.taxonomy)
        document["accesses"] = self._accesses(owner.id, answers) if accesses else None
        return {"format": FORMAT, "made": self._context.clock().isoformat(), **document}

    def export(self, person: str, path: Path, *, by: str) -> dict[str, int]:
        """Write everything about a person to a .json file, or to a .zip with that and a text to read.

        Says in the audit that ``by`` did. Returns how much of each kind there is. Raises ``NotFoundError``,
        ``InputError`` for another ending, ``WorkspaceError``.
        """
        checks.text(by, "by", most=500)
        if path.suffix.lower() not in (".json", ".zip"):
            raise InputError(f"'{path.name}' does not end in .json or .zip.", field="path", remedy="Rename it.")
        document = self.document(person)
        self._audit.record(AccessNote(by, "people.export", (document["person"]["id"],)))
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        content = text.encode()
        if path.suffix.lower() == ".zip":
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("person.json", content)
                archive.writestr("read-me.txt", readable(document))
            content = buffer.getvalue()
        write_bytes(path, content)
        return {key: len(value) for key, value in document.items() if isinstance(value, list)}

    def _accesses(self, person_id: str, answers: bool) -> list[dict[str, Any]]:
        return [
            {
                "seq": line.seq,
                "at": line.at,
                "by": line.caller,
                "action": line.action,
                "versions": dict(line.versions),
                "answer": None if answer is None else answer.decode(errors="replace"),
            }
            for line, answer in self._audit.answers_about(person_id, answers=answers)
        ]


def readable(document: dict[str, Any]) -> str:
    """The document in sentences, for the person it is about."""
    person = document["person"]
    lines = [
        f"What is known of {person['name']} ({person['id']}), on {document['made'][:10]}",
        "",
        f"Unit: {person['unit'] or 'none'}. Role: {person['role_id'] or 'none'}.",
    ]

    def part(title: str, items: list[str]) -> None:
        lines.extend(["", title, *(f"- {item}" for item in items or ["nothing"])])

    part(
        "What was said about skills",
        [
            f"{item['label']}: level {item['level']:g} of 5, by {item['source']} on {item['on']}"
            + (f" ({item['note']})" if item["note"] else "")
            for item in document["evidence"]
        ],
    )
    part(
        "What was said in words that wait to be placed, and counts for nothing until then",
        [
            f"{item['words']}: level {item['level']:g} of 5, by {item['source']} on {item['on']}"
            for item in document["waiting"]
        ],
    )
    part(
        "What that adds up to today",
        [f"{item['label']}: level {item['level']:.1f} of 5" for item in document["profile"]],
    )
    part("Credentials", [f"{item['title']}: {item['state']} since {item['issued']}" for item in document["awards"]])
    part("Claims", [f"{item['submitted']}: {item['text']} - {_verdict(item)}" for item in document["claims"]])
    part("Objections", [f"{item['raised']}: {item['reason']} - {_verdict(item)}" for item in document["disputes"]])
    part(
        "LearningEvents",
        [f"{item['on']}: {item['kind']} {item['credential_id'] or item['skill_id']}" for item in document["events"]],
    )
    part("Plans", [f"{item['scenario']} ({item['plan']})" for item in document["plans"]])
    part("Who asked about them", [f"{item['at']}: {item['by']}, {item['action']}" for item in document["accesses"]])
    return "\n".join(lines) + "\n"


def _verdict(item: dict[str, Any]) -> str:
    made = item["decision"]
    return "not decided yet" if made is None else f"{made['verdict']} by {made['by']} on {made['on']}"


def _stored(owner: StoredPerson, view: View, snapshot: Snapshot, day: date) -> dict[str, Any]:
    labels, credentials = snapshot.labels, snapshot.catalogue.credentials
    fields_of = _plain(owner)
    profile = profiled(snapshot.person(owner), day, snapshot.reference).profile
    evidence, awards, rulings = (fields_of.pop(name) for name in ("evidence", "awards", "rulings"))
    for item in (*evidence, *rulings):
        item["label"] = labels.get(item["skill_id"] or "", item["skill_id"])
    for item in awards:
        known = credentials.get(item["credential_id"])
        item["title"] = item["credential_id"] if known is None else known.title
    plans = []
    for summary in view.plan_summaries():
        for part in file_of(view.plan_record(summary.id)).plan.assignments:
            if part.person_id == owner.id:
                plans.append({"plan": summary.id, "scenario": summary.summary["scenario"], "part": part.to_json()})
    return {
        "person": fields_of,
        "evidence": evidence,
        "waiting": [_plain(line) for line in waiting_of(view, owner.id)],
        "awards": awards,
        "rulings": rulings,
        "profile": [
            {
                "skill_id": skill,
                "label": labels.get(skill, skill),
                "level": item.level,
                "low": item.low,
                "high": item.high,
                "confidence": item.confidence,
            }
            for skill, item in profile.attainments.items()
        ],
        "claims": [item.to_json() for item in view.claims(owner.id)],
        "disputes": [item.to_json() for item in view.disputes(owner.id)],
        "events": [item.to_json() for item in view.events(owner.id)],
        "plans": plans,
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case _:
            return value
