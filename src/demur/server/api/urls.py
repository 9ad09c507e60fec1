"""Which address of the API answers what."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from demur.server.api import languagetool
from demur.server.api.typed import api

_PROTOCOL: list[URLPattern | URLResolver] = [
    path("check", languagetool.check),
    path("languages", languagetool.languages),
    path("info", languagetool.info),
    path("healthcheck", languagetool.healthcheck),
    path("maxtextlength", languagetool.maxtextlength),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("v2/", include(_PROTOCOL)),
    # Newer add-ons leave out the /v2.
    path("", include(_PROTOCOL)),
    # Add-ons can't send a password, but they can be given any address. Demur's own log keeps no address.
    path("t/<str:token>/v2/", include(_PROTOCOL)),
    path("t/<str:token>/", include(_PROTOCOL)),
]
