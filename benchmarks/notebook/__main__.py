"""How quick the planner's notebook is in a real browser, on 5,000 people, 500 skills and 40 units; see ../README.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.measure import Result, Results
from benchmarks.notebook import driving
from benchmarks.widgets.workload import planner_workspace

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "dashboard.ipynb"
VIEWS = ".smh, .skillmatch-panel"
LAB_SECONDS, PAGE_SECONDS, STEP_MS, GROWTH, FILE_BYTES = 10.0, 6.0, 200.0, 0.10, 2_000_000
FIRST_MS = 1_000.0
BUILDER = "document.querySelector('[aria-label=\\'A scenario and its plan\\']')"
READY_AFTER = 12.0  # seconds between two visitors, in which the next page is made ready
CARD = "document.querySelectorAll('.skillmatch-panel')[0]"


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.notebook", description=__doc__)
    parser.add_argument("--workspace", type=Path, help="where the organisation is kept; made if missing")
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=40, help="how often each thing is pressed")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("SKILLMATCH_THREADS", "1")
    results = Results()
    with tempfile.TemporaryDirectory(prefix="skillmatch-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        workspace = given.workspace or home / "workspace"
        planner_workspace(workspace, people=given.people).close()
        measure_file(results, workspace)
        with driving.chromium() as browser:
            measure_page(results, browser, home, workspace)
            measure_lab(results, browser, home, workspace, given.times)
    if given.json:
        given.json.write_text(json.dumps([asdict(item) for item in results.items], indent=2) + "\n")
    return 0 if all(item.met for item in results.items) else 1


def measure_page(results: Results, browser: Any, home: Path, workspace: Path) -> None:
    with driving.serving(home, "dashboard", "--workspace", workspace) as served:
        views = _views()
        first = driving.open_as_page(driving.page_of(browser), served, VIEWS, views)
        later = []
        for _ in range(3):
            time.sleep(READY_AFTER)
            later.append(driving.open_as_page(driving.page_of(browser), served, VIEWS, views))
        at_once = driving.open_as_page(driving.page_of(browser), served, VIEWS, views)
    remark = f"right after another visitor {at_once:.1f} s"
    results.add(Result("page: open to all widgets, warm", max(later), "s", PAGE_SECONDS, "first visit", first, remark))


def measure_lab(results: Results, browser: Any, home: Path, workspace: Path, times: int) -> None:
    with driving.serving(home, "lab", "--workspace", workspace, "--folder", home / "notebooks") as lab:
        page = driving.page_of(browser)
        opened = driving.open_in_lab(page, lab, NOTEBOOK, VIEWS, _views())
        again = driving.open_in_lab(driving.page_of(browser), lab, NOTEBOOK, VIEWS, _views())
        results.add(Result("lab: open to all widgets", opened, "s", LAB_SECONDS, "once more", again))
        steps = _steps(page)
        for name, step in steps.items():
            step(0)
            taken = [step(number) for number in range(1, times + 1)]
            p95 = driving.p95(taken)
            results.add(Result(f"lab: {name}, p95 of {times}", p95, "ms", STEP_MS, "median", _middle(taken)))
        for number in range(40):  # what is made once is made
            list(steps.values())[number % len(steps)](number)
        before = driving.heap_bytes(page)
        for number in range(200):
            list(steps.values())[number % len(steps)](number)
        growth = 100 * (driving.heap_bytes(page) / before - 1)
        megabytes = f"of {before / 1e6:.0f} MB"
        results.add(Result("lab: memory growth, 200 steps", growth, "%", 100 * GROWTH, "none", 0.0, megabytes))
        answers = first_answers(page)
        remark = f"worst {max(answers):.0f} ms"
        p95 = driving.p95(answers)
        results.add(Result("lab: scenario, first answer", p95, "ms", FIRST_MS, "median", _middle(answers), remark))


def first_answers(page: Any, times: int = 8) -> list[float]:
    """Milliseconds from the release of the budget's slider to the first plan for it; the scenario is made before."""
    page.evaluate(
        f"""() => {{ const start = {BUILDER}.querySelector('[data-key=start]');
        start.value = [...start.options].find(one => one.text === 'A new one').value;
        start.dispatchEvent(new Event('input', {{bubbles: true}})); }}"""
    )
    page.wait_for_function(f"{BUILDER}.querySelector('[data-key=again-0]')", timeout=driving.MOST_MS)
    found = []
    for number in range(times):
        page.wait_for_function(f"!{BUILDER}.querySelector('.busy')", timeout=driving.MOST_MS)
        found.append(
            driving.timed(
                page,
                f"""(() => {{ const slider = {BUILDER}.querySelector('[data-key=budget]'); slider.value = {2 + number};
                slider.dispatchEvent(new Event('input', {{bubbles: true}})); }})()""",
                f"{BUILDER}.querySelector('[data-key=again-{number + 1}]')",
            )
        )
    return found


def _middle(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def _steps(page: Any) -> dict[str, Callable[[int], float]]:
    """What is pressed, each with when it counts as done: the view that it changes shows the new state."""

    def open_and_close(number: int) -> float:
        took = driving.timed(
            page,
            f"document.querySelectorAll('.smh .rowhead.opens')[{number % 12}].click()",
            "document.querySelector('.smh .rowhead .name').textContent === 'Person'",
        )
        back = driving.timed(
            page,
            "[...document.querySelectorAll('.smh .title button')][0].click()",
            "document.querySelector('.smh .rowhead .name').textContent === 'Unit'",
        )
        return max(took, back)

    def search(_: int) -> float:
        word = "" if page.evaluate("document.querySelector('.smh input[type=search]').value") else "ca"
        return driving.timed(
            page,
            f"""(() => {{ const box = document.querySelector('.smh input[type=search]'); box.value = '{word}';
            window.wasColumns = document.querySelector('.smh .grid').getAttribute('aria-colcount');
            box.dispatchEvent(new Event('input')); }})()""",
            "document.querySelector('.smh .grid').getAttribute('aria-colcount') !== window.wasColumns",
        )

    def choose(number: int) -> float:
        if page.evaluate("document.querySelector('.smh .rowhead .name').textContent") == "Unit":
            page.evaluate("document.querySelectorAll('.smh .rowhead.opens')[0].click()")
            page.wait_for_function("document.querySelector('.smh .rowhead .name').textContent === 'Person'")
        return driving.timed(
            page,
            f"""(() => {{ window.wasCard = {CARD}.querySelector('h3')?.textContent;
            const heads = [...document.querySelectorAll('.smh .row:not(.heads) .rowhead')];
            const others = heads.filter(head => !window.wasCard?.startsWith(head.querySelector('.name').textContent));
            others[{number % 9}].click();
            }})()""",
            f"{CARD}.querySelector('h3') && {CARD}.querySelector('h3').textContent !== window.wasCard",
        )

    def slide(number: int) -> float:
        hours = 4 + number % 8
        return driving.timed(
            page,
            f"""(() => {{ const slider = {CARD}.querySelector('input[type=range]'); slider.value = '{hours}';
            slider.dispatchEvent(new Event('input', {{bubbles: true}})); }})()""",
            f"{CARD}.textContent.includes('Pathways with {hours} hours a week')",
        )

    return {
        "heat map, open a unit and go back": open_and_close,
        "heat map, search": search,
        "card, choose a person": choose,
        "card, move a slider": slide,
    }


def _views() -> int:
    """How many views the planner's notebook has: one for each cell that makes one."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" and cell["source"][-1].isidentifier() for cell in cells)


def measure_file(results: Results, workspace: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    os.environ["SKILLMATCH_WORKSPACE"] = str(workspace)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=240, store_widget_state=True).execute()
    state = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    size = len(nbformat.writes(notebook).encode())
    without = len(NOTEBOOK.read_bytes())
    models = f"({len(state)} models of widgets for {_views()} views)"
    results.add(Result("file: saved with outputs", size, "bytes", FILE_BYTES, "without", without, models))


if __name__ == "__main__":
    sys.exit(main())
