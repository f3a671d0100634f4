"""Encoded exchange with societies elsewhere: how a partner stands, and how its fingerprint can be heard."""

from rfl.domain.text import N_

WAITING, CONFIRMED, ENDED = "waiting", "confirmed", "ended"
PARTNER_STATES = {
    WAITING: N_("Fingerprint not compared yet"),
    CONFIRMED: N_("Keys confirmed"),
    ENDED: N_("No longer trusted"),
}

# Ways that whoever replaced the file on its way does not hold as well; e-mail is none of them.
HEARD = {
    "telephone": N_("By telephone, on a number that was known before"),
    "video": N_("In a video call with somebody known"),
    "in_person": N_("In person"),
}

# Where an agreement stands, as one society sees it.
DRAFT, UNSIGNED, EARLY, IN_FORCE, OVER, REPLACED, REVOKED = (
    "draft",
    "unsigned",
    "early",
    "in_force",
    "over",
    "replaced",
    "revoked",
)
AGREEMENT_STATES = {
    DRAFT: N_("Not signed by your society"),
    UNSIGNED: N_("Signatures of others are missing"),
    EARLY: N_("Signed by all, not in force yet"),
    IN_FORCE: N_("In force"),
    OVER: N_("Ended"),
    REPLACED: N_("Replaced by a newer version"),
    REVOKED: N_("Revoked by your society"),
}
AGREEMENT_NEXT = {
    DRAFT: N_("Read all of it. If it is right, an administrator signs at the end of this page."),
    UNSIGNED: N_(
        "Download the agreement file and give it to whoever has not signed. Load the file that comes back: it holds "
        "their signatures."
    ),
    EARLY: N_("Nothing: rounds can begin on the first day."),
    IN_FORCE: N_("Look at the cases that go, then begin a round. Give the file with all signatures to the others."),
    OVER: N_("No round begins any more. To go on, draft a new version under the same number."),
    REPLACED: N_("Nothing: the newer version counts."),
    REVOKED: N_("No round begins any more. Tell the other two parties, if they do not know."),
}
ROLES = {
    "first": N_("First society"),
    "second": N_("Second society"),
    "hub": N_("Hub: compares the encoded lists"),
}
# The terms of an agreement in the order in which they are printed.
TERMS = {
    "purpose": N_("Purpose"),
    "false_pairs": N_("Expected false pairs for every 1,000 cases"),
    "cap": N_("Most cases of a society in one round"),
    "minimum": N_("Fewest cases of a society in one round"),
    "repeats": N_("Cases of one list that may share a token"),
    "rounds_a_month": N_("Rounds a month"),
    "retention_days": N_("Days after which pairs that nobody opened are deleted"),
    "profile": N_("Rules of encoding"),
    "epoch": N_("Period of keys"),
    "clear_lists": N_("Lists with names: legal basis on which they are passed"),
    "contact": N_("Contact"),
}

# Why a case of the own society does not go into an encoded list; the first reason that holds is shown.
NOT_OPEN, CHILD, DANGER, DETAINED, DECEASED, REFUSED, NOT_ASKED, LEFT_OUT, TOO_LITTLE = (
    "not_open",
    "child",
    "danger",
    "detained",
    "deceased",
    "refused",
    "not_asked",
    "left_out",
    "too_little",
)
GOES = ""
HELD_BACK = {
    NOT_OPEN: N_("Not being searched for, or comparing was not agreed to"),
    CHILD: N_("A child: people ask the other society about children one by one"),
    DANGER: N_("Danger was seen in this request"),
    DETAINED: N_("Somebody in detention"),
    DECEASED: N_("Registered as deceased"),
    REFUSED: N_("Encoded exchange with this partner was refused or withdrawn"),
    NOT_ASKED: N_("Nobody was asked about encoded exchange yet"),
    LEFT_OUT: N_("Left out for this partner"),
    TOO_LITTLE: N_("Too little is known to be compared in encoded form"),
}
# Why one person is left out for one partner.
EXCLUSIONS = {
    "asked": N_("The person or the family asked for it"),
    "danger": N_("It could put somebody in danger"),
    "authorities": N_("The authorities there could learn of it"),
    "other": N_("Another reason, noted in the file"),
}

# A pair that a round has found, as one side sees it.
HELD, NEW, ASKED, OPENED, SAME, DIFFERENT, NOT_OPENED, WITHDRAWN = (
    "held",
    "new",
    "asked",
    "opened",
    "same",
    "different",
    "not_opened",
    "withdrawn",
)
PAIR_STATES = {
    HELD: N_("Waiting for a letter of the partner"),
    NEW: N_("To be looked at"),
    ASKED: N_("Opened here, waiting for the partner"),
    OPENED: N_("Opened by both"),
    SAME: N_("The same person"),
    DIFFERENT: N_("Not the same person"),
    NOT_OPENED: N_("Not opened"),
    WITHDRAWN: N_("Withdrawn"),
}
WAITS = frozenset({HELD, NEW, ASKED})  # deleted when nobody opened them in time
LIVE = WAITS | {OPENED}
PAIR_VERDICTS = {
    "same": N_("The same person"),
    "different": N_("Not the same person"),
    "unsure": N_("Need more information"),
}
# What this side's opening makes of a pair, by state and by whether the partner has opened it.
OPENING = {(NEW, False): ASKED, (NEW, True): OPENED}

# A round, as one party sees it. Those marked as WORK go on by themselves, in the background.
INVITED, PREPARING, BLINDED, RAISING, RAISED, COLLECTING, COMPARING, ANSWERED, DONE, VOID, FAILED = (
    "invited",
    "preparing",
    "blinded",
    "raising",
    "raised",
    "collecting",
    "comparing",
    "answered",
    "done",
    "void",
    "failed",
)
WORK = frozenset({PREPARING, RAISING, COMPARING})
ENDS = frozenset({DONE, VOID, FAILED})
ROUND_STATES = {
    INVITED: N_("The partner has begun a round"),
    PREPARING: N_("The own list is being encoded"),
    BLINDED: N_("Waiting for the partner's list"),
    RAISING: N_("The partner's list is being worked on"),
    RAISED: N_("Waiting for the answer of the hub"),
    COLLECTING: N_("Waiting for the packages of both societies"),
    COMPARING: N_("The two lists are being compared"),
    ANSWERED: N_("Answered; waiting for the receipts"),
    DONE: N_("Finished"),
    VOID: N_("Ended without a result"),
    FAILED: N_("Stopped: the packages do not fit"),
}
NEXT = {
    INVITED: N_("Look at the cases that go and confirm them, or let the round end."),
    PREPARING: N_("Nothing: this takes a few minutes. Then there are packages to hand over."),
    BLINDED: N_("Hand over the packages below, and load the package of the partner when it comes."),
    RAISING: N_("Nothing: this takes a few minutes. Then there is a package for the hub."),
    RAISED: N_("Hand over the packages below, and load the package of the hub when it comes."),
    COLLECTING: N_("Load the packages of both societies: two from each."),
    COMPARING: N_("Nothing: this takes a few minutes. Then there are packages for both societies."),
    ANSWERED: N_("Hand over the packages below, and load the receipts when they come."),
    DONE: N_("Look at the found pairs, then write the letter to the partner. Hand over what is left below."),
    VOID: N_(
        "Hand over what is left below: without it the others cannot load your later packages. Then start a new round, "
        "if one is wanted."
    ),
    FAILED: N_("Speak with the partner and the hub, and hand over what is left below. Then start a new round."),
}
HUB_DONE = N_("Nothing: both societies have confirmed the answer, and what the hub held is erased.")


def next_step(state: str, role: str) -> str:
    """Return what one party of a round does next, as a text to translate."""
    return HUB_DONE if (state, role) == (DONE, "hub") else NEXT[state]


PACKAGES = {
    "blinded": N_("Encoded list"),
    "grouping": N_("What belongs together in the list"),
    "raised": N_("The partner's list, encoded by both"),
    "pairs": N_("Pairs that were found"),
    "receipt": N_("Receipt"),
    "judgements": N_("Letter about found pairs"),
    "clear-list": N_("List with names"),
    "clear-recall": N_("Recall of a list with names"),
    "clear-receipt": N_("Receipt for a list with names"),
}
# What two cases have in common, in the order in which it is told.
RULE_WORDS = {
    "name": N_("the name or parts of it"),
    "birth": N_("about the year of birth"),
    "date": N_("the date of birth, or its day and month"),
    "mother": N_("the mother's name"),
    "relative": N_("a relative's name"),
    "place": N_("a place"),
}
# How strong a found pair is. On labelled lists 99, 92 and 32 of 100 such pairs were one person.
STRONG, LIKELY, WEAK = "strong", "likely", "weak"
PAIR_STRENGTHS = {
    STRONG: N_("strong: hardly any such pair is wrong"),
    LIKELY: N_("likely: one in ten such pairs is wrong"),
    WEAK: N_("weak: more such pairs are wrong than right"),
}
# What to ask for where too little is known of a person to be compared in encoded form.
MISSING = {
    "name": N_("the father's or the family name"),
    "birth": N_("the year of birth, or about how old the person is"),
    "mother": N_("the mother's name"),
    "place": N_("the place of birth, or where the person was last"),
    "relative": N_("the name of a relative"),
    "spelling": N_("another name, or another spelling of it"),
}
