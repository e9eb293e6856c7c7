"""Covers drawn for works that came without one: a cloth binding in the fandom's colour, title and name in gilt.

The colours are those of the library's wall (static/css/library.css): a fandom is one of 24 hues, its lightness fixed.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

# Raised when the drawing changes, so that covers kept from before are drawn anew.
DRAWING = 1
WIDTH, HEIGHT = 1000, 1600
_HUES = 24
_FONTS = Path(__file__).with_name("fonts")
_MARGIN = 110
_TITLE_SIZES = (150, 128, 108, 92, 78, 66, 56, 48)
_TITLE_HEIGHT = 760
# A title of nothing but x needs a coarser picture to stay small.
_QUALITIES, _LARGEST = (72, 50, 30), 100_000
_MOST_LETTERS = 140
_NOT_IN_ANY_FONT = "\uffff"

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont


def cover(title: str, names: Sequence[str], fandom: str) -> bytes:
    """A cover as JPEG of 1000 × 1600, the same for the same words; drawn once and kept in the data folder."""
    words = f"{DRAWING}\0{title}\0{'|'.join(names)}\0{fandom}"
    path = Path(settings.HOME) / "covers" / f"{hashlib.sha256(words.encode()).hexdigest()[:40]}.jpg"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data = draw(title, names, fandom)
        _keep(path, data)
        return data


def draw(title: str, names: Sequence[str], fandom: str) -> bytes:
    """The drawing itself."""
    hue = zlib.crc32(" ".join((fandom or title).casefold().split()).encode()) % _HUES * (360 // _HUES)
    deep, pale, gilt = _oklch(0.36, 0.075, hue), _oklch(0.93, 0.03, hue), _oklch(0.85, 0.075, 85)
    image = Image.new("RGB", (WIDTH, HEIGHT), deep)
    brush = ImageDraw.Draw(image)
    for inset in (45, 61):
        brush.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=gilt, width=3)
    _set(brush, _known(fandom, "Regular"), "Regular", 46, pale, top=150, most=3)
    _set_title(brush, _known(title, "SemiBold"), gilt)
    _set(brush, _known(" & ".join(names), "Regular"), "Regular", 54, pale, bottom=HEIGHT - 150, most=3)
    written = (_jpeg(image, quality) for quality in _QUALITIES)
    return next((data for data in written if len(data) <= _LARGEST), b"") or _jpeg(image, _QUALITIES[-1])


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _set_title(brush: ImageDraw.ImageDraw, title: str, colour: Colour) -> None:
    """The title in the middle, as large as fits; an ornament where the font has none of its letters."""
    if not title:
        brush.ellipse((WIDTH // 2 - 90, 710, WIDTH // 2 + 90, 890), outline=colour, width=6)
        return
    for size in _TITLE_SIZES:
        lines = _lines(brush, title, _font("SemiBold", size))
        height = len(lines) * size * 1.18
        if height <= _TITLE_HEIGHT:
            break
    most = int(_TITLE_HEIGHT // (size * 1.18))
    top = HEIGHT / 2 - min(height, _TITLE_HEIGHT) / 2
    _write(brush, _cut(lines, most), _font("SemiBold", size), colour, top, size * 1.18)


def _set(
    brush: ImageDraw.ImageDraw,
    words: str,
    weight: str,
    size: int,
    colour: Colour,
    *,
    top: float = 0,
    bottom: float = 0,
    most: int,
) -> None:
    lines = _cut(_lines(brush, words, _font(weight, size)), most)
    step = size * 1.3
    _write(brush, lines, _font(weight, size), colour, top or bottom - len(lines) * step, step)


def _write(brush: ImageDraw.ImageDraw, lines: list[str], font: Font, colour: Colour, top: float, step: float) -> None:
    for number, line in enumerate(lines):
        brush.text((WIDTH / 2, top + number * step), line, font=font, fill=colour, anchor="ma")


def _lines(brush: ImageDraw.ImageDraw, words: str, font: Font) -> list[str]:
    """The words broken into lines that fit; a word too long for a line is cut."""
    room = WIDTH - 2 * _MARGIN
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and brush.textlength(joined, font=font) <= room:
            lines[-1] = joined
            continue
        while brush.textlength(word, font=font) > room:
            fits = max(1, int(len(word) * room / brush.textlength(word, font=font)) - 1)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _known(words: str, weight: str) -> str:
    """The words the font can write; nothing where most letters would be empty boxes."""
    shown = words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS].rstrip()} …"
    can = "".join(letter for letter in shown if letter.isspace() or _has(weight, letter))
    return can.strip(" |/-–·") if len(can) * 3 >= len(shown) * 2 else ""


@cache
def _has(weight: str, letter: str) -> bool:
    """Whether the font has a letter: what it lacks is drawn as the same box as a character that no font has."""
    font = _font(weight, 24)
    return letter.isprintable() and bytes(font.getmask(letter)) != bytes(font.getmask(_NOT_IN_ANY_FONT))


@cache
def _font(weight: str, size: int) -> Font:
    # The plain layout engine is in every build of Pillow: the same cover on every machine.
    return ImageFont.truetype(_FONTS / f"Literata-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)


@cache
def _oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """A colour of the style sheet as red, green and blue (CSS Color 4, Oklab to sRGB)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _byte(linear: float) -> int:
    linear = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))
