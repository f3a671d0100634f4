"""A list with names for a partner: looked at, confirmed with a reason, sealed, and given out in the same moment.

Nothing waits sealed in the program for somebody to withdraw meanwhile: whoever confirms the list gets the package.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rfl.domain.clear_lists import LISTED, OUT, SENT
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exports import CSV, FORMATS, PFIF, REASONS, REGISTERED
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.clear_letters import ClearList as ListLetter
from rfl.exchange.rounds.agreement import Agreement
from rfl.exchange.rounds.package import Letter
from rfl.exchange.spreadsheets import write_csv, write_xlsx
from rfl.models.accounts import Society
from rfl.models.clear_lists import ClearLetter, ClearList, ClearRow
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangePackage
from rfl.models.persons import Person
from rfl.services.clear_admission import ref_key
from rfl.services.clear_selection import allowed, choose, snapshots_of
from rfl.services.exchange_post import most_bytes, post
from rfl.services.exchange_rounds import ListChanged
from rfl.services.export_rows import headers_of, number_of, row_of
from rfl.services.pfif_export import record_id_of, write_document
from rfl.services.scope import fetch
from rfl.services.unit import Look, Unit

NUMBER_BYTES = 16  # random, as the header of a package holds them
NOT_OFFERED = N_("Choose one of the entries offered.")


class NobodyGoes(RuleBroken):
    """A list needs somebody on it."""

    message = N_("Nobody can go on this list, so there is nothing to send.")


class ListTooLarge(RuleBroken):
    """Packages have a largest size, which the recipient checks before reading."""

    message = N_("The list is larger than a package of this agreement may be. Choose CSV, or agree on fewer cases.")


@dataclass(frozen=True)
class Sent:
    """A list that was written: its id, and the package to hand over at once."""

    id: str
    package_id: str
    data: bytes
    rows: int


def send(
    actor: Actor, agreement_id: str, *, form: str, reason: str, seal: str, translate: Callable[[str], str] = str
) -> Sent:
    """Write the list with the persons that `seal` names, in the format `form`, and return its sealed package.

    Raises NotAllowed, NotFound, NobodyGoes, ListChanged, ListTooLarge, FieldError for `form` or `reason`, or as
    `clear_selection.allowed` does.
    """
    for field, value, offered in (("form", form, FORMATS), ("reason", reason, REASONS)):
        if value not in offered:
            raise FieldError(field, NOT_OFFERED)
    with Look(actor) as look:
        row = fetch(look.session, actor, "clear_list.send", ExchangeAgreement, agreement_id)
        agreement, partner = allowed(look.session, row, look)
        chosen = choose(look.session, actor.society_id, agreement, partner)
        if not chosen.going:
            raise NobodyGoes
        letter, people = _written(look, agreement, chosen.going, form, reason, translate)
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.send", ExchangeAgreement, agreement_id, lock=True)
        agreement, partner = allowed(unit.session, row, unit)
        # Judged again under the lock: whoever withdrew while the file was written is not on it.
        if not chosen.seal == choose(unit.session, actor.society_id, agreement, partner).seal == seal:
            raise ListChanged
        kept = _keep(unit, row, partner, letter, people)
        package = post_letter(unit, kept, letter.letter(kept.number))
        if package.size > most_bytes(agreement) or package.data is None:
            raise ListTooLarge
        package.given_at = unit.at
        unit.record(
            "exchange:names_sent",
            kept.id,
            agreement=row.id,
            format=form,
            reason=reason,
            rows=kept.rows,
            to=partner[:16],
        )
    return Sent(kept.id, package.id, package.data, kept.rows)


def post_letter(unit: Unit, row: ClearList, letter: Letter) -> ExchangePackage:
    """Seal a letter about a list for the other society, within `unit`; raises as `exchange_post.post` does."""
    agreement = unit.session.get_one(ExchangeAgreement, row.agreement_id)
    package_id = post(unit, agreement, row.party, letter)
    unit.session.add(ClearLetter(package_id=package_id, list_id=row.id, society_id=row.society_id))
    unit.session.flush()
    return unit.session.get_one(ExchangePackage, package_id)


def _written(
    look: Look,
    agreement: Agreement,
    going: tuple[Person, ...],
    form: str,
    reason: str,
    translate: Callable[[str], str],
) -> tuple[ListLetter, dict[str, str]]:
    """Return the list, and the person behind each record number."""
    society = look.session.get_one(Society, look.actor.society_id)
    refs = {one.id: _ref(look.session, one, society, form) for one in going}
    snapshots = snapshots_of(look.session, going, refs, agreement)
    if form == PFIF:
        pairs = ((one, None) for one in going)
        pieces = write_document(look.session, society, pairs, at=look.at, may_say_dead=False, translate=translate)
        data = b"".join(pieces)
    else:
        rows = (row_of(look.actor, one, None, contacts=False, inside=False) for one in going)
        headers = headers_of(REGISTERED, contacts=False)
        data = b"".join(write_csv(headers, rows)) if form == CSV else write_xlsx(headers, rows)
    letter = ListLetter(form, reason, tuple(snapshots[one.id] for one in going), data)
    return letter, {ref: person_id for person_id, ref in refs.items()}


def _ref(session: Session, person: Person, society: Society, form: str) -> str:
    return record_id_of(session, person, None, society) if form == PFIF else number_of(person, None)


def _keep(unit: Unit, agreed: ExchangeAgreement, partner: str, letter: ListLetter, people: dict[str, str]) -> ClearList:
    row = ClearList(
        id=new_id(),
        society_id=agreed.society_id,
        agreement_id=agreed.id,
        direction=OUT,
        party=partner,
        number=secrets.token_hex(NUMBER_BYTES),
        format=letter.format,
        reason=letter.reason,
        rows=len(letter.snapshots),
        state=SENT,
        made_by=unit.actor.id,
        made_at=unit.at,
    )
    unit.session.add(row)
    unit.session.flush()
    keep_rows(unit, row, letter, people)
    return row


def keep_rows(unit: Unit, row: ClearList, letter: ListLetter, people: dict[str, str]) -> None:
    """Keep the consent behind every row, with the own person where `people` names one by its record number."""
    for snapshot in letter.snapshots:
        one = ClearRow(
            id=new_id(),
            society_id=row.society_id,
            list_id=row.id,
            ref_key=ref_key(row.id, snapshot.ref),
            person_id=people.get(snapshot.ref),
            state=LISTED,
        )
        one.snapshot = {name: getattr(snapshot, name) for name in type(snapshot).__dataclass_fields__}
        unit.session.add(one)
    unit.session.flush()
