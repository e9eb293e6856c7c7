"""The program's own settings, with a data folder that is thrown away."""

from __future__ import annotations

import os
import tempfile

os.environ["STORYLOFT_HOME"] = tempfile.mkdtemp(prefix="storyloft-test-")
os.environ.pop("STORYLOFT_PUBLIC_URL", None)

from storyloft.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Hashed names need `collectstatic`, which the real-server journeys run and the rest does not need.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Served from the source folders here; the empty folder keeps the server's middleware from warning.
STATIC_ROOT.mkdir()  # noqa: F405
