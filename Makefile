# Everything sets itself up: only Python 3.11 and make are needed.
PYTHON ?= python3.11
PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests

.PHONY: help demo test check bench drill train lock format clean

help: ## Show this help
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.run ## Start the bot with a fictional council and a web chat (PORT=8765)
	@$(BIN)/python -m bot demo --port $(PORT)

test: $(VENV)/.test ## Run every test, on SQLite and PostgreSQL
	@deploy/chromium.sh
	@$(BIN)/python -m pytest $(TESTS) -n 2 --dist loadgroup

check: $(VENV)/.test ## Lint, format, types, structure and tests: what CI runs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

bench: $(VENV)/.test ## Measure, each figure beside a baseline of the same run
	@$(BIN)/python -m tests.bench

train: $(VENV)/.run ## Rebuild the language models from their data
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	@$(BIN)/python -m bot.language.train_directory
	@$(BIN)/python -m bot.language.train_understanding

drill: $(VENV)/.test ## Kill the delivery worker at every step and count what arrives
	@$(BIN)/python -m tests.drills

lock: $(VENV)/.test ## Compile the lock files anew
	@deploy/lock.sh

format: $(VENV)/.test ## Format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean: ## Remove the environment and what the demo left
	@rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
