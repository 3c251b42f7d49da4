"""Writes the encoder's graph anew from the published model: ``python -m skillmatch.matching.training.graph FILE``.

Needed when the base model, torch's exporter or onnxruntime changes; :mod:`skillmatch.matching.encoder_graph` has the
hash to set afterwards. Alternatives refused: the ONNX back ends of sentence-transformers (they downgrade
transformers) and quantised weights (their vectors differ from the published model's).
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from skillmatch.matching.encoder_graph import weights_by_graph_name
from skillmatch.matching.weights import published_model

OPSET = 17


def export_model(folder: Path, target: Path) -> None:
    """A sentence-transformers model folder as one ONNX file, weights included, that gives vectors of unit length."""
    import torch
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(str(folder), device="cpu", local_files_only=True)[0].auto_model.eval().float()

    class MeanPooled(torch.nn.Module):  # type: ignore[misc]
        """The transformer, the mean over its tokens, unit length: what sentence-transformers does in three steps."""

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            ).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2, dim=1)

    module = MeanPooled()
    module.transformer = transformer
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2023, 102, 0]])
    mask = (ids != 0).to(torch.int64)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns of branches that do not depend on the text
        torch.onnx.export(
            module,
            (ids, mask),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,  # the newer exporter needs a package more and gives the same graph
        )


def write_graph(target: Path) -> None:
    """Write the published model's graph without its weights. Raises ``ValueError`` when a weight has no source."""
    import onnx
    from safetensors.numpy import load_file

    files = published_model()
    files.verify()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        export_model(files.folder, whole)
        model = onnx.load(whole)
    sources = {
        (weight.shape, weight.tobytes()): name
        for name, weight in weights_by_graph_name(load_file(files.folder / "model.safetensors")).items()
    }
    names: dict[str, str] = {}
    for tensor in model.graph.initializer:
        weight = onnx.numpy_helper.to_array(tensor)
        name = tensor.name.removeprefix("transformer.")
        source = name if name in sources.values() else sources.get((weight.shape, weight.tobytes()))
        if source is None:
            raise ValueError(f"no weight of the model is the graph's {tensor.name}")
        names[tensor.name] = tensor.name = source
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="weights")
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
    target.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    write_graph(Path(sys.argv[1]))
