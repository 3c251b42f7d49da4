"""What jobs do: checked when they are handed in, carried out later by whoever has the turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from skillmatch.domain.access.job import Job, JobKind, JobProgress
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.report import ImportReport
from skillmatch.files.writing import write_table
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.settings import PREFIX
from skillmatch.service.imports import catalogue, people
from skillmatch.service.imports.imports import Imports
from skillmatch.service.imports.people import WRITING
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.jobs.files import JobFiles, Saying
from skillmatch.service.plans.kept_search import SearchKeeper
from skillmatch.service.plans.planning import DEFAULT_GAP, DEFAULT_TIME_LIMIT, Search
from skillmatch.service.plans.plans import Plans
from skillmatch.store.erasure.meanwhile import erased_since

_QUOTED = re.compile(r"'.*'")

PIECE = 2_000
"""Rows that an import job writes at a time: about a tenth of a second, after which other writers get their turn."""

IMPORTABLE = (*people.KINDS, *catalogue.KINDS, "roles")

_KEYS: Mapping[JobKind, Mapping[str, tuple[type, ...]]] = {
    JobKind.IMPORT: {
        "what": (str,),
        "source": (str,),
        "column_map": (str,),
        "dry_run": (bool,),
        "keep_going": (bool,),
    },
    JobKind.PLAN: {
        "scenario": (dict,),
        "time_limit": (int, float),
        "gap": (int, float),
        "seed": (int,),
        "as_of": (str,),
        "before": (str,),
    },
}


class Stopped(Exception):  # noqa: N818 - no error: the program ends, and the job goes back into the queue
    """Raised inside a job when the worker is to stop."""


class Cancelled(Exception):  # noqa: N818 - no error: somebody asked for it
    """Raised inside a job that somebody cancelled."""


def checked(kind: JobKind, given: Mapping[str, Any], file: Path | None, most_seconds: int) -> dict[str, Any]:
    """What a job is given, once it is known to make sense; ``most_seconds`` are as long as a plan's search may be.

    Raises ``InputError`` that names the key.
    """
    known = _KEYS[kind]
    for key, value in given.items():
        if key not in known:
            raise InputError(f"is nothing that a job of kind {kind.value} takes.", field=key)
        if value is not None and (
            not isinstance(value, known[key]) or (isinstance(value, bool) and bool not in known[key])
        ):
            raise InputError(f"needs {' or '.join(item.__name__ for item in known[key])}.", field=key)
    found = {key: value for key, value in given.items() if value is not None}
    if kind is JobKind.IMPORT:
        what = found.get("what")
        if what not in IMPORTABLE:
            raise InputError(f"is '{what}'.", field="what", remedy=f"Use one of: {', '.join(IMPORTABLE)}.")
        if file is None:
            raise InputError("is missing.", field="file", remedy="Give the file to import.")
        return found
    from skillmatch.planning.scenario_file import scenario_from

    if file is not None:
        raise InputError("is nothing that a plan takes.", field="file", remedy="Give the scenario itself.")
    if "scenario" not in found:
        raise InputError("is missing.", field="scenario", remedy="Give the scenario as an object.")
    scenario_from(found["scenario"])
    limit = _search(found).time_limit or 0.0
    if limit > most_seconds and "time_limit" in found:
        remedy = f"Ask for less, or set {PREFIX}PLAN_SECONDS on the server."
        raise InputError(
            f"is {limit:g} s; here a search is {most_seconds:,} s at most.", field="time_limit", remedy=remedy
        )
    if limit > most_seconds:
        found["time_limit"] = most_seconds
    _day(found)
    return found


def carry_out(
    work: JobWork, job: Job, files: JobFiles, stopping: Callable[[], bool]
) -> tuple[dict[str, Any], ImportReport | None]:
    """Do a job; returns its result, and the report where there is one.

    Raises what the work raises, ``Cancelled`` or ``Stopped``. A cancelled import that has begun to write goes on.
    """
    saying = Saying(files)

    def heed(stage: str) -> None:
        if stopping():
            raise Stopped
        if stage != WRITING and files.cancel_wished:
            raise Cancelled

    def progress(stage: str, done: int, total: int) -> None:
        saying(JobProgress(stage, done, total))
        heed(stage)

    heed("")
    if job.kind is JobKind.PLAN:
        keeper = SearchKeeper(files.search, job.id)

        def watch(*_: float) -> None:
            saying(JobProgress("searching", 0, 0, keeper.best, keeper.bound))
            heed("searching")

        return _plan(work, job, keeper, progress, watch), None
    report = _import(work, job, files, progress)
    if report.findings:
        _list_findings(report, files)
        with work.context.store.reading() as view:  # after writing: who is erased from here on finds the list there
            erased = erased_since(view, job.number)
        if erased.stand_ins:
            _list_findings(report, files, quoting=False)
    document = report.to_json() | {"source": job.given["file"]}
    del document["findings"]
    for cause in document["causes"]:  # what stood in a row may name somebody who asks to be forgotten
        del cause["example"]["message"], cause["remedy"]
    return document, report


def _list_findings(report: ImportReport, files: JobFiles, *, quoting: bool = True) -> None:
    """Write what was found in the rows; without ``quoting`` nothing that stood in them, which may name somebody."""
    rows = (
        (
            item.severity.value,
            item.place.file,
            item.place.line,
            item.place.field,
            item.message if quoting else _QUOTED.sub("'...'", item.message),
            item.times,
        )
        for item in report.findings
    )
    write_table(files.errors, ("severity", "file", "line", "field", "message", "times"), rows)


@dataclass(frozen=True, slots=True)
class JobWork:
    """The parts of a workspace that jobs are done with."""

    context: WorkspaceContext
    imports: Imports
    plans: Plans


def _import(work: JobWork, job: Job, files: JobFiles, progress: Callable[[str, int, int], None]) -> ImportReport:
    given = job.given
    options = ImportOptions(
        source=given.get("source"),
        column_map=files.column_map,
        dry_run=given.get("dry_run", False),
        keep_going=given.get("keep_going", False),
        piece=PIECE,
        job=job.number,
    )
    what, path = given["what"], files.given
    if what in people.KINDS:
        return work.imports.people(path, what=what, options=options, progress=progress)
    if what in catalogue.KINDS:
        return work.imports.catalogue(path, what=what, options=options, progress=progress)
    return work.imports.roles(path, options=options, progress=progress)


def _plan(
    work: JobWork,
    job: Job,
    keeper: SearchKeeper,
    progress: Callable[[str, int, int], None],
    watch: Callable[[float, float, float], None],
) -> dict[str, Any]:
    from skillmatch.planning.scenario_file import scenario_from

    given = job.given
    earlier: str | None = given.get("before")
    before = None if earlier is None else work.plans.get(earlier)[1]
    file = work.plans.solve(
        scenario_from(given["scenario"]),
        search=_search(given),
        before=before,
        as_of=_day(given) or keeper.as_of,
        progress=progress,
        watch=watch,
        keeper=keeper,
    )
    return {"plan": work.plans.keep(file, by=job.by, job=job.number).to_json()}


def _search(given: Mapping[str, Any]) -> Search:
    return Search(given.get("time_limit", DEFAULT_TIME_LIMIT), given.get("gap", DEFAULT_GAP), given.get("seed", 0))


def _day(given: Mapping[str, Any]) -> date | None:
    text = given.get("as_of")
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{str(text)[:40]}' is not a day.", field="as_of", remedy="Write it as YYYY-MM-DD.") from None
