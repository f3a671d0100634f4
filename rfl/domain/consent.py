"""Consent: per person and purpose, off unless recorded, with version, language, date and evidence.

A legal basis other than consent can be recorded for purposes where the law knows one; it is asked the same way.
"""

from enum import StrEnum

from rfl.domain.text import N_

NOTICE_VERSION = "2026-1"  # the information notice shipped with this program; raise it when the text changes


class Purpose(StrEnum):
    """What personal data may be used for; each is a switch of its own."""

    REGISTER = "register"
    MATCHING = "matching"
    SHARE_SOCIETIES = "share_societies"
    SHARE_NETWORK = "share_network"
    PUBLISH_NAME = "publish_name"
    PUBLISH_PHOTO = "publish_photo"
    STATISTICS = "statistics"
    FEEDBACK = "feedback"


PURPOSES = {
    Purpose.REGISTER: N_("Register this record and search in our own files"),
    Purpose.MATCHING: N_("Compare it with the files of other National Societies"),
    Purpose.SHARE_SOCIETIES: N_("Pass it to another National Society that takes part in the search"),
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
