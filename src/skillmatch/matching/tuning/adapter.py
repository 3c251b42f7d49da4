"""The adapter: the transformer's last layer and the rows of the token table that are used, moved by decisions.

The five layers below stay, so what they make of each text is worked out once and kept: a step costs a sixth. A few
dozen decisions say too little to move more, and what is not moved cannot be forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import InputError
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.training.transformer import TrainedTransformer
from skillmatch.matching.tuned.merged import merged_model_of
from skillmatch.matching.tuned.weights import TunedWeights
from skillmatch.matching.tuning.lessons import Lesson

MOST_STEPS = 1_000
_NEAR = 15
_CHUNK = 32

Report = Callable[[str], None]
"""Told one line about how the training goes."""


@dataclass(frozen=True, slots=True)
class AdapterSettings:
    """Numbers of a run. A step draws ``taught`` lessons and ``reminded`` names, and ``columns`` labels to tell apart.

    ``scale`` multiplies cosines before the softmax. A rejected pair is pushed below the cosine ``apart``, an accepted
    one pulled above ``together``: ranking first is not enough where the linker doubts what is far. ``anchor`` weighs
    how far names and labels may drift from where they were (1 less the cosine).
    """

    seed: int = 1
    steps: int = 150
    taught: int = 16
    reminded: int = 16
    columns: int = 80
    reminders: int = 300
    strangers: int = 200
    rate: float = 2e-4
    table_rate: float = 4e-3
    scale: float = 20.0
    apart: float = 0.3
    together: float = 0.8
    pull: float = 5.0
    rejected: float = 0.5
    anchor: float = 4.0
    threads: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.steps <= MOST_STEPS:
            raise InputError(f"is {self.steps}; it must be between 1 and {MOST_STEPS}.", field="steps")


@dataclass(frozen=True)
class Trained:
    """What came out, ready for ``save_tuned``: all layers' weights by name, and the whole token table or None."""

    weights: dict[str, NDArray[np.float32]]
    table: NDArray[np.float16] | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A text in the pool (by row), the labels that it means (rows) and those that it must not come near."""

    row: int
    means: tuple[int, ...]
    never: tuple[int, ...]
    near: tuple[int, ...]


def train_adapter(
    weights: TunedWeights,
    cache: Path,
    index: SkillIndex,
    near: Callable[[Sequence[str]], NDArray[np.int64]],
    lessons: Sequence[Lesson],
    reminders: Sequence[tuple[str, str]],
    settings: AdapterSettings,
    report: Report,
) -> Trained:
    """Train from ``weights``. ``near(texts)`` gives the positions of each text's nearest skills, nearest first.

    The same input, settings, threads and libraries give the same bytes. Raises ``ModelError``.
    """
    import torch

    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    run = _Run(torch, weights, cache, index, near, lessons, reminders, settings, report)
    run.train(report)
    return run.trained()


class _Run:
    """One training run: the pool of texts, what the lower layers make of them, and the weights that move."""

    def __init__(
        self,
        torch: Any,
        weights: TunedWeights,
        cache: Path,
        index: SkillIndex,
        near: Callable[[Sequence[str]], NDArray[np.int64]],
        lessons: Sequence[Lesson],
        reminders: Sequence[tuple[str, str]],
        settings: AdapterSettings,
        report: Report,
    ) -> None:
        self.torch = torch
        self.settings = settings
        self.texts: list[str] = []
        place = {skill_id: position for position, skill_id in enumerate(index.skill_ids)}
        self._labels: dict[int, int] = {}
        self._names = index.labels
        nearest = near([lesson.text for lesson in lessons])[:, :_NEAR].tolist()
        self.taught = [self._item(one, place, row) for one, row in zip(lessons, nearest, strict=True)]
        self.reminded = [
            _Item(self._add(text), (self._label(place[skill]),), (), ()) for text, skill in reminders if skill in place
        ]
        draw = random.Random(f"strangers:{settings.seed}")  # noqa: S311 - repeatable on purpose
        for position in draw.sample(range(len(index.labels)), min(settings.strangers, len(index.labels))):
            self._label(position)
        self.pool = sorted(self._labels.values())
        self.share = weights.record.table_share
        report(f"reading {len(self.texts)} texts")
        self.transformer = TrainedTransformer(merged_model_of(weights, cache))
        self.layer = self.transformer.model.encoder.layer[-1]
        self.ids = self.transformer.tokens(self.texts)
        self.below = self._lower()
        self.moving = list(self.layer.parameters())
        self.whole_table = weights.table().vectors if self.share else None
        self.used = np.unique(np.concatenate([np.array(one) for one in self.ids]))
        self.rows: Any = None
        if self.whole_table is not None:
            self.rows = torch.nn.Parameter(torch.tensor(self.whole_table[self.used].astype(np.float32)))
            self.short = [torch.tensor(np.searchsorted(self.used, np.array(one))) for one in self.ids]
        with torch.no_grad():
            every = range(len(self.texts))
            self.before = torch.cat([self._encode(every[at : at + 256]) for at in every[::256]])

    def train(self, report: Report) -> None:
        torch, settings = self.torch, self.settings
        groups = [{"params": self.moving, "lr": settings.rate, "first": settings.rate}]
        if self.rows is not None:
            groups.append({"params": [self.rows], "lr": settings.table_rate, "first": settings.table_rate})
        optimizer = torch.optim.AdamW(groups, weight_decay=0.0)
        tell_every = max(1, settings.steps // 10)
        losses: list[float] = []
        for step in range(settings.steps):
            for group in optimizer.param_groups:
                group["lr"] = group["first"] * (1 - step / settings.steps)
            loss = self._loss(random.Random(f"{settings.seed}:{step}"))  # noqa: S311 - repeatable on purpose
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.moving, 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
            if (step + 1) % tell_every == 0 or step + 1 == settings.steps:
                report(f"step {step + 1}/{settings.steps}  loss {sum(losses) / len(losses):.3f}")
                losses = []

    def trained(self) -> Trained:
        named = self.transformer.trained()
        table = None
        if self.whole_table is not None:
            table = np.array(self.whole_table)
            table[self.used] = self.rows.detach().numpy().astype(np.float16)
        return Trained({name: weight.detach().cpu().numpy() for name, weight in named.items()}, table)

    def _loss(self, draw: random.Random) -> Any:
        torch, settings = self.torch, self.settings
        taught = draw.sample(self.taught, min(settings.taught, len(self.taught)))
        reminded = draw.sample(self.reminded, min(settings.reminded, len(self.reminded)))
        batch = [*taught, *reminded]
        targets = [draw.choice(item.means) if item.means else -1 for item in batch]
        wanted = {target for target in targets if target >= 0}
        wanted.update(row for item in batch for row in item.never)
        wanted.update(row for item in taught for row in draw.sample(item.near, min(3, len(item.near))))
        room = min(len(self.pool), settings.columns)
        wanted.update(draw.sample(self.pool, max(0, room - len(wanted))))
        columns = sorted(wanted)
        place = {row: column for column, row in enumerate(columns)}
        vectors = self._encode([*(item.row for item in batch), *columns])
        cosines = vectors[: len(batch)] @ vectors[len(batch) :].T
        asked = [row for row, target in enumerate(targets) if target >= 0]
        loss = torch.zeros(())
        if asked:
            hidden = torch.zeros_like(cosines, dtype=torch.bool)
            for row in asked:
                others = [place[one] for one in batch[row].means if one in place and one != targets[row]]
                hidden[row, others] = True
            scores = (cosines * settings.scale).masked_fill(hidden, -1e4)[asked]
            right = torch.tensor([place[targets[row]] for row in asked])
            loss = loss + torch.nn.functional.cross_entropy(scores, right)
            learnt = [row for row in asked if row < len(taught)]
            if learnt:
                reached = cosines[learnt, [place[targets[row]] for row in learnt]]
                loss = loss + settings.pull * torch.relu(settings.together - reached).mean()
        apart = [(row, place[one]) for row, item in enumerate(batch) for one in item.never]
        if apart:
            pairs = cosines[tuple(torch.tensor(apart).T)]
            over = torch.nn.functional.softplus(settings.scale * (pairs - settings.apart))
            loss = loss + settings.rejected * over.mean()
        kept = [*range(len(taught), len(batch)), *range(len(batch), len(vectors))]
        rows = [*(item.row for item in reminded), *columns]
        drift = 1 - (vectors[kept] * self.before[rows]).sum(1)
        return loss + settings.anchor * drift.mean()

    def _encode(self, rows: Sequence[int]) -> Any:
        """Both views of pooled texts as one unit vector each, with gradients for what moves."""
        torch = self.torch
        hidden = torch.nn.utils.rnn.pad_sequence([self.below[row] for row in rows], batch_first=True)
        lengths = torch.tensor([len(self.below[row]) for row in rows])
        mask = (torch.arange(hidden.shape[1])[None, :] < lengths[:, None]).float()
        states = self.layer(hidden, ((1 - mask) * -1e9)[:, None, None, :])
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        first = torch.nn.functional.normalize(mean, dim=1)
        if self.rows is None:
            return first
        pieces = [self.short[row] for row in rows]
        starts = torch.tensor(np.concatenate(([0], np.cumsum([len(one) for one in pieces])[:-1])))
        sums = torch.nn.functional.embedding_bag(torch.cat(pieces), self.rows, starts, mode="sum")
        second = torch.nn.functional.normalize(sums, dim=1, eps=1e-9)
        return torch.cat([first * (1 - self.share) ** 0.5, second * self.share**0.5], dim=1)

    def _lower(self) -> list[Any]:
        """What the layers below the last make of every pooled text, ``(tokens, 384)`` each."""
        torch = self.torch
        caught: list[Any] = []
        hook = self.layer.register_forward_pre_hook(lambda _, given: caught.append(given[0]))
        found: list[Any] = [None] * len(self.ids)
        order = sorted(range(len(self.ids)), key=lambda row: (len(self.ids[row]), row))
        with torch.no_grad():
            for start in range(0, len(order), _CHUNK):
                rows = order[start : start + _CHUNK]
                longest = max(len(self.ids[row]) for row in rows)
                padded = torch.tensor([[*self.ids[row], *[0] * (longest - len(self.ids[row]))] for row in rows])
                caught.clear()
                self.transformer.model(input_ids=padded, attention_mask=(padded != 0).to(torch.int64))
                for row, states in zip(rows, caught[0], strict=True):
                    found[row] = states[: len(self.ids[row])].clone()
        hook.remove()
        return found

    def _item(self, lesson: Lesson, place: dict[str, int], near: Sequence[int]) -> _Item:
        means = tuple(self._label(place[skill]) for skill in lesson.means)
        never = tuple(self._label(place[skill]) for skill in lesson.never)
        close = tuple(row for row in map(self._label, near) if row not in means and row not in never)
        return _Item(self._add(lesson.text), means, close[:5] if lesson.blocked else never, close)

    def _add(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1

    def _label(self, position: int) -> int:
        """The row of a skill's label, added when it is new."""
        if position not in self._labels:
            self._labels[position] = self._add(self._names[position])
        return self._labels[position]
