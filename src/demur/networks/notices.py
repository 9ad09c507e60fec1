"""What networks' mails about requests look like, as data with examples both ways.

A network is one file, `notifications/<network>.toml`, named after its member of `core.accounts.Network`:

    network = "linkedin"
    domains = ["linkedin.com"]         the sender's domain is one of these, or below one
    any_server = true                  where everybody may run a server: other domains count by their List-ID
    notices = []                       where no mail of theirs that tells of a request is known

and one `[[notices]]` for each kind of mail. It is met where the sender and the list fit, nothing of `unless` stands in
the subject, and a subject, a line of the text or a link fits. Patterns are RE2; straight quotes stand for curly ones,
and their groups `name` and `handle` are whom the mail is about.

    kind = "friend"                    a member of `RequestKind`
    known = "whole"                    whole | subject | unproven: how well such mails are known
    source, checked_on                 who says so, in words, and when that was read
    senders = ["invitations"]          what stands before the @; any where it is not given
    list_type = "follow_request"       how its List-ID begins, before the name and the server
    subjects, lines, links, unless     patterns; links are looked at and never kept
    from_names, not_names              how the sender's name gives the person's, and what is no person
    handle_links                       how a link gives the handle
    name_class                         the class in HTML around the person's name
    greeting, stock                    how a letter begins, and the network's own sentence in place of a note
    details_end                        how the line begins that ends what is said about the person
    [[notices.flags]] [[notices.passes]]   from, subject and what else the mail has; whom it is about

A file with a missing or an unknown field, or a notice without examples both ways, does not load.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import re2

from demur.core.accounts import Network
from demur.core.content import RequestKind
from demur.core.vocabulary import Word

_FILE_FIELDS = frozenset({"network", "domains", "any_server", "notices"})
_FILE_NEEDS = frozenset({"network", "domains", "notices"})
_NOTICE_NEEDS = frozenset({"kind", "known", "source", "checked_on", "subjects", "flags", "passes"})
_NOTICE_FIELDS = _NOTICE_NEEDS | {
    "senders", "list_type", "lines", "links", "unless", "from_names", "not_names", "handle_links", "name_class",
    "greeting", "stock", "details_end",
}  # fmt: skip
_EXAMPLE_FIELDS = frozenset({"from", "subject", "text", "html", "list_id", "name", "handle", "bio", "city", "message"})


class Known(Word):
    """How well a kind of mail is known: read in whole, by subjects that others wrote down, or not at all."""

    WHOLE = "whole"
    SUBJECT = "subject"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Example:
    """A mail with what is to be read in it; everything that is not said is empty."""

    sender: str
    subject: str
    text: str = ""
    html: str = ""
    list_id: str = ""
    name: str = ""
    handle: str = ""
    bio: str = ""
    city: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of mail about a request; the docstring of this module tells what each field is for."""

    kind: RequestKind
    known: Known
    senders: frozenset[str]
    list_type: str
    subjects: tuple[Any, ...]
    lines: tuple[Any, ...]
    links: tuple[Any, ...]
    unless: tuple[Any, ...]
    from_names: tuple[Any, ...]
    not_names: frozenset[str]
    handle_links: tuple[Any, ...]
    name_class: str
    greeting: Any
    stock: tuple[Any, ...]
    details_end: tuple[str, ...]
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """A network that sends mails, with the kinds that tell of requests; none where no such mail is known."""

    network: Network
    domains: tuple[str, ...]
    any_server: bool
    notices: tuple[Notice, ...]

    def owns(self, domain: str) -> bool:
        """Whether a domain is one of the network's own, or below one."""
        return any(is_within(domain, own) for own in self.domains)


def is_within(domain: str, other: str) -> bool:
    """Whether a domain is another one, or below it: never only by its letters, as `evil-linkedin.com` would be."""
    return domain == other or domain.endswith(f".{other}")


@cache
def senders() -> tuple[Sender, ...]:
    """Every network that is known to send mails. Raises ValueError naming the file and what is wrong in it."""
    folder = files("demur.networks").joinpath("notifications")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(read_sender(tomllib.loads(each.read_text("utf-8")), each.name) for each in found)


def read_sender(data: Mapping[str, Any], where: str) -> Sender:
    """Check one network's data against the format above. `where` names the file in a complaint."""
    _same_fields(frozenset(data), _FILE_NEEDS, _FILE_FIELDS, where)
    network = Network.read(data["network"])
    if where != f"{network.value}.toml":
        raise ValueError(f"{where}: the file is named after its network")
    try:
        notices = tuple(_notice(each, where) for each in data["notices"])
    except re2.error:
        raise ValueError(f"{where}: a pattern is not RE2") from None
    return Sender(network, tuple(data["domains"]), bool(data.get("any_server", False)), notices)


def _notice(data: Mapping[str, Any], where: str) -> Notice:
    _same_fields(frozenset(data), _NOTICE_NEEDS, _NOTICE_FIELDS, where)
    if not data["flags"] or not data["passes"]:
        raise ValueError(f"{where}: a notice needs examples both ways")
    if not data["source"] or not data["checked_on"]:
        raise ValueError(f"{where}: a notice needs its source and the day on which that was read")
    return Notice(
        kind=RequestKind.read(data["kind"]),
        known=Known.read(data["known"]),
        senders=frozenset(data.get("senders", ())),
        list_type=data.get("list_type", ""),
        subjects=_patterns(data, "subjects"),
        lines=_patterns(data, "lines"),
        links=_patterns(data, "links"),
        unless=_patterns(data, "unless"),
        from_names=_patterns(data, "from_names"),
        not_names=frozenset(name.casefold() for name in data.get("not_names", ())),
        handle_links=_patterns(data, "handle_links"),
        name_class=data.get("name_class", ""),
        greeting=re2.compile(data["greeting"]) if "greeting" in data else None,
        stock=_patterns(data, "stock"),
        details_end=tuple(data.get("details_end", ())),
        flags=tuple(_example(each, where) for each in data["flags"]),
        passes=tuple(_example(each, where) for each in data["passes"]),
    )


def _patterns(data: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(re2.compile(pattern) for pattern in data.get(name, ()))


def _example(data: Mapping[str, Any], where: str) -> Example:
    _same_fields(frozenset(data), frozenset({"from", "subject"}), _EXAMPLE_FIELDS, f"{where}, an example")
    said = {name: value for name, value in data.items() if name != "from"}
    return Example(sender=data["from"], **said)


def _same_fields(given: frozenset[str], needed: frozenset[str], allowed: frozenset[str], where: str) -> None:
    missing, unknown = sorted(needed - given), sorted(given - allowed)
    if missing:
        raise ValueError(f"{where}: missing {', '.join(missing)}")
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")
