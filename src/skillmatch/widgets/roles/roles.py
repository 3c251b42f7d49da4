"""RoleEditor: what a role asks for, from suggested to governed, each change signed and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError, SkillmatchError
from skillmatch.domain.base.identity import OWN_SOURCE, split_id
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.roles.role_history import RoleHistory
from skillmatch.domain.roles.role_suggestion import RoleSuggestion
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.background import Background
from skillmatch.widgets.kit.forms import bar, said_place, said_text, select, signed
from skillmatch.widgets.kit.html import alert, box
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.roles.advert_view import advert_form, suggestion_html
from skillmatch.widgets.roles.roles_view import KINDS, LEVELS, WEIGHTS, editor_html

NO_ROLES = "Import some with 'skillmatch roles import PATH', then refresh(), or make one from a job advert."


class RoleEditor(Panel):
    """A role's requirements; ``value`` is the role as the workspace has it, ``history`` who changed what.

    ``role_id`` is the role, ``skill_id`` the requirement that is being looked at. Accept a suggestion, reject it, or
    say yourself what level, weight and kind it has: all of that is signed, and outlives every import. ``suggest``
    reads suggestions from a job advert; ``suggestion`` is what it asks for.

    ``pseudonyms`` leaves the names of those who decided out of the history.
    """

    STATE = ("role_id", "skill_id")

    role_id = traitlets.Unicode(None, allow_none=True)
    skill_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Instance(Role, allow_none=True, read_only=True)
    history = traitlets.Instance(RoleHistory, allow_none=True, read_only=True)
    suggestion = traitlets.Instance(RoleSuggestion, allow_none=True, read_only=True)

    def __init__(
        self, workspace: Workspace, role_id: str | None = None, *, pseudonyms: bool | None = None, **state: Any
    ) -> None:
        self._pseudonyms = hidden(pseudonyms)
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._labels: Mapping[str, str] = {}
        self._working = False
        self._behind = Background(self._failed)
        super().__init__(workspace, "Edit what a role asks for", role_id=role_id, **state)

    def _ask(self) -> None:
        self._forget()
        self._roles = choices.role_choices(self._workspace.roles.all())
        if self.role_id is None:
            self.role_id = next(iter(self._roles.values), None)
        if self.role_id is None:
            return
        role = self._workspace.roles.get(self.role_id)
        self._labels = self._workspace.snapshot().labels
        self.set_trait("value", role)
        self.set_trait("history", self._workspace.roles.history(role.id))

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("history", None)

    def _controls(self) -> str:
        wanted = self.value.id if self.value is not None else self.role_id
        return bar(select("role", "Role", self._roles.labels, None if wanted is None else self._roles.index(wanted)))

    def _write(self, *, live: bool = True) -> str:
        role: Role | None = self.value
        advert = suggestion_html(self.suggestion, live=live)
        if live:
            mine = role is not None and split_id(role.id)[0] == OWN_SOURCE
            form = advert_form(
                role.title if role is not None and mine else "", working=self._working, opened=role is None
            )
            advert = form + advert
        if role is None:
            return alert("There are no roles yet.", NO_ROLES) + box(advert)
        return editor_html(
            role, self.history, self._labels, self.skill_id, advert=advert, pseudonyms=self._pseudonyms, live=live
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
            "suggest": lambda said: self._read_advert(said, ""),
            "suggest_new": lambda said: self._read_advert(said, _titled(said)),
        }

    def _choose_role(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            self.set_trait("suggestion", None)
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
            self._workspace.roles.accept_requirement(role.id, need.skill_id, author=author, reason=why)
            self._done(f"Accepted: {self._label_of(need.skill_id)}")

    def _accept_all(self, said: Mapping[str, Any]) -> None:
        if self.value is not None:
            self._workspace.roles.accept_requirement(
                self.value.id, author=signed(said), reason=said_text(said, "reason")
            )
            self._done("All suggestions accepted")

    def _reject(self, said: Mapping[str, Any]) -> None:
        found = self._need(said)
        if found is not None:
            role, need = found
            author, why = signed(said), said_text(said, "reason")
            self._workspace.roles.reject_requirement(role.id, need.skill_id, author=author, reason=why)
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
        self._say(self.value, self._workspace.taxonomy.skill(name).id, said)

    def _say(self, role: Role, skill_id: str, said: Mapping[str, Any]) -> None:
        level = said_place(said, "level", len(LEVELS))
        weight = said_place(said, "weight", len(WEIGHTS))
        kind = said_place(said, "kind", len(KINDS))
        self._workspace.roles.govern_requirement(
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

    # --- from an advert --------------------------------------------------------------------------------------

    def suggest(self, advert: str | Path, title: str = "") -> None:
        """Read an advert, a text or a document, in the background: as the role shown, or as one called ``title``.

        ``suggestion`` and ``role_id`` are set once it is read. Raises ``InputError`` without a role to suggest for.
        """
        role: Role | None = self.value
        if not title and role is None:
            raise InputError("There is no role to suggest for.", remedy="Give the role a title.")
        name = "" if title or role is None else split_id(role.id)[1]
        called = title or ("" if role is None else role.title)

        def work() -> None:
            found = self._workspace.roles.from_text(advert, title=called, role_id=name)
            self._behind.post(lambda: self._arrived(found))

        self._working = True
        self._put(self._write())
        self._behind.start(work)

    def wait(self, seconds: float | None = None) -> bool:
        """Until an advert is read, for scripts; whether it is."""
        return self._behind.wait(seconds)

    def _read_advert(self, said: Mapping[str, Any], title: str) -> None:
        advert = said_text(said, "advert")
        if not advert:
            raise InputError("There is no advert.", remedy="Paste its text, then press again.")
        self.suggest(advert, title)

    def _arrived(self, found: RoleSuggestion) -> None:
        self._working = False
        self._told = found.headline()
        self.set_trait("suggestion", found)
        if found.status is Status.INSUFFICIENT_DATA:
            self._put(self._write())
            return
        with self._settling_traits():
            self.role_id, self.skill_id = found.role.id, None
        self.refresh()

    def _failed(self, error: SkillmatchError) -> None:
        self._working = False
        self._complain(error)

    def _done(self, told: str) -> None:
        self._told = told
        self.refresh()

    def _label_of(self, skill_id: str) -> str:
        return self._labels.get(skill_id, skill_id)

    def __repr__(self) -> str:
        count = 0 if self.value is None else len(self.value.requirements)
        return f"<RoleEditor: {count} requirements>"


def _titled(said: Mapping[str, Any]) -> str:
    title = said_text(said, "title")
    if not title:
        raise InputError("The role has no title.", remedy="Write one into 'called', then press again.")
    return title
