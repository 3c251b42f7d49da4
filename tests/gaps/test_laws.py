"""What holds for every person and role."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile

AS_OF = date(2026, 3, 2)
SKILLS = ["sql", "git", "law", "art"]

levels = st.floats(0, 5) | st.sampled_from([0.0, 1.0, 2.0, 2.75, 3.0, 5.0])
days = st.integers(-30, 4_000).map(lambda age: AS_OF - timedelta(days=age))
evidence = st.builds(
    Evidence,
    skill_id=st.sampled_from(SKILLS),
    level=levels,
    source=st.sampled_from(EvidenceSource),
    on=days,
    confidence=st.floats(0, 1),
)
awards = st.builds(
    Award, credential_id=st.sampled_from(["own/0", "own/1", "own/2"]), state=st.sampled_from(AwardState), issued=days
)
people = st.builds(
    Person,
    id=st.just("hr/p"),
    name=st.just("P"),
    evidence=st.lists(evidence, max_size=8).map(tuple),
    awards=st.lists(awards, max_size=4).map(tuple),
)
outcomes = st.builds(
    Outcome, skill_id=st.sampled_from(SKILLS), level=st.floats(0.1, 5), probability=st.sampled_from([0.3, 0.8, 1.0])
)
catalogues = st.lists(st.lists(outcomes, max_size=3, unique_by=lambda item: item.skill_id), min_size=3, max_size=3).map(
    lambda taught: Catalogue.of(Credential(f"own/{n}", f"C{n}", outcomes=tuple(o)) for n, o in enumerate(taught))
)
requirements = st.builds(
    Requirement, skill_id=st.sampled_from(SKILLS), level=st.floats(0.1, 5), weight=st.floats(0.1, 100)
)
roles = st.lists(requirements, max_size=4, unique_by=lambda item: item.skill_id).map(
    lambda needs: Role("hr/r", "R", requirements=tuple(needs))
)


def gap_of(person: Person, catalogue: Catalogue, role: Role) -> Gap:
    return find_gap(build_profile(person, catalogue, AS_OF), role, {}, Versions("1", "1", "1", "1", "1"))


@given(people, catalogues, roles, st.data())
def test_raising_a_level_never_lowers_coverage(person, catalogue, role, data):
    assume(person.evidence)
    index = data.draw(st.integers(0, len(person.evidence) - 1))
    piece = person.evidence[index]
    raised = replace(piece, level=data.draw(st.floats(piece.level, 5)))
    better = replace(person, evidence=(*person.evidence[:index], raised, *person.evidence[index + 1 :]))
    assert gap_of(better, catalogue, role).coverage >= gap_of(person, catalogue, role).coverage


@given(people, catalogues, roles, days, st.sampled_from(["own/0", "own/1", "own/2"]))
def test_one_more_award_never_lowers_coverage(person, catalogue, role, issued, credential_id):
    richer = replace(person, awards=(*person.awards, Award(credential_id, AwardState.HELD, issued)))
    assert gap_of(richer, catalogue, role).coverage >= gap_of(person, catalogue, role).coverage


@given(people, catalogues, roles, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(person, catalogue, role, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(person, evidence=shuffled(person.evidence), awards=shuffled(person.awards))
    same_role = replace(role, requirements=shuffled(role.requirements))
    same_catalogue = Catalogue.of(shuffled(tuple(catalogue.credentials.values())))
    assert gap_of(other, same_catalogue, same_role).to_json() == gap_of(person, catalogue, role).to_json()


@given(people, catalogues, roles)
def test_a_gap_is_consistent_with_itself(person, catalogue, role):
    gap = gap_of(person, catalogue, role)
    assert 0.0 <= gap.coverage <= 1.0
    assert sum(gap.count(state) for state in GapState) == len(role.requirements)
    for item in gap.items:
        assert (item.attained is None) == (item.state is GapState.UNKNOWN)
    if role.requirements and all(item.state in (GapState.MET, GapState.EXCEEDS) for item in gap.items):
        assert gap.coverage == 1.0


@given(people, catalogues, roles)
def test_a_name_changes_nothing(person, catalogue, role):
    renamed = replace(person, id="hr/q", name="Somebody Else")
    told, other = gap_of(person, catalogue, role).to_json(), gap_of(renamed, catalogue, role).to_json()
    assert {**told, "person": ""} == {**other, "person": ""}


@given(people, catalogues)
def test_a_level_lies_among_those_said(person, catalogue):
    for attainment in build_profile(person, catalogue, AS_OF).attainments.values():
        said = [piece.level for piece in attainment.evidence]
        assert min(said) - 1e-6 <= attainment.level <= max(said) + 1e-6
        assert all(piece.on <= AS_OF for piece in attainment.evidence)


@given(people, catalogues, st.data())
def test_raising_a_level_never_lowers_the_mean(person, catalogue, data):
    assume(person.evidence)
    index = data.draw(st.integers(0, len(person.evidence) - 1))
    piece = person.evidence[index]
    raised = replace(piece, level=data.draw(st.floats(piece.level, 5)))
    better = replace(person, evidence=(*person.evidence[:index], raised, *person.evidence[index + 1 :]))
    before, after = (build_profile(item, catalogue, AS_OF) for item in (person, better))
    if piece.skill_id in before.attainments:
        assert after.attainments[piece.skill_id].level >= before.attainments[piece.skill_id].level - 2e-6


@given(st.lists(st.tuples(st.sampled_from(EvidenceSource), days, st.floats(0.1, 1)), min_size=2, max_size=8), levels)
def test_more_evidence_at_the_same_level_never_widens_the_interval(given_pieces, level):
    pieces = [Evidence("sql", level, source, on, confidence) for source, on, confidence in given_pieces]
    widths = []
    for count in range(1, len(pieces) + 1):
        profile = build_profile(Person("p", "P", evidence=tuple(pieces[:count])), Catalogue.of(()), AS_OF)
        if "sql" in profile.attainments:
            found = profile.attainments["sql"]
            widths.append(found.high - found.low)
    assert all(later <= earlier + 1e-5 for earlier, later in pairwise(widths))


@given(people, catalogues, days, st.sampled_from(["own/0", "own/1", "own/2"]), st.sampled_from(["held", "recognised"]))
def test_one_more_award_never_lowers_a_level(person, catalogue, issued, credential_id, state):
    richer = replace(person, awards=(*person.awards, Award(credential_id, AwardState(state), issued)))
    before, after = (build_profile(item, catalogue, AS_OF) for item in (person, richer))
    for skill, found in before.attainments.items():
        assert after.attainments[skill].level >= found.level - 2e-6
