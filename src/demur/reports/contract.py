"""Verdicts as JSON objects: the stable contract of `--json`, `--jsonl` and `/api/v1`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from demur.core.citations import citations
from demur.core.findings import Finding
from demur.core.matches import Match
from demur.core.verdicts import Guidance, Help, Reason, Rewording, Verdict


def post_verdict(verdict: Verdict, identifier: object = None) -> dict[str, Any]:
    """A verdict on a draft. `start` and `end` count code points.

    `help` stands first and is to be shown first: an author in danger or despair is allowed to post, and needs a person.
    """
    return {
        "id": identifier,
        "help": _help(verdict.help),
        "outcome": verdict.outcome.word,
        "question": verdict.question,
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "findings": [finding_row(finding) for finding in verdict.findings],
        "guidance": _guidance(verdict.guidance),
        "rewording": _rewording(verdict.rewording),
        "called_fine": verdict.called_fine,
        "looked_at": verdict.looked_at,
        "policy": verdict.policy,
        "version": verdict.version,
    }


def request_verdict(verdict: Verdict, identifier: object = None) -> dict[str, Any]:
    """A verdict on a request. `bits` are log2 odds; `reasons` of a candidate are sentences, for and against.

    `settled_by` names the field of the request that takes the answer to the question. `help` stands first: the message
    may speak of danger.
    """
    return {
        "id": identifier,
        "help": _help(verdict.help),
        "outcome": verdict.outcome.word,
        "level": verdict.level.value,
        "question": verdict.question,
        "settled_by": verdict.settled_by,
        "candidates": [_candidate(match) for match in verdict.matches],
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "guidance": _guidance(verdict.guidance),
        "tell_supervisor": verdict.tell_supervisor,
        "may_ask_exception": verdict.may_ask_exception,
        "looked_at": verdict.looked_at,
        "policy": verdict.policy,
        "version": verdict.version,
    }


def line_error(identifier: object, line: int, message: str) -> dict[str, Any]:
    """What stands in place of a verdict where a line could not be read; it never repeats the line."""
    return {"id": identifier, "error": {"line": line, "message": message}}


def dumps(value: Mapping[str, Any]) -> str:
    """One line of JSON, in ASCII, so that lone surrogates and odd terminals do no harm."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _help(offered: Help | None) -> dict[str, Any] | None:
    if offered is None:
        return None
    return {
        "kind": offered.kind.value,
        "language": offered.language,
        "title": offered.title,
        "words": offered.words,
        "contacts": [{"do": contact.do, "link": contact.link} for contact in offered.contacts],
        "other": offered.other,
        "person": offered.person,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "clause": reason.clause,
        "title": reason.title,
        "says": reason.says,
        "cites": [_citation(cited) for cited in reason.cites],
    }


def _citation(cited: str) -> dict[str, str]:
    citation = citations()[cited]
    return {"id": citation.id, "label": citation.label, "url": citation.url, "checked_on": citation.checked_on}


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding with its place. `start` and `end` count code points."""
    return {
        "category": finding.category.value,
        "rule": finding.rule,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "confidence": finding.confidence.word,
        "says": finding.says,
        "suggestions": list(finding.suggestions),
    }


def _rewording(rewording: Rewording | None) -> dict[str, Any] | None:
    if rewording is None:
        return None
    return {
        "text": rewording.text,
        "outcome": rewording.outcome.word,
        "replaced": rewording.replaced,
        "left": [finding_row(finding) for finding in rewording.left],
    }


def _candidate(match: Match) -> dict[str, Any]:
    return {
        "client_id": match.client.client_id,
        "bits": round(match.bits, 1),
        "reasons": [comparison.says for comparison in match.comparisons],
    }


def _guidance(guidance: Guidance) -> dict[str, Any]:
    return {
        "next": guidance.next,
        "steps": [{"do": step.do, "notice": step.notice, "source": step.source} for step in guidance.steps],
        "words": [{"title": words.title, "text": words.text} for words in guidance.words],
        "if_offended": list(guidance.if_offended),
        "record_note": guidance.record_note,
        "cautions": list(guidance.cautions),
        "safer": guidance.safer,
        "supervision": guidance.supervision,
        "instead": [{"title": words.title, "text": words.text} for words in guidance.instead],
        "account": guidance.account,
    }
