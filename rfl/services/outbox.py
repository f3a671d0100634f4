"""The outbox: what one society's act means for another reaches its task list exactly once.

The item is written in the transaction of the act; delivery makes the task and marks the item in one transaction.
A crash before delivery leaves the item waiting; a second delivery finds the task made.
"""

from sqlalchemy import select

from rfl.domain.ids import new_id
from rfl.models.work import OutboxItem
from rfl.services.tasks import open_task
from rfl.services.unit import SYSTEM, Look, Unit

# What the receiver must be allowed to do, by kind of task.
PERMISSIONS = {
    "contact_person": "located.record",
    "prepare_disclosure": "disclosure.prepare",
    "write_plan": "plan.write",
    "tell_enquirer": "disclosure.tell",
}
BATCH = 50  # items delivered in one go; each is its own transaction


def post(
    unit: Unit,
    society_id: str,
    kind: str,
    *,
    once: str,
    proposal_id: str | None = None,
    request_id: str | None = None,
    disclosure_id: str | None = None,
    has_minor: bool = False,
) -> None:
    """Write one item for `society_id`; the same `once` is written once only."""
    if unit.session.scalar(select(OutboxItem.id).where(OutboxItem.once == once)):
        return
    params = {
        "proposal_id": proposal_id,
        "request_id": request_id,
        "disclosure_id": disclosure_id,
        "has_minor": has_minor,
    }
    unit.session.add(
        OutboxItem(id=new_id(), society_id=society_id, kind=kind, params=params, once=once, created_at=unit.at)
    )


def deliver_waiting() -> int:
    """Deliver what waits, oldest first; return how many items were delivered."""
    with Look(SYSTEM) as look:
        waiting = look.session.scalars(
            select(OutboxItem.id)
            .where(OutboxItem.delivered_at.is_(None))
            .order_by(OutboxItem.created_at, OutboxItem.id)
            .limit(BATCH)
        ).all()
    return sum(_deliver(item_id) for item_id in waiting)


def _deliver(item_id: str) -> int:
    with Unit(SYSTEM) as unit:
        item = unit.session.get_one(OutboxItem, item_id, with_for_update=True, populate_existing=True)
        if item.delivered_at is None:
            open_task(
                unit,
                item.kind,
                society_id=item.society_id,
                permission=PERMISSIONS[item.kind],
                once=item.once,
                **item.params,
            )
            item.delivered_at = unit.at
            item.attempts += 1
        unit.record("outbox:delivered", item.id, kind=item.kind)
    return 1
