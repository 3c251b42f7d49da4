"""The organisation's logs on the command line."""

from __future__ import annotations

SIGNED = ("--author", "Ada", "--on", "2026-03-01")


def test_a_change_is_told_in_force_and_withdrawn(filled):
    made = filled("overlay", "merge", "Wound care", "Infection control", *SIGNED, "--reason", "one course for both")
    assert made.code == 0, made.err
    assert "merge care.wounds into care.infection" in made.out
    assert filled("taxonomy", "show", "care.wounds", "--json").document["id"] == "care.infection"
    assert "one course for both" in filled("overlay", "list").out
    assert "All entries fit" in filled("overlay", "check").out
    assert filled("overlay", "remove", "1", *SIGNED).code == 0
    assert filled("overlay", "list", "--json").document["counts"]["withdrawn"] == 1


def test_a_deprecated_skill_is_shown_with_its_note(filled):
    assert filled("overlay", "deprecate", "SQL", "--successor", "Spreadsheets", *SIGNED).code == 0
    assert "Use Spreadsheets (it.sheets) instead." in " ".join(filled("taxonomy", "show", "SQL").out.split())


def test_nobody_decides_without_a_name(filled, monkeypatch):
    monkeypatch.delenv("SKILLMATCH_AUTHOR", raising=False)
    refused = filled("feedback", "pin", "hygiene", "SQL")
    assert refused.code == 2
    assert "--author" in refused.err
    monkeypatch.setenv("SKILLMATCH_AUTHOR", "Ada")
    assert filled("feedback", "pin", "hygiene", "SQL").code == 0
    (link, *_) = filled("link", "hygiene", "--json").document["items"][0]["links"]
    assert (link["label"], link["probability"], link["basis"]) == ("SQL", 1.0, "human")


def test_a_contradiction_names_the_entry_and_a_remedy(filled):
    refused = filled("overlay", "rename", "SQL", "Wound care", *SIGNED)
    assert refused.code == 2
    told = " ".join(refused.err.split())
    assert "Entry 1 (rename)" in told
    assert "merge the two skills" in told


def test_bad_words_are_refused(filled):
    for text in ("a\x1bb", "", "x" * 100_000):
        refused = filled("feedback", "block", text, *SIGNED)
        assert (refused.code, refused.out) == (2, ""), text[:10]
    assert filled("feedback", "accept", "fine", "Alchemy", *SIGNED).code == 2
    assert filled("feedback", "list", "--json").document["items"] == []


def test_files_go_out_and_in(filled, tmp_path):
    filled("feedback", "block", "team player", *SIGNED)
    filled("overlay", "add", "Beekeeping", *SIGNED)
    for log in ("feedback", "overlay"):
        path = tmp_path / f"{log}.xlsx"
        assert filled(log, "export", path, "--json").document["entries"] == 1
        again = filled(log, "import", path, "--json").document
        assert (again["applied"], again["added"], again["unchanged"]) == (True, 0, 1)
