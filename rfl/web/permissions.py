"""Which permission each route needs, as one table: endpoint -> permission, `PUBLIC` or `SIGNED_IN`.

The permission is asked before the view runs; whose record it is, is asked again by the service (`rfl.services.scope`).
A route that is not listed here is refused, and a test fails.
"""

PUBLIC = "public"
SIGNED_IN = "signed in"

ROUTES: dict[str, str] = {
    # files and health
    "static": PUBLIC,
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
    # tracing requests
    "requests.index": "request.read",
    "requests.show": "request.read",
    "requests.note": "request.write",
    "requests.assign": "request.write",
    "requests.plan_action": "request.write",
    "requests.finish_action": "request.write",
    # the interview
    "intake.new": "request.write",
    "intake.create": "request.write",
    "intake.overview": "request.write",
    "intake.submit": "request.write",
    "intake.page": "request.write",
    "intake.save": "request.write",
    "intake.keep": "request.write",
    "intake.drop": "request.write",
    "intake.sought": "request.write",
    "intake.ask_remove": "request.write",
    "intake.remove": "request.write",
    # whether a search begins, and how it ends
    "acceptance.accept": "request.accept",
    "acceptance.refuse": "request.accept",
    "acceptance.ask": "request.accept",
    "acceptance.reconsider": "request.accept",
    "acceptance.clear_risk": "request.supervise",
    "closing.form": "request.propose_closing",
    "closing.propose": "request.propose_closing",
    "closing.approve": "request.approve_closing",
    "closing.decline": "request.approve_closing",
    "closing.reopening": "request.propose_closing",
    "closing.reopen": "request.propose_closing",
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
    # proposals and officers' answers
    "review.queue": "proposal.read",
    "review.show": "proposal.read",
    "review.answer": "proposal.read",
    "review.decide": "proposal.decide",
    "review.take_back": "proposal.decide",
    "review.assign": "proposal.decide",
    # registered persons; whose consents they are decides again in the service
    "registrations.index": "registration.read",
    "registrations.new": "registration.write",
    "registrations.create": "registration.write",
    "registrations.show": "registration.read",
    "registrations.edit": "registration.write",
    "registrations.save": "registration.write",
    "registrations.take_over": "registration.write",
    "consents.show": "registration.read",
    "consents.record": "registration.write",
    "consents.withdraw": "registration.write",
    # search in the own files
    "search.index": "person.search",
    "search.run": "person.search",
    # lists in
    "imports.index": "import.run",
    "imports.new": "import.run",
    "imports.create": "import.run",
    "imports.check": "import.run",
    "imports.start": "import.run",
    "imports.show": "import.run",
    "imports.stop": "import.run",
    "imports.remove": "import.run",
    "imports.problems": "import.run",
    "import_columns.show": "import.run",
    "import_columns.save": "import.run",
    "import_columns.reading": "import.run",
    # lists out
    "exports.index": "export.run",
    "exports.create": "export.run",
    # matching of the whole caseload
    "matching.index": "matching.run",
    "matching.start": "matching.run",
    "matching.stop": "matching.run",
    # how good proposals were, in figures
    "quality.index": "quality.read",
    # encoded exchange: own keys and partners
    "exchange.index": "exchange.read",
    "exchange.register": "exchange.read",
    "exchange.make_identity": "exchange.keys",
    "exchange.identity_file": "exchange.read",
    "exchange.new_partner": "exchange.partners",
    "exchange.receive_partner": "exchange.partners",
    "exchange.partner": "exchange.read",
    "exchange.confirm_partner": "exchange.partners",
    "exchange.end_partner": "exchange.partners",
    # encoded exchange: agreements
    "agreements.index": "exchange.read",
    "agreements.new": "exchange.agree",
    "agreements.create": "exchange.agree",
    "agreements.load": "exchange.agree",
    "agreements.receive": "exchange.agree",
    "agreements.show": "exchange.read",
    "agreements.file": "exchange.read",
    "agreements.sign": "exchange.agree",
    "agreements.revoke": "exchange.revoke",
    # encoded exchange: which cases go
    "exchange_cases.show": "exchange.select",
    "exchange_cases.leave_out": "exchange.select",
    "exchange_cases.take_back": "exchange.select",
    # encoded exchange: rounds and what they found
    "rounds.index": "exchange.round",
    "rounds.receive": "exchange.round",
    "rounds.start": "exchange.round",
    "rounds.show": "exchange.round",
    "rounds.confirm": "exchange.round",
    "rounds.letter": "exchange.round",
    "rounds.void": "exchange.round",
    "rounds.package": "exchange.round",
    "pairs.index": "exchange.pair",
    "pairs.show": "exchange.pair",
    "pairs.open_pair": "exchange.pair",
    "pairs.close_pair": "exchange.pair",
    "pairs.judge": "exchange.pair",
    # users of the own society
    "societies.settings": "society.manage",
    "societies.save": "society.manage",
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
