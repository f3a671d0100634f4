"""What a located person allows to be shared, and what an enquirer may then be told.

"Nothing" leaves the enquirer's side exactly as it was: no state, task or event there may depend on it.
"""

from enum import StrEnum

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_


class Choice(StrEnum):
    """The located person's answer."""

    ADDRESS = "address"
    CALL = "call"
    MESSAGE = "message"
    ALIVE = "alive_and_well"
    NOTHING = "nothing"
    ASK_AGAIN = "ask_again"
    FATE = "fate"  # no answer is possible; told only with an approved delivery plan


CHOICES = {
    Choice.ADDRESS: N_("Give my address or telephone number"),
    Choice.CALL: N_("Arrange a call"),
    Choice.MESSAGE: N_("Pass on a message only"),
    Choice.ALIVE: N_("Say only that I am alive and well"),
    Choice.NOTHING: N_("Say nothing, not even that I was found"),
    Choice.ASK_AGAIN: N_("Not now, ask me again later"),
}

# Where two requests seek the same person nobody was located: each enquirer is asked about the other.
LINK_CHOICES = {
    Choice.ADDRESS: N_("Give my address or telephone number to the other family"),
    Choice.CALL: N_("Arrange a call with the other family"),
    Choice.MESSAGE: N_("Pass on a message only"),
    Choice.ALIVE: N_("Say only that somebody else is looking too"),
    Choice.NOTHING: N_("Say nothing about my request"),
    Choice.ASK_AGAIN: N_("Not now, ask me again later"),
}

# The same answers as what a caseworker says to the enquirer; words passed on stand below the sentence.
MAY_BE_SAID = {
    Choice.ADDRESS: N_("This person was found, and lets you have this address or telephone number."),
    Choice.CALL: N_("This person was found and would like to talk to you. The call is arranged like this:"),
    Choice.MESSAGE: N_("This person was found and sends you this message."),
    Choice.ALIVE: N_("This person is alive and well."),
    Choice.FATE: N_("This person has died. Tell the family by the approved plan."),
}
LINK_MAY_BE_SAID = {
    Choice.ADDRESS: N_("The other family lets you have this address or telephone number."),
    Choice.CALL: N_("The other family would like to talk to you. The call is arranged like this:"),
    Choice.MESSAGE: N_("The other family sends you this message."),
    Choice.ALIVE: N_("Somebody else is looking for this person too."),
}

ALLOWS_TELLING = frozenset({Choice.ADDRESS, Choice.CALL, Choice.MESSAGE, Choice.ALIVE, Choice.FATE})

HOW_TOLD = {
    "in_person": N_("In person"),
    "phone": N_("By telephone"),
    "letter": N_("By letter"),
    "partner": N_("Through a partner who knows the family"),
}


class NotAgreed(RuleBroken):
    """The located person has not agreed to share anything, or was not asked yet."""

    message = N_("Nothing may be shared: the person concerned has not agreed to it.")


class PlanNeeded(RuleBroken):
    """Bad news is delivered by people with a plan, never otherwise."""

    message = N_("This result is sensitive. Write a delivery plan and have it approved by a second person first.")
