"""What two societies show each other of an opened pair: three steps, and the fields of each.

A step is shown by both or by neither, and the next one only after it.
"""

from rfl.domain.disclosure import CHOICES, Choice
from rfl.domain.text import N_

FIRST, SECOND, THIRD = 1, 2, 3
STEPS = {
    FIRST: N_("Step 1: sex, about the year of birth, region"),
    SECOND: N_("Step 2: names, date of birth, parents, places"),
    THIRD: N_("Step 3: circumstances, and whom to call"),
}
# The fields of each step in the order in which they are shown; each can be left out.
FIELDS = {
    FIRST: ("sex", "years", "region"),
    SECOND: ("names", "birth", "age", "parents", "birth_place", "last_place"),
    THIRD: ("circumstances", "contact"),
}
ALWAYS = ("record", "agreed")  # go with the second step and cannot be left out: everything after rests on them
FIELD_WORDS = {
    "record": N_("How the society knows the person"),
    "agreed": N_("Agreed to being passed on"),
    "sex": N_("Sex"),
    "years": N_("Born in the years"),
    "region": N_("Region of the last known place"),
    "names": N_("Names"),
    "birth": N_("Date of birth"),
    "age": N_("Age"),
    "parents": N_("Parents"),
    "birth_place": N_("Place of birth"),
    "last_place": N_("Last known place"),
    "circumstances": N_("Circumstances"),
    "contact": N_("Whom to call"),
}
# How a society knows the person.
SOUGHT, PRESENT = "sought", "present"
RECORDS = {
    SOUGHT: N_("Somebody is looking for this person"),
    PRESENT: N_("The society is in contact with this person"),
}
YEARS = 5  # width of a band of years of birth: wide enough for a guessed age, and for many people in one region

# What one side has done about one step.
COMMITTED, REVEALED, BROKEN = "committed", "revealed", "broken"
# Why something that the partner sent about a step was not accepted.
PROBLEMS = {
    "early": N_("The partner wanted to begin a step before the one before it was shown by both."),
    "second": N_("The partner committed twice to this step, to different details. The first one counts."),
    "uncommitted": N_("The partner sent details of this step without having committed to them. They were not kept."),
    "unasked": N_("The partner sent details before your society had committed to showing any. They were not kept."),
    "other": N_("What the partner sent is not what it had committed to. It was not kept."),
    "unreadable": N_("What the partner sent cannot be read. It was not kept."),
}

# How a step stands, as one side sees it.
AHEAD, CHOOSE, ASKED, WAITING, READY, SENT, SHOWN = ("ahead", "choose", "asked", "waiting", "ready", "sent", "shown")
STEP_STATES = {
    AHEAD: N_("Not yet"),
    CHOOSE: N_("You can choose what to show"),
    ASKED: N_("The partner has committed itself; choose what to show"),
    WAITING: N_("You have committed yourself; waiting for the partner to do so too"),
    READY: N_("Both have committed themselves; your details go with the next letter of this round"),
    SENT: N_("Your details are in a letter; waiting for those of the partner"),
    SHOWN: N_("Shown by both"),
    BROKEN: N_("Stopped"),
}

# What follows once both found that it is one person.
STEP_TWO, ENTER, ENTERED, ASK, BOTH_SOUGHT, BOTH_PRESENT = (
    "step_two",
    "enter",
    "entered",
    "ask",
    "both_sought",
    "both_present",
)
FOLLOWS = {
    STEP_TWO: N_(
        "Both societies found that this is one person. The names are still missing: both sides show step 2 first. "
        "Then the record of the partner can be entered here."
    ),
    ENTER: N_(
        "Both societies found that this is one person, and the partner is in contact with them. Enter the record that "
        "the partner has shown as a registered person: it is proposed for your case, and two officers decide as "
        "always. Nobody is told anything before that, and before the person has said what may be shared."
    ),
    ENTERED: N_(
        "The record of the partner is entered as a registered person and proposed for your case. Two officers decide "
        "as always. The partner asks the person what may be shared; a letter tells you if something may. "
        "As long as none comes, the person may not even have been asked."
    ),
    ASK: N_(
        "Both societies found that this is one person, whom the partner is looking for. The partner's officers decide "
        "there. Ask the person what may be shared: without an answer nobody is told anything."
    ),
    BOTH_SOUGHT: N_(
        "Both societies are looking for this person, and nobody has found them. Agree by telephone who goes on "
        "searching for what, and whether the two families want to know of each other: each is asked by its own society."
    ),
    BOTH_PRESENT: N_(
        "Both societies are in contact with this person, and neither of these two records is a search. There is "
        "nothing to decide."
    ),
}
# Whether the partner has confirmed that it keeps nothing of what was shown, once a pair has ended.
RECEIPTS = {
    "given": N_("The partner has confirmed that it has erased what you had shown."),
    "waiting": N_("The partner has not confirmed yet that it has erased what you had shown."),
    "overdue": N_(
        "The partner should have confirmed long ago that it has erased what you had shown. Call the partner, and tell "
        "your data-protection officer."
    ),
}

# The answers of a person that a partner is told; a refusal is not among them, since it looks like no answer.
TOLD_CHOICES = (Choice.ADDRESS, Choice.CALL, Choice.MESSAGE, Choice.ALIVE)
ANSWERS = {
    **{choice: CHOICES[choice] for choice in TOLD_CHOICES},
    Choice.NOTHING: N_("Take an earlier answer back: nothing may be told any more"),
}
