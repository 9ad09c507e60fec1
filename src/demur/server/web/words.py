"""How Demur's vocabularies are said on its pages."""

from __future__ import annotations

from demur.core.accounts import Audience, Network, Purpose
from demur.core.arrivals import Answered, Source
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.findings import Category
from demur.core.matches import Level
from demur.core.people import Relationship, Role, Tie
from demur.core.verdicts import Outcome
from demur.networks import network_steps
from demur.policy.facts import Action, Answer

NETWORKS: dict[Network, str] = {
    Network.OTHER: "Any network",
    Network.FACEBOOK: "Facebook",
    Network.INSTAGRAM: "Instagram",
    Network.X: "X",
    Network.LINKEDIN: "LinkedIn",
    Network.TIKTOK: "TikTok",
    Network.SNAPCHAT: "Snapchat",
    Network.THREADS: "Threads",
    Network.MASTODON: "Mastodon",
    Network.BLUESKY: "Bluesky",
}

AUDIENCES: dict[Audience, str] = {
    Audience.PUBLIC: "Anyone can see it",
    Audience.FRIENDS: "Friends or followers",
    Audience.CLOSE_FRIENDS: "Close friends only",
}

PURPOSES: dict[Purpose, str] = {
    Purpose.PERSONAL: "My personal account",
    Purpose.PROFESSIONAL: "My professional account",
    Purpose.AGENCY: "The agency's account",
}

ROLES: dict[Role, str] = {
    Role.OTHER: "I serve people in another way",
    Role.ADVOCATE: "Advocate",
    Role.BENEFITS_WORKER: "Benefits worker",
    Role.CASE_MANAGER: "Case manager",
    Role.CPS_WORKER: "Child protection worker",
    Role.COUNSELOR: "Counselor",
    Role.HOME_VISITOR: "Home visitor",
    Role.PEER_SUPPORT: "Peer support specialist",
    Role.PROBATION_OFFICER: "Probation or parole officer",
    Role.PSYCHOLOGIST: "Psychologist",
    Role.RESIDENTIAL_STAFF: "Residential or shelter staff",
    Role.SCHOOL_COUNSELOR: "School counselor",
    Role.SOCIAL_WORKER: "Social worker",
    Role.STUDENT: "Student or intern",
    Role.SUPERVISOR: "Supervisor",
    Role.THERAPIST: "Therapist",
    Role.YOUTH_WORKER: "Youth worker",
}

RELATIONSHIPS: dict[Relationship, str] = {
    Relationship.UNKNOWN: "I don't know",
    Relationship.CURRENT_CLIENT: "Somebody I serve now",
    Relationship.FORMER_CLIENT: "Somebody I served before",
    Relationship.CLIENT_FAMILY: "Family or a friend of somebody I serve",
    Relationship.FORMER_CO_CLIENT: "Somebody I was in treatment, a group or recovery with",
    Relationship.SUPERVISEE: "Somebody I supervise or teach",
    Relationship.COLLEAGUE: "A colleague",
    Relationship.VENDOR: "Somebody I know from other offices",
    Relationship.NONE: "Somebody from my own life only",
}

TIES: dict[Tie, str] = {
    tie: "A friend whom I serve now" if tie is Tie.FRIEND_BECAME_CLIENT else RELATIONSHIPS[tie.relationship]
    for tie in (Tie.UNKNOWN, *(tie for tie in Tie if tie is not Tie.UNKNOWN))
}
"""Who the other person is, for a page that asks: `Tie.relationship` and `Tie.knew_before` are what it comes to."""

SEARCH_REASONS: dict[SearchReason, str] = {
    SearchReason.UNASKED: "I haven't said yet",
    SearchReason.SAFETY: "Somebody is in danger now",
    SearchReason.ASSIGNED: "The agency or a court gave me this duty",
    SearchReason.CONSENT: "They asked me to, or agreed",
    SearchReason.SCHEDULING: "To reach them or to fix a time",
    SearchReason.CURIOSITY: "I would like to know more about them",
}

SEARCH_CHOICES = tuple(
    (reason.value, says) for reason, says in SEARCH_REASONS.items() if reason is not SearchReason.UNASKED
)
"""The same as answers to the one question."""

ASKED: dict[tuple[RequestKind, Direction], str] = {
    (RequestKind.FRIEND, Direction.INCOMING): "They sent me a friend request",
    (RequestKind.FOLLOW, Direction.INCOMING): "They follow me, or asked to",
    (RequestKind.LIKE, Direction.INCOMING): "They liked or commented on my page",
    (RequestKind.MESSAGE, Direction.INCOMING): "They sent me a direct message",
    (RequestKind.TAG, Direction.INCOMING): "They tagged or mentioned me",
    (RequestKind.INVITE, Direction.INCOMING): "They invited me somewhere",
    (RequestKind.FRIEND, Direction.OUTGOING): "I would like to send a friend request",
    (RequestKind.FOLLOW, Direction.OUTGOING): "I would like to follow them",
    (RequestKind.LIKE, Direction.OUTGOING): "I would like to like or comment on what they post, or follow their page",
    (RequestKind.MESSAGE, Direction.OUTGOING): "I would like to write to them",
    (RequestKind.TAG, Direction.OUTGOING): "I would like to tag or mention them",
    (RequestKind.INVITE, Direction.OUTGOING): "I would like to invite them",
    (RequestKind.SEARCH, Direction.OUTGOING): "I would like to look them up",
    (RequestKind.CONTACT_UPLOAD, Direction.OUTGOING): "The app wants to read my contacts",
}

KINDS: dict[RequestKind, str] = {
    RequestKind.FRIEND: "A friend or connection request",
    RequestKind.FOLLOW: "A follow",
    RequestKind.LIKE: "A like, a comment or following a page",
    RequestKind.MESSAGE: "A direct message",
    RequestKind.TAG: "A tag or mention",
    RequestKind.INVITE: "An invitation",
    RequestKind.SEARCH: "Looking somebody up",
    RequestKind.CONTACT_UPLOAD: "Uploading contacts",
}


def called(kind: RequestKind, network: Network) -> str:
    """What came in, in the network's own word where it has one: Instagram's is a follow request, and no friend's."""
    if kind is RequestKind.FRIEND and network is not Network.OTHER:
        word = network_steps(network).request_called
        return f"{'An' if word[:1] in 'aeiou' else 'A'} {word}"
    return KINDS[kind]


DIRECTIONS: dict[Direction, str] = {
    Direction.INCOMING: "From them to me",
    Direction.OUTGOING: "From me to them",
}

LEVELS: dict[Level, str] = {
    Level.NONE: "Nobody on the caseload fits",
    Level.POSSIBLE: "Somebody on the caseload could fit",
    Level.MATCH: "Somebody on the caseload fits",
}

ANSWERS: dict[Answer, str] = {
    Answer.UNASKED: "Not asked yet",
    Answer.YES: "Yes",
    Answer.NO: "No",
}

ACTIONS: dict[Action, str] = {
    Action.PUBLISH: "What you post",
    Action.CONNECT: "Whom you connect with",
    Action.MESSAGE: "Direct messages",
    Action.SEARCH: "Looking people up",
    Action.UPLOAD_CONTACTS: "Uploading your contacts",
}

CATEGORIES: dict[Category, str] = {
    Category.CLIENT_NAME: "A client's name",
    Category.CLIENT_REFERENCE: "A client is spoken of",
    Category.INDIRECT_CLIENT_REFERENCE: "A client is hinted at",
    Category.SESSION_OR_CASE_DETAIL: "A session or case detail",
    Category.CLIENT_FAMILY: "A client's family",
    Category.CLIENT_PHOTO: "A client's photo",
    Category.CONFIRMS_RELATIONSHIP: "Confirms that somebody is served",
    Category.WORK_FRUSTRATION: "Frustration about the people served",
    Category.MOSAIC: "Facts that together fit one person",
    Category.CRISIS: "Danger or despair",
    Category.SELF_EXPOSURE: "The author's own private details",
    Category.LOCATION_OR_TIME: "Where the author is, and when",
    Category.COLLEAGUE_OR_AGENCY: "A colleague or the agency",
    Category.PROTECTED_CONCERTED: "Talk among employees about working conditions",
    Category.PROFESSIONAL_NOTICE: "Work speaking: for the professional account",
    Category.PRIVATE_LIFE: "Private life: for the private account",
    Category.NAME: "A name",
    Category.GEOGRAPHY: "A place",
    Category.DATE: "A date",
    Category.AGE_OVER_89: "An age over 89",
    Category.PHONE: "A phone number",
    Category.FAX: "A fax number",
    Category.EMAIL: "An e-mail address",
    Category.SSN: "A Social Security number",
    Category.MEDICAL_RECORD_NUMBER: "A medical record number",
    Category.HEALTH_PLAN_NUMBER: "A health plan number",
    Category.ACCOUNT_NUMBER: "An account number",
    Category.LICENCE_NUMBER: "A certificate or license number",
    Category.VEHICLE: "A plate or vehicle number",
    Category.DEVICE: "A device number",
    Category.URL: "A web address",
    Category.IP_ADDRESS: "An IP address",
    Category.BIOMETRIC: "A fingerprint or voice print",
    Category.PHOTO: "A photo",
    Category.OTHER_IDENTIFIER: "Another identifying number or code",
}

MARKS: dict[Outcome, tuple[str, str]] = {
    Outcome.ALLOW: ("note", "Good to know"),
    Outcome.ASK: ("ask", "One question"),
    Outcome.REVISE: ("revise", "Change"),
    Outcome.REFER: ("refer", "To supervision"),
    Outcome.DECLINE: ("decline", "Don't post"),
}
"""For marked words, by the strictest clause that they met: the CSS class, which draws the underline, and the label."""

ANSWERED: dict[Answered, str] = {
    Answered.DECLINED: "I declined it",
    Answered.LEFT: "I left it unanswered",
    Answered.ACCEPTED: "I accepted it",
    Answered.BLOCKED: "I blocked them",
    Answered.GONE: "It is not there any more",
}

SOURCES: dict[Source, str] = {
    Source.HAND: "Typed in by you on {day}",
    Source.PASTE: "Pasted by you on {day}",
    Source.EXPORT: "From an export, as of {day}",
    Source.MAIL: "From a mail of {day}",
    Source.LIVE: "Seen on the network on {day}",
}
"""How a request was learnt of. What happened after that day, Demur can't know."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
