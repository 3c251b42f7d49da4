"""Tuning: matching fitted to an organisation's own decisions, put in force only where it is measured to be better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from skillmatch.domain.base.errors import ConflictError
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.tuning.installed import remove, staging
from skillmatch.matching.tuning.lessons import lessons_of
from skillmatch.matching.tuning.serving import DamagedEncoder, OrganisationEncoder
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.lookups import no_taxonomy
from skillmatch.service.core.progress import Progress, silent
from skillmatch.service.matching.feedback import FeedbackLog
from skillmatch.service.matching.tuning_attempt import Attempt, forget_files
from skillmatch.service.matching.tuning_values import BeforeAfter, TuningReport, TuningStatus

__all__ = ["BeforeAfter", "Tuning", "TuningReport", "TuningStatus"]

STEPS = 150
SEED = 1


def _unheard(line: str) -> None:
    """Where nobody listens."""


class Tuning:
    """Fitting the matching to what people decided about texts, and going back."""

    def __init__(self, context: WorkspaceContext, feedback: FeedbackLog) -> None:
        self._context = context
        self._feedback = feedback

    def tune(
        self,
        *,
        steps: int = STEPS,
        seed: int = SEED,
        dry_run: bool = False,
        report: Callable[[str], None] = _unheard,
        progress: Progress = silent,
    ) -> TuningReport:
        """Train an adapter and set the curve anew on the feedback; put both in force if they are measured to be better.

        A quarter of the texts judge and are never learnt from; that a text does is settled by its hash. Nothing has
        changed when this raises or is interrupted. It always starts from the packaged weights. Raises
        ``ConflictError`` without a taxonomy or where another encoder than the packaged one is set, ``ModelError``.
        """
        from skillmatch.matching.tuning.adapter import AdapterSettings

        settings = AdapterSettings(seed=seed, steps=steps)
        snapshot = self._context.snapshot()
        if snapshot.record is None:
            raise no_taxonomy()
        offered = {skill.id: skill.label for skill in snapshot.taxonomy.skills.values() if not skill.deprecated}
        lessons = lessons_of(self._feedback.triples(), offered)
        if lessons.more_needed:
            return self._ended(
                TuningStatus.INSUFFICIENT_DATA,
                reason=f"about {lessons.more_needed} more decisions are needed",
                more_needed=lessons.more_needed,
                counts=lessons.counts(),
            )
        packaged = self._packaged()
        attempt = Attempt(
            self._context.store,
            self._context.linking,
            snapshot,
            lessons,
            packaged,
            replace(settings, threads=packaged.threads),
            report,
            progress,
        )
        with staging(self._context.store.folder) as staged:
            outcome = attempt.run(staged, dry_run=dry_run)
        if outcome.installed is not None:
            former = self._context.linking.encoder
            cache, threads = packaged.cache_folder, packaged.threads
            self._context.serve(OrganisationEncoder(outcome.installed, cache_folder=cache, threads=threads))
            self._forget(former)
        return self._ended(
            outcome.status,
            reason=outcome.reason,
            counts=lessons.counts(),
            held_out=outcome.held_out,
            guard=outcome.guard,
            stretch=outcome.refit.stretch,
            shift=outcome.refit.shift,
        )

    def remove_tuning(self) -> TuningReport:
        """Go back to the packaged matching; works also where what is in force is damaged."""
        former = self._context.linking.encoder
        there = remove(self._context.store.folder)
        if isinstance(former, OrganisationEncoder):
            self._context.serve(TunedEncoder(cache_folder=former.cache_folder, threads=former.threads))
            self._forget(former)
        elif isinstance(former, DamagedEncoder):
            self._context.serve(TunedEncoder())
        return self._ended(TuningStatus.REMOVED if there else TuningStatus.NOTHING_TO_REMOVE)

    def _packaged(self) -> TunedEncoder:
        """The encoder to start from. Raises ``ConflictError`` where the one in force is not ours."""
        match self._context.linking.encoder:
            case DamagedEncoder(error=error):
                raise error
            case OrganisationEncoder() as own:
                own.verify()
                return TunedEncoder(cache_folder=own.cache_folder, threads=own.threads)
            case TunedEncoder(folder=None) as ours:
                return ours
            case other:
                raise ConflictError(
                    f"only the encoder that comes with skillmatch can be tuned; {other.id} is in force.",
                    remedy="Unset SKILLMATCH_ENCODER.",
                )

    def _forget(self, former: Encoder) -> None:
        """Delete what a tuned encoder that serves no more left in the cache and in the store."""
        if isinstance(former, OrganisationEncoder) and former.id != self._context.linking.encoder_id:
            forget_files(former)
            with self._context.store.writing() as change:
                change.drop_unused_vectors(former.id, ())

    def _ended(self, status: TuningStatus, **given: Any) -> TuningReport:
        return TuningReport(status, self._context.linking.encoder_id, self._context.linking.linker_id, **given)
