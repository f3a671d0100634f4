"""Which permission each route needs, as one table: endpoint -> permission, `PUBLIC` or `SIGNED_IN`.

The permission is asked before the view runs; whose record it is, is asked again by the service (`rfl.services.scope`).
A route that is not listed here is refused, and a test fails.
"""

PUBLIC = "public"
SIGNED_IN = "signed in"

ROUTES: dict[str, str] = {
    # files and health
    "static": PUBLIC,
    "bootstrap.static": PUBLIC,
    "health.healthz": PUBLIC,
    # signing in, own account
    "account.sign_in": PUBLIC,
    "account.sign_in_submit": PUBLIC,
    "account.language": PUBLIC,
    "account.sign_out": SIGNED_IN,
    "account.password": SIGNED_IN,
    "account.password_submit": SIGNED_IN,
    # dashboard
    "home.index": "work.see",
    # after a confirmation
    "located.show": "located.record",
    "located.answer": "located.record",
    "located.prepare": "disclosure.prepare",
    "located.ask_for_plan": "disclosure.prepare",
    "located.cancel": "disclosure.prepare",
    "news.show": "disclosure.tell",
    "news.told": "disclosure.tell",
    "news.plan": "plan.write",
    "news.write_plan": "plan.write",
    "news.approve_plan": "plan.approve",
    # users of the own society
    "users.index": "user.manage",
    "users.new": "user.manage",
    "users.create": "user.manage",
    "users.show": "user.manage",
    "users.change": "user.manage",
    "users.reset_password": "user.manage",
    # the trace
    "audit.index": "audit.read",
    "audit.verify": "audit.read",
}
