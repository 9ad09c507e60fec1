"""Opens what a network gave somebody (a zip, a folder, a single file) within limits, and unpacks nothing to disk.

An export is hostile input: other people's names and messages are in it, and the file itself may be made by anyone.
So only the few members that are needed are read, each and all of them up to a limit, by what really comes out and not
by what the zip says; a member whose path leads out of its folder, and a link, are not looked at.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from demur.networks.exports.days import EARLIEST, day_in_name
from demur.networks.exports.repair import line, mended

Given = Path | tuple[str, bytes]
"""A file or folder by where it lies, or a file by its name and content."""

MOST_MEMBERS = 200_000
MOST_IN_ONE = 64 * 1024 * 1024
"""Bytes of one member."""
MOST_IN_ALL = 256 * 1024 * 1024
"""Bytes of all members that are read for one question."""
MOST_EXPANSION = 200
"""How many times its packed size a member may have; lists of people reach about twenty."""
MOST_INNER = 100
"""Zips that lie in what was given; each stays open."""
_EXPANSION_FROM = 1024 * 1024
_PIECE = 64 * 1024

_TAR = (".tar.gz", ".tgz")
_OTHERS = (b"7z\xbc\xaf", b"Rar!")
"""How the ways of packing begin that aren't read."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_PRIVATE = frozenset({"messages", "direct_messages_media", "direct_messages_group_media", "chat_media"})
"""Folders of private messages; a zip in them is what somebody sent, and stays shut."""
_LOCAL_HEADER = 30
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UTF_8 = 0x800
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
    OverflowError, IndexError, KeyError,
)  # fmt: skip
"""What `zipfile` and `tarfile` raise on what is none; they have no exception of their own for all of it."""
_JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


class Unreadable(Exception):
    """A file that can't be read; the message is a sentence for the person, and never repeats its name or content."""


TOO_MANY = "There are more files in it than Demur looks through. Bring in a part of it at a time."
NOT_WHOLE = "A zip is not whole, so nothing in it could be read. Download it once more."
LOCKED = "A zip is locked with a password. Unpack it, and bring in the folder or the files you need."
ZIP_TOO_LARGE = "A zip inside it is too large to look into. Unpack it, and bring in what was inside."
TOO_LARGE = "A file in it is larger than an export's list of requests can be, so it was left out."
UNPACKED_TOO_LARGE = "A file in it grows far too much when it is unpacked, so it was left out."
ODD_PACKING = "A file in it is packed in a way that Demur doesn't open. Unpack it, and bring in the folder."
NOT_THERE = "A file could not be opened. See that it is still where it was."
NO_FILE = "This is neither a file nor a folder. Bring in the zip, or the folder that came out of it."
TOO_MANY_ZIPS = f"There are more than {MOST_INNER} zips in it, and only the first were read. Bring in the others alone."
TOO_DEEP = "A zip lies two zips deep and was not opened. Unpack the outer one, and bring in what was inside."
OVERLAPPING = "Some files in a zip lie over each other, as no network packs them, so they were left out."
SHUT = "A folder in it could not be opened, so what is in it was not read."


@dataclass(slots=True)
class Allowance:
    """How many more bytes may be read, over all files that were given together."""

    left: int = MOST_IN_ALL

    def take(self, count: int) -> None:
        """Raises Unreadable where that is more than is left."""
        if count > self.left:
            self.left = 0
            raise Unreadable(TOO_LARGE)
        self.left -= count


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: where it lies in it, in mended letters, and the day it was last changed."""

    folders: tuple[str, ...]
    name: str
    changed: date | None
    source: zipfile.ZipInfo | tarfile.TarInfo | Path | bytes


@dataclass(slots=True)
class Archive:
    """What was given, listed but not read. `changed` is the day of the file itself, None where it isn't known."""

    name: str
    members: list[Member] = field(default_factory=list)
    changed: date | None = None
    left_out: int = 0
    """Members with a path that leads elsewhere, and links."""
    problems: list[str] = field(default_factory=list)
    """Sentences on zips inside it that could not be opened."""
    zipped: zipfile.ZipFile | None = None
    tarred: tarfile.TarFile | None = None
    _newest: tuple[date, date | None] | None = None
    """The day that was asked for, and the newest of the members' days up to it."""

    def read(self, member: Member, allowance: Allowance) -> bytes:
        """The content of a member. Raises Unreadable."""
        content = bytearray()
        for piece in self.pieces(member):
            content += piece
            if len(content) > MOST_IN_ONE:
                raise Unreadable(TOO_LARGE)
        allowance.take(len(content))
        return bytes(content)

    def size(self, member: Member) -> int:
        """Bytes of a member, unpacked, as far as the archive says."""
        source = member.source
        if isinstance(source, bytes):
            return len(source)
        try:
            if isinstance(source, zipfile.ZipInfo):
                return source.file_size
            return source.stat().st_size if isinstance(source, Path) else source.size
        except OSError:
            return 0

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The content of a member piece by piece, however long it is. Raises Unreadable, perhaps after some of it."""
        source = member.source
        if isinstance(source, bytes):
            yield from (source[start : start + _PIECE] for start in range(0, len(source), _PIECE))
            return
        limit = _largest(source) if isinstance(source, zipfile.ZipInfo) else None
        try:
            with source.open("rb") if isinstance(source, Path) else self._opened(source) as opened:
                read = 0
                while piece := opened.read(_PIECE):
                    read += len(piece)
                    if limit is not None and read > limit:
                        raise Unreadable(UNPACKED_TOO_LARGE)
                    yield piece
        except _BROKEN:
            raise Unreadable(NOT_THERE if isinstance(source, Path) else NOT_WHOLE) from None

    def day(self, member: Member, today: date) -> date | None:
        """The day that the export is of: as its names say, or as its newest file does; None where nothing tells."""
        for name in (*reversed(member.folders), self.name):
            if found := day_in_name(name, today):
                return found
        # INVARIANT: members are all listed by now. Looking for the newest anew for each would take quadratic time.
        if self._newest is None or self._newest[0] != today:
            days = [other.changed for other in self.members if other.changed and EARLIEST <= other.changed <= today]
            self._newest = today, max(days, default=None)
        if self._newest[1] is not None:
            return self._newest[1]
        if self.changed is not None and EARLIEST <= self.changed <= today:
            return self.changed
        return None

    def _opened(self, info: zipfile.ZipInfo | tarfile.TarInfo) -> IO[bytes]:
        if isinstance(info, tarfile.TarInfo):
            opened = self.tarred.extractfile(info) if self.tarred is not None else None
            if opened is None:
                raise Unreadable(NOT_WHOLE)
            return opened
        assert self.zipped is not None
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable(LOCKED)
        if info.compress_type not in _METHODS:
            raise Unreadable(ODD_PACKING)
        return self.zipped.open(info)


def _largest(info: zipfile.ZipInfo) -> int:
    """Bytes that a member may have, unpacked."""
    return max(_EXPANSION_FROM, info.compress_size * MOST_EXPANSION)


def open_archives(given: Given, opened: ExitStack, allowance: Allowance) -> list[Archive]:
    """The archive that was given, and the zips inside it, one level deep. Raises Unreadable.

    `opened` closes what stays open while members are read.
    """
    if isinstance(given, Path):
        try:
            outer = _folder(given) if given.is_dir() else _file(given, opened)
        except _BROKEN:
            raise Unreadable(NOT_THERE) from None
    else:
        name, content = given
        outer = _content(PurePosixPath(name.replace("\\", "/")).name, content, opened)
    archives = [outer]
    for member in outer.members:
        if not _may_be_packed(member):
            continue
        if len(archives) > MOST_INNER:
            outer.problems.append(TOO_MANY_ZIPS)
            break
        try:
            inner = _inner(outer, member, opened, allowance)
        except Unreadable as problem:
            outer.problems.append(ZIP_TOO_LARGE if str(problem) == TOO_LARGE else str(problem))
            continue
        if any(map(_may_be_packed, inner.members)):
            inner.problems.append(TOO_DEEP)
        archives.append(inner)
    return archives


def _may_be_packed(member: Member) -> bool:
    return member.name.lower().endswith((".zip", *_TAR)) and not any(
        folder.lower() in _PRIVATE for folder in member.folders
    )


def _inner(outer: Archive, member: Member, opened: ExitStack, allowance: Allowance) -> Archive:
    if isinstance(member.source, Path):
        try:
            return _file(member.source, opened)
        except _BROKEN:
            raise Unreadable(NOT_THERE) from None
    inner = _content(member.name, outer.read(member, allowance), opened)
    inner.changed = member.changed
    return inner


def _file(path: Path, opened: ExitStack) -> Archive:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):  # A pipe would be waited for, and a device has no end.
        raise Unreadable(NO_FILE)
    changed = _day(about.st_mtime)
    with path.open("rb") as opening:
        beginning = opening.read(4)
    archive = Archive(name=_shown(path.name), changed=changed)
    if beginning in _ZIP or _is_zip(path.name):
        _list_zip(archive, path, about.st_size, opened)
    elif _is_tar(path.name):
        _list_tar(archive, opened.enter_context(path.open("rb")), about.st_size, opened)
    elif beginning in _OTHERS:
        raise Unreadable(ODD_PACKING)
    else:
        archive.members.append(Member((), archive.name, changed, path))
    return archive


def _content(name: str, content: bytes, opened: ExitStack) -> Archive:
    archive = Archive(name=_shown(name))
    if content.startswith(_ZIP) or _is_zip(name):
        _list_zip(archive, content, len(content), opened)
    elif _is_tar(name):
        _list_tar(archive, io.BytesIO(content), len(content), opened)
    elif content.startswith(_OTHERS):
        raise Unreadable(ODD_PACKING)
    else:
        archive.members.append(Member((), archive.name, None, content))
    return archive


def _shown(name: str) -> str:
    """The name of a file or folder in letters that can be shown and kept, and no more of them than one has."""
    return line(mended(name))


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _is_tar(name: str) -> bool:
    return name.lower().endswith(_TAR)


_HELD_AT_ONCE = 256 * 1024
_MOST_STOPS = 256
_BETWEEN_STOPS = 4 * 1024 * 1024


class _Unpacked(io.RawIOBase):
    """What comes out of a gzip file, from anywhere in it, up to a length.

    `gzip` starts at the beginning for whatever lies before, so photos in an order of their own would take quadratic
    time. This one remembers how it stood every few megabytes: 256 times at most, of about 100 KB each.
    INVARIANT: `tarfile` takes in a header however long it says it is, so nothing long is read at once.
    """

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source = source
        self._most = most
        self._inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._piece = b""
        self._start = self._at = 0
        """Where the piece begins in all that comes out, and where the next byte is that will be read."""
        self._between = _BETWEEN_STOPS
        self._stops: list[tuple[int, int, Any]] = [(0, 0, self._inflating.copy())]
        """Bytes out and in by then, and the decompressor as it stood."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or not 0 <= offset <= self._most:
            raise tarfile.ReadError
        out, packed, inflating = self._stops[bisect_right(self._stops, offset, key=lambda stop: stop[0]) - 1]
        if offset < self._start or out > self._start + len(self._piece):
            self._source.seek(packed)
            self._inflating, self._piece, self._start = inflating.copy(), b"", out
        self._at = offset
        return offset

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _EXPANSION_FROM or self._at > self._most:
            raise tarfile.ReadError
        taken = bytearray()
        while len(taken) < size and self._has_piece():
            from_here = self._at - self._start
            part = self._piece[from_here : from_here + size - len(taken)]
            taken += part
            self._at += len(part)
        return bytes(taken)

    def _has_piece(self) -> bool:
        """Whether there is a piece with the next byte; false at the end."""
        while self._at >= self._start + len(self._piece):
            piece = self._next()
            if not piece:
                return False
            self._start += len(self._piece)
            self._piece = piece
            self._remember()
        return True

    def _next(self) -> bytes:
        while True:
            if self._inflating.eof:
                # Another gzip file may follow, or noughts that fill it up.
                packed = (self._inflating.unused_data or self._source.read(_PIECE)).lstrip(b"\0")
                if not packed:
                    return b""
                self._inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
            else:
                packed = self._inflating.unconsumed_tail or self._source.read(_PIECE)
                if not packed:
                    raise EOFError
            if piece := self._inflating.decompress(packed, _HELD_AT_ONCE):
                return piece

    def _remember(self) -> None:
        out = self._start + len(self._piece)
        if out < self._stops[-1][0] + self._between or self._inflating.eof:
            return
        self._stops.append((out, self._source.tell(), self._inflating.copy()))
        if len(self._stops) > _MOST_STOPS:
            self._between *= 2
            del self._stops[1::2]


def _list_tar(archive: Archive, source: IO[bytes], packed: int, opened: ExitStack) -> None:
    try:
        unpacked = _Unpacked(source, max(_EXPANSION_FROM, packed * MOST_EXPANSION))
        archive.tarred = opened.enter_context(tarfile.open(fileobj=cast("IO[bytes]", unpacked), mode="r:"))  # noqa: SIM115 - it is closed with all the others
        for info in archive.tarred:
            if info.isdir():
                continue
            _add(archive, info.name, info, _day(info.mtime), is_link=not info.isreg() or info.issparse())
            if len(archive.members) > MOST_MEMBERS:
                raise Unreadable(TOO_MANY)
    except _BROKEN:
        if not archive.members:
            raise Unreadable(NOT_WHOLE) from None
        archive.problems.append(NOT_WHOLE)


def _day(seconds: float) -> date | None:
    try:
        return date.fromtimestamp(seconds)
    except (ValueError, OverflowError, OSError):
        return None


def _add(
    archive: Archive, written: str, source: zipfile.ZipInfo | tarfile.TarInfo, changed: date | None, *, is_link: bool
) -> None:
    parts = written.replace("\\", "/").split("/")
    if parts[0] == ".":
        parts = parts[1:]
    if not parts or not parts[-1] or _is_junk(parts):
        return
    # No path is ever written to, but one that leads elsewhere was made by nobody who meant well.
    if not parts[0] or ".." in parts or _DRIVE.match(parts[0]) or is_link:
        archive.left_out += 1
        return
    folders = tuple(_shown(part) for part in parts[:-1] if part not in ("", "."))
    if archive.members and archive.members[-1].folders == folders:
        folders = archive.members[-1].folders  # One for all that lie together, for the sake of memory.
    archive.members.append(Member(folders, _shown(parts[-1]), changed, source))


def _list_zip(archive: Archive, source: Path | bytes, size: int, opened: ExitStack) -> None:
    try:
        zipped = opened.enter_context(zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source))
    except _BROKEN:
        raise Unreadable(NOT_WHOLE) from None
    infos: Sequence[zipfile.ZipInfo] = zipped.infolist()
    if len(infos) > MOST_MEMBERS:
        raise Unreadable(TOO_MANY)
    archive.zipped = zipped
    over = _lying_over_others(infos)
    if over:
        archive.problems.append(OVERLAPPING)
    days: dict[tuple[int, ...], date | None] = {}
    for info in infos:
        if info.header_offset in over:
            continue
        # What a zip says of how much it packed may be anything; it can't be more than the zip itself.
        info.compress_size = min(info.compress_size, size)
        stamp = info.date_time[:3]
        changed = days[stamp] if stamp in days else days.setdefault(stamp, _changed(info))
        _add(archive, _written(info), info, changed, is_link=stat.S_ISLNK(info.external_attr >> 16))
        info.date_time, info.extra = _NO_TIME, b""
    # An archive may hold 200,000 photos. Nobody asks `zipfile` for one by its name, so its own lists are let go.
    zipped.filelist.clear()
    zipped.NameToInfo.clear()


def _lying_over_others(infos: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Where members begin that lie in the bytes of another, or in the same: so a small zip may hold any amount."""
    found: set[int] = set()
    end, before = 0, -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found |= {before, info.header_offset}
        if (beyond := info.header_offset + _LOCAL_HEADER + info.compress_size) > end:
            end, before = beyond, info.header_offset
    return found


def _folder(top: Path) -> Archive:
    archive = Archive(name=_shown(top.resolve().name))
    waiting: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    while waiting:
        folder, names = waiting.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            archive.problems.append(SHUT)
            continue
        for entry in entries:
            try:
                about = entry.lstat()
            except OSError:
                archive.problems.append(NOT_THERE)
                continue
            if stat.S_ISLNK(about.st_mode):
                archive.left_out += 1
            elif stat.S_ISDIR(about.st_mode):
                waiting.append((entry, (*names, _shown(entry.name))))
            elif stat.S_ISREG(about.st_mode) and not _is_junk((*names, entry.name)):
                archive.members.append(Member(names, _shown(entry.name), _day(about.st_mtime), entry))
            if len(archive.members) + len(waiting) > MOST_MEMBERS:
                raise Unreadable(TOO_MANY)
    return archive


def _is_junk(parts: Sequence[str]) -> bool:
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1].lower() in _JUNK


def _written(info: zipfile.ZipInfo) -> str:
    """The name in a zip. Where it isn't marked as UTF-8, `zipfile` takes it for an old code page; most often it is."""
    if not info.flag_bits & _UTF_8:
        try:
            return info.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return info.filename


def _changed(info: zipfile.ZipInfo) -> date | None:
    try:
        return date(*info.date_time[:3])
    except ValueError:
        return None
