"""The transformer that is trained: MiniLM's layers over frozen word vectors, mean over tokens, unit length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from skillmatch.matching.weights import ModelFiles

MAX_TOKENS = 64
CHUNK_TOKENS = 1_024  # tokens, padding included, that go through the layers at once

FROZEN = ("embeddings.word_embeddings.", "embeddings.position_embeddings.", "embeddings.token_type_embeddings.")
UNUSED = "pooler."


class TrainedTransformer:
    """A hash-checked base model with the layers free to change; texts in, a tensor of unit vectors out.

    ``precision`` is ``float32`` or ``bfloat16`` (matrix products only; faster where the processor has it).
    """

    def __init__(self, files: ModelFiles, *, precision: str = "float32", device: str = "cpu") -> None:
        files.verify()
        import torch
        from tokenizers import Tokenizer
        from transformers import AutoModel, logging

        logging.disable_progress_bar()
        self.torch: Any = torch
        self.device = device
        self.half = precision == "bfloat16"
        self.model: Any = AutoModel.from_pretrained(str(files.folder), local_files_only=True).to(device).float()
        self.tokenizer: Any = Tokenizer.from_file(str(files.folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        for module in self.model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0  # with one short pass nothing is learnt by heart, and the steps are cheaper
        for name, weight in self.model.named_parameters():
            weight.requires_grad_(not name.startswith((*FROZEN, UNUSED)))
        self.model.train()

    def trained(self) -> dict[str, Any]:
        """The weights that training changes, by name."""
        return {name: weight for name, weight in self.model.named_parameters() if weight.requires_grad}

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of texts, cut at ``MAX_TOKENS``."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def encode(self, ids: Sequence[Sequence[int]]) -> Any:
        """Vectors of tokenised texts, ``(n, 384)`` float32, in their order, with gradients unless they are off."""
        torch = self.torch
        order = sorted(range(len(ids)), key=lambda row: (len(ids[row]), row))
        parts = []
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.half):
            for rows in _chunks([len(ids[row]) for row in order]):
                chosen = [ids[order[at]] for at in rows]
                longest = max(map(len, chosen))
                padded = torch.tensor([[*one, *[0] * (longest - len(one))] for one in chosen], device=self.device)
                mask = (padded != 0).to(torch.int64)
                states = self.model(input_ids=padded, attention_mask=mask).last_hidden_state.float()
                weight = mask.unsqueeze(-1).float()
                parts.append((states * weight).sum(1) / weight.sum(1))
        back = torch.empty(len(order), dtype=torch.int64)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.nn.functional.normalize(torch.cat(parts)[back.to(self.device)], dim=1)


def _chunks(lengths: Sequence[int]) -> Iterator[range]:
    """Ranges over texts sorted by length whose padded size stays within ``CHUNK_TOKENS``."""
    start = 0
    for at, length in enumerate(lengths):
        if at > start and (at - start + 1) * length > CHUNK_TOKENS:
            yield range(start, at)
            start = at
    if start < len(lengths):
        yield range(start, len(lengths))
