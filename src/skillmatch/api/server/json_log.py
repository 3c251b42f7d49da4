"""The log: a line of JSON for each event. Errors are told by type and place: messages may quote what was sent."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

LEVELS = ("debug", "info", "warning", "error")
MOST_FRAMES = 20

_OURS = ("skillmatch", "uvicorn.error")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True, default=str)


def frames(trace: TracebackType | None) -> list[str]:
    """Where an error came from: the last frames as ``module.py:12 function``, without a word of its message."""
    found = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in found]


def configure(level: str, stream: TextIO | None = None) -> logging.Handler:
    """Let our loggers and the server's write JSON lines to a stream (standard error when None), and nothing else."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level.upper())
    return handler
