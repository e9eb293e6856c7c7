"""Odd works: everything the gate lets through, in combinations nobody would type, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from storyloft.prose.policy import CLASSES, ELEMENTS, EVERYWHERE, OF_ELEMENT
from storyloft.tags.kinds import CATEGORIES, RATINGS, WARNINGS, TagKind
from storyloft.works.models import Status, Work
from tests.editions.works import picture, work

TITLES = (
    "The Lamp", "", " ", "\x07Bell\x0b and\x00 null", "]]> <![CDATA[ &amp; &lt;b>", "Either/Or\\Both", "..", "CON",
    "اللمبة في الغرفة", "\u202eDracula\u202c", "月の灯", "灯笼与雾",
    "👻🕯️ Ghost 👩‍🚀", "A" * 300, "“Quoted” 'twice' \"thrice\"",
    "a\nb\tc", "\ufeffmark \ufffe \uffff",
    "&nbsp;&#0;&#xD800;", "<script>alert(1)</script>", "\u200bzero\u200dwidth\u00ad",
)  # fmt: skip
NAMES = ("ann", "Bo & Co", "<b>bold</b>", "名無し", "O'Hara, Sc.", "x" * 150, "\x01ctl", "Ана", '"q"', "نور")
WORDS = (
    "fog", "lamp & oil", "<3", "]]>", "&nbsp;", "&#7;", "\u00a0", "“so”", "月", "نور", "👻", "a\u0301", "\u2028", "--",
    "*", "&lt;p&gt;", "once\n\nmore", "  ", "\u200f", "x" * 80,
)  # fmt: skip
LANGUAGES = ("en", "zh", "ja", "ar", "", "xx-unknown-language", "pt-BR", "he", "en_US", "Klingon", "de", "i-lux")
ADDRESSES = (
    "https://archiveofourown.org/works/1", "http://a", "https://exämple.org/ß?q=ü#ö", "https://a.example/a b|c{d}^`",
    "https://a.example:99999/", "https://a.example:80/%zz%2F", "http://[::1]/", "http://1.2.3.456/",
    "https://x_y.example/", "mailto:ann@a.example", "mailto:ann", "mailto:a b@c?subject=x y", "https://user:secret@a.example/",
    "https://a..b/", "https://a.example/?a=1&b=2&amp;c=[3]", "https://-a.example/", "https://a.example\\b", "http://1.2.3.4/#a#b",
    "https://a.example/\u202e<>\"'", "/relative", "#here", "javascript:alert(1)", "https://" + "a" * 70 + ".example/",
    "https://a.example./", "https://xn--zz.example/", "https://*.example/", "data:text/html,x",
)  # fmt: skip
VALUES = ("", "0", "1", "-3", "1.5", "9" * 12, "left", "CENTER", "justify", "row", "rtl", "RTL", "en", "zz-", "50%",
          "a b", "disc", "I", "2", "auto", "<&>\"'", "]]>", "\x07", "月")  # fmt: skip
POSITIONS = ("1", "2.5", "", "prologue", "0", "1,5", "10.10.10", "III", "-1", "1e3")


def odd_work(seed: int) -> Work:
    """The odd work of that number."""
    dice = Random(seed)
    return work(
        dice.choice(TITLES),
        chapters=[_chapter(dice) for _ in range(_many(dice, seed))],
        names=[{"name": name, "url": dice.choice(ADDRESSES), "login": dice.choice(("", "ann", "a b"))}
               for name in dice.sample(NAMES, dice.choice((0, 1, 1, 2, 7))) if name.strip()],
        tags=list(_tags(dice)),
        series=[(f"{dice.choice(TITLES)} {number}", dice.choice(POSITIONS), dice.choice(("", dice.choice(ADDRESSES))))
                for number in range(dice.choice((0, 0, 1, 4)))],
        sources=[_source(dice, number) for number in range(dice.choice((0, 1, 1, 2)))],
        pictures=[picture("teal"), picture("navy")],
        summary=_maybe(dice), notes=_maybe(dice), end_notes=_maybe(dice),
        language=dice.choice(LANGUAGES), status=dice.choice(Status.values),
        expected_chapters=dice.choice((None, 1, 2, 12)),
        published_on=_day(dice), updated_on=_day(dice),
    )  # fmt: skip


def soup(dice: Random, pieces: int = 14) -> str:
    """Elements, attributes and classes of the gate's policy, nested as it comes; some never close, some never open."""
    return "".join(_pieces(dice, pieces, 0))


def _many(dice: Random, seed: int) -> int:
    return {0: 120, 1: 0}.get(seed, dice.choice((1, 1, 2, 3)))


def _chapter(dice: Random) -> dict[str, object]:
    return {
        "html": dice.choice((soup(dice), soup(dice, 30), soup(dice), "", "<p>Plain.</p>")),
        "title": dice.choice(("", "", *TITLES)),
        "summary": _maybe(dice), "notes": _maybe(dice), "end_notes": _maybe(dice),
        "language": dice.choice(("", "", "", *LANGUAGES)), "published_on": _day(dice),
    }  # fmt: skip


def _maybe(dice: Random) -> str:
    return dice.choice(("", "", "<p>Said.</p>", soup(dice, 5)))


def _tags(dice: Random) -> Iterator[tuple[TagKind, str]]:
    fixed = {TagKind.RATING: RATINGS, TagKind.WARNING: WARNINGS, TagKind.CATEGORY: CATEGORIES}
    for kind in TagKind:
        names = fixed.get(kind, tuple(name for name in (*NAMES, *TITLES) if name.strip("\0\x07\x01\ufeff ")))
        for name in dice.sample(names, dice.choice((0, 1, 3))):
            yield kind, name


def _source(dice: Random, number: int) -> dict[str, object]:
    return {
        "site": dice.choice(("Archive of Our Own", "Wattpad", "", "A & B", "名")),
        "site_id": f"{dice.choice(WORDS)}{number}",
        "url": dice.choice(("", *ADDRESSES)).encode("utf-8", "ignore").decode(), "saved_on": _day(dice),
        "counts": dice.choice(({}, {"reads": "1.4K", "<b>": "&"})),
        "facts": dice.choice(({}, {"collections": "A, B & C", "gifts": "Ann", "related works": "One\n<two>"})),
    }  # fmt: skip


def _day(dice: Random) -> date | None:
    return dice.choice((None, date(1998, 1, 1) + timedelta(dice.randrange(10_000)), date(1, 1, 1), date(9999, 12, 31)))


def _pieces(dice: Random, count: int, depth: int) -> Iterator[str]:
    for _ in range(count):
        if dice.random() < 0.45 or depth > 6:
            yield dice.choice(WORDS) + dice.choice(("", " ", "\n"))
            continue
        name = dice.choice(sorted(ELEMENTS))
        yield f"<{name}{''.join(_attributes(dice, name))}>"
        if dice.random() < 0.9:
            yield from _pieces(dice, dice.randrange(4), depth + 1)
        if dice.random() < 0.85:
            yield f"</{name if dice.random() < 0.95 else dice.choice(sorted(ELEMENTS))}>"


def _attributes(dice: Random, name: str) -> Iterator[str]:
    allowed = sorted(EVERYWHERE | OF_ELEMENT.get(name, frozenset()))
    for key in dice.sample(allowed, min(len(allowed), dice.choice((0, 0, 1, 2, 4)))):
        if key in ("href", "cite"):
            value = dice.choice(ADDRESSES)
        elif key == "src":
            value = dice.choice(("picture:0.png", "picture:1.png", "picture:9.png", *ADDRESSES))
        else:
            value = dice.choice(VALUES)
        yield ' {}="{}"'.format(key, value.replace('"', "&quot;"))
    if dice.random() < 0.2:
        yield f' class="{" ".join(dice.sample(sorted(CLASSES), 2))}"'
