"""The list of blueprints, one per subject."""

from rfl.web import account, health, home

BLUEPRINTS = (account.bp, health.bp, home.bp)
