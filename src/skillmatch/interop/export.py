"""Exports: domain values as the tables that the readers of this room read; reading them back changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.domain.base.levels import Scale
from skillmatch.domain.catalogue.credential import Basis, Credential, Offering, Stack
from skillmatch.domain.people.person import Award, Evidence, PersonRecord, stated_day
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.files.writing import as_text
from skillmatch.interop.columns import COLUMNS
from skillmatch.interop.references import LEVEL_MARK, escape, join_items


@dataclass(frozen=True, slots=True)
class Export:
    """A header and rows of text, numbers, dates and None, as ``files.writing.write_table`` takes them.

    Ids are written whole (``source/id``); read them back without a ``source``.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def export_credentials(credentials: Iterable[Credential]) -> Export:
    """Credentials, one a row, with the provider's words for what they teach, the unmatched ones included.

    Skills that were inferred are not written: they would come back as if the provider had stated them.
    """
    return _export("credentials", (_credential_row(item) for item in credentials))


def export_offerings(offerings: Iterable[Offering]) -> Export:
    """Cohorts, one a row."""
    return _export("offerings", ((item.id, item.credential_id, item.start, item.end, item.seats) for item in offerings))


def export_stacks(stacks: Iterable[Stack]) -> Export:
    """Stacks, one a row."""
    return _export(
        "stacks",
        (
            (item.id, item.title, item.issuer, _items(item.credential_ids), item.required, item.description)
            for item in stacks
        ),
    )


def export_roles(roles: Iterable[Role]) -> Export:
    """Roles, one row a requirement; a role without any has one row without a skill."""
    return _export("roles", (row for role in roles for row in _role_rows(role)))


def export_people(people: Iterable[PersonRecord]) -> Export:
    """People, one a row, without evidence and awards, which have tables of their own."""
    return _export(
        "people",
        ((item.id, item.name, item.unit, item.role_id, _items(item.languages), item.hours_per_week) for item in people),
    )


def export_evidence(evidence: Iterable[tuple[str, Evidence]]) -> Export:
    """Evidence beside the id of its person, one statement a row, levels on the scale 0-5."""
    return _export(
        "evidence",
        (
            (
                person,
                item.skill_id,
                item.level,
                Scale.CANONICAL.value,
                item.source.value,
                stated_day(item.on),
                item.confidence,
                item.expires,
                item.note,
            )
            for person, item in evidence
        ),
    )


def export_awards(awards: Iterable[tuple[str, Award]]) -> Export:
    """Awards beside the id of their person, one a row."""
    return _export(
        "awards",
        (
            (person, item.credential_id, item.state.value, stated_day(item.issued), item.expires, None)
            for person, item in awards
        ),
    )


def _export(what: str, rows: Iterable[tuple[object, ...]]) -> Export:
    return Export(COLUMNS[what], tuple(rows))


def _credential_row(item: Credential) -> tuple[object, ...]:
    taught = [
        _levelled(outcome.given or outcome.skill_id, outcome.level)
        for outcome in item.outcomes
        if outcome.basis is Basis.STATED
    ]
    unmatched = [escape(words) for words in item.unmapped]
    return (
        item.id,
        item.title,
        item.issuer,
        item.description,
        item.url,
        join_items([*taught, *unmatched]),
        item.level,
        join_items(_levelled(need.skill_id, need.level) for need in item.requires_skills),
        _items(item.requires_credentials),
        item.hours,
        item.weeks,
        item.cost,
        item.currency,
        item.language,
        item.mode,
        item.assessment,
        item.quality_assurance,
        item.eqf_level,
        item.country,
        item.rating,
        item.rating_count,
        item.valid_from,
        item.valid_until,
        item.validity_months,
        item.started,
        item.completed,
    )


def _role_rows(role: Role) -> Iterable[tuple[object, ...]]:
    needs: tuple[Requirement | None, ...] = role.requirements or (None,)
    for number, need in enumerate(needs):
        asked: tuple[object, ...] = (None,) * 6
        if need is not None:
            level = (need.level, Scale.CANONICAL.value)
            asked = (need.skill_id, *level, need.weight, need.kind.value, need.state.value)
        description = role.description if number == 0 else None
        yield (role.id, role.title, description, role.occupation_id, *asked)


def _levelled(words: str, level: float) -> str:
    return f"{escape(words)}{LEVEL_MARK}{as_text(float(level))}"


def _items(texts: Iterable[str]) -> str:
    return join_items(escape(text) for text in texts)
