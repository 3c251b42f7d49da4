"""What can be done with a plan, as forms: export it, approve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatch.domain.base.answer import content_hash
from skillmatch.widgets.kit.forms import button, field_select, signature, text

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that a plan can be written as: what it is called, what the service calls it, how the file ends."""

    label: str
    what: str
    suffix: str


EXPORTS = (
    Export("For managers: who does what (Excel)", "managers", ".xlsx"),
    Export("For managers: who does what (CSV)", "managers", ".csv"),
    Export("For managers: one Excel file for each unit", "managers", ""),
    Export("For providers: who comes to which cohort (Excel)", "providers", ".xlsx"),
    Export("For providers: who comes to which cohort (CSV)", "providers", ".csv"),
    Export("Calendar (ICS)", "calendar", ".ics"),
    Export("Letters to those who are in it", "letters", ""),
    Export("The plan itself, to solve on or compare (JSON)", "json", ".json"),
)

FOLDER = "plans"


def file_name(file: PlanFile, what: str, suffix: str) -> str:
    """The scenario's name, what it is, and what tells this plan from another one of the same scenario."""
    words = "".join(char.lower() if char.isascii() and char.isalnum() else " " for char in file.plan.scenario).split()
    told = content_hash(file.plan.to_json())[:8]
    return f"{'-'.join(words)[:60].strip('-') or 'plan'}-{told}-{what}{suffix}"


def export_form() -> str:
    """What to write, and where."""
    return (
        "<h4>Export</h4>"
        '<div class="tools" data-form>'
        f"{field_select('what', 'Write', [item.label for item in EXPORTS], 0)}"
        f"{text('folder', 'into the folder', FOLDER, field=True, keep=True, enter='export')}"
        f"{button('Export', 'export', key='export', kind='main')}"
        "</div>"
        '<p class="quiet">These files name people: they are for those who may know.</p>'
    )


def approve_form() -> str:
    """Who approves, and why."""
    return (
        '<div class="tools" data-form>'
        f"{signature()}"
        f"{text('reason', 'Reason', '', hint='why this one', field=True, keep=True, enter='approve')}"
        f"{button('Approve', 'approve', key='approve')}"
        "</div>"
        '<p class="quiet">An approved plan is kept in the workspace with your name, the day and the reason.</p>'
    )
