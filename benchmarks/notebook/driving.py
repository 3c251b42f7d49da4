"""A notebook in the system's Chromium: started by our own commands, opened, run, and pressed with a watch beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROGRAM = (sys.executable, "-c", "import sys; from skillmatch.cli.main import run; sys.exit(run())")
MOST_MS = 60_000
PANEL = "window.jupyterapp.shell.currentWidget"
DRAWN = """document.querySelector('.jp-OutputArea-output') && !document.body.innerText.includes('Loading widget') &&
[...document.querySelectorAll('[data-mime-type="application/vnd.jupyter.widget-view+json"]')]
.every(output => output.firstElementChild?.childElementCount) && document.querySelectorAll('%s').length >= %d"""


@dataclass(frozen=True)
class Serving:
    """A command of ours that serves notebooks."""

    address: str
    folder: Path

    def url(self, path: str) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{path}{'&' if '?' in path else '?'}{parts.query}"


@contextmanager
def serving(home: Path, *words: str | Path) -> Iterator[Serving]:
    """Run ``skillmatch`` with these words on a free port until the block ends; ``home`` holds Jupyter's own files."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "jupyter_lab_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    environment = {**os.environ, **{name: str(home / place) for name, place in places.items()}}
    line = [str(word) for word in (*PROGRAM, *words, "--port", "0", "--no-browser", "--json")]
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=log, env=environment)
    try:
        assert process.stdout
        said = b""
        while not said.endswith(b"\n}\n"):
            more = process.stdout.readline()
            if not more:
                raise RuntimeError((home / "log").read_text())
            said += more
        told = json.loads(said)
        found = Serving(told["address"], Path(told.get("folder", home)))
        _await(found.url("/api/status" if words[0] == "lab" else "/voila/static/labvariables.css"))
        yield found
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(url: str) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser, and a page of it with nothing kept from before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
        )
        try:
            yield browser
        finally:
            browser.close()


def page_of(browser: Any) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(MOST_MS)
    return page


def open_in_lab(page: Any, lab: Serving, notebook: Path, selector: str, many: int) -> float:
    """Seconds from typing the address to ``many`` widgets drawn, with the run of all cells between."""
    shutil.copyfile(notebook, lab.folder / "bench.ipynb")
    began = time.perf_counter()
    page.goto(lab.url("/doc/tree/bench.ipynb?reset"))
    page.wait_for_function(f"window.jupyterapp && {PANEL}?.sessionContext?.session?.kernel", timeout=MOST_MS)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_function(DRAWN % (selector, many), timeout=MOST_MS)
    return time.perf_counter() - began


def open_as_page(page: Any, served: Serving, selector: str, many: int) -> float:
    """Seconds from typing the address to ``many`` widgets drawn."""
    began = time.perf_counter()
    page.goto(served.address)
    page.wait_for_function(DRAWN % (selector, many), timeout=MOST_MS)
    return time.perf_counter() - began


def timed(page: Any, act: str, until: str) -> float:
    """Milliseconds from an act in the page to a frame in which ``until`` holds; both are JavaScript."""
    took = page.evaluate(
        f"""() => new Promise((done, fail) => {{
          const began = performance.now();
          const look = () => {{
            let there = false;
            try {{ there = Boolean({until}); }} catch {{ there = false; }}
            if (there) done(performance.now() - began);
            else if (performance.now() - began > {MOST_MS / 4}) fail(new Error("in vain: " + {json.dumps(until)}));
            else requestAnimationFrame(look);
          }};
          {act};
          requestAnimationFrame(look);
        }})"""
    )
    return float(took)


def heap_bytes(page: Any) -> int:
    """What the page's JavaScript holds after the rubbish was taken away."""
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.detach()
    return used


def p95(times: Sequence[float]) -> float:
    """The 95th percentile: the smallest that 95 % do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
