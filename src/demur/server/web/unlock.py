"""The door: what opens the store again, and what closes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from demur.server import local
from demur.server.database import vault
from demur.server.database.errors import StoreError
from demur.server.web.forms import UnlockForm
from demur.server.web.pages import post_only, show


def unlock(request: HttpRequest) -> HttpResponse:
    """Asks for the passphrase, or offers a button where the key lives on this computer."""
    back = _back(request.POST.get("next") or request.GET.get("next") or "")
    if vault.is_unlocked():
        return HttpResponseRedirect(back, status=303)
    try:
        asks = local.asks_passphrase()
    except StoreError as error:
        return show(request, "demur/problem.html", {"says": str(error), "here": "unlock"}, status=503)
    form = UnlockForm(request.POST if request.method == "POST" and asks else None)
    says = ""
    if request.method == "POST" and (not asks or form.is_valid()):
        try:
            local.unlock(form.cleaned_data["passphrase"] if asks else "")
            return HttpResponseRedirect(back, status=303)
        except StoreError as error:
            says = str(error)
    context = {"form": form, "asks": asks, "says": says, "back": back, "here": "unlock"}
    return show(request, "demur/unlock.html", context)


@post_only("home")
def lock(request: HttpRequest) -> HttpResponse:
    """Locks now."""
    local.lock()
    return HttpResponseRedirect(reverse("unlock"), status=303)


def _back(wanted: str) -> str:
    """The page somebody was on. Only a path of ours: this is the one place where an address decides where to go."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else reverse("home")
