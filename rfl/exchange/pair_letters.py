"""Letters between two societies about pairs that a round has found: opened, judged, withdrawn, shown step by step.

Of a case a letter names nothing but the handles that both sides have from the hub, and of an opened pair what people
on both sides have chosen to show.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from rfl.domain.cleaning import LINE_LENGTH, NOTE_LENGTH, clean_line, clean_text
from rfl.domain.errors import FieldError
from rfl.domain.exchange_steps import ANSWERS, STEPS
from rfl.exchange import pair_details
from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.refusals import Malformed

KIND = "judgements"
MOST_BYTES = 10 * 1024 * 1024  # 20,000 cases with two lines each, and as many reveals as one letter takes
MOST_REVEALS = 50  # in one letter: with the longest texts they fit beside the lists of the smallest agreement
MOST_ANSWERS = 20  # in one letter, for the same reason
MOST_NUMBER = 1000  # of answers about one pair
HANDLE = re.compile(r"[0-9a-f]{32}")
TAG = re.compile(r"[0-9a-f]{64}|")
FOUND, JUDGED, OPEN, SAME, DIFFERENT, UNSURE, WITHDRAWN, ERASED = (
    "found",
    "judged",
    "open",
    "same",
    "different",
    "unsure",
    "withdrawn",
    "erased",
)
COMMIT = {step: f"commit{step}" for step in STEPS}
WORDS = (FOUND, JUDGED, OPEN, SAME, DIFFERENT, UNSURE, WITHDRAWN, ERASED, *COMMIT.values())
ACTS = re.compile("|".join(WORDS))
LINE_FIELDS = frozenset({"mine", "yours", "act", "tag"})
CHOICES = re.compile("|".join(ANSWERS))
LANGUAGE = re.compile(r"[A-Za-z-]{1,10}")
ANSWER_FIELDS = frozenset({"mine", "yours", "number", "choice", "on", "language", "words", "witness"})
REVEAL_FIELDS = frozenset({"mine", "yours", "step", "nonce", "details"})


@dataclass(frozen=True)
class Line:
    """One thing to tell: `mine` is the handle of the writer's case, `yours` that of the reader's.

    FOUND says that the pair has arrived. JUDGED does too, and its `tag` proves that the writer's case was judged
    different from a case of the reader before; only a reader who holds the same judgement can recognise it. The
    `tag` of a commitment is the commitment. ERASED says that the writer keeps nothing of what the reader has shown.
    """

    mine: str
    yours: str
    act: str
    tag: str = ""


@dataclass(frozen=True)
class Reveal:
    """Details of one step, as text, with the random bytes that open the commitment to them; not checked yet."""

    mine: str
    yours: str
    step: int
    nonce: str
    details: str


@dataclass(frozen=True)
class Told:
    """What the person says may be shared, as the writer recorded it; `on` is an ISO date, the highest number counts.

    `words` is what may be passed on, `witness` who heard the answer.
    """

    mine: str
    yours: str
    number: int
    choice: str
    on: str
    language: str
    words: str
    witness: str


@dataclass(frozen=True)
class Contents:
    """Everything that one letter says."""

    lines: list[Line]
    reveals: list[Reveal]
    answers: list[Told]


def write(lines: Iterable[Line], reveals: Iterable[Reveal] = (), answers: Iterable[Told] = ()) -> bytes:
    """Return the body of a letter."""
    parts: dict[str, Iterable[Line | Reveal | Told]] = {"lines": lines, "reveals": reveals, "answers": answers}
    return encode({name: [asdict(one) for one in some] for name, some in parts.items()})


def read(body: bytes) -> Contents:
    """Return what a letter says; raises Malformed."""
    try:
        value = decode(body, limit=MOST_BYTES)
        fields.only(value, frozenset({"lines", "reveals", "answers"}))
        if len(value["reveals"]) > MOST_REVEALS or len(value["answers"]) > MOST_ANSWERS:
            raise Malformed
        return Contents(
            [_line(one) for one in value["lines"]],
            [_reveal(one) for one in value["reveals"]],
            [_told(one) for one in value["answers"]],
        )
    except (NotCanonical, ValueError, TypeError, FieldError):
        raise Malformed from None


def token_of(mine: str, yours: str) -> str:
    """Return what both sides remember of a pair that was judged different: the same from either handle."""
    return sha256(b"rfl not the same 1\0" + "".join(sorted((mine, yours))).encode()).hexdigest()


def tag_of(token: str, mine: str, yours: str) -> str:
    """Return what shows a remembered judgement to whoever remembers it too, for one new pair, and nothing to others."""
    return sha256(f"rfl judged before 1\0{token}".encode() + "".join(sorted((mine, yours))).encode()).hexdigest()


def _line(value: Mapping[str, object]) -> Line:
    if not isinstance(value, dict):
        raise ValueError("a line")  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
    fields.only(value, LINE_FIELDS)
    return Line(
        fields.text(value, "mine", HANDLE),
        fields.text(value, "yours", HANDLE),
        fields.text(value, "act", ACTS),
        fields.text(value, "tag", TAG),
    )


def _reveal(value: Mapping[str, object]) -> Reveal:
    if not isinstance(value, dict):
        raise ValueError("a reveal")  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
    fields.only(value, REVEAL_FIELDS)
    details = value["details"]
    if not isinstance(details, str) or len(details.encode()) > pair_details.MOST_BYTES:
        raise ValueError("details")
    return Reveal(
        fields.text(value, "mine", HANDLE),
        fields.text(value, "yours", HANDLE),
        fields.number(value, "step", least=min(STEPS), most=max(STEPS)),
        fields.text(value, "nonce", pair_details.NONCE),
        details,
    )


def _told(value: Mapping[str, object]) -> Told:
    if not isinstance(value, dict):
        raise ValueError("an answer")  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
    fields.only(value, ANSWER_FIELDS)
    on, words, witness = value["on"], value["words"], value["witness"]
    if not (isinstance(words, str) and isinstance(witness, str) and witness):
        raise ValueError("an answer")
    if (
        clean_text(words, "words", limit=NOTE_LENGTH) != words
        or clean_line(witness, "witness", limit=LINE_LENGTH) != witness
    ):
        raise ValueError("hidden or too long")
    date.fromisoformat(fields.text(value, "on", pair_details.DAY))
    return Told(
        fields.text(value, "mine", HANDLE),
        fields.text(value, "yours", HANDLE),
        fields.number(value, "number", least=1, most=MOST_NUMBER),
        fields.text(value, "choice", CHOICES),
        str(on),
        fields.text(value, "language", LANGUAGE),
        words,
        witness,
    )
