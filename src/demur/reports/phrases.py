"""How outcomes are said on every surface, by what was asked."""

from __future__ import annotations

from demur.core.verdicts import Help, Outcome, Verdict

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

ELSEWHERE = "Fine, but not on this account"
WHAT_FOR = "What supervision is for"
INSTEAD = "If you would still like to post something"
MAY_ASK_EXCEPTION = (
    "If this tie has a reason of its own, you can ask your supervisor for an exception: in writing, with the reason, "
    "and with a day on which you both look at it again."
)


def in_one_breath(offered: Help) -> str:
    """Whom to call, where there is room for a line alone."""
    contacts = "; ".join(contact.do for contact in offered.contacts)
    return f"{offered.title} {offered.words} {contacts}. {offered.person}"


def post_outcome(verdict: Verdict) -> str:
    """How the outcome of a draft is said; in danger or despair nothing hurries a post along with "clear to post"."""
    if verdict.help is not None and verdict.in_crisis and verdict.outcome is Outcome.ALLOW:
        return verdict.help.nothing_held
    return ELSEWHERE if belongs_elsewhere(verdict) else POST_OUTCOMES[verdict.outcome]


def belongs_elsewhere(verdict: Verdict) -> bool:
    """Whether a draft points to nobody, and is for the author's other account."""
    return verdict.outcome is Outcome.ALLOW and bool(verdict.guidance.account)


AFTER_REWORDING: dict[Outcome, str] = {
    Outcome.ALLOW: "Nothing else points to a client that we can see. Read it once as somebody you serve would.",
    Outcome.ASK: "The question is still open. Better words don't answer it; you can.",
    Outcome.REVISE: "Something is left that has no ready wording. Reword it or leave it out.",
    Outcome.REFER: "These details would be gone. The story itself still stays offline; take it to supervision.",
    Outcome.DECLINE: "These details would be gone. The story itself still stays offline.",
}
"""What is to be said beside a rewritten draft, by what Demur says to that: better words don't make every post fit."""
