"""Three societies of one instance, an agreement in force, lists that share one person; rounds are carried by hand."""

from dataclasses import dataclass, field

from caseload import add_person, identity
from exchange_world import confirmed_partner, draft_of, with_keys
from sqlalchemy import select
from staff import Staff, found

from rfl.domain.consent import NOTICE_VERSION, Purpose
from rfl.domain.ids import new_id
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.models.persons import Consent
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_parcels, exchange_post, exchange_selection
from rfl.services import exchange_parties as parties
from rfl.services import exchange_rounds as rounds
from rfl.services.exchange_work import run_exchange
from rfl.services.runs import claim
from rfl.services.unit import SYSTEM, Look, Unit

GIVEN = ("Amal", "Bilal", "Celia", "Dawit", "Elena", "Farid", "Goran", "Hanna", "Ivo", "Jamila")
FAMILY = ("Okafor", "Petrov", "Qureshi", "Rossi", "Silva")
SHARED = "Yusuf Ahmad Haddad"
CASES = 50


def add_cases(staff: Staff, town: str, oldest: int) -> list[str]:
    """Register 49 persons and the one whom the other society knows too; all have agreed."""
    names = [f"{given} {town} {family}" for given in GIVEN for family in FAMILY][: CASES - 1]
    ids = []
    with Unit(staff.officer) as unit:
        for place, name in enumerate([SHARED, *names]):
            born = "1994-05-12" if name == SHARED else f"{oldest + place}-01-{1 + place % 28:02}"
            person = add_person(unit, "registered", identity(name, born), number=f"{staff.code}-R-{place}")
            unit.session.add_all([agreed(unit, person), agreed(unit, person, Purpose.SHARE_SOCIETIES)])
            ids.append(person.id)
        unit.record("person:registered", ids[0])
    return ids


def agreed(unit: Unit, person, purpose: Purpose = Purpose.SHARE_ENCODED) -> Consent:
    return Consent(
        id=new_id(),
        society_id=person.society_id,
        person_id=person.id,
        purpose=purpose,
        given=True,
        notice_version=NOTICE_VERSION,
        on=unit.today,
        recorded_by=unit.actor.id,
        recorded_at=unit.at,
    )


@dataclass
class Three:
    """First and second society and the hub, by code, with the id of the agreement at each."""

    staff: dict[str, Staff]
    agreement: dict[str, str] = field(default_factory=dict)
    persons: dict[str, list[str]] = field(default_factory=dict)
    round: dict[str, str] = field(default_factory=dict)  # the id of the first round at each, once it has begun

    def officer(self, code: str):
        return self.staff[code].officer


def three(first: Staff, second: Staff, hub: Staff, **terms) -> Three:
    """Give all three keys, confirm everybody, sign one agreement, and register the cases of both."""
    staff = {one.code: one for one in (first, second, hub)}
    keys = {code: with_keys(one) for code, one in staff.items()}
    for code, one in staff.items():
        for other, identity_of_other in keys.items():
            if other != code:
                confirmed_partner(one, identity_of_other)
    ids = {one.code: one.id for one in parties.list_partners(first.officer)}
    made = agreements.draft(first.administrator, draft_of(ids[second.code], ids[hub.code], number="THREE/1", **terms))
    world = Three(staff, {first.code: made})
    agreements.sign(first.administrator, made)
    for one in (second, hub):
        given = agreements.give(first.officer, made)
        world.agreement[one.code] = agreements.receive(one.administrator, given)
        agreements.sign(one.administrator, world.agreement[one.code])
        agreements.receive(first.administrator, agreements.give(one.officer, world.agreement[one.code]))
    for one in (second, hub):
        agreements.receive(one.administrator, agreements.give(first.officer, made))
    lists = ((first, "Kisumu", 1890), (second, "Lugano", 1950))
    world.persons = {one.code: add_cases(one, town, oldest) for one, town, oldest in lists}
    return world


def seal_of(world: Three, code: str) -> str:
    return exchange_selection.read_cases(world.officer(code), world.agreement[code]).seal


def start(world: Three, code: str) -> str:
    """Begin a round as a person who has looked at the list; returns its id."""
    return rounds.start(world.officer(code), world.agreement[code], seal=seal_of(world, code))


def confirm(world: Three, code: str, round_id: str) -> None:
    rounds.confirm(world.officer(code), round_id, seal=seal_of(world, code))


def work() -> None:
    """Do what waits in the background."""
    while (held := claim("test", {rounds.KIND})) is not None:
        run_exchange(held)


def waiting(world: Three, code: str, *, to: str | None = None) -> list[bytes]:
    """The packages that one society has not handed over yet, in their order; they count as handed over then."""
    with Look(SYSTEM) as look:
        mine = select(ExchangePackage).where(
            ExchangePackage.society_id == world.staff[code].id,
            ExchangePackage.given_at.is_(None),
            ExchangePackage.data.is_not(None),
        )
        rows = look.session.scalars(mine.order_by(ExchangePackage.party, ExchangePackage.sequence)).all()
        digests = {one: parties.own_identity(look.session, world.staff[one].id).public.digest for one in world.staff}
    wanted = [row.id for row in rows if to is None or row.party == digests[to]]
    return [exchange_post.give(world.officer(code), package_id) for package_id in wanted]


def deliver(world: Three, sender: str, receiver: str) -> list[str]:
    """Carry everything that waits from one to the other; returns the rounds that it belongs to."""
    return [exchange_parcels.receive(world.officer(receiver), data) for data in waiting(world, sender, to=receiver)]


def state(world: Three, code: str) -> str:
    with Look(SYSTEM) as look:
        mine = select(ExchangeRound.state).where(ExchangeRound.society_id == world.staff[code].id)
        return look.session.scalars(mine.order_by(ExchangeRound.started_at.desc()).limit(1)).one()


def with_hub(north: Staff, south: Staff) -> Three:
    """The two societies and a hub that is founded for them."""
    return three(north, south, found("HUB"), false_pairs=50)


def with_round_begun(north: Staff, south: Staff) -> Three:
    """The first society has begun a round; its list waits to be handed over."""
    world = with_hub(north, south)
    world.round = {north.code: start(world, north.code)}
    work()
    return world


def with_round_played(north: Staff, south: Staff) -> Three:
    """The pairs of a round have arrived on both sides."""
    world = with_hub(north, south)
    world.round = play(world)
    return world


def play(world: Three) -> dict[str, str]:
    """A whole round up to the pairs on both sides; returns the id of the round at each."""
    first, second, hub = world.staff
    ids = {first: start(world, first)}
    work()
    (ids[second],) = deliver(world, first, second)
    confirm(world, second, ids[second])
    work()
    deliver(world, second, first)
    work()
    for code in (first, second):
        ids[hub] = deliver(world, code, hub)[0]
    work()
    for code in (first, second):
        deliver(world, hub, code)
    return ids
