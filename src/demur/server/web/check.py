"""May I post this? The draft comes in a body, is judged, and is forgotten."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from demur.core.content import Post
from demur.core.verdicts import Verdict
from demur.server.accounts.queries import known
from demur.server.casework import queries
from demur.server.casework.actions import draft_digest, note_check
from demur.server.web.answers import answer_to_post, asked_about, with_suggestion
from demur.server.web.forms import CheckForm
from demur.server.web.pages import page, post_only, show

ANSWER = "demur/_post_answer.html"

_LONGEST_REWORDED_LIVE = 2_000
"""Code points up to which a draft is also written anew while somebody types; that takes several judgments."""


@page
def check(request: HttpRequest) -> HttpResponse:
    """The page, and what its buttons send: judged, noted in the log without its words, and shown."""
    if request.method != "POST":
        return show(request, "demur/check.html", {"form": CheckForm(), "here": "check"})
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _answer(request, form, {"problem": _first_problem(form)})
    post, verdict = judge(form)
    if chosen := request.POST.get("use"):
        return _rewritten(request, post, verdict, chosen)
    note_check(verdict, draft_digest(post.text), post)
    return _answer(request, form, {**judged(form, post, verdict), "noted": True})


@post_only("check")
@page
def live(request: HttpRequest) -> HttpResponse:
    """The answer while somebody types: nothing is noted."""
    form = CheckForm(request.POST)
    if not request.POST.get("text", "").strip():
        return render(request, ANSWER)
    if not form.is_valid():
        return render(request, ANSWER, {"problem": _first_problem(form)})
    reword = len(form.cleaned_data["text"]) <= _LONGEST_REWORDED_LIVE
    return render(request, ANSWER, judged(form, *judge(form, reword, ask_second=False)))


def _rewritten(request: HttpRequest, post: Post, verdict: Verdict, chosen: str) -> HttpResponse:
    """The draft with the wording that somebody pressed, judged again. Only pages without scripts send this."""
    data = request.POST.copy()
    data["text"] = with_suggestion(post.text, verdict, chosen) or post.text
    form = CheckForm(data)
    if not form.is_valid():
        return _answer(request, form, {"problem": _first_problem(form)})
    return _answer(request, form, judged(form, *judge(form)))


def judge(form: CheckForm, reword: bool = True, ask_second: bool = True) -> tuple[Post, Verdict]:
    """The draft as it was judged: an answer to the one question counts only while it is about the same words."""
    post = replace(form.post(), other_accounts=known())
    engine = queries.engine()
    asked = frozenset(form.cleaned_data["asked_about"].split("\n")) - {""}
    if post.about_client is None or not asked:
        return post, engine.check(post, reword=reword, ask_second=ask_second)
    unanswered = replace(post, about_client=None)
    # INVARIANT: without a second reader, whose "clear" would take the question away and the person's "yes" with it.
    verdict = engine.check(unanswered, reword=reword, ask_second=False)
    # Fewer of the same words are still answered for. Other words, or none of them, are another question.
    if not asked_about(verdict) or not asked_about(verdict) <= asked:
        return unanswered, verdict
    return post, engine.check(post, reword=reword)


def judged(form: CheckForm, post: Post, verdict: Verdict) -> dict[str, object]:
    """What the page shows of a verdict, and which answer to the one question it rests on."""
    answered = {True: "yes", False: "no", None: ""}[post.about_client]
    asked = form.cleaned_data["asked_about"] if answered else "\n".join(sorted(asked_about(verdict)))
    return {
        # Whoever says that a client is in the draft is not asked which words are fine.
        "answer": answer_to_post(post.text, verdict, None if post.about_client else queries.calling_fine()),
        "about_client": answered,
        "asked_about": asked,
        "dropped": bool(form.cleaned_data["about_client"]) and not answered,
    }


def _answer(request: HttpRequest, form: CheckForm, context: dict[str, object]) -> HttpResponse:
    # Live pages put the answer beside the draft that they hold; others get a whole page back.
    if request.headers.get("HX-Request") == "true":
        return render(request, ANSWER, context)
    return show(request, "demur/check.html", {"form": form, "here": "check", **context})


def _first_problem(form: CheckForm) -> str:
    return str(next(iter(form.errors.values()))[0])
