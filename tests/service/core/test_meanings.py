"""Vectors of whole texts are made once; no question waits for whoever is writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.core import meanings
from skillmatch.service.core.meanings import Meanings
from skillmatch.service.imports import imports
from skillmatch.service.workspace import Workspace
from skillmatch.store import Store

TEXTS = ["Wound care\nDressing wounds", "Care of wounds", "Bookkeeping"]


class Counting(NgramEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Any = None) -> Any:
        self.encoded += texts
        return super().encode(texts, progress)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, create=True) as opened:
        yield opened


def test_a_text_is_encoded_once_even_by_the_next_program(store: Store, folder: Path) -> None:
    encoder = Counting()
    read = Meanings(store, encoder)
    assert read(TEXTS[:2]).shape == (2, encoder.dim)
    assert (read(TEXTS) == NgramEncoder().encode(TEXTS)).all()
    assert encoder.encoded == TEXTS
    with Store.open(folder) as again:
        later = Counting()
        assert (Meanings(again, later)(TEXTS) == read(TEXTS)).all()
        assert later.encoded == []


def test_nothing_waits_for_somebody_who_writes_and_what_was_read_is_put_down_later(store: Store, folder: Path) -> None:
    read = Meanings(store, Counting())
    with Store.open(folder, wait=30.0) as other, other.writing() as change:
        change.put_setting("import", "goes on")
        assert np.isfinite(read(TEXTS[:2])).all()
    read(TEXTS)
    with Store.open(folder) as again:
        later = Counting()
        Meanings(again, later)(TEXTS)
        assert later.encoded == []


def test_a_writer_who_says_how_long_waits_no_longer_and_the_next_one_as_ever(store: Store, folder: Path) -> None:
    with Store.open(folder) as other, other.writing() as change:
        change.put_setting("import", "goes on")
        with pytest.raises(WorkspaceError) as refused, store.writing(wait=0.0):
            pass
        assert refused.value.code == "workspace_locked"
    with store.writing() as change:
        change.put_setting("mine", 1)
        connection = change._connection
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_courses_are_read_when_they_are_imported(
    folder: Path, tmp_path: Path, taxonomy_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first question about a role reads the role alone."""
    encoder = Counting()
    monkeypatch.setattr("skillmatch.service.core.context.meanings_for", lambda store, _: Meanings(store, encoder))
    path = tmp_path / "c.csv"
    path.write_text("id,title,teaches,description\nC1,Wounds,Wound care@3,How to dress a wound\n")
    told: list[str] = []
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        workspace.taxonomy.import_from(imports.Layout.TABLE, taxonomy_folder)
        workspace.catalogue.import_from(path, progress=lambda stage, *_: told.append(stage))
        assert encoder.encoded == ["Wounds", "Wounds\nHow to dress a wound"]
        assert "reading courses as a whole" in told
        encoder.encoded.clear()
        assert workspace.snapshot().shelf is not None
        assert encoder.encoded == []


def test_only_encoders_that_the_fit_was_set_for_read(store: Store) -> None:
    assert meanings.meanings_for(store, NgramEncoder()) is None
