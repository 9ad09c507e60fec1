"""Requests out of notification mails: the examples of every notice, who vouches, spoofs, and hostile files."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Network
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.networks import mail as module
from demur.networks.mail import is_mail, read_mail, sender_domains, without_links
from demur.networks.markup import read_markup
from demur.networks.notices import Example, Known, Notice, Sender, is_within, read_sender, senders

TODAY = date(2026, 11, 20)
DATE = "Tue, 17 Nov 2026 08:15:00 +0000"
GOOD = "mx.agency.example; dkim=pass (2048-bit key) header.d=linkedin.com header.s=d2048; spf=pass"
LINK = "https://www.linkedin.com/comm/mynetwork/invite-accept/?inviterVanityName=ines-tarrow-4b7&trk=eml-email_m2m_invite_single_01"
BODY = f"""Hi Dana, I’d like to join your professional network

Ines Tarrow
Night porter at Harbour Inn
Riverton, Ohio

Accept: {LINK}
"""


def mail(
    sender: str = "Ines Tarrow <invitations@linkedin.com>",
    subject: str = "I just requested to connect",
    text: str = BODY,
    checks: str | tuple[str, ...] = GOOD,
    day: str = DATE,
    more: str = "",
) -> bytes:
    """A mail as it lies in a mailbox, headers as given."""
    noted = (checks,) if isinstance(checks, str) else checks
    head = "".join(f"Authentication-Results: {each}\r\n" for each in noted if each)
    head += f"{more}From: {sender}\r\nSubject: {subject}\r\nDate: {day}\r\n"
    head += 'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return (head + text.replace("\n", "\r\n")).encode("utf-8")


def read(*mails: bytes, **options: Any) -> Reading:
    """What mails out of a mailbox tell."""
    return read_mail([("a.eml", each) for each in mails], TODAY, **{"receiver": "", **options})


def one(*mails: bytes, **options: Any) -> Arrival:
    (arrival,) = read(*mails, **options).arrivals
    return arrival


# Every notice's examples


def examples(way: str) -> list[Any]:
    return [
        pytest.param(sender, notice, example, id=f"{sender.network}-{number}-{example.subject[:30]}")
        for sender in senders()
        for number, notice in enumerate(sender.notices)
        for example in getattr(notice, way)
    ]


def made(example: Example) -> bytes:
    message = EmailMessage()
    message["From"] = example.sender
    message["Subject"] = example.subject
    message["Date"] = DATE
    if example.list_id:
        message["List-ID"] = example.list_id
    message.set_content(example.text)
    if example.html:
        message.add_alternative(example.html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(("sender", "notice", "example"), examples("flags"))
def test_a_notice_is_known(sender: Sender, notice: Notice, example: Example) -> None:
    arrival = one(made(example))
    assert (arrival.network, arrival.kind, arrival.source) == (sender.network, notice.kind, Source.MAIL)
    shown = (arrival.profile.display_name, arrival.profile.handle, arrival.profile.bio, arrival.profile.city)
    assert shown == (example.name, example.handle, example.bio, example.city)
    assert arrival.message == example.message
    assert arrival.as_of == arrival.received == date(2026, 11, 17)


@pytest.mark.parametrize(("sender", "notice", "example"), examples("passes"))
def test_other_mails_of_a_network_are_no_request(sender: Sender, notice: Notice, example: Example) -> None:
    reading = read(made(example))
    assert not reading.arrivals
    assert len(reading.notes) == 1


def test_every_network_that_sends_mails_says_what_is_proven() -> None:
    known = {sender.network: [notice.known for notice in sender.notices] for sender in senders()}
    assert known[Network.MASTODON] == [Known.WHOLE, Known.WHOLE]
    assert known[Network.LINKEDIN] == [Known.WHOLE, Known.UNPROVEN]
    assert known[Network.INSTAGRAM] == known[Network.TIKTOK] == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"notices": [{"kind": "friend"}]}, "missing"),
        ({"surprise": 1}, "unknown surprise"),
        ({"network": "x"}, "named after its network"),
        ({"notices": "flags"}, "examples both ways"),
        ({"notices": "pattern"}, "not RE2"),
        ({"notices": "source"}, "needs its source"),
    ],
)
def test_a_file_that_is_not_whole_does_not_load(change: dict[str, Any], complaint: str) -> None:
    text = files("demur.networks").joinpath("notifications", "facebook.toml").read_text("utf-8")
    data = tomllib.loads(text)
    spoilt = {"flags": {"flags": []}, "pattern": {"subjects": [r"(?=x)"]}, "source": {"source": ""}}
    wanted = change.get("notices")
    if isinstance(wanted, str):
        change = {"notices": [data["notices"][0] | spoilt[wanted]]}
    with pytest.raises(ValueError, match=complaint):
        read_sender(data | change, "facebook.toml")


# What is read in a mail


def test_an_invitation_of_linkedin_whole() -> None:
    arrival = one(mail())
    assert arrival.network is Network.LINKEDIN
    assert arrival.kind is RequestKind.FRIEND
    assert arrival.vouched
    assert dataclasses.asdict(arrival.profile) == {
        "display_name": "Ines Tarrow",
        "handle": "ines-tarrow-4b7",
        "bio": "Night porter at Harbour Inn",
        "city": "Riverton, Ohio",
        "email": "",
        "phone": "",
        "mutual_connections": 0,
    }


def test_the_note_that_somebody_wrote_is_kept_without_its_links() -> None:
    body = BODY.replace(
        "I’d like to join your professional network",
        "we met at the Tuesday group.\nSee http://tarrow.example/me?a=1 :)",
    )
    assert one(mail(text=body)).message == "we met at the Tuesday group.\nSee [link] :)"


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("=?utf-8?q?In=C3=A9s_Tarr=C3=B3n?= <invitations@linkedin.com>", "Inés Tarrón"),
        ("=?iso-8859-1?B?SW7pcyBUYXJy8240?= via LinkedIn <invitations@linkedin.com>", "Inés Tarrón4"),
        ('"Tarrow, Ines" <invitations@linkedin.com>', "Tarrow, Ines"),
        ("=?x-made-up?q?In=C3=A9s?= Tarrow <invitations@linkedin.com>", "Inés Tarrow"),
        ("=?utf-8?q?Ines_=E2=80=AEworraT=00?= <invitations@linkedin.com>", "Ines worraT"),
    ],
)
def test_names_are_decoded_and_cleaned(sender: str, name: str) -> None:
    assert one(mail(sender=sender, text="")).profile.display_name == name


def test_a_name_that_breaks_out_of_its_header_is_left_out() -> None:
    reading = read(mail(sender="=?utf-8?q?Ines=0D=0ATo=3A_eve?= <invitations@linkedin.com>"))
    assert reading == Reading(notes=("One mail is broken and was left out.",))


def test_a_mail_of_html_alone_is_read_and_nothing_is_loaded_from_it() -> None:
    message = EmailMessage()
    message["From"] = "Ines Tarrow <invitations@linkedin.com>"
    message["Subject"] = "Invito"
    message["Date"] = DATE
    message.set_content(
        f"""<html><head><style>p {{ color: red }}</style><title>No</title></head><body>
        <!-- <p>hidden</p> --><p>Hi Dana, I&rsquo;d like to join your <b>professional</b> network</p>
        <table><tr><td><a href="{LINK}"><span>Ines&nbsp;Tarrow</span></a>
        <p>Night porter</p><p>Riverton, Ohio</p></td></tr></table>
        <a href="{LINK}">Accept</a><img src="https://track.example/x.gif"><script>alert(1)</script></body></html>""",
        subtype="html",
    )
    profile = one(message.as_bytes()).profile
    assert (profile.display_name, profile.handle) == ("Ines Tarrow", "ines-tarrow-4b7")
    assert (profile.bio, profile.city) == ("Night porter", "Riverton, Ohio")


@pytest.mark.parametrize("charset", ["x-made-up", "punycode", "zlib", "idna", "unicode_escape", "\\\\", "utf-8\\x00"])
def test_a_wrong_charset_costs_nothing(charset: str) -> None:
    raw = mail().replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    assert one(raw).profile.city == "Riverton, Ohio"


@pytest.mark.parametrize(
    ("day", "received", "as_of"),
    [
        (DATE, date(2026, 11, 17), date(2026, 11, 17)),
        ("Fri, 01 Jan 2038 00:00:00 +0000", TODAY, TODAY),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None, TODAY),
        ("yesterday", None, TODAY),
        ("Tue, 99 Nov 2026 99:99:99 +9999", None, TODAY),
    ],
)
def test_the_day_is_the_mails_own_and_never_to_come(day: str, received: date | None, as_of: date) -> None:
    arrival = one(mail(day=day))
    assert (arrival.received, arrival.as_of) == (received, as_of)


def test_what_was_read_by_a_guess_says_so() -> None:
    reading = read(mail(subject="Quiero conectar", text=""))
    assert len(reading.arrivals) == 1
    assert any("could not be tried on a real mail" in note for note in reading.notes)


def test_a_network_whose_mails_are_not_known_is_named() -> None:
    (note,) = read(mail(sender="Instagram <no-reply@mail.instagram.com>", subject="See what happened")).notes
    assert note == "One mail comes from Instagram. Demur knows no mail of theirs that tells of a request."


# Who vouches for it


@pytest.mark.parametrize(
    ("checks", "vouched"),
    [
        (GOOD, True),
        ("mx.google.com; dkim=pass header.i=@linkedin.com header.s=proddkim1024 header.b=abc; dmarc=pass", True),
        (
            "mx.agency.example 1; spf=pass; dkim=fail header.d=linkedin.com; dkim=pass header.d=mailer.linkedin.com",
            True,
        ),
        ('mx.agency.example; dkim=pass header.d="linkedin.com"', True),
        ("", False),
        ("mx.agency.example; dkim=fail header.d=linkedin.com", False),
        ("mx.agency.example; dkim=none", False),
        ("mx.agency.example; dkim=pass header.d=evil.example", False),
        ("mx.agency.example; dkim=pass header.d=linkedin.com.evil.example", False),
        ("mx.agency.example; dkim=pass header.d=evillinkedin.com", False),
        ("mx.agency.example; dkim=pass header.d=com", False),
        ("mx.agency.example; spf=pass smtp.mailfrom=linkedin.com; dmarc=pass header.from=linkedin.com", False),
        ('mx.agency.example; dkim=fail reason="; dkim=pass header.d=linkedin.com" header.d=evil.example', False),
        ("mx.agency.example; dkim=fail (; dkim=pass header.d=linkedin.com) header.d=evil.example", False),
        ("dkim=pass header.d=linkedin.com", False),
        # Forged ones came with the mail, so they stand below.
        (("mx.agency.example; dkim=fail header.d=linkedin.com", GOOD), False),
        (("mx.agency.example; spf=softfail", GOOD), False),
    ],
)
def test_only_the_receiving_servers_word_on_the_networks_own_signature_counts(
    checks: str | tuple[str, ...], vouched: bool
) -> None:
    reading = read(mail(checks=checks))
    (arrival,) = reading.arrivals
    assert arrival.vouched is vouched
    assert any("signature" in note for note in reading.notes) is not vouched
    assert arrival.message == ""


def test_the_receiving_server_may_be_named() -> None:
    assert one(mail(), receiver="mx.agency.example").vouched
    assert not one(mail(), receiver="agency.example").vouched
    forged = mail(checks=("mx.other.example; dkim=pass header.d=linkedin.com", GOOD))
    assert not one(forged, receiver="mx.agency.example").vouched


def test_nobody_vouches_for_a_mail_that_came_as_a_file() -> None:
    """Whoever made the file may have made the note about the signature, too."""
    reading = read(mail(), receiver=None)
    (arrival,) = reading.arrivals
    assert not arrival.vouched
    assert reading.notes == (
        "Nobody vouches for one mail that came as a file: anybody could have written it. Take it as a claim, and look"
        " on the network itself.",
    )
    assert any("2 mails that came as a file" in note for note in read(mail(), mail(), receiver=None).notes)


SPOOFS = {
    "name of the network": mail(sender="LinkedIn <ines@tarrow.example>"),
    "address as a name": mail(sender='"invitations@linkedin.com" <ines@tarrow.example>'),
    "encoded address as a name": mail(sender="=?utf-8?q?invitations=40linkedin=2Ecom?= <ines@tarrow.example>"),
    "look-alike domain": mail(sender="Ines <invitations@linkedin.com.evil.example>"),
    "letters in front": mail(sender="Ines <invitations@evil-linkedin.com>"),
    "address in a comment": mail(sender="Ines <ines@evil.example> (invitations@linkedin.com)"),
    "two senders": mail(sender="Ines <invitations@linkedin.com>, Eve <eve@evil.example>"),
    "two From headers": mail(more="From: Ines <eve@evil.example>\r\n"),
    "homoglyph": mail(sender="Ines <invitations@l\u0456nkedin.com>"),
    "a group": mail(sender="linkedin: invitations@linkedin.com, eve@evil.example;"),
    "forwarded by somebody": mail(
        sender="Mary Oakes <mary@agency.example>", subject="Fwd: I just requested to connect"
    ),
}


@pytest.mark.parametrize("spoof", SPOOFS)
def test_a_spoof_is_left_out_and_counted(spoof: str) -> None:
    reading = read(SPOOFS[spoof], mail())
    assert [arrival.profile.display_name for arrival in reading.arrivals] == ["Ines Tarrow"]
    assert len(reading.notes) == 1
    assert "left out" in reading.notes[0].lower()


def test_a_mail_that_is_attached_to_another_is_not_read() -> None:
    outer = EmailMessage()
    outer["From"] = "Ines Tarrow <invitations@linkedin.com>"
    outer["Subject"] = "You may know Ines"
    outer["Date"] = DATE
    outer.set_content("Have a look.")
    inner = EmailMessage()
    inner["From"] = "Eve <invitations@linkedin.com>"
    inner["Subject"] = "I just requested to connect"
    inner.set_content(BODY)
    outer.add_attachment(inner)
    outer.add_attachment(BODY, filename="invitation.txt")
    assert not read(outer.as_bytes()).arrivals


def test_a_mastodon_server_counts_fully_where_it_is_named() -> None:
    checks = "mx.agency.example; dkim=pass header.d=social.harbour.example"
    follow = mail(
        sender="Mastodon <notifications@social.harbour.example>",
        subject="Pending follower: ines@tarrow.example",
        text="ines@tarrow.example has requested to follow you\n",
        checks=checks,
        more="List-ID: <follow_request.dana.social.harbour.example>\r\n",
    )
    arrival = one(follow)
    assert (arrival.network, arrival.kind) == (Network.MASTODON, RequestKind.FOLLOW)
    assert arrival.profile.handle == "@ines@tarrow.example"
    assert not arrival.vouched  # Anybody can run a server: a signature of an unknown one says nothing.
    assert one(follow, servers=["Social.Harbour.example."]).vouched
    assert not one(
        follow.replace(b"header.d=social.harbour.example", b"header.d=evil.example"), servers=["social.harbour.example"]
    ).vouched
    assert not read(follow.replace(b"dana.social.harbour.example", b"dana.elsewhere.example")).arrivals


# No link survives


def test_no_link_of_a_mail_is_in_anything_that_is_kept() -> None:
    evil = "https://evil.example/accept?t=1"
    body = BODY.replace("Night porter at Harbour Inn", f"Porter, see {evil}").replace(
        "Riverton, Ohio", "www.evil.example"
    )
    body = body.replace("I’d like to join", f"look {evil} and evil.example/x?token=2 I’d like to join")
    reading = read(
        mail(text=body),
        mail(sender=f'"Ines {evil}" <invitations@linkedin.com>'),
        mail(
            text=body.replace(
                "inviterVanityName=ines-tarrow-4b7", "inviterVanityName=https%3A%2F%2Fevil.example%2Faccept"
            )
        ),
        mail(sender="Facebook <notification@facebookmail.com>", subject=f"{evil} Ines wants to be friends on Facebook"),
        mail(
            sender="M <n@mastodon.social>",
            subject="Pending follower: https://evil.example/accept",
            more="List-ID: <follow_request.dana.mastodon.social>\r\n",
            text="",
        ),
    )
    assert len(reading.arrivals) >= 4
    kept = repr(reading)
    for piece in ("://", "www.", "evil.example/", "token=", "accept?", "inviterVanityName"):
        assert piece not in kept


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["http", "HTTPS", "ftp", "linkedin"]),
)
def test_a_link_is_taken_out_of_any_text(around: str, scheme: str) -> None:
    assert "://evil" not in without_links(f"{around} {scheme}://evil.example/{around} {around}")


def test_names_and_days_are_no_links() -> None:
    assert (
        without_links("see https\n://evil.example/x or javascript:alert(1)", "[link]") == "see https\n[link] or [link]"
    )
    for text in (
        "the data: none",
        "J.R. Tarrow",
        "Ines T.",
        "St.Ives",
        "we met 4/5, or 4.5.2026",
        "@ines@tarrow.example",
        "a/b",
    ):
        assert without_links(text) == text


# Files


def box(*mails: bytes) -> bytes:
    return b"".join(
        b"From MAILER Tue Nov 17 08:15:00 2026\n" + each.replace(b"\r\n", b"\n") + b"\n\n" for each in mails
    )


def test_a_box_is_read_one_mail_after_the_other(tmp_path: Path) -> None:
    name = mail(sender="Bo Larkin <invitations@linkedin.com>", text="")
    other = mail(sender="Mum <mum@example.org>", subject="Sunday", text="From Monday on I am away.\nFrom you, nothing.")
    file = tmp_path / "whole.mbox"
    file.write_bytes(box(mail(), other, name))
    for reading in (read_mail([file], TODAY, receiver=""), read_mail([("x", file.read_bytes())], TODAY, receiver="")):
        assert [arrival.profile.display_name for arrival in reading.arrivals] == ["Ines Tarrow", "Bo Larkin"]
        assert reading.notes == ("One mail tells of no request.",)


def test_a_line_of_text_that_begins_with_from_ends_no_mail() -> None:
    text = BODY.replace("Night porter", "From dusk till dawn: night porter")
    assert one(box(mail(text=text))).profile.bio.startswith("From dusk")


def test_files_are_told_apart_by_what_is_in_them(tmp_path: Path) -> None:
    assert is_mail(b"\xef\xbb\xbfReceived: from x")
    assert is_mail(b"From x Tue\nSubject: y")
    assert not is_mail(b"PK\x03\x04")
    assert not is_mail(b'[{"a": 1}]')
    reading = read_mail([("a.eml", b"PK\x03\x04"), ("b.eml", b""), tmp_path / "none.eml"], TODAY)
    assert reading == Reading(notes=("2 files are no mails.", "One file could not be opened."))


def test_mails_over_the_limits_are_left_out_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_MAIL", 4000)
    large = mail(text="x" * 5000)
    reading = read(box(large, mail(), large, mail()), large)
    assert len(reading.arrivals) == 2
    assert reading.notes == ("3 mails are larger than 25 MB and were left out.",)
    monkeypatch.setattr(module, "MOST_MAILS", 3)
    reading = read(box(mail(), mail(), mail(), mail(), mail()))
    assert len(reading.arrivals) == 3
    assert any("The others were not read" in note for note in reading.notes)


HOSTILE = {
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(5000)
    ),
    "many parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000,
    "many headers": b"X-A: b\r\n" * 100_000 + b"\r\n",
    "endless header": b"Subject: " + b"(" * 5_000_000 + b"\r\n\r\n",
    "endless comment in the sender": b"Content-Type: text/plain\r\n\r\n",
    "empty lines": b"Content-Type: text/plain\r\n\r\n" + b"\r\n" * 2_000_000,
    "one line": b"Content-Type: text/plain\r\n\r\n" + b"a" * 5_000_000,
    "open tags": b"Content-Type: text/html\r\n\r\n" + b"<a x='" * 150_000,
    "open comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 250_000,
    "tags in tags": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000,
    "quotes in tags": b"Content-Type: text/html\r\n\r\n" + b"<a x='>\"" * 120_000,
    "broken base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"====\xff" * 200_000,
    "uuencode": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 a\r\n"
    + b"M" * 999_999,
    "links": b"Content-Type: text/plain\r\n\r\n" + b"a." * 400_000 + b"/",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_mail_costs_itself_alone(kind: str) -> None:
    head = b"From: Ines <invitations@linkedin.com>\r\nSubject: I just requested to connect\r\nDate: nonsense\r\n"
    if "sender" in kind:
        head = b"From: " + b"(" * 200_000 + b" <invitations@linkedin.com>\r\nSubject: I just requested to connect\r\n"
    reading = read(head + HOSTILE[kind], mail())
    assert reading.arrivals[-1].profile.display_name == "Ines Tarrow"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 600), st.integers(0, 60))
def test_broken_mails_never_raise(noise: bytes, at: int, cut: int) -> None:
    whole = mail()
    spoilt = whole[:at] + noise + whole[at + cut :]
    for content in (spoilt, b"From x\n" + spoilt, noise):
        reading = read(content)
        assert len(reading.arrivals) <= 1
        assert "://" not in repr(reading)


def test_notes_hold_no_name_and_no_address() -> None:
    reading = read(*SPOOFS.values(), mail(checks=""), mail(sender="Bo Larkin <bo@larkin.example>"), b"junk")
    said = " ".join(reading.notes).lower()
    for word in ("ines", "tarrow", "larkin", "evil", "@", "mary", "http"):
        assert word not in said


def test_domains_are_compared_by_their_labels() -> None:
    assert is_within("e.linkedin.com", "linkedin.com")
    assert not is_within("evil-linkedin.com", "linkedin.com")
    assert "linkedin.com" in sender_domains()
    assert "mail.instagram.com" not in sender_domains()


def test_markup_shows_what_a_reader_sees() -> None:
    shown = read_markup('<p class="a b">One<br>two <b>three</b></p><style>no</style><a href="x">four</a>&amp;<tag')
    assert shown.lines == ["One", "two three", "four&<tag"]
    assert shown.links == ["x"]
    assert shown.by_class == {"a": "One", "b": "One"}
