"""The command that tunes: what it prints, and that it needs enough feedback."""

from __future__ import annotations


def test_too_little_feedback_is_an_answer(filled):
    assert filled("feedback", "accept", "germ watch", "Infection control", "--author", "Ada").code == 0
    ended = filled("tune", "--json")
    assert ended.code == 0
    assert ended.document["status"] == "insufficient_data"
    assert ended.document["more_needed"] > 0
    assert ended.document["decisions"]["usable"] == 1
    shown = filled("tune", "--dry-run")
    assert shown.code == 0
    assert "too little feedback" in shown.out
    assert "more decisions are needed" in shown.out


def test_going_back_where_nothing_was_tuned(filled):
    ended = filled("tune", "--remove", "--json")
    assert ended.code == 0
    assert ended.document["status"] == "nothing_to_remove"
    assert "already" in filled("tune", "--remove").out


def test_wrong_numbers_are_refused(filled):
    assert filled("tune", "--steps", "0").code == 2
    assert filled("tune", "--steps", "100000").code == 2


def test_without_a_taxonomy_it_says_so(cli):
    assert cli("overlay", "list", "--workspace", "nowhere").code == 2
    assert cli("tune", "--json").error["code"] == "workspace_missing"


def test_enough_feedback_for_another_encoder_is_a_conflict(filled, tmp_path):
    lines = [f"accept,germ watch {number},Infection control,Ada\n" for number in range(60)]
    (tmp_path / "log.csv").write_text("verdict,text,skill,author\n" + "".join(lines))
    assert filled("feedback", "import", tmp_path / "log.csv").code == 0
    assert filled("tune", "--json").error["code"] == "conflict"
