"""What each act of the trace is called, for people who read it; the code stays beside the words."""

from rfl.domain.text import N_
from rfl.services.timeline import EVENTS

_ONLY_IN_THE_TRACE: dict[str, str] = {
    "audit:read": N_("Trace read"),
    "audit:verified": N_("Chain of the trace checked"),
    "consent:read": N_("Consents read"),
    "disclosure:read": N_("News for the family read"),
    "export:written": N_("Caseload exported"),
    "import:files_removed": N_("Old list files removed"),
    "import:finished": N_("List loaded to its end"),
    "import:mapped": N_("Columns of a list chosen"),
    "import:previewed": N_("First rows of a list shown"),
    "import:problems_exported": N_("Rows not taken downloaded"),
    "import:problems_read": N_("Rows not taken read"),
    "import:read": N_("Import read"),
    "import:reading_changed": N_("Reading of a list changed"),
    "import:removed": N_("List file removed"),
    "import:slice": N_("Part of a list stored"),
    "import:started": N_("Loading of a list started"),
    "import:uploaded": N_("List file received"),
    "located:answered": N_("Answer of the person concerned recorded"),
    "located:read": N_("Ways to reach the person concerned read"),
    "matching:calibrated": N_("Correction of the weights learned from decisions"),
    "matching:correction_used": N_("Other correction of the weights put in use"),
    "matching:finished": N_("Matching of the caseload finished"),
    "matching:lapsed": N_("Records whose time ended left the matching"),
    "matching:started": N_("Matching of the caseload started"),
    "outbox:delivered": N_("Task delivered to another society"),
    "person:imported": N_("Person imported from a list"),
    "person:origin_read": N_("Source of a registered person read"),
    "person:read": N_("Registered person read"),
    "person:saved": N_("Person changed"),
    "persons:expired": N_("Registered persons removed on the day set for them"),
    "persons:listed": N_("Registered persons listed"),
    "plan:asked_for": N_("Delivery plan asked for"),
    "plan:read": N_("Delivery plan read"),
    "proposal:answer_read": N_("Answer to a proposal read"),
    "proposal:read": N_("Proposal read"),
    "proposals:listed": N_("Proposals listed"),
    "proposals:updated": N_("Proposals brought up to date"),
    "request:listed": N_("Tracing requests listed"),
    "request:person_removed": N_("Person removed from a request"),
    "request:read": N_("Tracing request read"),
    "request:saved": N_("Tracing request changed"),
    "request:typed_dropped": N_("Unsaved entries thrown away"),
    "request:typed_kept": N_("Unsaved entries kept"),
    "run:cancelled": N_("Run stopped"),
    "run:ended": N_("Run ended"),
    "search:run": N_("Search in the own files"),
    "sign_in:ended": N_("Signed out"),
    "sign_in:opened": N_("Signed in"),
    "sign_in:refused": N_("Sign-in refused"),
    "society:changed": N_("Settings of the society changed"),
    "society:created": N_("Society created"),
    "user:changed": N_("User changed"),
    "user:created": N_("User created"),
    "user:language_chosen": N_("Language of the screens chosen"),
    "user:password_changed": N_("Password changed"),
    "user:password_reset": N_("New first password given"),
}
ACTS = EVENTS | _ONLY_IN_THE_TRACE


def act_words(event: str) -> str:
    """Return the template that says what an event is; an event of a later version names itself."""
    return ACTS.get(event, event)
