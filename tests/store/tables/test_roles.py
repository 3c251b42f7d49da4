from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState, Role
from skillmatch.store import Kind, Store, Upserted

BAKER = Role(
    "hr/baker",
    "Baker",
    "Bakes.",
    "http://example.org/occupation/baker",
    (
        Requirement("bake", 4, 3, RequirementKind.ESSENTIAL, RequirementState.GOVERNED),
        Requirement("sell", 2, 0.5, RequirementKind.OPTIONAL, RequirementState.SUGGESTED),
    ),
)
IDLER = Role("hr/idler", "Idler")


def test_roles_come_back_equal_and_in_order(store: Store) -> None:
    with store.writing() as change:
        assert change.put_roles([IDLER, BAKER]) == Upserted(2, 0, 0)
    with store.reading() as view:
        assert list(view.roles().items()) == [("hr/baker", BAKER), ("hr/idler", IDLER)]
        assert view.role("hr/baker") == BAKER
        assert view.find_ids(Kind.ROLE, "baker") == ["hr/baker"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(BAKER, title="Master baker"),
        replace(BAKER, description=""),
        replace(BAKER, occupation_id=None),
        replace(BAKER, requirements=BAKER.requirements[:1]),
        replace(BAKER, requirements=(replace(BAKER.requirements[0], weight=2), BAKER.requirements[1])),
    ],
)
def test_putting_replaces_what_differs(store: Store, changed: Role) -> None:
    with store.writing() as change:
        change.put_roles([BAKER, IDLER])
        assert change.put_roles([changed, IDLER]) == Upserted(0, 1, 1)
        assert change.role("hr/baker") == changed
        assert change.put_roles([changed]) == Upserted(0, 0, 1)


def test_an_unknown_role_suggests_the_same_id_from_another_source(store: Store) -> None:
    with store.writing() as change:
        change.put_roles([BAKER])
    with store.reading() as view:
        for name in ("ats/baker", "baker"):
            with pytest.raises(NotFoundError) as caught:
                view.role(name)
            assert caught.value.suggestions == ("hr/baker",)


def test_a_removed_role_is_gone(store: Store) -> None:
    with store.writing() as change:
        change.put_roles([BAKER, IDLER])
        change.remove(Kind.ROLE, "hr/baker")
        assert list(change.roles()) == ["hr/idler"]
