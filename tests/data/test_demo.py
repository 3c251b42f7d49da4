"""The promises that data/demo/README.md makes about people, evidence and awards, and that all is generated."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

MADE = ("people", "evidence", "awards", "offerings")
KEPT_BY_HAND = ("credentials", "stacks", "roles", "names")
SCALES = {"0-5": (0, 5), "1-5": (1, 5), "1-4": (1, 4), "1-100": (1, 100), "onet-0-7": (0, 7)}


def _items(cell: str) -> list[str]:
    return [item for item in cell.split(" | ") if item]


def _over(cell: str, day: date) -> bool:
    return bool(cell) and date.fromisoformat(cell) <= day


def test_it_is_generated_byte_for_byte(demo: SimpleNamespace, tmp_path: Path) -> None:
    subprocess.run([sys.executable, demo.folder / "generate.py", tmp_path], check=True, cwd=tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(MADE)
    for name in MADE:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert made == (demo.folder / f"{name}.csv").read_bytes(), (
            f"run python data/demo/generate.py: {name}.csv differs"
        )


@pytest.mark.parametrize("name", [*MADE, *KEPT_BY_HAND])
def test_tables_are_plain(demo: SimpleNamespace, name: str) -> None:
    raw = (demo.folder / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    with (demo.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for cell in (cell for row in csv.reader(file) for cell in row):
            assert cell == " ".join(cell.split())
            assert not cell.startswith(("=", "+", "-", "@", "'"))


def test_the_organisation_is_as_promised(demo: SimpleNamespace) -> None:
    assert demo.plan["name"] == "Havenport Group"
    assert demo.as_of == date(2026, 12, 1)
    units = Counter(row["unit"] for row in demo.people.values())
    assert len(demo.people) >= 250
    assert len(units) == 16
    assert sorted(units.values())[0] == 3
    assert all(5 <= size <= 30 for size in sorted(units.values())[1:])
    assert len({row["name"] for row in demo.people.values()}) == len(demo.people)


def test_people_are_sound(demo: SimpleNamespace) -> None:
    for key, row in demo.people.items():
        assert row["role"] == "" or row["role"] in demo.roles, key
        languages = _items(row["languages"])
        assert len(set(languages)) == len(languages), key
        assert all(len(code) == 2 for code in languages), key
        assert row["hours_per_week"] == "" or 2 <= float(row["hours_per_week"]) <= 10, key
    spoken = Counter(code for row in demo.people.values() for code in _items(row["languages"]))
    assert len(spoken) >= 8
    assert 0.9 <= spoken["en"] / len(demo.people) < 1
    for column in ("role", "languages", "hours_per_week"):
        assert 1 <= sum(not row[column] for row in demo.people.values()) <= 15, column
    assert {row["role"] for row in demo.people.values()} >= set(demo.roles)


def test_evidence_is_sound(demo: SimpleNamespace) -> None:
    for row in demo.evidence:
        assert row["person"] in demo.people
        assert row["skill"] in demo.skills
        least, most = SCALES[row["scale"]]
        assert least <= float(row["level"]) <= most
        assert 0 < float(row["confidence"]) <= 1
        assert "2021-01-01" <= row["date"] <= demo.plan["records_until"].isoformat() <= demo.as_of.isoformat()
        assert row["expires"] == "" or row["date"] < row["expires"]
        assert row["note"]
    said = Counter((row["person"], row["skill"], row["source"], row["date"]) for row in demo.evidence)
    assert max(said.values()) == 1


def test_every_kind_of_evidence_is_there(demo: SimpleNamespace) -> None:
    sources = Counter(row["source"] for row in demo.evidence)
    assert set(sources) == {"assessment", "award", "manager", "peer", "self", "inferred"}
    assert min(sources.values()) >= 50
    scales = Counter(row["scale"] for row in demo.evidence)
    assert set(scales) == set(SCALES)
    assert scales["0-5"] > len(demo.evidence) / 2
    assert {row["date"][:4] for row in demo.evidence} == {"2021", "2022", "2023", "2024", "2025", "2026"}
    assert sum(_over(row["expires"], demo.as_of) for row in demo.evidence) >= 30
    assert all(float(row["confidence"]) < 0.7 for row in demo.evidence if row["source"] == "inferred")


def test_some_people_are_hardly_known(demo: SimpleNamespace) -> None:
    counted = Counter(row["person"] for row in demo.evidence)
    pieces = [counted[person] for person in demo.people]
    assert 20 <= sum(count <= 2 for count in pieces) <= 30
    assert sum(count == 0 for count in pieces) >= 3
    assert sum(6 <= count <= 20 for count in pieces) > 0.65 * len(pieces)
    assert max(pieces) <= 40


def test_known_people_are_known_for_their_own_job(demo: SimpleNamespace) -> None:
    """An electrician of whom a dozen things are known is known to work with electricity."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in demo.evidence:
        known[row["person"]].add(row["skill"])
    for person, row in demo.people.items():
        if row["role"] and len(known[person]) >= 6:
            needs = [need for need in demo.roles[row["role"]] if need["kind"] == "essential"]
            chief = [need["skill"] for need in needs if float(need["weight"]) >= 0.9]
            assert known[person] & set(chief), f"{person} ({row['role']})"
            own = {need["skill"] for need in demo.roles[row["role"]]}
            assert len(known[person] & own) >= 0.4 * len(known[person]) or len(known[person] & own) >= 5, person


def test_people_think_somewhat_better_of_themselves_than_tests_do(demo: SimpleNamespace) -> None:
    levels: dict[str, dict[tuple[str, str], float]] = {"self": {}, "assessment": {}, "manager": {}}
    for row in demo.evidence:
        least, most = SCALES[row["scale"]]
        low = 1 if row["scale"] in ("1-4", "1-5") else 0
        level = low + (float(row["level"]) - least) * (5 - low) / (most - least)
        if row["source"] in levels and row["date"] >= "2025" and row["note"] != "test after an incident":
            levels[row["source"]][row["person"], row["skill"]] = level
    for judge in ("assessment", "manager"):
        both = levels["self"].keys() & levels[judge].keys()
        assert len(both) >= 30
        assert 0.2 < sum(levels["self"][key] - levels[judge][key] for key in both) / len(both) < 0.9


def test_a_few_sources_plainly_disagree(demo: SimpleNamespace) -> None:
    proud = {(row["person"], row["skill"]) for row in demo.evidence if (row["source"], row["level"]) == ("self", "5")}
    poor = {(row["person"], row["skill"]) for row in demo.evidence if row["note"] == "test after an incident"}
    assert len(poor) == demo.plan["torn"]
    assert poor <= proud


def test_awards_are_sound(demo: SimpleNamespace) -> None:
    held: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in demo.awards:
        credential = demo.credentials[row["credential"]]
        assert row["person"] in demo.people
        assert row["state"] in ("held", "in_progress", "revoked")
        assert credential["valid_from"] <= row["issued"] <= demo.plan["records_until"].isoformat()
        assert not credential["valid_until"] or row["issued"] <= credential["valid_until"]
        assert bool(row["expires"]) == (bool(credential["validity_months"]) and row["state"] != "in_progress")
        assert row["expires"] == "" or row["issued"] < row["expires"]
        spoken = demo.people[row["person"]]["languages"]
        assert not spoken or credential["language"] in _items(spoken)
        assert row["credential"] not in held[row["person"]]
        held[row["person"]][row["credential"]] = row
    for person, own in held.items():
        for key, row in own.items():
            for before in _items(demo.credentials[key]["requires_credentials"]):
                assert own[before]["issued"] < row["issued"], f"{person} has {key} without {before}"


def test_awards_are_of_every_kind(demo: SimpleNamespace) -> None:
    states = Counter(row["state"] for row in demo.awards)
    assert states["held"] >= 200
    assert states["in_progress"] >= 10
    assert 2 <= states["revoked"] <= 15
    assert sum(_over(row["expires"], demo.as_of) for row in demo.awards) >= 10
    assert (
        sum(row["credential"] in {other["credential"] for other in demo.offerings.values()} for row in demo.awards) > 0
    )


def test_running_courses_run(demo: SimpleNamespace) -> None:
    cohorts = defaultdict(set)
    for row in demo.offerings.values():
        cohorts[row["credential"]].add((row["start"], row["end"]))
    for row in demo.awards:
        if row["state"] == "in_progress":
            runs = cohorts[row["credential"]]
            assert not runs or any(row["issued"] == start and end > row["issued"] for start, end in runs)
            weeks = int(demo.credentials[row["credential"]]["weeks"])
            assert date.fromisoformat(row["issued"]) + timedelta(weeks=weeks) > demo.plan["records_until"]


def test_some_are_ready_for_another_job(demo: SimpleNamespace) -> None:
    """For each planned move there are as many people seen at nearly all that the other job plainly needs."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in demo.evidence:
        if not _over(row["expires"], demo.as_of):
            seen[row["person"]].add(row["skill"])
    for move in demo.plan["ready"]:
        needs = {row["skill"] for row in demo.roles[move["to"]] if row["kind"] == "essential"}
        ready = [
            person
            for person, row in demo.people.items()
            if row["role"] == move["from"] and len(needs & seen[person]) >= 0.7 * len(needs)
        ]
        assert len(ready) == move["people"], move
    assert sum(move["people"] for move in demo.plan["ready"]) >= 10


def test_the_readme_counts_people_right(demo: SimpleNamespace) -> None:
    assert f"{len(demo.people)} employees" in demo.readme
    assert f"{len(demo.evidence):,} dated statements" in demo.readme
    assert f"{len(demo.awards)} badges" in demo.readme
