"""What an inline style means, said in elements and classes: looks go, meaning stays."""

from __future__ import annotations

import re
from typing import NamedTuple

from storyloft.prose.elements import BLOCKS, HEADINGS, NOTHING, Tag, role_of
from storyloft.prose.markup import normalise, read_tag, write_tag
from storyloft.prose.shape import shape

_ALIGN = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "justify": "justify"}
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_CAN_BE_UNDONE = {"b": "font-weight", "strong": "font-weight", "i": "font-style", "em": "font-style"}
_PLAIN = ("normal", "400", "lighter")


class Meaning(NamedTuple):
    """Class tokens, elements that say the same as the style did, and whether the style takes the element back."""

    classes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    undone: bool = False

    def say(self, role: str, name: str, attributes: dict[str, str], self_closed: bool) -> Tag:
        """The tag with its meaning: around an inline element's words, or around all the words in a block."""
        before = "".join(f"<{element}>" for element in self.says)
        after = "".join(f"</{element}>" for element in reversed(self.says))
        empty = self_closed and role in ("block", "inline", "p")
        if role != "inline":
            within = (before, after) if self.says and role in ("block", "p") else None
            return Tag(role, name, write_tag(name, attributes), f"</{name}>", within, empty=empty)
        if self.undone:
            return Tag(role, name, before, after, empty=empty)
        return Tag(role, name, write_tag(name, attributes) + before, f"{after}</{name}>", empty=empty)


_NONE = Meaning()


def meaning_of(name: str, style: str) -> Meaning:
    """What a `style` attribute means on this element.

    Only alignment, underline, strike, italics, bold and small capitals mean something; the rest of a style is looks.
    A word processor's `<b style="font-weight: normal">` is not bold: that is the undoing.
    """
    if not style:
        return _NONE
    rules = {key.strip(): value.strip() for key, _, value in _declarations(style)}
    classes = []
    if (align := _ALIGN.get(rules.get("text-align", ""))) and name in BLOCKS | {"p"}:
        classes.append(f"align-{align}")
    if rules.get("font-variant") == "small-caps":
        classes.append("small-caps")
    lines = f"{rules.get('text-decoration', '')} {rules.get('text-decoration-line', '')}"
    said = {
        "u": "underline" in lines,
        "s": "line-through" in lines,
        "i": rules.get("font-style") in ("italic", "oblique"),
        "b": bool(_BOLD.fullmatch(rules.get("font-weight", ""))) and name not in HEADINGS | {"th"},
    }
    says = tuple(element for element, is_said in said.items() if is_said and element != name)
    return Meaning(tuple(classes), says, rules.get(_CAN_BE_UNDONE.get(name, ""), "") in _PLAIN)


def keep_meaning(html: str) -> str:
    """The HTML with the meaning of its `style` attributes said in elements and classes, and no `style`.

    Alignment and small capitals become a class; underline, strike, italics and bold become `u s i b`.
    """
    return shape(normalise(html), _meant, wrap=False)


def _meant(spelled: str) -> Tag:
    name, ends, self_closed, given = read_tag(spelled)
    if not name:
        return NOTHING
    meaning = meaning_of(name, given.pop("style", ""))
    if meaning.classes:
        given["class"] = " ".join(dict.fromkeys([*given.get("class", "").split(), *meaning.classes]))
    return meaning.say(role_of(name, ends), name, given, self_closed)


def _declarations(style: str) -> list[tuple[str, str, str]]:
    return [part.partition(":") for part in style.lower().replace("!important", "").split(";")]
