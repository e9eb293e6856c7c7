"""A model in a folder: what it makes of texts, and plain words where it cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from storyloft.search.meaning.contract import BrokenModel, Encoder
from storyloft.search.meaning.folder import FolderEncoder
from tests.search.meaning.models import MEANINGS, write_model


def test_words_of_one_meaning_lie_together(tmp_path: Path) -> None:
    lamp, lantern, hound = FolderEncoder(write_model(tmp_path)).encode(["A lamp", "the Lantern!", "a hound"])
    assert lamp @ lantern > 0.99
    assert lamp @ hound < 0.1


def test_it_keeps_the_contract(tmp_path: Path) -> None:
    encoder = FolderEncoder(write_model(tmp_path))
    made = encoder.encode(["lamp", "river", "lamp river hound"])
    assert isinstance(encoder, Encoder)
    assert (encoder.dim, made.shape, made.dtype) == (len(MEANINGS), (3, len(MEANINGS)), np.float32)
    assert np.linalg.norm(made, axis=1) == pytest.approx([1, 1, 1])


def test_a_batch_gives_each_text_what_it_gets_alone(tmp_path: Path) -> None:
    encoder = FolderEncoder(write_model(tmp_path))
    texts = ["lamp " * (1 + number % 7) + "river " * (number % 3) for number in range(40)]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert encoder.encode(texts) == pytest.approx(alone, abs=1e-6)


def test_no_text_and_an_empty_text_are_no_trouble(tmp_path: Path) -> None:
    encoder = FolderEncoder(write_model(tmp_path))
    assert encoder.encode([]).shape == (0, encoder.dim)
    assert np.isfinite(encoder.encode([""])).all()


def test_what_comes_after_256_tokens_is_cut(tmp_path: Path) -> None:
    encoder = FolderEncoder(write_model(tmp_path))
    long, cut = encoder.encode(["lamp " * 256 + "river " * 256, "lamp " * 256])
    assert long == pytest.approx(cut)


@pytest.mark.parametrize("name", ["model_int8.onnx", "model_quantized.onnx", "onnx/model.onnx"])
def test_the_usual_names_are_known(tmp_path: Path, name: str) -> None:
    assert FolderEncoder(write_model(tmp_path, name=name)).dim == len(MEANINGS)


def test_the_small_model_is_taken_before_the_large(tmp_path: Path) -> None:
    write_model(tmp_path)
    write_model(tmp_path, name="model_int8.onnx", wider=2)
    assert FolderEncoder(tmp_path).dim == len(MEANINGS) + 2


def test_a_model_that_wants_token_types_gets_them(tmp_path: Path) -> None:
    folder = write_model(tmp_path, inputs=("input_ids", "attention_mask", "token_type_ids"))
    assert FolderEncoder(folder).dim == len(MEANINGS)


def test_a_model_may_take_the_first_token_for_the_whole(tmp_path: Path) -> None:
    write_model(tmp_path)
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    first, whole = FolderEncoder(tmp_path).encode(["lamp", "lamp river river river"])
    assert whole == pytest.approx(first)


def test_another_model_has_another_name(tmp_path: Path) -> None:
    one = FolderEncoder(write_model(tmp_path / "same")).name
    assert FolderEncoder(write_model(tmp_path / "same")).name == one
    assert FolderEncoder(write_model(tmp_path / "same", wider=1)).name != one


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match="which is no folder here"):
        FolderEncoder(tmp_path / "nowhere")


def test_a_folder_without_a_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match=r"There is no model\.onnx"):
        FolderEncoder(tmp_path)


def test_a_model_without_its_words_is_said(tmp_path: Path) -> None:
    (write_model(tmp_path) / "tokenizer.json").unlink()
    with pytest.raises(BrokenModel, match=r"There is no tokenizer\.json"):
        FolderEncoder(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_garbage_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    (write_model(tmp_path) / name).write_bytes(b"garbage " * 9)
    with pytest.raises(BrokenModel, match="cannot be used") as said:
        FolderEncoder(tmp_path)
    assert "\n" not in str(said.value)


def test_a_model_for_something_else_is_said(tmp_path: Path) -> None:
    folder = write_model(tmp_path, inputs=("input_ids", "decoder_input_ids"))
    with pytest.raises(BrokenModel, match="wants decoder_input_ids"):
        FolderEncoder(folder)
