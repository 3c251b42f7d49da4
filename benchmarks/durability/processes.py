"""The program as processes of their own, forked from one that has loaded it and has nothing open; and their locks."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from skillmatch.api import app as _app  # noqa: F401 - loaded once, for every process that is forked
from skillmatch.cli.main import run

READY_WITHIN = 120.0
LASTING = ("1073741826", "128")
"""Where the locks begin that SQLite holds as long as a database is open: on the file, and on its index."""


@dataclass(frozen=True)
class Process:
    """A process that was forked, the first of a group of its own."""

    id: int

    @classmethod
    def of(cls, work: Callable[[], int]) -> Process:
        """Begin some work in a process of its own, which says nothing; what it returns is its exit code."""
        sys.stdout.flush()
        child = os.fork()
        if child:
            return cls(child)
        code = 1
        try:
            os.setsid()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            code = work()
        finally:
            os._exit(code)

    @classmethod
    def command(cls, *arguments: str) -> Process:
        """A command of skillmatch."""
        return cls.of(lambda: run(list(arguments)))

    def wait(self) -> int:
        """Wait until it has ended; its exit code."""
        return os.waitstatus_to_exitcode(os.waitpid(self.id, 0)[1])

    def kill(self) -> None:
        """Kill it at once, and everything that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.id, signal.SIGKILL)
        self.wait()

    def group(self) -> list[int]:
        """The processes that it started, and itself."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with suppress(OSError):
                    if os.getpgid(int(folder.name)) == self.id:
                        found.append(int(folder.name))
        return sorted(found)


@dataclass(frozen=True)
class Server:
    """A server of a workspace that answers everybody."""

    process: Process
    address: str

    @classmethod
    def of(cls, folder: Path, workers: int) -> Server:
        """Serve, and wait until it is ready."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        os.environ["SKILLMATCH_REQUESTS_PER_MINUTE"] = "1000000"
        given = ("--workspace", str(folder), "serve", "--open", "--port", str(port), "--log-level", "error")
        found = cls(Process.command(*given, "--workers", str(workers)), f"http://127.0.0.1:{port}")
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{found.address}/ready", timeout=5).is_success:
                    return found
            time.sleep(0.02)
        found.process.kill()
        raise RuntimeError("the server did not become ready")

    def locks(self, folder: Path) -> set[tuple[int, str, str]]:
        """The lasting locks on the workspace's files: by which process, on which file, from which byte on."""
        names = {path.stat().st_ino: path.name for path in folder.glob("*.db*")}
        ours, found = set(self.process.group()), set()
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            _, kind, _, _, owner, where, first, _ = line.replace("-> ", "").split()[:8]
            inode = int(where.rpartition(":")[2])
            if kind == "POSIX" and int(owner) in ours and inode in names and first in LASTING:
                found.add((int(owner), names[inode], first))
        return found
