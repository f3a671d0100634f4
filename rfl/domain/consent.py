"""Consent: per person and purpose, off unless recorded, with version, language, date and evidence.

A legal basis other than consent can be recorded for purposes where the law knows one; it is asked the same way.
"""

from enum import StrEnum

from rfl.domain.text import N_

EVERY_SOCIETY = ""  # an answer about encoded exchange that names no society is for all of them
NOTICE_VERSION = "2026-1"  # the information notice shipped with this program; raise it when the text changes


class Purpose(StrEnum):
    """What personal data may be used for; each is a switch of its own."""

    REGISTER = "register"
    MATCHING = "matching"
    SHARE_SOCIETIES = "share_societies"
    SHARE_ENCODED = "share_encoded"
    SHARE_NETWORK = "share_network"
    PUBLISH_NAME = "publish_name"
    PUBLISH_PHOTO = "publish_photo"
    STATISTICS = "statistics"
    FEEDBACK = "feedback"


PURPOSES = {
    Purpose.REGISTER: N_("Register this record and search in our own files"),
    Purpose.MATCHING: N_("Compare it with the files of other National Societies"),
    Purpose.SHARE_SOCIETIES: N_("Pass it to another National Society that takes part in the search"),
    Purpose.SHARE_ENCODED: N_(
        "Send it to another National Society in encoded form, to learn whether both know the person"
    ),
    Purpose.SHARE_NETWORK: N_("Pass it to other organisations that trace missing persons"),
    Purpose.PUBLISH_NAME: N_("Publish the name in lists or on the radio"),
    Purpose.PUBLISH_PHOTO: N_("Publish a photo"),
    Purpose.STATISTICS: N_("Use it for statistics without names"),
    Purpose.FEEDBACK: N_("Contact the person later about the service"),
}


class Basis(StrEnum):
    """Why the law allows the use."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_INTEREST = "public_interest"


BASES = {
    Basis.CONSENT: N_("The person agreed"),
    Basis.VITAL_INTEREST: N_("Vital interest of the person"),
    Basis.PUBLIC_INTEREST: N_("Humanitarian task in the public interest"),
}


class Evidence(StrEnum):
    """How the agreement can be shown later."""

    SIGNED = "signed"
    WITNESSED = "witnessed"
    INTERPRETER = "interpreter"
    LIST = "list"


EVIDENCES = {
    Evidence.SIGNED: N_("Signed form"),
    Evidence.WITNESSED: N_("Said aloud before a witness"),
    Evidence.INTERPRETER: N_("Said aloud through an interpreter"),
    Evidence.LIST: N_("Recorded by the organisation that kept the list"),
}

# Purposes for which the law can stand in for the person's own agreement; never for making something public and
# never for the society's own convenience.
OTHER_BASIS_POSSIBLE = frozenset(
    {Purpose.REGISTER, Purpose.MATCHING, Purpose.SHARE_SOCIETIES, Purpose.SHARE_ENCODED, Purpose.SHARE_NETWORK}
)


class Speaker(StrEnum):
    """Who gave the answer."""

    PERSON = "person"
    GUARDIAN = "guardian"
    BOTH = "both"
    NOBODY = "nobody"


SPEAKERS = {
    Speaker.PERSON: N_("The person"),
    Speaker.GUARDIAN: N_("A parent, guardian or representative"),
    Speaker.BOTH: N_("The child and a parent, guardian or representative"),
    Speaker.NOBODY: N_("Nobody could be asked"),
}

# What is read out before anything is asked, in words of our own. Raise NOTICE_VERSION whenever a sentence changes.
NOTICE: tuple[str, ...] = (
    N_("We help people find relatives with whom they have lost contact. The service is free of charge."),
    N_("What you tell us is used only to find people and to bring families into contact again."),
    N_("You decide what may be done with it. You can say yes to one thing and no to another."),
    N_("You can change your mind at any time, without giving a reason and without losing our help."),
    N_(
        "We do not give what you tell us to the police, to immigration offices or to courts, and we do not ask why "
        "you are where you are."
    ),
    N_(
        "A search cannot be kept secret everywhere: asking about a person can draw attention to them. Tell us if that "
        "could be dangerous for anybody."
    ),
    N_("If somebody is found, they decide themselves whether and how the family hears of them."),
    N_("You can ask what we hold about you, have it corrected, and have it erased."),
)
