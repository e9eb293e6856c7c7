"""Story text in templates."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString

from storyloft.works.models import Work
from storyloft.works.showing import shown_in

register = template.Library()
_ID = re.compile(r' id="p-[^"]*"')


@register.filter
def as_story(html: str, work: Work) -> SafeString:
    """Stored HTML of a work as its pages show it."""
    return shown_in(work, html)


@register.filter
def without_ids(html: str) -> str:
    """The same text without passage addresses, where a page shows it twice."""
    return _ID.sub("", html)
