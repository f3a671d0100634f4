"""The list of blueprints, one per subject."""

from rfl.web import (
    acceptance,
    account,
    audit,
    closing,
    health,
    home,
    intake,
    located,
    matching,
    news,
    requests,
    review,
    users,
)

BLUEPRINTS = (
    acceptance.bp,
    account.bp,
    audit.bp,
    closing.bp,
    health.bp,
    home.bp,
    intake.bp,
    located.bp,
    matching.bp,
    news.bp,
    requests.bp,
    review.bp,
    users.bp,
)
