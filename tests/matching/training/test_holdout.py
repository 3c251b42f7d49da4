"""What training never sees is really gone, and is the same for training and benchmark."""

from pathlib import Path

import pytest

from skillmatch.matching.training.holdout import hold_out
from skillmatch.matching.training.sources import read_sources
from skillmatch.taxonomy.esco import read_esco


def test_held_skills_keep_their_label_and_lose_every_alias(data: Path) -> None:
    full = read_esco(data / "esco-1.1.1").taxonomy
    held = hold_out(full)
    assert len(held.skills) == 1  # a tenth of ten
    for key in held.skills:
        assert full.skills[key].aliases
        assert held.left.skills[key].aliases == ()
        assert held.left.skills[key].label == full.skills[key].label
    others = full.skills.keys() - held.skills
    assert all(held.left.skills[key] == full.skills[key] for key in others)


def test_the_draw_is_the_same_every_time_and_another_for_another_seed(data: Path) -> None:
    full = read_esco(data / "esco-1.1.1").taxonomy
    assert hold_out(full) == hold_out(full)
    assert len({hold_out(full, seed=seed).skills for seed in range(20)}) > 1


@pytest.mark.shared
def test_held_occupations_lose_their_links_only(shared_data: Path) -> None:
    full = read_esco(shared_data / "esco-1.1.1").taxonomy
    held = hold_out(full)
    assert len(held.occupations) > 250
    for key in held.occupations:
        assert held.left.occupations[key].requirements == ()
        assert held.left.occupations[key].aliases == full.occupations[key].aliases


def test_training_reads_what_is_left(data: Path) -> None:
    held = hold_out(read_esco(data / "esco-1.1.1").taxonomy)
    assert read_sources(data).held == held
