"""The training loop: each text against every concept there is, stopped and resumed without a difference.

The usual loss compares a text with the concepts of its own batch. Here it also meets the remembered vectors of all
others: near skills, which are what a linker confuses, are then always among the wrong answers, for one product of
matrices. The remembered vectors get no gradient; they are replaced whenever their concept is encoded, and all are
made anew now and then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from skillmatch.domain.errors import ModelError
from skillmatch.matching.training.examples import Example, ExampleMaker
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.transformer import TrainedTransformer

Report = Callable[[str], None]
"""Told one line about how a run goes."""

KEEP_EVERY = 50
TELL_EVERY = 10


class Trainer:
    """Trains one transformer. ``checkpoint`` is where the state is kept while it runs; None keeps nothing."""

    def __init__(
        self,
        transformer: TrainedTransformer,
        maker: ExampleMaker,
        settings: Settings,
        *,
        checkpoint: Path | None = None,
        keep_every: int = KEEP_EVERY,
    ) -> None:
        torch = transformer.torch
        self.transformer = transformer
        self.maker = maker
        self.settings = settings
        self.checkpoint = checkpoint
        self.keep_every = keep_every
        self.step = 0
        self.seconds = 0.0
        self.stopped = False
        self.weights = transformer.trained()
        self.optimizer: Any = torch.optim.AdamW(self.weights.values(), lr=settings.rate, weight_decay=0.01)
        self.bank: Any = None
        self.concept_ids = transformer.tokens(maker.concepts.texts)
        self.kinds: Any = torch.tensor(maker.concepts.kinds, device=transformer.device)

    def run(self, report: Report, *, until: int | None = None) -> None:
        """Train to the last step, or to ``until``, where the state is kept for a later run to go on from."""
        last = min(self.settings.steps, until if until is not None else self.settings.steps)
        began, first, tokens, losses = time.perf_counter(), self.step, 0, []
        before = self.seconds
        while self.step < last and not self.stopped:
            if self.bank is None or self.step % self.settings.refresh == 0:
                self._remember_all()
            loss, count = self._one_step()
            losses.append(loss)
            tokens += count
            self.step += 1
            self.seconds = before + time.perf_counter() - began
            if self.step % TELL_EVERY == 0 or self.step == last:
                pace = (time.perf_counter() - began) / (self.step - first)
                report(
                    f"step {self.step}/{self.settings.steps}  loss {sum(losses) / len(losses):.3f}  "
                    f"{self.seconds / 60:.1f} min  {pace:.2f} s/step  "
                    f"{tokens / pace / (self.step - first):.0f} tokens/s"
                )
                losses = []
            if self.step % self.keep_every == 0 or self.step == last or self.stopped:
                self.keep()

    def stop(self) -> None:
        """End after the step that is running, with the state kept; safe to call from a signal."""
        self.stopped = True

    def keep(self) -> None:
        """Write the state beside the old one and put it in its place at once, so that a kill never leaves half."""
        if self.checkpoint is None:
            return
        beside = self.checkpoint.with_suffix(".part")
        self.transformer.torch.save(
            {
                "step": self.step,
                "seconds": self.seconds,
                "seed": self.settings.seed,
                "weights": {name: weight.detach() for name, weight in self.weights.items()},
                "optimizer": self.optimizer.state_dict(),
                "bank": self.bank,
            },
            beside,
        )
        beside.replace(self.checkpoint)

    def resume(self) -> bool:
        """Go on from the checkpoint; False when there is none. Raises ``ModelError`` when it is of another run."""
        if self.checkpoint is None or not self.checkpoint.exists():
            return False
        torch = self.transformer.torch
        try:
            state = torch.load(self.checkpoint, weights_only=True, map_location=self.transformer.device)
            fits = state["seed"] == self.settings.seed and len(state["bank"]) == len(self.concept_ids)
        except Exception as error:  # torch raises whatever its parts raise
            raise ModelError(f"the checkpoint {self.checkpoint} cannot be read: {error}.", remedy=_REMEDY) from error
        if not fits:
            raise ModelError(f"the checkpoint {self.checkpoint} is of another seed or other data.", remedy=_REMEDY)
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(state["weights"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.bank, self.step, self.seconds = state["bank"], state["step"], state["seconds"]
        return True

    def _remember_all(self) -> None:
        with self.transformer.torch.no_grad():
            self.bank = self.transformer.encode(self.concept_ids)

    def _one_step(self) -> tuple[float, int]:
        torch, transformer = self.transformer.torch, self.transformer
        batch = self.maker.batch(self.step, self.settings.batch, self.settings.seed)
        targets = sorted({example.target for example in batch})
        ids = [*transformer.tokens([example.text for example in batch]), *(self.concept_ids[row] for row in targets)]
        vectors = transformer.encode(ids)
        loss = contrastive_loss(
            torch, vectors[: len(batch)], vectors[len(batch) :], targets, batch, self.bank, self.kinds, self.settings
        )
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.rate_at(self.step)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights.values(), 1.0)
        self.optimizer.step()
        self.bank[torch.tensor(targets, device=transformer.device)] = vectors[len(batch) :].detach()
        return float(loss.detach()), sum(map(len, ids))


def contrastive_loss(
    torch: Any,
    texts: Any,
    encoded: Any,
    targets: Sequence[int],
    batch: Sequence[Example],
    bank: Any,
    kinds: Any,
    settings: Settings,
) -> Any:
    """Cross entropy of each text over all concepts of its target's kind, and of each target over the batch's texts.

    ``texts`` is ``(batch, dim)``, ``encoded`` the vectors of ``targets``, ``bank`` those of all concepts. Concepts
    that a text also means are left out of its wrong answers.
    """
    device = texts.device
    columns = torch.tensor(targets, device=device)
    scores = (texts @ bank.T).index_copy(1, columns, texts @ encoded.T) * settings.scale
    wanted = torch.tensor([example.target for example in batch], device=device)
    hidden = kinds[wanted].unsqueeze(1) != kinds.unsqueeze(0)
    meant = torch.zeros_like(hidden)
    pairs = [(row, concept) for row, example in enumerate(batch) for concept in example.also]
    if pairs:
        meant[tuple(torch.tensor(pairs, device=device).T)] = True
    meant[torch.arange(len(batch), device=device), wanted] = True
    others = meant.clone()
    others[torch.arange(len(batch), device=device), wanted] = False
    forward = torch.nn.functional.cross_entropy(scores.masked_fill(hidden | others, -1e4), wanted)
    if settings.reverse == 0:
        return forward
    back = scores[:, columns].T.masked_fill(hidden[:, columns].T, -1e4)
    right = back.masked_fill(~meant[:, columns].T, -1e4)
    return forward + settings.reverse * (back.logsumexp(1) - right.logsumexp(1)).mean()


_REMEDY = "Delete it, or start without --resume."
