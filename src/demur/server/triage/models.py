"""What is kept of a request: whom it shows, what its owner says about it, how they answered, what was agreed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.agreements import AgreedException
from demur.core.arrivals import Answered, Source
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, RequestKind, SearchReason
from demur.core.people import Relationship, Role
from demur.server.triage.persons import plain_handle

LONGEST_LINE = 300
LONGEST_BIO = 10_000


class RequestRecord(models.Model):
    """One request in the inbox. `key` is chance and says nothing. `person` and `named` are keyed digests: of the handle
    (else the name) on that network, and of the name, so that the same person is known again. `told` are digests of the
    lines without a handle that told of it, so that each is known when it comes once more.

    `received` is unknown where the source doesn't say it. `as_of` is the last day on which a source saw the request;
    whether it still waits after that, nobody here knows. `answer` is empty while it is open; `outcome`, `clauses` and
    `policy` then tell what the policy had said. `chart_note_on` is the day on which the note was kept and
    `chart_note_said` the answer at that time; without the day neither is known.

    INVARIANT: what is `unchecked` was typed during a break, and nothing that comes from the caseload is shown of it
    until it is counted and judged like everything that is typed.
    """

    key = models.CharField(max_length=32, unique=True)
    person = models.CharField(max_length=64, db_index=True)
    named = models.CharField(max_length=64, db_index=True)
    network = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    direction = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    vouched = models.BooleanField(default=True)
    told = models.JSONField(default=list, blank=True)
    connector = models.PositiveBigIntegerField(null=True, blank=True)
    remote_id = models.CharField(max_length=LONGEST_LINE, blank=True)
    added = models.DateTimeField()
    received = models.DateField(null=True, blank=True)
    as_of = models.DateField()

    display_name = models.CharField(max_length=LONGEST_LINE, blank=True)
    handle = models.CharField(max_length=LONGEST_LINE, blank=True)
    city = models.CharField(max_length=LONGEST_LINE, blank=True)
    email = models.CharField(max_length=LONGEST_LINE, blank=True)
    phone = models.CharField(max_length=LONGEST_LINE, blank=True)
    bio = models.TextField(max_length=LONGEST_BIO, blank=True)
    message = models.TextField(max_length=MAX_TEXT_LENGTH, blank=True)
    mutual_connections = models.PositiveIntegerField(default=0)

    relationship = models.CharField(max_length=30, blank=True)
    role = models.CharField(max_length=30, default=Role.OTHER.value)
    knew_before = models.BooleanField(default=False)
    mandated = models.BooleanField(default=False)
    group = models.BooleanField(default=False)
    small_community = models.BooleanField(default=False)
    served = models.BooleanField(null=True, blank=True)
    purpose_of_search = models.CharField(max_length=20, default=SearchReason.UNASKED.value)
    approved = models.BooleanField(default=False)

    answer = models.CharField(max_length=20, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    clauses = models.JSONField(default=list, blank=True)
    policy = models.CharField(max_length=64, blank=True)
    meet_at = models.DateTimeField(null=True, blank=True)
    addressed_on = models.DateField(null=True, blank=True)
    supervisor_told_on = models.DateField(null=True, blank=True)
    chart_note = models.TextField(max_length=MAX_TEXT_LENGTH, blank=True)
    chart_note_on = models.DateField(null=True, blank=True)
    chart_note_said = models.CharField(max_length=20, default="", blank=True)
    unchecked = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-added", "-id"]

    def __str__(self) -> str:
        """Never a name: this is what ends up in messages of errors."""
        return f"request record {self.pk}"

    @property
    def shown_name(self) -> str:
        """What the other side calls themselves."""
        return self.display_name or self.handle or "Somebody without a name"

    def to_request(self, exception: AgreedException | None = None) -> ConnectionRequest:
        """The request as the engine takes it, as of the day on which it is answered."""
        return ConnectionRequest(
            profile=Profile(
                display_name=self.display_name,
                handle=self.handle,
                bio=self.bio,
                city=self.city,
                email=self.email,
                phone=self.phone,
                mutual_connections=self.mutual_connections,
            ),
            account=Account(Network(self.network), Purpose(self.purpose)),
            kind=RequestKind(self.kind),
            direction=Direction(self.direction),
            role=Role(self.role),
            relationship=Relationship(self.relationship) if self.relationship else None,
            message=self.message,
            served=self.served,
            knew_before=self.knew_before,
            mandated=self.mandated,
            group=self.group,
            small_community=self.small_community,
            purpose_of_search=SearchReason(self.purpose_of_search),
            approved=self.approved,
            exception=exception,
        )

    @property
    def note_is_older(self) -> bool:
        """Whether the note was kept before the answer was changed to what it is now."""
        return bool(self.chart_note) and self.chart_note_on is not None and self.chart_note_said != self.answer

    @property
    def answered(self) -> Answered | None:
        """How it was answered; None while it is open."""
        return Answered(self.answer) if self.answer else None

    @property
    def from_source(self) -> Source:
        """How it was learnt of."""
        return Source(self.source)


class ExceptionRecord(models.Model):
    """An exception that was asked for, for whoever made one request. `agreed` is unknown until a supervisor decided.

    `kind`, `direction` and `purpose` are what it was asked for, whatever is said about the request later.
    """

    request = models.ForeignKey(RequestRecord, on_delete=models.CASCADE, related_name="exceptions")
    kind = models.CharField(max_length=20, default="")
    direction = models.CharField(max_length=20, default="")
    purpose = models.CharField(max_length=20, default="")
    reason = models.TextField(max_length=LONGEST_BIO)
    asked_on = models.DateField()
    agreed = models.BooleanField(null=True, blank=True)
    decided_by = models.CharField(max_length=LONGEST_LINE, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_on", "-id"]

    def __str__(self) -> str:
        """Never the reason: this is what ends up in messages of errors."""
        return f"exception record {self.pk}"

    def covers(self, row: RequestRecord) -> bool:
        """Whether it is for this person, and for what is asked here on this account.

        INVARIANT: only a handle tells that two requests are one person's. Without one an exception holds for the
        request for which it was asked, and never for somebody else of the same name.
        """
        if (self.kind, self.direction, self.purpose) != (row.kind, row.direction, row.purpose):
            return False
        theirs = self.request
        same_person = theirs.person == row.person and theirs.network == row.network and bool(plain_handle(row.handle))
        return self.request_id == row.pk or same_person

    def to_agreed(self) -> AgreedException | None:
        """What was agreed to; None while nobody decided, or where it was refused."""
        if not self.agreed or self.decided_on is None or self.review_on is None:
            return None
        return AgreedException(self.reason, self.decided_by, self.decided_on, self.review_on)

    def is_over(self, today: date) -> bool:
        """Whether it was agreed to and has ended."""
        agreed = self.to_agreed()
        return agreed is not None and agreed.review_on < today
