"""SkillSearch: find a skill by any of its names, and see who asks for it and what teaches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.catalogue.survey import SurveyedSkill
from skillmatch.domain.skills.skill import Skill
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.forms import bar, text
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, share
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of

MOST_LISTED = 12


class SkillSearch(Panel):
    """Skills by name; ``value`` holds those that the workspace finds for ``search``, best first, at most ``limit``.

    ``skill_id`` is the one that is told about beside the list: its names, the roles that ask for it, the credentials
    that teach it. Type, then go down with the arrows and press Enter.
    """

    STATE = ("search", "limit", "skill_id")

    search = traitlets.Unicode("")
    limit = traitlets.Int(20)
    skill_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.List(traitlets.Instance(Skill), read_only=True)

    def __init__(self, workspace: Workspace, search: str = "", **state: Any) -> None:
        self._skill: Skill | None = None
        self._taught: SurveyedSkill | None = None
        self._asking: list[tuple[str, float]] = []
        self._titles: dict[str, str] = {}
        super().__init__(workspace, "Search skills", search=search, **state)

    def _ask(self) -> None:
        self._skill = self._taught = None
        self.set_trait("value", self._workspace.taxonomy.search(self.search, max(0, self.limit)))
        if self.skill_id is None:
            return
        skill = self._workspace.taxonomy.skill(self.skill_id)
        survey = self._workspace.catalogue.survey()
        self._skill = skill
        self._taught = next((item for item in survey.skills if item.skill_id == skill.id), None)
        self._titles = {item.credential_id: item.title for item in survey.credentials}
        self._asking = [
            (role.title, need.level)
            for role in self._workspace.roles.all()
            for need in role.requirements
            if need.skill_id == skill.id
        ]

    def _forget(self) -> None:
        self._skill = self._taught = None
        self.set_trait("value", [])

    def _controls(self) -> str:
        return bar(text("search", "Skill", self.search, hint="a name, or part of one"))

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"search": self._look_for}

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "choose": self._choose}

    def _look_for(self, value: Any) -> None:
        if isinstance(value, str):
            self.search = value[:500]
            self._told = f"{len(self.value)} skills found"

    def _choose(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self.value))
        if place is not None:
            self.skill_id = self.value[place].id

    def _write(self, *, live: bool = True) -> str:
        if not self.search.strip():
            listed = "<p>Type a part of a skill's name, or of another name for it.</p>"
        elif not self.value:
            listed = f"<p>No skill has a name with '{escape(self.search)}' in it. Try fewer letters.</p>"
        else:
            body = "".join(self._row(place, skill, live=live) for place, skill in enumerate(self.value))
            head = heads("Skill", "Also called", "Type", "Field")
            listed = f"<table>{head}<tbody data-list>{body}</tbody></table>"
        return box(f'<div class="columns lead"><div>{listed}</div><div>{self._detail()}</div></div>')

    def _row(self, place: int, skill: Skill, *, live: bool) -> str:
        chosen = skill.id == self.skill_id
        mark = ' class="chosen"' if chosen else ""
        act = (
            f' data-row tabindex="{0 if chosen else -1}" data-do="choose" data-at="{place}" data-key="skill-{place}"'
            if live
            else ""
        )
        old = ' <span class="quiet">(deprecated)</span>' if skill.deprecated else ""
        aliases = ", ".join(skill.aliases[:3]) + (" ..." if len(skill.aliases) > 3 else "")
        return (
            f'<tr{mark}{act}><th scope="row">{escape(skill.label)}{old}</th>{cell(escape(aliases))}'
            f"{cell(skill.type.value)}{cell(escape(skill.field))}</tr>"
        )

    def _detail(self) -> str:
        skill = self._skill
        if skill is None:
            return ""
        aliases = f"<p>Also called: {escape(', '.join(skill.aliases))}</p>" if skill.aliases else ""
        description = f"<p>{escape(skill.description)}</p>" if skill.description else ""
        asked = "".join(
            f"<li>{escape(title)}: level {number(level)}</li>" for title, level in self._asking[:MOST_LISTED]
        )
        more = len(self._asking) - MOST_LISTED
        roles = f"<ul>{asked}{f'<li>and {more} more</li>' if more > 0 else ''}</ul>" if asked else "<p>No role.</p>"
        return (
            f'<div class="aside"><h4>{escape(skill.label)}</h4>{description}{aliases}'
            f"<h4>Asked for by</h4>{roles}<h4>Taught by</h4>{self._teachers()}</div>"
        )

    def _teachers(self) -> str:
        teachers = () if self._taught is None else self._taught.teachers
        if not teachers:
            return "<p>Nobody.</p>"
        items = "".join(
            f"<li>{escape(self._titles.get(item.credential_id, item.credential_id))}: to level {number(item.level)}"
            + ("" if item.probability >= 1 else f", inferred ({share(item.probability)} sure)")
            + "</li>"
            for item in teachers[:MOST_LISTED]
        )
        more = len(teachers) - MOST_LISTED
        return f"<ul>{items}{f'<li>and {more} more</li>' if more > 0 else ''}</ul>"

    def __repr__(self) -> str:
        return f"<SkillSearch: {len(self.value)} skills>"
