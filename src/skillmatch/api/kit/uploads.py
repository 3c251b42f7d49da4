"""Uploads: a body that is a file, put on the disk while it arrives, under a name that says what it holds."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from skillmatch.api.http.problems import ProblemError

ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".ndjson",
    "application/jsonl": ".ndjson",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
}
"""What a file is called by its content type."""

BINARY = "application/octet-stream"


class FileFormat(StrEnum):
    """How a file is written whose content type does not say so."""

    CSV = "csv"
    TSV = "tsv"
    NDJSON = "ndjson"
    XLSX = "xlsx"
    ZIP = "zip"


EXAMPLE = "id,name,unit,role\nP-900,Ada Berg,Care homes,R-B03\n"

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"The file itself, as its content type says; `{BINARY}` goes with the parameter `format`",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (BINARY, *ENDINGS)},
    }
}
"""What OpenAPI says of an address that takes a file."""
UPLOAD["requestBody"]["content"]["text/csv"]["schema"]["examples"] = [EXAMPLE]


async def _uploaded(
    request: Request,
    format: Annotated[  # noqa: A002 - as callers write it
        FileFormat | None,
        Query(description=f"How the file is written; for the content type `{BINARY}`, which does not say so"),
    ] = None,
) -> AsyncIterator[Path]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == BINARY and format is not None:
        ending = f".{format.value}"
    elif kind in ENDINGS:
        ending = ENDINGS[kind]
    else:
        raise ProblemError(
            "unsupported_media_type",
            f"The content type '{kind[:100]}' is none that is read here." if kind else "The body has no content type.",
            remedy=f"Send one of: {', '.join(ENDINGS)}; or {BINARY} with ?format=csv.",
        )
    with tempfile.TemporaryDirectory(prefix="skillmatch-upload-") as folder:
        path = Path(folder) / f"upload{ending}"
        with path.open("wb") as file:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
        yield path


Uploaded = Annotated[Path, Depends(_uploaded)]
"""The file that was sent; it is gone once the request is answered."""
