"""The addresses of what somebody keeps about finding."""

from __future__ import annotations

from django.urls import path

from storyloft.search.keeping import blocklist_views, feed, search_views

urlpatterns = [
    path("blocklist", blocklist_views.blocklist, name="blocklist"),
    path("blocklist/block", blocklist_views.block, name="block"),
    path("blocklist/unblock", blocklist_views.unblock, name="unblock"),
    path("searches", search_views.saved_searches, name="saved-searches"),
    path("searches/save", search_views.save_search, name="save-search"),
    path("searches/usual", search_views.usual_filters, name="usual-filters"),
    path("searches/<int:public_id>", search_views.open_search, name="open-search"),
    path("searches/<int:public_id>/rename", search_views.rename_search, name="rename-search"),
    path("searches/<int:public_id>/move", search_views.move_search, name="move-search"),
    path("searches/<int:public_id>/forget", search_views.forget_search, name="forget-search"),
    path("searches/<int:public_id>/follow", search_views.follow_search, name="follow-search"),
    path("searches/<str:secret>/feed", feed.search_feed, name="search-feed"),
]
