"""The door the web server knocks at."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from storyloft.family import end_with_the_head

end_with_the_head()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storyloft.settings")
application = get_wsgi_application()
