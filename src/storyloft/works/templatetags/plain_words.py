"""How numbers, names and remarks are written on a page."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.conf.locale import LANG_INFO

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """12400 as "12,400"."""
    return f"{number:,}"


@register.filter
def joined(names: Sequence[str]) -> str:
    """Names as one says them: "Ada", "Ada and Bertram", "Ada, Bertram and Clara"; "" for none."""
    *most, last = names or ("",)
    return f"{', '.join(most)} and {last}" if most else last


@register.filter
def by(names: Sequence[str]) -> str:
    """Who a story is by: "by Ada and Bertram". Most saved texts lost their author's name, which is not the same as
    an author who wished to be anonymous: "author unknown"."""
    return f"by {joined(names)}" if names else "author unknown"


@register.filter
def sentence(words: str) -> str:
    """A remark as a sentence, whether or not it was written as one: "it is plain text" as "It is plain text."."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if not words or words[-1] in ".!?…" else ".")


@register.filter
def reading_time(minutes: int) -> str:
    """How long a story takes, as one would say it: "about 25 minutes", "about 3 hours"."""
    if minutes < 60:
        return f"about {minutes} minute{'' if minutes == 1 else 's'}"
    hours = round(minutes / 60)
    return f"about {hours} hour{'' if hours == 1 else 's'}"


@register.filter
def time_left(seconds: int) -> str:
    """How long something will still take, no more exact than it can be known: "a moment", "about 3 minutes"."""
    if seconds < 5:
        return "a moment"
    if seconds < 55:
        return f"about {5 * round(seconds / 5)} seconds"
    return reading_time(round(seconds / 60))


@register.filter
def language_name(tag: str) -> str:
    """A language's own name: "de" is "Deutsch"; the tag itself where we know none."""
    known = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.lower().split("-")[0]) or {}
    return str(known.get("name_local", tag))
