"""From facts to an outcome: one Cedar evaluation, the strictest clause wins, errors fail closed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import cedarpy

from demur.core.verdicts import TELL_BY, Outcome
from demur.policy.facts import Facts, to_cedar
from demur.policy.policy import Case, Clause, Policy


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy says to some facts. `met` are the determining clauses, strictest first.

    `by_default` is true where no clause permits; `errors` counts clauses that could not be evaluated.
    """

    outcome: Outcome
    met: tuple[Clause, ...]
    by_default: bool
    errors: int

    @property
    def question(self) -> str | None:
        """The one question that settles it, where the outcome is to ask."""
        return self.met[0].question if self.outcome is Outcome.ASK else None

    @property
    def settled_by(self) -> str:
        """The fact that takes the answer to the question; empty where there is none."""
        return self.met[0].settled_by if self.outcome is Outcome.ASK else ""

    @property
    def tell(self) -> str:
        """By when the supervisor is told, which is one of `TELL_BY`; the strictest clause wins, empty if none asks."""
        return max((clause.tell for clause in self.met if clause.tell), key=TELL_BY.index, default="")


def decide(policy: Policy, facts: Facts) -> Decision:
    """Judge the facts. Default deny is "just say no"; a run-time error is never milder than REFER."""
    asked = to_cedar(facts)
    result = cedarpy.is_authorized(
        asked.request, policy.policy_set, cedarpy.Entities.from_json_str(json.dumps(asked.entities)), policy.schema
    )
    diagnostics = result.diagnostics
    names = diagnostics.id_annotations_by_reason
    met = sorted(
        (policy.clause(names[reason]) for reason in diagnostics.reasons),
        key=lambda clause: (-clause.outcome, clause.id),
    )
    by_default = not result.allowed and not met
    outcome = Outcome.DECLINE if by_default else max(clause.outcome for clause in met)
    errors = len(diagnostics.errors)
    if errors:
        # INVARIANT: Cedar skips a clause that errs. A forbid that is skipped would permit, so we never go below REFER.
        outcome = max(outcome, Outcome.REFER)
    return Decision(outcome, tuple(met), by_default, errors)


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case that does not come out as its clause says."""

    clause: Clause
    case: Case
    got: Decision


def failing_cases(policy: Policy) -> tuple[CaseFailure, ...]:
    """Run every case of every clause; those that fail, in order of clause."""
    failures = []
    for clause in policy.clauses:
        for case in clause.cases:
            got = decide(policy, case.facts)
            met = any(met.id == clause.id for met in got.met)
            if met is not case.met or (case.outcome is not None and got.outcome is not case.outcome):
                failures.append(CaseFailure(clause, case, got))
    return tuple(failures)
