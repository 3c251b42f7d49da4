"""RoleEditor: what a role asks for, from suggested to governed, each change signed and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.errors import InputError
from skillmatch.domain.role import Requirement, Role
from skillmatch.domain.role_history import RoleHistory
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import choices
from skillmatch.widgets.forms import bar, said_place, said_text, select, signed
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.privacy import hidden
from skillmatch.widgets.roles_view import KINDS, LEVELS, WEIGHTS, editor_html
from skillmatch.widgets.view import Deed, index_of


class RoleEditor(Panel):
    """A role's requirements; ``value`` is the role as the workspace has it, ``history`` who changed what.

    ``role_id`` is the role, ``skill_id`` the requirement that is being looked at. Accept a suggestion, reject it, or
    say yourself what level, weight and kind it has: all of that is signed, and outlives every import.

    ``pseudonyms`` leaves the names of those who decided out of the history.
    """

    STATE = ("role_id", "skill_id")

    role_id = traitlets.Unicode(None, allow_none=True)
    skill_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Instance(Role, allow_none=True, read_only=True)
    history = traitlets.Instance(RoleHistory, allow_none=True, read_only=True)

    def __init__(
        self, workspace: Workspace, role_id: str | None = None, *, pseudonyms: bool | None = None, **state: Any
    ) -> None:
        self._pseudonyms = hidden(pseudonyms)
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._labels: Mapping[str, str] = {}
        super().__init__(workspace, "Edit what a role asks for", role_id=role_id, **state)

    def _ask(self) -> None:
        self._forget()
        self._roles = choices.role_choices(self._workspace.roles())
        if self.role_id is None:
            self.role_id = next(iter(self._roles.values), None)
        if self.role_id is None:
            raise InputError(
                "There are no roles yet.", remedy="Import some with 'skillmatch roles import PATH', then refresh()."
            )
        role = self._workspace.role(self.role_id)
        self._labels = self._workspace.snapshot().labels
        self.set_trait("value", role)
        self.set_trait("history", self._workspace.role_history(role.id))

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("history", None)

    def _controls(self) -> str:
        wanted = self.value.id if self.value is not None else self.role_id
        return bar(select("role", "Role", self._roles.labels, None if wanted is None else self._roles.index(wanted)))

    def _write(self, *, live: bool = True) -> str:
        if self.value is None:
            return ""
        return editor_html(
            self.value, self.history, self._labels, self.skill_id, pseudonyms=self._pseudonyms, live=live
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"role": self._choose_role}

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "look": self._look,
            "accept": self._accept,
            "accept_all": self._accept_all,
            "reject": self._reject,
            "govern": self._govern,
            "add": self._add,
        }

    def _choose_role(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            with self._as_one():
                self.role_id, self.skill_id = self._roles.values[found], None

    def _need(self, said: Mapping[str, Any]) -> tuple[Role, Requirement] | None:
        role: Role | None = self.value
        place = None if role is None else index_of(said, "at", len(role.requirements))
        return None if role is None or place is None else (role, role.requirements[place])

    def _look(self, said: Mapping[str, Any]) -> None:
        found = self._need(said)
        if found is not None:
            self.skill_id = found[1].skill_id

    def _accept(self, said: Mapping[str, Any]) -> None:
        found = self._need(said)
        if found is not None:
            role, need = found
            author, why = signed(said), said_text(said, "reason")
            self._workspace.accept_requirement(role.id, need.skill_id, author=author, reason=why)
            self._done(f"Accepted: {self._label_of(need.skill_id)}")

    def _accept_all(self, said: Mapping[str, Any]) -> None:
        if self.value is not None:
            self._workspace.accept_requirement(self.value.id, author=signed(said), reason=said_text(said, "reason"))
            self._done("All suggestions accepted")

    def _reject(self, said: Mapping[str, Any]) -> None:
        found = self._need(said)
        if found is not None:
            role, need = found
            author, why = signed(said), said_text(said, "reason")
            self._workspace.reject_requirement(role.id, need.skill_id, author=author, reason=why)
            self._done(f"Rejected: {self._label_of(need.skill_id)}")

    def _govern(self, said: Mapping[str, Any]) -> None:
        found = self._need(said)
        if found is not None:
            self._say(found[0], found[1].skill_id, said)

    def _add(self, said: Mapping[str, Any]) -> None:
        if self.value is None:
            return
        name = said_text(said, "skill")
        if not name:
            raise InputError("No skill is named.", remedy="Write its name into 'Another skill', then add it again.")
        self._say(self.value, self._workspace.skill(name).id, said)

    def _say(self, role: Role, skill_id: str, said: Mapping[str, Any]) -> None:
        level = said_place(said, "level", len(LEVELS))
        weight = said_place(said, "weight", len(WEIGHTS))
        kind = said_place(said, "kind", len(KINDS))
        self._workspace.govern_requirement(
            role.id,
            skill_id,
            author=signed(said),
            level=None if level is None else LEVELS[level],
            weight=None if weight is None else WEIGHTS[weight],
            essential=None if kind is None else kind == 0,
            reason=said_text(said, "reason"),
        )
        with self._settling_traits():
            self.skill_id = skill_id
        self._done(f"Governed: {self._label_of(skill_id)}")

    def _done(self, told: str) -> None:
        self._told = told
        self.refresh()

    def _label_of(self, skill_id: str) -> str:
        return self._labels.get(skill_id, skill_id)

    def __repr__(self) -> str:
        count = 0 if self.value is None else len(self.value.requirements)
        return f"<RoleEditor: {count} requirements>"
