"""What every page has in common: the frame, and what happens where the store or the policy can't be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from demur.policy.policy import InvalidPolicy
from demur.server.casework import queries
from demur.server.casework.sample import SampleMissing
from demur.server.database import vault
from demur.server.officer.actions import DropRefused

DONE = {
    "removed": "One person was taken off the list.",
    "gone": "Nobody with that id is on the list any more.",
    "ended": "It is marked again from now on.",
    "not-fine": "That was not called fine any more.",
    "note-kept": "Your note is kept, encrypted on this computer.",
    "note-changed": "Your note is changed.",
    "note-removed": "The note is gone for good.",
    "note-gone": "That note was gone already.",
    "request-removed": "The request and everything noted with it is gone for good.",
    "kept-before": "This one was in your inbox already. What you had said about it stays: change it below if it is"
    " different now.",
    "answered-before": "You had noted an answer meanwhile, perhaps in another window, and it stands. To note another,"
    " open it again first.",
    "request-gone": "That request was gone already.",
    "declined": "Noted as declined. With anybody you serve, a conversation is next: open that one to prepare it.",
    "none-declined": "Nothing was ticked, so nothing was noted.",
    "none-chosen": "Choose one or more requests first.",
    "connected": "It is kept, encrypted on this computer. Nothing was sent yet: press “Try it” to see if it works.",
    "disconnected": "It is disconnected, and its password or token is forgotten. The requests stay.",
    "not-connected": "That was not connected any more.",
    "account-kept": "It is kept, encrypted on this computer.",
    "account-filled": "Its export is read. Only fingerprints of friends and posts are kept.",
    "account-removed": "It is out of the register. On the network nothing happened.",
    "audit-runs": "One audit runs already. Wait for it, or stop it first.",
    "settings-used": "What your exports said of your settings is in the check-ups now. They ask less.",
    "audit-gone": "That audit was gone already.",
    "audit-removed": "The audit and all it found is gone for good.",
    "audit-words-removed": "The words of your posts are gone from it. What was found stays.",
    "settings-removed": "All that was known of these settings is gone. On the network everything stays as it is.",
    "settings-gone": "Nothing was known of these settings any more.",
    "emptied": "Your caseload is empty now.",
    "sample-loaded": "The invented sample is loaded. Nobody in it is real.",
    "sample-removed": "The sample is gone. Your own people stayed as they were.",
}
"""Sentences for what was just done. The address carries only the key, so that no name can get into it."""

View = Callable[..., HttpResponse]


def show(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A page in Demur's frame. `here` in the context marks the place in the menu."""
    unlocked = vault.is_unlocked()
    frame = {
        "unlocked": unlocked,
        "sample": unlocked and queries.has_sample(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def done(name: str, key: str) -> HttpResponse:
    """Back to a page after something was done, so that loading it again doesn't do it twice."""
    return HttpResponseRedirect(f"{reverse(name)}?done={key}", status=303)


def page(view: View) -> View:
    """Says in words what stops a page: a policy or a drop that was refused, or a missing sample."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except InvalidPolicy as error:
            context = {"problems": error.problems}
            return show(request, "demur/policy_refused.html", context, status=503)
        except (SampleMissing, DropRefused) as error:
            return show(request, "demur/problem.html", {"says": str(error)}, status=503)

    return answer


def post_only(name: str) -> Callable[[View], View]:
    """For addresses that only take what a form sends: whoever opens one by hand gets to the page that it belongs to."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseRedirect(reverse(name), status=303)
            return view(request, *args, **kwargs)

        return answer

    return wrap
