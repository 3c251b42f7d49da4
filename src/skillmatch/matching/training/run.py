"""One training run from a data folder to a folder of weights, in an order that can be stopped anywhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.training.examples import SHARES, ExampleMaker
from skillmatch.matching.training.holdout import HELD_OUT_SEED
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.sources import Sources
from skillmatch.matching.training.table_trainer import train_table
from skillmatch.matching.training.trainer import Report, Trainer
from skillmatch.matching.training.transformer import MAX_TOKENS, TrainedTransformer
from skillmatch.matching.training.weights import save_tuned
from skillmatch.matching.weights import published_model

TABLE_SHARE = 0.2


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
) -> bool:
    """Train the token table and the transformer and save both in ``out``; False when stopped before the end.

    ``work`` holds what a later call with ``resume`` goes on from, and is left as it is at the end. With one thread
    and the same data, settings and libraries the weights are the same bytes. ``save_stopped`` saves also what a run
    has learned that was stopped before its end; its record says after how many steps. Raises ``ModelError``
    and ``OSError``.
    """
    import torch

    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    work.mkdir(parents=True, exist_ok=True)
    base = published_model()
    maker = ExampleMaker.of(sources)
    transformer = TrainedTransformer(base, precision=settings.precision)
    table = _table(transformer, maker, settings, report, work / "table.npy", resume) if settings.table_steps else None
    trainer = Trainer(transformer, maker, settings, checkpoint=work / "checkpoint.pt")
    if resume and trainer.resume():
        report(f"resumed after step {trainer.step}")
    with _stopping(trainer):
        trainer.run(report, until=until)
    if trainer.step < settings.steps:
        report(f"stopped after step {trainer.step}; go on with --resume")
        if not save_stopped:
            return False
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
    return trainer.step == settings.steps


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
