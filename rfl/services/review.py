"""One proposal side by side: what the two records say, what speaks for and against, and what may be done now.

Until both have confirmed, the reader gets of the other society's record only the compared fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from matching import band, questions
from rfl.domain.errors import NotFound
from rfl.domain.proposals import ProposalState
from rfl.domain.review import ANSWERS_SHOWN, Stage, may_see_answer, stage_of
from rfl.domain.roles import Actor
from rfl.models.accounts import User
from rfl.models.proposals import Decision, Proposal
from rfl.services.aftercare import is_told
from rfl.services.answers import AnswerView, given_by, seal_question, societies_of, standing_answers, view_answers
from rfl.services.compared_values import Line
from rfl.services.conflicts import Conflict, find_conflicts
from rfl.services.family_support import pairs_beside
from rfl.services.proposal_assignment import Place, read_places
from rfl.services.scope import fetch
from rfl.services.side_by_side import Side, arrange, place_side_by_side
from rfl.services.timeline import Happening, read_timeline
from rfl.services.unit import Unit

Said = tuple[str, dict[str, str | int]]
# Events that tell that, or how, somebody answered.
ANSWER_EVENTS = frozenset({"proposal:decided", "proposal:undone"})
REFERENCE_LENGTH = 8  # of the 16 letters of an id: short enough to say on the telephone


@dataclass(frozen=True)
class PairBeside:
    """Another pair of the same two families: a proposal of its own, and how strong it is."""

    id: str
    reference: str
    band: str


@dataclass(frozen=True)
class Review:
    """Everything that the page of one proposal shows to one officer."""

    id: str
    reference: str
    kind: str
    stage: Stage
    created_at: datetime
    score: float
    band: str
    left: Side
    right: Side
    lines: tuple[Line, ...]
    unrecorded: tuple[str, ...]  # kinds of evidence for which neither record holds anything
    questions: tuple[Said, ...]
    answers: tuple[AnswerView, ...]
    conflicts: tuple[Conflict, ...]
    beside: tuple[PairBeside, ...]
    happenings: Sequence[Happening]
    places: tuple[Place, ...]
    seal: str
    told: bool

    @property
    def may_decide(self) -> bool:
        """Say whether the reader's answer is waited for."""
        return self.stage == Stage.WAITING

    @property
    def may_take_back(self) -> bool:
        """Say whether an answer of the reader stands and can still be taken back."""
        return not self.told and any(answer.own for answer in self.answers)

    @property
    def against(self) -> tuple[Line, ...]:
        """Return the lines that speak against one person."""
        return tuple(line for line in self.lines if line.says == "against")


def reference_of(proposal_id: str) -> str:
    """Return the short name of a proposal, the same for both societies."""
    short = proposal_id[:REFERENCE_LENGTH].upper()
    return f"{short[:4]}-{short[4:]}"


def read_review(actor: Actor, proposal_id: str) -> Review:
    """Return the page of one proposal; reading it is audited. Raises NotFound."""
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "proposal.read", Proposal, proposal_id)
        found = build_review(unit.session, actor, proposal)
        unit.record("proposal:read", proposal.id)
    return found


def build_review(session: Session, actor: Actor, proposal: Proposal) -> Review:
    """Return what `actor` may see of a proposal already fetched for them."""
    table = place_side_by_side(session, actor, proposal)
    standing = standing_answers(session, proposal.id)
    found = Review(
        id=proposal.id,
        reference=reference_of(proposal.id),
        kind=proposal.kind,
        stage=stage_of(actor, proposal.state, societies_of(proposal), given_by(standing)),
        created_at=proposal.created_at,
        score=table.comparison.score,
        band=band(table.comparison.score),
        left=table.left,
        right=table.right,
        lines=arrange(table.lines),
        unrecorded=table.unrecorded(),
        questions=tuple((text, dict(params)) for text, params in questions(table.comparison)),
        answers=view_answers(session, actor, proposal, standing, digest=table.comparison.digest(), engine=table.engine),
        conflicts=find_conflicts(session, actor, proposal),
        beside=tuple(
            PairBeside(one.id, reference_of(one.id), band(one.score)) for one in pairs_beside(session, actor, proposal)
        ),
        happenings=_happenings(session, actor, proposal),
        places=read_places(session, actor, proposal),
        seal=seal_question(proposal, standing, table.lines),
        told=is_told(session, proposal.id),
    )
    return _without_values(found) if found.stage == Stage.WITHDRAWN else found


def _without_values(found: Review) -> Review:
    """Consent or request has ended, and with it the right to see the other society's record."""
    if found.left.own and found.right.own:
        return found
    return replace(found, score=0.0, band="", lines=(), unrecorded=(), questions=(), conflicts=(), beside=())


@dataclass(frozen=True)
class FrozenAnswer:
    """An answer of the own society with the values that were compared when it was given."""

    reference: str
    verdict: str
    reason: str
    officer: str
    at: datetime
    left: Side
    right: Side
    lines: tuple[Line, ...]


def read_answer(actor: Actor, proposal_id: str, answer_id: str) -> FrozenAnswer:
    """Return an answer of the own society as it was given, also one that was taken back; the reading is audited.

    Raises NotFound, also where the actor may not read the answer (yet) or the proposal was withdrawn.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "proposal.read", Proposal, proposal_id)
        row = unit.session.get(Decision, answer_id)
        foreign = row is None or row.proposal_id != proposal.id or row.society_id != actor.society_id
        if row is None or foreign or not may_see_answer(actor, proposal.state, row.officer_id):
            raise NotFound
        if proposal.state == ProposalState.WITHDRAWN and len(societies_of(proposal)) > 1:
            raise NotFound
        table = place_side_by_side(unit.session, actor, proposal)
        unit.record("proposal:answer_read", proposal.id, answer=row.id)
        return FrozenAnswer(
            reference=reference_of(proposal.id),
            verdict=row.verdict,
            reason=row.reason or "",
            officer=unit.session.get_one(User, row.officer_id).display_name,
            at=row.at,
            left=table.left,
            right=table.right,
            lines=arrange(tuple(Line.from_dict(line) for line in row.seen["lines"])),
        )


def _happenings(session: Session, actor: Actor, proposal: Proposal) -> Sequence[Happening]:
    blind = ProposalState(proposal.state) not in ANSWERS_SHOWN
    return read_timeline(
        session,
        actor.society_id,
        only_own=ANSWER_EVENTS if blind else (),
        reader_id=actor.id,
        proposal_id=proposal.id,
    )
