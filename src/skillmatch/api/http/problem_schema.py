"""The shape of an error."""

from __future__ import annotations

from pydantic import BaseModel, Field


class FieldProblem(BaseModel):
    """One value that is not valid, and where it stands in the request."""

    pointer: str = Field(description="JSON pointer (RFC 6901) to the value", examples=["#/texts/0"])
    location: str = Field(
        default="", description="Part of the request: query, path, body; empty when unknown", examples=["body"]
    )
    detail: str = Field(description="What is wrong with it", examples=["String should have at most 2000 characters"])
    code: str = Field(description="What kind of error it is; stable", examples=["string_too_long"])


class Problem(BaseModel):
    """What went wrong and what to do about it (RFC 9457)."""

    type: str = Field(description="Where this kind of problem is explained", examples=["/docs#problem-invalid_input"])
    title: str = Field(description="The kind of problem in words", examples=["Something in the request is not valid"])
    status: int = Field(description="The HTTP status", examples=[422])
    code: str = Field(description="The kind of problem for programs; stable", examples=["invalid_input"])
    detail: str = Field(
        description="What went wrong this time",
        examples=["#/texts/0: String should have at most 2000 characters"],
    )
    errors: list[FieldProblem] = Field(description="The values that are not valid, if that is what went wrong")
    remedy: str = Field(
        description="What to do next; may be empty",
        examples=["Correct what 'errors' points at and send it again."],
    )
    request_id: str = Field(
        description="Names this request in the server's log", examples=["5a7c0e0f2f6b4c0f9f0e6c1f7b0b2a10"]
    )
