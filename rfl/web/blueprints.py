"""The list of blueprints, one per subject."""

from rfl.web import account, audit, health, home, located, news, users

BLUEPRINTS = (
    account.bp,
    audit.bp,
    health.bp,
    home.bp,
    located.bp,
    news.bp,
    users.bp,
)
