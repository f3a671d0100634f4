"""Two societies of one instance that have agreed on lists with names; packages are carried by hand."""

from dataclasses import dataclass
from datetime import date

from caseload import add_registered, identity
from exchange_world import allied
from sqlalchemy import select
from staff import Staff

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.jobs.worker import work_once
from rfl.models import db
from rfl.models.clear_lists import ClearLetter, ClearRow
from rfl.models.exchange_rounds import ExchangePackage
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.services import (
    clear_receiving,
    clear_selection,
    clear_sending,
    consents,
    exchange_parcels,
    exchange_post,
    import_columns,
    import_runs,
    imports,
)
from rfl.services.unit import SYSTEM, Look

BASIS = "Article 12 of the agreement of the two governments on missing persons."
TALK = Talk(date(2026, 1, 2), "ar", "witnessed", speaker=Speaker.PERSON)


@dataclass
class Sides:
    """The sender and the recipient, with the id of the agreement at each."""

    north: Staff
    south: Staff
    here: str
    there: str


def agreed_on_names(north: Staff, south: Staff, **changed) -> Sides:
    return Sides(north, south, *allied(north, south, **{"clear_lists": BASIS} | changed))


def answer(staff: Staff, person_id: str, *, given: bool = True) -> None:
    consents.record_answers(staff.officer, person_id, {Purpose.SHARE_SOCIETIES: given}, TALK)


def willing(staff: Staff, name: str, place: int, born: str = "1990-01-02", **columns) -> str:
    """A registered person who agreed to be passed to another society; returns the id."""
    person_id = add_registered(staff.officer, identity(name, born), number=f"{staff.code}-R-{place}", **columns)
    answer(staff, person_id)
    return person_id


def send(sides: Sides, form: str = "csv", reason: str = "exchange"):
    page = clear_selection.read_names(sides.north.officer, sides.here)
    return clear_sending.send(sides.north.officer, sides.here, form=form, reason=reason, seal=page.seal)


def arrive(sides: Sides, data: bytes) -> str:
    return exchange_parcels.receive(sides.south.officer, data)


def take_in(staff: Staff, list_id: str) -> dict[str, int]:
    """Open a list that came as an import, with its columns as proposed, and run it; returns the figures."""
    opened = clear_receiving.open_as_import(staff.officer, list_id)
    return run_import(staff, opened.id, needs_columns=opened.needs_columns)


def run_import(staff: Staff, import_id: str, *, needs_columns: bool = True) -> dict[str, int]:
    """Run the import of a list that was opened, with its columns as proposed; returns the figures."""
    if needs_columns:
        columns = import_columns.read_columns(staff.officer, import_id).columns
        import_columns.save_columns(staff.officer, import_id, {one.index: one.chosen for one in columns if one.chosen})
    import_runs.start_import(staff.officer, import_id)
    assert work_once("test")
    db.session.rollback()
    counts = imports.read_import(staff.officer, import_id).line.run.counts
    return {name: number for name, number in counts.items() if number}


@dataclass
class ListOfTwo:
    """Two persons of the sender who agreed, by their ids, and the list they are on once it is sent."""

    sides: Sides
    people: list[str]
    sent: clear_sending.Sent | None = None
    taken: str = ""  # the id of the list at the recipient, once it came


def unlisted(north: Staff, south: Staff) -> ListOfTwo:
    sides = agreed_on_names(north, south)
    return ListOfTwo(sides, [willing(north, "Amal Haddad", 1), willing(north, "Bilal Okafor", 2, "1985")])


def listed(north: Staff, south: Staff) -> ListOfTwo:
    """The list waits to be handed over."""
    made = unlisted(north, south)
    made.sent = send(made.sides)
    return made


def listed_and_taken(north: Staff, south: Staff) -> ListOfTwo:
    """The recipient has imported them; its receipt waits to be handed over."""
    made = listed(north, south)
    made.taken = arrive(made.sides, made.sent.data)
    take_in(south, made.taken)
    return made


def letters_of(staff: Staff) -> list[bytes]:
    """What one society has to hand over about its lists and has not yet, in order."""
    with Look(SYSTEM) as look:
        mine = (
            select(ExchangePackage.id)
            .join(ClearLetter, ClearLetter.package_id == ExchangePackage.id)
            .where(ExchangePackage.society_id == staff.id, ExchangePackage.given_at.is_(None))
        )
        ids = look.session.scalars(mine.order_by(ExchangePackage.sequence)).all()
    return [exchange_post.give(staff.officer, one) for one in ids]


def carry_back(sides: Sides) -> None:
    for data in letters_of(sides.south):
        exchange_parcels.receive(sides.north.officer, data)


def carry_on(sides: Sides) -> None:
    for data in letters_of(sides.north):
        exchange_parcels.receive(sides.south.officer, data)


def row_of(model, key: str):
    db.session.rollback()
    return db.session.get_one(model, key)


def came(staff: Staff) -> list[Person]:
    """The persons that came with lists, by name."""
    db.session.rollback()
    found = select(Person).join(PersonSource, PersonSource.id == Person.id).where(Person.society_id == staff.id)
    return list(db.session.scalars(found.order_by(Person.number)))


def rows(list_id: str) -> list[ClearRow]:
    db.session.rollback()
    return list(db.session.scalars(select(ClearRow).where(ClearRow.list_id == list_id)))
