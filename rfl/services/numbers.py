"""Case numbers per society and year; two people at once never get the same one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import NotFound
from rfl.models.accounts import Society
from rfl.models.requests import Counter
from rfl.services.unit import Unit

REQUEST, REGISTERED = "T", "R"  # series: tracing requests, registered persons


def next_number(unit: Unit, society_id: str, series: str) -> str:
    """Return the next number of a series, such as `VAL-T-2026-0147`; the counter row is the lock."""
    return next_numbers(unit, society_id, series, 1)[0]


def next_numbers(unit: Unit, society_id: str, series: str, count: int) -> list[str]:
    """Return the next `count` numbers of a series at once, for lists."""
    society = unit.session.get(Society, society_id)
    if society is None:
        raise NotFound
    key = {"society_id": society_id, "series": series, "year": unit.at.year}
    counter = unit.session.scalars(
        select(Counter).filter_by(**key).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if counter is None:
        counter = Counter(**key, last=0)
        unit.session.add(counter)
    first = counter.last + 1
    counter.last += count
    unit.session.flush()
    return [_written(society.code, series, unit.at.year, f"{number:04d}") for number in range(first, first + count)]


def numbers_ending_in(session: Session, society_id: str, series: str, running: str) -> list[str]:
    """Return the numbers of a series that end in a running number, one for each year in which numbers were given."""
    years = select(Society.code, Counter.year).join(Counter, Counter.society_id == Society.id)
    given = years.where(Society.id == society_id, Counter.series == series)
    return [_written(code, series, year, running) for code, year in session.execute(given)]


def _written(code: str, series: str, year: int, running: str) -> str:
    return f"{code}-{series}-{year}-{running}"
