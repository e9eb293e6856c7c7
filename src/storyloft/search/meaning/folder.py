"""A sentence model in a folder, as its makers publish it: an ONNX file and `tokenizer.json`.

The vector of a text is the mean of its tokens' vectors over the attention mask, or that of the first token where
`1_Pooling/config.json` says so; longer texts are cut at 256 tokens (finding.md's measurements were made so).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Heavy: this module is loaded only once a model is asked for.
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from storyloft.search.meaning.contract import BrokenModel

if TYPE_CHECKING:
    from storyloft.search.meaning.contract import Vectors

_LONGEST = 256
_AT_ONCE = 16
# The small one first: it is as good within a hundredth, and several times as fast.
_NAMES = ("model_int8.onnx", "model_quantized.onnx", "model.onnx")
_KNOWN_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class FolderEncoder:
    """The model in one folder. Raises BrokenModel, with what to do, where it is not one or does not run."""

    def __init__(self, path: Path) -> None:
        model, words = _model_in(path), path / "tokenizer.json"
        if not words.is_file():
            raise BrokenModel(f"There is no tokenizer.json in {path}. Put the one that belongs to the model there.")
        try:
            self._tokenizer = _tokenizer(words)
            self._session = _session(model)
            self._inputs = [each.name for each in self._session.get_inputs()]
            self._first_token = _takes_first_token(path)
            self._check()
        # The libraries raise plain Exception subclasses of many kinds, none with a name to rely on.
        except Exception as error:
            raise BrokenModel(f"The model in {path} cannot be used: {_first_line(error)}.") from error
        self._name = f"{path.name} {_digest(model, words)}"

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (len(texts), dim)."""
        vectors = np.zeros((len(texts), self._dim), np.float32)
        for rows, made in self._in_batches(texts):
            vectors[rows] = made
        return vectors

    def _in_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        tokens = [each.ids for each in self._tokenizer.encode_batch([text or " " for text in texts])]
        # Texts of like length together: what fills the shorter ones up is reckoned in vain.
        order = sorted(range(len(texts)), key=lambda row: len(tokens[row]))
        for at in range(0, len(order), _AT_ONCE):
            rows = order[at : at + _AT_ONCE]
            yield rows, self._run([tokens[row] for row in rows])

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        shape = (len(tokens), max(1, *(len(row) for row in tokens)))
        given = {name: np.zeros(shape, np.int64) for name in _KNOWN_INPUTS}
        for row, ids in enumerate(tokens):
            given["input_ids"][row, : len(ids)] = ids
            given["attention_mask"][row, : len(ids)] = 1
        made = self._session.run(None, {name: given[name] for name in self._inputs})
        pooled = self._pooled(made, given["attention_mask"])
        unit: Vectors = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return unit

    def _pooled(self, made: Sequence[Any], mask: Vectors) -> Vectors:
        whole = next((each for each in made if each.ndim == 2), None)
        if whole is not None:
            return np.asarray(whole, np.float32)
        each_token = np.asarray(next(each for each in made if each.ndim == 3), np.float32)
        if self._first_token:
            return each_token[:, 0]
        weight = mask[:, :, None].astype(np.float32)
        mean: Vectors = (each_token * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)
        return mean

    def _check(self) -> None:
        unknown = set(self._inputs) - _KNOWN_INPUTS
        if unknown:
            raise ValueError(f"it wants {', '.join(sorted(unknown))}, which a sentence model does not")
        made = self._run([self._tokenizer.encode("A lamp was lit.").ids])
        if not np.isfinite(made).all() or not made.any():
            raise ValueError("what it makes of a sentence is no vector")
        self._dim = int(made.shape[1])


def _model_in(path: Path) -> Path:
    if not path.is_dir():
        raise BrokenModel(f"scenes_model names {path}, which is no folder here.")
    # `onnx/` is where the makers of most models put these files.
    found = [folder / name for folder in (path, path / "onnx") for name in _NAMES if (folder / name).is_file()]
    if not found:
        raise BrokenModel(f"There is no model.onnx in {path} (nor in its folder onnx).")
    return found[0]


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return tokenizer


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread: the machine belongs to the readers. Without the arena the memory of a batch is given back.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _takes_first_token(path: Path) -> bool:
    config = path / "1_Pooling" / "config.json"
    return config.is_file() and bool(json.loads(config.read_text("utf-8")).get("pooling_mode_cls_token"))


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
