"""The conversation in which a person agrees or refuses, and what makes an answer one that can be shown later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rfl.domain.consent import BASES, EVIDENCES, OTHER_BASIS_POSSIBLE, PURPOSES, SPEAKERS, Basis, Purpose, Speaker
from rfl.domain.errors import FieldError
from rfl.domain.text import N_

LANGUAGE_LENGTH = 10  # a tag such as prs or zh-Hant

NOTHING_ANSWERED = N_("Choose yes or no for at least one purpose.")
NOT_OFFERED = N_("Choose one of the answers offered.")
EVIDENCE_MISSING = N_("Choose how the agreement can be shown later.")
SPEAKER_MISSING = N_("Choose who gave the answer.")
LANGUAGE_MISSING = N_("Choose the language in which the notice was read out.")
DAY_TO_COME = N_("This day has not come yet. Write the day of the conversation.")
ONLY_CONSENT = N_("For publishing, statistics and later contact only the person's own agreement counts.")
NAMED_WITHOUT_ANSWER = N_("Say yes or no to encoded exchange as well, or choose no society.")
NOBODY_AGREED = N_("Nobody was asked, so nobody can have agreed. Choose another legal basis, or who answered.")


@dataclass(frozen=True)
class Talk:
    """When, in which language and by whom answers were given, and how that can be shown later.

    `partners` are codes of the societies that an answer about encoded exchange is for; empty: every society.
    """

    on: date
    language: str
    evidence: str
    basis: str = Basis.CONSENT
    speaker: str = Speaker.PERSON
    partners: tuple[str, ...] = ()


def check_talk(answers: Mapping[str, bool], talk: Talk, *, today: date) -> None:
    """Refuse answers (purpose -> agreed?) that could not be shown to anybody later.

    Raises FieldError for `answers`, `on`, `language`, `evidence`, `basis`, `speaker` or `partners`.
    """
    if not answers:
        raise FieldError("answers", NOTHING_ANSWERED)
    if not set(answers) <= set(PURPOSES) or talk.basis not in set(BASES):
        raise FieldError("basis" if set(answers) <= set(PURPOSES) else "answers", NOT_OFFERED)
    if talk.on > today:
        raise FieldError("on", DAY_TO_COME)
    for field, chosen, offered in (("evidence", talk.evidence, EVIDENCES), ("speaker", talk.speaker, SPEAKERS)):
        if chosen and chosen not in set(offered):
            raise FieldError(field, NOT_OFFERED)
    if len(talk.language) > LANGUAGE_LENGTH:
        raise FieldError("language", NOT_OFFERED)
    if talk.partners and Purpose.SHARE_ENCODED not in answers:
        raise FieldError("partners", NAMED_WITHOUT_ANSWER)
    agreed = {Purpose(purpose) for purpose, given in answers.items() if given}
    if agreed:
        _check_agreement(agreed, talk)


def _check_agreement(agreed: set[Purpose], talk: Talk) -> None:
    if talk.basis != Basis.CONSENT:
        if not agreed <= OTHER_BASIS_POSSIBLE:
            raise FieldError("basis", ONLY_CONSENT)
        return
    if talk.speaker == Speaker.NOBODY:
        raise FieldError("speaker", NOBODY_AGREED)
    for field, told, message in (
        ("speaker", talk.speaker, SPEAKER_MISSING),
        ("evidence", talk.evidence, EVIDENCE_MISSING),
        ("language", talk.language, LANGUAGE_MISSING),
    ):
        if not told:
            raise FieldError(field, message)
