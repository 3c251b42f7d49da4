"""One attempt at tuning: train, set the curve, measure, judge; nothing of it stays unless it is put in force."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillmatch.files.resources import resource
from skillmatch.files.writing import write_text
from skillmatch.matching.calibration import Calibration, load_model
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.linker import Linker
from skillmatch.matching.ranking import top_positions
from skillmatch.matching.tuned.weights import save_tuned, tuned_weights
from skillmatch.matching.tuning.adapter import AdapterSettings, train_adapter
from skillmatch.matching.tuning.curve import Refit, refit
from skillmatch.matching.tuning.installed import Installed, install
from skillmatch.matching.tuning.lessons import Lessons, on_offer
from skillmatch.matching.tuning.measures import measure, why_not
from skillmatch.matching.tuning.names_in_frames import curve_reminders, guard, reminders
from skillmatch.matching.vectors import build_vectors
from skillmatch.matching.weights import default_cache_folder, sha256
from skillmatch.service.core.linking import Linking, text_key
from skillmatch.service.core.lookups import no_taxonomy
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.matching.tuning_values import BeforeAfter, TuningStatus
from skillmatch.store import Store


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to; ``installed`` is None unless it was put in force."""

    status: TuningStatus
    reason: str
    held_out: BeforeAfter
    guard: BeforeAfter
    refit: Refit
    installed: Installed | None


class Attempt:
    """One tuning from the lessons to the judgement; nothing outlives it unless it is put in force."""

    def __init__(
        self,
        store: Store,
        linking: Linking,
        snapshot: Snapshot,
        lessons: Lessons,
        packaged: TunedEncoder,
        settings: AdapterSettings,
        report: Callable[[str], None],
        progress: Progress,
    ) -> None:
        self.store = store
        self.linking = linking
        self.snapshot = snapshot
        self.lessons = lessons
        self.packaged = packaged
        self.settings = settings
        self.report = report
        self.progress = progress

    def run(self, staged: Path, *, dry_run: bool) -> Outcome:
        """Train into the folder ``staged``, measure, and put it in force if it is better and this is no dry run."""
        in_force = self.linking.plain_linker(self.snapshot, self.progress)
        base = Linking(self.store, self.packaged).plain_linker(self.snapshot, self.progress)
        guards = on_offer(guard(self.snapshot.taxonomy), base.index.skill_ids)
        held = len(self.lessons.held_out)
        self.report(f"measuring what is in force on {held} held-out and {len(guards)} guard texts")
        before, guarded = measure(in_force, self.lessons.held_out), measure(base, guards)
        self._train(base, staged)
        encoder = TunedEncoder(staged, cache_folder=self.packaged.cache_folder, threads=self.packaged.threads)
        with _passing(encoder, self.packaged, self.linking.encoder) as keep:
            self.report("encoding the names of skills anew")
            vectors = build_vectors(
                base.index.names, encoder, progress=of_stage(self.progress, "encoding names of skills")
            )
            tuned = replace(base, index=replace(base.index, vectors=vectors), encoder=encoder)
            model = load_model()
            found = refit(tuned, model, (*self.lessons.curve, *curve_reminders(self._reminded())))
            tuned = replace(tuned, model=replace(model, full=found.of(model.full)))
            self.report("measuring what was tuned")
            after, guarded_after = measure(tuned, self.lessons.held_out), measure(tuned, guards)
            reason = why_not(before, after, guarded, guarded_after)
            status = TuningStatus.KEPT if reason else TuningStatus.BETTER if dry_run else TuningStatus.INSTALLED
            installed = None
            if status is TuningStatus.INSTALLED:
                _write_linker(staged, encoder.id, tuned.calibration(degraded=False))
                with self.store.writing() as change:
                    change.put_vectors(encoder.id, [text_key(text) for text in vectors.texts], vectors.matrix)
                installed = install(self.store.folder, staged, self._record(found))
                keep()
        return Outcome(
            status, reason, BeforeAfter(before, after), BeforeAfter(guarded, guarded_after), found, installed
        )

    def _reminded(self) -> tuple[tuple[str, str], ...]:
        return reminders(self.snapshot.taxonomy, self.settings.seed, self.settings.reminders)

    def _train(self, base: Linker, staged: Path) -> None:
        """Train from the packaged weights and write the result, as the difference to the published base model."""
        index = base.index
        if index.vectors is None:
            raise no_taxonomy()
        vectors = index.vectors
        weights = tuned_weights()
        trained = train_adapter(
            weights,
            self.packaged.cache_folder or default_cache_folder(),
            index,
            lambda texts: top_positions(vectors.scores(self.packaged.encode(texts)), min(15, len(index.skill_ids))),
            self.lessons.learning,
            self._reminded(),
            self.settings,
            self.report,
        )
        save_tuned(
            staged,
            trained.weights,
            base=weights.base,
            table=trained.table,
            table_share=weights.record.table_share,
            training={"what": "skillmatch tune", "from": self.packaged.id, **self._numbers()},
        )

    def _numbers(self) -> dict[str, Any]:
        return {
            "feedback": len(self.snapshot.feedback),
            "decisions": self.lessons.counts(),
            "taxonomy": self.snapshot.taxonomy_version,
            "seed": self.settings.seed,
            "steps": self.settings.steps,
        }

    def _record(self, found: Refit) -> dict[str, Any]:
        return {
            "base": {"encoder": self.packaged.id, "linker": load_model().version},
            "curve": {"stretch": found.stretch, "shift": found.shift},
            **self._numbers(),
        }


def _write_linker(folder: Path, encoder_id: str, calibration: Calibration) -> None:
    """The packaged linker's file with another curve, and its hash beside it."""
    curve = [float(value) for value in calibration.curve]
    content = json.loads((resource("models", "linker") / "linker.json").read_text(encoding="utf-8"))
    content["full"] = {**content["full"], "curve": curve}
    content["encoder_id"] = encoder_id
    mark = hashlib.sha256(json.dumps([encoder_id, curve]).encode()).hexdigest()[:8]
    content["version"] = f"{content['version']}+tuned.{mark}"
    path = folder / "linker.json"
    write_text(path, json.dumps(content, sort_keys=True, ensure_ascii=False) + "\n")
    write_text(path.with_suffix(".sha256"), sha256(path) + "\n")


@contextmanager
def _passing(encoder: TunedEncoder, *others: Encoder) -> Iterator[Callable[[], None]]:
    """An encoder whose files in the cache go at the end, unless it was kept by calling what this yields."""
    kept: list[bool] = []
    try:
        yield lambda: kept.append(True)
    finally:
        if not kept and encoder.id not in [other.id for other in others]:
            forget_files(encoder)


def forget_files(encoder: TunedEncoder) -> None:
    """Delete what an encoder left in the cache, some 200 MB; the packaged encoder's is another file."""
    cache = encoder.cache_folder or default_cache_folder()
    stem = f"skill-encoder-{encoder.record.merged_hash[:16]}"
    if encoder.record.merged_hash == TunedEncoder().record.merged_hash:
        return
    for path in cache.glob(f"{stem}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
