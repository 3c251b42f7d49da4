"""The broader-than graph: cycles broken the same way each time, and the nearest of given groups found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Graph = Mapping[str, Iterable[str]]


def cycle_edges(broader: Graph) -> tuple[tuple[str, str], ...]:
    """The (narrower, broader) pairs without which nothing is broader than itself.

    Ids are walked in sorted order, depth first, and the pair that closes a circle is the one to go; the answer
    depends on the pairs alone, not on the order in which they came.
    """
    closing: list[tuple[str, str]] = []
    done: set[str] = set()
    for start in sorted(broader):
        if start in done:
            continue
        on_path = {start: None}  # a dict for its order: the last key is where the walk stands
        waiting = [iter(sorted(broader.get(start, ())))]
        while waiting:
            here = next(reversed(on_path))
            above = next(waiting[-1], None)
            if above is None:
                waiting.pop()
                on_path.pop(here)
                done.add(here)
            elif above in on_path:
                closing.append((here, above))
            elif above not in done:
                on_path[above] = None
                waiting.append(iter(sorted(broader.get(above, ()))))
    return tuple(closing)


def nearest(start: str, broader: Graph, wanted: Callable[[str], bool], rank: Callable[[str], str]) -> str | None:
    """The wanted node that the fewest steps up from ``start`` lead to, the least by ``rank`` among equals, or None."""
    seen = {start}
    level = [start]
    while level:
        found = [node for node in level if wanted(node)]
        if found:
            return min(found, key=rank)
        above = {node for below in level for node in broader.get(below, ())} - seen
        seen |= above
        level = list(above)
    return None
