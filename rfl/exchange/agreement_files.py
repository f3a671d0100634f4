"""One agreement with the signatures gathered so far, as a file that the three parties hand on to each other."""

import re
from collections.abc import Mapping

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.agreement import MAX_BYTES, Agreement
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.refusals import AgreementMalformed

FORMAT = "rfl-signed-agreement"
FORMAT_VERSION = 1
SIGNATURE_BYTES = 64  # Ed25519, RFC 8032
MOST_SIGNATURES = 3
MOST_BYTES = 4 * MAX_BYTES  # quotation marks inside the agreement take two bytes here
TEXT = re.compile(r".+", re.DOTALL)
FIELDS = frozenset({"format", "format_version", "agreement", "signatures"})
SIGNATURE_FIELDS = frozenset({"party", "signature"})


def write(agreement: Agreement, signatures: Mapping[str, bytes]) -> bytes:
    """Return the file; `signatures` maps the digest of a party to its signature."""
    signed = [{"party": party, "signature": fields.write_octets(one)} for party, one in sorted(signatures.items())]
    text = agreement.to_bytes().decode()
    return encode({"format": FORMAT, "format_version": FORMAT_VERSION, "agreement": text, "signatures": signed})


def read(data: bytes) -> tuple[Agreement, dict[str, bytes]]:
    """Return the agreement and its signatures, which nobody has checked yet.

    Raises AgreementMalformed, or AgreementOutOfBounds for what no agreement may hold.
    """
    try:
        value = decode(data, limit=MOST_BYTES)
        fields.only(value, FIELDS)
        fields.number(value, "format_version", least=FORMAT_VERSION, most=FORMAT_VERSION)
        fields.text(value, "format", re.compile(FORMAT))
        agreement = Agreement.from_bytes(fields.text(value, "agreement", TEXT).encode())
        found = value["signatures"]
        if not isinstance(found, list) or len(found) > MOST_SIGNATURES:
            raise AgreementMalformed
        return agreement, dict(map(_read_signature, found))
    except (NotCanonical, ValueError):
        raise AgreementMalformed from None


def _read_signature(value: Mapping[str, object]) -> tuple[str, bytes]:
    if not isinstance(value, dict):
        raise AgreementMalformed
    fields.only(value, SIGNATURE_FIELDS)
    party = fields.text(value, "party", fields.HEX_256)
    return party, fields.octets(value, "signature", size=SIGNATURE_BYTES)
