"""What stands before every page and every answer: who may ask, how much, from where, and for how long unlocked."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from demur.server import local
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.limits import MAXIMUM_BODY, TOO_LARGE

log = logging.getLogger("demur.security")

Handler = Callable[[HttpRequest], HttpResponseBase]

UNLOCK_PATH = "/unlock"
LOCKED = "Demur is locked. Open it in the browser to unlock."
_NOBODY_THERE = ("/static/", "/v2/healthcheck")
"""Asked for by machines: these say nothing about a person being there."""
_NOTES = re.compile(r"/supervision/|/inbox/[0-9a-f]{32}/meeting/")
"""What somebody wrote there comes back to them when the store has locked itself meanwhile: `web.supervision` sees to
that, and printing needs no store."""
_EDITOR_PATHS = ("/v2/", "/t/")
_EDITOR_PATHS_BARE = frozenset({"/check", "/languages", "/info", "/healthcheck", "/maxtextlength"})
"""The LanguageTool protocol: browser add-ons send an origin of their own, and `server.api` says which may. Newer ones
leave out the `/v2`."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

HEADERS = {
    # Nothing but what this server itself sends may run, be shown or be contacted; no inline script or style.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: with it browsers send `Origin: null` with our own forms, and neither Django's CSRF check nor
    # the one below could tell them from a foreign page. `same-origin` tells other sites exactly as little: nothing.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


class SecurityHeaders:
    """Sends the headers with every answer, refusals included, so it stands first."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if isinstance(response, HttpResponse):
            # With its length known, a connection stays open for the next request: editors ask at every pause.
            response.headers.setdefault("Content-Length", str(len(response.content)))
            if request.method == "HEAD":
                # The server would send it, and whoever reads on would take it for the next answer.
                response.content = b""
        if not request.path_info.startswith("/static/"):
            # Pages hold names and drafts; neither the disk cache nor the back button of the next person keeps them.
            response.headers["Cache-Control"] = "no-store"
        return response


class HostCheck:
    """Answers only to this computer's own names, so that no page on the web reaches Demur by DNS rebinding.

    Django checks the host where something asks for it; static files and plain answers never would.
    """

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return _plain("Demur answers only at 127.0.0.1 and localhost, on this computer.", 400)
        return self._next(request)


class BodyLimit:
    """Refuses what is too large before anything reads it."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > MAXIMUM_BODY:
            return _plain(TOO_LARGE, 413)
        return self._next(request)


class OriginCheck:
    """Refuses what another site's page tries to change or to ask. Where there is no Origin, CSRF tokens decide."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = request.headers.get("Origin")
        if (
            origin is not None
            and request.method not in _SAFE_METHODS
            and not _speaks_to_editors(request.path_info)
            and origin != f"{request.scheme}://{request.get_host()}"
        ):
            return _plain("That came from another site, so Demur did not do it. Use Demur's own pages.", 403)
        return self._next(request)


def _sent_by_another_site(request: HttpRequest) -> bool:
    """Whether a page of another site had the browser load something here: that shows nobody at this computer.

    An add-on's check is somebody typing; it comes with the add-on's origin.
    """
    return request.headers.get("Sec-Fetch-Site") == "cross-site" and "Origin" not in request.headers


class IdleLock:
    """Locks the store where nobody used Demur for a while, and shows the way to unlock it."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = time.monotonic()
        local.lock_if_idle(now, settings.IDLE_MINUTES * 60)
        if vault.is_unlocked():
            if not request.path_info.startswith(_NOBODY_THERE) and not _sent_by_another_site(request):
                vault.touch(now)
            return self._next(request)
        if request.path_info.startswith("/static/") or request.path_info.rstrip("/") == UNLOCK_PATH:
            return self._next(request)
        if request.method == "POST" and _NOTES.match(request.path_info):
            return self._next(request)
        return self._locked(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A request that was under way when the store was locked ends as if it had come after.

        Where the store itself can't be used, because it is gone, full or held by another program, a sentence says so.
        """
        if isinstance(exception, VaultLocked):
            return self._locked(request)
        problem = local.store_problem(exception)
        if problem is None:
            return None
        log.error("the store can't be used", exc_info=exception)
        return _plain(str(problem), 503)

    @staticmethod
    def _locked(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/") or _speaks_to_editors(request.path_info):
            return _plain(LOCKED, 503)
        if request.headers.get("HX-Request") == "true":
            # htmx would follow a redirect and put the unlock page into the middle of this one.
            return HttpResponse(status=204, headers={"HX-Redirect": UNLOCK_PATH})
        # The path alone, and no address holds a name: `web.unlock` leads back to it.
        path = request.path_info
        back = f"?{urlencode({'next': path})}" if request.method == "GET" and path != "/" else ""
        return HttpResponseRedirect(f"{UNLOCK_PATH}{back}", status=303)


def _speaks_to_editors(path: str) -> bool:
    return path.startswith(_EDITOR_PATHS) or path in _EDITOR_PATHS_BARE


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
