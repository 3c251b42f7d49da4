"""Advice for many people in one call, alone in its process: python -m benchmarks.many_people PLACE PEOPLE WORKERS."""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import islice
from pathlib import Path

from benchmarks.workload import DAY
from skillmatch.service.workspace import Workspace


def main() -> None:
    place, people, workers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with Workspace.open(place) as workspace:
        begun = time.perf_counter()
        answers = workspace.recommend_all("data analyst", as_of=DAY, workers=workers)
        done = sum(1 for _ in islice(answers, people))
        answers.close()
        seconds = time.perf_counter() - begun
    if done != people:
        raise SystemExit(f"{done} answers for {people} people")
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"seconds": seconds, "peak_mb": max(peaks) / 1024}))


if __name__ == "__main__":
    main()
