"""Tuning end to end with the real encoder, on a garden centre whose people have words of their own."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import ConflictError, ModelError
from skillmatch.domain.skills.feedback import Verdict
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.tuning.installed import FOLDER
from skillmatch.matching.tuning.lessons import Part, part_of
from skillmatch.service.core import health
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.matching.tuning import TuningReport, TuningStatus
from skillmatch.service.workspace import Workspace

SKILLS = {
    "prune": "prune trees",
    "graft": "graft fruit plants",
    "compost": "make compost",
    "water": "water plants",
    "till": "operate a cash register",
    "complain": "answer complaints",
    "drive": "drive a delivery van",
    "stock": "count stock",
    "mow": "cut lawns",
    "pest": "fight plant pests",
    "bouquet": "bind bouquets",
    "plan": "draw garden plans",
}
SLANG = {
    "prune": "snippeting",
    "till": "dingbox",
    "mow": "greenshave",
    "drive": "rollabout",
    "stock": "tallywalk",
    "bouquet": "flowerknit",
}
MISTAKEN = {"prune": "graft", "till": "stock", "mow": "prune", "drive": "till", "stock": "till", "bouquet": "plan"}
FRAMES = (
    "{}", "{} duty", "morning {}", "{} on weekends", "help with {}", "{} for beginners", "two years of {}",
    "{} shift", "do the {} alone", "{} and tidying", "certified in {}", "evening {}",
)  # fmt: skip


def garden(folder: Path, decisions: list[tuple[Verdict, str, str]], encoder: NgramEncoder | None = None) -> Workspace:
    source = folder / "garden"
    source.mkdir(parents=True)
    lines = [f"{key},{label},,,skill,,garden" for key, label in SKILLS.items()]
    (source / "skills.csv").write_text("id,label,aliases,description,type,broader,field\n" + "\n".join(lines) + "\n")
    (source / "taxonomy.toml").write_text('name = "garden"\nversion = "1"\n')
    workspace = Workspace.open(folder / "workspace", create=True, encoder=encoder)
    assert workspace.taxonomy.import_from(Layout.TABLE, source).applied
    log = source / "log.csv"
    log.write_text(
        "verdict,text,skill\n" + "".join(f"{verdict},{text},{skill}\n" for verdict, text, skill in decisions)
    )
    assert workspace.matching.feedback.import_from(log, author="Ada").applied
    return workspace


def consistent() -> list[tuple[Verdict, str, str]]:
    meant = [(Verdict.ACCEPT, frame.format(word), skill) for skill, word in SLANG.items() for frame in FRAMES]
    wrong = [(Verdict.REJECT, frame.format(SLANG[one]), not_) for one, not_ in MISTAKEN.items() for frame in FRAMES[:4]]
    return meant + wrong


@pytest.fixture(scope="module")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, TuningReport, str]]:
    """The folder of a workspace in which a tuning is in force, its report, and the packaged encoder's id."""
    folder = tmp_path_factory.mktemp("tuned")
    heard: list[str] = []
    with garden(folder, consistent()) as workspace:
        packaged = workspace.snapshot().encoder_id
        report = workspace.matching.tune(steps=40, report=heard.append)
        assert workspace.snapshot().encoder_id == report.encoder
    assert any(line.startswith("step 40/40") for line in heard)
    yield folder / "workspace", report, packaged
    with Workspace.open(folder / "workspace") as workspace:
        workspace.matching.remove_tuning()


@pytest.mark.encoder
def test_tuning_helps_on_phrases_that_it_has_not_seen(tuned: tuple[Path, TuningReport, str]) -> None:
    folder, report, packaged = tuned
    assert report.status is TuningStatus.INSTALLED, report.reason
    before, after = report.held_out.before, report.held_out.after
    assert (
        before.texts
        == after.texts
        == sum(part_of(f.format(w)) is Part.HELD_OUT for w in SLANG.values() for f in FRAMES)
    )
    assert (before.right_first or 0) < 0.5 < 0.9 < (after.right_first or 0)
    assert (after.log_loss or 0) < (before.log_loss or 0)
    assert report.guard.after.right_first == report.guard.before.right_first == 1
    assert report.encoder != packaged
    with Workspace.open(folder) as workspace:
        versions = workspace.snapshot().versions
        assert (versions.encoder, versions.linker) == (report.encoder, report.linker)
        assert "+tuned." in versions.linker
        answer = workspace.link(["the dingbox team"], abstain=False)[0]
        assert answer.links[0].skill_id == "till"
        assert not answer.degraded
        (check,) = [check for check in workspace.health().checks if check.name == "encoder"]
        assert check.verdict is health.Verdict.OK
        assert check.seen.endswith(f"tuned on {len(consistent())} entries of feedback")


@pytest.mark.encoder
@pytest.mark.parametrize("name", ["delta.safetensors", "table.safetensors", "linker.json", "encoder.json"])
def test_a_damaged_one_answers_nothing_and_says_how_to_go_back(
    tuned: tuple[Path, TuningReport, str], tmp_path: Path, name: str
) -> None:
    folder, _, packaged = tuned
    copied = Path(shutil.copytree(folder, tmp_path / "copy"))
    (weights,) = [path for path in (copied / FOLDER).iterdir() if path.is_dir()]
    (weights / name).write_bytes((weights / name).read_bytes()[:-1] + b"!")
    with Workspace.open(copied) as workspace:
        with pytest.raises(ModelError) as caught:
            workspace.link(["the dingbox team"])
        assert name in caught.value.message
        assert "tune --remove" in caught.value.remedy
        assert not workspace.health().sound
        assert len(workspace.matching.feedback.all().lines) == len(consistent())
    # by hand what remove_tuning does, which would take the cached files that the other tests share
    shutil.rmtree(copied / FOLDER)
    with Workspace.open(copied) as workspace:
        assert workspace.snapshot().encoder_id == packaged


@pytest.mark.encoder
def test_feedback_at_random_puts_nothing_in_force(tmp_path: Path) -> None:
    draw = random.Random(3)
    texts = [frame.format(word) for word in SLANG.values() for frame in FRAMES]
    with garden(tmp_path, [(Verdict.ACCEPT, text, draw.choice(list(SKILLS))) for text in texts]) as workspace:
        before = workspace.snapshot().versions
        report = workspace.matching.tune(steps=20)
        assert report.status is TuningStatus.KEPT
        assert report.reason
        assert report.held_out.after.decisions
        assert workspace.snapshot().versions == before
    assert not (tmp_path / "workspace" / FOLDER).exists()


@pytest.mark.encoder
def test_stopping_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def stop(line: str) -> None:
        if line.startswith("reading"):
            raise KeyboardInterrupt

    with garden(tmp_path, consistent()) as workspace:
        before = workspace.snapshot().versions
        with pytest.raises(KeyboardInterrupt):
            workspace.matching.tune(steps=5, report=stop)
        assert workspace.snapshot().versions == before
    assert not (tmp_path / "workspace" / FOLDER).exists()


def test_too_little_feedback_says_how_much_more(tmp_path: Path) -> None:
    with garden(tmp_path, consistent()[:5], NgramEncoder()) as workspace:
        report = workspace.matching.tune()
        assert report.status is TuningStatus.INSUFFICIENT_DATA
        assert report.more_needed >= 15
        assert report.counts["usable"] == 5
        assert not report.held_out.after.decisions


def test_only_the_encoder_that_comes_with_skillmatch_is_tuned(tmp_path: Path) -> None:
    with garden(tmp_path, consistent(), NgramEncoder()) as workspace, pytest.raises(ConflictError) as caught:
        workspace.matching.tune()
    assert "SKILLMATCH_ENCODER" in caught.value.remedy


def test_without_a_taxonomy_there_is_nothing_to_tune(bare: Workspace) -> None:
    with pytest.raises(ConflictError):
        bare.matching.tune()
    assert bare.matching.remove_tuning().status is TuningStatus.NOTHING_TO_REMOVE
