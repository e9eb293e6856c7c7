"""The addresses of a reader's pages. `/works/<digits>` as AO3 has them, so that readers of its addresses read ours."""

from __future__ import annotations

from django.urls import path

from storyloft.reading import chapter_views, doorstep, finding_views, library_views, work_views

urlpatterns = [
    path("robots.txt", doorstep.robots, name="robots"),
    path("manifest.webmanifest", doorstep.manifest, name="manifest"),
    path("favicon.ico", doorstep.favicon, name="favicon"),
    path("", library_views.library, name="library"),
    path("tags/<str:kind>/<path:name>", library_views.tag, name="tag"),
    path("by/<int:public_id>", library_views.byline, name="byline"),
    path("series/<int:public_id>", library_views.series, name="series"),
    path("works/<int:public_id>", work_views.work, name="work"),
    path("works/<int:public_id>/contents", work_views.contents, name="contents"),
    path("works/<int:public_id>/cover", work_views.cover, name="cover"),
    path("works/<int:public_id>/pictures/<str:sha256>", work_views.picture, name="picture"),
    path("works/<int:public_id>/find", finding_views.find_in_work, name="find-in-work"),
    path("works/<int:public_id>/whole", chapter_views.whole_work, name="whole-work"),
    path("works/<int:public_id>/chapters/<int:chapter_id>", chapter_views.chapter, name="chapter"),
    path("works/<int:public_id>/place", chapter_views.place, name="place"),
]
