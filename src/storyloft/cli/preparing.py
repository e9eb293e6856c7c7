"""Making a data folder ready to serve: tables, static files, unfinished imports, the owner's link."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.urls import reverse

from storyloft.accounts.models import Person, SignInLink
from storyloft.database import take_stock
from storyloft.ingest import intake
from storyloft.ingest.models import Import
from storyloft.ingest.tasks import read_import
from storyloft.reposts.sampling import ask_for_missing
from storyloft.search.meaning.learning import ask_to_look_over
from storyloft.search.writer import ask_to_drain
from storyloft.works import refiling

_AN_HOUR = 3_600


def make_ready() -> None:
    """Everything the first request needs, and what the last stop left undone."""
    _collect_static()
    _sweep()
    for coming in Import.objects.unfinished():
        intake.ready(coming)
        read_import.enqueue(coming.pk)
    refiling.ask_to_go_on()
    ask_to_drain()
    ask_for_missing()
    ask_to_look_over()
    take_stock()


def line_for_the_owner() -> str:
    """One line: where the archive is, and the link that signs its owner in, once."""
    secret = SignInLink.objects.make(Person.objects.owner())
    return f"{settings.SITE_NAME} is at {settings.PUBLIC_URL}/ · sign in once: {settings.PUBLIC_URL}{_link(secret)}"


def _link(secret: str) -> str:
    # Asked of the sign-in addresses alone: loading those of every page would take a quarter of a second more.
    return reverse("use-link", args=[secret], urlconf="storyloft.accounts.urls")


def _sweep() -> None:
    """Remove what was half received when the program was killed; an hour old, so that nobody is still sending it."""
    for folder in (Path(settings.FILES) / "arriving", Path(settings.INCOMING)):
        for path in folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _AN_HOUR:
                    path.unlink()


def _collect_static() -> None:
    """Hash and compress the static files, only where they changed since the last time (a second saved at start)."""
    stamp = Path(settings.STATIC_ROOT) / "made-from"
    state = _state_of_static()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _state_of_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
