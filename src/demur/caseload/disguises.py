"""Undoes what people do to a name so that it isn't read: digits for letters, drawn-out, hidden and spaced letters.

Everything here proposes words for places in a text. A place is looked at only where the text shows a sign of a
disguise, and a proposal counts only where it is a word of a client's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise

import re2
from rapidfuzz.distance import OSA

from demur.caseload.index import CALLED_KINDS, CaseloadIndex, Kind, deletions
from demur.caseload.mentions import mention
from demur.caseload.names import FoldedText
from demur.caseload.reading import Reading
from demur.caseload.tables import everyday_words
from demur.core.findings import Confidence

Proposals = dict[tuple[int, int], tuple[str, ...]]
"""Words that a folded span may stand for."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SIGNS = re2.compile(
    "|".join(
        (
            r"[a-z][0-9@$!|]+[a-z]|[a-z][0-9@$!|]*[0-9@$]",
            "|".join(letter * 3 for letter in _LETTERS),
            r"(?:^|[^a-z0-9])[a-z](?:[^a-z0-9]{1,3}[a-z]){2}(?:[^a-z0-9]|$)",
            r"\*|[a-z][_.-][a-z]|(?:^|[^a-z])[a-z](?:__|[.][.])",
        )
    )
)
_LEET_WORD = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9@$!|]*[0-9@$!|][a-z0-9@$!|]*")
_LEET = tuple(str.maketrans("0134578@$!|", letters) for letters in ("oieastbasil", "oleastbasil"))
_STRETCHED_WORD = re.compile(r"[a-z]*([a-z])\1\1[a-z]*")
_STRETCH = re.compile(r"([a-z])\1{2,}")
_STRETCH_OR_DOUBLE = re.compile(r"([a-z])\1+")
_LONGEST_WORD = 40
_HIDDEN_ONE = re.compile(r"(?<![a-z0-9*_.-])([a-z]{1,20})([*_.-])(?=([a-z]{1,20})(?![a-z0-9*_-]|\.[a-z]))")
_HIDDEN_MORE = re.compile(
    r"(?<![a-z0-9*])[a-z]+(?:\*{1,8}[a-z]+)+(?![a-z0-9*])|(?<![a-z0-9*])[a-z]{3,}\*{2,8}(?![a-z0-9*])"
)
_ALL_HIDDEN = re.compile(r"(?<![a-z0-9])([a-z])(\*{2,20}|_{2,20}|\.{2,20}) ?([a-z])(\*{2,20}|_{2,20}|\.{2,20})")
_MOST_HIDDEN = 50
"""Half-hidden words of a text that are compared with the names that begin alike; a text has few."""
_NOBODY: frozenset[int] = frozenset()
_MOST_PICTURES = 200
"""Pictures of a text that are read as names; where there are more they are decoration."""
_MOST_VARIANTS = 4
"""Readings of a text in which a sign may stand for several names."""
_CURSES = frozenset(
    {"fck", "sht", "btch", "dck", "cnt", "dmn", "hll", "pssy", "ngga", "ngger", "sxy", "sx", "prn", "rpe", "whre",
     "slt", "fcking", "fckin", "fcked", "fk", "st", "bh", "bs", "bstard", "crp", "hoe", "ah", "ass"}
)  # fmt: skip
_HUMP = re.compile("[a-z][A-Z]")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_CAMEL_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{0,80}[a-z][A-Z][A-Za-z0-9]{0,80}")
_PICTURES = re.compile(r"[\u2300-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+")
_PICTURE_INSIDE = re.compile(rf"[^\W_]{_PICTURES.pattern}[^\W_]")
_TAG = re.compile(r"[#@]([a-z]{4,60})")
_PREFIXES = (
    "(?:pray(?:ing|ers)?for|justicefor|team|(?:i|we)?love(?:you|for)?|free|happy(?:birthday|bday)|hbd|rip|getwell(?:soon)?"
    "|congrat(?:ulation)?s|welcome(?:home|back)?|proudof|thank(?:you|s)|find|bringhome|helpfor|help|miss(?:you|ing)?"
    "|stay?strong|goodluck|support|its|iam|im|the(?:real)?|official|real|my|our)"
)
_BEFORE_NAME = re.compile(f"{_PREFIXES}(.+)")
_AROUND_NAME = re.compile(
    f"{_PREFIXES}?(.+?)(?:strong|forever|day|birthday|bday|squad|army|gang|official|real|rocks|xo+)"
)


def disguised(reading: Reading) -> Iterator[Reading]:
    """The text with disguises undone, where it shows signs of any; the words that changed are marked as altered."""
    index, folded = reading.index, reading.folded
    proposals: Proposals = {}
    if _SIGNS.search(folded.text) is not None:
        _leet(index, folded.text, proposals)
        _stretched(index, folded.text, proposals)
        _hidden(index, folded, proposals)
        _spaced(reading, proposals)
    original = folded.original
    if not original.isascii():
        if _PICTURE_INSIDE.search(original):
            _glued_by_pictures(reading, proposals)
        if not index.picture_signs.isdisjoint(original):
            _pictures(index, folded, proposals)
    if None in reading.known:
        _possessives(reading, proposals)
    if proposals:
        most = _MOST_VARIANTS if len(proposals) <= _MOST_HIDDEN else 1
        for variant in range(min(most, max(map(len, proposals.values())))):
            yield _with(reading, proposals, variant)
    if _HUMP.search(original) is not None:
        camel = _camel(reading)
        if camel is not None:
            yield camel


def _with(reading: Reading, proposals: Proposals, variant: int) -> Reading:
    """The reading with the proposed words in their places; of several, the one that goes with a word beside it.

    Where nothing beside it decides, each variant takes another one.
    """
    choices: list[tuple[int, int, tuple[str, ...], bool]] = []
    spans = sorted(proposals)
    last_end = -1
    at = 0
    words, starts, ends = reading.words, reading.starts, reading.ends
    for start, end in spans:
        if start < last_end:
            continue
        while at < len(words) and ends[at] <= start:
            if starts[at] >= last_end:
                choices.append((starts[at], ends[at], (words[at],), False))
            at += 1
        choices.append((start, end, proposals[start, end], True))
        last_end = end
    choices += [
        (starts[rest], ends[rest], (words[rest],), False) for rest in range(at, len(words)) if starts[rest] >= last_end
    ]
    by_word = reading.index.by_word
    chosen: list[str] = []
    for number, (_, _, several, _) in enumerate(choices):
        best = several[variant % len(several)]
        if len(several) > 1:
            beside = {word for near in choices[max(0, number - 1) : number + 2] for word in near[2]}.difference(several)
            for word in several if beside else ():
                clients = by_word.get(word, _NOBODY)
                if not all(clients.isdisjoint(by_word.get(near, _NOBODY)) for near in beside):
                    best = word
                    break
        chosen.append(best)
    return Reading(
        reading.index,
        reading.folded,
        chosen,
        ([choice[0] for choice in choices], [choice[1] for choice in choices]),
        frozenset(number for number, choice in enumerate(choices) if choice[3]),
    )


def _leet(index: CaseloadIndex, text: str, proposals: Proposals) -> None:
    """M4ria, L0pez, M@ria, and a number at the end of a word: Maria1."""
    for found in _LEET_WORD.finditer(text):
        for written in (found[0], found[0].rstrip("!|")):  # the last sign may end the sentence
            if len(written) > _LONGEST_WORD or written.isalpha():
                continue
            read = {written.translate(table) for table in _LEET}
            read.add(written.rstrip("0123456789"))
            known = tuple(sorted(word for word in read if word in index.every_word))
            if known:
                proposals.setdefault((found.start(), found.start() + len(written)), known)
                break


def _stretched(index: CaseloadIndex, text: str, proposals: Proposals) -> None:
    """Mariaaaa, Loooopez."""
    if _STRETCH.search(text) is None:
        return
    for found in _STRETCHED_WORD.finditer(text):
        written = found[0]
        read = (
            _STRETCH.sub(r"\1", written),
            _STRETCH.sub(r"\1\1", written),
            _STRETCH_OR_DOUBLE.sub(r"\1", written),
        )
        known = tuple(dict.fromkeys(word for word in read if word in index.every_word))
        if known:
            proposals.setdefault(found.span(), known)


def _hidden(index: CaseloadIndex, folded: FoldedText, proposals: Proposals) -> None:
    """M*ria, M_ria, M**ia, Mar***: letters hidden, name still readable."""
    for found in _HIDDEN_ONE.finditer(folded.text):
        names = one_letter_between(index, found[1], found[3])
        if names and (found[2] != "*" or found[1] + found[3] not in _CURSES):
            proposals.setdefault((found.start(), found.end(3)), names)
    if "*" not in folded.text:
        return
    for number, found in enumerate(_HIDDEN_MORE.finditer(folded.text)):
        if number >= _MOST_HIDDEN:
            return
        names = behind_stars(index, found[0])
        if names:
            proposals.setdefault(found.span(), names)


def one_letter_between(index: CaseloadIndex, before: str, after: str) -> tuple[str, ...]:
    """Names that are what stands before, any letter, and what stands after."""
    gap = len(before)
    return tuple(
        name
        for name in index.near.get(before + after, ())
        if len(name) == gap + 1 + len(after) and name.startswith(before) and name.endswith(after)
    )


def behind_stars(index: CaseloadIndex, written: str) -> tuple[str, ...]:
    """Names that fit a word with stars in it."""
    shown = written.replace("*", "")
    if len(written) > _LONGEST_WORD or len(shown) < 3 or shown in _CURSES:
        return ()
    beginning = written[: written.index("*")]
    stars = written.count("*")
    most = len(shown) + (8 if stars == 3 else stars + 1)
    shape = re.compile(re.sub(r"\*+", lambda hidden: _hidden_letters(len(hidden[0])), written))
    names = index.beginnings
    first, last = bisect_left(names, beginning), bisect_left(names, beginning + "{")
    return tuple(name for name in names[first:last] if len(shown) < len(name) <= most and shape.fullmatch(name))


def _hidden_letters(stars: int) -> str:
    if stars == 1:
        return "[a-z]"
    return "[a-z]{1,8}" if stars == 3 else f"[a-z]{{{stars - 1},{stars + 1}}}"


def _spaced(reading: Reading, proposals: Proposals) -> None:
    """M a r i a  L o p e z, m.a.r.i.a: runs of single letters are one word."""
    words = reading.words
    letters = [len(word) == 1 for word in words]
    if not any(letters[at] and letters[at + 1] and letters[at + 2] for at in range(len(words) - 2)):
        return
    starts, ends = reading.starts, reading.ends
    number, total = 0, len(words)
    while number < total:
        last = number
        while (
            last + 1 < total
            and len(words[last]) == 1
            and len(words[last + 1]) == 1
            and starts[last + 1] - ends[last] <= 3
        ):
            last += 1
        if last - number >= 2:
            for first, end in _split_at_wider_gaps(reading, number, last):
                word = "".join(words[first : end + 1])
                if end > first and word in reading.index.every_word:
                    proposals.setdefault((starts[first], ends[end]), (word,))
        number = last + 1


def _split_at_wider_gaps(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Letters of one word stand closer than words do; where all gaps are alike, by what stands in them."""
    gaps = [reading.gap(number) for number in range(first, last)]
    narrow = min(len(gap) for gap in gaps)
    marked = any(gap.strip() for gap in gaps)
    parts: list[tuple[int, int]] = []
    begin = first
    for number, gap in zip(range(first, last), gaps, strict=True):
        if len(gap) > narrow or (marked and not gap.strip() and reading.folded.original.isascii()):
            parts.append((begin, number))
            begin = number + 1
    return [*parts, (begin, last)]


def _glued_by_pictures(reading: Reading, proposals: Proposals) -> None:
    """Ma🌈ria, M🌈a🌈r🌈i🌈a and M🌈ria: a picture inside a word, or in place of one letter."""
    index, original, words = reading.index, reading.folded.original, reading.words
    number, total = 0, len(words)
    while number < total - 1:
        last = number
        while last + 1 < total and last - number < 30:
            between = original[reading.span(last, last)[1] : reading.span(last + 1, last + 1)[0]]
            if _PICTURES.fullmatch(between) is None:
                break
            last += 1
        if last > number:
            word = "".join(words[number : last + 1])
            names: tuple[str, ...] = (word,) if word in index.every_word else ()
            if last == number + 1:
                names += one_letter_between(index, words[number], words[last])
            if names:
                proposals.setdefault((reading.starts[number], reading.ends[last]), names)
        number = last + 1


def _pictures(index: CaseloadIndex, folded: FoldedText, proposals: Proposals) -> None:
    """🌹 for Rose: the word in the place of its picture."""
    for found in islice(index.picture_pattern.finditer(folded.original), _MOST_PICTURES):
        start = folded.position(found.start())
        end = max(start + 1, folded.position(found.end()))
        if end <= len(folded.text) and not folded.text[start:end].strip():
            proposals.setdefault((start, end), index.pictured[found[0]])


def _possessives(reading: Reading, proposals: Proposals) -> None:
    """Marias mom: the s that lost its apostrophe."""
    names, words = reading.index.every_word, reading.words
    for number in reading.unknown():
        word = words[number]
        if word[-1] == "s" and len(word) > 3 and word[:-1] in names:
            proposals.setdefault((reading.starts[number], reading.ends[number]), (word[:-1],))


def _camel(reading: Reading) -> Reading | None:
    """#TeamMaria as two words: a tag or handle in which capitals begin the words."""
    folded = reading.folded
    vocabulary = reading.index.vocabulary
    known = []
    for tag in _CAMEL_WORD.finditer(folded.original):
        parts = list(_CAMEL.finditer(tag[0]))
        if not vocabulary.isdisjoint(part[0].lower() for part in parts):
            known.append((tag, parts))
    if not known:
        return None
    pieces: list[tuple[int, int, str]] = []
    for tag, parts in known:
        for part in parts:
            start, end = folded.position(tag.start() + part.start()), folded.position(tag.start() + part.end())
            pieces.append((start, end, part[0].lower()))
    covered = [(folded.position(tag.start()), folded.position(tag.end())) for tag, _ in known]
    at = 0
    kept: list[tuple[int, int, str]] = []
    for word, start, end in zip(reading.words, reading.starts, reading.ends, strict=True):
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        if at == len(covered) or end <= covered[at][0]:
            kept.append((start, end, word))
    inside = set(pieces)
    merged = sorted([*kept, *pieces])
    return Reading(
        reading.index,
        folded,
        [word for _, _, word in merged],
        ([start for start, _, _ in merged], [end for _, end, _ in merged]),
        frozenset(number for number, piece in enumerate(merged) if piece in inside),
    )


# --- found at once, without another reading ----------------------------------------------------------------------


def hidden_alone(reading: Reading) -> None:
    """M*ria or Mar*** alone, and M**** L****."""
    index, folded = reading.index, reading.folded
    if "*" in folded.text:
        for number, found in enumerate(_HIDDEN_MORE.finditer(folded.text)):
            if number >= _MOST_HIDDEN:
                break
            if behind_stars(index, found[0]):
                _hidden_mention(reading, *found.span())
    elif "__" not in folded.text and ".." not in folded.text:
        return
    for found in _ALL_HIDDEN.finditer(folded.text):
        lengths = (1 + len(found[2]), 1 + len(found[4]))
        start, end = folded.span(*found.span())
        raw = folded.original[start:end]
        if found[2][0] != found[4][0] or (found[2][0] != "*" and sum(map(str.isupper, raw)) < 2):
            continue
        if any(_as_long(index, client, lengths) for client in index.by_initials.get((found[1], found[3]), ())):
            reading.findings.append(mention("caseload-masked-name", folded.original, start, end, Confidence.POSSIBLE))


def _as_long(index: CaseloadIndex, client: int, lengths: tuple[int, int]) -> bool:
    names = index.names[client]
    givens = {len("".join(writing)) for writing in names.given | names.preferred}
    families = {len("".join(writing)) for writing in names.family} | set(map(len, names.family_parts))
    return any(abs(lengths[0] - given) <= 1 for given in givens) and any(
        abs(lengths[1] - family) <= 1 for family in families
    )


def _hidden_mention(reading: Reading, begin: int, stop: int) -> None:
    start, end = reading.folded.span(begin, stop)
    original = reading.folded.original
    capital = original[start].isupper()
    hidden = original.count("*", start, end)
    if capital or hidden * 2 < end - start:  # b***er is no Baker
        confidence = Confidence.LIKELY if capital else Confidence.POSSIBLE
        reading.findings.append(mention("caseload-masked-name", original, start, end, confidence))


def in_tags(reading: Reading) -> None:
    """A name inside a longer tag or handle: #prayformarialopez, #justiceformaria."""
    index, folded = reading.index, reading.folded
    text = folded.text
    if "#" not in text and "@" not in text:
        return
    vocabulary, familiar = index.vocabulary, index.familiar
    for tag in _TAG.finditer(text):
        word = tag[1]
        if word in familiar:
            continue
        begin = tag.start(1)
        if len(word) > 8:
            whole = [(start, end) for _, start, end in index.inside.find_matches_as_indexes(word)]
            for start, end in whole:
                _tag_mention(reading, "caseload-name-run-together", begin + start, begin + end, Confidence.LIKELY)
            if whole:
                continue
        affixed = _BEFORE_NAME.fullmatch(word)
        if affixed is None or affixed[1] not in vocabulary:
            affixed = _AROUND_NAME.fullmatch(word)
        if affixed is None or affixed[1] not in vocabulary or len(affixed[1]) < 3:
            continue
        if index.form((affixed[1],), (Kind.RUN_TOGETHER,)):
            _tag_mention(
                reading, "caseload-name-run-together", begin + affixed.start(1), begin + affixed.end(1),
                Confidence.LIKELY,
            )  # fmt: skip
        elif affixed[1] not in everyday_words() and index.form((affixed[1],), (Kind.GIVEN, Kind.PREFERRED)):
            _tag_mention(
                reading, "caseload-given-name", begin + affixed.start(1), begin + affixed.end(1), Confidence.POSSIBLE
            )


def _tag_mention(reading: Reading, rule: str, begin: int, stop: int, confidence: Confidence) -> None:
    start, end = reading.folded.span(begin, stop)
    reading.findings.append(mention(rule, reading.folded.original, start, end, confidence))


def misspelt_twice(reading: Reading) -> None:
    """Marai Lpoez: a slip in each name, so that neither is a word of the index; and both names written backwards."""
    index, words = reading.index, reading.words
    unknown = reading.unknown()
    if len(unknown) < 2:
        return
    backwards = not index.backwards.keys().isdisjoint(words)
    initials = index.by_initials
    for before, number in pairwise(unknown):
        one, other = words[before], words[number]
        if number != before + 1 or len(one) + len(other) < 8:
            continue
        # The first letter of a name is hardly ever the wrong one, and never in both.
        if (one[0], other[0]) in initials or (other[0], one[0]) in initials:
            _pair_of_slips(reading, before, number)
        if backwards:
            _pair_backwards(reading, before, number)


def _pair_of_slips(reading: Reading, first: int, second: int) -> None:
    index, words = reading.index, reading.words
    one = one_slip(index, words[first])
    if not one or not (other := one_slip(index, words[second])) or not reading.joined(first):
        return
    if reading.capital(first) == reading.capital(second) and _one_client(index, one, other):
        reading.add("caseload-full-name", first, second, Confidence.LIKELY)


def _pair_backwards(reading: Reading, first: int, second: int) -> None:
    index = reading.index
    one, other = (index.backwards.get(reading.words[number]) for number in (first, second))
    if one and other and reading.joined(first) and _one_client(index, [one], [other]):
        reading.add("caseload-full-name", first, second, Confidence.LIKELY)


def _one_client(index: CaseloadIndex, one: list[str], other: list[str]) -> bool:
    """Whether somebody is called the one and has the other as a family name, in either order."""
    return any(
        not index.form((given,), CALLED_KINDS).isdisjoint(index.form((family,), (Kind.FAMILY,)))
        for names, others in ((one, other), (other, one))
        for given in names
        for family in others
    )


def one_slip(index: CaseloadIndex, written: str) -> list[str]:
    """Names in the index that one added, missing, wrong or swapped letter turns into what was written."""
    if not 3 <= len(written) <= 24:
        return []
    near = index.near
    candidates = {name for shorter in deletions(written) if shorter in near for name in near[shorter]}
    return sorted(name for name in candidates if name != written and OSA.distance(name, written) <= 1)


def slipped(written: str, name: str) -> bool:
    """Whether a word is a name with one slip in it, or two in a long one."""
    most = 2 if len(name) >= 7 and len(written) >= 7 and written[0] == name[0] else 1
    if len(name) < 4 or abs(len(written) - len(name)) > most:
        return False
    return bool(OSA.distance(name, written, score_cutoff=most) <= most)
