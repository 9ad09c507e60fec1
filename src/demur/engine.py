"""The whole flow on one page: evidence, then policy, then a verdict with its reasons and its next step."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

import demur
from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.caseload.text import find_mentions
from demur.core.agreements import AgreedException
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, Post
from demur.core.findings import ABOUT_CLIENTS, Category, Confidence, Finding
from demur.core.matches import Level, Match
from demur.core.people import SERVED, Relationship
from demur.core.verdicts import Guidance, Help, HelpKind, Outcome, Reason, Rewording, Verdict
from demur.guidance.guidance import belongs_elsewhere, for_post, for_request, help_for
from demur.networks.catalogue import network_steps
from demur.policy.decide import Decision, decide
from demur.policy.facts import Answer, ConnectFacts, PublishFacts
from demur.policy.policy import Clause, Policy
from demur.screening.allowlist import NOTHING_ALLOWED, Allowlist
from demur.screening.arriving import says_known_from_work, sounds_like_danger
from demur.screening.language import is_spanish
from demur.screening.reader.reader import Reader
from demur.screening.reader.second import SecondReader, Stance, believed, in_doubt, said, settle
from demur.screening.rewriting import rewrite
from demur.screening.screen import Screen, beside_clients

KNOWN_FROM_WORK = (
    "What they wrote says that you know each other from work. If so, say who it is: the answer and the words for the"
    " next meeting follow from that. Don't answer the message itself."
)
DANGER = "danger"
"""The rule that hears that somebody is threatened or hurt; the other rules for danger and despair hear despair."""

_MOST_REWORDINGS = 8
"""How often a rewording is judged and reworded: without one fact, another may be the one to drop."""


class Engine:
    """Answers "may this be published?" and "may these two be connected?" with the same type.

    It holds one professional's own caseload and one policy. The same inputs give the same verdict; what a `second`
    reader says is one of them, where there is one.
    """

    def __init__(
        self,
        screen: Screen,
        caseload: CaseloadIndex,
        policy: Policy,
        reader: Reader | None = None,
        second: SecondReader | None = None,
    ) -> None:
        self.screen = screen
        self.caseload = caseload
        self.policy = policy
        self.reader = reader
        self.second = second
        self.allowlist = NOTHING_ALLOWED
        # Facts are few and frozen, and posts are many: the same facts are judged once.
        self._judge = lru_cache(maxsize=4096)(partial(decide, policy))

    def allowing(self, allowlist: Allowlist) -> Engine:
        """The same engine with another allowlist; making it costs nothing."""
        if allowlist is self.allowlist:
            return self
        engine = copy(self)
        engine.allowlist = allowlist
        return engine

    def check(
        self, post: Post, also: CaseloadIndex | None = None, reword: bool = True, ask_second: bool = True
    ) -> Verdict:
        """Judge a draft. `also` holds further names for this draft only.

        Without `reword` no other draft is written: for whoever shows none, it saves judging that one too. Without
        `ask_second` a second reader, which takes seconds, is left out: for whoever answers while somebody types.
        """
        first = self._check(post, also)
        verdict = self._ask_second(self.second, post, first) if ask_second and self.second is not None else first
        # A question is settled by its answer, not by asking about other words. A second reader's word stands likewise.
        mildest = min(verdict.outcome, Outcome.REFER) if first.outcome is Outcome.ASK else Outcome.ALLOW
        rewording = self._reword(post, also, verdict, mildest) if reword else None
        if rewording is None:
            return verdict
        safer = rewording.text if rewording.outcome is Outcome.ALLOW else ""
        return replace(verdict, guidance=replace(verdict.guidance, safer=safer), rewording=rewording)

    def decide(self, request: ConnectionRequest, today: date) -> Verdict:
        """Judge a request, a message, or something that the professional wants to do, as of `today`."""
        on_day = request.as_of or today
        # Whoever says that they serve somebody has answered the question already.
        answered_no = request.served is False and request.relationship not in SERVED
        matches = () if answered_no else match_profile(self.caseload, request.profile, request.message, on_day)
        level = matches[0].level if matches else Level.NONE
        excepted = request.exception is not None and request.exception.holds_on(today)
        facts = replace(_connect_facts(request, matches, level, on_day), excepted=excepted)
        decision = self._judge(facts)
        reasons = _reasons(decision, lambda _: (), matches)
        guidance = _request_guidance(request, facts, decision, on_day)
        if self._claims_to_be_known(request):
            guidance = replace(guidance, cautions=(KNOWN_FROM_WORK, *guidance.cautions))
        if told := _told_of_exception(request.exception, today, decision):
            guidance = replace(guidance, cautions=(told, *guidance.cautions))
        return Verdict(
            outcome=decision.outcome,
            reasons=reasons,
            guidance=guidance,
            policy=self.policy.digest,
            version=demur.__version__,
            question=decision.question,
            matches=matches,
            level=level,
            looked_at=_looked_at_request(request),
            settled_by=decision.settled_by,
            tell_supervisor=decision.tell,
            may_ask_exception=self._may_ask_exception(facts, decision),
            help=self.help_with(request),
        )

    def _may_ask_exception(self, facts: ConnectFacts, decision: Decision) -> bool:
        """Whether a supervisor's exception would open this: the policy itself says so, asked as if there were one."""
        if facts.excepted or decision.outcome in (Outcome.ALLOW, Outcome.ASK):
            return False
        return self._judge(replace(facts, excepted=True)).outcome is Outcome.ALLOW

    def help_with(self, request: ConnectionRequest) -> Help | None:
        """What comes before any answer, where a message or a profile that came in sounds like danger or despair.

        It is read by the professional, so it is in English whatever the message is in; the Spanish line stands below.
        INVARIANT: this comes from the words alone, never from who wrote them, and never from the caseload.
        """
        if request.direction is not Direction.INCOMING:
            return None
        profile = request.profile
        told = (
            request.message[:MAX_TEXT_LENGTH],
            profile.bio[:MAX_TEXT_LENGTH],
            profile.display_name[:MAX_TEXT_LENGTH],
        )
        if not any(sounds_like_danger(text) or self._is_crisis(text) for text in told):
            return None
        return help_for(HelpKind.MESSAGE, spanish=False, role=request.role)

    def _claims_to_be_known(self, request: ConnectionRequest) -> bool:
        """Whether a message or profile says that they know each other from work, where nobody has said who it is.

        INVARIANT: this comes from the words alone, as `help_with` does, and decides nothing: it asks.
        """
        unsaid = request.relationship in (None, Relationship.UNKNOWN) and request.served is None
        told = (request.message[:MAX_TEXT_LENGTH], request.profile.bio[:MAX_TEXT_LENGTH])
        return request.direction is Direction.INCOMING and unsaid and any(says_known_from_work(text) for text in told)

    def _is_crisis(self, text: str) -> bool:
        heard = self.screen.screen(Post(text)) if text.strip() else ()
        return any(found.category is Category.CRISIS and found.confidence > Confidence.POSSIBLE for found in heard)

    def _check(self, post: Post, also: CaseloadIndex | None) -> Verdict:
        mentions = find_mentions(self.caseload, post.text)
        if also is not None:
            mentions += find_mentions(also, post.text)
        sifted = self.allowlist.sift(self.screen, post, mentions)
        findings = sifted.findings if self.reader is None else self.reader.weigh(post, sifted.findings)
        return self._judged(post, findings, len(sifted.called_fine))

    def _ask_second(self, second: SecondReader, post: Post, verdict: Verdict) -> Verdict:
        """The verdict after a second reader was heard, where it is doubt about a client alone that makes it a question.

        INVARIANT: it settles that doubt and nothing else. An author in danger or despair doesn't wait for it, and their
        own answer goes before it.
        """
        doubted = any(
            reason.outcome is Outcome.ASK and in_doubt(reason.findings) and in_doubt(verdict.findings)
            for reason in verdict.reasons
        )
        if verdict.outcome is not Outcome.ASK or not doubted or post.about_client is not None or verdict.in_crisis:
            return verdict
        try:
            answer = second(post)
        except Exception:
            # Whatever breaks in asking, the question stands; and the error may hold the draft, so it goes no further.
            answer = None
        opinion = believed(post, answer)
        settled = self._judged(post, settle(verdict.findings, opinion), verdict.called_fine)
        if opinion.stance is not Stance.CLEAR and settled.outcome < verdict.outcome:
            settled = verdict
        return replace(settled, looked_at=f"{settled.looked_at} {said(opinion)}")

    def _judged(self, post: Post, findings: tuple[Finding, ...], called_fine: int) -> Verdict:
        beside = beside_clients(post.text, findings)
        facts = PublishFacts(
            role=post.role,
            purpose=post.account.purpose,
            network=post.account.network,
            found=_categories(findings, Confidence.LIKELY, Confidence.SURE),
            possible=_categories(findings, Confidence.POSSIBLE),
            beside_client=beside,
            audience=post.audience,
            is_reply=post.reply_to is not None,
            photos=post.photos > 0,
            people_who_fit=min((finding.fits for finding in findings if finding.fits is not None), default=None),
            about_client=Answer.of(post.about_client),
        )
        decision = self._judge(facts)
        reasons = _reasons(decision, partial(_evidence, findings, beside), ())
        offered = _help(post, findings)
        guidance = for_post(
            outcome=decision.outcome,
            categories=_spoken_of(reasons, offered),
            role=post.role,
            is_reply=post.reply_to is not None,
            reply_to=post.reply_to,
            safer="",
        )
        heard = frozenset(finding.category for finding in findings)
        guidance = replace(
            guidance, account=belongs_elsewhere(decision.outcome, heard, post.account, post.other_accounts)
        )
        if offered is not None and offered.before_posting and decision.outcome is Outcome.ALLOW:
            guidance = Guidance(next=offered.before_posting)
        return Verdict(
            outcome=decision.outcome,
            reasons=reasons,
            guidance=guidance,
            policy=self.policy.digest,
            version=demur.__version__,
            question=decision.question and _question(reasons, decision.question),
            findings=findings,
            looked_at=_looked_at_post(post, called_fine),
            called_fine=called_fine,
            help=offered,
            settled_by=decision.settled_by,
            tell_supervisor=decision.tell,
        )

    def _reword(self, post: Post, also: CaseloadIndex | None, verdict: Verdict, mildest: Outcome) -> Rewording | None:
        """The draft with every safe wording; None where there is none. Rewording it again changes nothing more."""
        replaced = 0
        rewritten = rewrite(post.text, held_findings(verdict))
        for _ in range(_MOST_REWORDINGS):
            if not rewritten.replaced or rewritten.text == post.text:
                break
            if any(left.category in ABOUT_CLIENTS and left.confidence > Confidence.POSSIBLE for left in rewritten.left):
                # INVARIANT: a draft about a client is never mended by wording something beside it. Without that day or
                # place a rule may no longer see the client; the reader would.
                mildest = Outcome.REFER
            replaced += len(rewritten.replaced)
            post = replace(post, text=rewritten.text)
            verdict = self._check(post, also)
            rewritten = rewrite(post.text, held_findings(verdict))
        if not replaced:
            return None
        return Rewording(post.text, max(mildest, verdict.outcome), replaced, rewritten.left)


def held_findings(verdict: Verdict) -> frozenset[Finding]:
    """What was held against a draft: the findings that met a clause which does not permit."""
    return frozenset(
        finding for reason in verdict.reasons if reason.outcome is not Outcome.ALLOW for finding in reason.findings
    )


def _help(post: Post, findings: tuple[Finding, ...]) -> Help | None:
    """Whom to call, where a draft sounds like danger or despair.

    INVARIANT: this comes from what was found alone. No clause, no answer and no allowance takes it away.
    """
    heard = [finding for finding in findings if finding.category is Category.CRISIS]
    if not heard:
        return None
    kind = HelpKind.OFFER
    if clear := [finding for finding in heard if finding.confidence > Confidence.POSSIBLE]:
        kind = HelpKind.DANGER if any(finding.rule == DANGER for finding in clear) else HelpKind.DESPAIR
    return help_for(kind, is_spanish(post.text), post.role)


def _spoken_of(reasons: tuple[Reason, ...], offered: Help | None) -> frozenset[Category]:
    """The categories that guidance goes by. What may be only a manner of speaking changes no word of it."""
    spoken = frozenset(finding.category for reason in reasons for finding in reason.findings) - {Category.CRISIS}
    urgent = offered is not None and offered.kind is not HelpKind.OFFER
    return spoken | {Category.CRISIS} if urgent else spoken


def _categories(findings: tuple[Finding, ...], *levels: Confidence) -> frozenset[Category]:
    return frozenset(finding.category for finding in findings if finding.confidence in levels)


def _connect_facts(request: ConnectionRequest, matches: tuple[Match, ...], level: Level, today: date) -> ConnectFacts:
    record = matches[0].client if level is Level.MATCH or (request.served and matches) else None
    relationship = request.relationship or Relationship.UNKNOWN
    if record is not None and relationship not in SERVED:
        relationship = record.relationship
    elif request.served and relationship not in SERVED:
        relationship = Relationship.CURRENT_CLIENT
    return ConnectFacts(
        role=request.role,
        purpose=request.account.purpose,
        network=request.account.network,
        relationship=relationship,
        level=level,
        direction=request.direction,
        kind=request.kind,
        knew_before=request.knew_before,
        small_community=request.small_community,
        # Where a grown-up and a minor fit alike, what protects the minor holds.
        minor=record is not None and any(match.client.is_minor(today) for match in matches),
        served=Answer.of(request.served),
        purpose_of_search=request.purpose_of_search,
        approved=request.approved,
        years_since_end=record.years_since_end(today) if record is not None else None,
    )


def _reasons(
    decision: Decision, evidence: Callable[[Clause], tuple[Finding, ...]], matches: tuple[Match, ...]
) -> tuple[Reason, ...]:
    reasons = [
        Reason(clause.id, clause.title, clause.says, clause.outcome, clause.cites, evidence(clause), matches)
        for clause in decision.met
    ]
    if decision.by_default:
        says = "Your policy allows only what one of its clauses permits, and none permits this. So it is a kind no."
        reasons.append(Reason("default", "No clause permits this", says, Outcome.DECLINE))
    if decision.errors:
        says = "Part of the policy could not be worked out for this, so it goes to a person instead of through."
        reasons.append(Reason("unapplied", "A clause could not be applied", says, Outcome.REFER))
    return tuple(reasons)


def _question(reasons: tuple[Reason, ...], of_clause: str) -> str:
    """The question about the very words that raise the doubt; the clause's own where they are several or none."""
    asked = {found.asks for reason in reasons if reason.outcome is Outcome.ASK for found in reason.findings}
    asked.discard("")
    return asked.pop() if len(asked) == 1 else of_clause


def _evidence(findings: tuple[Finding, ...], beside: frozenset[Category], clause: Clause) -> tuple[Finding, ...]:
    """The findings that met a clause: those of the categories that it names, as sure as it wants them."""
    if clause.permits:
        return tuple(finding for finding in findings if finding.category in clause.categories)
    about_identifiers = "context.beside_client" in clause.source
    wants_possible = "context.possible" in clause.source
    return tuple(
        finding
        for finding in findings
        if (finding.category in clause.categories or (about_identifiers and finding.category in beside))
        and (wants_possible or finding.confidence > Confidence.POSSIBLE)
    )


def _request_guidance(request: ConnectionRequest, facts: ConnectFacts, decision: Decision, today: date) -> Guidance:
    network = network_steps(request.account.network)
    guidance = for_request(
        outcome=decision.outcome,
        relationship=facts.relationship,
        kind=request.kind,
        direction=request.direction,
        network_name=network.name,
        request_called=network.request_called,
        role=request.role,
        purpose=request.account.purpose,
        minor=facts.minor,
        mandated=request.mandated,
        group=request.group,
        today=today,
        tell=decision.tell,
        purpose_of_search=request.purpose_of_search,
        small_community=request.small_community,
    )
    if decision.outcome not in (Outcome.REVISE, Outcome.DECLINE):
        # Nothing is pressed where the person may accept, or while a question or a supervisor is still to be heard.
        return guidance
    steps = network.answering(request.kind, request.direction)
    return replace(guidance, steps=steps, cautions=(*guidance.cautions, *(network.cautions if steps else ())))


def _told_of_exception(exception: AgreedException | None, today: date, decision: Decision) -> str:
    """What became of an exception, so that none is relied on, or ends, in silence; empty where none was agreed to."""
    if exception is None:
        return ""
    agreed, review = _day(exception.decided_on), _day(exception.review_on)
    if today > exception.review_on:
        return f"The exception of {agreed} ended on {review}. If the reason is still there, ask your supervisor again."
    if today < exception.decided_on:
        return f"The exception that your supervisor agreed to holds from {agreed}, and not before."
    if decision.outcome is Outcome.ALLOW:
        return f"The exception was agreed with your supervisor on {agreed}. It ends on {review}, unless you renew it."
    return f"The exception that your supervisor agreed to on {agreed} doesn't reach as far as this."


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _looked_at_post(post: Post, called_fine: int) -> str:
    looked = "Demur looked at the words" + (" and at what they answer" if post.reply_to is not None else "")
    looked += ". The photos were not checked." if post.photos else "."
    if called_fine:
        looked += f" {called_fine} {'thing' if called_fine == 1 else 'things'} that you called fine "
        looked += "was left out." if called_fine == 1 else "were left out."
    return looked


def _looked_at_request(request: ConnectionRequest) -> str:
    profile = request.profile
    parts = {
        "the name": profile.display_name,
        "the handle": profile.handle,
        "the bio": profile.bio,
        "the city": profile.city,
        "the e-mail address": profile.email,
        "the phone number": profile.phone,
        "the message": request.message,
    }
    given = [name for name, value in parts.items() if value.strip()]
    if not given:
        return "Demur had no profile to look at; it went by what you said."
    listed = " and ".join([", ".join(given[:-1]), given[-1]] if len(given) > 1 else given)
    return f"Demur compared {listed} with your own caseload list, and with nothing else."
