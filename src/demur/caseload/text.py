"""Finds people on the caseload in a draft, however their names are written there.

A finding says how sure it is by what stands around the name. A whole name, a handle, an e-mail address or a phone
number is sure. A given name alone is possible, because it may be anybody's; where it is also a word or a month, it is
taken for a name only where somebody says or does something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from demur.caseload.index import GIVEN_KINDS, CaseloadIndex, Form, Kind, deletions
from demur.caseload.names import TITLES, FoldedText, fold, word_spans
from demur.caseload.tables import is_common_family, is_common_given, ordinary_words
from demur.core.findings import Category, Confidence, Finding

CITES = ("NASW-1.07r", "HIPAA-164.514b2i")

_SAYS = {
    "caseload-full-name": "This is the name of somebody on your caseload.",
    "caseload-name-run-together": "This is the name of somebody on your caseload, written as one word.",
    "caseload-name-and-initial": "This looks like somebody on your caseload, with one name cut to a letter.",
    "caseload-title-and-family-name": "This looks like somebody on your caseload.",
    "caseload-given-name": "Somebody on your caseload has this first name.",
    "caseload-nickname": "People with a name on your caseload are often called this.",
    "caseload-other-name": "Somebody on your caseload goes by this name.",
    "caseload-family-name": "Somebody on your caseload has this family name.",
    "caseload-initials": "These are the initials of somebody on your caseload.",
    "caseload-handle": "This is the handle of somebody on your caseload.",
    "caseload-email": "This is the e-mail address of somebody on your caseload.",
    "caseload-phone": "This is the phone number of somebody on your caseload.",
    "caseload-masked-name": "This reads like the name of somebody on your caseload with letters hidden.",
}
RULES = tuple(_SAYS)
"""Every rule this module can report."""

_MAXIMUM_GAP = 8
_SENTENCE_END = re.compile(r"[.!?;:]\s")
_TWO_SENTENCES = re.compile(r"[!?;:]")
_PHONE = re.compile(r"[0-9][0-9 ().+/-]{5,}[0-9]")
_INITIALS = re.compile(r"(?<![A-Za-z.])([A-Z])\.\s?([A-Z])\.(?![A-Za-z])")
_ABBREVIATIONS = frozenset(
    {"us", "uk", "eu", "dc", "la", "ny", "nc", "sc", "nd", "sd", "nj", "am", "pm", "ps", "id", "md", "jd", "ba", "ma",
     "bs", "ms", "mr", "dr", "ad", "bc", "tv", "vp", "pr", "pc", "er", "or", "un", "eg", "ie"}
)  # fmt: skip
_MASKED = re.compile(r"(?<![a-z0-9*])[a-z]+(?:\*{1,8}[a-z]+)+(?![a-z0-9*])|(?<![a-z0-9*])[a-z]{3,}\*{2,8}(?![a-z0-9*])")
_MAXIMUM_MASKED = 50
_LEET = str.maketrans("0134578", "oieastb")
_LEET_WITH_L = str.maketrans("0134578", "oleastb")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_MONTHS = frozenset({"april", "may", "june", "july", "august", "abril", "mayo", "junio", "julio", "agosto"})
_BEFORE_MONTH = frozenset(
    {"in", "of", "by", "since", "until", "till", "this", "next", "last", "early", "late", "mid", "every", "en", "de",
     "through", "from", "between", "before", "after", "to", "and"}
)  # fmt: skip
_DOES = frozenset(
    {"said", "says", "told", "tells", "asked", "asks", "texted", "called", "cried", "cries", "came", "went", "has",
     "had", "was", "isn't", "got", "gets", "left", "finally", "just", "laughed", "smiled", "relapsed", "graduated",
     "walked", "showed", "started", "stopped", "wants", "wanted", "needs", "needed", "loves", "loved", "hates",
     "thinks",
     "made", "makes", "did", "didn't", "doesn't", "didn", "doesn", "wasn", "hasn", "won", "wouldn", "couldn", "tried",
     "keeps", "kept", "lost", "found", "moved", "passed", "died", "no", "dijo",
     "vino", "llego", "esta", "fue"}
)  # fmt: skip
_AFTER_NAMES = frozenset(
    {"and", "but", "the", "who", "she", "her", "his", "they", "you", "for", "with", "from", "then", "when", "that",
     "this", "not", "are", "may", "will", "can", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday", "sunday", "today", "tomorrow", "yesterday", "again", "thank", "thanks",
     "happy", "please", "what", "how", "why", "just"}
)  # fmt: skip
_DONE_TO = frozenset(
    {"met", "told", "asked", "hugged", "texted", "visited", "named", "client", "patient", "resident", "called"}
)


@dataclass(slots=True)
class _Reading:
    """One way of reading the words of a text, with where each stands in it.

    `altered` holds the words that were changed to get this reading; None means that it is the text as written.
    """

    index: CaseloadIndex
    folded: FoldedText
    words: list[str]
    starts: list[int]
    ends: list[int]
    shouting: bool
    altered: frozenset[int] | None = None
    findings: list[Finding] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Original code points from word `first` to word `last`, both included."""
        return self.folded.span(self.starts[first], self.ends[last])

    def gap(self, word: int) -> str:
        """What stands between a word and the one after it."""
        return self.folded.text[self.ends[word] : self.starts[word + 1]]

    def joined(self, word: int) -> bool:
        """Whether a word and the one after it can be parts of one name."""
        gap = self.gap(word)
        if gap in (" ", ", ", "-", "'", "_", "", ". ", "."):
            return gap != ". " or len(self.words[word]) < 3 or self.words[word] in TITLES
        if len(gap) > _MAXIMUM_GAP:
            return False
        if _TWO_SENTENCES.search(gap):
            return False
        return not _SENTENCE_END.search(gap) or len(self.words[word]) < 3 or self.words[word] in TITLES

    def raw(self, word: int) -> str:
        start, end = self.span(word, word)
        return self.folded.original[start:end]

    def capital(self, word: int) -> bool:
        """Whether a word is written as a name would be; scripts without capitals always are."""
        first = self.raw(word)[0]
        if first.isupper():
            return not self.shouting and not self._among_capitals(word)
        return not first.islower() and not first.isdigit()

    def _among_capitals(self, word: int) -> bool:
        """Whether a word stands in a run of words in capitals, where a capital says nothing."""
        if not self.raw(word).isupper() or len(self.words[word]) < 2:
            return False
        beside = [near for near in (word - 1, word + 1) if 0 <= near < len(self.words)]
        return bool(beside) and all(self.raw(near).isupper() and not self.raw(near).isdigit() for near in beside)

    def starts_sentence(self, word: int) -> bool:
        start, _ = self.span(word, word)
        before = self.folded.original[max(0, start - 12) : start].rstrip(" \t\"'“”‘’(*_#@")
        return not before or before[-1] in ".!?:\n\r…•—-"

    def marked(self, word: int) -> str:
        """The # or @ right before a word, or nothing."""
        before = self.starts[word] - 1
        character = self.folded.text[before] if before >= 0 else ""
        return character if character in "#@" else ""

    def add(self, rule: str, first: int, last: int, confidence: Confidence) -> None:
        if self.altered is not None:
            if self.altered.isdisjoint(range(first, last + 1)):
                return
            confidence = min(confidence, Confidence.LIKELY)
        start, end = self.span(first, last)
        self.findings.append(_finding(rule, self.folded.original, start, end, confidence))


def find_mentions(index: CaseloadIndex, text: str) -> tuple[Finding, ...]:
    """Mentions of people on the caseload, in the order of the text; they never overlap.

    Linear in the length of the text; never raises, whatever the text holds.
    """
    if not index.clients or not text:
        return ()
    folded = fold(text)
    words, starts, ends = word_spans(folded.text)
    findings: list[Finding] = []
    shouting = text.isupper() and len(words) > 3
    reading = _Reading(index, folded, words, starts, ends, shouting)
    if not index.vocabulary.isdisjoint(words):
        _scan(reading)
        findings += reading.findings
    for other in _other_readings(reading):
        if not index.vocabulary.isdisjoint(other.words):
            _scan(other)
            findings += other.findings
    _hashtags(reading, findings)
    _phones(index, folded, findings)
    _initials(index, text, findings)
    _masked(index, folded, findings)
    return _settle(findings)


def _finding(rule: str, text: str, start: int, end: int, confidence: Confidence) -> Finding:
    return Finding(Category.CLIENT_NAME, rule, start, end, text[start:end], confidence, _SAYS[rule], CITES)


def _settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of overlapping findings the surest stays, then the longest."""
    kept: list[Finding] = []
    taken: set[int] = set()
    ranked = sorted(findings, key=lambda finding: (-finding.confidence, finding.start - finding.end, finding.start))
    for finding in ranked:
        covered = range(finding.start, finding.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


# --- one reading -----------------------------------------------------------------------------------------------


def _scan(reading: _Reading) -> None:
    index, words = reading.index, reading.words
    canonical = f" {' '.join(words)} "
    word_at = {}
    position = 0
    for number, word in enumerate(words):
        word_at[position] = number
        position += len(word) + 1
    givens: dict[int, list[tuple[int, Form]]] = {}
    families: dict[int, list[tuple[int, Form]]] = {}
    families_ending: dict[int, list[tuple[int, Form]]] = {}
    for pattern, begin, _ in index.automaton.find_matches_as_indexes(canonical, overlapping=True):
        form_words = index.patterns[pattern]
        first = word_at[begin]
        last = first + len(form_words) - 1
        for form in index.forms[form_words]:
            if form.kind in GIVEN_KINDS:
                if _together(reading, first, last):
                    givens.setdefault(first, []).append((last, form))
            elif form.kind is Kind.FAMILY:
                if _together(reading, first, last):
                    families.setdefault(first, []).append((last, form))
                    families_ending.setdefault(last, []).append((first, form))
            elif form.kind is Kind.OTHER_NAME:
                if _together(reading, first, last):
                    reading.add("caseload-full-name", first, last, Confidence.SURE)
            elif form.kind is Kind.RUN_TOGETHER:
                reading.add("caseload-name-run-together", first, first, Confidence.SURE)
            elif form.kind is Kind.HANDLE:
                _handle(reading, first, last)
            elif form.kind is Kind.EMAIL:
                _email(reading, first, last)
    for forms in (*families.values(), *givens.values()):
        forms.sort(key=lambda entry: -entry[0])  # the longest way of writing a name comes first
    for forms in families_ending.values():
        forms.sort(key=lambda entry: entry[0])
    for first, forms in givens.items():
        for last, form in forms:
            _given(reading, first, last, form, families, families_ending)
    for first, forms in families.items():
        for last, form in forms:
            _family(reading, first, last, form)


def _together(reading: _Reading, first: int, last: int) -> bool:
    return all(reading.joined(word) for word in range(first, last))


def _handle(reading: _Reading, first: int, last: int) -> None:
    folded = reading.folded.text
    words = tuple(reading.words[first : last + 1])
    # The stored handle may begin or end with punctuation; its words alone decide where to look.
    for handle in reading.index.handles.get(words, ()):
        offset = handle.find(words[0])
        start = reading.starts[first] - offset
        end = start + len(handle)
        if start < 0 or folded[start:end] != handle:
            continue
        before, after = folded[start - 1 : start] if start else "", folded[end : end + 1]
        if before.isalnum() or before in ("_", "-", ".") or after.isalnum() or after == "_":
            continue
        if after in (".", "-") and folded[end + 1 : end + 2].isalnum():
            continue
        word = len(words) == 1 and handle.isalpha()
        if before not in ("@", "/", "#") and word:
            if len(handle) < 6 or handle in ordinary_words() or is_common_given(handle):
                continue
            confidence = Confidence.LIKELY if len(handle) >= 8 else Confidence.POSSIBLE
        else:
            confidence = Confidence.SURE
        if before not in ("@", "/", "#") and handle.isdigit():
            continue
        # `altered` readings change words, not punctuation, so a handle is only looked for in the text as written.
        if reading.altered is None:
            original_start, original_end = reading.folded.span(start, end)
            reading.findings.append(
                _finding("caseload-handle", reading.folded.original, original_start, original_end, confidence)
            )


def _email(reading: _Reading, first: int, last: int) -> None:
    if reading.altered is not None:
        return
    gaps = [reading.gap(word) for word in range(first, last)]
    spelled = "at" in reading.words[first : last + 1] and "@" not in "".join(gaps)
    if any(len(gap) > 3 for gap in gaps) or ("@" not in "".join(gaps) and not spelled):
        return
    start = reading.starts[first]
    before = reading.folded.text[start - 1 : start] if start else ""
    if before in ("_", "-", ".", "+") and before:
        return
    reading.add("caseload-email", first, last, Confidence.SURE)


def _given(
    reading: _Reading,
    first: int,
    last: int,
    form: Form,
    families: dict[int, list[tuple[int, Form]]],
    families_ending: dict[int, list[tuple[int, Form]]],
) -> None:
    """A given name: with the family name beside it, with a letter, nearly with the family name, or alone."""
    words = reading.words
    nickname = form.kind is Kind.NICKNAME
    for skipped in range(3):
        start = last + 1 + skipped
        if start >= len(words) or not reading.joined(start - 1):
            break
        if skipped and not _can_be_middle(reading, start - 1, first):
            break
        for end, family in families.get(start, ()):
            if end != last and not form.clients.isdisjoint(family.clients) and words[start] != words[first]:
                reading.add("caseload-full-name", first, end, _full(reading, first, last, start, end, nickname))
                return
    if first and reading.joined(first - 1):
        for start, family in families_ending.get(first - 1, ()):
            if not form.clients.isdisjoint(family.clients):
                comma = "," in reading.gap(first - 1)
                sure = _full(reading, first, last, start, first - 1, nickname)
                capitals = reading.capital(start) and reading.capital(first)
                if not comma and not capitals and (words[start] in ordinary_words() or len(words[start]) < 3):
                    continue
                # Where a script has no capitals, family name first is the usual order and not a guess.
                usual = comma or reading.raw(start)[0].lower() == reading.raw(start)[0].upper()
                reading.add("caseload-full-name", start, last, sure if usual else min(sure, Confidence.LIKELY))
                return
    following = last + 1
    if following < len(words) and reading.joined(last):
        if len(words[following]) == 1 and _initial_fits(reading, form, following):
            dotted = reading.folded.text[reading.ends[following] : reading.ends[following] + 1] == "."
            upper = reading.raw(following).isupper() and not reading.shouting
            plain = reading.gap(last) in (" ", "_", ".", "-")
            lone = words[following] in ("i", "s", "t", "d", "m")
            if dotted or (plain and (upper or not lone)):
                if reading.capital(first) or dotted:
                    weak = nickname or words[first] in ordinary_words()
                    confidence = Confidence.POSSIBLE if weak and not dotted else Confidence.LIKELY
                    if upper or dotted:
                        reading.add("caseload-name-and-initial", first, following, confidence)
                        return
                elif words[first] not in ordinary_words() and words[following] != "a":
                    reading.add("caseload-name-and-initial", first, following, Confidence.POSSIBLE)
                    return
        if _nearly_family(reading, form, first, following):
            reading.add("caseload-full-name", first, following, Confidence.LIKELY)
            return
    if first and reading.joined(first - 1) and _nearly_family(reading, form, first, first - 1):
        reading.add("caseload-full-name", first - 1, last, Confidence.LIKELY)
        return
    _given_alone(reading, first, last, form)


def _full(reading: _Reading, first: int, last: int, start: int, end: int, nickname: bool) -> Confidence:
    """How sure given and family name together are: two everyday words need capitals to be a name."""
    ordinary = ordinary_words()
    both_words = all(word in ordinary for word in (*reading.words[first : last + 1], *reading.words[start : end + 1]))
    capitals = reading.capital(first) and reading.capital(start)
    if both_words and not capitals and not reading.marked(first):
        return Confidence.POSSIBLE
    if nickname or (both_words and start > last + 1):
        return Confidence.LIKELY
    if start > last + 1 and not (capitals and reading.capital(last + 1)):
        return Confidence.LIKELY
    return Confidence.SURE


def _can_be_middle(reading: _Reading, word: int, first: int) -> bool:
    """A word between given and family name that can be a middle name, rather than "and" or a verb."""
    written = reading.words[word]
    if written.isdigit() or written in ("s", "and", "y", "or", "the", "i"):
        return False
    if reading.capital(word):
        return reading.capital(first)
    if reading.raw(word)[0].isupper() and reading.shouting:
        return is_common_given(written) or len(written) == 1
    return not reading.capital(first) and is_common_given(written) and written not in ordinary_words()


def _initial_fits(reading: _Reading, form: Form, word: int) -> bool:
    letter = reading.words[word]
    return any(letter in reading.index.initials_family[client] for client in form.clients)


def _nearly_family(reading: _Reading, form: Form, given: int, word: int) -> bool:
    """One slip away from the family name of a client with this given name."""
    written = reading.words[word]
    if len(written) < 4 or written in ordinary_words() or reading.capital(given) != reading.capital(word):
        return False
    return any(
        not reading.index.form((family,), (Kind.FAMILY,)).isdisjoint(form.clients)
        for family in _one_slip(reading.index, written)
    )


def _one_slip(index: CaseloadIndex, written: str) -> list[str]:
    """Names in the index that one added, missing, wrong or swapped letter turns into what was written."""
    if len(written) > 24 or written in index.name_words:
        return []
    candidates = {name for shorter in deletions(written) for name in index.near.get(shorter, ())}
    return sorted(name for name in candidates if name != written and OSA.distance(name, written) <= 1)


def _given_alone(reading: _Reading, first: int, last: int, form: Form) -> None:
    words = reading.words
    word = words[first]
    if last == first and len(word) < 3:
        if len(word) < 2 or not reading.capital(first) or form.kind is Kind.NICKNAME or word in ordinary_words():
            return
        if reading.starts_sentence(first):
            return
    marked = reading.marked(first)
    if reading.altered is not None and not marked and last == first:
        only_word = len(word) >= 5 and word not in ordinary_words() and form.kind is not Kind.NICKNAME
        if not only_word or not reading.capital(first):
            return
    rule = {Kind.NICKNAME: "caseload-nickname", Kind.OTHER_SINGLE: "caseload-other-name"}.get(
        form.kind, "caseload-given-name"
    )
    capital = reading.capital(first)
    if capital and (is_common_given(word) or form.kind is Kind.NICKNAME) and _is_somebody_else(reading, first, last):
        return
    if all(part in ordinary_words() for part in words[first : last + 1]):
        if form.kind is Kind.NICKNAME:
            return
        if not marked and _word_is_a_person(reading, first, last, capital):
            reading.add(rule, first, last, Confidence.POSSIBLE)
        return
    if form.kind is Kind.NICKNAME:
        if capital and len(word) > 2 and not is_common_given(word):
            reading.add(rule, first, last, Confidence.POSSIBLE)
        return
    # One name may be anybody's, the author's friend's too: it is a question, and likely only beside talk of a client.
    reading.add(rule, first, last, Confidence.LIKELY if last > first else Confidence.POSSIBLE)


def _is_somebody_else(reading: _Reading, first: int, last: int) -> bool:
    """Whether a common name is part of another whole name (Angela Merkel, Etta James) or of a place (San Jose)."""
    words = reading.words
    following = last + 1
    if following < len(words) and reading.gap(last) == " " and len(words[following]) > 2:
        after = words[following]
        title_case = first > 0 and reading.capital(first - 1) and not reading.starts_sentence(first - 1)
        if (
            not title_case
            and reading.capital(following)
            and after.isalpha()
            and after not in _DOES
            and after not in _AFTER_NAMES
        ):
            return True
    if first and reading.gap(first - 1) == " " and reading.capital(first - 1):
        before = words[first - 1]
        return before in ("san", "santa", "saint", "st") or is_common_given(before)
    return False


def _word_is_a_person(reading: _Reading, first: int, last: int, capital: bool) -> bool:
    """Whether an everyday word (rose, mark, may) stands where a person would."""
    words = reading.words
    before = words[first - 1] if first and reading.gap(first - 1).strip() == "" else ""
    after = words[last + 1] if last + 1 < len(words) and reading.gap(last).strip() in ("", "'") else ""
    if any(word in _MONTHS for word in words[first : last + 1]) and (
        before in _BEFORE_MONTH or before.isdigit() or after.isdigit() or after in ("of", "the")
    ):
        return False
    acts = after in _DOES or (after.endswith("ed") and len(after) > 4)
    owns = after == "s" and reading.gap(last) == "'" and capital
    if not capital:
        return (acts or before in _DONE_TO) and before not in (
            "the",
            "a",
            "my",
            "your",
            "his",
            "her",
            "our",
            "their",
            "no",
            "this",
            "that",
        )
    if reading.starts_sentence(first):
        return acts or owns
    return before not in ("the", "a", "an")


def _family(reading: _Reading, first: int, last: int, form: Form) -> None:
    """A family name without a given name: after a title or a letter it is likely, alone it must be rare."""
    words = reading.words
    if first and reading.joined(first - 1):
        previous = words[first - 1]
        if previous in TITLES and reading.capital(first):
            reading.add("caseload-title-and-family-name", first - 1, last, Confidence.LIKELY)
            return
        fits = len(previous) == 1 and any(previous in reading.index.initials_given[client] for client in form.clients)
        if fits and reading.capital(first):
            dotted = reading.gap(first - 1).startswith(".")
            upper = reading.raw(first - 1).isupper() and previous not in ("i", "a") and reading.gap(first - 1) == " "
            if dotted or upper:
                weak = all(word in ordinary_words() for word in words[first : last + 1])
                confidence = Confidence.POSSIBLE if weak else Confidence.LIKELY
                reading.add("caseload-name-and-initial", first - 1, last, confidence)
                return
    if reading.marked(first) == "@" and last == first:
        return
    rare = not is_common_family(words[first]) and not is_common_given(words[first])
    if rare and len(words[first]) > 3 and words[first] not in ordinary_words() and reading.capital(first):
        reading.add("caseload-family-name", first, last, Confidence.POSSIBLE)


# --- other readings of the same text ----------------------------------------------------------------------------


def _other_readings(reading: _Reading) -> Iterable[_Reading]:
    """The text with disguises undone: digits for letters, drawn-out letters, words in capitals, spaced letters."""
    words = reading.words
    for table in (_LEET, _LEET_WITH_L):
        changed = {
            number: word.translate(table)
            for number, word in enumerate(words)
            if word[0].isalpha() and not word.isalpha()
        }
        if table is _LEET_WITH_L:
            changed = {number: word for number, word in changed.items() if "1" in words[number]}
        if changed:
            yield _replaced(reading, changed)
    drawn = {number: squeezed for number, word in enumerate(words) if (squeezed := _REPEATED.sub(r"\1", word)) != word}
    if drawn:
        yield _replaced(reading, drawn)
    slips = _slips_in_given_names(reading)
    if slips:
        yield _replaced(reading, slips)
    if (camel := _camel(reading)) is not None:
        yield camel
    if (spaced := _spaced(reading)) is not None:
        yield spaced


def _replaced(reading: _Reading, changed: dict[int, str]) -> _Reading:
    words = [changed.get(number, word) for number, word in enumerate(reading.words)]
    return _Reading(
        reading.index, reading.folded, words, reading.starts, reading.ends, reading.shouting, frozenset(changed)
    )


def _slips_in_given_names(reading: _Reading) -> dict[int, str]:
    """Words one slip away from a given name, next to the family name that goes with it."""
    index, words = reading.index, reading.words
    slips: dict[int, str] = {}
    for number, word in enumerate(words):
        if word not in index.name_words:
            continue
        clients = index.form((word,), (Kind.FAMILY,))
        if not clients:
            continue
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(words) and len(words[beside]) >= 4 and words[beside] not in ordinary_words():
                if not reading.joined(min(beside, number)) or reading.capital(beside) != reading.capital(number):
                    continue
                for name in _one_slip(index, words[beside]):
                    if not index.form((name,), (Kind.GIVEN, Kind.PREFERRED)).isdisjoint(clients):
                        slips[beside] = name
    return slips


def _camel(reading: _Reading) -> _Reading | None:
    """#TeamMariaLopez as four words; only what spans several of them, or stands in a tag, counts."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    altered: set[int] = set()
    for number, word in enumerate(reading.words):
        start, end = reading.starts[number], reading.ends[number]
        raw = reading.raw(number) if len(word) <= 80 else ""
        parts = list(_CAMEL.finditer(raw)) if len(raw) == len(word) and not raw[1:].islower() else []
        if len(parts) > 1 and "".join(part[0] for part in parts) == raw:
            for part in parts:
                altered.add(len(words))
                words.append(word[part.start() : part.end()])
                starts.append(start + part.start())
                ends.append(start + part.end())
        else:
            words.append(word)
            starts.append(start)
            ends.append(end)
    if not altered:
        return None
    return _Reading(reading.index, reading.folded, words, starts, ends, reading.shouting, frozenset(altered))


def _spaced(reading: _Reading) -> _Reading | None:
    """M a r i a  L o p e z, m.a.r.i.a: runs of single letters joined to one word."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    altered: set[int] = set()
    number = 0
    total = len(reading.words)
    while number < total:
        last = number
        while (
            last + 1 < total
            and len(reading.words[last]) == 1
            and len(reading.words[last + 1]) == 1
            and len(reading.gap(last)) <= 3
        ):
            last += 1
        if last - number >= 3:
            for first, end in _split_at_wider_gaps(reading, number, last):
                altered.add(len(words))
                words.append("".join(reading.words[first : end + 1]))
                starts.append(reading.starts[first])
                ends.append(reading.ends[end])
        else:
            last = number
            words.append(reading.words[number])
            starts.append(reading.starts[number])
            ends.append(reading.ends[number])
        number = last + 1
    if not altered:
        return None
    return _Reading(reading.index, reading.folded, words, starts, ends, reading.shouting, frozenset(altered))


def _split_at_wider_gaps(reading: _Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Letters of one word stand closer than the words; where all gaps are equal it is one word."""
    gaps = [len(reading.gap(number)) for number in range(first, last)]
    narrow = min(gaps)
    parts: list[tuple[int, int]] = []
    begin = first
    for number, gap in zip(range(first, last), gaps, strict=True):
        if gap > narrow:
            parts.append((begin, number))
            begin = number + 1
    return [*parts, (begin, last)]


# --- what is not made of words ----------------------------------------------------------------------------------


def _hashtags(reading: _Reading, findings: list[Finding]) -> None:
    """A run-together name inside a longer tag or handle: #prayformarialopez."""
    for number, word in enumerate(reading.words):
        if len(word) < 9 or not reading.marked(number):
            continue
        for _, begin, end in reading.index.inside.find_matches_as_indexes(word):
            start = reading.starts[number]
            original_start, original_end = reading.folded.span(start + begin, start + end)
            findings.append(
                _finding(
                    "caseload-name-run-together",
                    reading.folded.original,
                    original_start,
                    original_end,
                    Confidence.LIKELY,
                )
            )


def _phones(index: CaseloadIndex, folded: FoldedText, findings: list[Finding]) -> None:
    if not index.phones:
        return
    local = {digits[-7:] for digits in index.phones}
    for found in _PHONE.finditer(folded.text):
        digits = [position for position in range(found.start(), found.end()) if folded.text[position].isdigit()]
        number = "".join(folded.text[position] for position in digits)
        if len(number) > 60:
            continue
        for length, known, confidence in ((0, index.phones.keys(), Confidence.SURE), (7, local, Confidence.LIKELY)):
            hits = [(at, phone) for phone in _inside(number, known, length) if (at := number.find(phone)) >= 0]
            for at, phone in hits:
                begin = found.start() if number[:at] in ("", "1") else digits[at]
                while begin and folded.text[begin - 1] in "+(":
                    begin -= 1
                start, end = folded.span(begin, digits[at + len(phone) - 1] + 1)
                findings.append(_finding("caseload-phone", folded.original, start, end, confidence))


def _inside(number: str, known: Iterable[str], length: int) -> list[str]:
    """Known numbers that stand in a run of digits; a short one only where it is the whole run."""
    if length:
        return [number] if len(number) == length and number in known else []
    lengths = range(7, min(len(number), 15) + 1)
    pieces = {number[at : at + size] for size in lengths for at in range(len(number) - size + 1)}
    return sorted(pieces.intersection(known), key=len, reverse=True)[:4]


def _initials(index: CaseloadIndex, text: str, findings: list[Finding]) -> None:
    if "." not in text:
        return
    for found in _INITIALS.finditer(text):
        given, family = found[1].lower(), found[2].lower()
        if given + family in _ABBREVIATIONS:
            continue
        if (given, family) in index.initial_pairs:
            findings.append(_finding("caseload-initials", text, found.start(), found.end(), Confidence.POSSIBLE))


def _masked(index: CaseloadIndex, folded: FoldedText, findings: list[Finding]) -> None:
    """M*ria, mar***: letters hidden, name still readable."""
    if "*" not in folded.text:
        return
    for number, found in enumerate(_MASKED.finditer(folded.text)):
        if number >= _MAXIMUM_MASKED:
            return
        if len(found[0]) > 40 or sum(character != "*" for character in found[0]) < 3:
            continue
        shape = re.compile(re.sub(r"\*+", lambda stars: _hidden(len(stars[0])), found[0]))
        hits = (name for name in index.name_words if name[0] == found[0][0] and len(name) >= 4)
        if any(shape.fullmatch(name) for name in hits):
            start, end = folded.span(found.start(), found.end())
            capital = folded.original[start].isupper()
            confidence = Confidence.LIKELY if capital else Confidence.POSSIBLE
            findings.append(_finding("caseload-masked-name", folded.original, start, end, confidence))


def _hidden(stars: int) -> str:
    return "[a-z]" if stars == 1 else "[a-z]{1,8}"
