"""Reads what somebody published, and whom they are tied to, out of whatever exports were given together.

One thing at a time, so that memory doesn't grow with the export; private messages are never opened. Reading never
raises for what is in a file: what can't be read comes out as `Skipped`, and the result is then partial.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType

from demur.core.accounts import Network
from demur.core.posted import Item, Opened, Place, Progress, Skipped
from demur.networks.exports import (
    bluesky,
    car,
    facebook,
    instagram,
    linkedin,
    mastodon,
    missing,
    recognising,
    snapchat,
    tiktok,
    x,
)
from demur.networks.exports.archive import Allowance, Archive, Given, Member, Unreadable, open_archives
from demur.networks.exports.asking import how_to_ask
from demur.networks.exports.kinds import File, Form, Kind
from demur.networks.exports.meta import is_picture
from demur.networks.exports.pieces import counted
from demur.networks.exports.repair import line, mended
from demur.networks.exports.streams import (
    Damaged,
    Entry,
    Go,
    Unfamiliar,
    json_entries,
    json_texts,
    table_entries,
    texts,
)

Found = Item | Skipped | Progress

KINDS: tuple[Kind, ...] = (
    *facebook.KINDS,
    *instagram.KINDS,
    *x.KINDS,
    *linkedin.KINDS,
    *tiktok.KINDS,
    *snapchat.KINDS,
    *mastodon.KINDS,
    *bluesky.KINDS,
)
"""All kinds of files that are read. A network that is added adds its own here."""

BROKEN_OFF = "It is broken off or damaged. What comes before that is read. Download the export once more."
ENTRIES = "{count} in it could not be read."
UNFAMILIAR = "Nothing in it is as Demur knows it from such a file, so it was left out."
NOTHING = "No export that Demur knows is in it."
LEFT_OUT = "{count} not looked at, because their paths lead elsewhere."
PAGES = "It came as web pages (HTML), which Demur doesn't read. {ask}"
PLAIN = "It came as plain text, which Demur doesn't read. {ask}"

_FORMS = {"json": Form.JSON, "js": Form.SCRIPT, "csv": Form.TABLE, "html": Form.PAGE, "car": Form.CAR}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype html|html)", re.IGNORECASE)
_YTD = re.compile(r"window\.YTD\.([a-z_]{2,40})\.part[0-9]+ = ")
_PREFIXES = {
    **{network.value: (network,) for network in Network},
    **{alias: (Network.read(alias),) for alias in Network.aliases() if alias},
}
"""How people name a file that they put somewhere else."""
_PROGRESS_EVERY = 100
"""Items after which it is said how far reading is."""
_MOST_HELD = 96 * 1024 * 1024
"""Bytes of zips that lie in a zip: they are held while they are read."""
_LARGEST_PAGE = 8 * 1024 * 1024
_LARGEST_PHOTO = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Job:
    archive: Archive
    member: Member
    kinds: tuple[Kind, ...]
    file: File
    size: int


class Exports(AbstractContextManager["Exports"]):
    """The exports that were given, opened: what is in them, and everything in them one after the other."""

    def __init__(self, given: Sequence[Given], today: date) -> None:
        self._today = today
        self._stack = ExitStack()
        self._archives: list[Archive] = []
        self._jobs: list[_Job] = []
        self._photos: defaultdict[tuple[str, str], list[tuple[Archive, Member]]] | None = None
        skipped: list[Skipped] = []
        allowance = Allowance(_MOST_HELD)
        for one in given:
            try:
                self._archives += open_archives(one, self._stack, allowance)
            except Unreadable as problem:
                skipped.append(Skipped(Place(_name(one), ""), str(problem)))
        skipped += self._list()
        self.opened = Opened(
            networks=self._networks(),
            members=len(self._jobs),
            bytes_to_read=sum(job.size for job in self._jobs),
            as_of=self._as_of(),
            skipped=tuple(skipped),
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def digest(self) -> str:
        """Tells these very files from others, so that a stopped reading goes on in the right ones (hex SHA-256)."""
        digest = hashlib.sha256()
        for job in self._jobs:
            source = job.member.source
            checked = source.CRC if isinstance(source, zipfile.ZipInfo) else 0
            digest.update(repr((job.file.part, job.file.folders, job.file.name, job.size, checked)).encode())
        return digest.hexdigest()

    def read(self, passed: int = 0) -> Iterator[Found]:
        """Everything, in an order that is the same each time, after the first `passed` items.

        First what could not be opened at all. `Progress` comes between, and once more at the end.
        """
        yield from self.opened.skipped
        total = self.opened.bytes_to_read
        before, items = 0, 0
        yield Progress(0, total)
        for job in self._jobs:
            for found, read in _items(job):
                if isinstance(found, Skipped):
                    yield found
                    continue
                items += 1
                if items > passed:
                    yield found
                if items % _PROGRESS_EVERY == 0:
                    yield Progress(before + min(read, job.size), total)
            before += job.size
            yield Progress(before, total)

    def photo(self, place: Place, name: str) -> bytes | None:
        """The content of a photo that an item names; None where it isn't in the exports, or is larger than any is."""
        if self._photos is None:
            self._photos = defaultdict(list)
            for archive in self._archives:
                for member in archive.members:
                    if is_picture(member.name):
                        self._photos[_tail(member.folders), member.name].append((archive, member))
        *folders, last = map(line, name.split("/"))
        found = self._photos.get((_tail(folders), last), [])
        if not found:
            return None
        archive, member = next((one for one in found if one[0].name == place.part), found[0])
        content = bytearray()
        try:
            for piece in archive.pieces(member):
                content += piece
                if len(content) > _LARGEST_PHOTO:
                    return None
        except Unreadable:
            return None
        return bytes(content)

    def _list(self) -> list[Skipped]:
        skipped: list[Skipped] = []
        seen: set[tuple[object, ...]] = set()
        for archive in self._archives:
            place = Place(archive.name, "")
            skipped += [Skipped(place, problem) for problem in archive.problems]
            if archive.left_out:
                count = counted(archive.left_out, "file was", "files were")
                skipped.append(Skipped(place, LEFT_OUT.format(count=count)))
            jobs = [job for member in archive.members if (job := self._job(archive, member)) is not None]
            if not jobs:
                skipped += [Skipped(place, why) for why in _other_forms(archive)]
            for job in jobs:
                source = job.member.source
                if isinstance(source, zipfile.ZipInfo):
                    # Several parts of one export may hold the same file.
                    same = (job.file.stem, _tail(job.file.folders), source.CRC, source.file_size)
                    if same in seen:
                        continue
                    seen.add(same)
                self._jobs.append(job)
            skipped += _not_there(archive)
        if not self._jobs and not skipped:
            skipped = [Skipped(Place(archive.name, ""), NOTHING) for archive in self._archives]
        return skipped + missing.parts(job.file for job in self._jobs if any(kind.numbered for kind in job.kinds))

    def _job(self, archive: Archive, member: Member) -> _Job | None:
        form = _FORMS.get(member.name.lower().rpartition(".")[2])
        if form is None:
            return None
        folder = _tail(member.folders).lower()
        for stem, networks in _stems(archive, member, form):
            kinds = tuple(kind for kind in KINDS if kind.network in networks and kind.claims(stem, form, folder))
            if kinds:
                break
        else:
            return None
        file = File(kinds[0].network, archive.name, member.folders, member.name, stem, self._today)
        return _Job(archive, member, kinds, file, archive.size(member))

    def _networks(self) -> tuple[Network, ...]:
        """Those that the files are of; a name that several networks use says nothing where another file says more."""
        candidates = [{kind.network for kind in job.kinds} for job in self._jobs]
        found = {network for networks in candidates if len(networks) == 1 for network in networks}
        found |= {
            job.file.network for job, networks in zip(self._jobs, candidates, strict=True) if not networks & found
        }
        return tuple(network for network in Network if network in found)

    def _as_of(self) -> datetime | None:
        days = (job.archive.day(job.member, self._today) for job in self._jobs)
        newest = max((found for found in days if found is not None), default=None)
        return datetime(newest.year, newest.month, newest.day, tzinfo=UTC) if newest is not None else None


def _items(job: _Job) -> Iterator[tuple[Item | Skipped, int]]:
    """What one file holds, each with how many bytes of it were read by then."""
    read = 0
    times = 2 if job.kinds[0].form is Form.CAR else 1

    def pieces() -> Iterator[bytes]:
        nonlocal read
        for piece in job.archive.pieces(job.member):
            read += len(piece) // times
            yield piece

    place = job.file.place(0)
    files = {kind: replace(job.file, network=kind.network) for kind in job.kinds}
    unread = 0
    seen = taken = False
    try:
        for entry in _entries(job, pieces):
            kind = next((kind for kind in job.kinds if kind.takes(entry)), None)
            # A value that stands alone says little: an outbox without posts has its count and its address, too.
            seen = seen or entry.index >= 0 or isinstance(entry.value, dict | list)
            if kind is None:
                continue
            taken = True
            for item in kind.read(entry, files[kind]):
                if item is None:
                    unread += 1
                else:
                    yield item, read
    except Damaged:
        yield Skipped(place, BROKEN_OFF), read
    except Unfamiliar:
        seen, taken = True, False
    except Unreadable as problem:
        yield Skipped(place, str(problem)), read
    if seen and not taken:
        yield Skipped(place, UNFAMILIAR), read
    if unread:
        yield Skipped(place, ENTRIES.format(count=counted(unread, "entry", "entries"))), read


def _entries(job: _Job, pieces: Callable[[], Iterator[bytes]]) -> Iterator[Entry]:
    form = job.kinds[0].form
    if form is Form.CAR:
        yield from car.entries(pieces)
        return
    ahead = pieces()
    beginning = next(ahead, b"")
    text = texts(chain((beginning,), ahead))
    if form is Form.PAGE:
        yield Entry((), 0, "".join(_up_to(text, _LARGEST_PAGE)))
    elif _PAGE.match(beginning):
        raise Unreadable(PAGES.format(ask=how_to_ask(job.kinds[0].network)))
    elif form is Form.TABLE:
        yield from table_entries(text, [kind.headings for kind in job.kinds], job.kinds[0].backslashes)
    else:
        yield from json_entries(json_texts(text, script=form is Form.SCRIPT), _choice(job.kinds))


def _choice(kinds: Sequence[Kind]) -> Callable[[tuple[str, ...]], Go]:
    """What those kinds of a file that may hold a key do with it."""

    def choose(path: tuple[str, ...]) -> Go:
        asked = (kind.choose(path) for kind in kinds if not path or re.fullmatch(kind.roots, path[0]))
        return next((go for go in asked if go is not Go.IN), Go.IN)

    return choose


def _up_to(pieces: Iterable[str], most: int) -> Iterator[str]:
    for piece in pieces:
        if most <= 0:
            return
        yield piece[:most]
        most -= len(piece)


def _other_forms(archive: Archive) -> list[str]:
    """What to say of an export that holds nothing that is read, but web pages or plain text."""
    pages = [member for member in archive.members if member.name.lower().endswith((".html", ".htm"))]
    named = {recognising.hint(archive, member) for member in pages} - {None}
    if named:
        return [PAGES.format(ask=how_to_ask(network)) for network in Network if network in named]
    if pages:
        return [PAGES.format(ask=how_to_ask(None))]
    if any(tiktok.is_plain_text(member.name) for member in archive.members):
        return [PLAIN.format(ask=how_to_ask(Network.TIKTOK))]
    return []


def _not_there(archive: Archive) -> list[Skipped]:
    """The files that X's own list of its archive names and that are not in it."""
    names = {member.name for member in archive.members}
    skipped: list[Skipped] = []
    for member in archive.members:
        if member.name == x.MANIFEST:
            try:
                text = "".join(json_texts(texts([archive.read(member, Allowance())]), script=True))
            except (Unreadable, Damaged):
                continue
            skipped += missing.listed(x.listed_files(text), names, archive.name)
    return skipped


def _stems(archive: Archive, member: Member, form: Form) -> Iterator[tuple[str, Container[Network]]]:
    """What a file may be called: as it is, without the network's name before it, or as X's own first words say."""
    stem = recognising.stem(member.name)
    yield stem, tuple(Network)
    prefix, _, rest = stem.partition("_")
    if rest:
        yield rest, _PREFIXES.get(prefix, ())
    if form is Form.SCRIPT and len(archive.members) == 1:
        with suppress(Unreadable):
            if named := _YTD.match(next(archive.pieces(member), b"")[:200].decode("utf-8-sig", "replace")):
                yield recognising.stem(f"{named[1]}.js"), (Network.X,)


def _tail(folders: Sequence[str]) -> str:
    return folders[-1] if folders else ""


def _name(given: Given) -> str:
    return line(mended(given.name if isinstance(given, Path) else given[0].replace("\\", "/").rpartition("/")[2]))
