"""Claims from a table, with their decisions, and as a table again; reading back what was written changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import Scale, parse_level
from skillmatch.domain.people.claim import Claim, Decision, Verdict, claim_id
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.columns import COLUMNS
from skillmatch.interop.export import Export
from skillmatch.interop.reading import FirstLines, read_each
from skillmatch.interop.references import escape, join_items

_DECIDING = ("by", "reason", "decided", "decided_level")


def read_claims(table: Table, *, today: date) -> Batch[Claim]:
    """Claims, one a row, with person, credential and skill in the file's words; blank ids are made of the content.

    A blank ``submitted`` is ``today``; no day may lie after it. A row with a verdict needs who decided it, why and
    when. Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    ids = FirstLines("id")

    def build(cells: Cells) -> Claim:
        level = parse_level(cells.text("level"), Scale.CANONICAL) if cells.text("level") else None
        submitted = cells.past_day("submitted", today) if cells.text("submitted") else today
        person, text = cells.needed("person"), cells.needed("text")
        what = cells.text("credential") or cells.text("skill")
        claim = Claim(
            id=cells.text("id") or claim_id(person, what, level, submitted, text),
            person_id=person,
            submitted=submitted,
            text=text,
            credential_id=cells.text("credential") or None,
            skill_id=cells.text("skill") or None,
            level=level,
            links=tuple(cells.items("links")),
            decision=_decision(cells, today),
        )
        ids.add(claim.id, cells.line)
        return claim

    return Batch(tuple(read_each(table, "claims", None, log, build)), log.findings())


def export_claims(claims: Iterable[Claim]) -> Export:
    """Claims, one a row, each with its decision if there is one."""
    return Export(COLUMNS["claims"], tuple(_row(item) for item in claims))


def _decision(cells: Cells, today: date) -> Decision | None:
    if not cells.text("verdict"):
        given = [name for name in _DECIDING if cells.text(name)]
        if given:
            remedy = f"Say accept, partial or reject, or leave {' and '.join(given)} blank."
            raise InputError("must not be blank in a row that is decided.", field="verdict", remedy=remedy)
        return None
    level = cells.text("decided_level")
    return Decision(
        cells.choice("verdict", Verdict),
        cells.needed("by"),
        cells.needed("reason"),
        cells.past_day("decided", today),
        parse_level(level, Scale.CANONICAL) if level else None,
    )


def _row(item: Claim) -> tuple[object, ...]:
    made = item.decision
    links = join_items(escape(link) for link in item.links)
    claimed = (item.id, item.person_id, item.submitted, item.credential_id, item.skill_id, item.level, item.text, links)
    if made is None:
        return (*claimed, None, None, None, None, None)
    return (*claimed, made.verdict.value, made.by, made.reason, made.on, made.level)
