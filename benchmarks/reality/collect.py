"""Take the verdicts of a filled sheet into the judgements; a judge's earlier word on the same thing gives way."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.reality.judging import WORTH, Judgement, read_judgements, write_judgements
from benchmarks.reality.world import HERE


def collect(sheet: Path, judge: str, kept: Path) -> int:
    """How many verdicts came in; rows without one are left out."""
    rows = [json.loads(line) for line in sheet.read_text(encoding="utf-8").splitlines() if line.strip()]
    fresh = [
        Judgement(
            row["person"],
            row["role"],
            row["course"],
            row["verdict"],
            row.get("false_reason"),
            row.get("why", ""),
            judge,
        )
        for row in rows
        if row.get("verdict") in WORTH
    ]
    told = {(one.person, one.role, one.course) for one in fresh}
    before = read_judgements(kept) if kept.exists() else []
    left = [one for one in before if one.judge != judge or (one.person, one.role, one.course) not in told]
    write_judgements(kept, [*left, *fresh])
    return len(fresh)


if __name__ == "__main__":
    print(collect(Path(sys.argv[1]), sys.argv[2], HERE / "judgements.jsonl"), "verdicts taken")
