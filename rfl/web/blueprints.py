"""The list of blueprints, one per subject."""

from rfl.web import (
    acceptance,
    account,
    audit,
    closing,
    consents,
    health,
    home,
    intake,
    located,
    matching,
    news,
    registrations,
    requests,
    review,
    search,
    users,
)

BLUEPRINTS = (
    acceptance.bp,
    account.bp,
    audit.bp,
    closing.bp,
    consents.bp,
    health.bp,
    home.bp,
    intake.bp,
    located.bp,
    matching.bp,
    news.bp,
    registrations.bp,
    requests.bp,
    review.bp,
    search.bp,
    users.bp,
)
