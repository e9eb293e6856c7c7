"""`{% tag_facts kind name %}` and `{% tag_proposals work %}`: what wrangling adds to the pages of others."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from storyloft.works.models import Work
from storyloft.wrangling import facts, proposals

register = template.Library()


@register.inclusion_tag("wrangling/_about_tag.html", takes_context=True)
def tag_facts(context: Context, kind: str, name: str) -> dict[str, Any]:
    """What is known of the tag of this name: about, wordings, parents, children, its feed."""
    visitor = context["request"].user
    tag = facts.known_tag(visitor, kind, name)
    return {"facts": facts.facts_of(visitor, tag) if tag else None}


@register.inclusion_tag("wrangling/_proposals.html", takes_context=True)
def tag_proposals(context: Context, work: Work) -> dict[str, Any]:
    """The tags that a work's text speaks for, for its keeper; nothing for anybody else."""
    request = context["request"]
    groups = proposals.open_for(request.user, work)
    return {"groups": groups, "work": work, "csrf_token": context.get("csrf_token"), "request": request}
