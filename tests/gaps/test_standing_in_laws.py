"""What holds for skills that stand in for others, whatever the taxonomy looks like."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.attainment import Profile
from skillmatch.domain.people.gap import Gap, GapState, Kin
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.gaps import Kinship
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.standing_in import stand_in

AS_OF = date(2026, 3, 2)
IDS = [f"s{n}" for n in range(8)]
VERSIONS = Versions("1", "1", "1", "1", "1")


@st.composite
def kinships(draw: st.DrawFn) -> Kinship:
    """Eight skills, each below at most two before it, some related, and work that asks for several of them."""
    skills = {}
    for n, skill_id in enumerate(IDS):
        above = draw(st.lists(st.sampled_from(IDS[:n]), max_size=2, unique=True)) if n else []
        skills[skill_id] = Skill(skill_id, skill_id, type=draw(st.sampled_from(SkillType)), broader=tuple(above))
    work = draw(st.lists(st.lists(st.sampled_from(IDS), max_size=4, unique=True), max_size=8))
    pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
    return Kinship(skills, work, draw(st.lists(pairs, max_size=3)), {"old": draw(st.sampled_from(IDS))})


levels = st.dictionaries(st.sampled_from([*IDS, "old"]), st.floats(0, 5), max_size=6)
roles = st.lists(
    st.builds(Requirement, skill_id=st.sampled_from(IDS), level=st.floats(0.1, 5)),
    min_size=1,
    max_size=3,
    unique_by=lambda need: need.skill_id,
).map(lambda needs: Role("r", "R", requirements=tuple(needs)))


def profile_of(known: dict[str, float]) -> Profile:
    said = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, AS_OF) for skill, level in known.items())
    return build_profile(Person("p", "P", evidence=said), Catalogue.of(()), AS_OF)


def gap_of(known: dict[str, float], role: Role, kinship: Kinship) -> Gap:
    return find_gap(stand_in(profile_of(known), role, kinship), role, {}, VERSIONS)


@given(kinships(), levels, roles, st.data())
def test_raising_a_level_never_lowers_what_it_stands_in_for(kinship, known, role, data):
    if not known:
        return
    raised = data.draw(st.sampled_from(sorted(known)))
    better = known | {raised: data.draw(st.floats(known[raised], 5))}
    before, after = gap_of(known, role, kinship), gap_of(better, role, kinship)
    now = {item.requirement.skill_id: item for item in after.items}
    for item in before.items:
        assert (now[item.requirement.skill_id].attained or 0.0) >= (item.attained or 0.0) - 2e-6
    assert after.coverage >= before.coverage - 2e-6


@given(kinships(), levels, roles)
def test_what_only_explains_never_meets(kinship, known, role):
    for item in gap_of(known, role, kinship).items:
        if item.through is not None and item.through.transfer < 1:
            assert item.state is GapState.PARTIAL
            assert item.question is not None
        if item.through is not None and item.through.kin in (Kin.NEIGHBOUR, Kin.BROADER):
            assert item.through.transfer < 1


@given(kinships(), levels, roles)
def test_own_evidence_is_never_lowered_and_nothing_else_is_touched(kinship, known, role):
    plain = profile_of(known)
    stood = stand_in(plain, role, kinship)
    asked = {need.skill_id for need in role.requirements}
    for skill_id, found in plain.attainments.items():
        assert stood.attainments[skill_id].level >= found.level
        assert skill_id in asked or stood.attainments[skill_id] is found
    assert stood.attainments.keys() - plain.attainments.keys() <= asked


@given(kinships(), levels, roles, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_known_changes_nothing(kinship, known, role, random):
    shuffled = dict(random.sample(sorted(known.items()), len(known)))
    assert gap_of(shuffled, role, kinship).to_json() == gap_of(known, role, kinship).to_json()
