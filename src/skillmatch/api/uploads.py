"""Uploads: a body that is a file, put on the disk while it arrives, under a name that says what it holds."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from skillmatch.api.problems import ProblemError

ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".ndjson",
    "application/jsonl": ".ndjson",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
}
"""What a file is called by its content type."""

EXAMPLE = "id,name,unit,role\nP-900,Ada Berg,Care homes,R-B03\n"

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, as its content type says",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ENDINGS},
    }
}
"""What OpenAPI says of an address that takes a file."""
UPLOAD["requestBody"]["content"]["text/csv"]["schema"]["examples"] = [EXAMPLE]


async def _uploaded(request: Request) -> AsyncIterator[Path]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ENDINGS:
        raise ProblemError(
            "unsupported_media_type",
            f"The content type '{kind[:100]}' is none that is read here." if kind else "The body has no content type.",
            remedy=f"Send one of: {', '.join(ENDINGS)}.",
        )
    with tempfile.TemporaryDirectory(prefix="skillmatch-upload-") as folder:
        path = Path(folder) / f"upload{ENDINGS[kind]}"
        with path.open("wb") as file:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
        yield path


Uploaded = Annotated[Path, Depends(_uploaded)]
"""The file that was sent; it is gone once the request is answered."""
