"""Technologies of O*NET: each tool that it names becomes a skill under the category of tools that it belongs to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.domain.base.errors import Place
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.files.tables import Table
from skillmatch.taxonomy.assumptions import technology_requirement
from skillmatch.taxonomy.cleaning import tidy
from skillmatch.taxonomy.columns import find_columns
from skillmatch.taxonomy.draft import Draft, Fields
from skillmatch.taxonomy.reading import Findings

PREFIX = "onet/"
FIELD = "Technology skills"

_SPELLED = {"+": " plus ", "#": " sharp "}  # else C, C++ and C# would have one id
_FIELDS = Fields("Example", "Example", "Example", "Commodity Title")


def blank_if_absent(cell: str) -> str:
    """The cell's text, blank where O*NET writes that there is none."""
    return "" if cell.strip().lower() in ("n/a", "null") else cell


@dataclass(frozen=True, slots=True)
class _Use:
    """One row: an occupation uses a tool; ``tool`` and ``category`` are folded names."""

    code: str
    tool: str
    category: str
    hot: bool
    in_demand: bool
    at: Place


class Technologies:
    """Gathers the rows of the technology file: first the skills are added from them, later the requirements.

    Ids are made from names (``onet/tech/microsoft-excel``, ``onet/commodity/spreadsheet-software``), because the
    categories carry other codes in release 30 than in 29, and tools have none. Where O*NET names a whole category as
    if it were a tool ("Spreadsheet software"), that is the category itself.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._uses: list[_Use] = []
        self._spellings: dict[str, dict[str, set[str]]] = {"tech": {}, "commodity": {}}
        self._ids: dict[str, dict[str, str]] = {}

    def read(self, table: Table) -> None:
        """Take the rows of a Technology Skills or Software Skills file."""
        columns = find_columns(
            table,
            ("O*NET-SOC Code", ("Example", "Workplace Example"), ("Commodity Title", "Element Name")),
            ("Hot Technology", "In Demand"),
        )
        for row in table:
            at = Place(table.file, row.line)
            tool = tidy(blank_if_absent(columns.cell(row, "Example")))
            category = tidy(blank_if_absent(columns.cell(row, "Commodity Title")))
            if not tool:
                message = "names no technology; the row was left out."
                self._findings.reject("blank_label", message, at, columns.header("Example"))
                continue
            self._uses.append(
                _Use(
                    columns.cell(row, "O*NET-SOC Code").strip(),
                    self._meet("tech", tool),
                    self._meet("commodity", category) if category else "",
                    columns.cell(row, "Hot Technology").strip() == "Y",
                    columns.cell(row, "In Demand").strip() == "Y",
                    at,
                )
            )

    def _meet(self, kind: str, name: str) -> str:
        folded = fold(name)
        self._spellings[kind].setdefault(folded, set()).add(name)
        return folded

    def add_skills(self, draft: Draft) -> None:
        """Add the categories and the tools, which stand under every category that they are named in."""
        labels: dict[str, dict[str, str]] = {}
        for kind, spellings in self._spellings.items():
            labels[kind] = {folded: min(names) for folded, names in spellings.items()}
            slugs = unique_slugs(labels[kind].values())
            self._ids[kind] = {folded: f"{PREFIX}{kind}/{slugs[label]}" for folded, label in labels[kind].items()}
        tools = {
            folded: skill_id for folded, skill_id in self._ids["tech"].items() if folded not in labels["commodity"]
        }
        categories: dict[str, set[str]] = {}
        places: dict[tuple[str, str], Place] = {}
        for use in self._uses:
            places.setdefault(("tech", use.tool), use.at)
            if use.category:
                places.setdefault(("commodity", use.category), use.at)
                categories.setdefault(use.tool, set()).add(use.category)
        for kind, ids in (("commodity", self._ids["commodity"]), ("tech", tools)):
            for folded, skill_id in sorted(ids.items()):
                above = sorted(categories.get(folded, ())) if kind == "tech" else []
                draft.skill(
                    places[kind, folded],
                    own_id=skill_id,
                    label=labels[kind][folded],
                    description="; ".join(labels["commodity"][category] for category in above),
                    field=FIELD,
                    fields=_FIELDS,
                )
                for category in above:
                    at = places[kind, folded]
                    draft.broader(skill_id, self._ids["commodity"][category], at, "Commodity Title")

    def add_requirements(self, draft: Draft) -> None:
        """Add what the occupations ask for; a tool named under two categories is asked for once."""
        needs: dict[tuple[str, str], _Use] = {}
        hot: set[tuple[str, str]] = set()
        in_demand: set[tuple[str, str]] = set()
        for use in self._uses:
            key = (use.code, use.tool)
            needs.setdefault(key, use)
            hot |= {key} if use.hot else set()
            in_demand |= {key} if use.in_demand else set()
        for key, use in sorted(needs.items(), key=lambda item: item[0]):
            skill_id = self._ids["commodity"].get(use.tool) or self._ids["tech"][use.tool]
            need = technology_requirement(skill_id, hot=key in hot, in_demand=key in in_demand)
            draft.requirement(PREFIX + use.code, need, use.at, "O*NET-SOC Code")


def slug(name: str) -> str:
    """A name as a piece of an id: lower case letters and digits of ASCII, with hyphens between words."""
    spelled = "".join(_SPELLED.get(char, char) for char in name)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name, no two alike: of names that share one, the first in the alphabet has it as it is.

    The others, and names without any letter or digit of ASCII, end in a hash of the name.
    """
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for name in sorted(set(names)):
        plain = slug(name)
        if not plain or plain in taken:
            plain = f"{plain}-{hashlib.sha256(fold(name).encode()).hexdigest()[:8]}".lstrip("-")
        taken.add(plain)
        slugs[name] = plain
    return slugs
