"""Whether an everyday word that is also a name (rose, mark, may) stands where a person would.

It is asked only for words of the caseload, so it may look closely; all it ever decides is whether to put a question.
"""

from __future__ import annotations

import re

from demur.caseload.reading import Reading
from demur.caseload.tables import ordinary_words

DOES = frozenset(
    {"said", "says", "told", "tells", "asked", "asks", "texted", "called", "cried", "cries", "came", "went", "has",
     "had", "was", "isn't", "got", "gets", "left", "finally", "just", "laughed", "smiled", "relapsed", "graduated",
     "walked", "showed", "started", "stopped", "wants", "wanted", "needs", "needed", "loves", "loved", "hates",
     "thinks",
     "made", "makes", "did", "didn't", "doesn't", "didn", "doesn", "wasn", "hasn", "won", "wouldn", "couldn", "tried",
     "keeps", "kept", "lost", "found", "moved", "passed", "died", "no", "dijo",
     "vino", "llego", "esta", "fue"}
)  # fmt: skip
"""What stands after a person's name."""
SAYS_SOMETHING = frozenset(
    {"said", "says", "told", "tells", "asked", "asks", "texted", "called", "cried", "relapsed", "graduated", "laughed",
     "smiled", "cries"}
)  # fmt: skip
"""What only a person does."""
_DID = frozenset(
    {"took", "ran", "slept", "ate", "broke", "threw", "held", "spent", "gave", "brought", "sat", "stood", "wrote",
     "drew", "sang", "knew", "felt", "thought", "hung", "sent", "woke", "chose", "paid", "fought", "stole", "swore",
     "quit", "hid", "begged", "isn", "forgot", "drank", "smoked", "drove", "slipped", "shot"}
)  # fmt: skip
"""More of it, said of a word at the beginning of a sentence: elsewhere too much of it is said of things."""
DONE_TO = frozenset(
    {"met", "told", "asked", "hugged", "texted", "visited", "named", "client", "patient", "resident", "called", "drove"}
)
"""What stands before a person's name."""
_MONTHS = frozenset({"april", "may", "june", "july", "august", "abril", "mayo", "junio", "julio", "agosto"})
_BEFORE_MONTH = frozenset(
    {"in", "of", "by", "since", "until", "till", "this", "next", "last", "early", "late", "mid", "every", "en", "de",
     "through", "from", "between", "before", "after", "to", "and"}
)  # fmt: skip
_DETERMINERS = frozenset(
    {"the", "a", "an", "my", "your", "his", "her", "our", "their", "no", "this", "that", "some", "any", "every"}
)
_AT_SOMEBODY = frozenset(
    {"mad", "angry", "yelled", "yelling", "screamed", "smiled", "smiling", "laughed", "waved", "looked", "looking",
     "believe", "believed", "trust", "disappointed"}
)  # fmt: skip
"""Before "at" and "in", so that a name after them is no place."""

_STOPS = (",", ".", "!", ";", "")
"""After a number, so that it counts nothing else."""
_BEFORE_AGE = frozenset({"is", "age", "aged", "turned", "turns"})
_OURS = frozenset({"my", "our", "mi", "nuestro", "nuestra"})
_WHERE_SERVED = frozenset(
    {"group", "groups", "caseload", "unit", "program", "class", "office", "clinic", "shelter", "house", "home", "floor",
     "ward", "pod", "hall", "wing", "team", "agency", "center", "detox", "rehab", "list", "couch", "iop", "school",
     "practice", "hospice", "grupo", "programa", "clase", "albergue", "casa", "oficina", "lista"}
)  # fmt: skip
_STATES = frozenset(
    {"using", "clean", "sober", "drinking", "relapsing", "high", "withdrawing", "detoxing", "pregnant", "homeless",
     "missing", "suicidal", "struggling", "crying", "sobbing", "dying", "pacing", "awol", "inpatient", "hospitalized",
     "evicted", "housed", "incarcerated", "depressed", "manic", "psychotic", "unhoused", "stable", "unwell"}
)  # fmt: skip
"""How somebody is; hardly ever said of a month, a place or a flower."""
_TIMES = _MONTHS | {"summer", "autumn", "spring", "winter", "dawn", "season", "seasons"}
"""Names of times, which come, go and are back as people do."""
_GOES_ON = frozenset({"again", "back", "still", "gone", "ok", "okay", "safe", "alive", "sick", "in", "out", "here"})
_WORDS_BETWEEN = frozenset({"not", "still", "so", "really", "finally", "already", "back", "now", "just", "also"})
_USES = frozenset(
    {"using", "od", "ods", "oded", "overdose", "overdosed", "overdosing", "relapse", "relapses", "relapsing", "sober",
     "sobriety", "detox", "rehab", "fentanyl", "meth", "heroin", "narcan", "probation", "parole", "cps", "dcfs", "dcf",
     "custody", "caseload", "evicted", "eviction", "foster", "inpatient", "suicidal"}
)  # fmt: skip
"""What the people whom this work serves live through: near a name, the name is a person."""
_USES_WITHIN = 6
"""So many words after a name are looked at for them, in the same sentence."""
_SPOKEN_TO = frozenset(
    {"you", "your", "youre", "i", "we", "thank", "thanks", "please", "keep", "stay", "hang", "rest", "come", "call",
     "if", "don", "ur", "u", "te", "tu", "gracias", "descansa"}
)  # fmt: skip
"""After a name and a comma."""
_FEELINGS = frozenset(
    {"heart", "dear", "girl", "friend", "prayers", "thoughts", "sweet", "brave", "darling", "corazon"}
)  # fmt: skip
"""After a name and "my"."""
_FELT = frozenset({"love", "miss", "hope", "wish", "pray", "am", "m", "see", "hear", "know", "believe"})
"""After a name and "I"."""
_PICTURE_FELT = re.compile(" ?[💔🕊😢😭🕯🖤🥺🙏❤💜💙💚💛🧡🤍🤎😔😞🫂😥]")
_SENTENCE_ENDS = re.compile(r"[.!?\n]")


def word_is_a_person(reading: Reading, first: int, last: int, capital: bool) -> bool:
    """Whether an everyday word stands where a person would: somebody does, says or is something, or is spoken to."""
    words = reading.words
    before = words[first - 1] if first and reading.gap(first - 1).strip() == "" else ""
    after = words[last + 1] if last + 1 < len(words) and reading.gap(last).strip() in ("", "'") else ""
    month = any(word in _MONTHS for word in words[first : last + 1])
    if month and (before in _BEFORE_MONTH or before.isdigit() or after.isdigit() or after in ("of", "the")):
        return False
    if before not in _DETERMINERS and not (month and not capital) and is_served(reading, last):
        return True
    marked = reading.marked(first)
    if marked == "@":
        return False
    only_everyday = words[first] not in ordinary_words()  # said, her and song are names, but hardly ever
    speaks = after in SAYS_SOMETHING
    if marked:
        return capital and (speaks or _is_spoken_to(reading, first, last))
    acts = speaks or (not only_everyday and (after in DOES or (after[-2:] == "ed" and len(after) > 4)))
    owns = after == "s" and reading.gap(last) == "'" and capital
    if not capital:
        return not only_everyday and (acts or before in DONE_TO) and before not in _DETERMINERS
    if reading.starts_sentence(first):
        if acts:
            return True
        return not only_everyday and (
            owns
            or after in _DID
            or _goes_on(reading, last)
            or _with_kin(reading, last)
            or _lives_through(reading, last)
            or _is_spoken_to(reading, first, last)
        )
    if before in ("in", "at"):
        return first > 1 and words[first - 2] in _AT_SOMEBODY
    if only_everyday and (before in ("of", "on") or reading.capital(first - 1)):
        return False
    return before not in _DETERMINERS


def may_be_served(words: list[str], word: int) -> bool:
    """Whether the words after a word could make `is_served` true: for those that look at words before places."""
    after = words[word + 1] if word + 1 < len(words) else ""
    if after[:1].isdigit():
        return _is_age(after)
    following = words[word + 2] if word + 2 < len(words) else ""
    if after in _BEFORE_AGE and following[:1].isdigit():
        return _is_age(following)
    if after == "is":
        return following in _STATES or following in _WORDS_BETWEEN
    return after in ("from", "on", "in") and following in _OURS


def is_served(reading: Reading, last: int) -> bool:
    """Whether what follows is said of a person and of nothing else: an age, a group of ours, how somebody is."""
    words = reading.words
    if not may_be_served(words, last):
        return False
    after, gap = words[last + 1], reading.gap(last)
    if after[0].isdigit():
        if words[last + 2 : last + 3] in (["yo"], ["y"], ["yr"], ["year"]):
            return gap in (" ", ", ", " (")
        closes = _closes(reading, last + 1)
        return (gap in (", ", ": ") and closes in _STOPS) or (gap in (" (", "(") and closes == ")")
    if gap != " " or reading.gap(last + 1) != " ":
        return False
    if words[last + 2].isdigit():
        return _closes(reading, last + 2) in _STOPS
    if after == "is":
        following = last + 2
        if words[following] in _WORDS_BETWEEN and following + 1 < len(words) and reading.gap(following) == " ":
            following += 1
        return words[following] in _STATES
    return any(word in _WHERE_SERVED for word in words[last + 3 : last + 5])


def _is_age(word: str) -> bool:
    return word.isdigit() and len(word) < 3 and word[0] != "0"


def _closes(reading: Reading, word: int) -> str:
    """What stands right after a word."""
    end = reading.ends[word]
    return reading.folded.text[end : end + 1]


def _goes_on(reading: Reading, last: int) -> bool:
    """Rose is dancing, Rose is back again; "was" and "has" alone say enough."""
    words = reading.words
    if last + 2 >= len(words) or words[last + 1] != "is" or reading.gap(last) != " " or words[last] in _TIMES:
        return False
    following = words[last + 2]
    if following in _WORDS_BETWEEN and last + 3 < len(words):
        following = words[last + 3] if words[last + 3] not in ("in", "out", "here") else following
    return following in _GOES_ON or (following[-3:] == "ing" and len(following) > 5)


def _with_kin(reading: Reading, last: int) -> bool:
    """Rose and her mom."""
    after = reading.words[last + 1 : last + 3]
    if len(after) == 2 and reading.gap(last) == " & ":
        return after[0] in ("her", "his")
    return after in (["and", "her"], ["and", "his"], ["y", "su"]) and reading.gap(last) == " "


def _lives_through(reading: Reading, last: int) -> bool:
    """Rose OD'd, Rose in rehab: words of this work in what is left of the sentence."""
    words = reading.words
    for word in range(last + 1, min(last + 1 + _USES_WITHIN, len(words))):
        if _SENTENCE_ENDS.search(reading.gap(word - 1)):
            return False
        if words[word] in _USES:
            return True
    return False


def _is_spoken_to(reading: Reading, first: int, last: int) -> bool:
    """Rose, you did it; Rose my heart breaks for you; Rose 💔"""
    if _PICTURE_FELT.match(reading.folded.original, reading.span(first, last)[1]):
        return True
    words = reading.words
    if last + 1 >= len(words):
        return False
    gap, after = reading.gap(last), words[last + 1]
    if gap == ", ":
        return after in _SPOKEN_TO
    following = words[last + 2] if last + 2 < len(words) else ""
    if gap != " ":
        return False
    return (after == "my" and following in _FEELINGS) or (after == "i" and following in _FELT)
