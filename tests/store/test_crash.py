"""A writer is killed without warning, again and again: what it said was kept is there, and nothing by halves."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skillmatch.store import Kind, Store

WRITER = Path(__file__).with_name("crash_writer.py")


def kept_batches(folder: Path) -> int:
    """How many batches the workspace holds, each of them whole."""
    with Store.open(folder, create=True) as store, store.reading() as view:
        assert store.integrity_check() == []
        last = int(view.setting("last", 0))
        assert view.revision() == view.snapshot_revision() == last
        assert view.units() == {f"batch {batch}": 5 for batch in range(1, last + 1)}
        counts = view.counts()
        assert counts[Kind.CREDENTIAL] == counts[Kind.OFFERING] == last
        if last:
            people = list(view.people(units=[f"batch {last}"]))
            assert [len(person.evidence) for person in people] == [10] * 5
            course = view.catalogue().credentials[f"own/{last}"]
            assert [offering.seats for offering in course.offerings] == [last]
            assert [record.content_hash for record in view.taxonomies()] == [str(last)]
            assert [skill.label for skill in view.skills("all", "1").values()] == [f"batch {last}"] * 1_000
            for batch in (last, last - 1):
                keys = [hashlib.sha256(f"{batch} {number}".encode()).digest() for number in range(500)]
                found = view.get_vectors("mini", keys, 64)
                assert found.missing.size == (0 if batch == last else 500)
                assert (found.array == (batch if batch == last else 0)).all()
        return last


def kill_once(folder: Path, child: Callable[..., object], delay: float) -> None:
    before = kept_batches(folder) if (folder / "workspace.db").exists() else 0
    writer = child(folder, WRITER)
    assert writer.stdout.readline() == "ready\n"
    time.sleep(delay)
    writer.kill()
    output, errors = writer.communicate()
    assert errors == ""
    told = [int(line) for line in output.splitlines(keepends=True) if line.endswith("\n")]
    acknowledged = told[-1] if told else before
    # One batch more than was told may be kept: the kill came between the commit and the telling.
    assert kept_batches(folder) in (acknowledged, acknowledged + 1)


@pytest.mark.parametrize("points", [6, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(1_200)])])
def test_killing_the_writer_loses_nothing_and_leaves_nothing_by_halves(
    tmp_path: Path, child: Callable[..., object], points: int
) -> None:
    chance = random.Random(points)
    for point in range(points):
        young = point % 4 == 0  # a new workspace, killed while it is made or right after
        folder = tmp_path / (f"young {point}" if young else "old")
        kill_once(folder, child, chance.uniform(0, 0.15 if young else 0.6))
    assert kept_batches(tmp_path / "old") >= points // 4, "most kills must have come while batches were written"
