"""Views for notebooks: a widget is a noun, its state is its traits, and it shows what the services answer."""

from __future__ import annotations

try:
    import anywidget  # noqa: F401  # asked for here, so that a missing extra is said in one sentence
    import ipywidgets  # noqa: F401
except ImportError as error:
    raise ImportError("the widgets need the notebook extra: pip install 'skillmatch[notebook]'") from error

from skillmatch.widgets.catalogue.catalogue import CatalogueExplorer
from skillmatch.widgets.catalogue.review import LinkReview
from skillmatch.widgets.catalogue.review_view import Annotated
from skillmatch.widgets.catalogue.search import SkillSearch
from skillmatch.widgets.linking import linked
from skillmatch.widgets.person.adjacent import AdjacentRoles
from skillmatch.widgets.person.card import PersonCard
from skillmatch.widgets.person.explorer import AdviceExplorer
from skillmatch.widgets.person.timeline import PathwayTimeline
from skillmatch.widgets.plans.comparison import PlanComparison
from skillmatch.widgets.plans.plan import PlanView
from skillmatch.widgets.plans.scenario_builder import ScenarioBuilder
from skillmatch.widgets.roles.roles import RoleEditor
from skillmatch.widgets.team.fairness import FairnessCheck
from skillmatch.widgets.team.health import WorkspaceHealth
from skillmatch.widgets.team.heatmap import GapHeatmap, Selected

__all__ = [
    "AdjacentRoles",
    "AdviceExplorer",
    "Annotated",
    "CatalogueExplorer",
    "FairnessCheck",
    "GapHeatmap",
    "LinkReview",
    "PathwayTimeline",
    "PersonCard",
    "PlanComparison",
    "PlanView",
    "RoleEditor",
    "ScenarioBuilder",
    "Selected",
    "SkillSearch",
    "WorkspaceHealth",
    "linked",
]
