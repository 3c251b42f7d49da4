"""The overlay and people's decisions, end to end: they are in force at once and outlive whatever is imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.skills.feedback import Context, FeedbackState, Verdict
from skillmatch.domain.skills.overlay import EntryState, OverlayChange
from skillmatch.domain.text.link import LinkBasis
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

DAY = date(2026, 6, 1)


def change(workspace: Workspace, *changes: OverlayChange) -> None:
    for one in changes:
        workspace.taxonomy.overlay.change(one, author="Ada", reason="ours", on=DAY)


def again(workspace: Workspace, folder: Path, version: str, **replaced: str) -> None:
    """Import the taxonomy once more as another version, with texts of its skills replaced."""
    skills = (folder / "skills.csv").read_text()
    for old, new in replaced.items():
        skills = "\n".join(new if line.startswith(old.replace("_", ".") + ",") else line for line in skills.split("\n"))
    (folder / "skills.csv").write_text("\n".join(line for line in skills.split("\n") if line) + "\n")
    (folder / "taxonomy.toml").write_text(f'name = "dozen"\nversion = "{version}"\n')
    assert workspace.taxonomy.import_from(Layout.TABLE, folder).applied


def test_a_change_is_found_by_search_and_linked_at_once(skilled: Workspace) -> None:
    change(skilled, OverlayChange.add("Beekeeping", broader=["Teamwork"]), OverlayChange.alias("SQL", "query craft"))
    assert skilled.taxonomy.skill("beekeeping").broader == ("soft.teamwork",)
    assert [skill.id for skill in skilled.taxonomy.search("query cr")] == ["it.sql"]
    best = [answer.best for answer in skilled.link(["Beekeeping", "query craft"])]
    assert [link.skill_id for link in best if link] == ["org/beekeeping", "it.sql"]
    assert skilled.snapshot().versions.taxonomy == "dozen@1+2"


def test_only_new_names_are_encoded(tmp_path: Path, taxonomy_folder: Path) -> None:
    class Counting(NgramEncoder):
        seen: list[str] = []  # noqa: RUF012

        def encode(self, texts, progress=None):  # type: ignore[no-untyped-def]
            self.seen.extend(texts)
            return super().encode(texts, progress)

    encoder = Counting()
    with Workspace.open(tmp_path / "other", create=True, encoder=encoder) as workspace:
        workspace.taxonomy.import_from(Layout.TABLE, taxonomy_folder)
        encoder.seen.clear()
        change(workspace, OverlayChange.add("Beekeeping"))
        workspace.link(["a text"])
    assert sorted(encoder.seen) == ["a text", "beekeeping"]


def test_everything_counts_for_the_skill_that_is_left_and_comes_back(full: Workspace) -> None:
    before = full.snapshot()
    change(full, OverlayChange.merge("care.wounds", "care.hygiene"))
    assert full.taxonomy.skill("care.wounds").id == full.taxonomy.skill("dressing wounds").id == "care.hygiene"
    assert "care.wounds" not in full.profile("P1").attainments
    assert {piece.skill_id for piece in full.people.get("P1").evidence} == {"care.hygiene", "it.javascript"}
    assert {need.skill_id for need in full.roles.get("R1").requirements} == {"care.hygiene", "soft.teamwork"}
    assert [
        one.skill_id for one in full.catalogue.credentials.get("C2").outcomes if one.given == "dressing wounds"
    ] == ["care.hygiene"]
    assert full.gap("P1", "R1").items
    assert full.snapshot().content_hash != before.content_hash
    change(full, OverlayChange.withdraw(1))
    assert full.snapshot().catalogue == before.catalogue
    assert full.snapshot().roles == before.roles
    assert full.snapshot().taxonomy == before.taxonomy


def test_a_re_import_keeps_the_overlay_and_says_what_dangles(full: Workspace, taxonomy_folder: Path) -> None:
    change(full, OverlayChange.rename("SQL", "Data queries"), OverlayChange.merge("care.doses", "care.hygiene"))
    skills = (taxonomy_folder / "skills.csv").read_text()
    again(full, taxonomy_folder, "2", it_sql="")
    assert [line.state for line in full.taxonomy.overlay.all().lines] == [EntryState.DANGLING, EntryState.APPLIED]
    assert full.taxonomy.skill("care.doses").id == "care.hygiene"
    (taxonomy_folder / "skills.csv").write_text(skills)
    again(full, taxonomy_folder, "3")
    assert full.taxonomy.skill("Data queries").id == "it.sql"
    assert not full.taxonomy.overlay.all().troubled


def test_the_import_reports_dangling_entries(skilled: Workspace, taxonomy_folder: Path) -> None:
    change(skilled, OverlayChange.rename("SQL", "Data queries"))
    text = (taxonomy_folder / "skills.csv").read_text()
    (taxonomy_folder / "skills.csv").write_text("\n".join(x for x in text.split("\n") if not x.startswith("it.sql")))
    report = skilled.taxonomy.import_from(Layout.TABLE, taxonomy_folder, version="2")
    assert report.applied
    assert report.kinds()["dangling_overlay_entry"] == 1


def test_overlay_then_import_is_import_then_overlay(skilled: Workspace, taxonomy_folder: Path, tmp_path: Path) -> None:
    changes = [OverlayChange.rename("it.sql", "Queries"), OverlayChange.merge("it.java", "it.javascript")]
    change(skilled, *changes)
    again(skilled, taxonomy_folder, "2")
    with Workspace.open(tmp_path / "other", create=True, encoder=NgramEncoder()) as other:
        again(other, taxonomy_folder, "2")
        change(other, *changes)
        assert repr(other.snapshot().taxonomy) == repr(skilled.snapshot().taxonomy)
        assert other.snapshot().content_hash == skilled.snapshot().content_hash


def test_a_refused_change_writes_nothing(full: Workspace) -> None:
    change(full, OverlayChange.add("Beekeeping"))
    revision = full.snapshot().revision
    for wrong in (OverlayChange.rename("SQL", "Teamwork"), OverlayChange.add("Beekeeping")):
        with pytest.raises(ConflictError):
            change(full, wrong)
    with pytest.raises(NotFoundError):
        change(full, OverlayChange.merge("SQL", "Alchemy"))
    with pytest.raises(InputError):
        full.taxonomy.overlay.change(OverlayChange.rename("SQL", "X"), author=" ")
    assert full.snapshot().revision == revision


def test_an_own_skill_in_use_cannot_be_withdrawn(full: Workspace, tmp_path: Path) -> None:
    change(full, OverlayChange.add("Beekeeping"))
    (tmp_path / "evidence.csv").write_text("person,skill,level,source,date\nP1,Beekeeping,2,self,2026-03-01\n")
    assert full.people.import_from(tmp_path / "evidence.csv", what="evidence").applied
    with pytest.raises(ConflictError, match="referred to"):
        change(full, OverlayChange.withdraw(1))


def test_a_deprecated_skill_is_offered_no_more_but_stays(full: Workspace) -> None:
    change(full, OverlayChange.deprecate("it.javascript", "it.java"))
    links = full.link(["JavaScript", "JS"], abstain=False)
    assert not any(link.skill_id == "it.javascript" for answer in links for link in answer.links)
    assert "it.javascript" in full.profile("P1").attainments
    assert full.taxonomy.skill("it.javascript").deprecated
    with pytest.raises(ConflictError, match="deprecated"):
        full.matching.feedback.give(Verdict.PIN, "browser code", "it.javascript", author="Ada")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_files_carry_both_logs_to_another_workspace(
    skilled: Workspace, taxonomy_folder: Path, tmp_path: Path, ending: str
) -> None:
    change(
        skilled,
        OverlayChange.add("=Bees | and 'more'", slug="bees", description="-1+1\nlines", broader=["soft.teamwork"]),
        OverlayChange.merge("it.java", "it.javascript"),
        OverlayChange.withdraw(2),
    )
    for verdict, text, skill in (
        (Verdict.PIN, "=x", "SQL"),
        (Verdict.BLOCK, "a\nb", None),
        (Verdict.ACCEPT, "y", "Java"),
    ):
        skilled.matching.feedback.give(
            verdict, text, skill, author="Ada", note="@note", context=Context.CATALOGUE, on=DAY
        )
    overlay, feedback = tmp_path / f"overlay.{ending}", tmp_path / f"feedback.{ending}"
    assert (skilled.taxonomy.overlay.export_to(overlay), skilled.matching.feedback.export_to(feedback)) == (3, 3)
    with Workspace.open(tmp_path / "other", create=True, encoder=NgramEncoder()) as other:
        other.taxonomy.import_from(Layout.TABLE, taxonomy_folder)
        for _ in range(2):  # the second time everything is there already
            for report in (other.taxonomy.overlay.import_from(overlay), other.matching.feedback.import_from(feedback)):
                assert report.applied, report.findings
        assert report.unchanged == 3
        assert other.snapshot().overlay == skilled.snapshot().overlay
        assert other.snapshot().feedback == skilled.snapshot().feedback


def test_a_file_with_a_contradiction_is_refused_whole(skilled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "overlay.csv"
    path.write_text("kind,skill,text\nalias,SQL,sequel\nrename,Java,SQL\nalias,nobody,x\n")
    report = skilled.taxonomy.overlay.import_from(path, author="Ada")
    assert not report.applied
    assert [item.place.line for item in report.rejected] == [3]
    assert skilled.taxonomy.overlay.all().lines == ()
    assert [item.kind for item in skilled.taxonomy.overlay.import_from(path).rejected] == ["rejected_row"] * 3, (
        "nobody signs"
    )
    assert skilled.taxonomy.overlay.import_from(path, author="Ada", keep_going=True).added == 2
    assert [line.state for line in skilled.taxonomy.overlay.all().lines] == [EntryState.APPLIED, EntryState.DANGLING]


def test_a_pin_survives_re_import_and_retagging(full: Workspace, taxonomy_folder: Path, tmp_path: Path) -> None:
    full.matching.feedback.give(Verdict.PIN, "Dressing  wounds", "care.doses", author="Ada", on=DAY)
    full.matching.feedback.give(Verdict.BLOCK, "hand hygiene", author="Ada", on=DAY)

    def check() -> None:
        stated = [one for one in full.catalogue.credentials.get("C2").outcomes if one.basis is Basis.STATED]
        assert [(one.skill_id, one.probability) for one in stated] == [("care.doses", 1.0)]
        assert full.catalogue.credentials.get("C1").unmapped == ("Hand hygiene",)
        (answer,) = full.link(["dressing wounds"], top=1)
        assert answer.best is not None
        assert (answer.best.skill_id, answer.best.basis) == ("care.doses", LinkBasis.HUMAN)

    check()  # at once
    again(full, taxonomy_folder, "2")
    check()
    assert full.catalogue.import_from(tmp_path / "organisation").applied
    check()
    (taxonomy_folder / "taxonomy.toml").write_text('name = "other"\nversion = "1"\n')
    text = (taxonomy_folder / "skills.csv").read_text().replace("care.wounds", "z.wounds")
    (taxonomy_folder / "skills.csv").write_text(text)
    for name in ("occupations", "requirements"):
        (taxonomy_folder / f"{name}.csv").unlink()
    assert full.taxonomy.import_from(Layout.TABLE, taxonomy_folder).applied
    check()


def test_a_decision_counts_where_it_was_made(skilled: Workspace, tmp_path: Path) -> None:
    skilled.matching.feedback.give(Verdict.PIN, "JS", "it.sql", author="Ada", context=Context.EVIDENCE)
    (tmp_path / "people.csv").write_text("id,name\nP9,Eve\n")
    (tmp_path / "evidence.csv").write_text("person,skill,level,source,date\nP9,JS,2,self,2026-03-01\n")
    (tmp_path / "roles.csv").write_text("role_id,title,skill,level\nR9,Coder,JS,2\n")
    assert skilled.people.import_from(tmp_path / "people.csv").applied
    assert skilled.people.import_from(tmp_path / "evidence.csv", what="evidence").applied
    assert skilled.roles.import_from(tmp_path / "roles.csv").applied
    assert [(item.skill_id, item.confidence) for item in skilled.people.get("P9").evidence] == [("it.sql", 1.0)]
    assert [need.skill_id for need in skilled.roles.get("R9").requirements] == ["it.javascript"]


def test_the_log_says_what_counts_and_is_told_in_order(skilled: Workspace) -> None:
    give = skilled.matching.feedback.give
    assert give(Verdict.ACCEPT, "queries", "SQL", author="Ada").new
    assert not give(Verdict.ACCEPT, " QUERIES", "it.sql", author="Ben").new, "it was in force already"
    give(Verdict.REJECT, "queries", "SQL", author="Ben")
    give(Verdict.ACCEPT, "scripts", "Java", author="Ben")
    change(skilled, OverlayChange.merge("it.java", "it.javascript"))
    states = [line.state for line in skilled.matching.feedback.all().lines]
    assert states == [FeedbackState.OVERRULED, FeedbackState.IN_FORCE, FeedbackState.IN_FORCE]
    assert skilled.matching.feedback.triples() == [
        ("queries", "it.sql", Verdict.ACCEPT),
        ("queries", "it.sql", Verdict.REJECT),
        ("scripts", "it.javascript", Verdict.ACCEPT),
    ]
    (answer,) = skilled.link(["scripts"], top=1)
    assert answer.best is not None
    assert answer.best.skill_id == "it.javascript"


@pytest.mark.parametrize("text", ["", "x" * 1_000_000, "a\x1bb", "a\x00"])
def test_a_text_nobody_can_decide_about_is_refused(skilled: Workspace, text: str) -> None:
    with pytest.raises(InputError):
        skilled.matching.feedback.give(Verdict.ACCEPT, text, "SQL", author="Ada")
    with pytest.raises(NotFoundError):
        skilled.matching.feedback.give(Verdict.ACCEPT, "fine", "Alchemy", author="Ada")


@pytest.mark.parametrize("content", ["{", "[" * 100_000, '{"items": 3}', '[{"verdict": 1.5, "text": "x"}]', "[1]"])
def test_a_broken_json_file_is_refused(skilled: Workspace, tmp_path: Path, content: str) -> None:
    path = tmp_path / "feedback.json"
    path.write_text(content)
    with pytest.raises(InputError):
        skilled.matching.feedback.import_from(path, author="Ada")
