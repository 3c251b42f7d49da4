"""Top fives of ours, of the version before and of foolish baselines on real data, and what they are worth as judged."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path

from benchmarks.matching.models import kept
from benchmarks.reality import world
from benchmarks.reality.baselines import LIMIT, popular, tfidf, untuned
from benchmarks.reality.judging import acceptance, agreement, read_judgements
from skillmatch.domain.advice.advice import Advice
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.matching.encoder import BASE_ENCODER
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.service.workspace import Workspace

OURS, BEFORE = "skillmatch", "skillmatch before"
Lists = dict[str, list[list[str]]]


def main() -> int:
    given = _options()
    if not (given.data / "esco-1.1.1").is_dir():
        print(f"needs the real data; there is no {given.data}", file=sys.stderr)
        return 2
    with world.built(given.cache / "reality", given.data) as workspace:
        cases = world.cases()
        roles = {role.title: role.id for role in workspace.roles.all()}
        people = [f"{world.SOURCE}/{case.person}" for case in cases]
        pairs = [(person, roles[case.role]) for person, case in zip(people, cases, strict=True)]
        advice, took = _advice(workspace, pairs)
        gaps = [workspace.gap(person, role) for person, role in pairs]
        courses = list(workspace.catalogue.all().credentials.values())
    base = kept(make_encoder(BASE_ENCODER), given.cache)
    lists: Lists = {
        OURS: [[item.credential_id for item in found.recommendations] for found in advice],
        "untuned MiniLM": untuned(courses, gaps, base),
        "TF-IDF": tfidf(courses, gaps),
        "popularity": popular(courses, gaps),
    }
    base.save()
    stored = json.loads((world.HERE / "before.json").read_text())
    keys = {world.course_key(item.id): item.id for item in courses}
    lists[BEFORE] = [[keys[key] for key in stored[case.name] if key in keys] for case in cases]
    titles = {item.id: item.title for item in courses}
    judgements = read_judgements(world.HERE / "judgements.jsonl")
    _show(cases, advice, lists, titles)
    print(f"\nEach question answered in {statistics.median(took) * 1000:.1f} ms (median of {len(took)}), with its gap.")
    print("\n| list | given | judged | worth of judged | acceptance of all places |\n| --- | --- | --- | --- | --- |")
    for name, found in lists.items():
        part = acceptance(list(zip(cases, found, strict=True)), judgements, LIMIT)
        worth = "-" if part.of_judged is None else f"{part.of_judged:.0%}"
        print(f"| {name} | {part.given} of {part.places} | {part.judged} | {worth} | {part.of_places:.0%} |")
    for (one, other), (count, same) in agreement(judgements).items():
        print(f"\nJudges {one} and {other} say the same of {same:.0%} of {count}.")
    if given.sheet is not None:
        _write_sheet(given.sheet, cases, lists, {item.id: item for item in courses}, world.texts(given.data))
    return 0


def _advice(workspace: Workspace, pairs: list[tuple[str, str]]) -> tuple[list[Advice], list[float]]:
    found = [workspace.recommend(person, role, limit=LIMIT) for person, role in pairs]
    took = []
    for person, role in pairs:
        began = time.perf_counter()
        workspace.recommend(person, role, limit=LIMIT)
        took.append(time.perf_counter() - began)
    return found, took


def _show(cases: list[world.Case], advice: list[Advice], lists: Lists, titles: dict[str, str]) -> None:
    for place, case in enumerate(cases):
        print(f"\n## {case.name} ({advice[place].status.value})")
        for item in advice[place].recommendations:
            print(f"- {item.title}: {'; '.join(reason.label for reason in item.reasons)}")
        for wanted in advice[place].would_fit:
            print(f"- would fit: {wanted.label} at level {wanted.level:g}")
        for name in lists:
            if name != OURS:
                print(f"  {name}: {'; '.join(titles[item] for item in lists[name][place])}")


def _write_sheet(
    path: Path, cases: list[world.Case], lists: Lists, courses: dict[str, Credential], texts: dict[str, str]
) -> None:
    """What a judge is handed: every course of any list once, shuffled, without a word of who proposed it."""
    rows = []
    for place, case in enumerate(cases):
        proposed = sorted({item for found in lists.values() for item in found[place][:LIMIT]})
        for item in proposed:
            course = courses[item]
            rows.append(
                {
                    "person": case.person,
                    "text": texts[case.person],
                    "now": case.own,
                    "role": case.role,
                    "course": world.course_key(item),
                    "title": course.title,
                    "level": course.level,
                    "hours": course.hours,
                    "description": course.description[:1500],
                    "verdict": "",
                    "why": "",
                }
            )
    random.Random(7).shuffle(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reality", description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data", help="the folder of real data")
    parser.add_argument("--cache", type=Path, default=root / ".bench", help="where the workspace and vectors are kept")
    parser.add_argument("--sheet", type=Path, help="write the shuffled, nameless sheet for a judge here; keep it out")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
