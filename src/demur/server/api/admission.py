"""Which programs and pages may ask: by token where one is set, and by where a browser says that a page comes from.

INVARIANT: no oracle. Whoever may ask can learn whether a name is on the caseload, so a page on the web never may.
"""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest

ADD_ONS = ("moz-extension://", "chrome-extension://", "safari-web-extension://")
"""How the origin of a browser add-on begins. A page on the web can't make its browser send one."""

NULL_ORIGIN = "null"


def token_fits(shown: str | None) -> bool:
    """Whether what a program shows is the token; without a token set, only showing nothing fits."""
    token = settings.API_TOKEN
    if token is None or shown is None:
        return token is None and shown is None
    # In constant time, so that answers don't tell how much of a guess was right.
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), token.encode("utf-8", "surrogatepass"))


def origin_may_ask(request: HttpRequest, *, showed_token: bool) -> bool:
    """Whether the page or program behind a request may ask. Programs that are no browser send no origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    origin = origin.lower()
    if origin == NULL_ORIGIN:
        # Any page can make its browser say "null", with a sandboxed frame. So it counts only beside a token, which
        # such a page doesn't know, or where the owner asked for it.
        return showed_token or NULL_ORIGIN in settings.ALLOWED_ORIGINS
    if origin.startswith(ADD_ONS) or origin in settings.ALLOWED_ORIGINS:
        return True
    return origin == f"{request.scheme}://{request.get_host()}".lower()
