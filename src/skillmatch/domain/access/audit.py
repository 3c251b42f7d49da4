"""Audit: who read or decided what about whom, when and under which versions, in a log that shows tampering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.display import Tabular

ERASE = "people.erase"
"""The action of the line that says that everything about its subject was erased."""

START = "0" * 64
"""What stands for the line before the first one."""


@dataclass(frozen=True, slots=True)
class AccessNote:
    """What is to be written into the audit: a ``caller`` did an ``action`` that concerns the people in ``subjects``.

    ``subjects`` are full ids; the log keeps pseudonyms in their place, in ``detail`` and ``question`` too, so put no
    names there. ``versions`` and ``snapshot`` (its hash) are the answer's. ``question`` is what a later replay asks
    again, see ``service.audit.questions``, and ``result`` the hash of what was answered to it.
    """

    caller: str
    action: str
    subjects: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    snapshot: str = ""
    question: Mapping[str, Any] | None = None
    result: str = ""

    def __post_init__(self) -> None:
        checks.text(self.caller, "caller", most=500)
        checks.text(self.action, "action", most=100)
        checks.unique(self.subjects, "subjects")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log. ``subjects`` are pseudonyms; ``answer`` is the SHA-256 of the bytes given, "" for none.

    ``hash`` is over all other fields, ``previous`` (the hash of the line before) among them.
    """

    seq: int
    at: str
    caller: str
    action: str
    subjects: tuple[str, ...]
    detail: Mapping[str, Any]
    versions: Mapping[str, str]
    snapshot: str
    question: Mapping[str, Any] | None
    result: str
    answer: str
    previous: str
    hash: str = ""

    def sealed_hash(self) -> str:
        """What ``hash`` must be."""
        body = self.to_json()
        del body["hash"]
        return content_hash(body)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "seq": self.seq,
            "at": self.at,
            "caller": self.caller,
            "action": self.action,
            "subjects": list(self.subjects),
            "detail": dict(self.detail),
            "versions": dict(self.versions),
            "snapshot": self.snapshot,
            "question": None if self.question is None else dict(self.question),
            "result": self.result,
            "answer": self.answer,
            "previous": self.previous,
            "hash": self.hash,
        }


@dataclass(frozen=True, repr=False)
class AuditLines(Tabular):
    """Lines of the log, in their order; ``people`` says who a pseudonym stands for, where that is still known."""

    items: tuple[AuditLine, ...]
    people: Mapping[str, str]

    def headline(self) -> str:
        return f"{len(self.items)} lines of the audit"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "seq": item.seq,
                "at": item.at,
                "caller": item.caller,
                "action": item.action,
                "about": [self.people.get(one, f"erased ({one[:8]})") for one in item.subjects],
                "answer": item.answer[:12],
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        people = [{"subject": subject, "person": person} for subject, person in self.people.items()]
        return {"items": [item.to_json() for item in self.items], "people": people}


@dataclass(frozen=True, repr=False)
class AuditCheck(Tabular):
    """Whether the log is whole: what is ``wrong`` (nothing when it is), and where it ends.

    ``erased`` counts the answers that went with an erased person. Keep ``head`` somewhere else: a log that no longer
    holds the line ``lines`` with this hash was rewritten.
    """

    lines: int
    head: str
    answers: int
    erased: int
    wrong: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong

    def headline(self) -> str:
        found = "whole" if self.whole else f"{len(self.wrong)} things are wrong"
        return f"audit of {self.lines:,} lines: {found}; ends in {self.head[:16]}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [{"wrong": item} for item in self.wrong]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "whole": self.whole,
            "lines": self.lines,
            "head": self.head,
            "answers": self.answers,
            "erased": self.erased,
            "wrong": list(self.wrong),
        }


class Again(StrEnum):
    """What today's program makes of an old question."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"  # the line holds no question, or it cannot be asked any more


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer that was given once, byte for byte, and what today's program answers to the same question.

    ``answer`` is None when the line kept none or it went with an erased person (``detail`` says which). ``moved``
    names the versions that are others now.
    """

    line: AuditLine
    answer: bytes | None
    again: Again
    moved: tuple[str, ...] = ()
    detail: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape; the bytes as text."""
        return {
            "line": self.line.to_json(),
            "answer": None if self.answer is None else self.answer.decode(errors="replace"),
            "again": self.again.value,
            "moved": list(self.moved),
            "detail": self.detail,
        }
