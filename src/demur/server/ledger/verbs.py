"""Everything that the log can say, in one place."""

from __future__ import annotations

from demur.core.vocabulary import Word


class Verb(Word):
    """What was done. A member is never renamed or reused: it stands in stores that people have."""

    STORE_CREATED = "store-created"
    STORE_UNLOCKED = "store-unlocked"
    STORE_LOCKED = "store-locked"
    STORE_UPGRADED = "store-upgraded"
    CASELOAD_IMPORTED = "caseload-imported"
    CASELOAD_REMOVED = "caseload-removed"
    CLIENT_REMOVED = "client-removed"
    SAMPLE_LOADED = "sample-loaded"
    SAMPLE_REMOVED = "sample-removed"
    DRAFT_CHECKED = "draft-checked"
    REQUEST_DECIDED = "request-decided"
    CALLED_FINE = "called-fine"
    NO_LONGER_FINE = "no-longer-fine"
    NOTE_KEPT = "note-kept"
    NOTE_CHANGED = "note-changed"
    NOTE_REMOVED = "note-removed"

    @property
    def says(self) -> str:
        """How the log page puts it."""
        return _SAYS[self]


_SAYS = {
    Verb.STORE_CREATED: "The store was made",
    Verb.STORE_UNLOCKED: "The store was unlocked",
    Verb.STORE_LOCKED: "The store was locked",
    Verb.STORE_UPGRADED: "The store was brought up to date",
    Verb.CASELOAD_IMPORTED: "A caseload was imported",
    Verb.CASELOAD_REMOVED: "The whole caseload was removed",
    Verb.CLIENT_REMOVED: "One client was removed",
    Verb.SAMPLE_LOADED: "The invented sample was loaded",
    Verb.SAMPLE_REMOVED: "The invented sample was removed",
    Verb.DRAFT_CHECKED: "A draft was checked",
    Verb.REQUEST_DECIDED: "A request was answered",
    Verb.CALLED_FINE: "Something was called fine",
    Verb.NO_LONGER_FINE: "Something is no longer called fine",
    Verb.NOTE_KEPT: "A note for supervision was kept",
    Verb.NOTE_CHANGED: "A note for supervision was changed",
    Verb.NOTE_REMOVED: "A note for supervision was removed",
}
