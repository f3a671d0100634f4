"""Records of other registries end on the day their registry set; what was kept of them is then gone.

The number, the timeline and the answers about consent stay, so that it can be shown that a record was there.
"""

from datetime import timedelta

from sqlalchemy import delete, select, update

from rfl.domain.imports import PFIF
from rfl.models.imports import ImportFile, ImportProblem, PersonSource
from rfl.models.persons import Person, PersonNote
from rfl.models.work import Run
from rfl.services.import_rows import stamp_values
from rfl.services.matching_index import forget_person
from rfl.services.runs import LIVE
from rfl.services.timeline import tell_timeline
from rfl.services.unit import SYSTEM, Look, Unit

BATCH = 50  # persons removed between two commits: short enough not to hold up people at work
# Long enough to mend the rows of a large list; the records themselves stay.
KEEP_FILES = timedelta(days=30)


def remove_person(unit: Unit, person: Person, source: PersonSource, event: str = "person:expired") -> None:
    """Empty a foreign record and take it out of the index, within `unit`; undecided proposals are withdrawn.

    `event` is what its timeline says of it.
    """
    unit.session.flush()
    forget_person(unit, person)
    person.identity = person.contact = person.private = None
    unit.session.execute(delete(PersonNote).where(PersonNote.person_id == person.id))
    source.origin = None
    source.said = ""
    source.left = stamp_values(None, None, None, person.condition or "", person.expires_on)
    tell_timeline(unit, event, society_id=person.society_id, person_id=person.id)


def expire_due() -> int:
    """Remove foreign records whose last day has passed, for all societies; returns how many. Meant to run daily."""
    removed = 0
    while ids := _due():
        with Unit(SYSTEM) as unit:
            rows = unit.session.execute(
                select(Person, PersonSource)
                .join(PersonSource, PersonSource.id == Person.id)
                .where(Person.id.in_(ids), Person.expires_on < unit.at.date())
                .order_by(Person.id)
                .with_for_update(of=Person)
                .execution_options(populate_existing=True)
            ).all()
            for person, source in rows:
                remove_person(unit, person, source)
            unit.record("persons:expired", "", persons=len(rows))
        removed += len(ids)
    return removed


def _due() -> list[str]:
    with Look(SYSTEM) as look:
        expired = (
            select(Person.id)
            .join(PersonSource, PersonSource.id == Person.id)
            .where(
                PersonSource.format == PFIF,
                Person.expires_on < look.at.date(),
                Person._identity.is_not(None),  # noqa: SLF001 - the sealed column itself
            )
            .order_by(Person.id)
            .limit(BATCH)
        )
        return list(look.session.scalars(expired))


def forget_old_files() -> int:
    """Remove uploaded files and their bad rows once the time for mending them is over; returns how many."""
    with Look(SYSTEM) as look:
        live = select(Run.id).where(Run.kind == "import", Run.state.in_(LIVE))
        old = select(ImportFile.id).where(
            ImportFile.uploaded_at < look.at - KEEP_FILES,
            ImportFile.content != b"",
            ImportFile.run_id.is_(None) | ImportFile.run_id.not_in(live),
        )
        ids = list(look.session.scalars(old))
    if not ids:
        return 0
    with Unit(SYSTEM) as unit:
        unit.session.execute(delete(ImportProblem).where(ImportProblem.import_id.in_(ids)))
        unit.session.execute(update(ImportFile).where(ImportFile.id.in_(ids)).values(content=b""))
        unit.record("import:files_removed", "", files=len(ids))
    return len(ids)
