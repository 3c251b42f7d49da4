"""What the commands that open notebooks refuse, before anything is started, and what they hand on."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from skillmatch.cli import jupyter
from skillmatch.domain.base.errors import InputError


@pytest.mark.parametrize("command", ["lab", "dashboard"])
def test_without_a_workspace_it_says_what_to_do(cli, command: str):
    ended = cli(command, "--no-browser", "--json")
    assert ended.code == 2
    assert ended.error["code"] == "workspace_missing"
    assert "skillmatch demo" in ended.error["remedy"]


@pytest.mark.parametrize("command", ["lab", "dashboard"])
def test_a_port_that_is_taken_or_is_none(filled, command: str):
    with socket.create_server(("127.0.0.1", 0)) as other:
        ended = filled(command, "--no-browser", "--json", "--port", str(other.getsockname()[1]))
    assert (ended.code, ended.error["field"]) == (2, "port")
    assert "0 takes a free one" in ended.error["remedy"]
    assert filled(command, "--json", "--port", "70000").error["message"] == "is 70000."


def test_a_page_that_is_no_notebook(filled, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("x")
    for name in ("notes.txt", "absent.ipynb"):
        ended = filled("dashboard", tmp_path / name, "--json")
        assert (ended.code, ended.error["field"]) == (2, "notebook")


def test_a_file_in_the_place_of_the_folder(filled, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("x")
    ended = filled("lab", "--folder", tmp_path / "notes.txt", "--port", "0", "--json")
    assert (ended.code, ended.error["field"]) == (2, "folder")


def test_a_missing_extra_is_told_with_the_line_that_installs_it():
    with pytest.raises(jupyter.MissingExtraError) as error:
        jupyter.need("json", "a_module_that_nobody_has")
    assert error.value.message == "a_module_that_nobody_has is not installed."
    assert error.value.remedy.endswith("pip install 'skillmatch[notebook]'")
    jupyter.need("json")


def test_the_token_is_new_each_time_unless_one_is_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("JUPYTER_TOKEN", raising=False)
    first, second = (jupyter.Listening.at("127.0.0.1", 0) for _ in range(2))
    assert len(first.token) >= 32
    assert first.token != second.token
    monkeypatch.setenv("JUPYTER_TOKEN", "mine")
    assert jupyter.Listening.at("127.0.0.1", 0).url("/lab").endswith("/lab?token=mine")


@pytest.mark.parametrize(
    ("ip", "local"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("box", False)],
)
def test_what_other_machines_can_reach(ip: str, local: bool):
    assert jupyter.Listening(ip, 1, "t").local is local


def test_an_address_that_is_not_ours():
    with pytest.raises(InputError, match="cannot listen on 203"):
        jupyter.Listening.at("203.0.113.1", 0)


def test_the_surroundings_name_the_workspace_and_put_ours_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("JUPYTER_PATH", "/theirs")
    monkeypatch.setenv("SKILLMATCH_NAMES", "yes")
    given = jupyter.surroundings(tmp_path, Path("/ours"), jupyter.Listening("::1", 1, "t"), names=False)
    assert given["SKILLMATCH_WORKSPACE"] == str(tmp_path)
    assert given["SKILLMATCH_NAMES"] == "no"
    assert given["JUPYTER_PATH"] == os.pathsep.join(["/ours", "/theirs"])
    assert given["JUPYTER_TOKEN"] == "t"
    assert jupyter.Listening("::1", 1, "t").url("/") == "http://[::1]:1/?token=t"
