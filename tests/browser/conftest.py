"""Notebooks in a real browser: JupyterLab and Voila on the demo, each page with what it asked for and complained about.

``lab_page([cell, ...])`` opens an ad-hoc notebook in JupyterLab, runs it and waits for its widgets;
``voila_page([cell, ...])`` shows one as a page. Both give a ``NotebookPage``. The first line of most notebooks is
``OPENING``, which opens the demo. What a test leaves open is closed after it. Screenshots go to the folder named by
``SKILLMATCH_SHOTS``, else to one that pytest forgets.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("jupyterlab", reason="needs the notebook extra")
pytest.importorskip("voila", reason="needs the notebook extra")

CHROMIUM = shutil.which("chromium")
PROGRAM = (sys.executable, "-c", "import sys; from skillmatch.cli.main import run; sys.exit(run())")
OPENING = "import skillmatch\nworkspace = skillmatch.open()"
PATIENCE = 60_000  # milliseconds for one step; a step that takes longer has failed
FOREIGN_NAMES_FAIL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
# What a browser says about itself, not about our page.
NOISE = re.compile(r"GPU stall|GL Driver Message|favicon|Canvas2D: Multiple readback|preload", re.IGNORECASE)

PANEL = "window.jupyterapp.shell.currentWidget"


@dataclass
class NotebookPage:
    """An open notebook: the browser's ``page``, its ``complaints`` (errors and warnings) and ``foreign`` requests."""

    page: Any
    address: str
    shots: Path
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on what the page asks other hosts for, and what it complains about."""
        own = {urlsplit(self.address).netloc}

        def asked(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in own:
                self.foreign.append(url)

        self.page.on("request", lambda request: asked(request.url))
        self.page.on("websocket", lambda socket: asked(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self._said(message.type, message.text))

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and not NOISE.search(text):
            self.complaints.append(text)

    def run_all(self) -> None:
        """Run all cells in JupyterLab, then wait until the kernel rests and every widget is drawn."""
        self.command("notebook:run-all-cells")
        self.widgets_ready()

    def command(self, name: str, **arguments: Any) -> None:
        """Do one of JupyterLab's commands and wait for its end."""
        self.page.evaluate(
            """([name, given]) => { window.commandEnded = undefined;
            window.jupyterapp.commands.execute(name, given).then(
              () => { window.commandEnded = 'done'; }, error => { window.commandEnded = String(error); }); }""",
            [name, arguments],
        )
        self.page.wait_for_function("window.commandEnded !== undefined", timeout=PATIENCE)
        assert self.page.evaluate("window.commandEnded") == "done"

    def widgets_ready(self) -> None:
        """Wait until there are outputs and every widget among them is drawn."""
        self.page.wait_for_selector(".jp-OutputArea-output", timeout=PATIENCE, state="attached")
        self.page.wait_for_function(
            """!document.body.innerText.includes('Loading widget') &&
            [...document.querySelectorAll('[data-mime-type="application/vnd.jupyter.widget-view+json"]')]
            .every(output => output.firstElementChild?.childElementCount)""",
            timeout=PATIENCE,
        )

    def errors(self) -> list[str]:
        """The errors that cells ended with."""
        found: list[str] = self.page.evaluate(
            f"""{PANEL}.content.model.sharedModel.cells.filter(cell => cell.cell_type === 'code')
            .flatMap(cell => cell.getOutputs()).filter(output => output.output_type === 'error')
            .map(output => output.ename + ': ' + output.evalue)"""
        )
        return found

    def python(self, expression: str) -> str:
        """What an expression is in the notebook's kernel, as ``str`` shows it; the way to look at a trait."""
        self.page.evaluate(
            f"""code => {{ window.kernelSaid = undefined;
            const future = {PANEL}.sessionContext.session.kernel.requestExecute(
              {{code: '', silent: true, store_history: false, user_expressions: {{answer: code}}}});
            future.done.then(reply => {{ window.kernelSaid = reply.content.user_expressions.answer; }}); }}""",
            f"str({expression})",
        )
        self.page.wait_for_function("window.kernelSaid !== undefined", timeout=PATIENCE)
        answer = self.page.evaluate("window.kernelSaid")
        assert answer["status"] == "ok", answer
        return str(eval(answer["data"]["text/plain"], {"__builtins__": {}}))  # the repr of a str

    def wait_python(self, expression: str, wanted: str, seconds: float = 20) -> None:
        """Wait until an expression in the kernel is what is wanted; views answer in a thread of their own."""
        ends = time.monotonic() + seconds
        while (seen := self.python(expression)) != wanted:
            assert time.monotonic() < ends, f"{expression} is {seen!r}, not {wanted!r}"
            self.page.wait_for_timeout(50)

    def theme(self, name: str) -> None:
        """Switch JupyterLab to its ``light`` or ``dark`` theme."""
        self.command("apputils:change-theme", theme=f"JupyterLab {name.capitalize()}")
        self.page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(name == 'light').lower()}'")
        self.page.wait_for_timeout(300)

    def shot(self, name: str, selector: str | None = None, *, full: bool = False) -> Path:
        """A screenshot of the page or of one element, as ``NAME.png`` among the shots."""
        path = self.shots / f"{name}.png"
        if selector is None:
            self.page.screenshot(path=path, full_page=full, timeout=PATIENCE)
        else:
            self.page.locator(selector).first.screenshot(path=path, timeout=PATIENCE)
        return path

    def serious(self, selector: str = ".jp-OutputArea-output") -> list[str]:
        """What axe finds serious or critical in the outputs, each with where and why."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, context={"include": [[selector]]}).response["violations"]
        return [
            f"{item['id']}: {node['target']} {node.get('failureSummary', '')} {node['html'][:160]}"
            for item in found
            if item["impact"] in ("serious", "critical")
            for node in item["nodes"]
        ]


@dataclass
class Server:
    """A program of ours that serves notebooks: its ``address`` with the token, and where its notebooks lie."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path
    log: Path

    @property
    def token(self) -> str:
        return self.address.partition("?token=")[2]

    def ask(self, path: str, method: str = "GET") -> bytes:
        """The answer of the server to a request with the token."""
        parts = urlsplit(self.address)
        request = urllib.request.Request(
            f"{parts.scheme}://{parts.netloc}{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def wait(self, path: str, seconds: float = 60) -> None:
        """Wait until it answers."""
        ends = time.monotonic() + seconds
        while True:
            try:
                self.ask(path)
                return
            except OSError as error:
                told = self.log.read_text(encoding="utf-8", errors="replace")
                assert self.process.poll() is None, told
                assert time.monotonic() < ends, f"{error}: {told}"
                time.sleep(0.1)

    def stop(self) -> None:
        """End it the way a service manager would, which ends its kernels too."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=20)


def notebook_of(cells: Sequence[str]) -> dict[str, Any]:
    """A notebook with these code cells; one that begins with ``# `` and holds no line break is a heading."""
    made = []
    for number, source in enumerate(cells):
        common = {"id": f"cell-{number}", "metadata": {}, "source": source}
        if source.startswith("# ") and "\n" not in source:
            made.append({"cell_type": "markdown", **common})
        else:
            made.append({"cell_type": "code", "execution_count": None, "outputs": [], **common})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go."""
    named = os.environ.get("SKILLMATCH_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def demo_folder(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demo."""
    return Path(shutil.copytree(pristine, tmp_path_factory.mktemp("demo") / "workspace"))


Start = Callable[..., Server]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts ``skillmatch lab`` or ``skillmatch dashboard`` on a workspace, on a free port; ends it after all tests."""
    home = tmp_path_factory.mktemp("jupyter")
    (home / "config").mkdir()
    exposed = {"LabApp": {"expose_app_in_browser": True}}  # so that tests can ask JupyterLab itself
    (home / "config" / "jupyter_lab_config.json").write_text(json.dumps(exposed), encoding="utf-8")
    started: list[Server] = []

    def begin(command: str, workspace: Path, *words: str | Path) -> Server:
        log = home / f"{command}-{len(started)}.log"
        surroundings = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
            "IPYTHONDIR": str(home / "ipython"),
            "SKILLMATCH_THREADS": "1",
        }
        line = (*PROGRAM, command, "--workspace", workspace, "--port", "0", "--no-browser", "--json", *words)
        with log.open("wb") as told:
            process = subprocess.Popen(
                [str(word) for word in line], stdout=subprocess.PIPE, stderr=told, env=surroundings
            )
        assert process.stdout
        said = b""
        while not said.endswith(b"\n}\n"):
            more = process.stdout.readline()
            assert more, log.read_text(encoding="utf-8", errors="replace")
            said += more
        answer = json.loads(said)
        server = Server(process, answer["address"], Path(answer.get("folder", workspace)), log)
        started.append(server)
        server.wait("/api/status" if command == "lab" else "/voila/static/labvariables.css")
        return server

    yield begin
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def lab(start: Start, demo_folder: Path) -> Server:
    """``skillmatch lab`` on the demo."""
    return start("lab", demo_folder)


@pytest.fixture(scope="module")  # no longer: while it is there, tests of other rooms would find an event loop running
def chromium() -> Iterator[Any]:
    """The system's Chromium, in which no name of another host is found."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: make chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", FOREIGN_NAMES_FAIL]
        )
        yield browser
        browser.close()


OpenLab = Callable[..., NotebookPage]


@pytest.fixture
def lab_page(chromium: Any, lab: Server, shots: Path) -> Iterator[OpenLab]:
    """Opens a notebook with the given cells in JupyterLab and runs it.

    ``lab_page(cells, theme="light", width=1280, height=900, run=True, server=None)``; ``cells`` may also be the path
    of a notebook. Another ``server`` (from ``start``) serves another workspace.
    """
    contexts: list[Any] = []
    servers: set[int] = set()
    used: list[Server] = []

    def opened(
        cells: Sequence[str] | Path,
        *,
        theme: str = "light",
        width: int = 1280,
        height: int = 900,
        run: bool = True,
        server: Server | None = None,
    ) -> NotebookPage:
        serving = server or lab
        if id(serving) not in servers:
            servers.add(id(serving))
            used.append(serving)
        content = cells.read_text(encoding="utf-8") if isinstance(cells, Path) else json.dumps(notebook_of(cells))
        name = f"test-{time.monotonic_ns()}.ipynb"
        (serving.folder / name).write_text(content, encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = NotebookPage(context.new_page(), serving.address, shots)
        page.watch()
        parts = urlsplit(serving.address)
        page.page.goto(f"{parts.scheme}://{parts.netloc}/doc/tree/{name}?reset&token={serving.token}")
        page.page.wait_for_function(
            f"window.jupyterapp && {PANEL} && {PANEL}.sessionContext && {PANEL}.sessionContext.session"
            f" && {PANEL}.sessionContext.session.kernel",
            timeout=PATIENCE,
        )
        page.page.evaluate(f"{PANEL}.sessionContext.ready")
        page.theme(theme)
        if run:
            page.run_all()
        return page

    yield opened
    for context in contexts:
        context.close()
    for serving in used:
        for session in json.loads(serving.ask("/api/sessions")):
            serving.ask(f"/api/sessions/{session['id']}", "DELETE")


@pytest.fixture
def voila_page(chromium: Any, start: Start, demo_folder: Path, shots: Path, tmp_path: Path) -> Iterator[OpenLab]:
    """Shows a notebook with the given cells as a page: ``voila_page(cells, theme="light", width=1280, height=900)``.

    ``cells`` may also be the path of a notebook, or None for the planner's page; ``words`` are more options of
    ``skillmatch dashboard``.
    """
    contexts: list[Any] = []
    servers: list[Server] = []

    def opened(
        cells: Sequence[str] | Path | None,
        *,
        theme: str = "light",
        width: int = 1280,
        height: int = 900,
        workspace: Path | None = None,
        words: Sequence[str] = (),
    ) -> NotebookPage:
        served: tuple[Path, ...] = () if cells is None else (tmp_path / f"page-{len(servers)}.ipynb",)
        if isinstance(cells, Path):
            served = (cells,)
        elif cells is not None:
            served[0].write_text(json.dumps(notebook_of(cells)), encoding="utf-8")
        server = start("dashboard", workspace or demo_folder, *served, f"--{theme}", "--ready", "0", *words)
        servers.append(server)
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = NotebookPage(context.new_page(), server.address, shots)
        page.watch()
        page.page.goto(server.address)
        page.page.wait_for_selector("#loading", state="detached", timeout=PATIENCE)
        page.widgets_ready()
        return page

    yield opened
    for context in contexts:
        context.close()
    for server in servers:
        server.stop()
