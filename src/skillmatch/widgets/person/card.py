"""PersonCard: one person and a role: what they can do, what is missing, what to do about it, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.advice.advice import Advice
from skillmatch.domain.advice.counterfactual import Counterfactual
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.people.claim_views import ClaimList
from skillmatch.domain.people.gap import Gap, Profile
from skillmatch.domain.people.person import Person
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.forms import bar, select, slider
from skillmatch.widgets.kit.names import Names, hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.person.card_view import Shown, card_html

MOST_HOURS, MOST_WEEKS = 40.0, 104


class PersonCard(Panel):
    """A person held against a role; ``value`` is the gap that the workspace answers.

    Set ``person_id`` and ``role_id`` (None for the role they have), ``hours_per_week`` and ``weeks`` for pathways,
    ``credential_id`` to be told why it is or is not recommended, ``skill_id`` to have its line marked. Beside ``value``
    there are ``profile``, ``advice``, ``pathway``, ``why`` and ``claims``; all are None while something is wrong.

    ``pseudonyms`` keeps the name off the screen, and with it the words that others wrote about the person.
    """

    STATE = ("person_id", "role_id", "credential_id", "skill_id", "hours_per_week", "weeks")

    person_id = traitlets.Unicode(None, allow_none=True)
    role_id = traitlets.Unicode(None, allow_none=True)
    credential_id = traitlets.Unicode(None, allow_none=True)
    skill_id = traitlets.Unicode(None, allow_none=True)
    hours_per_week = traitlets.Float(4.0)
    weeks = traitlets.Int(26)
    value = traitlets.Instance(Gap, allow_none=True, read_only=True)
    profile = traitlets.Instance(Profile, allow_none=True, read_only=True)
    advice = traitlets.Instance(Advice, allow_none=True, read_only=True)
    pathway = traitlets.Instance(Pathway, allow_none=True, read_only=True)
    why = traitlets.Instance(Counterfactual, allow_none=True, read_only=True)
    claims = traitlets.Instance(ClaimList, allow_none=True, read_only=True)

    def __init__(
        self,
        workspace: Workspace,
        person_id: str | None = None,
        role_id: str | None = None,
        *,
        pseudonyms: bool | None = None,
        **state: Any,
    ) -> None:
        self._names = Names(workspace, hidden(pseudonyms))
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._shown: Shown | None = None
        self._of: str | None = None
        super().__init__(workspace, "A person's card", person_id=person_id, role_id=role_id, **state)

    def _ask(self) -> None:
        self._shown = None
        if self.person_id is None:
            self._forget()
            return
        workspace = self._workspace
        self._roles = choices.role_choices([role for role in workspace.roles.all() if role.requirements])
        person = workspace.people.get(self.person_id)
        if self._of != person.id:
            self._of, self.credential_id = person.id, None
        role = self._role(person)
        pace = Pace(self.hours_per_week, self.weeks)
        gap = workspace.gap(person.id, role)
        self.set_trait("value", gap)
        self.set_trait("profile", workspace.profile(person.id))
        self.set_trait("advice", workspace.recommend(person.id, role))
        self.set_trait("pathway", workspace.pathway(person.id, role, pace))
        self.set_trait("claims", workspace.claims.all(person.id))
        why = None if self.credential_id is None else workspace.why(person.id, role, self.credential_id)
        self.set_trait("why", why)
        self._shown = Shown(
            name=self._names.of(person),
            unit=person.unit,
            gap=gap,
            profile=self.profile,
            advice=self.advice,
            pathway=self.pathway,
            why=why,
            claims=self.claims,
            pace=pace,
            labels=workspace.snapshot().labels,
            skill_id=self.skill_id,
            words=not self._names.pseudonyms,
        )

    def _role(self, person: Person) -> str:
        if self.role_id is not None:
            return self.role_id
        if person.role_id is None:
            raise InputError(
                "This person has no role.", remedy="Choose one that they could head for, or import the role they have."
            )
        return person.role_id

    def _forget(self) -> None:
        self._shown = None
        for name in ("value", "profile", "advice", "pathway", "why", "claims"):
            self.set_trait(name, None)

    def _write(self, *, live: bool = True) -> str:
        return card_html(self._shown, live=live)

    def _controls(self) -> str:
        if self.person_id is None:
            return ""
        wanted = self.value.role_id if self.value is not None else self.role_id
        return bar(
            select("role", "Held against", self._roles.labels, None if wanted is None else self._roles.index(wanted)),
            slider("hours_per_week", "Hours a week", self.hours_per_week, 1, 20, 1, "hours"),
            slider("weeks", "Within", self.weeks, 4, MOST_WEEKS, 2, "weeks"),
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"role": self._choose_role, "hours_per_week": self._choose_hours, "weeks": self._choose_weeks}

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "why": self._why, "enough": self._enough}

    def _choose_role(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            self.role_id = self._roles.values[found]

    def _choose_hours(self, value: Any) -> None:
        if isinstance(value, int | float) and 0 <= value <= MOST_HOURS:
            self.hours_per_week = float(value)

    def _choose_weeks(self, value: Any) -> None:
        if isinstance(value, int) and 0 <= value <= MOST_WEEKS:
            self.weeks = value

    def _why(self, said: Mapping[str, Any]) -> None:
        asked: list[str] = []
        if self.advice is not None:
            asked += [item.credential_id for item in self.advice.recommendations]
            asked += [item.credential_id for item in self.advice.excluded]
        place = index_of(said, "at", len(asked))
        if place is not None:
            self.credential_id = asked[place]

    def _enough(self, _: Mapping[str, Any]) -> None:
        self.credential_id = None

    def __repr__(self) -> str:
        return f"<PersonCard: {'nobody' if self._shown is None else self._shown.name}>"
