"""The demo: one command from nothing to a gap, recommendations and a pathway."""

from __future__ import annotations

from pathlib import Path

from skillmatch.service.demo import demo_folder


def test_demo_shows_the_whole_walk_and_can_be_run_again(cli, tmp_path: Path):
    first = cli("demo", "--json")
    assert first.code == 0, first.err
    shown = first.document
    assert list(shown) == ["workspace", "imports", "gap", "recommend", "pathway"]
    assert shown["workspace"] == str(tmp_path / "workspace")  # where the environment says
    assert all(report["applied"] and report["rejected"] == 0 for report in shown["imports"])
    # The story is worth telling: something is met, something is not known, and there is a way to cover more.
    assert {"met", "partial", "unknown"} <= {item["state"] for item in shown["gap"]["items"]}
    assert len(shown["recommend"]["recommendations"]) == 3
    assert {item["reason"] for item in shown["recommend"]["excluded"]} >= {"held", "prerequisite_missing"}
    assert len(shown["pathway"]["steps"]) >= 2
    assert shown["pathway"]["coverage_after"] >= shown["pathway"]["coverage_before"] + 0.15

    again = cli("demo")
    assert again.code == 0, again.err
    assert again.out.count("0 added, 0 changed") == 4
    for said in ("would like to become", "Where do they stand?", "$ skillmatch recommend", "Cost in all"):
        assert said in " ".join(again.out.split())
    *lines, last = again.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert last == f"$ export SKILLMATCH_WORKSPACE={tmp_path / 'workspace'}"  # whole, to be copied


def test_demo_without_a_word_goes_beside_the_users_own_workspace(monkeypatch, tmp_path: Path):
    own = tmp_path / "share" / "workspace"
    monkeypatch.setenv("SKILLMATCH_WORKSPACE", str(own))
    assert demo_folder(own) == own
    monkeypatch.delenv("SKILLMATCH_WORKSPACE")
    assert demo_folder(own) == tmp_path / "share" / "demo"


def test_demo_never_goes_into_a_workspace_with_another_taxonomy(filled, tmp_path: Path):
    refused = filled("demo", "--workspace", tmp_path / "workspace")
    assert refused.code == 2
    assert "already holds the taxonomy seven" in refused.err
