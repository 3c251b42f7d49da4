"""A person as people see them: how sure each level is, and what does not count today."""

from __future__ import annotations


def test_each_level_comes_with_its_interval(filled):
    shown = filled("people", "show", "E1", "--as-of", "2026-03-01")
    (line,) = [line for line in shown.out.splitlines() if line.startswith("Spreadsheets") and "independent" in line]
    assert "2.4-3.6" in line
    document = filled("people", "show", "E1", "--as-of", "2026-03-01", "--json").document
    assert document["ignored"] == []
    for item in document["profile"]:
        assert item["low"] <= item["level"] <= item["high"]


def test_what_does_not_count_is_told_with_its_reason(filled):
    early = filled("people", "show", "E1", "--as-of", "2025-03-01")
    assert "Does not count on 2025-03-01" in early.out
    assert "in future" in early.out
    document = filled("people", "show", "E1", "--as-of", "2025-03-01", "--json").document
    assert document["profile"] == []
    assert {item["reason"] for item in document["ignored"]} == {"in_future"}
    assert {"label", "source", "level", "on", "expires"} <= set(document["ignored"][0])
