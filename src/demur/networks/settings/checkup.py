"""A check-up: a few settings at a time, what matters most first, and nobody is asked for what can be read.

A surface begins one with `start`, hands what an export or the network tells to `take_in`, shows `steps`, and gives
each answer to `answer`; it keeps the `CheckUp` that comes back each time. The next check-up starts from the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from demur.core.accounts import Network, Purpose
from demur.core.settings import (
    ChangeKind,
    CheckUp,
    CheckUpStep,
    Inbox,
    Noted,
    Observed,
    Origin,
    ReadFrom,
    Setting,
    SettingChange,
    SettingsCatalogue,
    StepAnswer,
)
from demur.networks.settings.catalogue import MOST_FIRST, settings_of

AGAIN = timedelta(days=180)
"""How long what was done or read counts: menus move, and networks add switches that stand open."""

LATER = timedelta(days=30)
"""When to look again where something was left for another day."""

LONGEST_VALUE = 80
"""Characters of a value that is not understood, as it is kept and shown."""

_WORDS = re.compile(r"[^\W_]+")
_ANSWERS = {
    StepAnswer.DONE: "done",
    StepAnswer.NOT_NOW: "not now",
    StepAnswer.DOES_NOT_APPLY: "does not apply",
}


def start(network: Network, purpose: Purpose, inbox: Inbox, day: date, last: CheckUp | None = None) -> CheckUp:
    """A new check-up of one account, with what is known of it from the last one.

    Raises ValueError where `last` is of another network or purpose: then it is of another account.
    """
    catalogue = settings_of(network)
    if last is None:
        return CheckUp(network, purpose, inbox, day, catalogue.digest)
    if (last.network, last.purpose) != (network, purpose):
        raise ValueError("the last check-up is of another account")
    notes = []
    for note in last.notes:
        setting = catalogue.setting(note.key)
        if setting is not None and purpose in setting.recommended:
            seen = tuple(replace(found, fits=_fits(setting, found, purpose, inbox)) for found in note.observed)
            choice = setting.choice(purpose, inbox) or ""
            recommended = note.recommended if note.answer is not None else choice
            notes.append(replace(note, recommended=recommended, observed=seen, carried=True))
    return CheckUp(network, purpose, inbox, day, catalogue.digest, tuple(notes))


def read_values(
    network: Network, origin: Origin, values: Mapping[tuple[str, str], object], as_of: date
) -> tuple[Observed, ...]:
    """What an export or a network tells of the settings; not yet judged, because that depends on the account.

    `values` leads from (member, field), as in the catalogue's `reads`, to what stands there. What the catalogue doesn't
    know is passed over, and so is nothing at all (None).
    """
    found = []
    for setting in settings_of(network).settings:
        for place in setting.reads:
            raw = values.get((place.member, place.field))
            if place.origin is origin and raw is not None:
                words = understood(place, raw)
                found.append(Observed(setting.key, place.part, words or _short(raw), origin, as_of, None))
    return tuple(found)


def understood(place: ReadFrom, raw: object) -> str:
    """The words on screen for what stands in a place; empty where it is not understood."""
    said = str(raw).strip().lower()
    if said in place.values:
        return place.values[said]
    if not place.within:
        return ""
    told = {place.values[word] for word in _WORDS.findall(said[:LONGEST_VALUE]) if word in place.values}
    return told.pop() if len(told) == 1 else ""


def take_in(checkup: CheckUp, observed: Iterable[Observed]) -> CheckUp:
    """The check-up with what was read; of what was read twice, the later counts, and on one day the live one."""
    catalogue = settings_of(checkup.network)
    notes = {note.key: note for note in checkup.notes}
    for found in observed:
        setting = catalogue.setting(found.key)
        if setting is None or (recommended := setting.choice(checkup.purpose, checkup.inbox)) is None:
            continue
        found = replace(found, fits=_fits(setting, found, checkup.purpose, checkup.inbox))
        note = notes.get(found.key) or Noted(found.key, recommended)
        seen = {one.part: one for one in note.observed}
        if found.part not in seen or _later(found) >= _later(seen[found.part]):
            seen[found.part] = found
        if note.answered_on is None:
            note = replace(note, recommended=recommended)
        # On the day of the answer an export may have been made before it; what the network tells now comes after it.
        elif found.fits is not None and _later(found) > (note.answered_on, False):
            after = [one for one in seen.values() if _later(one) > (note.answered_on, False)]
            note = replace(note, doubted=any(one.fits is False for one in after))
        notes[found.key] = replace(note, observed=tuple(seen.values()))
    return replace(checkup, notes=tuple(notes.values()))


def answer(checkup: CheckUp, key: str, said: StepAnswer, today: date) -> CheckUp:
    """The check-up with an answer to one setting. Raises ValueError for a key that the account has no setting for."""
    setting = settings_of(checkup.network).setting(key)
    if setting is None or (recommended := setting.choice(checkup.purpose, checkup.inbox)) is None:
        raise ValueError("no such setting")
    note = checkup.noted(key) or Noted(key, recommended)
    new = replace(note, recommended=recommended, answer=said, answered_on=today, carried=False, doubted=False)
    others = tuple(one for one in checkup.notes if one.key != key)
    return replace(checkup, notes=(*others, new))


def steps(checkup: CheckUp, most: int = MOST_FIRST) -> tuple[CheckUpStep, ...]:
    """What to look at in this check-up: first what was read to stand otherwise, then what matters most.

    An answer doesn't move a step, so that a page can count them. Left out is what was read to be as good as
    recommended, and what was done, or doesn't apply, less than `AGAIN` ago in an earlier check-up.
    """
    found = [step for step in _all(checkup) if _is_open(checkup, step) or step.answer is not None]
    return tuple(sorted(found, key=lambda step: not step.read_otherwise)[:most])


def read_and_fine(checkup: CheckUp) -> tuple[CheckUpStep, ...]:
    """What needs no step, because it was read and is as good as recommended: shown as read, never as asked."""
    return tuple(step for step in _all(checkup) if step.answer is None and _reads_well(step, checkup))


def left_over(checkup: CheckUp, most: int = MOST_FIRST) -> int:
    """How many settings wait for a later check-up, beyond the steps of this one."""
    return sum(_is_open(checkup, step) or step.answer is not None for step in _all(checkup)) - len(steps(checkup, most))


def is_complete(checkup: CheckUp, most: int = MOST_FIRST) -> bool:
    """Whether each step has an answer: "done" is all that an agency may ever learn of it."""
    return all(step.answer is not None for step in steps(checkup, most))


def recheck_on(checkup: CheckUp) -> date:
    """When to look again: soon where something waits or was left for later, else when what counts grows old."""
    if left_over(checkup) or any(step.answer in (None, StepAnswer.NOT_NOW) for step in steps(checkup)):
        return checkup.day + LATER
    days = [note.answered_on for note in checkup.notes if note.answered_on is not None]
    days += [found.as_of for note in checkup.notes for found in note.observed if note.answer is None]
    return max(min(days, default=checkup.day) + AGAIN, checkup.day + LATER)


def changes(before: CheckUp, now: CheckUp) -> tuple[SettingChange, ...]:
    """What is different since last time, in the order of the catalogue; what became more open comes first.

    Raises ValueError where the two are of different accounts.
    """
    if (before.network, before.purpose) != (now.network, now.purpose):
        raise ValueError("the two check-ups are of different accounts")
    catalogue = settings_of(now.network)
    found = [change for setting in catalogue.in_order(now.purpose) for change in _changed(setting, before, now)]
    found += [
        SettingChange(note.key, ChangeKind.GONE, note.recommended, "")
        for note in before.notes
        if not _is_there(catalogue, note.key, now.purpose)
    ]
    return tuple(sorted(found, key=lambda change: change.kind is not ChangeKind.OPENED))


def _is_there(catalogue: SettingsCatalogue, key: str, purpose: Purpose) -> bool:
    setting = catalogue.setting(key)
    return setting is not None and purpose in setting.recommended


def _changed(setting: Setting, before: CheckUp, now: CheckUp) -> list[SettingChange]:
    old, new = before.noted(setting.key), now.noted(setting.key)
    if old is None:
        return []
    found = []
    choice = setting.choice(now.purpose, now.inbox) or ""
    if old.recommended != choice:
        found.append(SettingChange(setting.key, ChangeKind.RECOMMENDED, old.recommended, choice))
    if new is None:
        return found
    seen = {one.part: one for one in old.observed}
    for one in new.observed:
        was = seen.get(one.part)
        if was is not None and was.value != one.value:
            found.append(SettingChange(setting.key, _kind(was, one), was.value, one.value))
    if old.answer is not None and new.answer is not None and old.answer is not new.answer:
        found.append(SettingChange(setting.key, ChangeKind.ANSWERED, _ANSWERS[old.answer], _ANSWERS[new.answer]))
    return found


def _kind(was: Observed, one: Observed) -> ChangeKind:
    if one.fits is False and was.fits is not False:
        return ChangeKind.OPENED
    if one.fits is True and was.fits is not True:
        return ChangeKind.CLOSED
    return ChangeKind.MOVED


def _all(checkup: CheckUp) -> list[CheckUpStep]:
    found = []
    for setting in settings_of(checkup.network).in_order(checkup.purpose):
        recommended = setting.choice(checkup.purpose, checkup.inbox) or ""
        note = checkup.noted(setting.key) or Noted(setting.key, recommended)
        past = note.carried or note.doubted
        said, last = (None, note.answer) if past else (note.answer, None)
        found.append(CheckUpStep(setting, recommended, note.observed, said, last))
    return found


def _is_open(checkup: CheckUp, step: CheckUpStep) -> bool:
    """Whether a setting that has no answer in this check-up still needs one."""
    if step.answer is not None or _reads_well(step, checkup):
        return False
    note = checkup.noted(step.setting.key)
    if note is None or note.answer in (None, StepAnswer.NOT_NOW) or note.answered_on is None:
        return True
    return note.doubted or note.recommended != step.recommended or note.answered_on + AGAIN <= checkup.day


def _reads_well(step: CheckUpStep, checkup: CheckUp) -> bool:
    return bool(step.observed) and all(
        found.fits is True and found.as_of + AGAIN > checkup.day for found in step.observed
    )


def _later(found: Observed) -> tuple[date, bool]:
    """What is later: by day, and on one day what the network itself tells."""
    return found.as_of, found.origin is Origin.LIVE


def _fits(setting: Setting, found: Observed, purpose: Purpose, inbox: Inbox) -> bool | None:
    choice = setting.choice(purpose, inbox)
    if choice is None or found.value not in _all_words(setting):
        return None
    if found.value == choice:
        return True
    if inbox is Inbox.CLOSED and purpose in setting.when_closed:
        return False
    good = setting.fits.get(purpose, ())
    return found.value in good if good else None


def _all_words(setting: Setting) -> frozenset[str]:
    return frozenset(words for place in setting.reads for words in place.values.values())


def _short(raw: object) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(raw)[:LONGEST_VALUE]).split())
