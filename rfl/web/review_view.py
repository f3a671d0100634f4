"""A review worded for the screen: the steps, the strength in words, what speaks against, what may be done."""

from dataclasses import dataclass

from flask_babel import gettext

from rfl.domain.proposals import KINDS, Kind
from rfl.domain.review import STAGES, Stage
from rfl.domain.text import N_
from rfl.services.conflicts import CONFLICTS
from rfl.services.proposal_filters import BANDS
from rfl.services.review import Review, reference_of
from rfl.web.evidence_view import Compared, word_fields, word_lines

ROLES_IN_PAIR = {
    "sought": N_("sought person"),
    "registered": N_("registered person"),
    "enquirer": N_("enquirer"),
}
BAND_MEANING = {
    "strong": N_("Most details agree. Read the differences all the more closely."),
    "possible": N_("Much agrees, but it may be a namesake or a relative."),
    "weak": N_("Little agrees beyond the name. Most such pairs are different persons."),
}
NOTICES = {
    Stage.WAITING: N_(
        "Nobody is told anything because of your answer. Two officers answer, each without seeing the other's answer; "
        "only if both say “same person” is the person concerned asked what may be shared."
    ),
    Stage.ANSWERED: N_(
        "An answer of your side is recorded. The other officer answers without seeing it, and nobody is told anything."
    ),
    Stage.DISPUTED: N_(
        "The two officers disagree. Read both reasons, talk to each other, then one of you takes the answer back."
    ),
    Stage.CONFIRMED: N_("Confirmed by two officers. The enquirer is told only what the person concerned allows."),
    Stage.DIFFERENT: N_(
        "Marked as different persons. This is remembered; the pair returns only if the evidence changes."
    ),
    Stage.WITHDRAWN: N_(
        "Withdrawn, because a consent or a request ended. The record of the other society is no longer shown."
    ),
}
RECORDED = {
    Stage.ANSWERED: N_("Your answer is recorded. The other officer answers without seeing it."),
    Stage.WAITING: N_("Your answer is recorded. You can answer again when you know more."),
    Stage.DISPUTED: N_("Your answer is recorded. It disagrees with the other one; both are shown now."),
    Stage.CONFIRMED: N_("Your answer is recorded. Both officers agree: the match is confirmed."),
    Stage.DIFFERENT: N_("Your answer is recorded. The two records are kept apart."),
}
DONE, NOW, AHEAD = "done", "now", "ahead"
# stage -> states of: proposed, own answer, second answer, confirmed, family informed
STEPS = {
    Stage.WAITING: (DONE, NOW, AHEAD, AHEAD, AHEAD),
    Stage.ANSWERED: (DONE, DONE, NOW, AHEAD, AHEAD),
    Stage.CONFIRMED: (DONE, DONE, DONE, NOW, AHEAD),
}
# Reviews that ended otherwise show how far they came and where they stand.
ENDED = {Stage.DISPUTED, Stage.DIFFERENT, Stage.WITHDRAWN}
Step = tuple[str, str]


@dataclass(frozen=True)
class Contradiction:
    """A contradiction in words, with the proposals it is with as (id, reference)."""

    text: str
    proposals: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReviewView:
    """What the template of one proposal reads beside the review itself."""

    review: Review
    kind: str
    stage: str
    notice: str
    steps: list[Step]
    band: str
    band_meaning: str
    lines: list[Compared]
    against: list[Compared]
    unrecorded: list[str]
    questions: list[str]
    warnings: list[Contradiction]
    beside: list[tuple[str, str, str]]  # id, reference and strength in words of other pairs of the two families
    asks: bool


def view_review(review: Review) -> ReviewView:
    """Return a review worded in the language of the screen."""
    lines = word_lines(review.lines)
    return ReviewView(
        review=review,
        kind=gettext(KINDS[Kind(review.kind)]),
        stage=gettext(STAGES[review.stage]),
        notice=gettext(NOTICES[review.stage]),
        steps=word_steps(review),
        band=gettext(BANDS[review.band]) if review.band else "",
        band_meaning=gettext(BAND_MEANING[review.band]) if review.band else "",
        lines=lines,
        against=[line for line in lines if line.says == "against"],
        unrecorded=word_fields(review.unrecorded),
        questions=[gettext(text) % params if params else gettext(text) for text, params in review.questions],
        warnings=[
            Contradiction(gettext(CONFLICTS[one.kind]), tuple((key, reference_of(key)) for key in one.proposal_ids))
            for one in review.conflicts
        ],
        beside=[(one.id, one.reference, gettext(BANDS[one.band])) for one in review.beside],
        asks=review.stage == Stage.CONFIRMED and (review.right.own or review.kind == Kind.SOUGHT_SOUGHT),
    )


def word_steps(review: Review) -> list[Step]:
    """Return the steps of the way to the family; they show no other officer's answer."""
    if review.stage in ENDED:
        return [(gettext("Proposed"), DONE), (gettext(STAGES[review.stage]), NOW)]
    labels = (
        gettext("Proposed"),
        gettext("Your answer") if review.left.own and review.right.own else gettext("Your society's answer"),
        gettext("Second answer"),
        gettext("Confirmed"),
        gettext("Family informed"),
    )
    states = (DONE, DONE, DONE, DONE, NOW) if review.told else STEPS[review.stage]
    return list(zip(labels, states, strict=True))
