"""Finished reviews by the dozen, with evidence frozen as it was seen: what a correction is learned from."""

import random

from caseload import add_registered, add_request, identity
from staff import Staff

from matching import KINDS, VERSION, siblings, weights
from rfl.domain.ids import new_id
from rfl.models.proposals import Decision, Proposal
from rfl.services.unit import Chore

SIDE = 10  # persons on each side; every sought one was proposed with every registered one
ENQUIRER = identity("Halima Warsame", sex="female")


def judged(north: Staff, south: Staff, *, engine: str = VERSION, added: float = 0.0) -> list[str]:
    """Return 100 decided proposals of two societies: "last place same" tells more there than the table says.

    `added` is what a correction in use at that time had put on that level; `engine` is its label.
    """
    _, sought = add_request(north.officer, ENQUIRER, *[("son", identity(f"Omar Son {place}")) for place in range(SIDE)])
    registered = [
        add_registered(south.officer, identity(f"Nuru Banda {place}"), number=f"SOU-R-{place}") for place in range(SIDE)
    ]
    chance, made = random.Random(5), []
    with Chore(north.officer) as chore:
        for place, (left, right) in enumerate((one, other) for one in sought for other in registered):
            same = place % 2 == 0
            lines = frozen_lines(chance, same=same, added=added)
            proposal = add_proposal(chore, (left, right), (north, south), state="confirmed" if same else "different")
            add_decision(chore, proposal, north, "same" if same else "different", lines=lines, engine=engine)
            made.append(proposal.id)
    return made


def frozen_lines(chance: random.Random, *, same: bool, added: float) -> list[dict[str, object]]:
    found = {"name": ("close", chance.gauss(19.0 if same else 16.0, 2.5))}
    if chance.random() < (0.85 if same else 0.05):
        found["last_place"] = ("same", 2.5 + added)
    # Dates as well, so that a brother or sister would explain none of it.
    found["given_name"], found["birth"] = ("same", 0.0), ("same_day", 0.0)
    total = sum(bits for _, bits in found.values()) + weights.PRIOR_BITS
    found[siblings.KIND] = siblings.rival(total, {kind: level for kind, (level, _) in found.items()})
    return [
        dict(zip(("kind", "level", "weight"), (kind, *found.get(kind, ("missing", 0.0))), strict=True))
        for kind in KINDS
    ]


def add_proposal(chore: Chore, pair: tuple[str, str], sides: tuple[Staff, Staff], *, state: str, **columns) -> Proposal:
    given = {"score": 0.5, "digest": "d", "engine_version": VERSION, "created_at": chore.at, "changed_at": chore.at}
    proposal = Proposal(
        id=new_id(),
        kind="sought_registered",
        left_id=pair[0],
        right_id=pair[1],
        left_society_id=sides[0].id,
        right_society_id=sides[1].id,
        state=state,
        **given | columns,
    )
    chore.session.add(proposal)
    chore.session.flush()
    return proposal


def add_decision(
    chore: Chore, proposal: Proposal, staff: Staff, verdict: str, *, lines=None, engine=VERSION, **columns
) -> Decision:
    given = {"officer_id": staff.officer.id, "at": chore.at, "digest": proposal.digest, "score": proposal.score}
    row = Decision(
        id=new_id(),
        proposal_id=proposal.id,
        round=1,
        society_id=staff.id,
        verdict=verdict,
        engine_version=engine,
        **given | columns,
    )
    if lines is not None:
        row.seen = {"lines": lines, "score": proposal.score, "engine": engine}
    chore.session.add(row)
    return row
