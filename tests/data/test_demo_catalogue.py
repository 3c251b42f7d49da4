"""The promises that data/demo/README.md makes about the catalogue, the cohorts and the roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from types import SimpleNamespace


def _items(cell: str) -> list[str]:
    return [item for item in cell.split(" | ") if item]


def _levels(cell: str) -> dict[str, float]:
    pairs = [item.split("@") for item in _items(cell)]
    levels = {skill: float(level) for skill, level in pairs}
    assert len(levels) == len(pairs), "a skill comes twice in one cell"
    return levels


def test_the_catalogue_is_as_large_as_promised(demo: SimpleNamespace) -> None:
    credentials = list(demo.credentials.values())
    assert len(credentials) >= 300
    assert len({row["issuer"] for row in credentials}) >= 12
    assert len({row["title"].casefold() for row in credentials}) == len(credentials)
    assert len(demo.stacks) >= 25
    assert 0.08 <= sum(not row["teaches"] for row in credentials) / len(credentials) <= 0.16
    assert (
        0.15
        <= sum(bool(row["requires_skills"] or row["requires_credentials"]) for row in credentials) / len(credentials)
        <= 0.4
    )


def test_every_credential_is_sound(demo: SimpleNamespace) -> None:
    for key, row in demo.credentials.items():
        assert row["description"].endswith((".", "?", "!")), key
        assert 4 <= float(row["hours"]) <= 120, key
        assert 1 <= float(row["hours"]) / int(row["weeks"]) <= 30, key
        assert 0 <= int(row["cost"]) <= 1800, key
        assert row["currency"] == "EUR", key
        assert row["mode"] in ("online", "onsite", "blended", "self-paced"), key
        assert row["assessment"] in ("exam", "project", "practical", "portfolio", "quiz", "none"), key
        assert row["quality_assurance"] in ("accredited", "peer-reviewed", "internal", ""), key
        assert row["eqf_level"] in ("", "2", "3", "4", "5", "6", "7"), key
        assert len(row["country"]) == 2, key
        assert row["validity_months"] == "" or 12 <= int(row["validity_months"]) <= 60, key
        first, last = row["valid_from"], row["valid_until"]
        assert first and (not last or date.fromisoformat(first) < date.fromisoformat(last)), key
        if not row["teaches"]:
            assert 1 <= int(row["level"]) <= 4, key


def test_what_credentials_name_is_there(demo: SimpleNamespace) -> None:
    for key, row in demo.credentials.items():
        taught, wanted = _levels(row["teaches"]), _levels(row["requires_skills"])
        assert demo.skills >= taught.keys() | wanted.keys(), key
        assert len(taught) <= 4, key
        assert all(level in (1, 2, 3, 4, 5) for level in [*taught.values(), *wanted.values()]), key
        assert all(taught.get(skill, 6) > level for skill, level in wanted.items()), f"{key} teaches what it asks for"
        assert all(other in demo.credentials for other in _items(row["requires_credentials"])), key


def test_no_credential_requires_itself_in_the_end(demo: SimpleNamespace) -> None:
    open_ones = {key: set(_items(row["requires_credentials"])) for key, row in demo.credentials.items()}
    while done := {key for key, others in open_ones.items() if not others}:
        open_ones = {key: others - done for key, others in open_ones.items() if key not in done}
    assert open_ones == {}


def test_the_catalogue_varies(demo: SimpleNamespace) -> None:
    rows = list(demo.credentials.values())
    languages = Counter(row["language"] for row in rows)
    assert set(languages) == {"en", "de", "fr", "es", "nl"}
    assert languages["en"] > 0.8 * len(rows)
    assert {row["mode"] for row in rows} == {"online", "onsite", "blended", "self-paced"}
    assert {"exam", "project", "practical", "portfolio", "quiz"} <= {row["assessment"] for row in rows}
    assert sum(bool(row["valid_until"]) and row["valid_until"] < demo.as_of.isoformat() for row in rows) >= 8
    assert sum(bool(row["validity_months"]) for row in rows) >= 50
    assert sum(row["cost"] == "0" for row in rows) >= 20


def test_ratings_can_mislead(demo: SimpleNamespace) -> None:
    rated = [(float(row["rating"]), int(row["rating_count"])) for row in demo.credentials.values() if row["rating"]]
    assert all(1 <= rating <= 5 and count >= 1 for rating, count in rated)
    assert all(bool(row["rating"]) == bool(row["rating_count"]) for row in demo.credentials.values())
    assert 3 <= sum(pair == (5.0, 3) for pair in rated) <= 8
    assert sum(rating >= 4 and count >= 1_000 for rating, count in rated) >= 10
    assert sum(rating < 3.5 for rating, _ in rated) >= 5
    assert 0.1 <= 1 - len(rated) / len(demo.credentials) <= 0.3


def test_skills_are_taught_by_rivals_and_in_steps(demo: SimpleNamespace) -> None:
    issuers, steps = defaultdict(set), defaultdict(set)
    for row in demo.credentials.values():
        for skill, level in _levels(row["teaches"]).items():
            issuers[skill].add(row["issuer"])
            steps[skill].add(level)
    assert sum(len(names) >= 2 for names in issuers.values()) >= 60
    assert sum(len(levels) >= 3 for levels in steps.values()) >= 25


def test_stacks_are_sound(demo: SimpleNamespace) -> None:
    for row in demo.stacks.values():
        members = _items(row["credentials"])
        assert 3 <= len(set(members)) == len(members) <= 6, row["id"]
        assert all(member in demo.credentials for member in members), row["id"]
        assert row["required"] == "" or 1 <= int(row["required"]) < len(members), row["id"]
        assert row["description"].endswith("."), row["id"]


def test_roles_are_sound(demo: SimpleNamespace) -> None:
    assert len(demo.roles) >= 30
    assert len({rows[0]["title"] for rows in demo.roles.values()}) == len(demo.roles)
    for role, rows in demo.roles.items():
        assert 8 <= len(rows) <= 14, role
        assert rows[0]["occupation"] in demo.occupations, role
        assert rows[0]["description"].endswith("."), role
        assert len({row["title"] for row in rows}) == 1, role
        assert len({row["skill"] for row in rows}) == len(rows), role
        assert sum(row["kind"] == "essential" for row in rows) >= 5, role
        for row in rows:
            assert row["skill"] in demo.skills, role
            assert float(row["level"]) in (1, 2, 3, 4, 5), role
            assert 0.1 <= float(row["weight"]) <= 1, role
            assert row["kind"] in ("essential", "optional"), role
            assert row["state"] in ("governed", "suggested"), role
    states = Counter(row["state"] for rows in demo.roles.values() for row in rows)
    assert states["governed"] > 4 * states["suggested"] > 0


def test_most_wanted_skills_are_taught_but_not_all(demo: SimpleNamespace) -> None:
    wanted = {row["skill"] for rows in demo.roles.values() for row in rows}
    taught = {skill for row in demo.credentials.values() for skill in _levels(row["teaches"])}
    assert 0.7 <= len(wanted & taught) / len(wanted) < 1


def test_cohorts_are_sound(demo: SimpleNamespace) -> None:
    for row in demo.offerings.values():
        credential = demo.credentials[row["credential"]]
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        assert start.weekday() == 0, row["id"]
        assert date(2026, 9, 1) <= start <= date(2027, 9, 30), row["id"]
        assert end - start == timedelta(weeks=int(credential["weeks"])), row["id"]
        assert row["seats"] == "0" or 6 <= int(row["seats"]) <= 30, row["id"]
        assert credential["mode"] != "self-paced", row["id"]
        assert not credential["valid_until"] or row["start"] <= credential["valid_until"], row["id"]


def test_cohorts_are_as_many_as_promised(demo: SimpleNamespace) -> None:
    starts: dict[str, list[str]] = defaultdict(list)
    for row in demo.offerings.values():
        starts[row["credential"]].append(row["start"])
    assert 0.4 <= len(starts) / len(demo.credentials) <= 0.5
    assert {len(days) for days in starts.values()} == {1, 2, 3, 4}
    assert all(len(set(days)) == len(days) for days in starts.values())
    assert sum(row["seats"] == "0" for row in demo.offerings.values()) >= 10
    assert sum(max(days) < demo.as_of.isoformat() for days in starts.values()) >= 5


def test_the_readme_counts_the_catalogue_right(demo: SimpleNamespace) -> None:
    issuers = len({row["issuer"] for row in demo.credentials.values()})
    assert f"{len(demo.credentials)} micro-credentials of {issuers} providers" in demo.readme
    assert f"{len(demo.stacks)} stacks" in demo.readme
    assert f"{len(demo.roles)} jobs" in demo.readme
    assert (
        f"{len(demo.offerings)} cohorts of {len({row['credential'] for row in demo.offerings.values()})} credentials"
        in demo.readme
    )
