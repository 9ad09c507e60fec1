"""Django's settings for the local server. Importing them creates and opens nothing; `server.local` does that."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from demur.server.folder import default_folder, store_folder, time_zone_name
from demur.server.limits import MAXIMUM_BODY

_HOME = default_folder()

SECRET_KEY = secrets.token_urlsafe(48)
"""Made anew for each process: it signs only CSRF tokens, which need not outlive it, and so it is never stored."""

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "demur.server.urls"
WSGI_APPLICATION = "demur.server.wsgi.application"

# Demur serves one person on their own computer: no accounts, no sessions, no admin.
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "ninja",
    "django_htmx",
    "demur.server.ledger",
    "demur.server.casework",
    "demur.server.officer",
    "demur.server.asking",
    "demur.server.connectors",
    "demur.server.triage",
    "demur.server.accounts",
    "demur.server.audits",
    "demur.server.checkups",
    "demur.server.web",
    "demur.server.api",
]

MIDDLEWARE = [
    "demur.server.security.SecurityHeaders",
    "demur.server.security.HostCheck",
    "demur.server.security.BodyLimit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "demur.server.security.OriginCheck",
    "demur.server.security.IdleLock",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "autoescape": True,
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "demur.server.database.sqlcipher",
        "NAME": str(store_folder(_HOME) / "store.db"),
        # The connection holds the key, so it lives no longer than its request.
        "CONN_MAX_AGE": 0,
        # INVARIANT: the ledger reads its head and writes after it. IMMEDIATE makes writers queue, so no two entries
        # are ever chained to the same one.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Uploads and drafts must never touch the disk in plain text, and Django's default is a temporary file for what is
# larger than 2.5 MB. So there is only the handler that keeps them in memory; BodyLimit refuses larger ones before.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MAXIMUM_BODY
DATA_UPLOAD_MAX_MEMORY_SIZE = MAXIMUM_BODY

CSRF_COOKIE_NAME = "demur_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # Gone with the browser's window.

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # Served from the packages themselves: there is no collecting step.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 60

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = time_zone_name()

_idle = os.environ.get("DEMUR_IDLE_MINUTES", "")
IDLE_MINUTES = max(1, int(_idle)) if _idle.isascii() and _idle.isdigit() and len(_idle) <= 4 else 15
"""After how long without use the store locks itself; what is not a number of at most four digits counts as 15.

Own setting of Demur."""

POLICY_FOLDER = Path(os.environ["DEMUR_POLICY"]) if os.environ.get("DEMUR_POLICY") else None
"""The agency's policy; None for Demur's default. Own setting of Demur."""

SECOND_READER = os.environ.get("DEMUR_SECOND_READER", "")
"""Where a language model on this computer answers; empty where no second reader is asked. Own setting of Demur."""

SECOND_READER_MODEL = os.environ.get("DEMUR_SECOND_READER_MODEL", "")
"""The name of that model, as its server knows it. Own setting of Demur."""

OFFICER_KEY = Path(os.environ["DEMUR_OFFICER_KEY"]) if os.environ.get("DEMUR_OFFICER_KEY") else None
"""The public key of the agency's privacy officer; None where there is no agency-wide check. Own setting of Demur."""

OFFICER_DROP = Path(os.environ["DEMUR_OFFICER_DROP"]) if os.environ.get("DEMUR_OFFICER_DROP") else None
"""The folder into which sealed questions go once a day, for the officer alone. Own setting of Demur."""

API_TOKEN = os.environ.get("DEMUR_API_TOKEN") or None
"""What programs must show to be answered by `server.api`; None where every program on this computer may ask."""

ALLOWED_ORIGINS = frozenset(
    origin.rstrip("/").lower() for origin in os.environ.get("DEMUR_ALLOWED_ORIGINS", "").replace(",", " ").split()
)
"""Origins of pages, beside our own and browser add-ons, that may send drafts to `/v2/check`. Own setting of Demur."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "demur.server.logs.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django would send its own elsewhere, with messages: everything goes through the one formatter instead.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Its warnings are pages that don't exist: noise, since neither path nor words may be printed.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "demur": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
