"""LanguageTool's HTTP protocol, so that add-ons and editors that speak it show Demur's marks while people write."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.policy.policy import InvalidPolicy
from demur.reports.languagetool import (
    LANGUAGES,
    Annotated,
    UnreadableText,
    plain_text,
    read_annotations,
    read_language,
    response,
    software,
)
from demur.screening.sentences import split_sentences
from demur.server.api.admission import origin_may_ask, token_fits
from demur.server.api.bodies import Refused, read_fields
from demur.server.casework import queries
from demur.server.database.errors import VaultLocked
from demur.server.security import LOCKED

log = logging.getLogger("demur.api")

View = Callable[[HttpRequest], HttpResponse]

_ONLY_TEXT_LEVEL = "textlevelonly"
"""Newer add-ons ask twice for each text. This one asks for checks across a whole text, which Demur doesn't have; to
answer both would show each mark twice."""


def _protocol(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Guards a view of the protocol: token, origin and method; refusals are sentences in plain text."""

    def guarded(view: View) -> Callable[..., HttpResponse]:
        # Safe without a CSRF token: it changes nothing and writes nothing, it reads no cookie, there is no login that
        # a foreign page could ride on, and pages of other sites are refused by their origin just below.
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, token: str | None = None) -> HttpResponse:
            try:
                result = _admitted(request, view, methods, token)
            except Refused as refused:
                result = _plain(refused.says, refused.status)
            except VaultLocked:
                result = _plain(LOCKED, 503)
            except InvalidPolicy:
                log.error("the policy does not load")
                result = _plain("Your policy can't be read. Open Demur in the browser to see why.", 503)
            except Exception:
                log.exception("a check failed")
                result = _plain("Something went wrong in Demur, and nothing was checked.", 500)
            return _shared(request, result, showed_token=token is not None)

        return answer

    return guarded


def _admitted(request: HttpRequest, view: View, methods: tuple[str, ...], token: str | None) -> HttpResponse:
    # The origin goes first: a page on the web must not learn whether a token is set, or is right.
    if not origin_may_ask(request, showed_token=token is not None):
        return _plain("Demur doesn't answer pages of other sites.", 403)
    if not token_fits(token):
        return _plain("Demur answers here only with the right token, below /t/.", 403)
    if request.method == "OPTIONS":
        return _preflight(request, methods)
    if request.method not in methods:
        result = _plain("Send the text by POST. Drafts never travel in an address.", 405)
        result.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
        return result
    return view(request)


def _preflight(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    result = HttpResponse(status=204, headers={"Allow": ", ".join((*methods, "OPTIONS"))})
    if "Origin" in request.headers:
        result.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        result.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
        result.headers["Access-Control-Max-Age"] = "600"
        if request.headers.get("Access-Control-Request-Private-Network") == "true":
            result.headers["Access-Control-Allow-Private-Network"] = "true"
    return result


def _shared(request: HttpRequest, result: HttpResponse, *, showed_token: bool) -> HttpResponse:
    """Lets the page that asked read the answer, where it may ask."""
    result.headers["Vary"] = "Origin"
    origin = request.headers.get("Origin")
    if origin is not None and origin_may_ask(request, showed_token=showed_token):
        # Exactly this origin and never `*`, which would let any page on the web try names against the caseload.
        result.headers["Access-Control-Allow-Origin"] = origin
    return result


@_protocol("POST")
def check(request: HttpRequest) -> HttpResponse:
    """Judge a text. It counts as personal and public, because the protocol doesn't say where it will be posted.

    It is not written to the log: an editor asks at every pause in typing.
    """
    fields = read_fields(request)
    typed_language = _string(fields, "language")
    if typed_language is None:
        raise Refused(400, "Missing 'language' parameter, e.g. 'language=en-US', or 'language=auto'.")
    try:
        language = read_language(typed_language)
        text = _text(fields)
    except UnreadableText as error:
        raise Refused(400, str(error)) from None
    if len(text.text) > MAX_TEXT_LENGTH:
        raise Refused(413, f"That is longer than {MAX_TEXT_LENGTH:,} characters. Check it in parts.")
    only_text_level = (_string(fields, "mode") or "").lower() == _ONLY_TEXT_LEVEL
    verdict = None if only_text_level else queries.engine().check(Post(text.text), reword=False, ask_second=False)
    return JsonResponse(response(verdict, text, language, split_sentences(text.text).starts))


@_protocol("GET", "HEAD")
def languages(request: HttpRequest) -> HttpResponse:
    """The languages that the rules are written for."""
    return JsonResponse([language.listed() for language in LANGUAGES], safe=False)


@_protocol("GET", "HEAD")
def info(request: HttpRequest) -> HttpResponse:
    """Who answers here."""
    return JsonResponse({"software": software()})


@_protocol("GET", "HEAD")
def healthcheck(request: HttpRequest) -> HttpResponse:
    """Whether Demur answers; while the store is locked, `security.IdleLock` says so instead."""
    return _plain("OK", 200)


@_protocol("GET", "HEAD")
def maxtextlength(request: HttpRequest) -> HttpResponse:
    """The longest text in characters."""
    return _plain(str(MAX_TEXT_LENGTH), 200)


def _text(fields: dict[str, object]) -> Annotated:
    text, data = _string(fields, "text"), fields.get("data")
    if text is not None and data is not None:
        raise Refused(400, "Set only 'text' or 'data' parameter, not both.")
    if text is not None:
        return plain_text(text)
    if data is None:
        raise Refused(400, "Missing 'text' or 'data' parameter.")
    return read_annotations(data)


def _string(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400, f"'{name}' must be a string.")
    return value


def _plain(says: str, status: int) -> HttpResponse:
    return HttpResponse(says, status=status, content_type="text/plain; charset=utf-8")
