# Every target does its own set-up; what is already done is not done again.
PYTHON ?= python3
FLASK = .venv/bin/flask --app app
.DEFAULT_GOAL := help
.PHONY: help run test check lock messages demo clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: ## set up and serve with demo data on http://127.0.0.1:5000 (PORT, RFL_INSTANCE)
	@$(PYTHON) .ci/setup.py run
	@$(FLASK) rfl serve --demo

test: ## set up, check, and run the whole suite on SQLite and PostgreSQL
	@$(PYTHON) .ci/setup.py test
	@.venv/bin/python .ci/suite.py test

check: ## format, lint, types, architecture, translations
	@$(PYTHON) .ci/setup.py check
	@.venv/bin/python .ci/suite.py check

lock: ## compile requirements*.txt and package-lock.json again
	@$(PYTHON) .ci/setup.py check
	@.venv/bin/python .ci/lock.py

messages: ## collect the texts, update and compile the translations
	@$(PYTHON) .ci/setup.py check
	@.venv/bin/python .ci/translations.py update
	@.venv/bin/python .ci/translations.py compile

demo: ## set up and load the demo data without serving
	@$(PYTHON) .ci/setup.py run
	@$(FLASK) rfl demo

clean: ## remove what set-up made; the database and keys in instance/ stay
	@rm -rf .venv .stamps build static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +
	@rm -f translations/*/LC_MESSAGES/*.mo
