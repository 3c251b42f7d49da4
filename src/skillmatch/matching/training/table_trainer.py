"""Training of the token table: the same examples and the same loss as the transformer's, in minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.training.examples import ExampleMaker
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.trainer import Report, contrastive_loss
from skillmatch.matching.training.transformer import TrainedTransformer

REFRESH = 25
TELL_EVERY = 100
EXAMPLES_APART = 1_000_003  # added to the seed, so that the table does not see the transformer's very examples


def train_table(
    transformer: TrainedTransformer, maker: ExampleMaker, settings: Settings, report: Report
) -> NDArray[np.float16]:
    """Train a table ``(vocabulary, table_dim)`` from the base model's own word vectors, made shorter.

    The transformer lends its tokenizer and its (frozen) word vectors only.
    """
    torch = transformer.torch
    concept_ids = transformer.tokens(maker.concepts.texts)
    words = transformer.model.embeddings.word_embeddings.weight.detach().cpu().float()
    table = torch.nn.Parameter(torch.tensor(first_vectors(words.numpy(), concept_ids, settings.table_dim)))
    optimizer = torch.optim.Adam([table], lr=settings.table_rate)
    kinds = torch.tensor(maker.concepts.kinds)
    one_way = replace(settings, reverse=0.0)
    every = range(len(concept_ids))
    bank: Any = None
    losses: list[float] = []
    for step in range(settings.table_steps):
        if step % REFRESH == 0:
            with torch.no_grad():
                bank = _sums(torch, table, concept_ids)
        late = settings.is_late(step, settings.table_steps)
        batch = maker.batch(step, settings.table_batch, settings.seed + EXAMPLES_APART, late=late)
        targets = sorted({example.target for example in batch})
        texts = transformer.tokens([example.text for example in batch])
        vectors = _sums(torch, table, [*texts, *(concept_ids[row] for row in targets)])
        # remembered vectors do here what would cost too much to make anew: 25 steps change the table little
        known = bank.index_copy(0, torch.tensor(targets), vectors[len(batch) :])
        loss = contrastive_loss(torch, vectors[: len(batch)], known, every, batch, kinds, one_way)
        optimizer.param_groups[0]["lr"] = settings.table_rate * (1 - step / settings.table_steps)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        bank[torch.tensor(targets)] = vectors[len(batch) :].detach()
        losses.append(float(loss.detach()))
        if (step + 1) % TELL_EVERY == 0 or step + 1 == settings.table_steps:
            report(f"table {step + 1}/{settings.table_steps}  loss {sum(losses) / len(losses):.3f}")
            losses = []
    return np.asarray(table.detach().numpy(), dtype=np.float16)


def first_vectors(words: NDArray[np.float32], texts: Sequence[Sequence[int]], dim: int) -> NDArray[np.float32]:
    """Word vectors ``(vocabulary, 384)`` turned to their ``dim`` widest directions, frequent pieces made short."""
    counts = Counter(piece for ids in texts for piece in set(ids))
    share = np.array([counts[piece] / max(1, len(texts)) for piece in range(len(words))], dtype=np.float32)
    centred = words - words.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    turned = centred @ directions[:, ::-1][:, :dim]
    # the weight a / (a + p) for a word's share p of the texts: a common one says little about a meaning
    return np.ascontiguousarray(turned * (0.003 / (0.003 + share))[:, None], dtype=np.float32)


def _sums(torch: Any, table: Any, ids: Sequence[Sequence[int]]) -> Any:
    flat = torch.tensor([piece for one in ids for piece in one])
    starts = torch.tensor(np.concatenate(([0], np.cumsum([len(one) for one in ids])[:-1])))
    return torch.nn.functional.normalize(
        torch.nn.functional.embedding_bag(flat, table, starts, mode="sum"), dim=1, eps=1e-9
    )
