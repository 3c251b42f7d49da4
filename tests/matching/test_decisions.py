from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.feedback import Context, Decision, Verdict
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis
from skillmatch.matching.decisions import Decisions, Settled
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker

LABELS = {"a": "Apples", "b": "Berries", "c": "Cherries"}
ACCEPT, REJECT, PIN, BLOCK = Verdict.ACCEPT, Verdict.REJECT, Verdict.PIN, Verdict.BLOCK


def settled(*said: tuple[Verdict, str]) -> Settled | None:
    return Decisions.of([Decision(verdict, "Fruit", skill) for verdict, skill in said], LABELS).about("  FRUIT ")


@pytest.mark.parametrize(
    ("said", "means", "never", "blocked"),
    [
        ([(ACCEPT, "a")], ("a",), set(), False),
        ([(ACCEPT, "a"), (REJECT, "a")], (), {"a"}, False),
        ([(REJECT, "a"), (ACCEPT, "a")], ("a",), set(), False),
        ([(ACCEPT, "a"), (PIN, "b"), (ACCEPT, "c")], ("b", "a", "c"), set(), False),
        ([(PIN, "a"), (PIN, "b")], ("b",), set(), False),
        ([(PIN, "a"), (BLOCK, "a")], (), {"a"}, False),
        ([(PIN, "a"), (REJECT, "b"), (BLOCK, "")], (), {"b"}, True),
        ([(BLOCK, ""), (ACCEPT, "a")], ("a",), set(), False),
        ([(BLOCK, ""), (REJECT, "a")], (), {"a"}, True),
    ],
)
def test_decisions_are_replayed_in_order(
    said: list[tuple[Verdict, str]], means: tuple[str, ...], never: set[str], blocked: bool
) -> None:
    assert settled(*said) == Settled(means, frozenset(never), blocked)


def test_a_decision_counts_in_its_context_only() -> None:
    said = [Decision(PIN, "fruit", "a", Context.EVIDENCE), Decision(ACCEPT, "fruit", "b")]
    assert Decisions.of(said, LABELS, Context.EVIDENCE).about("fruit") == Settled(("a", "b"))
    assert Decisions.of(said, LABELS, Context.CATALOGUE).about("fruit") == Settled(("b",))


def test_decisions_follow_a_merge_and_wait_for_what_is_not_there() -> None:
    said = [Decision(PIN, "fruit", "old"), Decision(PIN, "fruit", "elsewhere")]
    assert Decisions.of(said, LABELS, meanings={"old": "c"}).about("fruit") == Settled(("c",))
    assert not Decisions.of(said, LABELS)


def test_without_decisions_there_is_nothing_to_ask() -> None:
    assert not Decisions()
    assert Decisions().about("fruit") is None


def link(skill: str, probability: float) -> Link:
    return Link(skill, LABELS[skill], probability, 0.5, LinkBasis.SEMANTIC)


ANSWER = LinkAnswer("Fruit", (link("a", 0.9), link("b", 0.4), link("c", 0.1)), False)


def decide(*said: tuple[Verdict, str], top: int = 3, least: float | None = 0.5) -> LinkAnswer:
    return Decisions.of([Decision(v, "fruit", s) for v, s in said], LABELS).decide(ANSWER, top, least)


def test_what_was_accepted_comes_first_and_the_rest_stay_as_alternatives() -> None:
    found = decide((ACCEPT, "c"))
    assert [(item.skill_id, item.probability) for item in found.links] == [("c", 1.0), ("a", 0.9), ("b", 0.4)]
    assert (found.links[0].basis, found.links[0].similarity) == (LinkBasis.HUMAN, 0.5)
    assert not found.abstained


def test_what_was_rejected_is_gone_and_what_is_next_must_be_sure_by_itself() -> None:
    assert decide((REJECT, "a")).abstained
    assert not decide((REJECT, "a"), least=0.3).abstained
    assert not decide((REJECT, "a"), least=None).abstained
    assert [item.skill_id for item in decide((REJECT, "a"), top=1).links] == ["b"]


def test_a_blocked_text_has_no_links_and_abstains_come_what_may() -> None:
    assert decide((BLOCK, ""), least=None) == LinkAnswer("Fruit", (), True)


VERDICTS = st.tuples(st.sampled_from([ACCEPT, REJECT, PIN, BLOCK]), st.sampled_from("abc"))


@given(st.lists(VERDICTS, max_size=8), VERDICTS)
def test_the_last_word_on_a_skill_counts(before: list[tuple[Verdict, str]], last: tuple[Verdict, str]) -> None:
    found = settled(*before, last)
    assert found is not None
    verdict, skill = last
    assert (skill in found.means) is (verdict in (ACCEPT, PIN))
    assert (skill in found.never) is (verdict in (REJECT, BLOCK))
    assert not set(found.means) & found.never
    if verdict is PIN:
        assert found.means[0] == skill


TAXONOMY = Taxonomy.of("t", "1", [Skill("sql", "SQL"), Skill("js", "JavaScript", ("JS",)), Skill("java", "Java")])


def linker(*said: Decision) -> Linker:
    encoder = NgramEncoder()
    labels = {skill.id: skill.label for skill in TAXONOMY.skills.values()}
    return Linker(build_index(TAXONOMY, encoder), encoder, decisions=Decisions.of(said, labels))


def test_the_linker_heeds_decisions_over_exact_names_and_leaves_other_texts_alone() -> None:
    texts = ["JS", "SQL", "java", "nothing known"]
    plain = linker().link(texts, top=2)
    found = linker(
        Decision(PIN, "js", "java"), Decision(REJECT, "sql", "sql"), Decision(BLOCK, "JAVA")
    ).link(texts, top=2)  # fmt: skip
    assert (found[0].best.skill_id, found[0].best.probability, found[0].best.basis) == ("java", 1.0, LinkBasis.HUMAN)  # type: ignore[union-attr]
    assert [item.skill_id for item in found[0].links] == ["java", "js"]
    assert "sql" not in [item.skill_id for item in found[1].links]
    assert len(found[1].links) == 2, "the rejected one makes room for the next"
    assert (found[2].links, found[2].abstained) == ((), True)
    assert found[3] == plain[3]


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a\x1bb", "\ud800", "x" * 1_000_000])
def test_texts_that_nobody_can_decide_about_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        Decision(ACCEPT, text, "a")


@pytest.mark.parametrize("verdict", [ACCEPT, REJECT, PIN])
def test_only_a_block_may_mean_every_skill(verdict: Verdict) -> None:
    with pytest.raises(InputError, match="needs a skill"):
        Decision(verdict, "fruit")
