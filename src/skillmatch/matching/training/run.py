"""One training run from a data folder to a folder of weights, in an order that can be stopped anywhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.training.examples import LATE_SHARES, SHARES, ExampleMaker
from skillmatch.matching.training.holdout import HELD_OUT_SEED
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.sources import Sources
from skillmatch.matching.training.table_trainer import train_table
from skillmatch.matching.training.trainer import Report, Trainer
from skillmatch.matching.training.transformer import MAX_TOKENS, TrainedTransformer
from skillmatch.matching.tuned.weights import save_tuned
from skillmatch.matching.weights import published_model

TABLE_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended: its last step, whether weights were saved, and whether someone stopped it."""

    step: int
    saved: bool
    interrupted: bool


def train(
    sources: Sources,
    out: Path,
    settings: Settings,
    report: Report,
    *,
    work: Path,
    resume: bool = False,
    command: str = "",
    until: int | None = None,
    save_stopped: bool = False,
) -> End:
    """Train the transformer and the token table and save both in ``out``.

    ``work`` holds what a later call with ``resume`` goes on from, and is left as it is at the end. With the
    same data, settings, threads and libraries the weights are the same bytes. ``save_stopped`` saves also what a run
    has learned that was stopped before its end; its record says after how many steps. Raises ``ModelError``
    and ``OSError``.
    """
    import torch

    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    work.mkdir(parents=True, exist_ok=True)
    base = published_model()
    maker = ExampleMaker.of(sources)
    transformer = TrainedTransformer(base, precision=settings.precision)
    trainer = Trainer(transformer, maker, settings, checkpoint=work / "checkpoint.pt")
    if resume and trainer.resume():
        report(f"resumed after step {trainer.step}")
    with _stopping(trainer):
        trainer.run(report, until=until)
    if trainer.step < settings.steps:
        report(f"stopped after step {trainer.step}; go on with --resume")
        if not save_stopped:
            return End(trainer.step, saved=False, interrupted=trainer.stopped)
    table = _table(transformer, maker, settings, report, work / "table.npy", resume) if settings.table_steps else None
    trained = {name: weight.detach().cpu().numpy() for name, weight in trainer.weights.items()}
    save_tuned(
        out,
        trained,
        base=base,
        keep=settings.keep,
        table=table,
        table_share=TABLE_SHARE,
        training=_record(sources, maker, trainer, command),
    )
    report(f"saved in {out}")
    return End(trainer.step, saved=True, interrupted=trainer.stopped)


def _table(
    transformer: TrainedTransformer, maker: ExampleMaker, settings: Settings, report: Report, path: Path, resume: bool
) -> NDArray[np.float16]:
    if resume and path.exists():
        return np.asarray(np.load(path), dtype=np.float16)
    table = train_table(transformer, maker, settings, report)
    beside = path.with_name("table.part.npy")
    np.save(beside, table)
    beside.replace(path)
    return table


def _record(sources: Sources, maker: ExampleMaker, trainer: Trainer, command: str) -> dict[str, Any]:
    """What a reader needs to know of how the weights came to be."""
    import torch

    return {
        "command": command,
        "settings": asdict(trainer.settings),
        "max_tokens": MAX_TOKENS,
        "what": "all layers of the transformer; its word vectors are frozen; stored is the difference to the base",
        "shares": SHARES,
        "late_shares": LATE_SHARES,
        "written": len(sources.written),
        "held_out_seed": HELD_OUT_SEED,
        "held_out_skills": len(sources.held.skills),
        "held_out_occupations": len(sources.held.occupations),
        "concepts": len(maker.concepts.texts),
        "sentences": len(sources.sentences),
        "steps_done": trainer.step,
        "examples": trainer.step * trainer.settings.batch,
        "taxonomy": f"{sources.taxonomy.name} {sources.taxonomy.version}",
        "torch": torch.__version__,
    }


@contextmanager
def _stopping(trainer: Trainer) -> Iterator[None]:
    """While it lasts, a request to end the process ends the training after a step, with the state kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.signal(number, lambda *_: trainer.stop()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
