"""Bringing stories in: the import pages, corrections, originals."""

from __future__ import annotations

from django.urls import path

from storyloft.ingest import correction_views, import_views, original_views, upload_views

urlpatterns = [
    path("imports", import_views.imports, name="imports"),
    path("imports/begin", upload_views.begin, name="begin-import"),
    path("imports/whole", upload_views.whole, name="import-whole"),
    path("imports/<int:public_id>", import_views.show, name="import"),
    path("imports/<int:public_id>/rows", import_views.rows, name="import-rows"),
    path("imports/<int:public_id>/files", upload_views.receive, name="receive-file"),
    path("imports/<int:public_id>/ready", upload_views.ready, name="import-ready"),
    path("imports/<int:public_id>/undo", import_views.undo, name="undo-import"),
    path("imports/<int:public_id>/redo", import_views.redo, name="redo-import"),
    path("imports/<int:public_id>/correct", correction_views.correct_many, name="correct-many"),
    path("imports/<int:public_id>/files/<int:file_id>", import_views.file, name="import-file"),
    path("imports/<int:public_id>/files/<int:file_id>/undo", import_views.undo_file, name="undo-file"),
    path("imports/<int:public_id>/files/<int:file_id>/redo", import_views.redo_file, name="redo-file"),
    path("imports/<int:public_id>/files/<int:file_id>/keep", import_views.keep_line, name="keep-line"),
    path("imports/<int:public_id>/files/<int:file_id>/original", original_views.of_file, name="file-original"),
    path("works/<int:public_id>/correct", correction_views.correct_one, name="correct"),
    path("works/<int:public_id>/seen-by", correction_views.seen_by, name="seen-by"),
    path("works/<int:public_id>/original", original_views.of_work, name="original"),
]
