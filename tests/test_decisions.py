"""The list of decisions names every one of them, as its file does, with a state."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
LINE = re.compile(r"\| \[(\d+)\]\((\S+)\) \| (.+) \| (.+) \|")
STATE = re.compile(r"(in force|replaced by|withdrawn)")
ELSEWHERE = re.compile(r"\[(\d+)\]\((\S+?)\)")


def listed() -> list[tuple[int, str, str, str]]:
    found = [LINE.fullmatch(line) for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()]
    return [(int(line[1]), line[2], line[3], line[4]) for line in found if line]


def test_every_decision_is_listed_once_in_order() -> None:
    assert [name for _, name, _, _ in listed()] == sorted(path.name for path in FOLDER.glob("[0-9]*.md"))


def test_number_and_title_are_those_of_the_file() -> None:
    for number, name, title, _ in listed():
        head = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]
        assert re.fullmatch(rf"# 0*{number}\.? +{re.escape(title)}", head), name
        assert name.startswith(f"{number:04}-")


def test_a_state_says_what_holds_instead() -> None:
    known = {number: name for number, name, _, _ in listed()}
    for number, _, _, state in listed():
        assert STATE.match(state), (number, state)
        named = [(int(other), name) for other, name in ELSEWHERE.findall(state)]
        assert all(known.get(other) == name and other > number for other, name in named), (number, state)
        assert named or not state.startswith("replaced"), number
