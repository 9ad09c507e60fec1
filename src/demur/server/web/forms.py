"""What the pages ask for, and how it becomes a draft, a request or facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.allowances import LONGEST_REASON, MOST_DAYS, last_day
from demur.core.characters import whole
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, Post, RequestKind, SearchReason
from demur.core.findings import IDENTIFIERS, Category
from demur.core.people import Role, Tie
from demur.core.vocabulary import Word
from demur.policy.facts import KIND_TO_ACTION, Action, Facts, read_facts
from demur.records.caseload_csv import MAXIMUM_BYTES
from demur.server.triage.actions import LONGEST_EXCEPTION
from demur.server.web.words import (
    ANSWERS,
    ASKED,
    AUDIENCES,
    CATEGORIES,
    DIRECTIONS,
    KINDS,
    LEVELS,
    NETWORKS,
    PURPOSES,
    RELATIONSHIPS,
    ROLES,
    SEARCH_REASONS,
    TIES,
)

W = TypeVar("W", bound=Word)

SHORT = 300
NOT_ONE_OF_THESE = "Choose one from the list."


class PlainText(forms.CharField):
    """Text as somebody typed it: spaces stay, because places in it are counted, and every line end is one character."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(strip=False, empty_value="", **options)
        too_long = f"This is longer than {longest:,} characters, and half of it would not be enough. Send it in parts."
        nul = "There is a character in this that no network takes (NUL). Delete it and try again."
        self.validators = [MaxLengthValidator(longest, too_long), ProhibitNullCharactersValidator(nul)]

    def to_python(self, value: Any) -> str:
        # Browsers send CRLF, but count one character in the text area; so do we.
        return whole(str(super().to_python(value) or "")).replace("\r\n", "\n").replace("\r", "\n")


def choice(words: Mapping[W, str], label: str, **options: Any) -> forms.ChoiceField:
    """One word of a vocabulary; the first is chosen where nothing is."""
    first = next(iter(words))
    return forms.ChoiceField(
        label=label,
        choices=[(word.value, says) for word, says in words.items()],
        initial=first.value,
        required=False,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
        **options,
    )


def _categories(label: str, words: Mapping[Category, str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(word.value, says) for word, says in words.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )


def _whole_number(label: str, least: int, most: int, example: int, **attributes: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", **attributes}),
        error_messages={
            "invalid": f"Write a number, such as {example}.",
            "min_value": f"Write {least} or more.",
            "max_value": "Write a smaller number.",
        },
    )


def day_field(label: str, **options: Any) -> forms.DateField:
    """A calendar day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2027-06-30."},
        **options,
    )


def _yes_or_no() -> forms.ChoiceField:
    """The answer to the one question; empty while it is open."""
    return forms.ChoiceField(
        choices=[("", ""), ("yes", ""), ("no", "")],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )


class PlainForm(forms.Form):
    """A form whose fields give the members of our vocabularies."""

    def word(self, name: str, vocabulary: type[W], default: W) -> W:
        """The member that was chosen in a field that has passed its checks."""
        chosen = self.cleaned_data[name]
        return vocabulary(chosen) if chosen else default

    def answer(self, name: str) -> bool | None:
        """Yes, no, or not answered yet."""
        return {"yes": True, "no": False}.get(self.cleaned_data[name])


class CheckForm(PlainForm):
    """A draft with what matters about where it goes."""

    text = PlainText(
        label="Your draft",
        longest=MAX_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "autocomplete": "off", "spellcheck": "true"}),
        error_messages={"required": "Type or paste your draft first."},
    )
    audience = choice(AUDIENCES, "Who can see it")
    account = choice(PURPOSES, "Where you post it from")
    network = choice(NETWORKS, "Network")
    role = choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))
    work_area = PlainText(
        label="Town or county where you work",
        help_text="Such as “Marfa, TX”. It shows how few people a few facts may fit there.",
        longest=SHORT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "data-keep": True}),
    )
    reply_to = PlainText(
        label="This answers…",
        help_text="If it is a reply: paste the review, comment or message that it answers.",
        longest=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    photos = forms.BooleanField(label="Photos go with it", required=False)
    about_client = _yes_or_no()
    # What the question was about when it was put, one in a line: words of the draft, so twice its length is enough.
    asked_about = PlainText(longest=2 * MAX_TEXT_LENGTH, required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The draft. Spaces alone are none."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text

    def post(self) -> Post:
        """The draft as the engine takes it."""
        return Post(
            text=self.cleaned_data["text"],
            account=Account(
                self.word("network", Network, Network.OTHER), self.word("account", Purpose, Purpose.PERSONAL)
            ),
            audience=self.word("audience", Audience, Audience.PUBLIC),
            role=self.word("role", Role, Role.OTHER),
            reply_to=self.cleaned_data["reply_to"] if self.cleaned_data["reply_to"].strip() else None,
            photos=int(self.cleaned_data["photos"]),
            about_client=self.answer("about_client"),
            work_area=self.cleaned_data["work_area"].strip(),
        )


class FineForm(PlainForm):
    """Why something is fine, who says so, and until when."""

    reason = PlainText(
        label="Why is this fine?",
        help_text="Such as “our own public number”. Leave names of people you serve out.",
        longest=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": "Write why, in a few words, so that you know it in a year."},
    )
    author = PlainText(
        label="Who says so",
        help_text="Your name or initials.",
        longest=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": "Write your name or initials."},
    )
    until = forms.DateField(
        label="Until when",
        help_text=f"At most {MOST_DAYS // 365} years. Then it is marked again.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={
            "required": "Choose a day.",
            "invalid": "Write a day such as 2027-06-30.",
        },
    )

    def __init__(self, today: date, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._today = today
        last = today + timedelta(days=MOST_DAYS)
        self.fields["until"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def clean_reason(self) -> str:
        """The reason. Spaces alone are none."""
        return self._said("reason")

    def clean_author(self) -> str:
        """The author. Spaces alone are none."""
        return self._said("author")

    def clean_until(self) -> date:
        """The last day on which it is fine."""
        try:
            return last_day(self._today, self.cleaned_data["until"])
        except ValueError as error:
            says = str(error)
            raise ValidationError(f"{says[:1].upper()}{says[1:]}.") from None

    def _said(self, name: str) -> str:
        said: str = self.cleaned_data[name].strip()
        if not said:
            raise ValidationError(self.fields[name].error_messages["required"])
        return said


class NoteForm(PlainForm):
    """A private note for supervision."""

    note = PlainText(
        label="Your note",
        help_text="Change it as you like. A first letter is enough to remember somebody by.",
        longest=MAX_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto", "autocomplete": "off", "spellcheck": "true"}),
        error_messages={"required": "There is nothing in the note yet."},
    )

    def clean_note(self) -> str:
        """The note. Spaces alone are none."""
        note: str = self.cleaned_data["note"]
        if not note.strip():
            raise ValidationError(self.fields["note"].error_messages["required"])
        return note


def _line(label: str, longest: int = SHORT, **options: Any) -> PlainText:
    # Nothing that somebody types about another person belongs into the browser's memory of forms.
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "spellcheck": "false"})
    return PlainText(label=label, longest=longest, required=False, widget=widget, **options)


class SituationForm(PlainForm):
    """What the professional says about somebody who asks, and about the service."""

    relationship = choice(TIES, "Who is it, as far as you know?")
    account = choice(PURPOSES, "Which of your accounts")
    role = choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))
    knew_before = forms.BooleanField(label="We knew each other before the service began", required=False)
    mandated = forms.BooleanField(label="The service is ordered by a court or an office", required=False)
    group = forms.BooleanField(label="They are in a group that I lead", required=False)
    small_community = forms.BooleanField(label="We live in a small community and can't help meeting", required=False)
    purpose_of_search = choice(SEARCH_REASONS, "To look somebody up: what do you need it for?")
    approved = forms.BooleanField(label="My supervisor approved that search", required=False)
    served = _yes_or_no()
    # The reason for a search, where it was chosen as the answer to the one question.
    because = choice(SEARCH_REASONS, "What do you need it for?", widget=forms.HiddenInput)

    def has_tie(self) -> bool:
        """Whether something in the fold "more about you both" was filled in or needs a look."""
        ties = self._filled_in("knew_before", "mandated", "group", "small_community")
        return ties or self["role"].value() != Role.OTHER.value

    def _filled_in(self, *names: str) -> bool:
        return any(self[name].value() or self.errors.get(name) for name in names)

    def situated(self, request: ConnectionRequest) -> ConnectionRequest:
        """A request with what was said here about it."""
        said = self.cleaned_data
        tie = self.word("relationship", Tie, Tie.UNKNOWN)
        reason = self.word("because", SearchReason, SearchReason.UNASKED)
        if reason is SearchReason.UNASKED:
            reason = self.word("purpose_of_search", SearchReason, SearchReason.UNASKED)
        return replace(
            request,
            account=replace(request.account, purpose=self.word("account", Purpose, Purpose.PERSONAL)),
            role=self.word("role", Role, Role.OTHER),
            relationship=tie.relationship,
            served=self.answer("served"),
            purpose_of_search=reason,
            approved=said["approved"],
            knew_before=tie.knew_before or said["knew_before"],
            mandated=said["mandated"],
            group=said["group"],
            small_community=said["small_community"],
        )


class ProfileForm(PlainForm):
    """What a profile shows, on which network, and what is asked."""

    asked = forms.ChoiceField(
        label="What is it?",
        choices=[(f"{kind.value}/{direction.value}", says) for (kind, direction), says in ASKED.items()],
        initial="friend/incoming",
        required=False,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )
    network = choice(NETWORKS, "Network")
    display_name = _line("Name on the profile")
    handle = _line("Handle", help_text="Such as @sunny.days")
    city = _line("City")
    email = _line("E-mail address, if you see one")
    phone = _line("Phone number, if you see one")
    bio = PlainText(
        label="What the profile says",
        longest=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
    )
    message = PlainText(
        label="What they wrote with it",
        longest=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
    )
    mutual_connections = _whole_number("People that you both know there", 0, 1_000_000, 3, autocomplete="off")

    def is_outgoing(self) -> bool:
        """Whether it is something that the professional would like to do."""
        return str(self["asked"].value() or "").endswith("/outgoing")

    def is_search(self) -> bool:
        """Whether it is about looking somebody up."""
        return str(self["asked"].value() or "").startswith(f"{RequestKind.SEARCH.value}/")

    def has_more(self) -> bool:
        """Whether something in the fold "more from the profile" was filled in or needs a look."""
        names = ("city", "mutual_connections", "email", "phone", "bio", "message")
        return any(self[name].value() or self.errors.get(name) for name in names)

    def shown(self) -> ConnectionRequest:
        """The request as the network shows it."""
        kind, _, direction = (self.cleaned_data["asked"] or "friend/incoming").partition("/")
        said = self.cleaned_data
        return ConnectionRequest(
            profile=Profile(
                display_name=said["display_name"],
                handle=said["handle"],
                bio=said["bio"],
                city=said["city"],
                email=said["email"],
                phone=said["phone"],
                mutual_connections=said["mutual_connections"] or 0,
            ),
            account=Account(self.word("network", Network, Network.OTHER)),
            kind=RequestKind(kind),
            direction=Direction(direction),
            message=said["message"],
        )


class RequestForm(ProfileForm, SituationForm):
    """A request, a message, or something that the professional would like to do."""

    # Whom the question was about when it was answered.
    asked_about = PlainText(longest=3 * SHORT, required=False, widget=forms.HiddenInput)

    def who(self) -> str:
        """Whom the request is about, as typed: another name or handle is another person."""
        return "\n".join((self.cleaned_data["display_name"], self.cleaned_data["handle"]))

    def still_answered(self) -> bool:
        """Whether the one question was answered, and for this person."""
        asked = self.cleaned_data["asked_about"]
        return bool(self.cleaned_data["served"]) and (not asked or asked == self.who())

    def request(self) -> ConnectionRequest:
        """The request as the engine takes it."""
        request = self.situated(self.shown())
        return request if self.still_answered() else replace(request, served=None)


class PasteForm(PlainForm):
    """The text of a profile or of a request, copied from a network."""

    text = PlainText(
        label="What you copied",
        help_text="Mark the request or the top of the profile on the network, copy it, and paste it here. Don't open a"
        " profile for this: some networks show the visit.",
        longest=MAX_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Paste something first."},
    )
    network = choice(NETWORKS, "Network")


class FilesForm(PlainForm):
    """Files that a network or a mail program gave."""

    account = choice(PURPOSES, "Which of your accounts they came to")
    role = choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))


class ExceptionReasonForm(PlainForm):
    """Why an exception is asked for."""

    reason = PlainText(
        label="Why should it be different for this person?",
        help_text="Such as: we were neighbors for ten years before the service began. Write what your supervisor"
        " needs to decide, and no more about the person.",
        longest=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": "Write the reason in a sentence or two."},
    )

    def clean_reason(self) -> str:
        """The reason. Spaces alone are none."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise ValidationError(self.fields["reason"].error_messages["required"])
        return reason


class ExceptionDecisionForm(PlainForm):
    """What a supervisor decided, on a day that is not to come, and until when it holds."""

    decided = forms.ChoiceField(
        label="What was decided?",
        choices=[("agreed", "Agreed"), ("refused", "Not agreed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": NOT_ONE_OF_THESE},
    )
    decided_by = PlainText(
        label="Who decided",
        help_text="The supervisor's name or initials.",
        longest=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": "Write who decided."},
    )
    decided_on = day_field("Decided on")
    review_on = day_field("Look at it again on", required=False, help_text="It ends on this day: at most a year later.")

    def __init__(self, today: date, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._today = today

    def clean_decided_by(self) -> str:
        """Who decided. Spaces alone are nobody."""
        said: str = self.cleaned_data["decided_by"].strip()
        if not said:
            raise ValidationError(self.fields["decided_by"].error_messages["required"])
        return said

    def clean_decided_on(self) -> date:
        """The day of the decision: not one to come."""
        day: date = self.cleaned_data["decided_on"]
        if day > self._today:
            raise ValidationError("This day is still to come. Write it down once it was decided.")
        return day

    def clean(self) -> dict[str, Any]:
        """An agreed exception has a day of review, after the decision and within a year."""
        said = super().clean() or {}
        decided_on, review_on = said.get("decided_on"), said.get("review_on")
        if said.get("decided") == "agreed" and decided_on is not None and "review_on" not in self.errors:
            last = decided_on + LONGEST_EXCEPTION
            if review_on is None or not decided_on < review_on <= last:
                self.add_error("review_on", f"Choose a day after the decision, up to {last:%Y-%m-%d}.")
            elif review_on < self._today:
                self.add_error("review_on", "By that day it would be over already. Is the year right?")
        return said


class ImportForm(PlainForm):
    """A caseload file."""

    file = forms.FileField(
        label="Your list as a CSV file",
        allow_empty_file=True,  # The reader has a better sentence for an empty file than Django.
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={
            "required": "Choose the file with your caseload first.",
            "missing": "Choose the file with your caseload first.",
            "invalid": "That did not arrive as a file. Choose it again.",
        },
    )

    def clean_file(self) -> Any:
        """The file, if it is not larger than what the reader takes."""
        file = self.cleaned_data["file"]
        if file.size > MAXIMUM_BYTES:
            raise ValidationError("This file is larger than 20 MB. Split it, and import the parts one after the other.")
        return file


class SearchForm(PlainForm):
    """Words to look for in the caseload; sent in the body, so that no name gets into an address."""

    search = _line("Find somebody")


class UnlockForm(PlainForm):
    """The passphrase of the store."""

    passphrase = forms.CharField(
        label="Passphrase",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your passphrase.", "max_length": "That is longer than any passphrase here."},
    )


IDENTIFIER_WORDS = {word: says for word, says in CATEGORIES.items() if word in IDENTIFIERS}


class TryForm(PlainForm):
    """Facts for "try a case", named as in the cases of clauses."""

    role = choice(ROLES, "What the person does")
    purpose = choice(
        {
            Purpose.PERSONAL: "A personal account",
            Purpose.PROFESSIONAL: "A professional account",
            Purpose.AGENCY: "The agency's account",
        },
        "Account",
    )
    network = choice(NETWORKS, "Network")

    def facts(self) -> Facts:
        """The facts as the policy takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return read_facts(self._action(), given)

    def _action(self) -> Action:
        return Action.PUBLISH


class TryPostForm(TryForm):
    """Facts about a draft."""

    audience = choice(AUDIENCES, "Who can see it")
    found = _categories("What is in it, sure or likely", CATEGORIES)
    possible = _categories("What may be in it", CATEGORIES)
    beside_client = _categories("Identifiers next to somebody who is served", IDENTIFIER_WORDS)
    is_reply = forms.BooleanField(label="It is a reply", required=False)
    photos = forms.BooleanField(label="Photos go with it", required=False)
    people_who_fit = _whole_number("People whom its facts fit, if counted", 1, 10_000_000, 12)
    about_client = choice(ANSWERS, "The author says that it is about a client")


class TryRequestForm(TryForm):
    """Facts about a request."""

    kind = choice(KINDS, "What it is")
    direction = choice(DIRECTIONS, "Which way")
    relationship = choice(RELATIONSHIPS, "Who the other person is")
    level = choice(LEVELS, "Comparison with the caseload")
    served = choice(ANSWERS, "The person says that it is somebody they serve")
    knew_before = forms.BooleanField(label="They knew each other before the service began", required=False)
    small_community = forms.BooleanField(label="They can't help meeting outside work", required=False)
    minor = forms.BooleanField(label="The client is under 18", required=False)
    excepted = forms.BooleanField(label="A supervisor agreed to an exception, and it holds", required=False)
    purpose_of_search = choice(SEARCH_REASONS, "For a search: what it is for")
    approved = forms.BooleanField(label="For a search: a supervisor approved it", required=False)
    years_since_end = _whole_number("Whole years since the service ended", 0, 150, 3)

    def _action(self) -> Action:
        return KIND_TO_ACTION[self.word("kind", RequestKind, RequestKind.FRIEND)]
