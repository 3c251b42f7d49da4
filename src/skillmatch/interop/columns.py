"""The columns of the tables that customers bring and get: one list for readers, column maps and exports."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "credentials": (
        "id",
        "title",
        "issuer",
        "description",
        "url",
        "teaches",
        "level",
        "requires_skills",
        "requires_credentials",
        "hours",
        "weeks",
        "cost",
        "currency",
        "language",
        "mode",
        "assessment",
        "quality_assurance",
        "eqf_level",
        "country",
        "rating",
        "rating_count",
        "valid_from",
        "valid_until",
        "validity_months",
        "started",
        "completed",
    ),
    "offerings": ("id", "credential", "start", "end", "seats"),
    "stacks": ("id", "title", "issuer", "credentials", "required", "description"),
    "roles": ("role_id", "title", "description", "occupation", "skill", "level", "scale", "weight", "kind", "state"),
    "people": ("id", "name", "unit", "role", "languages", "hours_per_week"),
    "evidence": ("person", "skill", "level", "scale", "source", "date", "confidence", "expires", "note"),
    "awards": ("person", "credential", "state", "issued", "expires", "issuer"),
    "overlay": (
        "number",
        "kind",
        "skill",
        "text",
        "description",
        "type",
        "broader",
        "other",
        "withdraws",
        "author",
        "date",
        "reason",
    ),
    "claims": (
        "id",
        "person",
        "submitted",
        "credential",
        "skill",
        "level",
        "text",
        "links",
        "verdict",
        "by",
        "reason",
        "decided",
        "decided_level",
    ),
    "feedback": ("number", "verdict", "text", "skill", "context", "author", "date", "note"),
    "events": ("id", "person", "kind", "date", "credential", "skill", "value"),
}

NAMES = frozenset({"name", "title", "unit", "issuer"})
"""Columns of names, which are on one line."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "credentials": ("id", "title"),
    "offerings": ("id", "credential", "start", "end"),
    "stacks": ("id", "title", "credentials"),
    "roles": ("role_id", "title"),
    "people": ("id", "name"),
    "evidence": ("person", "skill", "level", "source", "date"),
    "awards": ("person", "credential", "issued"),
    "overlay": ("kind", "skill"),
    "claims": ("person", "text"),
    "feedback": ("verdict", "text"),
    "events": ("person", "kind", "date"),
}

DAYS = frozenset({"start", "end", "valid_from", "valid_until", "date", "expires", "issued", "submitted", "decided"})
"""Columns of dates."""

WHOLE = frozenset(
    {"rating_count", "seats", "required", "eqf_level", "validity_months", "started", "completed", "number"}
)
"""Columns of whole numbers, in which a mark between digits can only set off thousands."""

NUMBERS = frozenset({"hours", "weeks", "cost", "rating", "hours_per_week", "confidence", "weight", "value"}) | WHOLE
"""Columns of numbers."""

IDS = frozenset({"id", "role_id", "person"})
"""Columns whose texts are ids of a customer's systems, which spreadsheets take for numbers."""

SMALL = frozenset({"rating", "hours_per_week", "confidence", "weight", "value"})
"""Columns of numbers below a thousand, in which a mark between digits can only be a decimal one."""

READ_AS_WRITTEN = DAYS | {"level", "scale", "language", "languages", "currency", "source", "state", "kind"}
"""Columns whose readers know the usual words, so that a map's ``values`` need to name the others only."""
