"""The encoder's computation without its weights, as it comes with skillmatch, and how weights get into it.

The graph (ONNX, 150 kB) names each weight as the model's safetensors file does, with ``.T`` behind it where the
matrix is stored the other way round. :mod:`skillmatch.matching.training.graph` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.files.resources import resource
from skillmatch.matching.weights import sha256

GRAPH_HASH = "b9e911021ee65d91e3cbeb4b015e1de40772058ac1b8935379ae56ea4c7ae674"
_TURNED = (".query.weight", ".key.weight", ".value.weight", ".dense.weight")


def graph_path() -> Path:
    """Where the graph lies. Raises ``ModelError`` when it is not the one that this version was made with."""
    path = resource("models", "encoder-graph", "graph.onnx")
    if sha256(path) != GRAPH_HASH:
        raise ModelError(f"{path} is not the encoder's graph of this version.", remedy="Reinstall skillmatch.")
    return path


def weights_by_graph_name(weights: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """A model's float32 weights under the names that the graph knows them by; what it has no use for is left out."""
    return {
        f"{name}.T" if name.endswith(_TURNED) else name: np.ascontiguousarray(weight.T)
        if name.endswith(_TURNED)
        else weight
        for name, weight in weights.items()
        if not name.startswith("pooler.") and name != "embeddings.position_ids"
    }


def filled_session(weights: Mapping[str, NDArray[Any]], options: Any) -> Any:
    """An onnxruntime session that computes vectors with these weights, on the processor."""
    from onnxruntime import InferenceSession, OrtValue

    named = weights_by_graph_name(weights)
    options.add_external_initializers(list(named), [OrtValue.ortvalue_from_numpy(weight) for weight in named.values()])
    return InferenceSession(str(graph_path()), options, providers=["CPUExecutionProvider"])
