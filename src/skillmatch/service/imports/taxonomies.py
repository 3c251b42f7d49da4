"""Import of a taxonomy: read, made active, and everything that refers to skills brought along, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from skillmatch.domain.base.report import Finding, ImportReport, Severity
from skillmatch.domain.skills.overlay import EntryState
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.retag import apply_retagging, plan_retagging
from skillmatch.store import Store, TaxonomyRecord, Upserted
from skillmatch.taxonomy.esco import read_esco
from skillmatch.taxonomy.onet import read_onet
from skillmatch.taxonomy.reading import Reading
from skillmatch.taxonomy.table import read_table


class Layout(StrEnum):
    """The layouts that a taxonomy may come in."""

    ESCO = "esco"
    ONET = "onet"
    TABLE = "table"


def import_taxonomy(
    layout: Layout,
    path: Path,
    *,
    version: str | None,
    dry_run: bool,
    keep_going: bool,
    store: Store,
    old: Snapshot,
    linking: Linking,
    now: datetime,
    progress: Progress,
) -> ImportReport:
    """Import a taxonomy beside those there are and make it the active one, in one transaction.

    One of the same name and version is replaced. Credentials, roles and evidence that refer to skills of the
    taxonomy active so far are brought along (see ``retag``); those without a counterpart are named in the report.
    Rejected rows stop the import unless ``keep_going``. ``added`` and the other counts are skills, against the
    taxonomy active so far if it has the same name.
    """
    reading = read_taxonomy(layout, path, version, progress)
    taxonomy = reading.taxonomy
    rejected = any(item.severity is Severity.REJECTED for item in reading.findings)
    applied = not dry_run and (keep_going or not rejected)
    findings = list(reading.findings)
    if applied:
        record = _record(taxonomy, now, path.name)
        new = old.on(record, taxonomy)
        linking.prepare(new, progress)
        matching = of_stage(progress, "matching what refers to other skills")
        link = partial(linking.link_for, new, matching)
        with store.reading() as view:
            plan = plan_retagging(view, old, new, link)
        findings += [
            Finding("skill_without_counterpart", Severity.NOTE, f"'{label}' is referred to and has no counterpart.")
            for label in plan.lost
        ]
        findings += overlay_findings(new)
        progress("writing", 0, 0)
        with store.writing() as change:
            change.put_taxonomy(taxonomy, content_hash=record.content_hash, imported_at=now, source=path.name)
            change.activate_taxonomy(taxonomy.name, taxonomy.version)
            apply_retagging(change, plan)
    before = old.taxonomy.skills if old.taxonomy.name == taxonomy.name else {}
    counted = _compared(before, taxonomy.skills) if applied else Upserted(0, 0, 0)
    return ImportReport(
        what=f"taxonomy {taxonomy.name}@{taxonomy.version}",
        source=path.name,
        applied=applied,
        dry_run=dry_run,
        added=counted.added,
        changed=counted.changed,
        unchanged=counted.unchanged,
        counts={
            "skills": len(taxonomy.skills),
            "aliases": sum(len(skill.aliases) for skill in taxonomy.skills.values()),
            "relations": len(taxonomy.relations),
            "occupations": len(taxonomy.occupations),
            "requirements": sum(len(item.requirements) for item in taxonomy.occupations.values()),
        },
        findings=tuple(findings),
    )


def read_taxonomy(layout: Layout, path: Path, version: str | None, progress: Progress) -> Reading:
    """Read a taxonomy in one of the layouts; raises ``InputError`` with place and remedy."""
    match layout:
        case Layout.ESCO:
            return read_esco(path, version=version, progress=progress)
        case Layout.ONET:
            return read_onet(path, version=version, progress=progress)
        case Layout.TABLE:
            return read_table(path, version=version, progress=progress)


def hash_of(taxonomy: Taxonomy) -> str:
    """SHA-256 over everything in a taxonomy but its version, as 64 hex digits: equal content, equal hash."""
    digest = hashlib.sha256(taxonomy.name.encode())
    for part in (taxonomy.skills.values(), taxonomy.relations, taxonomy.occupations.values()):
        for item in part:
            digest.update(repr(item).encode())
        digest.update(b"\x00")
    return digest.hexdigest()


def _record(taxonomy: Taxonomy, now: datetime, source: str) -> TaxonomyRecord:
    return TaxonomyRecord(
        name=taxonomy.name,
        version=taxonomy.version,
        content_hash=hash_of(taxonomy),
        imported_at=now,
        source=source,
        skills=len(taxonomy.skills),
        occupations=len(taxonomy.occupations),
        active=True,
    )


def _compared(before: Mapping[str, Skill], after: Mapping[str, Skill]) -> Upserted:
    added = sum(skill_id not in before for skill_id in after)
    same = sum(before.get(skill_id) == skill for skill_id, skill in after.items())
    return Upserted(added, len(after) - added - same, same)


_KINDS = {EntryState.DANGLING: "dangling_overlay_entry", EntryState.CLASHING: "clashing_overlay_entry"}


def overlay_findings(snapshot: Snapshot) -> list[Finding]:
    """One note for each entry that waits for something or clashes; none of them stops an import."""
    return [
        Finding(_KINDS[line.state], Severity.NOTE, f"Overlay {line.entry.title}: {line.message}.")
        for line in snapshot.overlaid.lines
        if line.state in _KINDS
    ]
