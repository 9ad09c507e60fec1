"""How outcomes are said on every surface, by what was asked."""

from __future__ import annotations

from demur.core.verdicts import Outcome

POST_OUTCOMES: dict[Outcome, str] = {
    Outcome.ALLOW: "Clear to post",
    Outcome.ASK: "One question first",
    Outcome.REVISE: "Change this first",
    Outcome.REFER: "Take it to supervision",
    Outcome.DECLINE: "Don't post this",
}

REQUEST_OUTCOMES: dict[Outcome, str] = {
    Outcome.ALLOW: "Yours to decide",
    Outcome.ASK: "One question first",
    Outcome.REVISE: "Change this first",
    Outcome.REFER: "Ask your supervisor",
    Outcome.DECLINE: "Decline",
}
