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
    REQUESTS_TAKEN_IN = "requests-taken-in"
    REQUEST_ANSWERED = "request-answered"
    REQUEST_REOPENED = "request-reopened"
    REQUEST_REMOVED = "request-removed"
    MEETING_PLANNED = "meeting-planned"
    MEETING_HELD = "meeting-held"
    MEETING_TAKEN_BACK = "meeting-taken-back"
    SUPERVISOR_TOLD = "supervisor-told"
    SUPERVISOR_TAKEN_BACK = "supervisor-taken-back"
    CHART_NOTE_KEPT = "chart-note-kept"
    CHART_NOTE_REMOVED = "chart-note-removed"
    EXCEPTION_ASKED = "exception-asked"
    EXCEPTION_AGREED = "exception-agreed"
    EXCEPTION_REFUSED = "exception-refused"
    EXCEPTION_ENDED = "exception-ended"
    EXCEPTION_TAKEN_BACK = "exception-taken-back"
    EXCEPTION_REOPENED = "exception-reopened"
    QUESTIONS_PAUSED = "questions-paused"
    CONNECTOR_ADDED = "connector-added"
    CONNECTOR_REMOVED = "connector-removed"
    CONNECTOR_USED = "connector-used"
    SETTING_CHANGED = "setting-changed"
    SETTINGS_CHECK_BEGUN = "settings-check-begun"
    SETTINGS_CHECKED = "settings-checked"
    SETTINGS_CHECK_REMOVED = "settings-check-removed"
    ACCOUNT_KEPT = "account-kept"
    ACCOUNT_CHANGED = "account-changed"
    ACCOUNT_REMOVED = "account-removed"
    AUDIT_STARTED = "audit-started"
    AUDIT_FINISHED = "audit-finished"
    AUDIT_REMOVED = "audit-removed"
    AUDIT_WORDS_REMOVED = "audit-words-removed"

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
    Verb.REQUESTS_TAKEN_IN: "Requests were put into the inbox",
    Verb.REQUEST_ANSWERED: "It was noted how a request was answered",
    Verb.REQUEST_REOPENED: "A request was opened again",
    Verb.REQUEST_REMOVED: "A request was removed from the inbox",
    Verb.MEETING_PLANNED: "A conversation was planned",
    Verb.MEETING_HELD: "A request was talked about in person",
    Verb.MEETING_TAKEN_BACK: "What was noted of a conversation was taken back",
    Verb.SUPERVISOR_TOLD: "A supervisor was told of a request",
    Verb.SUPERVISOR_TAKEN_BACK: "That a supervisor was told was taken back",
    Verb.CHART_NOTE_KEPT: "A draft for a chart was kept",
    Verb.CHART_NOTE_REMOVED: "A draft for a chart was removed",
    Verb.EXCEPTION_ASKED: "An exception was asked for",
    Verb.EXCEPTION_AGREED: "An exception was agreed to",
    Verb.EXCEPTION_REFUSED: "An exception was refused",
    Verb.EXCEPTION_ENDED: "An exception was ended",
    Verb.EXCEPTION_TAKEN_BACK: "A question for an exception was taken back",
    Verb.EXCEPTION_REOPENED: "A decision about an exception was taken back, to be written down again",
    Verb.QUESTIONS_PAUSED: "Demur took a break from questions about people",
    Verb.CONNECTOR_ADDED: "A mailbox or account was connected",
    Verb.CONNECTOR_REMOVED: "A mailbox or account was disconnected",
    Verb.CONNECTOR_USED: "A connected mailbox or account was asked",
    Verb.SETTING_CHANGED: "A setting was changed in a connected account",
    Verb.SETTINGS_CHECK_BEGUN: "A check-up of settings was begun",
    Verb.SETTINGS_CHECKED: "Settings were checked, done",
    Verb.SETTINGS_CHECK_REMOVED: "What was known of settings was removed",
    Verb.ACCOUNT_KEPT: "One of your accounts was put into the register",
    Verb.ACCOUNT_CHANGED: "One of your accounts was changed in the register",
    Verb.ACCOUNT_REMOVED: "One of your accounts was taken out of the register",
    Verb.AUDIT_STARTED: "An audit of your own posts was started",
    Verb.AUDIT_FINISHED: "An audit of your own posts is done",
    Verb.AUDIT_REMOVED: "An audit of your own posts was removed",
    Verb.AUDIT_WORDS_REMOVED: "The words kept with an audit were removed",
}
