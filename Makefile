# Two commands matter: `make run` starts Demur, `make test` runs every test. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
TRAIN := .venv-train
PORT ?= 8081

.PHONY: run setup test lint bench train docs requirements clean

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

bench: $(BENCH)/.ready
	@$(BENCH)/bin/python -m bench $(PARTS) $(if $(DATA),--data "$(DATA)")

train: $(TRAIN)/.ready
	@$(TRAIN)/bin/python -m training $(if $(DATA),--data "$(DATA)")

docs: $(VENV)/.ready-dev
	@$(BIN)/python docs/generate.py

requirements: $(VENV)/.ready-dev
	@$(BIN)/python scripts/pin.py

clean:
	rm -rf $(VENV) $(BENCH) $(TRAIN) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.ready: pyproject.toml requirements/run.txt
	@sh scripts/environment.sh "$(PYTHON)" "$(VENV)" requirements/run.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

$(BENCH)/.ready: pyproject.toml requirements/run.txt requirements/bench.txt
	@sh scripts/environment.sh "$(PYTHON)" "$(BENCH)" requirements/bench.txt
	@touch $@

$(TRAIN)/.ready: pyproject.toml requirements/run.txt requirements/train.txt
	@sh scripts/environment.sh "$(PYTHON)" "$(TRAIN)" requirements/train.txt
	@touch $@
