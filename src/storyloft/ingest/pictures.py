"""Pictures re-encoded: no EXIF, no GPS, no surprise inside. Runs in the reading process; knows no Django."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace

from PIL import Image

from storyloft.ingest.imported import ImportedPicture, ImportedWork

LARGEST = 40_000_000  # pixels, checked before decoding
LONGEST_SIDE = 2_000
COVER_HEIGHT = 1_200
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class NotAPicture(ValueError):
    """These bytes are no picture that a page may show."""


def settle(work: ImportedWork) -> ImportedWork:
    """A work with its pictures and cover re-encoded; one that cannot be is left out and said so."""
    pictures, lost = [], list(work.warnings)
    for given in work.pictures:
        try:
            pictures.append(recode(given))
        except NotAPicture as why:
            lost.append(f"The picture “{given.name}” was left out: {why}")
    return replace(work, pictures=tuple(pictures), cover=_cover(work.cover), warnings=tuple(lost))


def recode(given: ImportedPicture, longest: int = LONGEST_SIDE) -> ImportedPicture:
    """The same picture, made anew: JPEG where it has no transparency, else PNG. Raises NotAPicture."""
    image = _opened(given.data)
    image.thumbnail((longest, longest))
    media_type, data = _encoded(image)
    return replace(given, data=data, media_type=media_type, width=image.width, height=image.height)


def _cover(data: bytes | None) -> bytes | None:
    """A cover as JPEG, at most 1,200 pixels high; None where there is none or it cannot be read."""
    if data is None:
        return None
    try:
        image = _opened(data)
    except NotAPicture:
        return None
    image.thumbnail((COVER_HEIGHT, COVER_HEIGHT))
    return _saved(image.convert("RGB"), "JPEG", quality=85, optimize=True)


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > LARGEST:
                raise NotAPicture("it is larger than 40 megapixels.")
            image.load()
        # Pillow raises a great many things on broken files; each means the same here.
        except NotAPicture:
            raise
        except Exception as error:
            raise NotAPicture("it could not be read.") from error
    return image


def _encoded(image: Image.Image) -> tuple[str, bytes]:
    if image.mode in ("RGBA", "LA", "PA", "P"):
        return "image/png", _saved(image.convert("RGBA"), "PNG", optimize=True)
    return "image/jpeg", _saved(image.convert("RGB"), "JPEG", quality=85, optimize=True)


def _saved(image: Image.Image, form: str, **how: int | bool) -> bytes:
    out = io.BytesIO()
    # A fresh image carries no metadata of the old one.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    bare.save(out, form, **how)
    return out.getvalue()
