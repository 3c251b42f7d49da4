"""The client: asks, tries again what is safe to try again, and turns problems into errors."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from skillmatch.client.errors import ChangedMeanwhileError, JobFailedError, NoAnswerError, NotFoundError, error_of

RETRIED = frozenset({408, 429, 500, 502, 503, 504})
IN_FLIGHT = "key_in_flight"
LONGEST_WAIT = 60.0
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FINAL = frozenset({"done", "failed", "cancelled"})

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}

Document = dict[str, Any]


class Outcome(StrEnum):
    """What an upsert did."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its document (empty for none), its tag if it has one, and its headers."""

    status: int
    document: Document
    etag: str | None
    headers: Mapping[str, str]


class Client:
    """Speaks with one server under one key; safe to share between threads. Close it, or use it in a ``with`` block.

    Each change carries an ``Idempotency-Key``, so that trying it again after a lost answer makes it once. ``tries`` is
    how often a request is sent at most. ``transport`` and ``sleep`` are there for tests.
    """

    def __init__(
        self,
        address: str,
        key: str,
        *,
        timeout: float = 60.0,
        tries: int = 5,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {key}", "User-Agent": "skillmatch-client"},
            timeout=timeout,
            transport=transport,
            follow_redirects=False,  # a key goes to the server it was given for
            trust_env=False,
        )
        self._tries = max(1, tries)
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def get(self, path: str, **params: Any) -> Document:
        """What is at an address; parameters that are None are left out."""
        return self.request("GET", path, params=params).document

    def post(self, path: str, document: Mapping[str, Any], **params: Any) -> Document:
        """Send a document to an address, once."""
        return self.request("POST", path, document, params=params).document

    def delete(self, path: str, *, match: str = "*") -> Document:
        """Delete what is at an address, in the state ``match`` (its tag), or in whatever state."""
        return self.request("DELETE", path, headers={"If-Match": match}).document

    def upsert(self, path: str, document: Mapping[str, Any], *, tries: int = 5) -> Outcome:
        """Make what is at an address equal to a document, without overwriting what somebody else changes meanwhile.

        Nothing is sent when each field of the document is stored as it is. Raises ``ChangedMeanwhileError`` when
        others were faster ``tries`` times.
        """
        for attempt in range(1, tries + 1):
            try:
                stored = self.request("GET", path)
            except NotFoundError:
                stored = None
            if stored is not None and all(stored.document.get(name) == value for name, value in document.items()):
                return Outcome.SAME
            headers = {"If-None-Match": "*"} if stored is None else {"If-Match": stored.etag or "*"}
            try:
                made = self.request("PUT", path, document, headers=headers)
            except ChangedMeanwhileError:
                if attempt == tries:
                    raise
                continue
            return Outcome.ADDED if made.status == 201 else Outcome.CHANGED
        raise ValueError("tries must be 1 or more")

    def items(self, path: str, **params: Any) -> Iterator[Document]:
        """All things of a list, page by page as they are needed."""
        cursor: str | None = None
        while True:
            page = self.get(path, **params, cursor=cursor)
            yield from page["items"]
            cursor = page.get("next_cursor")
            if cursor is None:
                return

    def send_file(self, path: str, file: Path, media_type: str, **params: Any) -> Answer:
        """Send a file to an address, such as an import, once; it is read anew for each try."""
        headers = {"Content-Type": media_type}
        return self.request("POST", path, params=params, headers=headers, file=file)

    def import_file(self, file: Path, what: str, **params: Any) -> Document:
        """Hand in a file (.csv, .tsv, .xlsx, .ndjson, .zip) of ``people``, ``evidence``, ``roles`` or others, and give
        back the job; its ``source``, ``column_map``, ``dry_run`` and ``keep_going`` are parameters. It is done later:
        see :meth:`wait_for_job`. Raises ``ValueError`` for a file of another kind.
        """
        media_type = MEDIA_TYPES.get(file.suffix.lower())
        if media_type is None:
            raise ValueError(f"'{file.name}' ends in none of {', '.join(MEDIA_TYPES)}")
        given = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
        return self.send_file("/v1/imports", file, media_type, what=what, **given).document

    def wait_for_job(
        self,
        path: str,
        *,
        seen: Callable[[Document], None] = lambda _: None,
        every: float = 1.0,
        within: float = 3600.0,
    ) -> Document:
        """Wait until the job at an address has ended, and return it; ``seen`` is called with each state on the way.

        Raises ``JobFailedError`` when it failed or was cancelled, ``NoAnswerError`` when it takes longer than
        ``within`` seconds.
        """
        waited = 0.0
        while True:
            job = self.get(path)
            seen(job)
            if job["job_status"] == "done":
                return job
            if job["job_status"] in FINAL:
                raise JobFailedError(job)
            if waited >= within:
                raise NoAnswerError(f"{path} is still {job['job_status']} after {within:g} s.")
            self._sleep(every)
            waited += every

    def request(
        self,
        method: str,
        path: str,
        document: Mapping[str, Any] | None = None,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        file: Path | None = None,
    ) -> Answer:
        """Send one request until it is answered; see the errors for what it raises."""
        given = dict(headers or {})
        if method in CHANGES:
            given.setdefault("Idempotency-Key", str(uuid.uuid4()))
        query = {name: value for name, value in (params or {}).items() if value is not None}
        for attempt in range(1, self._tries + 1):
            last = attempt == self._tries
            try:
                answer = self._once(method, path, document, query, given, file)
            except httpx.TransportError as error:
                if last:
                    raise NoAnswerError(f"{method} {path}: {type(error).__name__}") from error
                self._sleep(_wait(attempt, None))
                continue
            if answer.is_success or answer.status_code == 304:
                found = answer.json() if answer.content else {}
                return Answer(answer.status_code, found, answer.headers.get("etag"), answer.headers)
            problem = _problem_in(answer)
            if last or not (answer.status_code in RETRIED or problem.get("code") == IN_FLIGHT):
                raise error_of(answer.status_code, problem)
            self._sleep(_wait(attempt, answer.headers.get("retry-after")))
        raise AssertionError("the last try returns or raises")

    def _once(
        self,
        method: str,
        path: str,
        document: Mapping[str, Any] | None,
        params: Mapping[str, Any],
        headers: Mapping[str, str],
        file: Path | None,
    ) -> httpx.Response:
        if file is None:
            return self._http.request(method, path, json=document, params=params, headers=headers)
        with file.open("rb") as opened:
            length = {"Content-Length": str(file.stat().st_size)}
            return self._http.request(method, path, content=opened, params=params, headers={**headers, **length})


def _wait(attempt: int, retry_after: str | None) -> float:
    """Seconds until the next try: what the server asks for, else longer each time, and never all clients at once."""
    if retry_after is not None and retry_after.isdecimal():
        return min(float(retry_after), LONGEST_WAIT)
    return float(min(0.25 * 2**attempt, LONGEST_WAIT) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret


def _problem_in(answer: httpx.Response) -> Document:
    try:
        found = answer.json()
    except ValueError:  # whatever stands between us and the server answered
        return {}
    return found if isinstance(found, dict) else {}
