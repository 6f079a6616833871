# Everything a person or a machine does with Markwell. `make` alone says what there is.
PYTHON ?= python3
PORT ?= 5000
BIN := .venv/bin
export PORT
unexport PYTHONDONTWRITEBYTECODE  # compiled once, every start is quick

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick faults lint types bench speech model lock format clean
.SILENT:

help: ## Say what there is
	awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Prepare .venv and the front end (quick when nothing changed)
	$(PYTHON) tools/setup.py

demo: setup ## Do the main job once, then serve the sample centre on http://127.0.0.1:5000 (PORT=… moves it)
	MARKWELL_DEMO=1 exec $(BIN)/flask --app app demo

test: ## Check everything, in a real browser and on a real PostgreSQL too (T=tests/… for a part)
	$(PYTHON) tools/setup.py --for-tests
	$(MAKE) lint types
	$(BIN)/pytest $(T)

quick: ## Check in two minutes what needs neither browser nor PostgreSQL nor about a second a test
	$(PYTHON) tools/setup.py --for-tests
	$(MAKE) lint types
	$(BIN)/pytest -n $$(nproc) -m "not browser and not postgresql and not slow" $(T)

faults: ## Kill worker and web server 100 times while proof is made and taken (about half an hour)
	FAULTS_KILLS=100 $(BIN)/pytest tests/faults/test_exports_killed.py

lint: ## Style, formatting, declared dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/deptry .

types: ## Types of the Python and of the TypeScript
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

bench: ## Measure speed and memory, as ratios to what the same machine can do
	$(PYTHON) tools/setup.py --for-tests
	$(BIN)/python -m bench

speech: setup ## Install what writes down what is said in recordings (150 MB model, MIT), and print the setting for it
	$(BIN)/python -m tools.speech

model: ## Install what tells which units' points mean the same (110 MB, Apache-2.0); without it letters serve
	$(PYTHON) tools/setup.py --with-model

lock: ## Write the lock files anew from the .in files
	sh tools/lock.sh

format: ## Mend style and formatting where a tool can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## Remove all that was built, and keep what was recorded (instance/)
	rm -rf .venv node_modules static/build test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
