"""The standing answers to a proposal, and the seal that says which state of the question an officer answered."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.proposals import AlreadyDecided, EvidenceChanged, Given
from rfl.domain.review import may_see_answer
from rfl.domain.roles import Actor
from rfl.models.accounts import Society, User
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.sealed import keyring
from rfl.services.compared_values import Line
from rfl.services.corrections import same_version
from rfl.services.eligibility import may_be_matched

SEAL_LENGTH = 24  # hexadecimal digits of each half; 96 bits never meet by chance


@dataclass(frozen=True)
class AnswerView:
    """One standing answer, as far as the reader may see it at all."""

    id: str
    officer: str
    society: str
    verdict: str
    reason: str
    at: datetime
    own: bool
    evidence_changed: bool


def societies_of(proposal: Proposal) -> frozenset[str]:
    """Return the one or two societies whose records are compared."""
    return frozenset({proposal.left_society_id, proposal.right_society_id})


def standing_answers(session: Session, proposal_id: str) -> Sequence[Decision]:
    """Return the answers that count, oldest first."""
    return session.scalars(
        select(Decision).filter_by(proposal_id=proposal_id, standing=True).order_by(Decision.at, Decision.id)
    ).all()


def given_by(decisions: Iterable[Decision]) -> list[Given]:
    """Return the answers as the rules ask for them."""
    return [Given(one.officer_id, one.society_id, one.verdict) for one in decisions]


def takes_part(session: Session, proposal: Proposal) -> bool:
    """Say whether consent and request of both records still allow the comparison."""
    people = (session.get_one(Person, key) for key in (proposal.left_id, proposal.right_id))
    return all(may_be_matched(session, person) for person in people)


def view_answers(
    session: Session, actor: Actor, proposal: Proposal, standing: Sequence[Decision], *, digest: str, engine: str
) -> tuple[AnswerView, ...]:
    """Return the answers that `actor` may read: their own, and all when the review no longer has to be blind.

    `digest` and `engine` are those of the present comparison: they show which answers were given on other evidence,
    as far as one version of the engine can tell.
    """
    readable = [one for one in standing if may_see_answer(actor, proposal.state, one.officer_id)]
    return tuple(
        AnswerView(
            id=one.id,
            officer=session.get_one(User, one.officer_id).display_name,
            society=session.get_one(Society, one.society_id).name,
            verdict=one.verdict,
            reason=one.reason or "",
            at=one.at,
            own=one.officer_id == actor.id,
            evidence_changed=one.digest != digest and same_version(one.engine_version, engine),
        )
        for one in readable
    )


def seal_question(proposal: Proposal, standing: Sequence[Decision], lines: Iterable[Line]) -> str:
    """Return an opaque seal of the state of the review and of the values shown; it tells its reader nothing.

    A bare version number would let the second officer count the answers given before theirs.
    """
    place = [proposal.id, proposal.state, proposal.round, sorted(one.id for one in standing)]
    values = [
        [line.kind, line.level, [[p.form, p.text] for p in (*line.left, None, *line.right) if p]]
        for line in lines
        if line.left or line.right  # what follows from the others, or from other pairs, is no value
    ]
    return f"{_fingerprint(place)}.{_fingerprint(values)}"


def check_seal(shown: str, present: str) -> None:
    """Compare the seal of the page that was answered with the present one.

    Raises AlreadyDecided when another officer was faster, EvidenceChanged when a record was changed.
    """
    review, _, values = present.partition(".")
    shown_review, _, shown_values = shown.partition(".")
    if shown_review != review:
        raise AlreadyDecided
    if shown_values != values:
        raise EvidenceChanged


def _fingerprint(content: object) -> str:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return keyring().fingerprint(plain)[:SEAL_LENGTH]
