"""Times the heat map and the card: in the kernel alone, and from a click to what it changes in a real browser."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.widgets.workload import planner_workspace
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import GapHeatmap, PersonCard, linked

TARGET = 200.0  # milliseconds from a click to the updated view, 95 of 100 times
GROWTH = 0.10  # of the browser's memory over 200 interactions
CLICKS = 80
WARM = 10
CELLS = """\
import skillmatch
from skillmatch.widgets import GapHeatmap, PersonCard, linked
workspace = skillmatch.open()
heatmap = GapHeatmap(workspace)
card = PersonCard(workspace)
linked(heatmap, card)
display(heatmap, card)
"""
# From a press to the first frame after what it changes is in the document.
WATCH = """\
([press, changed]) => new Promise(done => {
  const target = document.querySelector(press), seen = () => document.querySelector(changed[0])?.textContent;
  const before = seen(), start = performance.now();
  const look = () => requestAnimationFrame(() => {
    if (seen() !== before) requestAnimationFrame(() => done(performance.now() - start));
    else if (performance.now() - start > 20000) done(NaN);
    else look();
  });
  target.click();
  look();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.widgets", description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--folder", type=Path, help="keep the made organisation here")
    parser.add_argument("--browser", action="store_true", help="also in Chromium, on the page of a server of ours")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary) / "workspace"
        with planner_workspace(folder, people=given.people) as workspace:
            in_kernel(workspace)
        if given.browser:
            in_browser(folder, Path(temporary))


def in_kernel(workspace: Workspace) -> None:
    """What the kernel takes, without the way to the browser and back."""
    start = time.perf_counter()
    heatmap = GapHeatmap(workspace)
    card = PersonCard(workspace)
    linked(heatmap, card)
    print(f"first heat map of {heatmap.value.people:,} people: {time.perf_counter() - start:.1f} s, ", end="")
    print(f"{len(heatmap._cells):,} bytes of cells")
    chance = random.Random(1)
    units = len(heatmap.value.units)
    told: dict[str, list[float]] = {"open a unit": [], "choose a person": [], "up again": [], "order by a skill": []}
    for _ in range(CLICKS):
        column = chance.randrange(30)
        told["order by a skill"].append(timed(lambda column=column: say(heatmap, "sort", column=column)))
        row = 1 + chance.randrange(units)
        told["open a unit"].append(timed(lambda row=row: say(heatmap, "open", row=row)))
        row = chance.randrange(len(heatmap.value.people))
        told["choose a person"].append(timed(lambda row=row: say(heatmap, "select", row=row, column=0)))
        told["up again"].append(timed(lambda: say(heatmap, "up")))
    for name, times in told.items():
        report(f"kernel: {name}", times)


def in_browser(folder: Path, temporary: Path) -> None:
    """From a click to the frame that shows what it changed, on our page in Chromium."""
    from playwright.sync_api import sync_playwright

    notebook = temporary / "page.ipynb"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None, "outputs": [], "source": CELLS}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    notebook.write_text(json.dumps(content), encoding="utf-8")
    words = ("dashboard", "--workspace", str(folder), str(notebook), "--port", "0", "--no-browser", "--json")
    program = (sys.executable, "-c", "import sys; from skillmatch.cli.main import run; sys.exit(run())")
    with subprocess.Popen([*program, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            said = ""
            while not said.endswith("\n}\n"):
                said += server.stdout.readline()
            with sync_playwright() as driver:
                browser = driver.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
                )
                click_through(browser.new_page(viewport={"width": 1280, "height": 1400}), json.loads(said)["address"])
                browser.close()
        finally:
            server.terminate()


def click_through(page: Any, address: str) -> None:
    start = time.perf_counter()
    for _ in range(100):  # the server answers a moment after it has told where
        try:
            page.goto(address, timeout=120_000)
            break
        except Exception:
            time.sleep(0.2)
    page.wait_for_selector(".smh .rowhead.opens", timeout=120_000)
    print(f"browser: page opened and drawn in {time.perf_counter() - start:.1f} s")
    told: dict[str, list[float]] = {"open a unit": [], "choose a person": [], "up again": []}
    before = 1.0
    for number in range(CLICKS):
        row = number % 12
        told["open a unit"].append(page.evaluate(WATCH, [f".smh [data-r='{row + 1}'][data-c='-1']", [".smh h3"]]))
        press = f".smh [data-r='{row}'][data-c='-1']"
        told["choose a person"].append(page.evaluate(WATCH, [press, [".skillmatch-panel h3"]]))
        told["up again"].append(page.evaluate(WATCH, [".smh .title button", [".smh h3"]]))
        if number == WARM:
            before = heap(page)
    for name, times in told.items():
        report(f"browser: {name}", times)
    grown = heap(page) / before - 1
    count = 3 * (CLICKS - 1 - WARM)
    verdict = "met" if grown <= GROWTH else "MISSED"
    print(f"browser: memory after {count} more interactions {grown:+.1%} of {GROWTH:.0%} ({verdict})")


def heap(page: Any) -> float:
    """Bytes that the page's scripts hold once what nobody needs is thrown away."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"])


def say(view: Any, what: str, **more: Any) -> None:
    """As the browser would."""
    view._hear(view, {"do": what, **more}, [])


def timed(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000


def report(name: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    verdict = "met" if high <= TARGET else "MISSED"
    print(f"{name}: median {statistics.median(ordered):.0f} ms, p95 {high:.0f} ms of {TARGET:.0f} ({verdict})")


if __name__ == "__main__":
    main()
