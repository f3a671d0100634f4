"""A tracing request and its sought persons: states, the moves between them, and how a search can end."""

from enum import StrEnum

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_


class RequestState(StrEnum):
    """Where a tracing request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INFORMATION_NEEDED = "information_needed"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    CLOSING_PROPOSED = "closing_proposed"
    CLOSED = "closed"


REQUEST_STATES = {
    RequestState.DRAFT: N_("Draft"),
    RequestState.SUBMITTED: N_("Waiting for acceptance"),
    RequestState.INFORMATION_NEEDED: N_("More information needed"),
    RequestState.ACCEPTED: N_("Search in progress"),
    RequestState.NOT_ACCEPTED: N_("Not accepted"),
    RequestState.CLOSING_PROPOSED: N_("Closing proposed"),
    RequestState.CLOSED: N_("Closed"),
}

# States in which the sought persons take part in matching.
SEARCHING = frozenset({RequestState.ACCEPTED, RequestState.CLOSING_PROPOSED})


class Verb(StrEnum):
    """What can be done to a tracing request as a whole."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    ASK_FOR_INFORMATION = "ask_for_information"
    REFUSE = "refuse"
    PROPOSE_CLOSING = "propose_closing"
    APPROVE_CLOSING = "approve_closing"
    END_SOME = "end_some"
    DECLINE_CLOSING = "decline_closing"
    REOPEN = "reopen"


S = RequestState
MOVES: dict[tuple[str, str], RequestState] = {
    (S.DRAFT, Verb.SUBMIT): S.SUBMITTED,
    (S.INFORMATION_NEEDED, Verb.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, Verb.ACCEPT): S.ACCEPTED,
    (S.SUBMITTED, Verb.ASK_FOR_INFORMATION): S.INFORMATION_NEEDED,
    (S.SUBMITTED, Verb.REFUSE): S.NOT_ACCEPTED,
    (S.ACCEPTED, Verb.PROPOSE_CLOSING): S.CLOSING_PROPOSED,
    (S.CLOSING_PROPOSED, Verb.APPROVE_CLOSING): S.CLOSED,
    (S.CLOSING_PROPOSED, Verb.END_SOME): S.ACCEPTED,  # the search for others of the same request goes on
    (S.CLOSING_PROPOSED, Verb.DECLINE_CLOSING): S.ACCEPTED,
    (S.CLOSED, Verb.REOPEN): S.ACCEPTED,
    (S.NOT_ACCEPTED, Verb.REOPEN): S.SUBMITTED,
}


class MoveNotPossible(RuleBroken):
    """The request is not in a state in which this can be done."""

    message = N_("The request has moved on in the meantime, so this is not possible now. Look at it again.")


def move(state: str, verb: str) -> RequestState:
    """Return the state after `verb`; raises MoveNotPossible where the table has no such move."""
    try:
        return MOVES[state, verb]
    except KeyError:
        raise MoveNotPossible from None


class SoughtStatus(StrEnum):
    """What the enquirer's side knows of one sought person; never more than was told."""

    SEARCHING = "searching"
    TOLD = "told"
    ENDED = "ended"


SOUGHT_STATUSES = {
    SoughtStatus.SEARCHING: N_("Not found yet"),
    SoughtStatus.TOLD: N_("Family informed"),
    SoughtStatus.ENDED: N_("Search ended"),
}


class Outcome(StrEnum):
    """How the search for one sought person ended (domain practice: per person, not per case)."""

    CONTACT_RESTORED = "contact_restored"
    LIMITED_NEWS = "limited_news"
    FOUND_BY_FAMILY = "found_by_family"
    DEATH_CONFIRMED = "death_confirmed"
    FATE_REPORTED = "fate_reported"
    NOT_FOUND = "not_found"
    INSUFFICIENT_DATA = "insufficient_data"
    NOT_ACCESSIBLE = "not_accessible"
    WITHDRAWN = "withdrawn"
    ENQUIRER_UNREACHABLE = "enquirer_unreachable"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    ERROR = "error"


OUTCOMES = {
    Outcome.CONTACT_RESTORED: N_("Contact restored"),
    Outcome.LIMITED_NEWS: N_("News given as far as the person allowed"),
    Outcome.FOUND_BY_FAMILY: N_("Found by the family itself"),
    Outcome.DEATH_CONFIRMED: N_("Death confirmed by a document"),
    Outcome.FATE_REPORTED: N_("Fate reported, not confirmed"),
    Outcome.NOT_FOUND: N_("Not found, all leads followed"),
    Outcome.INSUFFICIENT_DATA: N_("Too little is known to search"),
    Outcome.NOT_ACCESSIBLE: N_("The area cannot be reached safely"),
    Outcome.WITHDRAWN: N_("Withdrawn by the enquirer"),
    Outcome.ENQUIRER_UNREACHABLE: N_("The enquirer can no longer be reached"),
    Outcome.REFERRED: N_("Referred to another service"),
    Outcome.DUPLICATE: N_("The same search is open elsewhere"),
    Outcome.ERROR: N_("Opened by mistake"),
}

# These say that news reached the family, so they need a recorded telling or the family's own word.
NEEDS_TELLING = frozenset({Outcome.CONTACT_RESTORED, Outcome.LIMITED_NEWS, Outcome.DEATH_CONFIRMED})

REFUSALS = {
    "not_a_relative": N_("The enquirer is not a relative in the broad sense"),
    "other_purpose": N_("The purpose is not to restore contact (inheritance, police, genealogy)"),
    "contact_possible": N_("Contact is possible by ordinary means"),
    "against_will": N_("The enquirer was sent by a third party"),
    "danger": N_("The search could put somebody in danger"),
    "too_little": N_("There is too little information to search"),
    "elsewhere": N_("Another service or society is responsible"),
}

SEPARATION_CAUSES = {
    "conflict": N_("Armed conflict"),
    "violence": N_("Other violence"),
    "disaster": N_("Disaster"),
    "journey": N_("On a migration journey"),
    "detention": N_("Arrest or detention"),
    "evacuation": N_("Evacuation"),
    "pushback": N_("Turned back or removed at a border"),
    "entrusted": N_("A child was entrusted to somebody"),
    "recruitment": N_("Recruited or taken by an armed group"),
    "illness": N_("Illness or accident"),
    "other": N_("Other cause"),
}


class Risk(StrEnum):
    """Result of a do-no-harm check; red needs a supervisor before anything goes on."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


RISKS = {
    Risk.GREEN: N_("No danger seen"),
    Risk.AMBER: N_("Possible danger, precautions taken"),
    Risk.RED: N_("Danger: a supervisor decides"),
}

# Question: does a "yes" make the check red (True) or amber (False)?
HARM_QUESTIONS: dict[str, tuple[str, bool]] = {
    "flees_enquirer": (N_("Could the sought person be hiding from the enquirer?"), True),
    "enquirer_pressed": (N_("Is somebody pressing the enquirer to search?"), True),
    "reveals": (
        N_("Could the search reveal something dangerous (faction, faith, desertion, asylum, forced marriage)?"),
        True,
    ),
    "authority_threat": (N_("Are the authorities of the area a threat to the sought person?"), False),
    "enquirer_danger": (N_("Could the search put the enquirer or relatives in danger?"), False),
    "unsafe_channel": (N_("Is there no safe way to contact the enquirer?"), False),
}


def assess(answers: dict[str, bool]) -> Risk:
    """Return the risk of a do-no-harm check from its yes/no answers (`HARM_QUESTIONS` keys)."""
    yes = [key for key in HARM_QUESTIONS if answers.get(key)]
    if any(HARM_QUESTIONS[key][1] for key in yes):
        return Risk.RED
    return Risk.AMBER if yes else Risk.GREEN
