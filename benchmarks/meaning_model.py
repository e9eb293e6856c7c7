"""A model to measure with where there is no other: word vectors learned from the very stories that are searched.

Latent semantic analysis: the passages' words, weighted by rarity, projected on the directions in which they vary most
(randomised singular value decomposition). Written as any other model, an ONNX file that looks words up and
`tokenizer.json`. It knows which words these writers use together, and nothing else of the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

_WORD = re.compile(r"[a-z]+")
_WORDS_IN_A_PASSAGE = 150
_RARE, _COMMON = 6, 0.2
_TURNS = 2
_AT_ONCE = 400
_UNKNOWN = "[UNK]"

Numbers = NDArray[Any]


class _Counts:
    """A sparse table, row by row: `columns` and `weights` of row i begin at `starts[i]`."""

    def __init__(self, rows: Numbers, columns: Numbers, weights: Numbers, shape: tuple[int, int]) -> None:
        order = np.lexsort((columns, rows))
        self._columns, self._weights = columns[order], weights[order].astype(np.float32)
        self._starts = np.searchsorted(rows[order], np.arange(shape[0] + 1))
        self._shape = shape

    def __matmul__(self, other: Numbers) -> Numbers:
        made = np.zeros((self._shape[0], other.shape[1]), np.float32)
        for at in range(0, len(made), _AT_ONCE):
            starts = self._starts[at : at + _AT_ONCE + 1]
            own = slice(starts[0], starts[-1])
            full = np.flatnonzero(np.diff(starts))
            if len(full):
                products = other[self._columns[own]] * self._weights[own, None]
                made[at + full] = np.add.reduceat(products, starts[full] - starts[0], axis=0)
        return made


def learn_model(texts: Sequence[str], folder: Path, *, dim: int = 384) -> Path:
    """Learn a model of `dim` numbers from these texts and write it into the folder; the folder."""
    passages = [words for text in texts for words in _passages(text)]
    vocabulary, weight = _vocabulary(passages)
    found = _directions(passages, vocabulary, weight, dim)
    # Each word of length 1 before it is weighed: scenes found in ten .69, against .44 with the lengths as they come.
    vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9) * weight[:, None]
    _write(folder, list(vocabulary), vectors.astype(np.float32))
    return folder


def _passages(text: str) -> Iterator[list[str]]:
    words = _WORD.findall(text.lower())
    for at in range(0, len(words), _WORDS_IN_A_PASSAGE):
        yield words[at : at + _WORDS_IN_A_PASSAGE]


def _vocabulary(passages: Sequence[list[str]]) -> tuple[dict[str, int], Numbers]:
    """The words neither rare nor everywhere, numbered, and how much each of them tells."""
    seen = Counter(word for words in passages for word in set(words))
    kept = sorted(word for word, count in seen.items() if _RARE <= count <= _COMMON * len(passages))
    weight = np.log(len(passages) / np.array([seen[word] for word in kept], np.float64))
    return {word: number for number, word in enumerate(kept)}, weight


def _directions(passages: Sequence[list[str]], vocabulary: dict[str, int], weight: Numbers, dim: int) -> Numbers:
    """For each word where it points in the `dim` directions in which passages vary most."""
    table, turned = _tables(passages, vocabulary, weight)
    found = np.random.default_rng(1).normal(size=(len(vocabulary), dim)).astype(np.float32)
    for _ in range(_TURNS + 1):
        found = np.linalg.qr(turned @ np.linalg.qr(table @ found)[0])[0]
    return found


def _tables(passages: Sequence[list[str]], vocabulary: dict[str, int], weight: Numbers) -> tuple[_Counts, _Counts]:
    """Passages by words, each passage of length 1, and the same turned."""
    counted = [Counter(vocabulary[word] for word in words if word in vocabulary) for words in passages]
    rows = np.repeat(np.arange(len(counted)), [len(each) for each in counted])
    columns = np.fromiter((column for each in counted for column in each), np.int64)
    times = np.fromiter((count for each in counted for count in each.values()), np.float64)
    weights = np.log1p(times) * weight[columns]
    weights /= np.sqrt(np.bincount(rows, weights**2, minlength=len(counted)))[rows]
    shape = (len(counted), len(vocabulary))
    return _Counts(rows, columns, weights, shape), _Counts(columns, rows, weights, shape[::-1])


def _write(folder: Path, words: list[str], vectors: Numbers) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors])
    given = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])]
    made = helper.make_tensor_value_info("token_embeddings", TensorProto.FLOAT, ["texts", "tokens", table.shape[1]])
    look_up = helper.make_node("Gather", ["table", "input_ids"], ["token_embeddings"])
    graph = helper.make_graph([look_up], "words", given, [made], [numpy_helper.from_array(table, "table")])
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / "model.onnx"
    )
    numbers = {word: number for number, word in enumerate([_UNKNOWN, *words])}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token=_UNKNOWN))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_WORD.pattern), "removed", invert=True)
    tokenizer.save(str(folder / "tokenizer.json"))
