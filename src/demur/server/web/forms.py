"""What the pages ask for, and how it becomes a draft, a request or facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.allowances import LONGEST_REASON, MOST_DAYS, last_day
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, Post, RequestKind
from demur.core.findings import IDENTIFIERS, Category
from demur.core.people import Relationship, Role
from demur.core.vocabulary import Word
from demur.policy.facts import KIND_TO_ACTION, Action, Facts, read_facts
from demur.records.caseload_csv import MAXIMUM_BYTES
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
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _choice(words: Mapping[W, str], label: str, **options: Any) -> forms.ChoiceField:
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
    audience = _choice(AUDIENCES, "Who can see it")
    account = _choice(PURPOSES, "Where you post it from")
    network = _choice(NETWORKS, "Network")
    role = _choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))
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


class RequestForm(PlainForm):
    """A request, a message, or something that the professional would like to do."""

    asked = forms.ChoiceField(
        label="What is it?",
        choices=[(f"{kind.value}/{direction.value}", says) for (kind, direction), says in ASKED.items()],
        initial="friend/incoming",
        required=False,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )
    relationship = _choice(RELATIONSHIPS, "Who is it, as far as you know?")
    network = _choice(NETWORKS, "Network")
    account = _choice(PURPOSES, "Which of your accounts")
    role = _choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))
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
    knew_before = forms.BooleanField(label="We knew each other before the service began", required=False)
    mandated = forms.BooleanField(label="The service is ordered by a court or an office", required=False)
    group = forms.BooleanField(label="They are in a group that I lead", required=False)
    served = _yes_or_no()
    # Whom the question was about when it was answered.
    asked_about = PlainText(longest=3 * SHORT, required=False, widget=forms.HiddenInput)

    def who(self) -> str:
        """Whom the request is about, as typed: another name or handle is another person."""
        return "\n".join((self.cleaned_data["display_name"], self.cleaned_data["handle"]))

    def still_answered(self) -> bool:
        """Whether the one question was answered, and for this person."""
        asked = self.cleaned_data["asked_about"]
        return bool(self.cleaned_data["served"]) and (not asked or asked == self.who())

    def is_outgoing(self) -> bool:
        """Whether it is something that the professional would like to do."""
        return str(self["asked"].value() or "").endswith("/outgoing")

    def has_more(self) -> bool:
        """Whether something in the fold "more from the profile" was filled in or needs a look."""
        return self._filled_in("city", "mutual_connections", "email", "phone", "bio", "message")

    def has_tie(self) -> bool:
        """The same for "more about you both"."""
        return self._filled_in("knew_before", "mandated", "group") or self["role"].value() != Role.OTHER.value

    def _filled_in(self, *names: str) -> bool:
        return any(self[name].value() or self.errors.get(name) for name in names)

    def request(self) -> ConnectionRequest:
        """The request as the engine takes it."""
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
            account=Account(
                self.word("network", Network, Network.OTHER), self.word("account", Purpose, Purpose.PERSONAL)
            ),
            kind=RequestKind(kind),
            direction=Direction(direction),
            role=self.word("role", Role, Role.OTHER),
            relationship=self.word("relationship", Relationship, Relationship.UNKNOWN),
            message=said["message"],
            served=self.answer("served") if self.still_answered() else None,
            knew_before=said["knew_before"],
            mandated=said["mandated"],
            group=said["group"],
        )


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

    role = _choice(ROLES, "What the person does")
    purpose = _choice(
        {
            Purpose.PERSONAL: "A personal account",
            Purpose.PROFESSIONAL: "A professional account",
            Purpose.AGENCY: "The agency's account",
        },
        "Account",
    )
    network = _choice(NETWORKS, "Network")

    def facts(self) -> Facts:
        """The facts as the policy takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return read_facts(self._action(), given)

    def _action(self) -> Action:
        return Action.PUBLISH


class TryPostForm(TryForm):
    """Facts about a draft."""

    audience = _choice(AUDIENCES, "Who can see it")
    found = _categories("What is in it, sure or likely", CATEGORIES)
    possible = _categories("What may be in it", CATEGORIES)
    beside_client = _categories("Identifiers next to somebody who is served", IDENTIFIER_WORDS)
    is_reply = forms.BooleanField(label="It is a reply", required=False)
    photos = forms.BooleanField(label="Photos go with it", required=False)
    people_who_fit = _whole_number("People whom its facts fit, if counted", 1, 10_000_000, 12)
    about_client = _choice(ANSWERS, "The author says that it is about a client")


class TryRequestForm(TryForm):
    """Facts about a request."""

    kind = _choice(KINDS, "What it is")
    direction = _choice(DIRECTIONS, "Which way")
    relationship = _choice(RELATIONSHIPS, "Who the other person is")
    level = _choice(LEVELS, "Comparison with the caseload")
    served = _choice(ANSWERS, "The person says that it is somebody they serve")
    knew_before = forms.BooleanField(label="They knew each other before the service began", required=False)
    minor = forms.BooleanField(label="The client is under 18", required=False)
    years_since_end = _whole_number("Whole years since the service ended", 0, 150, 3)

    def _action(self) -> Action:
        return KIND_TO_ACTION[self.word("kind", RequestKind, RequestKind.FRIEND)]
