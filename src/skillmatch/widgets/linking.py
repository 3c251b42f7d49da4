"""Linking: what is chosen in one view is shown in others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.person.card import PersonCard
from skillmatch.widgets.plans.plan import PlanView
from skillmatch.widgets.plans.scenario_builder import ScenarioBuilder
from skillmatch.widgets.team.heatmap import GapHeatmap


def linked(source: GapHeatmap | PersonCard | ScenarioBuilder | PlanView, *followers: Panel) -> Callable[[], None]:
    """Let views of one person follow a heat map or a card; returns what ends that.

    Whoever is selected in a heat map is shown with the role that the map holds them against, and the skill marked where
    a view marks skills. A card passes on its person and role, now and whenever they change; a plan whoever is chosen in
    it, with the role that they are to fill. A scenario passes on its plan while it gets better, and to a comparison, at
    the end of each search, all plans so far, the last two held against one another.
    """
    traits: tuple[str, ...]
    if isinstance(source, ScenarioBuilder):
        traits = ("plan", "busy")

        def chosen(answer: Any) -> dict[str, Any]:  # noqa: ARG001  # what is told is put together from the source
            files = tuple(item.file for item in source.history)
            pair = {"first": max(len(files) - 2, 0), "second": max(len(files) - 1, 0)}
            found: dict[str, Any] = {} if source.plan is None else {"plan": source.plan}
            return found if source.busy or not files else found | {"plans": files} | pair

    elif isinstance(source, PlanView):
        traits = ("person_id",)

        def chosen(answer: Any) -> dict[str, Any]:
            parts = () if source.value is None else source.value.plan.assignments
            part = next((item for item in parts if item.person_id == answer), None)
            if part is None:
                return {}
            return {"person_id": part.person_id, **({"role_id": part.role_id} if part.role_id else {})}

    elif isinstance(source, PersonCard):
        traits = ("_drawn",)

        def chosen(answer: Any) -> dict[str, Any]:
            answer = source.value
            return {} if answer is None else {"person_id": answer.person_id, "role_id": answer.role_id}

    else:
        traits = ("selected",)

        def chosen(answer: Any) -> dict[str, Any]:
            if answer.person_id is None:
                return {}
            return {"person_id": answer.person_id, "role_id": answer.role_id, "skill_id": answer.skill_id}

    def follow(change: Mapping[str, Any]) -> None:
        state = chosen(change["new"])
        for view in followers:
            if state:
                view.show(**state)

    source.observe(follow, names=list(traits))
    follow({"new": getattr(source, traits[0])})
    return lambda: source.unobserve(follow, names=list(traits))
