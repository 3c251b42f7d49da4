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
    ),
    "offerings": ("id", "credential", "start", "end", "seats"),
    "stacks": ("id", "title", "issuer", "credentials", "required", "description"),
    "roles": ("role_id", "title", "description", "occupation", "skill", "level", "weight", "kind", "state"),
    "people": ("id", "name", "unit", "role", "languages", "hours_per_week"),
    "evidence": ("person", "skill", "level", "scale", "source", "date", "confidence", "expires", "note"),
    "awards": ("person", "credential", "state", "issued", "expires"),
}

REQUIRED: dict[str, tuple[str, ...]] = {
    "credentials": ("id", "title"),
    "offerings": ("id", "credential", "start", "end"),
    "stacks": ("id", "title", "credentials"),
    "roles": ("role_id", "title"),
    "people": ("id", "name"),
    "evidence": ("person", "skill", "level", "source", "date"),
    "awards": ("person", "credential", "issued"),
}
