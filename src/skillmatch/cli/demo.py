"""The command that shows the main job on the demo organisation, for one person whose story is worth telling."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from skillmatch.cli.invocation import Invocation
from skillmatch.domain.advice.pathway import Pace

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

PERSON = "P-097"  # sells in a shop and could run one: knows most of it, and of two things nobody has said anything
ROLE = "R-B06"
PACE = Pace(hours_per_week=8, weeks=40)


def demo(invocation: Invocation) -> None:
    """Show it all on an invented organisation.

    Fills a workspace with it, then shows gap, recommendations and a pathway for one person.

    It goes where --workspace or SKILLMATCH_WORKSPACE says, else into a workspace of its own beside yours; never into
    one that holds something else. Run it again at any time: what is there already stays as it is.
    """
    from skillmatch.service.demo import demo_folder, fill_with_demo

    if invocation.workspace is None:
        invocation.workspace = demo_folder(invocation.folder())
    with invocation.open(create=True) as workspace:
        with invocation.progress() as progress:
            reports = fill_with_demo(workspace, progress)
        person = workspace.people.get(PERSON)
        gap = workspace.gap(PERSON, ROLE)
        advice = workspace.recommend(PERSON, ROLE, limit=3)
        pathway = workspace.pathway(PERSON, ROLE, PACE)
        credentials = workspace.catalogue.all().credentials
    folder = invocation.folder()
    document = {
        "workspace": str(folder),
        "imports": [report.to_json() for report in reports],
        "gap": gap.to_json(),
        "recommend": advice.to_json(),
        "pathway": pathway.to_json(),
    }

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.answers import show_advice, show_gap
        from skillmatch.cli.present.pathway import show_pathway

        screen.heading("The demo organisation")
        for report in reports:
            screen.item(report.headline())
        screen.line()
        screen.line(f"{person.name} works in {person.unit} and would like to become {gap.role_title}.")
        parts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("Where do they stand?", f"gap {PERSON} {ROLE}", lambda: show_gap(screen, gap)),
            (
                "What should they learn next?",
                f"recommend {PERSON} {ROLE} --limit 3",
                lambda: show_advice(screen, advice, gap),
            ),
            (
                "In which order, and by when?",
                f"pathway {PERSON} {ROLE} --hours-per-week {PACE.hours_per_week:g} --weeks {PACE.weeks}",
                lambda: show_pathway(screen, pathway, {item.id: item.currency for item in credentials.values()}),
            ),
        )
        for title, command, show in parts:
            screen.line()
            screen.heading(title)
            screen.line(f"$ skillmatch {command} --workspace {folder}", style="dim")
            screen.line()
            show()
        screen.line()
        screen.line("The demo is in this folder; say so, and every command works on it:")
        screen.unwrapped(f"$ export SKILLMATCH_WORKSPACE={shlex.quote(str(folder))}", style="dim")

    invocation.answer(document, present)
