"""The step of the interview in which the enquirer agrees or refuses, purpose by purpose: one act, one audit entry."""

from collections.abc import Mapping

from rfl.domain.consent_talk import Talk
from rfl.domain.errors import RuleBroken
from rfl.domain.intake import Step
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.services import consents
from rfl.services.intake import step_saved
from rfl.services.proposing import propose_due
from rfl.services.request_rows import enquirer_of, fetch_editable, reindex
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit


class NobodyToAsk(RuleBroken):
    """Consent is that of a person."""

    message = N_("Enter the enquirer first: consent is always that of a person.")


def save_consent(actor: Actor, request_id: str, answers: Mapping[str, bool], talk: Talk) -> None:
    """Record the enquirer's answers (purpose -> agreed?) and let matching of the whole request follow them.

    Raises NobodyToAsk without an enquirer, FieldError named after the field.
    """
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        enquirer = enquirer_of(unit.session, request)
        if enquirer is None:
            raise NobodyToAsk
        consents.record(unit, enquirer, answers, talk)
        step_saved(unit, request, Step.CONSENT)
        tell_timeline(unit, "consent:recorded", request_id=request.id, person_id=enquirer.id)
        people = reindex(unit, request)
        agreed = sorted(purpose for purpose, given in answers.items() if given)
        refused = sorted(purpose for purpose, given in answers.items() if not given)
        named = {"partners": " ".join(talk.partners)} if talk.partners else {}
        unit.record("consent:recorded", enquirer.id, agreed=" ".join(agreed), refused=" ".join(refused), **named)
    propose_due(people)
