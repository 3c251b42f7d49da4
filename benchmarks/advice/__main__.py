"""Measure recommendations against planted truth and against foolish ways to choose; writes README.md beside this."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.advice.outcome import closures
from benchmarks.advice.policies import make_policies
from benchmarks.advice.report import CUTS, markdown, summary
from benchmarks.advice.world import make_world
from skillmatch.files.resources import resource
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

TELLINGS = {"named and described": False, "described only": True}
"""How courses tell what they teach, and whether the names of skills are kept out of it."""


def measure(
    people: int, courses: int, seed: int, encoder: Encoder | None, untuned: Encoder, *, unnamed: bool
) -> dict[str, np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Closures by policy, ``(people, cuts)``; ``encoder`` None means the one that the program would use."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(folder / "workspace", create=True, encoder=encoder) as workspace:
            _take(workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy")))
            _take(workspace.roles.import_from(resource("data", "demo") / "roles.csv"))
            skills = workspace.snapshot().taxonomy.skills
            roles = [role for role in workspace.roles.all() if role.requirements]
            seen = folder / "seen"
            world = make_world(roles, skills, seen, people=people, courses=courses, seed=seed, unnamed=unnamed)
            _take(workspace.catalogue.import_from(world.folder))
            _take(workspace.people.import_from(world.folder))
            policies = make_policies(world, workspace, untuned, max(CUTS))
            return {
                name: np.array([closures(item, choose(item), CUTS) for item in world.learners])
                for name, choose in policies.items()
            }


def _take(report: object) -> None:
    if not getattr(report, "applied", False):
        raise RuntimeError(f"the world could not be imported: {report!r}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.advice", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--courses", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--letters", action="store_true", help="an encoder of letters for all, to try it out quickly")
    parser.add_argument("--json", action="store_true", help="print JSON and write nothing")
    given = parser.parse_args()
    if given.people < 1 or given.courses < max(CUTS):
        parser.error(f"needs a person and {max(CUTS)} courses at least")
    untuned: Encoder = NgramEncoder() if given.letters else make_encoder("all-MiniLM-L6-v2", threads=1)
    own = untuned if given.letters else None
    found = {
        telling: measure(given.people, given.courses, given.seed, own, untuned, unnamed=unnamed)
        for telling, unnamed in TELLINGS.items()
    }
    if given.json:
        print(json.dumps({telling: summary(closed, given.seed) for telling, closed in found.items()}, indent=2))
        return 0
    encoder = "an encoder of letters" if given.letters else "all-MiniLM-L6-v2 as it is"
    setting = f"{given.people:,} people, {given.courses:,} courses, seed {given.seed}; untuned encoder: {encoder}."
    page = markdown(found, given.seed, setting)
    (Path(__file__).parent / "README.md").write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
