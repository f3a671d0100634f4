"""Two societies with an opened pair whose persons may be shown: one is looked for, the other one is in touch."""

from caseload import add_registered, add_request, identity
from exchange_world import allied, carry
from pair_world import TALK, Side, carry_both, opened, play
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.domain.exchange_steps import FIELDS
from rfl.domain.persons import Identity, Place, Relative
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.models.proposals import Proposal
from rfl.services import consents
from rfl.services import exchange_pair_views as views
from rfl.services import exchange_pairs as pairs
from rfl.services.decisions import Opinion, decide
from rfl.services.exchange_round_views import read_round
from rfl.services.exchange_same import enter_copy
from rfl.services.exchange_showing import Choice, choose
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Look

AGREED = {Purpose.SHARE_ENCODED: True, Purpose.SHARE_SOCIETIES: True}
TEXTS = {"circumstances": "Separated at the border.", "contact": "The officer on duty, +254 700 000"}


def who(name: str, birth: str, place: str) -> Identity:
    return identity(
        name,
        birth,
        sex="male",
        mother_name="Salma",
        last_place=Place(place, "SY", "Aleppo", "second house behind the mill"),
        relatives=(Relative("father", "Ahmad"), Relative("brother", "Karim")),
    )


def seeker(staff) -> str:
    """A person who is looked for, whose enquirer agreed to everything."""
    enquirer, (sought,) = add_request(
        staff.officer, identity("Huda Haddad"), ("brother", who("Yusuf Ahmad Haddad", "1994-05-12", "Manbij"))
    )
    consents.record_answers(staff.officer, enquirer, AGREED, TALK)
    return sought


def present(staff, name: str = "يوسف أحمد حداد") -> str:
    """A registered person who agreed to everything."""
    person_id = add_registered(staff.officer, who(name, "1994", "منبج"), number=f"{staff.code}-1")
    consents.record_answers(staff.officer, person_id, AGREED, TALK)
    return person_id


def opened_pair(north, south, first=seeker, second=present) -> tuple[Side, Side]:
    """The north looks for a person whom the south is in contact with; both have opened the pair."""
    here, there = allied(north, south)
    both = Side(north, first(north), here), Side(south, second(south), there)
    play(both, "1" * 32)
    opened(*both)
    return both


def card(side: Side) -> views.PairCard:
    return views.read_pair(side.staff.officer, side.pair)


def pick(side: Side, *, leave_out: tuple[str, ...] = ()) -> None:
    """Choose everything of the step that is offered, but for some fields."""
    offer = card(side).showing.offer
    fields = [name for name in FIELDS[offer.step] if name not in leave_out]
    texts = {name: text for name, text in TEXTS.items() if name not in leave_out}
    choose(side.staff.officer, side.pair, Choice(offer.step, fields, texts, offer.stamp))


def show_step(first: Side, second: Side) -> None:
    """Both choose the step, the commitments travel, then the details."""
    for side in (first, second):
        pick(side)
    carry_both(first, second)
    carry_both(first, second)


def judged_same(first: Side, second: Side) -> None:
    for side in (first, second):
        pairs.judge_pair(side.staff.officer, side.pair, "same")
    carry_both(first, second)


def shown(north, south, first=seeker, second=present) -> tuple[Side, Side]:
    """Both have shown each other everything."""
    both = opened_pair(north, south, first, second)
    for _ in range(2):
        show_step(*both)
    return both


def entered(north, south) -> tuple[Side, Side]:
    """Both have said that it is the same person, and the first has entered the record of the second."""
    first, second = shown(north, south)
    judged_same(first, second)
    enter_copy(first.staff.officer, first.pair)
    return first, second


def entered_and_confirmed(north, south) -> tuple[Side, Side]:
    """Two officers of the first have confirmed it besides."""
    first, second = entered(north, south)
    confirm(first)
    return first, second


def states(side: Side) -> list[str]:
    return [one.state for one in card(side).showing.steps]


def partner_sees(side: Side, step: int) -> dict:
    """What people of this side can read of the partner's details of a step."""
    return dict(card(side).showing.steps[step - 1].partner)


def rows(side: Side) -> list[ExchangeStep]:
    with Look(SYSTEM) as look:
        mine = select(ExchangeStep).where(ExchangeStep.pair_id == side.pair)
        found = look.session.scalars(mine.order_by(ExchangeStep.step, ExchangeStep.own)).all()
        look.session.expunge_all()
    return list(found)


def pair_row(side: Side) -> ExchangePair:
    with Look(SYSTEM) as look:
        found = look.session.get_one(ExchangePair, side.pair)
        look.session.expunge(found)
    return found


def send(first: Side, second: Side) -> None:
    """One letter from the first to the second."""
    carry(first.staff, first.round, second.staff)


def to_hand_over(side: Side) -> list[str]:
    """The packages of the side's round that nobody has downloaded yet, in their order."""
    packages = read_round(side.staff.officer, side.round).packages
    waiting = [one for one in packages if one.given_at is None and one.is_there]
    return [one.id for one in sorted(waiting, key=lambda one: one.sequence)]


def proposal_of(side: Side) -> str:
    """The proposal that the entered record of the partner has led to."""
    with Look(SYSTEM) as look:
        return look.session.scalars(select(Proposal.id).where(Proposal.right_id == pair_row(side).copy_id)).one()


def confirm(side: Side) -> None:
    """Two officers of the searching society confirm it."""
    for officer in (side.staff.officer, side.staff.second_officer):
        seal = read_review(officer, proposal_of(side)).seal
        decide(officer, proposal_of(side), Opinion("same", "Shown by the partner.", True, True, seal))
