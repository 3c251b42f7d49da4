"""Copies of our notebooks: new ones arrive, untouched ones follow ours, and nobody's work is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.service.operations.notebooks import LEDGER, CopyState, copy_notebooks, our_notebooks

FIRST = "01-first-look.ipynb"


def test_the_first_time_all_are_new_and_the_second_time_none(tmp_path: Path) -> None:
    names = tuple(path.name for path in our_notebooks())
    assert FIRST in names

    assert copy_notebooks(tmp_path / "mine").named(CopyState.NEW) == names
    again = copy_notebooks(tmp_path / "mine")

    assert again.named(CopyState.UNCHANGED) == names
    assert (tmp_path / "mine" / FIRST).read_bytes() == our_notebooks()[names.index(FIRST)].read_bytes()
    assert again.headline() == f"{len(names)} notebooks in {tmp_path / 'mine'} ({len(names)} unchanged)"


def test_what_somebody_changed_is_theirs(tmp_path: Path) -> None:
    copy_notebooks(tmp_path)
    (tmp_path / FIRST).write_text("mine")

    found = copy_notebooks(tmp_path)

    assert found.named(CopyState.YOURS) == (FIRST,)
    assert (tmp_path / FIRST).read_text() == "mine"


def test_an_untouched_copy_of_an_older_version_follows_ours(tmp_path: Path) -> None:
    _as_of_an_older_version(tmp_path)

    assert copy_notebooks(tmp_path).named(CopyState.UPDATED) == (FIRST,)
    assert "older" not in (tmp_path / FIRST).read_text()
    assert copy_notebooks(tmp_path).named(CopyState.UPDATED) == ()


def test_a_changed_copy_of_an_older_version_stays_and_is_told_of(tmp_path: Path) -> None:
    _as_of_an_older_version(tmp_path)
    (tmp_path / FIRST).write_text("mine")

    for _ in range(2):
        assert copy_notebooks(tmp_path).named(CopyState.OUTDATED) == (FIRST,)
        assert (tmp_path / FIRST).read_text() == "mine"


def test_a_deleted_copy_comes_back_and_other_files_stay(tmp_path: Path) -> None:
    copy_notebooks(tmp_path)
    (tmp_path / FIRST).unlink()
    (tmp_path / "99-my-own.ipynb").write_text("mine")

    assert copy_notebooks(tmp_path).named(CopyState.NEW) == (FIRST,)
    assert (tmp_path / "99-my-own.ipynb").read_text() == "mine"


@pytest.mark.parametrize("spoilt", ["", "[]", "{", "null"])
def test_with_a_spoilt_ledger_everything_there_is_theirs(tmp_path: Path, spoilt: str) -> None:
    copy_notebooks(tmp_path)
    (tmp_path / LEDGER).write_text(spoilt)
    (tmp_path / FIRST).write_text("mine")

    assert copy_notebooks(tmp_path).named(CopyState.OUTDATED) == (FIRST,)
    assert (tmp_path / FIRST).read_text() == "mine"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file") as error:
        copy_notebooks(tmp_path / "file")
    assert error.value.place.field == "folder"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        copy_notebooks(tmp_path / "file" / "mine")


def _as_of_an_older_version(folder: Path) -> None:
    """What an older skillmatch left there: its own text, and the ledger that says so."""
    from hashlib import sha256

    copy_notebooks(folder)
    ours = (folder / FIRST).read_text()
    (folder / FIRST).write_text("older")
    ledger = (folder / LEDGER).read_text()
    former, older = (sha256(text.encode()).hexdigest() for text in (ours, "older"))
    assert former in ledger
    (folder / LEDGER).write_text(ledger.replace(former, older))
