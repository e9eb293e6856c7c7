"""Which model is used: the folder that `scenes_model` names, else the first installed package that brings one."""

from __future__ import annotations

import functools
import threading
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from storyloft import options
from storyloft.search.meaning.contract import BrokenModel, Encoder, State

# A package offers a model by an entry point of this group: something to call without arguments that gives an Encoder.
GROUP = "storyloft.encoders"
_NOT_INSTALLED = (
    "scenes_model is set, but the optional part storyloft[scenes] is not installed (numpy, onnxruntime, tokenizers)."
)
_loading = threading.Lock()


def wanted() -> bool:
    """Whether there is a model to try; a look that loads nothing."""
    return bool(options.value("scenes_model") or _offered())


def encoder() -> Encoder | None:
    """The model, loaded once in this process; None where nobody asked for one. Raises BrokenModel, each time anew."""
    with _loading:
        made = _made(options.value("scenes_model"))
    if isinstance(made, BrokenModel):
        raise made
    return made


def usable() -> Encoder | None:
    """The model, or None where there is none or it is broken."""
    try:
        return encoder()
    except BrokenModel:
        return None


def state() -> State:
    """The model as the archive sees it."""
    try:
        made = encoder()
    except BrokenModel as error:
        return State(trouble=str(error))
    return State(name=made.name if made else "")


def forget() -> None:
    """Load anew when next asked: another model is there."""
    with _loading:
        _made.cache_clear()
        _offered.cache_clear()


@functools.cache
def _offered() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=GROUP), key=lambda each: each.name))


@functools.lru_cache(maxsize=1)
def _made(folder: str) -> Encoder | BrokenModel | None:
    # A failure is kept, too: a broken model of a hundred megabytes must not be loaded again for every query.
    try:
        if folder:
            return _from_folder(Path(folder).expanduser())
        return _from_package(_offered()[0]) if _offered() else None
    except BrokenModel as error:
        return error


def _from_folder(path: Path) -> Encoder:
    try:
        # Heavy and optional: loaded only where a model is named.
        from storyloft.search.meaning.folder import FolderEncoder
    except ImportError as error:
        raise BrokenModel(_NOT_INSTALLED) from error
    return FolderEncoder(path)


def _from_package(offer: EntryPoint) -> Encoder:
    """What a package offers, tried with one sentence."""
    try:
        made = offer.load()()
        shape = made.encode(["A lamp was lit."]).shape
        if not isinstance(made, Encoder) or shape != (1, made.dim):
            raise TypeError(f"it gives {shape} for one sentence, not (1, {made.dim})")
    # A stranger's code may raise anything; search goes on without it.
    except Exception as error:
        raise BrokenModel(f"The model of the package offering “{offer.name}” cannot be used: {error}.") from error
    return made
