"""GapHeatmap: units or people against skills; look at all of it, then open what is red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import traitlets

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.domain.team.grid import PersonGrid, UnitGrid
from skillmatch.service.core.progress import Progress
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.html import alert
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.kit.progress import LARGE, ShownProgress
from skillmatch.widgets.kit.states import LOOKS, OF_UNITS
from skillmatch.widgets.kit.view import STATIC, Deed, View, error_html, index_of
from skillmatch.widgets.team.count_ahead import CountAhead
from skillmatch.widgets.team.sheet import NO_SHEET, Sheet, person_sheet, unit_sheet
from skillmatch.widgets.team.sheet_order import GROUPS, KINDS, ROW_ORDERS, SKILL_ORDERS, Band, columns_of, rows_of
from skillmatch.widgets.team.sheet_view import lines_html, sheet_html

LOOK = ("sort_skills", "sort_rows", "group", "kind", "search", "numbers", "table", "skill_id")
"""What changes how the sheet is looked at, but not what is in it."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What is chosen in a heat map: a unit, or a person of one with the role they are held against; and a skill."""

    unit: str | None = None
    person_id: str | None = None
    role_id: str | None = None
    skill_id: str | None = None


class GapHeatmap(View):
    """Supply over demand at a glance. Its traits are its whole state; ``value`` is what the workspace answers.

    ``unit`` None shows all units, a unit's name its people. ``role_id`` holds everybody against one role, else each
    against their own. ``kind``, ``search``, ``sort_skills``, ``group`` and ``sort_rows`` say which skills and in what
    order (see ``KINDS``, ``SKILL_ORDERS``, ``GROUPS`` and ``ROW_ORDERS``); ``numbers`` writes numbers into the cells,
    ``table`` shows the table behind the picture. ``selected`` is what was clicked last; link it to a card with
    :func:`linked`. ``value`` is None while something is wrong.

    With the keyboard: arrows move, Enter opens a unit or chooses a person, Escape goes back up, on a skill's name
    Enter orders the rows by it. ``pseudonyms`` keeps names and ids off the screen and out of saved notebooks. Of a
    unit at most ``most`` people are drawn, those with the lowest coverage; the heading says of how many. The first
    look at a large organisation counts everybody and shows a bar meanwhile; interrupting that leaves nothing behind.
    Another role chosen in the browser is counted in the background there, with a Stop button.
    """

    _esm = STATIC / "heatmap.js"
    _css = STATIC / "heatmap.css"
    _frame = traitlets.Dict().tag(sync=True)
    _view = traitlets.Dict().tag(sync=True)
    _cells = traitlets.Bytes(b"").tag(sync=True)
    _alert = traitlets.Unicode("").tag(sync=True)
    _table = traitlets.Unicode("").tag(sync=True)
    _going = traitlets.Unicode("").tag(sync=True)

    unit = traitlets.Unicode(None, allow_none=True)
    role_id = traitlets.Unicode(None, allow_none=True)
    kind = traitlets.Enum(list(KINDS), "all")
    search = traitlets.Unicode("")
    sort_skills = traitlets.Enum(list(SKILL_ORDERS), "need")
    group = traitlets.Enum(list(GROUPS), "none")
    sort_rows = traitlets.Enum(list(ROW_ORDERS), "covered")
    skill_id = traitlets.Unicode(None, allow_none=True)
    numbers = traitlets.Bool(False)
    table = traitlets.Bool(False)
    selected = traitlets.Instance(Selected, (), read_only=True)
    value = traitlets.Union(
        [traitlets.Instance(UnitGrid), traitlets.Instance(PersonGrid)], allow_none=True, read_only=True
    )

    def __init__(
        self,
        workspace: Workspace,
        *,
        pseudonyms: bool | None = None,
        most: int = 200,
        progress: Progress | None = None,
        **state: Any,
    ) -> None:
        self._workspace = workspace
        self._pseudonyms = hidden(pseudonyms)
        self._most = most
        self._progress = progress or ShownProgress()
        self._roles: choices.Choices[str | None] = choices.Choices((), ())
        self._people = 0
        self._sheet = NO_SHEET
        self._order: tuple[tuple[int, ...], tuple[int, ...], tuple[Band, ...]] = ((), (), ())
        self._units: tuple[UnitGrid | None, Sheet] = (None, NO_SHEET)
        self._drawn = 0
        self._ahead = CountAhead(workspace, self._say, self._hold_against, self._complain)
        super().__init__(**state)
        self.observe(lambda _: self.refresh(), names=["unit", "role_id"])
        self.observe(lambda _: self._arrange(), names=list(LOOK))
        self.refresh()

    # --- asking and arranging ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the workspace again: after an import, or after somebody else changed something."""
        self._note_state()
        value, told = None, ""
        try:
            value = self._ask()
            sheet = self._sheet_of(value)
        except SkillmatchError as error:
            sheet, told = NO_SHEET, error_html(error)
        self.set_trait("value", value)
        with self.hold_sync():
            self._alert = told
            self._put(sheet)

    def _ask(self) -> UnitGrid | PersonGrid:
        listed = choices.role_choices([role for role in self._workspace.roles.all() if role.requirements])
        self._people = sum(self._workspace.people.units().values())
        self._roles = choices.Choices.of([("their own role", None), *zip(listed.labels, listed.values, strict=True)])
        if self.unit is None:
            return self._workspace.team.unit_grid(role=self.role_id, progress=self._progress)
        return self._workspace.team.person_grid(self.unit, role=self.role_id, most=self._most, progress=self._progress)

    def _sheet_of(self, value: UnitGrid | PersonGrid) -> Sheet:
        """The grid as it is drawn; that of the units is kept, since one comes back to it again and again."""
        if isinstance(value, PersonGrid):
            return person_sheet(value, pseudonyms=self._pseudonyms)
        if self._units[0] is not value:
            self._units = (value, unit_sheet(value))
        return self._units[1]

    def _put(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._drawn += 1
        self._frame = sheet.frame(self._drawn)
        self._cells = sheet.packed
        self._arrange()

    def _arrange(self) -> None:
        sheet = self._sheet
        columns, bands = columns_of(sheet, kind=self.kind, sort=self.sort_skills, group=self.group, search=self.search)
        ids = [skill.skill_id for skill in sheet.columns]
        picked = ids.index(self.skill_id) if self.skill_id in ids else None
        rows = rows_of(sheet, sort=self.sort_rows, column=picked)
        self._order = (rows, columns, bands)
        with self.hold_sync():
            self._table = lines_html(sheet, rows, columns) if self.table else ""
            self._view = self._seen(picked)

    def _seen(self, picked: int | None) -> dict[str, Any]:
        """How the sheet is looked at, for the browser; roles go by their place."""
        rows, columns, bands = self._order
        people = self._sheet.kind == "people"
        orders = {name: words for name, words in ROW_ORDERS.items() if name != ("size" if people else "")}
        fields = {skill.field for skill in self._sheet.columns}
        groups = {name: words for name, words in GROUPS.items() if name != "field" or len(fields) > 1}
        return {
            "rows": list(rows),
            "columns": list(columns),
            "bands": [{"label": band.label, "from": band.first, "to": band.last} for band in bands],
            "picked": picked,
            "inside": self.unit is not None,
            "at": self._chosen(),
            "note": "" if len(columns) == len(self._sheet.columns) else f"{len(columns):,} skills match.",
            "empty": self._why_empty(),
            "meanings": [
                "",
                *(f"{state.value}: {(LOOKS[state].meaning if people else words)}" for state, words in OF_UNITS.items()),
            ],
            "state": {
                "kind": self.kind,
                "sort_skills": self.sort_skills,
                "group": self.group,
                "sort_rows": self.sort_rows,
                "search": self.search,
                "numbers": self.numbers,
                "table": self.table,
                "role": self._roles.index(self.role_id) or 0,
            },
            "options": {
                "kind": list(KINDS.items()),
                "sort_skills": list(SKILL_ORDERS.items()),
                "group": list(groups.items()),
                "sort_rows": list(orders.items()),
                "role": list(enumerate(self._roles.labels)),
            },
        }

    def _chosen(self) -> list[int] | None:
        """The place of what is selected, if it is on this sheet."""
        wanted = self.selected
        key = wanted.person_id if self._sheet.kind == "people" else wanted.unit
        row = next((place for place, head in enumerate(self._sheet.rows) if key is not None and head.key == key), None)
        column = next(
            (place for place, item in enumerate(self._sheet.columns) if item.skill_id == wanted.skill_id), None
        )
        return None if row is None or column is None else [row, column]

    def _why_empty(self) -> str:
        if self._sheet.columns:
            return "No skill matches. Empty the search, or show soft and technical skills."
        value = self.value
        if value is None:
            return "There is nothing to show, see above."
        if isinstance(value, UnitGrid) and not value.units and not value.left_out:
            return "There are no people yet. Import some with 'skillmatch people import', then refresh()."
        return f"There is nothing to show: {value.detail}. Give people roles, and roles requirements."

    # --- what is done in the browser -------------------------------------------------------------------------

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            "set": self._set,
            "open": self._open,
            "up": self._up,
            "select": self._select,
            "sort": self._sort,
            "stop": lambda _: self._ahead.stop(),
        }

    def _say(self, what: str) -> None:
        self._going = what

    def _hold_against(self, role_id: str | None) -> None:
        self.role_id = role_id

    def _complain(self, error: SkillmatchError) -> None:
        self._going = ""
        self._alert = error_html(error)

    def _set(self, said: Mapping[str, Any]) -> None:
        name, value = said.get("name"), said.get("value")
        if name == "role":
            place = index_of(said, "value", len(self._roles.values))
            if place is not None and self._people < LARGE:
                self.role_id = self._roles.values[place]
            elif place is not None:
                self._ahead.ask(self._roles.values[place], self._roles.labels[place])
        elif name in ("kind", "search", "sort_skills", "group", "sort_rows", "numbers", "table"):
            try:
                setattr(self, name, value)
            except traitlets.TraitError:
                self._alert = alert(f"{name} cannot be {value!r}.", "Choose one of the list.")

    def _open(self, said: Mapping[str, Any]) -> None:
        row, skill = self._at(said)
        if row is not None and self._sheet.kind == "units" and self._sheet.rows[row].key is not None:
            with self.hold_trait_notifications():
                if skill is not None:
                    self.skill_id, self.sort_rows = skill, "skill"
                self.unit = self._sheet.rows[row].key
            self.set_trait("selected", Selected(unit=self.unit, skill_id=skill))

    def _up(self, _: Mapping[str, Any]) -> None:
        self.unit = None

    def _select(self, said: Mapping[str, Any]) -> None:
        row, skill = self._at(said)
        if row is None:
            return
        key = self._sheet.rows[row].key
        if isinstance(self.value, PersonGrid):
            found = self.value.people[row]
            chosen = Selected(found.unit, found.person_id, found.role_id, skill)
        else:
            chosen = Selected(unit=key, skill_id=skill)
        self.set_trait("selected", chosen)
        self._arrange()

    def _sort(self, said: Mapping[str, Any]) -> None:
        column = index_of(said, "column", len(self._sheet.columns))
        if column is not None:
            with self.hold_trait_notifications():
                self.skill_id, self.sort_rows = self._sheet.columns[column].skill_id, "skill"

    def _at(self, said: Mapping[str, Any]) -> tuple[int | None, str | None]:
        column = index_of(said, "column", len(self._sheet.columns))
        skill = None if column is None else self._sheet.columns[column].skill_id
        return index_of(said, "row", len(self._sheet.rows)), skill

    # --- without a browser -----------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<GapHeatmap: {len(self._sheet.rows)} rows, {len(self._sheet.columns)} skills>"

    def _repr_html_(self) -> str:
        if self._alert:
            return self._alert
        rows, columns, _ = self._order
        return sheet_html(self._sheet, rows, columns, empty=self._why_empty())
