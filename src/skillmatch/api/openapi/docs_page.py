"""The page that explains the API: our own HTML from the OpenAPI description, nothing from other hosts.

One small script, only where keys are needed: a plain form cannot send one.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from skillmatch.api.http.problems import KINDS
from skillmatch.api.openapi.description import describe, status_text
from skillmatch.api.openapi.operations import address, fields_of, operations

_HERE = Path(__file__).parent
_STATIC = {"style.css": "text/css", "icon.svg": "image/svg+xml", "try.js": "text/javascript"}


def router() -> APIRouter:
    """The page, its stylesheet, and what its forms lead to."""
    pages = APIRouter(include_in_schema=False)
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    templates.filters["code"] = marked_code
    files = {name: (_HERE / "static" / name).read_bytes() for name in _STATIC}

    @pages.get("/")
    def home() -> RedirectResponse:
        return RedirectResponse("/docs", status_code=303)

    @pages.get("/docs")
    def docs(request: Request) -> HTMLResponse:
        document = describe(request.app)
        page = templates.get_template("docs.html").render(
            document=document,
            operations=list(operations(document)),
            schemas={name: list(fields_of(part, document)) for name, part in document["components"]["schemas"].items()},
            kinds=KINDS,
            closed=not request.app.state.access.open,
            base=str(request.base_url).rstrip("/"),
            status_text=status_text,
        )
        return HTMLResponse(page)

    @pages.get("/docs/{name}")
    def static(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        return Response(files[name], media_type=_STATIC[name], headers={"Cache-Control": "no-cache"})

    @pages.get("/docs/try/{operation_id}")
    def try_out(request: Request, operation_id: str) -> RedirectResponse:
        """Lead a form, which cannot fill in a path or leave out empty fields, to the address it means."""
        for path, methods in describe(request.app)["paths"].items():
            if methods.get("get", {}).get("operationId") == operation_id:
                return RedirectResponse(address(methods["get"], path, request.query_params), status_code=303)
        raise HTTPException(404)

    return pages


def marked_code(text: str) -> Markup:
    """The text, escaped, with what stands between backticks marked as code."""
    parts = [escape(part) for part in text.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if odd % 2 else part for odd, part in enumerate(parts)
    )
