"""Which of a person's awards count on a day: those held and still valid, and those begun and not finished."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import UNDATED, Award, AwardState


def held_on(awards: Sequence[Award], catalogue: Catalogue, day: date) -> tuple[Award, ...]:
    """The awards held and valid on ``day``: issued by then, not expired, and not revoked since they were issued."""
    return tuple(
        award
        for award in awards
        if award.holds_on(day)
        and not _is_over(expiry(award, catalogue), day)
        and not any(_follows(other, award, day) and other.state is AwardState.REVOKED for other in awards)
    )


def running_on(awards: Sequence[Award], day: date) -> tuple[Award, ...]:
    """The awards begun by ``day`` and still open: no later record of the same credential says how it ended."""
    return tuple(
        award
        for award in awards
        if award.state is AwardState.IN_PROGRESS
        and award.issued <= day
        and not _is_over(award.expires, day)
        and not any(_follows(other, award, day) and other.state is not AwardState.IN_PROGRESS for other in awards)
    )


def expiry(award: Award, catalogue: Catalogue) -> date | None:
    """The first day on which an award is no longer valid: its own, else what the catalogue says of its validity, where
    anybody knows when it was issued."""
    credential = catalogue.credentials.get(award.credential_id)
    if award.expires is not None or credential is None or credential.validity_months is None or award.issued == UNDATED:
        return award.expires
    years, months = divmod(award.issued.month - 1 + credential.validity_months, 12)
    year, month = award.issued.year + years, months + 1
    return date(year, month, min(award.issued.day, monthrange(year, month)[1]))


def _is_over(expires: date | None, day: date) -> bool:
    return expires is not None and expires <= day


def _follows(other: Award, award: Award, day: date) -> bool:
    return other.credential_id == award.credential_id and award.issued <= other.issued <= day
