"""Privacy: whether people stand under pseudonyms where nothing else is said."""

from __future__ import annotations

from skillmatch.service.settings import Settings


def hidden(pseudonyms: bool | None) -> bool:
    """Whether to hide names and ids: what was said, else what the process was told (``SKILLMATCH_NAMES``), else yes."""
    return not Settings.read().names if pseudonyms is None else pseudonyms
