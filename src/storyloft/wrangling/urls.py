"""The wrangling desk, and what it gives to readers. Before reading's own list: `/tags/<kind>/<name>` takes any name."""

from __future__ import annotations

from django.urls import path

from storyloft.wrangling import desk_views, proposal_views, reader_views, set_views, tag_views

urlpatterns = [
    path("tags/complete", reader_views.complete, name="tags-complete"),
    path("tags/<str:kind>/<path:name>/feed", reader_views.feed, name="tag-feed"),
    path("works/<int:public_id>/proposals", proposal_views.decide, name="decide-proposals"),
    path("desk/tags", desk_views.desk, name="desk"),
    path("desk/tags/bin", desk_views.bin_of, name="desk-bin"),
    path("desk/tags/act", desk_views.act, name="desk-act"),
    path("desk/tags/log", desk_views.log, name="desk-log"),
    path("desk/tags/log/<int:act_id>/<str:way>", desk_views.turn, name="desk-turn"),
    path("desk/tags/sets", set_views.sets, name="desk-sets"),
    path("desk/tags/sets/download", set_views.download, name="desk-download"),
    path("desk/tags/sets/offer", set_views.offer, name="desk-offer"),
    path("desk/tags/sets/<int:set_id>", set_views.offered, name="desk-offered"),
    path("desk/tags/<int:tag_id>", tag_views.tag, name="desk-tag"),
]
