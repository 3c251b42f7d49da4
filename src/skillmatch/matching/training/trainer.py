"""The training loop: each text against the concepts of its batch and their neighbours, stopped and resumed at will.

The usual loss compares a text with the concepts of its own batch. Here each text also brings one neighbour of what it
means: near skills, which are what a linker confuses, are then always among the wrong answers. Who is a neighbour is
looked up in vectors of all concepts that are made anew now and then. All vectors in the loss are fresh: comparing with
remembered ones was tried, and taught the encoder to drift away from its own past instead of telling skills apart.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.training.examples import Example, ExampleMaker
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.transformer import TrainedTransformer

Report = Callable[[str], None]
"""Told one line about how a run goes."""

KEEP_EVERY = 50
NEIGHBOURS = 30
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
        self.near: Any = None
        self.concept_ids = transformer.tokens(maker.concepts.texts)
        self.kinds: Any = torch.tensor(maker.concepts.kinds, device=transformer.device)

    def run(self, report: Report, *, until: int | None = None) -> None:
        """Train to the last step, or to ``until``, where the state is kept for a later run to go on from."""
        last = min(self.settings.steps, until if until is not None else self.settings.steps)
        began, first, tokens, losses = time.perf_counter(), self.step, 0, []
        before = self.seconds
        while self.step < last and not self.stopped:
            if self.near is None or self.step % self.settings.refresh == 0:
                self._find_neighbours()
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
                "near": self.near,
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
            fits = state["seed"] == self.settings.seed and len(state["near"]) == len(self.concept_ids)
        except Exception as error:  # torch raises whatever its parts raise
            raise ModelError(f"the checkpoint {self.checkpoint} cannot be read: {error}.", remedy=_REMEDY) from error
        if not fits:
            raise ModelError(f"the checkpoint {self.checkpoint} is of another seed or other data.", remedy=_REMEDY)
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(state["weights"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.near, self.step, self.seconds = state["near"], state["step"], state["seconds"]
        return True

    def _find_neighbours(self) -> None:
        """For every concept its nearest others of its kind, ``(concepts, NEIGHBOURS)``."""
        torch = self.transformer.torch
        with torch.no_grad():
            vectors = self.transformer.encode(self.concept_ids)
            found = []
            for start in range(0, len(vectors), 1_024):
                rows = slice(start, start + 1_024)
                scores = vectors[rows] @ vectors.T
                scores.masked_fill_(self.kinds[rows].unsqueeze(1) != self.kinds.unsqueeze(0), -2.0)
                scores[torch.arange(len(scores)), torch.arange(start, start + len(scores))] = -3.0
                found.append(scores.topk(min(NEIGHBOURS, len(vectors) - 1), dim=1).indices)
            self.near = torch.cat(found)

    def _one_step(self) -> tuple[float, int]:
        torch, transformer = self.transformer.torch, self.transformer
        settings = self.settings
        late = settings.is_late(self.step, settings.steps)
        batch = self.maker.batch(self.step, settings.batch, settings.seed, late=late)
        draw = random.Random(f"{settings.seed}:{self.step}:near")  # noqa: S311 - repeatable on purpose
        beside = {int(self.near[example.target][draw.randrange(self.near.shape[1])]) for example in batch}
        columns = sorted(beside.union(example.target for example in batch))
        ids = [*transformer.tokens([example.text for example in batch]), *(self.concept_ids[row] for row in columns)]
        vectors = transformer.encode(ids)
        loss = contrastive_loss(
            torch, vectors[: len(batch)], vectors[len(batch) :], columns, batch, self.kinds, settings
        )
        for group in self.optimizer.param_groups:
            group["lr"] = settings.rate_at(self.step)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights.values(), 1.0)
        self.optimizer.step()
        return float(loss.detach()), sum(map(len, ids))


def contrastive_loss(
    torch: Any,
    texts: Any,
    encoded: Any,
    columns: Sequence[int],
    batch: Sequence[Example],
    kinds: Any,
    settings: Settings,
) -> Any:
    """Cross entropy of each text over the concepts given, and of each of those over the batch's texts.

    ``texts`` is ``(batch, dim)``, ``encoded`` the vectors of the concepts ``columns`` (sorted; every target is among
    them). Only concepts of one kind compete, and those that a text also means are left out of its wrong answers.
    """
    device = texts.device
    scores = (texts @ encoded.T) * settings.scale
    place = {concept: column for column, concept in enumerate(columns)}
    rows = torch.arange(len(batch), device=device)
    wanted = torch.tensor([place[example.target] for example in batch], device=device)
    kind = kinds[torch.tensor(columns, device=device)]
    hidden = kind[wanted].unsqueeze(1) != kind.unsqueeze(0)
    meant = torch.zeros_like(hidden)
    pairs = [(row, place[one]) for row, example in enumerate(batch) for one in example.also if one in place]
    if pairs:
        meant[tuple(torch.tensor(pairs, device=device).T)] = True
    meant[rows, wanted] = True
    others = meant.clone()
    others[rows, wanted] = False
    forward = torch.nn.functional.cross_entropy(scores.masked_fill(hidden | others, -1e4), wanted)
    if settings.reverse == 0:
        return forward
    asked = torch.unique(wanted)
    back = scores[:, asked].T.masked_fill(hidden[:, asked].T, -1e4)
    right = back.masked_fill(~meant[:, asked].T, -1e4)
    return forward + settings.reverse * (back.logsumexp(1) - right.logsumexp(1)).mean()


_REMEDY = "Delete it, or start without --resume."
