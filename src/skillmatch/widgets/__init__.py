"""Views for notebooks: a widget is a noun, its state is its traits, and it shows what the services answer."""

from __future__ import annotations

try:
    import anywidget  # noqa: F401  # asked for here, so that a missing extra is said in one sentence
    import ipywidgets  # noqa: F401
except ImportError as error:
    raise ImportError("the widgets need the notebook extra: pip install 'skillmatch[notebook]'") from error

from skillmatch.widgets.adjacent import AdjacentRoles
from skillmatch.widgets.annotated import Annotated
from skillmatch.widgets.card import PersonCard
from skillmatch.widgets.catalogue import CatalogueExplorer
from skillmatch.widgets.comparison import PlanComparison
from skillmatch.widgets.explorer import AdviceExplorer
from skillmatch.widgets.fairness import FairnessCheck
from skillmatch.widgets.health import WorkspaceHealth
from skillmatch.widgets.heatmap import GapHeatmap, Selected
from skillmatch.widgets.linking import linked
from skillmatch.widgets.plan import PlanView
from skillmatch.widgets.review import LinkReview
from skillmatch.widgets.roles import RoleEditor
from skillmatch.widgets.scenario import ScenarioBuilder
from skillmatch.widgets.search import SkillSearch
from skillmatch.widgets.timeline import PathwayTimeline

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
