"""A sentence model of a few hundred bytes: words of one meaning share a vector, all other words mean nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

MEANINGS = (
    ("lamp", "lantern", "candle"),
    ("violin", "fiddle"),
    ("river", "stream"),
    ("hound", "dog"),
    ("train", "railway"),
    ("letter", "note"),
)
WORDS = ("[UNK]", *(word for words in MEANINGS for word in words))


def write_model(
    folder: Path, *, name: str = "model.onnx", inputs: tuple[str, ...] = ("input_ids", "attention_mask"), wider: int = 0
) -> Path:
    """Write the model into this folder, with `wider` further numbers a vector; the folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    table = np.zeros((len(WORDS), len(MEANINGS) + wider), np.float32)
    for meaning, words in enumerate(MEANINGS):
        for word in words:
            table[WORDS.index(word), meaning] = 1
    table[0] = 0.01
    onnx.save(_graph(table, inputs), folder / name)
    _tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _graph(table: np.ndarray, inputs: tuple[str, ...]) -> onnx.ModelProto:
    shape = ["texts", "tokens"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "words",
        [helper.make_tensor_value_info(each, TensorProto.INT64, shape) for each in inputs],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, table.shape[1]])],
        [numpy_helper.from_array(table, "table")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer
