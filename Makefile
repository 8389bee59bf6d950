.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
ARGS ?=

.PHONY: help
help: ## Lists the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/.ready: requirements.lock setup.cfg pyproject.toml .ci/setup
	@echo "Setting up .venv ..."
	@.ci/setup

.PHONY: setup
setup: .venv/.ready ## Makes .venv with everything in it

.PHONY: demo
demo: .venv/.ready ## Converts the five quizzes, starts the tool and a demo LMS (ARGS=--check proves it and ends)
	@$(BIN)/quizferry demo $(ARGS)

.PHONY: test
test: .venv/.ready ## Runs all tests, in a browser too (ARGS="-k word" picks some)
	@.ci/browser
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

.PHONY: faults
faults: .venv/.ready ## Kills everything 200 times while 300 students submit (takes a while; FAULTS_SEED picks the moments)
	@FAULTS_KILLS=$${FAULTS_KILLS:-200} FAULTS_STUDENTS=$${FAULTS_STUDENTS:-300} CI=true \
		$(BIN)/python -m pytest -n 0 -p no:cacheprovider tests/faults $(ARGS)

.PHONY: check
check: .venv/.ready ## Checks style and types (ruff, mypy) and the arrows of the house
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_arrows.py

.PHONY: format
format: .venv/.ready ## Formats the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: docs
docs: .venv/.ready ## Writes the table of what each target keeps
	@$(BIN)/python docs/what_targets_keep.py

.PHONY: translations
translations: .venv/.ready ## Brings the catalogues of translations up to date with the sources (ARGS=it begins one)
	@$(BIN)/python -m lti_app.translations.renew $(ARGS)

.PHONY: screenshots
screenshots: .venv/.ready ## Takes pictures of every page into docs/images (ARGS="student-start" takes one of them)
	@.ci/browser
	@$(BIN)/python -m tests.journeys.screenshots $(ARGS)
	@$(BIN)/python -m tests.journeys.demo_picture

.PHONY: bench
bench: .venv/.ready ## Measures how fast quizzes are exported, against other tools (ARGS=--alone: without them)
	@$(BIN)/python bench/speed.py $(ARGS)

.PHONY: lock
lock: .venv/.ready ## Renews requirements.lock from setup.cfg
	@uv pip compile setup.cfg --extra postgres --extra celery --extra test --extra test-openedx --extra dev --generate-hashes --universal \
		--no-annotate --no-emit-index-url --quiet --custom-compile-command "make lock" -o requirements.lock

.PHONY: clean
clean: ## Removes what was made: .venv, dist, var, caches
	@rm -rf .venv dist build var .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
