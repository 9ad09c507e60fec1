"""The way in: three questions, and what to do where Demur knows nobody yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demur.core.accounts import Network
from demur.core.verdicts import Step
from demur.networks import network_steps
from demur.server.casework import queries
from demur.server.casework.actions import load_sample, remove_sample
from demur.server.triage.queries import count_open
from demur.server.web.pages import done, page, post_only, show

_LIMITS = {
    "prepare": "Before you say no to anybody",
    "limit": "Let somebody see less",
    "remove": "Take somebody off your list",
    "untag": "Take your name off a post",
    "block": "Block",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One way of being seen less on a network: a step, or why there is none."""

    title: str
    step: Step | None
    absent: str


SAMPLE_DRAFT = "So proud of Marisol Quintanilla today, she passed her test!"
"""Something to try where the invented sample is loaded: she is in it."""


@require_safe
@page
def home(request: HttpRequest) -> HttpResponse:
    """The three questions."""
    context = {
        "count": queries.count(),
        "waiting": count_open(),
        "sample_draft": SAMPLE_DRAFT,
        "here": "home",
    }
    return show(request, "demur/home.html", context)


@require_safe
@page
def visible(request: HttpRequest) -> HttpResponse:
    """What can a client see of me? Accounts are not read yet, so: what to press, network by network."""
    networks = []
    for network in Network:
        if network is Network.OTHER:
            continue
        known = network_steps(network)
        limits = [Limit(title, known.action(name), known.absent.get(name, "")) for name, title in _LIMITS.items()]
        networks.append((known.name, limits))
    return show(request, "demur/visible.html", {"networks": networks, "here": "visible"})


@post_only("home")
@page
def sample_load(request: HttpRequest) -> HttpResponse:
    """Invented people, to look around with."""
    load_sample()
    return done("home", "sample-loaded")


@post_only("home")
@page
def sample_remove(request: HttpRequest) -> HttpResponse:
    """The invented people go; one's own stay."""
    remove_sample()
    return done("home", "sample-removed")
