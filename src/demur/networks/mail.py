"""Requests out of networks' notification mails: who sent them is checked, and no link of theirs is kept or followed.

These senders are forged more than most. So a mail counts only where its address lies in the network's own domain, and
it is vouched for only where the receiving server noted a good signature of that domain, and the mail came from there:
in a file, anybody can have written that note. A mail is hostile input: its
size, headers, parts and lines are limited before anything is parsed.
"""

from __future__ import annotations

import codecs
import email
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import Any, BinaryIO

import re2

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.networks.catalogue import network_steps
from demur.networks.markup import Markup, read_markup
from demur.networks.notices import Known, Notice, Sender, is_within, senders

Given = Path | tuple[str, bytes]
"""A file by where it lies, or by its name and content."""

LARGEST_MAIL = 25 * 1024 * 1024
"""Bytes of one mail; larger ones are left out."""
MOST_MAILS = 200_000
"""How many mails of one file are read."""
MOST_READ = 1024 * 1024
"""Bytes of a mail's content that are looked at; notifications have about a tenth of that."""

_MOST_HEADERS = 256 * 1024
_LONGEST_HEADER = 8 * 1024
_MOST_LINES = 50_000
_MOST_PARTS = 50
_LONGEST_LINE = 2_000
_MOST_SHOWN = 2_000
_LONGEST_NAME = 300
_LONGEST_TEXT = 10_000
_EARLIEST = date(2003, 1, 1)
"""Before the first of these networks; an earlier day is a wrong clock."""

_CHARSETS = re.compile(
    r"ascii|utf-8|utf-16(-[lb]e)?|iso8859-[0-9]+|cp(125[0-8]|437|85[0-9]|86[0-9]|932|949|950)|koi8-[rut]|mac-[a-z]+"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_(jp|kr)"
)
"""Charsets of people's mails, by Python's names. Others, such as punycode, take quadratic time or are no charsets."""
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9_-]{0,79}[ \t]*:")
_BEGINS = re.compile(rb"From \S+ .{0,200}[12][0-9]{3}[ \t]*([+-][0-9]{4})?[ \t]*\r?\n?")
"""How a mail begins in a box: with who sent it, and when. A line of text may begin with "From " too."""
_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_RESULT = re.compile(r"([a-z0-9-]+)[ \t]*=[ \t]*([a-z]+)")
_SIGNED_BY = re.compile(r"(?:^|[ \t])header[ \t]*\.[ \t]*(?:d[ \t]*=[ \t]*|i[ \t]*=[ \t]*[^ \t;@]*@)\"?([a-z0-9.-]+)")
_LIST_ID = re.compile(r"<?([a-z_]+)\.([A-Za-z0-9_]+)\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)>?")
_FORWARDED = re.compile(r"(?:(?:re|fwd?|rv|rr|wg|tr|i)\s*:\s*)+", re.IGNORECASE)
_URL = re2.compile(
    r"(?i)(?:[a-z0-9+.-]*://|\bwww\.)\S*|\b(?:mailto|javascript|data|tel|sms):\S+"
    r"|(?:[\pL\pN_-]+\.)+\pL\pL+(?::[0-9]+)?[/?#]\S*"
)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_WORDS_OF_NETWORKS = re.compile(rb"linkedin|facebook|instagram|mastodon|twitter|tiktok|list-id:[^\n]{0,80}follow", re.I)


class _TooManyParts(Exception):
    """A mail is made of more parts than a notification has."""


class _Policy(EmailPolicy):
    """The standard library's reading of mails, with an end to every header, those inside of parts included."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header's name and value, cut where no header of ours is so long."""
        name, value = super().header_source_parse(sourcelines)
        return name[:_LONGEST_HEADER], value[:_LONGEST_HEADER]


@dataclass(frozen=True, slots=True)
class _Letter:
    """What matters of one mail: decoded, short, straight quotes for curly ones. `signed` are the domains whose
    signature the receiving server found good."""

    from_name: str
    from_local: str
    from_domain: str
    subject: str
    day: date | None
    list_type: str
    list_server: str
    signed: tuple[str, ...]
    lines: tuple[str, ...]
    links: tuple[str, ...]
    markup: Markup


def read_mail(
    files: Iterable[Given], today: date, *, receiver: str | None = None, servers: Iterable[str] = ()
) -> Reading:
    """The requests that saved mails tell of: .eml and .mbox files, told apart by their content. It never raises.

    `receiver` is the name that the person's own mail server signs its checks with (`mx.example.org`), for mails that
    came from that server; where it is empty, the topmost check counts, whoever wrote it. It is None for files: nobody
    knows where those were, so nothing in them is vouched for. `servers` are the person's own servers on networks where
    everybody may run one.
    """
    count: Counter[str] = Counter()
    silent: Counter[Network] = Counter()
    own = tuple(sorted({server.strip().lower().rstrip(".") for server in servers} - {""}))
    named = None if receiver is None else receiver.strip().lower()
    arrivals = []
    for mail in _mails(files, count):
        try:
            arrival = _read(mail, today, named, own, count, silent)
        except Exception:
            # INVARIANT: whatever a hostile mail makes the parser do costs that mail alone.
            count["unreadable"] += 1
            continue
        if arrival is not None:
            arrivals.append(arrival)
    return Reading(tuple(arrivals), _notes(count, silent))


def is_mail(beginning: bytes) -> bool:
    """Whether a file that begins like this is a mail or a box of mails."""
    first = beginning.lstrip(b"\xef\xbb\xbf\r\n")
    return first.startswith(b"From ") or bool(_HEADER.match(first))


def sender_domains() -> tuple[str, ...]:
    """The domains from which mails about requests come, for a search in a mailbox."""
    return tuple(domain for sender in senders() if sender.notices for domain in sender.domains)


def list_types() -> tuple[str, ...]:
    """How the List-ID of such mails begins where they come from servers of anybody's."""
    return tuple(notice.list_type for sender in senders() for notice in sender.notices if notice.list_type)


def without_links(text: str, instead: str = "") -> str:
    """A text with every web address in it taken out."""
    return str(_URL.sub(instead, text))


# Mails out of files


def _mails(files: Iterable[Given], count: Counter[str]) -> Iterator[bytes]:
    for given in files:
        try:
            if isinstance(given, Path):
                with given.open("rb") as stream:
                    yield from _mails_in(stream, count)
            else:
                yield from _mails_in(io.BytesIO(given[1]), count)
        except OSError:
            count["unopened"] += 1


def _mails_in(stream: BinaryIO, count: Counter[str]) -> Iterator[bytes]:
    beginning = stream.read(1024)
    stream.seek(0)
    if not is_mail(beginning):
        count["no mail"] += 1
    elif beginning.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From "):
        yield from _mails_in_box(stream, count)
    else:
        mail = stream.read(LARGEST_MAIL + 1)
        if len(mail) > LARGEST_MAIL:
            count["too large"] += 1
        else:
            yield mail.lstrip(b"\xef\xbb\xbf\r\n")


def _mails_in_box(stream: BinaryIO, count: Counter[str]) -> Iterator[bytes]:
    """One mail after the other, each in memory alone."""
    held: list[bytes] = []
    size = number = 0
    after_empty, at_line = True, True
    while line := stream.readline(MOST_READ):
        if at_line and after_empty and (_BEGINS.fullmatch(line) or (not number and line.startswith(b"From "))):
            if size > LARGEST_MAIL:
                count["too large"] += 1
            elif held:
                yield b"".join(held)
            held, size = [], 0
            number += 1
            if number > MOST_MAILS:
                count["too many"] += 1
                return
        else:
            size += len(line)
            if size <= LARGEST_MAIL:
                held.append(line)
            else:
                held.clear()
        after_empty = at_line and not line.strip()
        at_line = line.endswith(b"\n")
    if size > LARGEST_MAIL:
        count["too large"] += 1
    elif held:
        yield b"".join(held)


# One mail


def _read(
    mail: bytes,
    today: date,
    receiver: str | None,
    servers: tuple[str, ...],
    count: Counter[str],
    silent: Counter[Network],
) -> Arrival | None:
    """The request that one mail tells of; None, and counted, where it tells of none."""
    head = mail[:_MOST_HEADERS]
    ends = [at for at in (head.find(b"\n\n"), head.find(b"\n\r\n")) if at >= 0]
    if not ends and len(mail) > _MOST_HEADERS:
        count["unreadable"] += 1
        return None
    head = head[: min(ends)] if ends else head
    lowered = head.lower()
    # A whole mailbox may be given: what can't be one of these is not parsed at all.
    if not _WORDS_OF_NETWORKS.search(lowered) and not any(each.encode() in lowered for each in _domains(servers)):
        count["other"] += 1
        return None
    letter = _letter(mail, receiver)
    if letter is None:
        count["unreadable"] += 1
        return None
    for sender in senders():
        if not _comes_from(sender, letter, servers):
            continue
        for notice in sender.notices:
            arrival = _as_told(sender, notice, letter, today, servers)
            if arrival is not None:
                count["unproven"] += notice.known is Known.UNPROVEN
                count["in a file" if receiver is None else "not vouched"] += not arrival.vouched
                return arrival
        if not sender.notices:
            silent[sender.network] += 1
            return None
        count["other"] += 1
        return None
    count["elsewhere" if _looks_alike(letter) else "other"] += 1
    return None


def _domains(servers: tuple[str, ...]) -> tuple[str, ...]:
    return (*servers, *(domain for sender in senders() for domain in sender.domains))


def _letter(mail: bytes, receiver: str | None) -> _Letter | None:
    """What matters of a mail; None where it doesn't say plainly who sent it."""
    cut = mail[: _MOST_HEADERS + MOST_READ]
    lines = cut.split(b"\n", _MOST_LINES)
    message = _parsed(b"\n".join(lines[:_MOST_LINES]))
    froms = message.get_all("From", [])
    if len(froms) != 1 or len(froms[0].addresses) != 1:
        return None
    address = froms[0].addresses[0]
    found = _ADDRESS.fullmatch(f"{address.username}@{address.domain.lower().rstrip('.')}")
    if found is None:
        return None
    plain, markup = _content(message)
    listed = _LIST_ID.search(str(message.get("List-ID", ""))[:_LONGEST_NAME].lower())
    return _Letter(
        from_name=_one_line(address.display_name),
        from_local=found[1].lower(),
        from_domain=found[2],
        subject=_one_line(str(message.get("Subject", ""))),
        day=_day(message),
        list_type=listed[1] if listed else "",
        list_server=listed[3] if listed else "",
        signed=_signed(message.get_all("Authentication-Results", []), receiver),
        lines=tuple(plain or [_one_line(line) for line in markup.lines[:_MOST_SHOWN]]),
        links=tuple([*markup.links, *(found[0] for line in plain for found in _URL.finditer(line))][:_MOST_SHOWN]),
        markup=markup,
    )


def _parsed(mail: bytes) -> EmailMessage:
    made = 0

    def counted(policy: Any = None) -> EmailMessage:
        nonlocal made
        made += 1
        if made > _MOST_PARTS:
            raise _TooManyParts
        return EmailMessage(policy)

    factory: Any = counted
    policy: Any = _Policy(message_factory=factory)
    message: EmailMessage = email.message_from_bytes(mail, policy=policy)
    return message


def _content(message: EmailMessage) -> tuple[list[str], Markup]:
    """The lines of the plain text, and the HTML. What is attached, a forwarded mail included, is not looked at."""
    plain: list[str] = []
    markup = Markup()
    parts: list[EmailMessage] = [message]
    while parts:
        part = parts.pop(0)
        kind = part.get_content_maintype()
        if kind == "multipart":
            parts[:0] = [each for each in part.get_payload() if isinstance(each, EmailMessage)]
        elif kind == "text" and part.get_content_disposition() != "attachment":
            text = _text(part)
            if part.get_content_subtype() == "html":
                if not markup.lines:
                    markup = read_markup(text)
            elif not plain:
                shown = (_one_line(line) for line in text.splitlines())
                plain = [line for line in shown if line][:_MOST_SHOWN]
    return plain, markup


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")[:40]
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = "utf-8"
    return content.decode(name if _CHARSETS.fullmatch(name) else "utf-8", "replace")


def _one_line(text: str) -> str:
    """Text as one short line: no control characters or turned writing directions, straight quotes."""
    # What was in no charset that is known comes as surrogates; it usually is UTF-8.
    shown = text[:_LONGEST_LINE].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = shown.replace("’", "'").replace("‘", "'")
    kept = ("" if unicodedata.category(each) in {"Cc", "Cf", "Cs"} and each != "\t" else each for each in shown)
    return " ".join("".join(kept).split())


def _day(message: EmailMessage) -> date | None:
    header = message.get("Date")
    moment = getattr(header, "datetime", None)
    return moment.date() if moment is not None and moment.date() >= _EARLIEST else None


# Who vouches for it


def _signed(headers: list[Any], receiver: str | None) -> tuple[str, ...]:
    """The domains whose DKIM signature the receiving server found good, from its own header alone.

    INVARIANT: only the topmost `Authentication-Results` counts. A receiving server writes its own above everything
    that came with the mail, so whatever stands further down may be the sender's own invention. In a file (None) even
    the topmost may be.
    """
    if receiver is None or not headers:
        return ()
    server, *results = _statements(str(headers[0]).lower()[:_LONGEST_HEADER])
    if receiver and server.split(" ")[0] != receiver:
        return ()
    signed = []
    for result in results:
        method = _RESULT.match(result)
        if method is not None and method[1] == "dkim" and method[2] == "pass":
            signed += [found[1].strip(".") for found in _SIGNED_BY.finditer(result)]
    return tuple(domain for domain in signed if "." in domain)


def _statements(value: str) -> list[str]:
    """The parts of an `Authentication-Results` (RFC 8601) between its semicolons, without comments."""
    parts = [""]
    depth, quoted, escaped = 0, False, False
    pieces: list[str] = []
    for each in value:
        if escaped:
            escaped = False
            continue
        if each == "\\":
            escaped = True
        elif depth:
            depth += (each == "(") - (each == ")")
        elif each == '"':
            quoted = not quoted
        elif quoted:
            pieces.append("_" if each in " \t;=" else each)
        elif each == "(":
            depth += 1
        elif each == ";":
            parts[-1] = " ".join("".join(pieces).split())
            parts.append("")
            pieces = []
        else:
            pieces.append(each)
    parts[-1] = " ".join("".join(pieces).split())
    return parts


def _comes_from(sender: Sender, letter: _Letter, servers: tuple[str, ...]) -> bool:
    if sender.owns(letter.from_domain):
        return True
    if not sender.any_server:
        return False
    if any(is_within(letter.from_domain, server) for server in servers):
        return True
    # A list names its server: whoever sends in its name must at least be that server, or lie above or below it.
    near = is_within(letter.from_domain, letter.list_server) or is_within(letter.list_server, letter.from_domain)
    return bool(letter.list_server) and near and letter.list_type in list_types()


def _is_vouched(sender: Sender, letter: _Letter, servers: tuple[str, ...]) -> bool:
    for domain in letter.signed:
        if sender.owns(letter.from_domain) and sender.owns(domain):
            return True
        named = any(is_within(letter.from_domain, server) for server in servers)
        if sender.any_server and named and is_within(letter.from_domain, domain):
            return True
    return False


def _looks_alike(letter: _Letter) -> bool:
    """Whether a mail from elsewhere gives itself out as a network's, or passes one on."""
    subject = _FORWARDED.sub("", letter.subject, count=1)
    shown = f"{letter.from_name} {letter.from_domain}".lower()
    return any(
        (sender.network.value in shown and len(sender.network.value) > 1)
        or any(pattern.search(subject) for notice in sender.notices for pattern in notice.subjects)
        for sender in senders()
    )


# What it tells


def _as_told(sender: Sender, notice: Notice, letter: _Letter, today: date, servers: tuple[str, ...]) -> Arrival | None:
    """The request that a mail of a network tells of, if it is a notice of this kind."""
    if notice.senders and letter.from_local not in notice.senders:
        return None
    if notice.list_type and letter.list_type and notice.list_type != letter.list_type:
        return None
    if any(pattern.search(letter.subject) for pattern in notice.unless):
        return None
    told = _groups(notice, letter)
    if told is None:
        return None
    name = _name(notice, letter, told)
    handle = _handle(sender, notice, letter, told)
    if not name and not handle:
        return None
    bio, city = _details(notice, letter, name)
    as_of = min(letter.day or today, today)
    return Arrival(
        network=sender.network,
        profile=Profile(display_name=name, handle=handle, bio=bio, city=city),
        as_of=as_of,
        source=Source.MAIL,
        kind=notice.kind,
        message=_note(notice, letter, name),
        received=as_of if letter.day else None,
        vouched=_is_vouched(sender, letter, servers),
    )


def _groups(notice: Notice, letter: _Letter) -> dict[str, str] | None:
    """Whom the patterns that fit name, the subject before the text; None where none fits."""
    fits = [found for pattern in notice.subjects if (found := pattern.search(letter.subject))]
    fits += [found for line in letter.lines for pattern in notice.lines if (found := pattern.search(line))]
    linked = any(pattern.search(link) for link in letter.links for pattern in notice.links)
    if not fits and not linked:
        return None
    told: dict[str, str] = {}
    for found in fits:
        for key, value in found.groupdict().items():
            if value:
                told.setdefault(key, value)
    return told


def _name(notice: Notice, letter: _Letter, told: dict[str, str]) -> str:
    if notice.name_class and (shown := letter.markup.by_class.get(notice.name_class)):
        return _person(shown)
    if told.get("name"):
        return _person(told["name"])
    if letter.from_name.casefold() not in notice.not_names:
        for pattern in notice.from_names:
            if found := pattern.search(letter.from_name):
                return _person(found.group("name"))
    return ""


def _person(shown: str) -> str:
    return without_links(_one_line(shown)).strip()[:_LONGEST_NAME]


def _handle(sender: Sender, notice: Notice, letter: _Letter, told: dict[str, str]) -> str:
    for pattern in notice.handle_links:
        for link in letter.links:
            if found := pattern.search(link):
                return without_links(_one_line(_unescaped(found.group("handle"))))[:_LONGEST_NAME]
    said = without_links(told.get("handle", "")).lstrip("@")[:_LONGEST_NAME]
    if not said:
        return ""
    if sender.any_server and "@" not in said:
        said = f"{said}@{letter.list_server or letter.from_domain}"
    return f"@{said}"


def _unescaped(handle: str) -> str:
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), handle)


def _details(notice: Notice, letter: _Letter, name: str) -> tuple[str, str]:
    """What stands below the person's name, up to the network's buttons: what they do, and where they live."""
    at = _where_named(notice, letter, name)
    if at is None:
        return "", ""
    said: list[str] = []
    for line in letter.lines[at + 1 : at + 5]:
        if line.startswith(notice.details_end):
            break
        said.append(without_links(line).strip())
    else:
        return "", ""  # No button follows, so this is no such block.
    said = [line for line in said if line]
    return "\n".join(said[:1])[:_LONGEST_TEXT], said[1][:_LONGEST_NAME] if len(said) == 2 else ""


def _note(notice: Notice, letter: _Letter, name: str) -> str:
    """What the person wrote with it: between the greeting and their name, without the network's own sentence."""
    at = _where_named(notice, letter, name)
    if at is None or notice.greeting is None:
        return ""
    begin = next((number for number in range(at) if notice.greeting.search(letter.lines[number])), None)
    if begin is None:
        return ""
    said = " \n".join([notice.greeting.sub("", letter.lines[begin]), *letter.lines[begin + 1 : at]])
    for pattern in notice.stock:
        said = pattern.sub("", said)
    kept = [without_links(line, "[link]").strip() for line in said.split("\n")]
    return "\n".join(line for line in kept if line)[:_LONGEST_TEXT]


def _where_named(notice: Notice, letter: _Letter, name: str) -> int | None:
    if not notice.details_end or not name:
        return None
    return next((number for number, line in enumerate(letter.lines) if line == name), None)


# What to know about it


def _notes(count: Counter[str], silent: Counter[Network]) -> tuple[str, ...]:
    """Sentences about what was left out and what to doubt. INVARIANT: counts and networks' names, nothing else."""
    notes = []
    if number := count["in a file"]:
        which, them = ("one mail", "it") if number == 1 else (f"{number:,} mails", "them")
        notes.append(
            f"Nobody vouches for {which} that came as a file: anybody could have written {them}. Take {them} as a"
            " claim, and look on the network itself."
        )
    if number := count["not vouched"]:
        them, they = ("it", "it") if number == 1 else ("them", "they")
        notes.append(
            f"{_mails_number(number, 'carries', 'carry')} no signature of the network that your mail server found"
            f" good. Anybody could have sent {them}: look on the network itself whether {they}"
            f" {'is' if number == 1 else 'are'} there."
        )
    if number := count["unproven"]:
        notes.append(
            f"{_mails_number(number, 'was', 'were')} read by a pattern that could not be tried on a real mail."
            " Look on the network itself."
        )
    if number := count["elsewhere"]:
        notes.append(
            f"{_mails_number(number, 'looks', 'look')} like a network's but came from another address: passed on by"
            " somebody, or made up. Left out; better not to press anything in such a mail."
        )
    for network, number in sorted(silent.items()):
        notes.append(
            f"{_mails_number(number, 'comes', 'come')} from {network_steps(network).name}. Demur knows no mail of"
            " theirs that tells of a request."
        )
    if number := count["other"]:
        notes.append(f"{_mails_number(number, 'tells', 'tell')} of no request.")
    if number := count["too large"]:
        notes.append(f"{_mails_number(number, 'is', 'are')} larger than 25 MB and {_was(number)} left out.")
    if number := count["unreadable"]:
        notes.append(f"{_mails_number(number, 'is', 'are')} broken and {_was(number)} left out.")
    if count["too many"]:
        notes.append(f"A file holds more than {MOST_MAILS:,} mails. The others were not read.")
    if number := count["no mail"]:
        notes.append("One file is no mail." if number == 1 else f"{number:,} files are no mails.")
    if number := count["unopened"]:
        notes.append("One file could not be opened." if number == 1 else f"{number:,} files could not be opened.")
    return tuple(notes)


def _mails_number(number: int, one: str, more: str) -> str:
    return f"One mail {one}" if number == 1 else f"{number:,} mails {more}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
