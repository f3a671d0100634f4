"""Every broken rule has a name, a sentence a person can read, and a remedy where there is one.

`message` is an English template; the web layer translates it and fills in `params`.
"""

from collections.abc import Mapping

from rfl.domain.text import N_


class RuleBroken(Exception):
    """A rule of the work forbids this; `message` says which and what to do."""

    message = N_("This is not possible.")
    status = 409

    def __init__(self, **params: object) -> None:
        """Keep `params` for the message template; they must hold no personal data."""
        super().__init__(self.message % params if params else self.message)
        self.params: Mapping[str, object] = params


class NotFound(RuleBroken):
    """The thing does not exist, or belongs to another society: both look the same."""

    message = N_("There is nothing here, or it is not yours to see.")
    status = 404


class NotAllowed(RuleBroken):
    """The actor's roles do not include this act."""

    message = N_("Your role does not allow this. Ask your society administrator.")
    status = 403


class ChangedMeanwhile(RuleBroken):
    """Somebody else saved the same record first."""

    message = N_("Somebody else has changed this in the meantime. Look at it again, then repeat what you wanted.")


class FieldError(RuleBroken):
    """One field of what was entered cannot be accepted; the rest is kept."""

    message = N_("Please check this field.")
    status = 422

    def __init__(self, field: str, message: str, **params: object) -> None:
        """Name the `field` and give the `message` template with its remedy."""
        self.field = field
        self.message = message
        super().__init__(**params)
