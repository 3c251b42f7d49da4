from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.taxonomy.hierarchy import cycle_edges, nearest

NODES = st.sampled_from("abcdefg")
EDGES = st.lists(st.tuples(NODES, NODES), max_size=20).map(lambda pairs: [pair for pair in pairs if pair[0] != pair[1]])


def graph(edges: list[tuple[str, str]]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for below, above in edges:
        made.setdefault(below, []).append(above)
    return made


def reaches_itself(edges: set[tuple[str, str]]) -> bool:
    reach = set(edges)
    for _ in range(8):
        reach |= {(a, d) for a, b in reach for c, d in edges if b == c}
    return any(a == b for a, b in reach)


def test_a_circle_loses_the_link_that_closes_it() -> None:
    assert cycle_edges({"a": ["b"], "b": ["c"], "c": ["a"]}) == (("c", "a"),)


def test_a_diamond_is_no_circle() -> None:
    assert cycle_edges({"a": ["b", "c"], "b": ["d"], "c": ["d"]}) == ()


@given(EDGES)
def test_without_the_closing_links_nothing_is_broader_than_itself(edges: list[tuple[str, str]]) -> None:
    assert not reaches_itself(set(edges) - set(cycle_edges(graph(edges))))


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(edges: list[tuple[str, str]], random: Random) -> None:
    shuffled = random.sample(edges, len(edges))
    assert cycle_edges(graph(edges)) == cycle_edges(graph(shuffled))


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = {str(step): [str(step + 1)] for step in range(5_000)} | {"5000": ["0"]}
    assert len(cycle_edges(chain)) == 1


def test_nearest_takes_the_fewest_steps_then_the_least_rank() -> None:
    above = {"skill": ["x", "y"], "x": ["far"], "y": ["left", "right"], "left": ["skill"]}
    ranks = {"left": "S2", "right": "S1", "far": "S0"}
    assert nearest("skill", above, {"left", "right"}.__contains__, ranks.__getitem__) == "right"
    assert nearest("skill", above, {"far"}.__contains__, ranks.__getitem__) == "far"
    assert nearest("skill", above, {"nowhere"}.__contains__, ranks.__getitem__) is None
