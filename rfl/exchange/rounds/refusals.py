"""Why the exchange refuses something; one class a reason, each with a code for logs, commands and tests."""

from functools import partial
from typing import ClassVar

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_


class ExchangeRefused(RuleBroken):
    """The exchange cannot go on with this; nothing of it was taken."""

    code: ClassVar[str] = "refused"
    message = N_("The exchange refuses this.")
    status = 422

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Made again with its params: a refusal also comes back from a process of its own."""
        return partial(type(self), **self.params), ()


class IdentityUnusable(ExchangeRefused):
    """Not the identity of a society, or not one that this program knows how to read."""

    code = "identity-unusable"
    message = N_("This is not an identity of a society. Ask the society to send its identity file again.")


class AgreementRefused(ExchangeRefused):
    """No round takes place under this agreement."""

    code = "agreement-refused"
    message = N_("This agreement cannot be used.")


class AgreementMalformed(AgreementRefused):
    """Not an agreement, or not to the letter as it was written."""

    code = "agreement-malformed"
    message = N_("This is not an agreement that can be read. Ask the society that wrote it to send it again.")


class AgreementOutOfBounds(AgreementRefused):
    """One field is outside what any agreement may hold."""

    code = "agreement-out-of-bounds"
    message = N_("The field %(field)s of the agreement is outside what is allowed.")


class UnknownParty(AgreementRefused):
    """A party whose keys nobody here has confirmed."""

    code = "unknown-party"
    message = N_("The keys of %(society)s are not confirmed here. Compare the fingerprint with them first.")


class NotAParty(AgreementRefused):
    """A society signs, or opens, an agreement that does not name it."""

    code = "not-a-party"
    message = N_("The agreement does not name this society with these keys.")


class SignatureMissing(AgreementRefused):
    """One of the three has not signed."""

    code = "signature-missing"
    message = N_("%(society)s has not signed the agreement.")


class SignatureInvalid(AgreementRefused):
    """A signature that belongs to another text or another key."""

    code = "signature-invalid"
    message = N_("The signature of %(society)s does not fit this agreement.")


class AgreementNotYetValid(AgreementRefused):
    """Its first day has not come."""

    code = "agreement-not-yet-valid"
    message = N_("The agreement is not in force yet.")


class AgreementExpired(AgreementRefused):
    """Its last day is over."""

    code = "agreement-expired"
    message = N_("The agreement has ended. Sign a new version before the next round.")


class PackageRefused(ExchangeRefused):
    """A package was not taken."""

    code = "package-refused"
    message = N_("This package cannot be taken.")


class Malformed(PackageRefused):
    """Not a package, or a part of one."""

    code = "malformed"
    message = N_("This is not a package of an exchange, or only a part of one. Ask for it again.")


class Altered(PackageRefused):
    """The bytes, the label or the signature do not belong together."""

    code = "altered"
    message = N_("The package was changed or damaged on its way, or was not signed by its sender. Ask for it again.")


class UnknownVersion(PackageRefused):
    """Written by a later program."""

    code = "unknown-version"
    message = N_("The package has version %(version)s, which is not known here. Update the program, or ask the sender.")


class WrongRecipient(PackageRefused):
    """Sealed for somebody else."""

    code = "wrong-recipient"
    message = N_("The package is addressed to another society.")


class UnknownSender(PackageRefused):
    """The label names a sender other than the one whose keys were confirmed."""

    code = "unknown-sender"
    message = N_("The sender of the package is not known here.")


class Stale(PackageRefused):
    """Its time is over, or has not come: one of the two clocks may be wrong."""

    code = "stale"
    message = N_("The package is too old, or its date lies in the future. Check the clock, then ask for a new one.")


class Replayed(PackageRefused):
    """Taken before; the same package again changes nothing."""

    code = "replayed"
    message = N_("The package number %(sequence)d was taken before. Nothing was changed.")


class EarlierMissing(PackageRefused):
    """An earlier package of this sender has not arrived."""

    code = "earlier-missing"
    message = N_("The package number %(expected)d must be taken first. This one is number %(sequence)d.")


class BrokenChain(PackageRefused):
    """The sender goes on from another package than the last one taken here: one side restored an old state."""

    code = "broken-chain"
    message = N_(
        "The package does not continue from the last one taken here. One side may have restored an old backup: "
        "speak with the partner and sign a new version of the agreement."
    )


class StateBehind(PackageRefused):
    """The partner has seen a later package from here than this system remembers: it was restored from a backup."""

    code = "state-behind"
    message = N_(
        "The partner has received packages that this system does not remember. An old backup was restored here: "
        "speak with the partner and sign a new version of the agreement."
    )


class WrongAgreement(PackageRefused):
    """Sent under another agreement, or another version of it."""

    code = "wrong-agreement"
    message = N_("The package belongs to another agreement, or to another version of it.")


class WrongProfile(PackageRefused):
    """Encoded by other rules: nothing of it could be compared."""

    code = "wrong-profile"
    message = N_("The package was encoded by another profile than the agreement names.")


class WrongEpoch(PackageRefused):
    """Keyed for another period."""

    code = "wrong-epoch"
    message = N_("The package belongs to another period of keys than the agreement names.")


class WrongRound(PackageRefused):
    """Another round, or a step that does not belong here."""

    code = "wrong-round"
    message = N_("The package belongs to another round, or to another step of it.")


class Oversized(PackageRefused):
    """Larger than the agreement can need; refused before anything of it is read."""

    code = "oversized"
    message = N_("The package has more than %(limit)d bytes, which is more than this exchange allows.")


class RoundRefused(ExchangeRefused):
    """A step of a round cannot be taken with these values."""

    code = "round-refused"
    message = N_("This step of the round cannot be taken.")


class TooFewCases(RoundRefused):
    """So short a list would be an announcement."""

    code = "too-few-cases"
    message = N_("A round needs at least %(minimum)d cases; %(count)d can go.")


class TooManyCases(RoundRefused):
    """More cases than the agreement allows in one round."""

    code = "too-many-cases"
    message = N_("The agreement allows %(cap)d cases in a round; this list has more.")


class ListMalformed(RoundRefused):
    """A list whose parts do not fit together."""

    code = "list-malformed"
    message = N_("The partner's list is not built as the agreement says. The round cannot go on.")


class InvalidPoint(RoundRefused):
    """A value that no token can have: it would weaken the blinding, or shows a faulty program."""

    code = "invalid-point"
    message = N_("The list holds a value that no token can have. The round cannot go on.")


class RepeatedValue(RoundRefused):
    """One value more often than agreed: repeated values show the comparing side a pattern."""

    code = "repeated-value"
    message = N_("The list holds one value more often than the agreement allows. The round cannot go on.")


class OwnListReturned(RoundRefused):
    """The partner sent back what it was sent."""

    code = "own-list-returned"
    message = N_("The partner sent the list of this society back instead of its own. The round cannot go on.")


class GroupingMismatch(RoundRefused):
    """The grouping is not the one that was promised before the lists were seen."""

    code = "grouping-mismatch"
    message = N_("A list was regrouped, or is not the one that was sent. The round cannot go on.")


class TooManyPairs(RoundRefused):
    """More pairs than any threshold of an agreement lets through: they would show the lists."""

    code = "too-many-pairs"
    message = N_("The comparison found far more pairs than the agreement expects. Nothing was sent.")


class UnknownHandle(RoundRefused):
    """A pair that names none of the cases that were sent."""

    code = "unknown-handle"
    message = N_("The hub reported a pair of a case that was not sent. The round cannot go on.")


class StateUnusable(RoundRefused):
    """Stored bytes that are no state of a round, or of another step."""

    code = "state-unusable"
    message = N_("The stored state of the round cannot be read.")
