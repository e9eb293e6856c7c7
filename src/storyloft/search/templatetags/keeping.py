"""What the templates of other pages ask of somebody's blocklist."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext

from storyloft.search.keeping.models import Blocked
from storyloft.search.keeping.never_again import blocked_already

register = template.Library()


@register.simple_tag(takes_context=True)
def blocked_as(context: RequestContext, what: str, given: object) -> Blocked | None:
    """The entry by which the reader blocked this already, named as `never_again.block` names it; else None."""
    return blocked_already(context.get("user"), what, str(given))
