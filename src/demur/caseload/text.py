"""Finds people on the caseload in a draft, however their names are written there.

A finding says how sure it is by what stands around the name. A whole name, a handle, an e-mail address or a phone
number is sure. A given name alone is possible, because it may be anybody's; where it is also a word or a month, it is
taken for a name only where somebody says or does something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from demur.caseload.disguises import disguised, hidden_alone, in_tags, misspelt_twice, slipped
from demur.caseload.index import CaseloadIndex, Form, Kind
from demur.caseload.mentions import CITES, RULES, mention, settled
from demur.caseload.names import TITLES, FoldedText, fold, folded_words
from demur.caseload.persons import DOES, DONE_TO, SAYS_SOMETHING, is_served, may_be_served, word_is_a_person
from demur.caseload.reading import Reading
from demur.caseload.tables import everyday_words, is_common_family, is_common_given, is_usual_given, ordinary_words
from demur.core.findings import Confidence, Finding

__all__ = ["CITES", "RULES", "find_mentions"]

_PHONE = re.compile(r"[0-9][0-9 ().+/-]{5,}[0-9]")
_INITIALS = re.compile(r"(?<![A-Za-z.])([A-Z])\.\s?([A-Z])\.(?![A-Za-z])")
_ABBREVIATIONS = frozenset(
    {"us", "uk", "eu", "dc", "la", "ny", "nc", "sc", "nd", "sd", "nj", "am", "pm", "ps", "id", "md", "jd", "ba", "ma",
     "bs", "ms", "mr", "dr", "ad", "bc", "tv", "vp", "pr", "pc", "er", "or", "un", "eg", "ie"}
)  # fmt: skip
_AFTER_NAMES = frozenset(
    {"and", "but", "the", "who", "she", "her", "his", "they", "you", "for", "with", "from", "then", "when", "that",
     "this", "not", "are", "may", "will", "can", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday", "sunday", "today", "tomorrow", "yesterday", "again", "thank", "thanks",
     "happy", "please", "what", "how", "why", "just"}
)  # fmt: skip


_CLIENT_WORDS = frozenset(
    {"client", "clients", "patient", "patients", "resident", "consumer", "participant", "mentee", "kiddo", "kiddos",
     "case", "caseload", "session", "sessions", "visit", "intake", "youth", "student", "supervisee", "probationer",
     "cliente", "paciente"}
)  # fmt: skip
_BELONGS = frozenset(
    {"mom", "mother", "mum", "mama", "dad", "father", "papa", "sister", "brother", "sibling", "siblings", "son",
     "daughter", "kid", "kids", "baby", "family", "parents", "grandma", "grandpa", "aunt", "uncle", "husband", "wife",
     "boyfriend", "girlfriend", "partner", "foster", "house", "home", "birthday", "case", "story", "file", "session",
     "visit", "hearing", "school", "teacher", "therapist", "worker", "caseworker", "court", "hair", "face", "smile"}
)  # fmt: skip
_PLACES = frozenset(
    {"restaurant", "steakhouse", "bar", "pub", "grill", "cafe", "church", "hospital", "school", "park", "kitchen",
     "diner", "pizza", "faire", "island", "beach", "lake", "street", "st", "avenue", "ave", "blvd", "boulevard", "road",
     "rd", "drive", "hall", "center", "centre", "university", "college", "county", "city", "fc", "cup", "stadium",
     "library", "museum", "theater", "theatre", "field", "mall", "square", "bridge", "mountain", "river", "elementary",
     "high", "middle", "memorial", "cathedral", "parish", "award", "awards", "show"}
)  # fmt: skip
_BEFORE_PLACES = frozenset(
    {"san", "santa", "saint", "st", "lake", "mount", "mt", "fort", "ft", "port", "cape", "point", "camp", "new", "king",
     "queen", "prince", "princess", "president", "senator", "pope", "lady", "lord", "governor", "justice", "north",
     "south", "east", "west"}
)  # fmt: skip
_TAG_WORDS = frozenset(
    {"team", "pray", "praying", "for", "justice", "love", "free", "happy", "birthday", "bday", "rip", "welcome", "home",
     "congrats", "strong", "forever", "day", "my", "our", "we", "i", "you", "miss", "go", "get", "well", "hope", "find",
     "bring", "help", "proud", "of", "the", "time", "with", "and", "is", "to", "in", "s", "girl", "boy", "baby"}
)  # fmt: skip
_NOBODY: frozenset[int] = frozenset()
_CHECK_IN = 60
"""Characters after "@ " that are read as the name of a place, as posts with a place are written."""
_PERSONAL_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "sra", "sr", "srta"})
_BEFORE_LETTERS = _CLIENT_WORDS | _PERSONAL_TITLES


def find_mentions(index: CaseloadIndex, text: str) -> tuple[Finding, ...]:
    """Mentions of people on the caseload, in the order of the text; they never overlap.

    Linear in the length of the text; never raises, whatever the text holds.
    """
    if not index.clients or not text:
        return ()
    folded = fold(text)
    reading = Reading(index, folded, folded_words(folded.text))
    _scan(reading)
    misspelt_twice(reading)
    hidden_alone(reading)
    _phones(index, folded, reading.findings)
    if "." in text:
        _initials(reading)
    if not _BEFORE_LETTERS.isdisjoint(reading.words):
        _bare_initials(reading)
        _titled_letter(reading)
    for other in disguised(reading):
        _scan(other)
        reading.findings += other.findings
    in_tags(reading)
    return settled(reading.findings) if reading.findings else ()


# --- one reading -----------------------------------------------------------------------------------------------


def _scan(reading: Reading) -> None:
    if True not in reading.known:
        return
    index, words = reading.index, reading.words
    longer, forms_of, only_words = index.longer, index.forms, index.only_words
    givens: list[tuple[int, int, Form]] = []
    families: dict[int, list[tuple[int, Form]]] = {}
    families_ending: dict[int, list[tuple[int, Form]]] = {}
    total = len(words)
    for first, known in enumerate(reading.known):
        if not known:
            continue
        word = words[first]
        if word in only_words and _is_only_a_word(reading, first):
            continue
        if word in longer and first + 1 < total and words[first + 1] in longer[word]:
            for length in longer[word][words[first + 1]]:  # the longest way of writing a name comes first
                last = first + length - 1
                if last >= total:
                    continue
                for form in forms_of.get(tuple(words[first : last + 1]), ()):
                    kind = form.kind
                    if kind is Kind.HANDLE:
                        _handle(reading, first, last)
                    elif kind is Kind.EMAIL:
                        _email(reading, first, last)
                    elif not reading.together(first, last):
                        continue
                    elif kind is Kind.FAMILY:
                        families.setdefault(first, []).append((last, form))
                        families_ending.setdefault(last, []).append((first, form))
                    elif kind is Kind.OTHER_NAME:
                        reading.add("caseload-full-name", first, last, Confidence.SURE)
                    else:
                        givens.append((first, last, form))
        for form in forms_of.get((word,), ()):
            kind = form.kind
            if kind is Kind.FAMILY:
                families.setdefault(first, []).append((first, form))
                families_ending.setdefault(first, []).append((first, form))
            elif kind is Kind.RUN_TOGETHER:
                reading.add("caseload-name-run-together", first, first, Confidence.SURE)
            elif kind is Kind.INITIAL_RUN:
                _initial_run(reading, first)
            elif kind is Kind.HANDLE:
                _handle(reading, first, first)
            else:
                givens.append((first, first, form))
    for first, last, form in givens:
        _given(reading, first, last, form, families, families_ending)
    for first, ends in families.items():
        for last, form in ends:
            _family(reading, first, last, form)


def _is_only_a_word(reading: Reading, word: int) -> bool:
    """Whether an everyday word in small letters stands among others like it: all of the rest would say so, too."""
    if reading.altered is not None:
        return False
    words, known, original = reading.words, reading.known, reading.folded.original
    written = words[word]
    if not original.isascii() or written in reading.capitalized:
        return False
    last = len(words) - 1
    before, after = words[word - 1] if word else "the", words[word + 1] if word < last else "the"
    if written in ordinary_words() and (
        (word and known[word - 1] is None) or (word < last and known[word + 1] is None)
    ):
        return False  # it may be beside a misspelt name
    if before in DONE_TO or before in TITLES or after in DOES or after in SAYS_SOMETHING or after[-2:] == "ed":
        return False
    if may_be_served(words, word):
        return False
    index = reading.index
    if after in index.longer.get(written, ()):
        return False
    clients = index.by_word.get(written, _NOBODY)
    for near in range(max(0, word - 3), min(word + 4, last + 1)):
        beside = words[near]
        named = known[near] and near != word
        if named and (beside not in index.only_words or not clients.isdisjoint(index.by_word.get(beside, _NOBODY))):
            return False
    return True


def _initial_run(reading: Reading, word: int) -> None:
    """mlopez says something as a tag or handle, or with a number."""
    numbered = word + 1 < len(reading.words) and reading.words[word + 1].isdigit() and not reading.gap(word)
    if reading.marked(word) or numbered:
        reading.add("caseload-name-run-together", word, word, Confidence.POSSIBLE)


def _handle(reading: Reading, first: int, last: int) -> None:
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
            if len(handle) < 6 or handle in everyday_words() or is_common_given(handle):
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
                mention("caseload-handle", reading.folded.original, original_start, original_end, confidence)
            )


def _email(reading: Reading, first: int, last: int) -> None:
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
    reading: Reading,
    first: int,
    last: int,
    form: Form,
    families: dict[int, list[tuple[int, Form]]],
    families_ending: dict[int, list[tuple[int, Form]]],
) -> None:
    """A given name: with the family name beside it, with a letter, nearly with the family name, or alone."""
    if first in reading.named:
        return
    if _with_family(reading, first, last, form, families):
        return
    named_before = first - 1 in families_ending and reading.joined(first - 1)
    if named_before and _after_family(reading, first, last, form, families_ending):
        return
    following = last + 1
    if following < len(reading.words):
        if len(reading.words[following]) == 1 and reading.joined(last):
            if _with_initial(reading, first, last, form):
                return
        elif reading.known[following] is None and _nearly(reading, form, first, last, following, family=True):
            reading.add("caseload-full-name", first, following, Confidence.LIKELY)
            return
    if first and reading.known[first - 1] is None and _nearly(reading, form, first, last, first - 1, family=True):
        reading.add("caseload-full-name", first - 1, last, Confidence.LIKELY)
        return
    _given_alone(reading, first, last, form)


def _with_family(
    reading: Reading, first: int, last: int, form: Form, families: dict[int, list[tuple[int, Form]]]
) -> bool:
    """Maria Lopez, with up to two middle names."""
    words = reading.words
    following = last + 1
    if not (following in families or following + 1 in families or following + 2 in families):
        return False
    for start in range(following, min(following + 3, len(words))):
        if not reading.joined(start - 1) or (start > following and not _can_be_middle(reading, start - 1, first)):
            return False
        for end, family in families.get(start, ()):
            if not form.clients.isdisjoint(family.clients) and _two_names(reading, first, start):
                short = form.kind in (Kind.NICKNAME, Kind.DIMINUTIVE)
                confidence = _full(reading, first, last, start, end, short)
                reading.add("caseload-full-name", first, end, confidence)
                if confidence > Confidence.POSSIBLE:
                    reading.named.update(range(first, end + 1))
                return True
    return False


def _two_names(reading: Reading, first: int, start: int) -> bool:
    """Whether two words are two names: one said twice is so only for those who have it twice, like Hussein Hussein."""
    word = reading.words[start]
    return word != reading.words[first] or word in reading.index.said_twice


def _after_family(
    reading: Reading, first: int, last: int, form: Form, families_ending: dict[int, list[tuple[int, Form]]]
) -> bool:
    """Lopez, Maria; Lopez Maria."""
    words = reading.words
    for start, family in families_ending[first - 1]:
        if form.clients.isdisjoint(family.clients) or not _two_names(reading, first, start):
            continue
        comma = "," in reading.gap(first - 1)
        short = form.kind in (Kind.NICKNAME, Kind.DIMINUTIVE)
        sure = _full(reading, first, last, start, first - 1, short)
        weak = words[start] in everyday_words() or len(words[start]) < 3
        if weak and not comma and not (reading.capital(start) and reading.capital(first)):
            continue
        # Where a script has no capitals, family name first is the usual order and not a guess.
        character = reading.first_character(start)
        usual = comma or character.lower() == character.upper()
        reading.add("caseload-full-name", start, last, sure if usual else min(sure, Confidence.LIKELY))
        if sure > Confidence.POSSIBLE:
            reading.named.update(range(start, last + 1))
        return True
    return False


def _with_initial(reading: Reading, first: int, last: int, form: Form) -> bool:
    """Maria L., Maria L."""
    words = reading.words
    letter = last + 1
    initials = reading.index.initials_family
    if not any(words[letter] in initials[client] for client in form.clients):
        return False
    weak = form.kind is Kind.NICKNAME or all(word in everyday_words() for word in words[first:letter])
    upper = reading.first_character(letter).isupper() and not reading.shouting
    if reading.folded.text[reading.ends[letter] : reading.ends[letter] + 1] == ".":
        reading.add("caseload-name-and-initial", first, letter, Confidence.LIKELY)
        return True
    if reading.gap(last) not in (" ", "_", ".", "-"):
        return False
    if reading.capital(first):
        if upper and not (words[letter] == "i" and letter + 1 < len(words)):
            confidence = Confidence.POSSIBLE if weak else Confidence.LIKELY
            reading.add("caseload-name-and-initial", first, letter, confidence)
            return True
        return False
    # a, i, and what is left of isn't, don't and I'm are words, and no initials of small names.
    if not weak and (upper or words[letter] not in ("a", "i", "s", "t", "d", "m", "u", "x")):
        reading.add("caseload-name-and-initial", first, letter, Confidence.POSSIBLE)
        return True
    return False


def _full(reading: Reading, first: int, last: int, start: int, end: int, short: bool) -> Confidence:
    """How sure given and family name together are: two everyday words need capitals to be a name."""
    words, everyday = reading.words, everyday_words()
    both_words = (
        words[first] in everyday
        and words[start] in everyday
        and all(word in everyday for word in (*words[first : last + 1], *words[start : end + 1]))
    )
    apart = start > last + 1
    if not both_words and not short and not apart:
        return Confidence.SURE
    capitals = reading.capital_name(first, last) and reading.capital_name(start, end)
    if both_words and not capitals and not reading.marked(first):
        return Confidence.POSSIBLE
    if short or (both_words and apart) or (apart and not (capitals and reading.capital(last + 1))):
        return Confidence.LIKELY
    return Confidence.SURE


def _can_be_middle(reading: Reading, word: int, first: int) -> bool:
    """A word between given and family name that can be a middle name, rather than "and" or a verb."""
    written = reading.words[word]
    if written.isdigit() or written in ("s", "and", "y", "or", "the", "i"):
        return False
    if reading.capital(word):
        return reading.capital(first)
    if reading.first_character(word).isupper() and (reading.shouting or not reading.capital(first)):
        return is_usual_given(written) or len(written) == 1
    if reading.capital(first):
        return False
    if written in reading.index.middle_words:
        return written not in _AFTER_NAMES
    return is_usual_given(written) and written not in everyday_words()


def _nearly(reading: Reading, form: Form, first: int, last: int, word: int, *, family: bool) -> bool:
    """Whether a word is a slip or two away from the other name of a client who has the one from first to last."""
    written = reading.words[word]
    index = reading.index
    if reading.known[word] is not None or not 3 <= len(written) <= 24 or written in index.name_words:
        return False
    if not reading.joined(word if word < first else last):
        return False
    if reading.capital_name(first, last) != reading.capital(word) or _is_picture(reading, first):
        return False
    others = index.family_words if family else index.given_words
    head, second, size = written[0], written[1], len(written)
    for client in form.clients:
        for name in others[client]:
            # One slip leaves one of the first two letters in its place, or the second one comes first.
            near = name[0] == head or name[1:2] in (second, head) or name[0] == second
            if near and -3 < len(name) - size < 3 and slipped(written, name):
                return True
    return False


def _is_picture(reading: Reading, word: int) -> bool:
    """Whether a word of an altered reading is a picture in the text."""
    return reading.altered is not None and word in reading.altered and not reading.first_character(word).isalnum()


def _given_alone(reading: Reading, first: int, last: int, form: Form) -> None:
    words = reading.words
    word = words[first]
    nickname = form.kind in (Kind.NICKNAME, Kind.DIMINUTIVE)
    everyday = everyday_words()
    if _is_picture(reading, first):
        _picture_alone(reading, first)
        return
    capital = reading.capital(first)
    if nickname and len(word) < 3:
        return
    if nickname and word in everyday and not (capital and (_beside_client(reading, first) or is_served(reading, last))):
        return
    if last == first and len(word) < 3 and (not capital or word in everyday or reading.starts_sentence(first)):
        return
    if reading.altered is not None and last == first and not _altered_alone(reading, first, nickname, capital):
        return
    weak = word in everyday and all(part in everyday for part in words[first : last + 1])
    if weak and not nickname and not word_is_a_person(reading, first, last, capital):
        return
    known = weak or nickname or is_usual_given(word)
    if known and _is_somebody_else(reading, first, last, capital):
        return
    if nickname:
        if _beside_client(reading, first) or (capital and (not is_usual_given(word) or is_served(reading, last))):
            reading.add("caseload-nickname", first, last, Confidence.POSSIBLE)
        return
    rule = "caseload-other-name" if form.kind is Kind.OTHER_SINGLE else "caseload-given-name"
    if weak:
        reading.add(rule, first, last, Confidence.POSSIBLE)
        return
    # One name may be anybody's, the author's friend's too: it is a question, and likely only beside talk of a client.
    reading.add(rule, first, last, Confidence.LIKELY if last > first else Confidence.POSSIBLE)


def _picture_alone(reading: Reading, word: int) -> None:
    """A picture is a name only beside talk of a client, or where it does something."""
    following = word + 1
    acts = (
        following < len(reading.words) and not reading.gap(word).strip() and reading.words[following] in SAYS_SOMETHING
    )
    if acts or _beside_client(reading, word):
        reading.add("caseload-emoji-name", word, word, Confidence.POSSIBLE)


def _altered_alone(reading: Reading, word: int, nickname: bool, capital: bool) -> bool:
    """Whether one name in disguise says enough without the other."""
    written = reading.words[word]
    if reading.marked(word):
        return True
    raw = reading.raw(word)
    if raw[-1] in "sS" and len(raw) == len(written) + 1 and raw.isalpha():
        following = word + 1
        belongs = following < len(reading.words) and reading.words[following] in _BELONGS
        return belongs and written not in everyday_words()
    return len(written) >= 5 and written not in everyday_words() and not nickname and capital


def _is_somebody_else(reading: Reading, first: int, last: int, capital: bool) -> bool:
    """Whether a name is part of another whole name (Angela Merkel, Etta James) or of a place (San Jose)."""
    words = reading.words
    following = last + 1
    after, gap = "", ""
    if following < len(words):
        after, gap = words[following], reading.gap(last)
        place = following + 1 if after == "s" and gap == "'" else following
        if place < len(words) and words[place] in _PLACES and reading.capital(place):
            return True
        family = is_common_family(after) and after not in _AFTER_NAMES and after not in DOES
        if family and gap == " " and (not capital or not reading.capital(following)):
            return True  # chris pine, David price
    if not capital:
        return False
    before = words[first - 1] if first else ""
    near = reading.gap(first - 1) if first else ""
    if after and reading.capital(following) and gap in (" ", "-", "", ". "):
        # Where every word begins with a capital, the next one says nothing.
        titled = first > 0 and near == " " and reading.capital(first - 1) and not reading.starts_sentence(first - 1)
        if gap in ("-", ""):
            return not (gap == "" and (after in _TAG_WORDS or after.isdigit()))
        if not titled and len(after) > 2 and after.isalpha() and after not in DOES and after not in _AFTER_NAMES:
            return True
        if len(after) == 1 and following + 1 < len(words) and reading.gap(following) == ". ":
            return reading.capital(following + 1)  # James B. Sullivan
    if before and near in (" ", ". ", "", "-") and reading.capital(first - 1):
        if near == "":
            return before not in _TAG_WORDS and not before.isdigit()
        if before in _BEFORE_PLACES or is_common_given(before):
            return True
        called = before in everyday_words() or before in TITLES or before in _CLIENT_WORDS or before in _AFTER_NAMES
        return near == " " and not called and not reading.starts_sentence(first - 1)
    start = reading.starts[first]
    return "@ " in reading.folded.text[max(0, start - _CHECK_IN) : start]


def _family(reading: Reading, first: int, last: int, form: Form) -> None:
    """A family name without a given name: after a title or a letter it is likely, alone it must be rare."""
    words = reading.words
    word = words[first]
    if first in reading.named:
        return
    if _is_picture(reading, first):
        _picture_alone(reading, first)
        return
    everyday = everyday_words()
    weak = word in everyday and all(part in everyday for part in words[first : last + 1])
    capital = reading.capital_name(first, last)
    if first:
        previous = words[first - 1]
        if previous in TITLES:
            if reading.joined(first - 1) and _after_title(reading, first, last, weak, capital):
                return
        elif len(previous) == 1:
            if reading.joined(first - 1) and _after_initial(reading, first, last, form, weak, capital):
                return
        elif reading.known[first - 1] is None and _nearly(reading, form, first, last, first - 1, family=False):
            reading.add("caseload-full-name", first - 1, last, Confidence.LIKELY)
            return
    following = last + 1
    if (
        following < len(words)
        and reading.known[following] is None
        and _nearly(reading, form, first, last, following, family=False)
    ):
        reading.add("caseload-full-name", first, following, Confidence.LIKELY)
        return
    if weak or not capital or len(word) < 4 or reading.altered is not None or reading.marked(first) == "@":
        return
    if is_common_family(word) or is_usual_given(word) or _is_somebody_else(reading, first, last, capital):
        return
    reading.add("caseload-family-name", first, last, Confidence.POSSIBLE)


def _after_title(reading: Reading, first: int, last: int, weak: bool, capital: bool) -> bool:
    """Ms. Lopez, mr lopez; a title before an everyday word is a king, a nature or a time."""
    title = reading.words[first - 1]
    if weak and (title not in _PERSONAL_TITLES or not capital):
        return False
    if not capital and (title not in _PERSONAL_TITLES or reading.altered is not None):
        return False
    confidence = Confidence.LIKELY if capital else Confidence.POSSIBLE
    reading.add("caseload-title-and-family-name", first - 1, last, confidence)
    return True


def _after_initial(reading: Reading, first: int, last: int, form: Form, weak: bool, capital: bool) -> bool:
    """M. Lopez, M Lopez, m. lopez."""
    letter = reading.words[first - 1]
    initials = reading.index.initials_given
    if not any(letter in initials[client] for client in form.clients):
        return False
    dotted = reading.gap(first - 1).startswith(".")
    upper = reading.first_character(first - 1).isupper() and reading.gap(first - 1) == " "
    if capital and (dotted or (upper and (letter not in ("i", "a") or not weak))):
        confidence = Confidence.POSSIBLE if weak or (letter in ("i", "a") and not dotted) else Confidence.LIKELY
        reading.add("caseload-name-and-initial", first - 1, last, confidence)
        return True
    if dotted and not weak and len(reading.words[first]) > 3 and reading.gap(first - 1) in (". ", "."):
        reading.add("caseload-name-and-initial", first - 1, last, Confidence.POSSIBLE)
        return True
    return False


# --- what is not made of words ----------------------------------------------------------------------------------


def _phones(index: CaseloadIndex, folded: FoldedText, findings: list[Finding]) -> None:
    if not index.phones:
        return
    for found in _PHONE.finditer(folded.text):
        digits = [position for position in range(found.start(), found.end()) if folded.text[position].isdigit()]
        number = "".join(folded.text[position] for position in digits)
        if len(number) > 60:
            continue
        for length, known, confidence in (
            (0, index.phones.keys(), Confidence.SURE),
            (7, index.local_phones, Confidence.LIKELY),
        ):
            hits = [(at, phone) for phone in _inside(number, known, length) if (at := number.find(phone)) >= 0]
            for at, phone in hits:
                begin = found.start() if number[:at] in ("", "1") else digits[at]
                while begin and folded.text[begin - 1] in "+(":
                    begin -= 1
                start, end = folded.span(begin, digits[at + len(phone) - 1] + 1)
                findings.append(mention("caseload-phone", folded.original, start, end, confidence))


def _inside(number: str, known: Iterable[str], length: int) -> list[str]:
    """Known numbers that stand in a run of digits; a short one only where it is the whole run."""
    if length:
        return [number] if len(number) == length and number in known else []
    lengths = range(7, min(len(number), 15) + 1)
    pieces = {number[at : at + size] for size in lengths for at in range(len(number) - size + 1)}
    return sorted(pieces.intersection(known), key=len, reverse=True)[:4]


def _initials(reading: Reading) -> None:
    """M.L."""
    text = reading.folded.original
    for found in _INITIALS.finditer(text):
        letters = found[1].lower(), found[2].lower()
        if "".join(letters) not in _ABBREVIATIONS and letters in reading.index.by_initials:
            reading.findings.append(mention("caseload-initials", text, *found.span(), Confidence.POSSIBLE))


def _bare_initials(reading: Reading) -> None:
    """ML, right after talk of a client."""
    for number, word in enumerate(reading.words):
        if len(word) != 2 or not _beside_client(reading, number) or word in _ABBREVIATIONS or word in everyday_words():
            continue
        if tuple(word) in reading.index.by_initials and reading.raw(number).isupper() and not reading.shouting:
            reading.add("caseload-initials", number, number, Confidence.POSSIBLE)


def _titled_letter(reading: Reading) -> None:
    """Ms. L"""
    words = reading.words
    for number in range(1, len(words)):
        if words[number - 1] not in _PERSONAL_TITLES or words[number] not in reading.index.family_initials:
            continue
        if reading.gap(number - 1) in (" ", ". ") and reading.first_character(number).isupper():
            reading.add("caseload-title-and-family-name", number - 1, number, Confidence.POSSIBLE)


def _beside_client(reading: Reading, word: int) -> bool:
    """Whether a client is spoken of up to two words before a word."""
    return any(near in _CLIENT_WORDS for near in reading.words[max(0, word - 2) : word])
