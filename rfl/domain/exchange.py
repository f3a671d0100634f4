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
