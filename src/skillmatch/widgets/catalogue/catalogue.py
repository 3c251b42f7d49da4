"""CatalogueExplorer: what teaches what, what nobody teaches, what overlaps, and what ratings are worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.catalogue.survey import CatalogueSurvey, SurveyedCredential, SurveyedSkill
from skillmatch.domain.catalogue.unmet import Unmet
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.catalogue.catalogue_view import briefs_html, credentials_html, skills_html
from skillmatch.widgets.kit.forms import bar, select, tabs, text
from skillmatch.widgets.kit.html import box, escape
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of

VIEWS = {"skills": "What teaches what", "credentials": "Credentials", "unmet": "Demand nobody teaches"}
ORDERS = {
    "skills": {"wanted": "asked for by most roles", "short": "taught least, of what is wanted", "name": "by name"},
    "credentials": {"wanted": "most wanted skills", "believed": "best rated, as far as believed", "name": "by title"},
    "unmet": {"learners": "most learners"},
}
MOST_ROWS = 100


class CatalogueExplorer(Panel):
    """The catalogue against demand; ``value`` is the workspace's survey of it, ``unmet`` what nobody teaches.

    ``view`` (see ``VIEWS``), ``search`` and ``order`` (see ``ORDERS``) say what is listed; ``skill_id`` and
    ``credential_id`` what is told about beside the list. A rating is shown with its count, and what is believed of it.
    """

    STATE = ("view", "search", "order", "skill_id", "credential_id")

    view = traitlets.Enum(list(VIEWS), "skills")
    search = traitlets.Unicode("")
    order = traitlets.Unicode("wanted")
    skill_id = traitlets.Unicode(None, allow_none=True)
    credential_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Instance(CatalogueSurvey, allow_none=True, read_only=True)
    unmet = traitlets.Instance(Unmet, allow_none=True, read_only=True)

    def __init__(self, workspace: Workspace, **state: Any) -> None:
        self._listed: list[str] = []
        super().__init__(workspace, "The catalogue", **state)

    def _ask(self) -> None:
        self.set_trait("value", self._workspace.catalogue.survey())
        self.set_trait("unmet", self._workspace.team.unmet())
        if self.order not in ORDERS[self.view]:
            self.order = next(iter(ORDERS[self.view]))

    def _forget(self) -> None:
        self._listed = []
        self.set_trait("value", None)
        self.set_trait("unmet", None)

    def _controls(self) -> str:
        orders = ORDERS[self.view]
        return bar(
            tabs("view", "What to look at", tuple(VIEWS.values()), list(VIEWS).index(self.view)),
            text("search", "Search", self.search, hint="a skill, title or issuer"),
            select(
                "order", "Order", tuple(orders.values()), list(orders).index(self.order) if self.order in orders else 0
            ),
        )

    def _write(self, *, live: bool = True) -> str:
        value = self.value
        if value is None:
            return ""
        if not value.credentials and not value.skills:
            return box(
                "<p>The catalogue is empty. Import one with <code>skillmatch catalogue import PATH</code>, then "
                "<code>refresh()</code>.</p>"
            )
        title = f"<h3>{escape(value.headline())}</h3>"
        if self.view == "skills":
            skills = self._skills(value)
            self._listed = [item.skill_id for item in skills[:MOST_ROWS]]
            content = skills_html(value, skills, self.skill_id, MOST_ROWS, live=live)
        elif self.view == "credentials":
            credentials = self._credentials(value)
            self._listed = [item.credential_id for item in credentials[:MOST_ROWS]]
            content = credentials_html(value, credentials, self.credential_id, MOST_ROWS, live=live)
        else:
            self._listed = []
            content = "" if self.unmet is None else briefs_html(self.unmet, fold(self.search))
        return box(title, content)

    def _skills(self, value: CatalogueSurvey) -> list[SurveyedSkill]:
        wanted = fold(self.search)
        found = [item for item in value.skills if wanted in fold(item.label)]
        if self.order == "name":
            found.sort(key=lambda item: (fold(item.label), item.skill_id))
        elif self.order == "short":
            found.sort(key=lambda item: (not item.short, item.reached or 0.0, -item.roles))
        return found

    def _credentials(self, value: CatalogueSurvey) -> list[SurveyedCredential]:
        wanted = fold(self.search)
        found = [item for item in value.credentials if wanted in fold(f"{item.title} {item.issuer}")]
        if self.order == "wanted":
            found.sort(key=lambda item: -item.wanted)
        elif self.order == "believed":
            found.sort(key=lambda item: -(item.believed or 0.0))
        return found

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"search": self._look_for, "order": self._put_in_order}

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "view": self._look_at,
            "choose": self._choose,
            "skill": self._open_skill,
            "credential": self._open_credential,
        }

    def _look_for(self, value: Any) -> None:
        if isinstance(value, str):
            self.search = value[:500]

    def _put_in_order(self, place: Any) -> None:
        orders = list(ORDERS[self.view])
        found = index_of({"at": place}, "at", len(orders))
        if found is not None:
            self.order = orders[found]

    def _look_at(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(VIEWS))
        if place is not None:
            self.view = list(VIEWS)[place]

    def _choose(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self._listed))
        if place is not None:
            setattr(self, "skill_id" if self.view == "skills" else "credential_id", self._listed[place])

    def _open_skill(self, said: Mapping[str, Any]) -> None:
        """A skill of the survey by its place: the list moves there, whatever was searched for."""
        skills = () if self.value is None else self.value.skills
        place = index_of(said, "at", len(skills))
        if place is not None:
            with self._as_one():
                self.view, self.search, self.skill_id = "skills", "", skills[place].skill_id

    def _open_credential(self, said: Mapping[str, Any]) -> None:
        credentials = () if self.value is None else self.value.credentials
        place = index_of(said, "at", len(credentials))
        if place is not None:
            with self._as_one():
                self.view, self.search = "credentials", ""
                self.credential_id = credentials[place].credential_id

    def __repr__(self) -> str:
        return f"<CatalogueExplorer: {'nothing' if self.value is None else self.value.headline()}>"
