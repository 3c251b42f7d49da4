from __future__ import annotations

import pytest

from skillmatch.taxonomy.versions import version_in


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("esco-1.1.1", "1.1.1"),
        ("ESCO dataset - v1.2.0 - classification - en - csv", "1.2.0"),
        ("esco1.2", "1.2"),
        ("db_29_3_text", "29.3"),
        ("db_30_0", "30.0"),
        ("esco", None),
        ("esco-2024-05-01", None),
        ("10.20.30.40", None),
        ("copy_2", None),
    ],
)
def test_a_version_is_seen_in_a_name(name: str, version: str | None) -> None:
    assert version_in(name) == version
