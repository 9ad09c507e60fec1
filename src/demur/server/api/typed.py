"""The typed API at `/api/v1`: the two questions, as JSON objects of the batch contract."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

import demur
from demur.caseload.index import CaseloadIndex
from demur.policy.policy import InvalidPolicy
from demur.records.batch import UnreadableLine, read_draft, read_id, read_request
from demur.reports.contract import dumps, post_verdict, request_verdict
from demur.server.api.admission import token_fits
from demur.server.api.bodies import Refused, read_json
from demur.server.api.schemas import ConnectRequest, Draft, DraftVerdict, Problem, RequestVerdict
from demur.server.asking.actions import answer
from demur.server.asking.brakes import TakingABreak
from demur.server.casework import actions, queries
from demur.server.database.errors import VaultLocked
from demur.server.officer.actions import DropRefused
from demur.server.security import LOCKED

log = logging.getLogger("demur.api")


class Token(HttpBearer):
    """`Authorization: Bearer …`, needed only where DEMUR_API_TOKEN is set."""

    def __call__(self, request: HttpRequest) -> bool:
        return token_fits(None) or bool(super().__call__(request))

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        """Whether the token is the one that was set."""
        return token_fits(token)


api = NinjaAPI(
    title="Demur",
    version=demur.__version__,
    description="May I post this? May I accept this? Answered from your own caseload and policy, on this computer.",
    urls_namespace="api-1",
    auth=Token(),
)

_REFUSALS: dict[int, type[Schema]] = dict.fromkeys((400, 401, 403, 413, 415, 500, 503), Problem)


def _body(schema: type[Schema]) -> dict[str, Any]:
    # Described here and read by `records.batch`, which also takes what pydantic refuses, such as lone surrogates.
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema.model_json_schema()}},
        }
    }


@api.post(
    "/check",
    response={200: DraftVerdict, **_REFUSALS},
    openapi_extra=_body(Draft),
    summary="May I post this?",
    operation_id="check",
    tags=["The two questions"],
)
def check(request: HttpRequest) -> HttpResponse:
    """Judge a draft, by your own caseload and policy. The log keeps the outcome and never the draft."""
    data = _object(request)
    draft = read_draft(data)
    also = CaseloadIndex.build(draft.also) if draft.also.clients else None
    verdict = queries.engine().check(draft.post, also)
    actions.note_check(verdict, actions.draft_digest(draft.post.text), draft.post)
    return _answer(post_verdict(verdict, read_id(data)))


@api.post(
    "/request",
    response={200: RequestVerdict, 429: Problem, **_REFUSALS},
    openapi_extra=_body(ConnectRequest),
    summary="May I accept this?",
    operation_id="request",
    tags=["The two questions"],
)
def request(request: HttpRequest) -> HttpResponse:
    """Decide a request, by your own caseload and policy. The log keeps the outcome and never who asked.

    After 30 questions about different people in an hour, or 100 in a day, the answer is 429 with `Retry-After`.
    """
    data = _object(request)
    asked = read_request(data)
    verdict = answer(queries.engine(), asked, timezone.localdate(), typed=True)
    return _answer(request_verdict(verdict, read_id(data)))


def _object(request: HttpRequest) -> dict[str, Any]:
    data = read_json(request)
    if not isinstance(data, dict):
        raise Refused(400, "The body must be one JSON object.")
    return data


def _answer(value: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(dumps(value), status=status, content_type="application/json")


def _problem(detail: str, status: int) -> HttpResponse:
    return _answer({"detail": detail}, status)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _problem(error.says, error.status)


@api.exception_handler(UnreadableLine)
def _unreadable(request: HttpRequest, error: UnreadableLine) -> HttpResponse:
    return _problem(f"{error}.", 400)


@api.exception_handler(AuthenticationError)
def _unknown_program(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _problem("Demur answers here only with its token, as Authorization: Bearer.", 401)


@api.exception_handler(VaultLocked)
def _locked(request: HttpRequest, error: VaultLocked) -> HttpResponse:
    return _problem(LOCKED, 503)


@api.exception_handler(TakingABreak)
def _taking_a_break(request: HttpRequest, error: TakingABreak) -> HttpResponse:
    response = _problem(str(error), 429)
    response.headers["Retry-After"] = str(error.seconds)
    return response


@api.exception_handler(DropRefused)
def _no_drop(request: HttpRequest, error: DropRefused) -> HttpResponse:
    log.error("the officer's key can't be used")
    return _problem(str(error), 503)


@api.exception_handler(InvalidPolicy)
def _invalid_policy(request: HttpRequest, error: InvalidPolicy) -> HttpResponse:
    log.error("the policy does not load")
    return _problem("Your policy can't be read. Open Demur in the browser to see why.", 503)


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    # The handler keeps Django from writing a page; the log says where it failed, never with which words.
    log.error("a question failed", exc_info=error)
    return _problem("Something went wrong in Demur, and nothing was decided.", 500)
