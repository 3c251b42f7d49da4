"""Prior learning on the command line."""

from __future__ import annotations

DAY = ("--on", "2026-03-01")
LISTENING = ("claims", "submit", "E1", "--skill", "Active listening", "--level", "3", "--text", "Led talks.", *DAY)


def test_a_claim_from_submission_to_decision(filled, tmp_path):
    assert "There are no claims." in filled("claims", "list").out
    own_id = filled(*LISTENING, "--json").document["id"]
    told = " ".join(filled("claims", "worth", "--as-of", "2026-03-01").out.split())
    assert "own/E1 Active listening" in told
    decided = filled("claims", "decide", own_id, "accept", "--reason", "Saw it.", "--author", "Kim", *DAY)
    assert decided.code == 0, decided.err
    assert "56 % covered before, 72 % now" in decided.out
    assert "took 40 hours, now 30" in decided.out
    again = filled("claims", "decide", own_id, "reject", "--reason", "No.", "--author", "Kim", *DAY)
    assert again.code == 2
    assert "was decided before: accept by Kim" in " ".join(again.err.split())
    assert "accept by Kim" in " ".join(filled("claims", "list").out.split())
    assert filled("claims", "list", "--open", "--json").document["items"] == []
    path = tmp_path / "claims.xlsx"
    assert filled("claims", "export", path, "--json").document["claims"] == 1
    assert filled("claims", "import", path, "--json").document["unchanged"] == 1


def test_nobody_decides_without_a_name(filled, monkeypatch):
    monkeypatch.delenv("SKILLMATCH_AUTHOR", raising=False)
    own_id = filled(*LISTENING, "--json").document["id"]
    refused = filled("claims", "decide", own_id, "accept", "--reason", "Saw it.")
    assert refused.code == 2
    assert "--author" in refused.err


def test_wrong_claims_are_told(filled, tmp_path):
    for words in (
        ("claims", "submit", "E1", "--text", "I can."),
        ("claims", "submit", "E1", "--skill", "SQL", "--text", "I can."),
        ("claims", "submit", "E9", "--credential", "C1", "--text", "I can."),
        ("claims", "submit", "E1", "--credential", "C5", "--text", "I hold it.", *DAY),
        ("claims", "decide", "nothing", "accept", "--reason", "x", "--author", "Kim"),
        ("claims", "worth", "--hours-per-week", "-1"),
    ):
        refused = filled(*words)
        assert (refused.code, refused.out) == (2, ""), words
        assert refused.err
