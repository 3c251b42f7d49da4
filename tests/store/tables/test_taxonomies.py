from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.roles.role import Occupation, Requirement, RequirementKind, RequirementState
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.store import Change, OccupationRecord, Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

BAKERY = Taxonomy.of(
    "bakery",
    "1",
    [
        Skill("food", "Food", type=SkillType.KNOWLEDGE),
        Skill("bread", "Bake bread", ("baking", "Brot “backen” 🍞"), "Flour, water.", broader=("food",), field="ovens"),
        Skill("smile", "Smile", type=SkillType.TRANSVERSAL, deprecated=True),
    ],
    [
        SkillRelation("bread", RelationKind.ESSENTIAL, "food"),
        SkillRelation("bread", RelationKind.OPTIONAL, "smile"),
        SkillRelation("smile", RelationKind.RELATED, "food"),
    ],
    [
        Occupation(
            "baker",
            "Baker",
            ("bread maker",),
            "Bakes.",
            "7512",
            (
                Requirement("smile", 2, 0.5, RequirementKind.OPTIONAL, RequirementState.SUGGESTED),
                Requirement("bread", 4),
            ),
        ),
        Occupation("idler", "Idler"),
    ],
)
LATER = Taxonomy.of("bakery", "1", [Skill("cake", "Bake cake")])


def put(change: Change, taxonomy: Taxonomy = BAKERY, content_hash: str = "a", at: datetime = NOW) -> bool:
    return change.put_taxonomy(taxonomy, content_hash=content_hash, imported_at=at, source="bakery.zip")


def test_what_is_put_comes_back_equal_in_every_part(store: Store) -> None:
    with store.writing() as change:
        assert put(change)
    with store.reading() as view:
        stored = view.taxonomy("bakery", "1")
        assert stored == BAKERY
        assert list(stored.skills) == list(BAKERY.skills)
        assert view.skills("bakery", "1") == BAKERY.skills
        assert view.occupations("bakery", "1") == [
            OccupationRecord("baker", "Baker", ("bread maker",)),
            OccupationRecord("idler", "Idler", ()),
        ]
        for occupation in BAKERY.occupations.values():
            assert view.occupation("bakery", "1", occupation.id) == occupation


def test_the_record_says_what_is_stored(store: Store) -> None:
    with store.writing() as change:
        put(change, at=datetime(2026, 3, 1, 14, 0, tzinfo=timezone(timedelta(hours=2))))
    with store.reading() as view:
        (record,) = view.taxonomies()
    assert (record.name, record.version, record.content_hash, record.source) == ("bakery", "1", "a", "bakery.zip")
    assert (record.skills, record.occupations, record.active) == (3, 2, False)
    assert record.imported_at == NOW and record.imported_at.utcoffset() == timedelta(0)


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    with store.writing() as change:
        put(change)
    with store.writing() as change:
        assert not put(change, at=NOW + timedelta(days=1))
    with store.reading() as view:
        assert view.revision() == 1
        assert view.taxonomies()[0].imported_at == NOW


def test_other_content_replaces_all_of_the_same_version_and_nothing_else(store: Store) -> None:
    other = Taxonomy.of("bakery", "2", BAKERY.skills.values(), BAKERY.relations, BAKERY.occupations.values())
    with store.writing() as change:
        put(change)
        put(change, other)
        change.activate_taxonomy("bakery", "1")
    with store.writing() as change:
        assert put(change, LATER, "b")
    with store.reading() as view:
        assert view.taxonomy("bakery", "1") == LATER
        assert view.taxonomy("bakery", "2") == other
        active = view.active_taxonomy()
        assert active is not None and (active.version, active.content_hash) == ("1", "b")


def test_a_failed_replacement_leaves_the_old_version_whole(store: Store) -> None:
    cake = Skill("cake", "Bake cake")
    object.__setattr__(cake, "field", "\ud800")  # no constructor lets this through
    broken = Taxonomy("bakery", "1", {"cake": cake})
    with store.writing() as change:
        put(change)
    with pytest.raises(InputError) as caught, store.writing() as change:
        put(change, broken, "b")
    assert caught.value.place.field == "field"
    with store.reading() as view:
        assert view.taxonomy("bakery", "1") == BAKERY


def test_exactly_one_version_is_active(store: Store) -> None:
    with store.reading() as view:
        assert view.active_taxonomy() is None
    with store.writing() as change:
        for version in ("1", "2", "3"):
            put(change, Taxonomy.of("bakery", version, LATER.skills.values()))
    for version in ("2", "3", "3"):
        with store.writing() as change:
            change.activate_taxonomy("bakery", version)
        with store.reading() as view:
            assert [record.version for record in view.taxonomies() if record.active] == [version]
    with store.reading() as view:
        assert view.revision() == 3, "activating the active one is no change"
    with store.writing() as change:
        change.remove_taxonomy("bakery", "3")
    with store.reading() as view:
        assert view.active_taxonomy() is None
        assert [record.version for record in view.taxonomies()] == ["1", "2"]


def test_an_unknown_version_names_those_that_exist(store: Store) -> None:
    with store.writing() as change:
        put(change)
        for act in (change.activate_taxonomy, change.remove_taxonomy, change.taxonomy, change.skills):
            with pytest.raises(NotFoundError) as caught:
                act("bakery", "9")
            assert caught.value.suggestions == ("bakery@1",)
        with pytest.raises(NotFoundError, match="occupation"):
            change.occupation("bakery", "1", "butcher")


def test_removing_takes_every_row(store: Store) -> None:
    with store.writing() as change:
        put(change)
        change.remove_taxonomy("bakery", "1")
        put(change, LATER)
        assert change.taxonomy("bakery", "1") == LATER


def test_a_day_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="time zone"), store.writing() as change:
        put(change, at=datetime(2026, 3, 1))
