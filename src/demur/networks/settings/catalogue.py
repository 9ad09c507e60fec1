"""Which settings of each network matter to somebody who serves people, and what to choose.

A network is one file, `<network>.toml`, named after its member of `core.accounts.Network`:

    cautions = ["..."]                 sentences that hold for the whole network; at least one
    [first]                            for each purpose, the keys that matter most, in their order: at most MOST_FIRST
    personal = ["fb-follow"]
    professional = [...]
    agency = [...]

and one `[[setting]]` for each setting:

    key = "fb-follow"                  unique over all networks; it is kept in stores, so it never changes
    name = "Who can follow me"         as on screen, as far as a source says
    why = "..."                        one sentence about a client
    recommended = { personal = "Friends", professional = "Public", agency = "n/a" }
                                       for each purpose; "n/a" where the setting doesn't exist for such an account
    when_closed = { agency = "Off" }   may be left out: what differs where people may not write to an account for work
    leaves_open = "..."                what it does not protect from
    path = "Settings → ..."            the menu; or possible_path, where no source says so; or no_path, the reason
    links = ["https://..."]            addresses, the likelier first; or no_link, the reason
    reads = [{ origin = "export", member = "...", field = "...", values = { on = "On" } }]
                                       where its value is read (see `ReadFrom`), in place of asking; or not_read, the
                                       reason. May have `within = true` and `part = "Duet"`. A field of labels is
                                       "true" where the label is there
    fits = { personal = ["On"] }       with reads only: which values are as good as recommended; [] or left out where
                                       only the recommended words themselves are
    checked_on = 2026-11-22            the day on which somebody read the sources last; nothing was tried
    standing = "confirmed"             confirmed | weak | old | unsourced (see `Standing`)
    sources = ["META-FOL"]             ids of `sources.toml`; or no_source, the reason

`sources.toml` says who they are: id, words, date (theirs: a year, a month, a day, or "undated"), and url or no_url.
A file with a missing, an empty or an unknown field does not load.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from demur.core.accounts import Network, Purpose
from demur.core.settings import Origin, ReadFrom, Setting, SettingsCatalogue, SettingSource, Standing

NETWORKS = tuple(network for network in Network if network is not Network.OTHER)
"""The networks that have a file."""

NOT_TRIED = "Menus move. These settings come from public sources and were not tried on a live account."

STALE_DAYS = 180
"""After how many days the sources of a setting should be read again."""

MOST_FIRST = 8
"""How many settings a network may put first: a check-up has at most that many steps."""

_NOT_THERE = "n/a"
_FILE_FIELDS = frozenset({"cautions", "first", "setting"})
_ALWAYS = frozenset({"key", "name", "why", "recommended", "leaves_open", "checked_on", "standing"})
_EITHER = (
    ("path", "possible_path", "no_path"),
    ("links", "no_link"),
    ("reads", "not_read"),
    ("sources", "no_source"),
)
_READ_FIELDS = frozenset({"origin", "member", "field", "values"})
_PURPOSES = frozenset(purpose.value for purpose in Purpose)

Table = Mapping[str, Any]


@cache
def settings_of(network: Network) -> SettingsCatalogue:
    """The settings of one network. Raises ValueError naming the file, the key and the field that is wrong.

    OTHER has no file, and is a ValueError, too.
    """
    if network is Network.OTHER:
        raise ValueError("only a network that is known by name has settings")
    return read_settings(network, _data(f"{network.value}.toml"), sources())


@cache
def sources() -> Mapping[str, SettingSource]:
    """Everybody whom the settings rest on, by id."""
    return read_sources(_data("sources.toml"))


def stale(catalogues: Iterable[SettingsCatalogue], today: date, days: int = STALE_DAYS) -> tuple[Setting, ...]:
    """The settings whose sources were read last more than `days` ago, the oldest first."""
    limit = today - timedelta(days=days)
    found = [one for catalogue in catalogues for one in catalogue.settings if one.checked_on < limit]
    return tuple(sorted(found, key=lambda setting: (setting.checked_on, setting.key)))


def known_by(setting: Setting) -> str:
    """How well a setting is known, in words that a reader can weigh, with its sources and the day of reading."""
    if setting.standing is Standing.UNSOURCED:
        return f"{setting.no_source} The switch may have another name."
    said = "; ".join(f"{source.words} ({source.date})" for source in setting.sources)
    day = f"read {setting.checked_on.isoformat()}"
    if setting.standing is Standing.OLD:
        return f"From an older source: {said}; {day}. The switch may have another name today."
    if setting.standing is Standing.WEAK:
        return f"From others' texts alone: {said}; {day}. It is likely, not sure."
    return f"{said}; {day}."


def read_settings(network: Network, data: Table, by_id: Mapping[str, SettingSource]) -> SettingsCatalogue:
    """Check one network's data against the format above."""
    where = f"{network.value}.toml"
    _same_fields(data, _FILE_FIELDS, where)
    _filled(data["cautions"], f"{where}: cautions")
    settings = tuple(_setting(network, table, by_id, where) for table in data["setting"])
    _filled(settings, f"{where}: setting")
    keys = [setting.key for setting in settings]
    if len(set(keys)) < len(keys):
        raise ValueError(f"{where}: a key stands there twice")
    _same_fields(data["first"], _PURPOSES, f"{where}, first")
    first = {Purpose(purpose): tuple(named) for purpose, named in data["first"].items()}
    for purpose, named in first.items():
        there = {setting.key for setting in settings if purpose in setting.recommended}
        if not named or not set(named) <= there or len(set(named)) < len(named) or len(named) > MOST_FIRST:
            raise ValueError(
                f"{where}, first: {purpose.value} needs 1 to {MOST_FIRST} keys, each once, of settings that it has"
            )
    digest = hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:12]
    return SettingsCatalogue(network, settings, MappingProxyType(first), tuple(data["cautions"]), digest)


def read_sources(data: Table) -> Mapping[str, SettingSource]:
    """Check the sources against the format above."""
    _same_fields(data, frozenset({"source"}), "sources.toml")
    found: dict[str, SettingSource] = {}
    for row in data["source"]:
        where = f"sources.toml, {row.get('id', '?')}"
        either = _one_of(row, ("url", "no_url"), where)
        _same_fields(row, frozenset({"id", "words", "date", either}), where)
        for field, value in row.items():
            _filled(value, f"{where}: {field}")
        if row["id"] in found:
            raise ValueError(f"{where}: the id stands there twice")
        found[row["id"]] = SettingSource(**row)
    return MappingProxyType(found)


def _data(name: str) -> Table:
    return tomllib.loads(files("demur.networks.settings").joinpath(name).read_text("utf-8"))


def _setting(network: Network, table: Table, by_id: Mapping[str, SettingSource], file: str) -> Setting:
    where = f"{file}, {table.get('key', 'a setting without a key')}"
    chosen = [_one_of(table, fields, where) for fields in _EITHER]
    wanted = _ALWAYS | set(chosen) | ({"fits"} if "reads" in table else set())
    _same_fields({field: value for field, value in table.items() if field != "when_closed"}, wanted, where)
    for field, value in table.items():
        _filled(value, f"{where}: {field}")
    _same_fields(table["recommended"], _PURPOSES, f"{where}, recommended")
    for field in ("when_closed", "fits"):
        if not set(table.get(field, {})) <= _PURPOSES:
            raise ValueError(f"{where}, {field}: only {', '.join(sorted(_PURPOSES))}")
    for purpose, words in table["recommended"].items():
        _filled(words, f"{where}: recommended {purpose}")
    if type(table["checked_on"]) is not date:
        raise ValueError(f"{where}: checked_on is a day, as in 2026-11-22")
    standing = Standing.read(table["standing"])
    if (standing is Standing.UNSOURCED) != ("no_source" in table):
        raise ValueError(f"{where}: a setting that is {standing.value} and what is said of its sources don't fit")
    if standing is Standing.UNSOURCED and "path" in table:
        raise ValueError(f"{where}: a menu without a source is a possible_path")
    if unknown := [named for named in table.get("sources", ()) if named not in by_id]:
        raise ValueError(f"{where}: unknown source {', '.join(unknown)}")
    if not all(link.startswith("https://") for link in table.get("links", ())):
        raise ValueError(f"{where}: a link begins with https://")
    recommended = {Purpose(purpose): words for purpose, words in table["recommended"].items() if words != _NOT_THERE}
    when_closed = {Purpose(purpose): words for purpose, words in table.get("when_closed", {}).items()}
    if not set(when_closed) <= set(recommended) - {Purpose.PERSONAL}:
        raise ValueError(f"{where}, when_closed: only accounts for work that have the setting")
    return Setting(
        key=table["key"],
        network=network,
        name=table["name"],
        why=table["why"],
        recommended=MappingProxyType(recommended),
        when_closed=MappingProxyType(when_closed),
        leaves_open=table["leaves_open"],
        path=table.get("path", ""),
        possible_path=table.get("possible_path", ""),
        no_path=table.get("no_path", ""),
        links=tuple(table.get("links", ())),
        no_link=table.get("no_link", ""),
        reads=tuple(_read(row, where) for row in table.get("reads", ())),
        not_read=table.get("not_read", ""),
        fits=MappingProxyType({Purpose(purpose): tuple(words) for purpose, words in table.get("fits", {}).items()}),
        checked_on=table["checked_on"],
        standing=standing,
        sources=tuple(by_id[named] for named in table.get("sources", ())),
        no_source=table.get("no_source", ""),
    )


def _read(row: Table, where: str) -> ReadFrom:
    _same_fields({f: value for f, value in row.items() if f not in ("within", "part")}, _READ_FIELDS, f"{where}, reads")
    for field in ("origin", "member", "field"):
        _filled(row[field], f"{where}, reads: {field}")
    values = row["values"]
    if not all(words and raw == raw.lower() for raw, words in values.items()):
        raise ValueError(f"{where}, reads: values lead from lower case to words on screen")
    return ReadFrom(
        Origin.read(row["origin"]),
        row["member"],
        row["field"],
        MappingProxyType(dict(values)),
        row.get("within", False),
        row.get("part", ""),
    )


def _one_of(table: Table, fields: tuple[str, ...], where: str) -> str:
    there = [field for field in fields if field in table]
    if len(there) != 1:
        raise ValueError(f"{where}: exactly one of {', '.join(fields)}")
    return there[0]


def _same_fields(table: Table, wanted: frozenset[str] | set[str], where: str) -> None:
    missing, unknown = sorted(wanted - set(table)), sorted(set(table) - wanted)
    if missing:
        raise ValueError(f"{where}: missing {', '.join(missing)}")
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")


def _filled(value: object, where: str) -> None:
    if not value or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"{where} is empty")
