"""Which part answers what: the API and the LanguageTool protocol first, then the pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("demur.server.api.urls")),
    path("", include("demur.server.web.urls")),
]
