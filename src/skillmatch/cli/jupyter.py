"""Starting Jupyter's programs: on this machine, behind a token, with the workspace set, and calling nobody."""

from __future__ import annotations

import importlib.util
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from skillmatch.domain.base.errors import InputError, SkillmatchError

INSTALL = "pip install 'skillmatch[notebook]'"
NAMES_VARIABLE = "SKILLMATCH_NAMES"


class MissingExtraError(SkillmatchError):
    """What a command needs is not installed; the remedy is the line that installs it."""

    code = "missing_extra"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a program of Jupyter's listens, and the token without which it lets nobody in."""

    ip: str
    port: int
    token: str

    @classmethod
    def at(cls, ip: str, port: int) -> Listening:
        """This address, with a token of its own unless ``JUPYTER_TOKEN`` names one; port 0 takes a free one.

        Raises ``InputError`` when the port cannot be had.
        """
        token = os.environ.get("JUPYTER_TOKEN") or secrets.token_urlsafe(24)
        return cls(ip, _free_port(ip, port), token)

    @property
    def local(self) -> bool:
        """Whether this machine alone can reach it."""
        try:
            return ip_address(self.ip).is_loopback
        except ValueError:
            return self.ip == "localhost"

    def url(self, path: str) -> str:
        """What to type into a browser."""
        name = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"http://{name}:{self.port}{path}?token={self.token}"


def need(*modules: str) -> None:
    """Require the notebook extra. Raises ``MissingExtraError`` with the line that installs it."""
    lacking = [name for name in modules if importlib.util.find_spec(name) is None]
    if lacking:
        raise MissingExtraError(
            f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} not installed.",
            remedy=f"Install the notebook extra: {INSTALL}",
        )


def surroundings(workspace: Path, shared: Path, listening: Listening, *, names: bool) -> dict[str, str]:
    """The environment for the program and its kernels: workspace, token, our template and settings before others'.

    The token goes this way because other people on the machine can read a command line.
    """
    given = dict(os.environ)
    return given | {
        "SKILLMATCH_WORKSPACE": str(workspace.absolute()),
        NAMES_VARIABLE: "yes" if names else "no",
        "JUPYTER_TOKEN": listening.token,
        "JUPYTER_PATH": _before(shared, given.get("JUPYTER_PATH")),
        "JUPYTER_CONFIG_PATH": _before(shared / "config", given.get("JUPYTER_CONFIG_PATH")),
    }


def become(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Let the program take this one's place, so that Ctrl-C and other signals are its own; returns only on Windows."""
    line = [sys.executable, *command]
    if sys.platform != "win32":  # there a replaced program gives the terminal back while the other still runs
        os.execve(line[0], line, dict(environment))  # noqa: S606  # our own interpreter and words
    return subprocess.call(line, env=dict(environment))  # noqa: S603  # the same


def is_root() -> bool:
    """Whether this is the superuser, as in many containers; Jupyter wants to be told that this is meant."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _before(first: Path, others: str | None) -> str:
    return os.pathsep.join([str(first), *([others] if others else [])])


def _free_port(ip: str, port: int) -> int:
    """The port, or a free one for 0, as it is now; who comes between then and the start is told by Jupyter."""
    if not 0 <= port <= 65_535:
        raise InputError(f"is {port}.", field="port", remedy="Use a number from 0 to 65535.")
    try:
        family, *_, address = socket.getaddrinfo(ip, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server(address, family=family) as listener:
            found: int = listener.getsockname()[1]
            return found
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Choose another port (0 takes a free one), or stop what listens there."
        raise InputError(f"cannot listen on {ip}, port {port}: {reason}.", field="port", remedy=remedy) from error
