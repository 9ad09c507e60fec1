"""The network as ONNX with whole numbers of eight bits, which is what Demur carries."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.network import Reader


def export(model: Reader, path: Path) -> None:
    """Write the network to `path`: `ids` and `kinds` (batch, length) in; `verdict`, `reasons`, `telling` out."""
    ids = torch.tensor([[101, 7592, 102, 2088, 102], [101, 7592, 102, 102, 0]])
    kinds = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 1, 0]])
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        program = torch.onnx.export(
            model.float().eval(),
            (ids, kinds),
            input_names=["ids", "kinds"],
            output_names=["verdict", "reasons", "telling"],
            dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}),
            dynamo=True,
            verbose=False,
        )
        program.save(whole)
        quant_pre_process(whole, prepared, skip_symbolic_shape=True)
        # INVARIANT: seven bits of weight. With eight, processors without VNNI overflow, and answers would differ.
        quantize_dynamic(prepared, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        graph = onnx.load(path)
        del graph.metadata_props[:]
        for node in graph.graph.node:
            del node.metadata_props[:]
            node.doc_string = ""
        onnx.save(graph, path)
