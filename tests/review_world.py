"""Pairs of records of two societies, or of one, that have been proposed and wait for officers."""

from caseload import add_registered, add_request, identity
from sqlalchemy import select
from staff import Staff

from rfl.domain.persons import Identity, PersonName, Place, Relative, UncertainDate
from rfl.models.proposals import Proposal
from rfl.services.decisions import Opinion, decide
from rfl.services.proposing import propose_due
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Look

SOUGHT = Identity(
    names=(
        PersonName("original", given="عمر", father="حسن", family="محمد"),
        PersonName("romanised", given="Omar", father="Hassan", family="Mohamed"),
    ),
    sex="male",
    birth=UncertainDate("1994~", "about 1994"),
    mother_name="Amina Yusuf",
    birth_place=Place("Baidoa", "SO", "Bay"),
    last_place=Place("Mandera", "KE", "", "behind the blue mosque"),
    last_contact=UncertainDate("2023-03", "March 2023"),
    relatives=(Relative("brother", "Abdi Hassan"),),
    marks="Scar on the left forearm",
)
REGISTERED = Identity(
    names=(PersonName("romanised", full="Umar Hasan Muhammad"), PersonName("original", full="عمر حسن محمد")),
    sex="male",
    birth=UncertainDate("1996-01-01", "1 Jan 1996"),
    birth_place=Place("Baydhabo", "SO"),
    last_place=Place("Mandera", "KE"),
    relatives=(Relative("brother", "Abdi Hasan"),),
)
ENQUIRER = identity("Halima Warsame", sex="female")
REASON = "Both tell of the same village and of a brother called Abdi."


def proposed(left: Staff, right: Staff, *, sought: Identity = SOUGHT, found: Identity = REGISTERED, **columns) -> str:
    """Return the id of the proposal between a sought person of `left` and a registered person of `right`."""
    registered = add_registered(
        right.officer, found, number=columns.pop("number", f"{right.code}-R-2026-0001"), **columns
    )
    _, (person,) = add_request(left.officer, ENQUIRER, ("son", sought))
    propose_due([person, registered])
    return proposal_between(person, registered)


def proposal_between(left_id: str, right_id: str) -> str:
    with Look(SYSTEM) as look:
        return look.session.scalars(select(Proposal.id).filter_by(left_id=left_id, right_id=right_id)).one()


def read_row(proposal_id: str) -> Proposal:
    with Look(SYSTEM) as look:
        return look.session.get_one(Proposal, proposal_id, populate_existing=True)


def opinion(actor, proposal_id: str, verdict: str = "same", **changes) -> Opinion:
    seal = changes.pop("seal", None) or read_review(actor, proposal_id).seal
    given = {"reason": REASON, "compared": True, "acknowledged": False} | changes
    return Opinion(verdict=verdict, seal=seal, **given)


def answer(actor, proposal_id: str, verdict: str = "same", **changes) -> str:
    return decide(actor, proposal_id, opinion(actor, proposal_id, verdict, **changes))


def confirmed(left: Staff, right: Staff, **more) -> str:
    proposal_id = proposed(left, right, **more)
    answer(left.officer, proposal_id)
    answer(right.officer if left.id != right.id else right.second_officer, proposal_id)
    return proposal_id


def triangle(north: Staff, south: Staff) -> list[str]:
    """Return proposals sought-first, sought-second, other-first, other-second: one human, recorded four times."""
    found = [add_registered(south.officer, REGISTERED, number=f"{south.code}-R-{place}") for place in (1, 2)]
    sought = [add_request(north.officer, ENQUIRER, ("son", SOUGHT))[1][0] for _ in found]
    propose_due([*sought, *found])
    return [proposal_between(left, right) for left in sought for right in found]
