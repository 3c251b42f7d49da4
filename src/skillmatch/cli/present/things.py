"""Things in a workspace as people read them: lists, and one thing with everything that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from skillmatch.cli.present.screen import Cell, Screen, counted, level, money, number, share, shown
from skillmatch.domain.base.levels import LEVEL_NAMES
from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.people.gap import Profile
from skillmatch.domain.people.person import Person, stated_day
from skillmatch.domain.roles.role import Role
from skillmatch.domain.text.link import LinkAnswer

if TYPE_CHECKING:
    from skillmatch.service.values import TaxonomyRecord

LISTED = 50
LIKELY = 0.01
"""Below this probability a link is only shown to people who asked for a number of links, come what may."""


def show_list(
    screen: Screen, columns: Sequence[str], rows: Sequence[Sequence[Cell]], limit: int | None, empty: str
) -> None:
    """A table of the first rows, and how to see the others."""
    if not rows:
        screen.line(empty)
        return
    most = LISTED if limit is None else limit
    screen.table(columns, rows[:most])
    if len(rows) > most:
        screen.line()
        screen.line(f"{most:,} of {len(rows):,}; --limit {len(rows)} shows all.")


def show_taxonomies(screen: Screen, records: Sequence[TaxonomyRecord]) -> None:
    """The stored taxonomies; the active one is marked in words."""
    rows = [
        (
            f"{item.name}@{item.version}",
            "active" if item.active else "",
            item.skills,
            item.occupations,
            item.imported_at.date(),
        )
        for item in records
    ]
    columns = ("Taxonomy", "|Use", ">Skills", ">Occupations", "|Imported")
    show_list(screen, columns, rows, len(rows), "There is none. Import one with 'skillmatch taxonomy import'.")
    for said in dict.fromkeys(item.attribution for item in records if item.attribution):
        screen.line(said)


def show_fields(screen: Screen, title: str, facts: Sequence[tuple[str, object]]) -> None:
    """A heading and what is known, name by name; what is not known is left out."""
    screen.heading(title)
    for name, value in facts:
        text = ", ".join(map(shown, value)) if isinstance(value, (list, tuple)) else shown(value)
        if text:
            screen.line(f"{name}: {text}")


def show_skill(screen: Screen, document: Mapping[str, Any]) -> None:
    """A skill with its other names and place in the taxonomy."""
    facts = [
        ("Other names", document["aliases"]),
        ("What it is", document["description"]),
        ("Type", document["type"]),
        ("Field", document["field"]),
        ("Broader", [item["label"] for item in document["broader"]]),
        ("Deprecated", document["deprecated"] or None),
        ("Note", document["note"]),
        ("Taxonomy", document["taxonomy"]),
        ("Id", document["id"]),
    ]
    show_fields(screen, document["label"], facts)


def show_credential(screen: Screen, found: Credential, catalogue: Catalogue, labels: Mapping[str, str]) -> None:
    """A credential: what it teaches, asks for, takes and costs."""
    rated = (
        None if found.rating is None else f"{number(found.rating)} of 5, from {counted(found.rating_count, 'rating')}"
    )
    facts = [
        ("Issuer", found.issuer),
        ("About", found.description),
        ("Hours", found.hours),
        ("Weeks at least", found.weeks),
        ("Cost", money(found.cost, found.currency)),
        ("Language", found.language),
        ("Mode", found.mode),
        ("Assessment", found.assessment),
        ("Quality assurance", found.quality_assurance),
        ("EQF level", found.eqf_level),
        ("Country", found.country),
        ("Rating", rated),
        ("On offer from", found.valid_from),
        ("On offer until", found.valid_until),
        ("Award valid for months", found.validity_months),
        ("Completed", None if found.started is None else f"{found.completed or 0:,} of {found.started:,} learners"),
        ("Needs the credentials", found.requires_credentials),
        (
            "Needs the skills",
            [f"{labels.get(item.skill_id, item.skill_id)} at {level(item.level)}" for item in found.requires_skills],
        ),
        ("Part of", [stack.title for stack in catalogue.stacks if found.id in stack.credential_ids]),
        ("Not understood", found.unmapped),
        ("Web", found.url),
        ("Id", found.id),
    ]
    show_fields(screen, found.title, facts)
    screen.line()
    rows = [
        (labels.get(item.skill_id, item.skill_id), level(item.level), item.basis.value, share(item.probability))
        for item in found.outcomes
    ]
    if rows:
        screen.table(("Teaches", ">To level", "|Basis", ">Certainty"), rows)
    else:
        screen.line("It teaches no skill of the taxonomy, so it is never recommended.")
    if found.offerings:
        screen.line()
        cohorts = [
            (item.start, item.end, "no limit" if item.seats is None else item.seats, item.id)
            for item in found.offerings
        ]
        screen.table(("|Starts", "|Ends", ">Seats", "Group"), cohorts)


def show_role(screen: Screen, found: Role, labels: Mapping[str, str]) -> None:
    """A role and what it requires."""
    facts = [("About", found.description), ("Occupation", found.occupation_id), ("Id", found.id)]
    show_fields(screen, found.title, facts)
    screen.line()
    rows = [
        (
            labels.get(need.skill_id, need.skill_id),
            level_name(need.level),
            need.weight,
            need.kind.value,
            need.state.value,
        )
        for need in found.requirements
    ]
    columns = ("Requires", "|Level", ">Weight", "|Kind", "|State")
    show_list(screen, columns, rows, len(rows), "It has no requirements, so no gap can be found towards it.")


def show_person(
    screen: Screen, found: Person, profile: Profile, catalogue: Catalogue, labels: Mapping[str, str]
) -> None:
    """A person: what the evidence adds up to, and what they hold."""
    facts = [
        ("Unit", found.unit),
        ("Role", found.role_id),
        ("Languages", found.languages),
        ("Hours a week for learning", found.hours_per_week),
        ("Id", found.id),
    ]
    show_fields(screen, found.name, facts)
    screen.line()
    rows = [
        (
            labels.get(skill_id, skill_id),
            level_name(item.level),
            f"{level(item.low)}-{level(item.high)}" + (" contradictory" if item.contradictory else ""),
            "one weak piece" if item.thin else counted(len(item.evidence), "piece"),
        )
        for skill_id, item in sorted(profile.attainments.items(), key=lambda pair: (-pair[1].level, pair[0]))
    ]
    columns = (f"On {profile.as_of}", "|Level", "|80 %", "Resting on")
    show_list(
        screen, columns, rows, len(rows), "Nothing is known of their skills: that is not the same as having none."
    )
    if found.evidence:
        screen.line()
        said = [
            (
                labels.get(item.skill_id, item.skill_id),
                level(item.level),
                item.source.value,
                stated_day(item.on),
                item.note,
            )
            for item in found.evidence
        ]
        screen.table(("Evidence for", ">Level", "|Source", "|Date", "Note"), said)
    if profile.ignored:
        screen.line()
        aside = [
            (
                labels.get(item.evidence.skill_id, item.evidence.skill_id),
                level(item.evidence.level),
                item.evidence.source.value,
                stated_day(item.evidence.on),
                item.reason.value.replace("_", " "),
            )
            for item in profile.ignored
        ]
        screen.table((f"Does not count on {profile.as_of}", ">Level", "|Source", "|Date", "Because"), aside)
    if found.awards:
        screen.line()
        held = [
            (
                _title(item.credential_id, catalogue),
                item.state.value.replace("_", " "),
                stated_day(item.issued),
                item.expires,
            )
            for item in found.awards
        ]
        screen.table(("Credential", "|State", "|Since", "|Until"), held)


def show_links(screen: Screen, answers: Sequence[LinkAnswer], *, abstain: bool) -> None:
    """For each text the skills it may mean, or that none is sure enough."""
    for place, answer in enumerate(answers):
        if place:
            screen.line()
        screen.heading(answer.text)
        if answer.abstained and abstain:
            near = f" Nearest: {answer.links[0].label} ({share(answer.links[0].probability)})." if answer.links else ""
            screen.line(f"No skill surely enough.{near}", indent=2)
        elif answer.links:
            likely = [item for item in answer.links if item.probability >= LIKELY or not abstain] or answer.links[:1]
            rows = [(item.label, share(item.probability), item.basis.value) for item in likely]
            screen.table(("Skill", ">Certainty", "|Judged by"), rows)
    if any(answer.degraded for answer in answers):
        screen.line()
        screen.line("The encoder was not available: only names and letters were compared. See 'skillmatch doctor'.")


def level_name(value: float) -> str:
    """A level with its name where it has one: "3 independent", "2.5"."""
    return f"{level(value)} {LEVEL_NAMES[int(value)]}" if value == int(value) else level(value)


def _title(credential_id: str, catalogue: Catalogue) -> str:
    known = catalogue.credentials.get(credential_id)
    return credential_id if known is None else known.title
