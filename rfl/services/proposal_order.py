"""The order in which a list of proposals is read, and how its beginning is read without the rest.

A list holds the proposals whose left or right record is of the own society. Each side is read along an index up to the
rows that are wanted, and the two beginnings are merged: a long list costs no more than a short one.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Float, Select, literal, select, type_coerce, union_all

from rfl.domain.roles import Actor
from rfl.models.db import ID, UtcDateTime
from rfl.models.proposals import Proposal

Column = tuple[ColumnElement[Any], Callable[[Proposal], Any], bool]
CHILDREN: Column = (type_coerce(Proposal.has_minor, Boolean), lambda row: literal(row.has_minor, Boolean), True)
STRENGTH: Column = (type_coerce(Proposal.score, Float), lambda row: row.score, True)
NEWEST: Column = (type_coerce(Proposal.created_at, UtcDateTime), lambda row: row.created_at, True)
OLDEST: Column = (*NEWEST[:2], False)
# Makes every order total; descending where the others do, so that an index is read in one direction.
LAST: Column = (type_coerce(Proposal.id, ID), lambda row: row.id, True)
FIRST: Column = (*LAST[:2], False)
# sort -> columns: what to sort by, its value in a row, whether it descends. An index serves "first", the usual one.
ORDERS: dict[str, tuple[Column, ...]] = {
    "first": (CHILDREN, STRENGTH, LAST),
    "strong": (STRENGTH, LAST),
    "new": (NEWEST, LAST),
    "old": (OLDEST, FIRST),
}


def first_ids(
    actor: Actor,
    wanted: Sequence[ColumnElement[bool]],
    order: str,
    count: int,
    *,
    beside: Proposal | None = None,
    backwards: bool = False,
) -> Select[str]:
    """Return a query for the ids of the first `count` proposals that fulfil `wanted`, in an order.

    With `beside`, only of those after that proposal; `backwards` turns the order round.
    """
    steps = [[]] if beside is None else list(_after(order, beside, backwards=backwards))
    labels = [column.label(f"by_{place}") for place, (column, _, _) in enumerate(ORDERS[order])]
    parts = [
        select(Proposal.id, *labels)
        .where(*side, *wanted, *step)
        .order_by(*ordered(order, backwards=backwards))
        .limit(count)
        .subquery()
        for side in _sides(actor)
        for step in steps
    ]
    both = union_all(*(select(part) for part in parts)).subquery()
    merged = [
        both.c[label.name].desc() if descends != backwards else both.c[label.name].asc()
        for label, (_, _, descends) in zip(labels, ORDERS[order], strict=True)
    ]
    return select(both.c.id).order_by(*merged).limit(count)


def ordered(order: str, *, backwards: bool = False) -> list[Any]:
    """Return the columns of an order for ORDER BY."""
    return [column.desc() if descends != backwards else column.asc() for column, _, descends in ORDERS[order]]


def _sides(actor: Actor) -> Iterator[list[ColumnElement[bool]]]:
    """Yield the two parts of a society's list; together they hold each proposal once."""
    mine = actor.society_id
    yield [Proposal.left_society_id == mine]
    yield [Proposal.right_society_id == mine, Proposal.left_society_id != mine]


def _after(order: str, proposal: Proposal, *, backwards: bool) -> Iterator[list[ColumnElement[bool]]]:
    """Yield the conditions of what comes after `proposal`, one stretch of the index each."""
    equal: list[ColumnElement[bool]] = []
    for column, value_of, descends in ORDERS[order]:
        value = value_of(proposal)
        yield [*equal, column < value if descends != backwards else column > value]
        equal.append(column == value)
