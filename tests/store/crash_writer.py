"""A program to be killed: writes batch after batch, each over many tables, and says a batch's number once it is kept.

Started by test_crash.py with the workspace's folder as its only argument.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from skillmatch.domain.catalogue.credential import Credential, Offering, Outcome
from skillmatch.domain.people.person import Evidence, EvidenceSource, StoredPerson
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.store import Store

DAY = date(2026, 1, 1)


def write_batch(store: Store, batch: int) -> None:
    with store.writing() as change:
        change.put_setting("last", batch)
        skills = [Skill(f"skill {number:04}", f"batch {batch}", description="x" * 200) for number in range(1_000)]
        taxonomy = Taxonomy.of("all", "1", skills)
        change.put_taxonomy(taxonomy, content_hash=str(batch), imported_at=datetime(2026, 1, 1, tzinfo=UTC), source="")
        offering = Offering(f"own/{batch}", f"own/{batch}", DAY, DAY, batch)
        course = Credential(
            f"own/{batch}", f"batch {batch}", outcomes=(Outcome("skill 0001", 3),), offerings=(offering,)
        )
        change.put_credentials([course])
        said = tuple(Evidence(f"skill {number:04}", 3, EvidenceSource.SELF, DAY) for number in range(10))
        change.put_people(
            [StoredPerson(f"hr/{batch}/{number}", "A", f"batch {batch}", evidence=said) for number in range(5)]
        )
        keys = [hashlib.sha256(f"{batch} {number}".encode()).digest() for number in range(500)]
        change.put_vectors("mini", keys, np.full((500, 64), batch, dtype=np.float32))
        change.drop_unused_vectors("mini", keys)


def main() -> None:
    print("ready", flush=True)
    with Store.open(Path(sys.argv[1]), create=True) as store:
        with store.reading() as view:
            last = view.setting("last", 0)
        for batch in range(last + 1, 10_000):
            write_batch(store, batch)
            print(batch, flush=True)


if __name__ == "__main__":
    main()
