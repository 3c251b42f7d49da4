"""Plans into a folder: the files that planners hand over, under names that say which plan they are of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.domain.errors import WorkspaceError
from skillmatch.service.planning import Planning

if TYPE_CHECKING:
    from skillmatch.planning.plan_file import PlanFile


@dataclass(frozen=True, slots=True)
class Handover:
    """A kind of file: what it is for, what it holds, and how its name ends ("" for a folder of files)."""

    label: str
    what: str
    ending: str


HANDOVERS = (
    Handover("Managers, one table (XLSX)", "managers", ".xlsx"),
    Handover("Managers, one table (CSV)", "managers", ".csv"),
    Handover("Managers, a table for each unit (folder)", "managers", ""),
    Handover("Providers, who comes when (XLSX)", "providers", ".xlsx"),
    Handover("Providers, who comes when (CSV)", "providers", ".csv"),
    Handover("Calendar of everybody (ICS)", "calendar", ".ics"),
    Handover("Letters to read before sending (folder)", "letters", ""),
    Handover("The plan with all it rests on (JSON)", "json", ".json"),
)


def hand_over(workspace: Planning, file: PlanFile, folder: Path, kind: Handover) -> tuple[Path, int]:
    """Write one of :data:`HANDOVERS` into a folder, made if missing; its path, and how many rows, letters, events.

    A file of before is replaced. Raises ``WorkspaceError`` where the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"the folder '{folder}' cannot be made ({error.strerror}).", remedy="Name another folder."
        ) from None
    path = folder.resolve() / f"{_named(file.plan.scenario)}-{kind.what}{kind.ending}"
    written = workspace.export_plan(file, kind.what, path)
    return path, sum(written.values())


def _named(scenario: str) -> str:
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in scenario.lower()).split()
    return "-".join(words)[:60].strip("-") or "plan"
