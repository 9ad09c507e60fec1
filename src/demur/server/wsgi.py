"""The server as a WSGI application, for waitress. `server.local.start` comes first."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError


class Utf8Request(WSGIRequest):
    """A request whose body is UTF-8, whatever its headers say.

    Django would decode with any codec of Python that a client names, and fail outside of every handler where that is
    none for text, or where the header can't be read.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # missing in the stubs
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}
        self._encoding = None

    def _load_post_and_files(self) -> None:
        try:
            super()._load_post_and_files()
        except LookupError:
            self._mark_post_parse_error()  # type: ignore[attr-defined]  # missing in the stubs
            raise MultiPartParserError("a part of the form names an unknown codec") from None


class Handler(WSGIHandler):
    """Django's handler, for such requests."""

    request_class = Utf8Request


application = Handler()
