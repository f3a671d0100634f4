"""Lists with names that societies with a legal basis pass to each other: where one stands, as either side sees it."""

from datetime import timedelta

from rfl.domain.exchange import (
    CHILD,
    DANGER,
    DECEASED,
    DETAINED,
    LEFT_OUT,
    NOT_ASKED,
    NOT_OPEN,
    REFUSED,
    TOO_LITTLE,
)
from rfl.domain.text import N_

OUT, IN = "out", "in"
# Of the sender: SENT, ANSWERED, CALLED_BACK. Of the recipient: ARRIVED, OPENED, TAKEN, DECLINED, CALLED_BACK.
# Of both: MISSED, where the recipient has loaded what stands in the place of a list that was out of date.
SENT, ANSWERED, ARRIVED, OPENED, TAKEN, DECLINED, CALLED_BACK, MISSED = (
    "sent",
    "answered",
    "arrived",
    "opened",
    "taken",
    "declined",
    "called_back",
    "missed",
)
LIST_STATES = {
    SENT: N_("Sent, not answered yet"),
    ANSWERED: N_("Answered by the recipient"),
    ARRIVED: N_("Arrived, nobody has decided on it yet"),
    OPENED: N_("Opened as an import"),
    TAKEN: N_("Imported"),
    DECLINED: N_("Refused"),
    CALLED_BACK: N_("Recalled"),
    MISSED: N_("Not loaded in time: its package was taken back"),
}
# One row: LISTED until it is imported. A recall makes it LEAVING, which takes seconds; then it is GONE, or GOING
# where a person at the recipient looks at it first.
LISTED, STORED, LEAVING, GOING, GONE = "listed", "stored", "leaving", "going", "gone"
ROW_STATES = {
    LISTED: N_("On the list"),
    STORED: N_("Imported"),
    LEAVING: N_("Recalled; being taken out"),
    GOING: N_("Recalled; erased after somebody has looked at it"),
    GONE: N_("Recalled"),
}
# Somebody at the recipient has worked on the record: time for them to read the recall and act on it.
LOOK_FIRST = timedelta(days=14)
ANSWER_WITHIN = timedelta(days=7)  # as for the receipts of packages: a week's post, then somebody asks

RECEIVED_ELSEWHERE = "received"
# Why somebody does not go on a list with names; the keys are those of encoded lists, where the reason is the same.
NOT_LISTED = {
    NOT_OPEN: N_("Not being searched for, or comparing was not agreed to"),
    CHILD: N_("A child: people ask the other society about children one by one"),
    DANGER: N_("Danger was seen in this request"),
    DETAINED: N_("Somebody in detention"),
    DECEASED: N_("Registered as deceased"),
    REFUSED: N_("Passing on to another society was refused or withdrawn"),
    NOT_ASKED: N_("Nobody was asked about passing on to another society yet"),
    LEFT_OUT: N_("Left out for this partner"),
    RECEIVED_ELSEWHERE: N_("Came from another society, which alone may pass it on"),
    TOO_LITTLE: N_("No name is recorded"),
}
