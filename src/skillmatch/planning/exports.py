"""A plan for those who carry it out: rows for managers and providers, letters, a calendar."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import PersonRecord
from skillmatch.domain.plans.plan import Assignment, OptionKind, Plan
from skillmatch.domain.roles.role import Role

Rows = tuple[tuple[str, ...], list[tuple[object, ...]]]


def manager_rows(plan: Plan, people: Mapping[str, PersonRecord], roles: Mapping[str, Role]) -> Rows:
    """For each unit who does what by when: a header and rows, by unit and person; who is to be hired comes last."""
    header = ("unit", "person", "name", "way", "for role", "credential", "title", "start", "end", "hours", "cost")
    rows: list[tuple[object, ...]] = []
    for item in sorted(plan.assignments, key=lambda one: (one.kind is OptionKind.HIRE, one.unit, one.person_id)):
        name = people[item.person_id].name if item.person_id in people else ""
        role = roles[item.role_id].title if item.role_id in roles else item.role_id
        lead = (item.unit, item.person_id, name, item.kind.value, role)
        if not item.steps:
            rows.append((*lead, "", "", None, None, item.hours, item.cost))
        rows += [
            (*lead, step.credential_id, step.title, step.start, step.end, step.hours, step.cost) for step in item.steps
        ]
    return header, rows


def provider_rows(plan: Plan, people: Mapping[str, PersonRecord], catalogue: Catalogue) -> Rows:
    """The enrolment list: for each provider and course who joins which cohort. It says nothing about roles."""
    header = ("provider", "credential", "title", "cohort", "start", "end", "person", "name")
    rows: list[tuple[object, ...]] = []
    for item in plan.assignments:
        for step in item.steps:
            credential = catalogue.credentials.get(step.credential_id)
            issuer = "" if credential is None else credential.issuer
            name = people[item.person_id].name if item.person_id in people else ""
            cohort = step.offering_id or ""
            rows.append((issuer, step.credential_id, step.title, cohort, step.start, step.end, item.person_id, name))
    return header, sorted(rows, key=lambda row: tuple(str(cell) for cell in row))


def letters(plan: Plan, people: Mapping[str, PersonRecord], roles: Mapping[str, Role]) -> dict[str, str]:
    """A letter for each person who has a part in the plan, by person id; for somebody to read before it is sent."""
    found = {}
    for item in plan.assignments:
        if item.kind is OptionKind.HIRE or item.person_id not in people:
            continue
        found[item.person_id] = _letter(item, people[item.person_id], roles)
    return found


def _letter(item: Assignment, person: PersonRecord, roles: Mapping[str, Role]) -> str:
    role = roles.get(item.role_id)
    lines = [f"Dear {person.name},", ""]
    if role is not None:
        match item.kind:
            case OptionKind.STAY:
                lines.append(f"you already do what {role.title} asks for, and we count on you there.")
            case OptionKind.MOVE:
                lines.append(f"you are ready to work as {role.title}, and we would like to offer you that move.")
            case _:
                lines.append(f"we would like to help you to become ready for {role.title}.")
    else:
        lines.append("we would like you to be one of those who can do what must always be possible here.")
    if item.recognised:
        lines += ["", "First we would like to recognise what you can do already; somebody will meet you for that."]
    if item.steps:
        lines += ["", "This is what we suggest:", ""]
        lines += [f"- {step.title}, {step.start} to {step.end}, {step.hours:g} hours" for step in item.steps]
    if role is not None and item.steps:
        lines += [
            "",
            f"You cover {item.coverage_before:.0%} of the role today, and {item.coverage_after:.0%} afterwards.",
        ]
    lines += ["", "If any of this is wrong or does not suit you, please say so: nothing is settled yet.", ""]
    return "\n".join(lines)


def calendar(plan: Plan, people: Mapping[str, PersonRecord]) -> str:
    """All courses as an iCalendar file (RFC 5545): one all-day event for each course and its learners."""
    learners: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for item in plan.assignments:
        name = people[item.person_id].name if item.person_id in people else item.person_id
        for step in item.steps:
            learners[step.start, step.end, step.credential_id, step.offering_id or "", step.title].append(name)
    stamp = f"{plan.as_of:%Y%m%d}T000000Z"  # the plan's day, so that the same plan gives the same bytes
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//skillmatch//plan//EN"]
    for (start, end, credential, cohort, title), names in sorted(learners.items(), key=lambda item: str(item[0])):
        key = hashlib.sha256(f"{plan.input_hash}/{credential}/{cohort}/{start}/{end}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@skillmatch",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}",  # type: ignore[operator]
            f"SUMMARY:{_escaped(str(title))}",
            f"DESCRIPTION:{_escaped(', '.join(sorted(names)))}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes, as the format wants them; a continuation begins with a blank."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > 74:
            parts.append(current)
            current = " "
        current += char
    return [*parts, current]
