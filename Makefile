# Two commands matter: `make run` starts Demur, `make test` runs every test. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8081

.PHONY: run setup test lint bench docs requirements clean

run: $(VENV)/.ready
	@$(BIN)/demur serve --port $(PORT)

setup: $(VENV)/.ready

test: $(VENV)/.ready-dev
	@sh scripts/chromium.sh
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: $(VENV)/.ready-bench
	@$(BIN)/python -m bench

docs: $(VENV)/.ready-dev
	@$(BIN)/python docs/generate.py

requirements: $(VENV)/.ready-dev
	@$(BIN)/python scripts/pin.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.ready: pyproject.toml requirements/run.txt
	@sh scripts/environment.sh "$(PYTHON)" "$(VENV)" requirements/run.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready requirements/bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/run.txt -r requirements/bench.txt
	@touch $@
