"""Django's settings, from our own short list of options (options.py)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from storyloft import database, options

database.use_own_sqlite()

HOME = options.home()
FILES = HOME / "files"
SEARCH_INDEX = HOME / "search"
INCOMING = HOME / "incoming"
PACKAGE = Path(__file__).parent


def _make_private(*folders: Path) -> None:
    """Make the folders that are missing, closed to others on this machine: private stories lie in them.

    A folder that is there keeps the rights somebody gave it, for it may be one they share on purpose.
    """
    folders[0].parent.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        folder.mkdir(mode=0o700, exist_ok=True)


def _secret_key(home: Path) -> str:
    """The archive's own key, made at first start and kept in the data folder, readable by its owner alone."""
    path = home / "secret.key"
    if not path.exists():
        # Written whole, then named: a key cut short by a power cut would sign everything with nothing.
        draft = home / f"secret.key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    return path.read_text()


def _debug(public_url: str, host: str) -> bool:
    """Whether to show error details. They hold stories and secrets, so never on an archive that others can reach."""
    wanted = options.value("debug") == "1"
    if wanted and (public_url or host not in ("127.0.0.1", "localhost", "::1")):
        raise ImproperlyConfigured("debug = 1 shows secrets to visitors. Unset it, or listen on 127.0.0.1 alone.")
    return wanted


def _hosts(public_url: str, host: str) -> list[str]:
    named = urlsplit(public_url).hostname
    # Listening on every address without a public name is a circle of friends on a home network: any name goes.
    if host == "0.0.0.0" and not named:  # noqa: S104 - compared, not listened on
        return ["*"]
    return [named or host, "127.0.0.1", "localhost", "[::1]"]


_make_private(HOME, FILES, SEARCH_INDEX, INCOMING, HOME / "locks")
SECRET_KEY = _secret_key(HOME)
DEBUG = _debug(options.value("public_url"), options.value("host"))
SITE_NAME = options.value("site_name")
# 0.0.0.0 is an address to listen on, none to visit.
_VISITED = "127.0.0.1" if options.value("host") == "0.0.0.0" else options.value("host")  # noqa: S104
PUBLIC_URL = options.value("public_url").rstrip("/") or f"http://{_VISITED}:{options.value('port')}"
ALLOWED_HOSTS = _hosts(options.value("public_url"), options.value("host"))
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "storyloft.accounts",
    "storyloft.tags",
    "storyloft.works",
    "storyloft.vault",
    "storyloft.ingest",
    "storyloft.search",
    "storyloft.reposts",
    "storyloft.wrangling",
    "storyloft.reading",
]

MIDDLEWARE = [
    "storyloft.headers.trust_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "storyloft.headers.PackedText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "storyloft.urls"
WSGI_APPLICATION = "storyloft.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "storyloft.headers.frame",
            ],
        },
    }
]

DATABASES = {"default": database.settings_for(options.value("database_url"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "search"]}}

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
# One web process (SQLite): sessions are also remembered in its memory, and signing out forgets them there too.
# Several (PostgreSQL): each asks the database, or a session ended in one would live on in another.
_ONE_PROCESS = not options.value("database_url")
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if _ONE_PROCESS else 'db'}"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_NAME = "__Host-storyloft" if HTTPS else "storyloft"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The CSRF token lives in the session, so that an anonymous reader gets no cookie at all.
CSRF_USE_SESSIONS = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# What `check --deploy` misses is done elsewhere, or is not ours to decide: X-Frame-Options (headers.py), http turned
# into https (the proxy that holds the certificate); whether the domain's other names are bound to https as well.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W008", "security.W021"]

USE_TZ = True
TIME_ZONE = options.value("time_zone")
USE_I18N = False
LANGUAGE_CODE = "en-us"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = HOME / "static"
# Our fonts and scripts are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# An upload is streamed to disk, never held in memory.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = INCOMING
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
LARGEST_UPLOAD = 256 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
