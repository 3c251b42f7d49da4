"""Bundles: the same tables from a folder or a zip, and nothing ever outside."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.files.bundle import open_bundle

FILES = {"esco/skills_en.csv": b"id,label\n1,Python\n", "esco/deep/Relations.csv": b"a,b\n1,2\n", "readme.md": b"hello"}


@pytest.fixture(params=["folder", "zip"])
def bundle_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "zip":
        path = tmp_path / "bundle.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("esco")
            for name, content in {**FILES, "__MACOSX/._skills_en.csv": b"junk", ".hidden": b"x"}.items():
                archive.writestr(name, content)
        return path
    for name, content in {**FILES, ".hidden": b"x"}.items():
        target = tmp_path / "bundle" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / "bundle"


def test_a_bundle_names_finds_and_reads_its_tables(bundle_path: Path) -> None:
    with open_bundle(bundle_path) as bundle:
        assert bundle.name == bundle_path.name
        assert bundle.names() == ("esco/deep/Relations.csv", "esco/skills_en.csv", "readme.md")
        assert bundle.find("skills.csv", "SKILLS_EN.csv") == "esco/skills_en.csv"
        assert bundle.find("relations.csv") == "esco/deep/Relations.csv"
        assert bundle.find("occupations.csv") is None
        table = bundle.table("esco/skills_en.csv")
        assert table.file == "esco/skills_en.csv"
        assert [row.cells for row in table] == [{"id": "1", "label": "Python"}] == [row.cells for row in table]
        with pytest.raises(NotFoundError, match=r"other\.csv"):
            bundle.table("other.csv")


def test_the_error_of_a_table_in_a_bundle_names_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("in/skills.csv", "id,label\n1\n")
    with open_bundle(tmp_path / "b.zip") as bundle, pytest.raises(InputError, match=r"^in/skills\.csv, line 2: has 1"):
        list(bundle.table("in/skills.csv"))


def test_two_files_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "skills.csv").write_text("id\n")
    with open_bundle(tmp_path) as bundle, pytest.raises(InputError, match=r"holds 'new/skills\.csv' and 'old/skills"):
        bundle.find("skills.csv")


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("skills.csv", "id\n1\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with open_bundle(tmp_path / "b.zip") as bundle:
        assert list(scratch.iterdir()) == []  # nothing is unpacked before it is asked for
        unpacked = bundle.path("skills.csv")
        assert unpacked.is_relative_to(scratch)
        assert (unpacked.parent.stat().st_mode & 0o077) == 0
    assert list(scratch.iterdir()) == []


def test_what_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "plain.zip").write_text("hello")
    (tmp_path / "a.rar").write_bytes(b"Rar!")
    for name, words in [("none", "neither a folder"), ("plain.zip", "not a zip"), ("a.rar", "not a zip")]:
        with pytest.raises(InputError, match=words):
            open_bundle(tmp_path / name)


ESCAPES = [
    "../up.csv",
    "a/../../up.csv",
    "a/..",
    "/etc/passwd",
    "//host/share/x.csv",
    "C:/x.csv",
    "C:x.csv",
    "c:\\x.csv",
    "..\\up.csv",
    "a\\..\\..\\up.csv",
    "\\\\host\\x.csv",
    "\\x.csv",
    "a\nb.csv",
    "x\x1b[2J.csv",
]


@pytest.mark.parametrize("name", ESCAPES)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("skills.csv", "id\n")
        archive.writestr(name, "id\n")
    with pytest.raises(InputError, match="names a place outside"):
        open_bundle(path)


def test_a_link_in_a_zip_is_just_text_and_a_link_in_a_folder_stays_inside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("password\nhunter2\n")
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(link, str(secret))
    with open_bundle(tmp_path / "b.zip") as bundle:
        assert bundle.table("link.csv").header == (str(secret),)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.csv").symlink_to(secret)
    assert open_bundle(folder).names() == ()


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills.csv", "id\n" + "x" * 3_000_000)
    with pytest.raises(InputError, match="more than 100 times"):
        open_bundle(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1_100):
            archive.writestr(f"{number}.csv", b"x" * 1_000_000)
    with pytest.raises(InputError, match="unpacks to 1,100,000,000 bytes"):
        open_bundle(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.csv", b"")
    with pytest.raises(InputError, match="holds 10,001 files"):
        open_bundle(path)


def test_a_zip_that_understates_its_sizes_is_refused_when_read(tmp_path: Path) -> None:
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills.csv", b"id\n" + b"x" * 5_000_000)
    content = bytearray(path.read_bytes())
    start = content.find(b"PK\x01\x02")
    content[start + 24 : start + 28] = (10).to_bytes(4, "little")  # the unpacked size it declares
    path.write_bytes(content)
    with open_bundle(path) as bundle, pytest.raises(InputError, match="cannot be unpacked"):
        bundle.table("skills.csv")


def test_a_zip_with_one_name_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.csv", "id\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", "other\n")
    with pytest.raises(InputError, match=r"holds 'a\.csv' twice"):
        open_bundle(tmp_path / "b.zip")
