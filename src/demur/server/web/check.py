"""May I post this? The draft comes in a body, is judged, and is forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from demur.core.content import Post
from demur.core.verdicts import Verdict
from demur.server.casework import queries
from demur.server.casework.actions import draft_digest, note_check
from demur.server.web.answers import answer_to_post, with_suggestion
from demur.server.web.forms import CheckForm
from demur.server.web.pages import page, post_only, show

ANSWER = "demur/_post_answer.html"


@page
def check(request: HttpRequest) -> HttpResponse:
    """The page, and what its buttons send: judged, noted in the log without its words, and shown."""
    if request.method != "POST":
        return show(request, "demur/check.html", {"form": CheckForm(), "here": "check"})
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _answer(request, form, {"problem": _first_problem(form)})
    post = form.post()
    verdict = queries.engine().check(post)
    if chosen := request.POST.get("use"):
        return _rewritten(request, post, verdict, chosen)
    note_check(verdict, draft_digest(post.text), post)
    return _answer(request, form, {**_judged(form, verdict), "noted": True})


@post_only("check")
@page
def live(request: HttpRequest) -> HttpResponse:
    """The answer while somebody types: nothing is noted."""
    form = CheckForm(request.POST)
    if not request.POST.get("text", "").strip():
        return render(request, ANSWER)
    if not form.is_valid():
        return render(request, ANSWER, {"problem": _first_problem(form)})
    return render(request, ANSWER, _judged(form, queries.engine().check(form.post())))


def _rewritten(request: HttpRequest, post: Post, verdict: Verdict, chosen: str) -> HttpResponse:
    """The draft with the wording that somebody pressed, judged again. Only pages without scripts send this."""
    data = request.POST.copy()
    data["text"] = with_suggestion(post.text, verdict, chosen) or post.text
    form = CheckForm(data)
    if not form.is_valid():
        return _answer(request, form, {"problem": _first_problem(form)})
    return _answer(request, form, _judged(form, queries.engine().check(form.post())))


def _judged(form: CheckForm, verdict: Verdict) -> dict[str, object]:
    post = form.post()
    return {"answer": answer_to_post(post.text, verdict), "about_client": form.cleaned_data["about_client"]}


def _answer(request: HttpRequest, form: CheckForm, context: dict[str, object]) -> HttpResponse:
    # Live pages put the answer beside the draft that they hold; others get a whole page back.
    if request.headers.get("HX-Request") == "true":
        return render(request, ANSWER, context)
    return show(request, "demur/check.html", {"form": form, "here": "check", **context})


def _first_problem(form: CheckForm) -> str:
    return str(next(iter(form.errors.values()))[0])
