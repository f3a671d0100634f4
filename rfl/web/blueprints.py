"""The list of blueprints, one per subject."""

from rfl.web import account, audit, health, home, users

BLUEPRINTS = (
    account.bp,
    audit.bp,
    health.bp,
    home.bp,
    users.bp,
)
