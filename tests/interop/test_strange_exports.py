"""Strange exports made from a known truth: each row is read right or refused with a remedy, never read wrong."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from skillmatch.files.tables import open_table
from skillmatch.interop.column_map import load_column_map
from skillmatch.interop.people import read_evidence

TODAY = date(2026, 12, 1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

DATES = {
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: day.strftime("%d.%m.%Y"),
    "day first": lambda day: day.strftime("%d/%m/%Y"),
    "month first": lambda day: day.strftime("%m/%d/%Y"),
    "stamp": lambda day: f"{day.isoformat()}T09:30:00Z",
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
}
LEVELS = {
    "plain": str,
    "comma": lambda level: f"{level},0",
    "of five": lambda level: f"{level}/5",
    "percent": lambda level: f"{level * 20} %",
    "words": lambda level: f"{level} - {('none', 'aware', 'basic', 'independent', 'advanced', 'expert')[level]}",
    "dots": lambda level: "●" * level + "○" * (5 - level),
}
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
HEADER = ("Personal-Nr.", "Fähigkeit", "Stufe", "Datum")
MAP = """source = "hr"
what = "evidence"
[columns]
person = "Personal-Nr."
skill = "Fähigkeit"
level = "Stufe"
source = { constant = "manager" }
date = "Datum"
"""


def truth(chance: random.Random) -> list[tuple[str, str, int, date]]:
    days = (TODAY - timedelta(days=chance.randrange(4_000)) for _ in range(12))
    return [(f"P{n}", f"Schweißen {n}", chance.randint(1, 5), day) for n, day in enumerate(days)]


def written(folder: Path, chance: random.Random, rows: list[tuple[str, str, int, date]]) -> Path:
    say_day = DATES[chance.choice(list(DATES))]
    say_level = LEVELS[chance.choice(list(LEVELS))]
    lines = [HEADER, *((person, skill, say_level(level), say_day(day)) for person, skill, level, day in rows)]
    if chance.random() < 0.3:
        lines.insert(1, ("Employee", "Skill name", "Level", "Date"))
    if chance.random() < 0.4:
        lines[:0] = [("Export Müller, Stand 30.11.2026",), ()]
    if chance.random() < 0.3:
        lines.append(lines[-1])
    if chance.random() < 0.4:
        path = folder / "export.xlsx"
        book = Workbook()
        if chance.random() < 0.5:
            book.active.append(["Deckblatt"])
            book.create_sheet("Daten")
        sheet = book.worksheets[-1]
        for line in lines:
            sheet.append(list(line))
        book.save(path)
        return path
    path = folder / "export.csv"
    mark = chance.choice(";\t|")
    path.write_text(
        "".join(mark.join(line) + "\r\n" for line in lines),
        encoding="utf-8" if "●" in str(lines) else chance.choice(ENCODINGS),
        newline="",
    )
    return path


@pytest.mark.parametrize("seed", range(0, 100, 10))
def test_rows_are_read_right_or_refused(tmp_path: Path, seed: int) -> None:
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    column_map = load_column_map(tmp_path / "map.toml")
    taken = 0
    for one in range(seed, seed + 10):
        chance = random.Random(one)
        rows = truth(chance)
        path = written(tmp_path, chance, rows)
        batch = read_evidence(open_table(path, layout=column_map.layout), today=TODAY, column_map=column_map)
        told = {(person, piece.skill_id, piece.level, piece.on) for person, piece in batch.values}
        assert told <= {(f"hr/{person}", skill, float(level), day) for person, skill, level, day in rows}
        assert len(told) + len(batch.rejected) >= len(rows)
        assert all(finding.remedy for finding in batch.rejected)
        taken += len(told)
        path.unlink()
    assert taken > 80  # of 120: only dates that could be two days may be missing
