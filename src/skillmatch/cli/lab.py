"""The commands that open the notebooks: JupyterLab to work in, and the planner's page without any code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.domain.base.errors import InputError

if TYPE_CHECKING:
    from skillmatch.cli.jupyter import Listening
    from skillmatch.cli.present.screen import Screen

DASHBOARD = "dashboard.ipynb"

Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser on it, or only say the address.")]
Ip = Annotated[str, typer.Option("--ip", help="Where to listen; by default where this machine alone can reach it.")]
Demo = Annotated[bool, typer.Option("--demo", help="On an invented organisation, beside your own workspace.")]
Names = Annotated[
    bool, typer.Option("--names/--pseudonyms", help="Show people's names and ids, or pseudonyms in their place.")
]


def lab(
    invocation: Invocation,
    folder: Annotated[
        Path | None, typer.Option("--folder", metavar="DIR", help="Where your notebooks lie. Else in the workspace.")
    ] = None,
    browser: Browser = True,
    port: Annotated[int, typer.Option("--port", help="Which port; 0 takes a free one.")] = 8888,
    ip: Ip = "127.0.0.1",
    names: Names = False,
    demo: Demo = False,
) -> None:
    """Open JupyterLab on the workspace.

    Our notebooks are copied into a folder of yours. What you change there is never overwritten. Ctrl-C ends it.
    """
    from skillmatch.cli import jupyter
    from skillmatch.files.resources import resource
    from skillmatch.service.operations.notebooks import CopyState, copy_notebooks

    jupyter.need("jupyterlab", "ipywidgets")
    workspace = _workspace(invocation, demo=demo)
    listening = jupyter.Listening.at(ip, port)
    copied = copy_notebooks((folder or workspace / "notebooks").expanduser().absolute())
    document = {
        "workspace": str(workspace),
        "folder": str(copied.folder),
        "address": listening.url("/lab"),
        "notebooks": [item.to_json() for item in copied.copies],
    }

    def present(screen: Screen) -> None:
        screen.unwrapped(f"JupyterLab on {workspace}: {document['address']}")
        screen.unwrapped(f"Your notebooks are in {copied.folder}.")
        for state, words in (
            (CopyState.NEW, "New: {}."),
            (CopyState.UPDATED, "Brought up to date, as you had not changed them: {}."),
            (CopyState.OUTDATED, "You changed {}; there is a newer one. Rename yours to get it."),
        ):
            if found := copied.named(state):
                screen.line(words.format(", ".join(found)))
        _warn(screen, listening)

    invocation.answer(document, present)
    invocation.exit_code = jupyter.become(
        [
            *("-m", "jupyterlab", f"--ServerApp.root_dir={copied.folder}", f"--ServerApp.ip={listening.ip}"),
            *(f"--ServerApp.port={listening.port}", "--ServerApp.port_retries=0"),
            f"--ServerApp.open_browser={browser}",
            "--LabApp.default_url=/lab/tree/01-first-look.ipynb",
            # Nothing asks another machine: no news, no updates, no shop for extensions.
            *("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
            "--LabApp.extension_manager=readonly",
            *(("--allow-root",) if jupyter.is_root() else ()),
            *(() if invocation.debug else ("--ServerApp.log_level=WARN", "--LabApp.log_level=WARN")),
        ],
        jupyter.surroundings(workspace, resource("notebooks", "jupyter"), listening, names=names),
    )


def dashboard(
    invocation: Invocation,
    notebook: Annotated[
        Path | None, typer.Argument(metavar="[NOTEBOOK]", help="A notebook of yours. Else the planner's page.")
    ] = None,
    browser: Browser = True,
    port: Annotated[int, typer.Option("--port", help="Which port; 0 takes a free one.")] = 8866,
    ip: Ip = "127.0.0.1",
    names: Names = False,
    demo: Demo = False,
    dark: Annotated[bool, typer.Option("--dark/--light", help="Light letters on dark, or dark ones on light.")] = False,
    ready: Annotated[
        int, typer.Option("--ready", min=0, max=20, help="How many pages wait ready for visitors; each takes memory.")
    ] = 1,
) -> None:
    """Serve the planner's page.

    It is a notebook without its code, for people who want to look and play. Ctrl-C ends it.
    """
    from skillmatch.cli import jupyter
    from skillmatch.files.resources import resource

    jupyter.need("voila", "ipywidgets")
    workspace = _workspace(invocation, demo=demo)
    served = (notebook.expanduser() if notebook else resource("notebooks", DASHBOARD)).absolute()
    if served.suffix != ".ipynb" or not served.is_file():
        raise InputError(f"'{served}' is not a notebook.", field="notebook", remedy="Name an .ipynb file.")
    listening = jupyter.Listening.at(ip, port)
    document = {"workspace": str(workspace), "notebook": str(served), "address": listening.url("/")}

    def present(screen: Screen) -> None:
        screen.unwrapped(f"The planner's page on {workspace}: {document['address']}")
        _warn(screen, listening)

    invocation.answer(document, present)
    invocation.exit_code = jupyter.become(
        [
            *("-m", "voila", str(served), "--template=skillmatch", f"--theme={'dark' if dark else 'light'}"),
            *(f"--Voila.ip={listening.ip}", f"--port={listening.port}", "--Voila.port_retries=0"),
            *(f"--Voila.open_browser={browser}", "--Voila.auto_token=True"),
            "--VoilaConfiguration.allow_template_override=NO",
            *(("--preheat_kernel=True", f"--pool_size={ready}") if ready else ()),
            *(("--show_tracebacks=True",) if invocation.debug else ("--Voila.log_level=WARN",)),
        ],
        jupyter.surroundings(workspace, resource("notebooks", "jupyter"), listening, names=names),
    )


def _workspace(invocation: Invocation, *, demo: bool) -> Path:
    """The folder of a workspace that can be opened, or of the demo, filled; says what to do where there is none."""
    if demo:
        from skillmatch.service.demo import demo_folder, fill_with_demo

        invocation.workspace = invocation.workspace or demo_folder(invocation.folder())
    with invocation.open(create=demo) as workspace:
        if demo:
            with invocation.progress() as progress:
                fill_with_demo(workspace, progress)
    return invocation.folder()


def _warn(screen: Screen, listening: Listening) -> None:
    if not listening.local:
        screen.line(
            "Other machines can reach it. Whoever has the token can run programs as you, and nothing is encrypted: "
            "use it only in a network you trust."
        )
    screen.line("Ctrl-C ends it.")
