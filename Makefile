# Two commands on a bare machine with Python 3.11+ and make: `make run` and `make test`.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup run test laws check e2e soak bench evaluate notebooks lint types lock clean

help:  ## list the commands
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

setup: $(READY)  ## make the virtual environment from the lock file

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Farthing needs Python 3.11 or newer with venv; set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing locked dependencies into .venv (once; about 1.3 GB, mostly the embedded engine)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY)  ## demo data on the first start, then the app on http://127.0.0.1:8501
	$(BIN)/farthing serve --demo

lint: $(READY)  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## types, strict on the core folders
	$(BIN)/mypy

check: lint types  ## lint, types and unit tests: under a minute
	$(BIN)/pytest -q tests/unit tests/test_architecture.py

test: lint types  ## everything but the browser
	$(BIN)/pytest -q --ignore=tests/e2e -n 2 --dist loadfile

laws: $(READY)  ## the laws of billing on hundreds of generated platforms: some minutes
	LAWS_PLATFORMS=100 LAWS_EXAMPLES=3 $(BIN)/pytest -q tests/properties/test_laws_of_many_platforms.py --timeout=1800 $(ARGS)

e2e: $(READY)  ## the browser's tests (installs Debian's chromium if there is none), and questions over HTTP
	.ci/chromium
	$(BIN)/pytest -q tests/e2e
	$(BIN)/pytest -q tests/queries --over-http -n 2 --dist loadfile

soak: $(READY)  ## thirty kill -9 of the API, of the whole app and of a loader, under load: a quarter of an hour
	FARTHING_SOAK_KILLS=30 $(BIN)/pytest -q -rP --timeout 2400 tests/sdk/test_sdk_soak.py tests/soundness/test_kill_nine.py

bench: $(READY)  ## ratios in one run; sizes by option: make bench ARGS="--events 50000000"
	$(BIN)/python -m benchmarks $(ARGS)

evaluate: $(READY)  ## detection beside every baseline, written to docs/evaluation.md; ARGS="--only nab" for a part
	$(BIN)/python -m models.evaluation $(ARGS)

notebooks: $(READY)  ## run every notebook and write it as HTML and .ipynb into .farthing/notebooks
	$(BIN)/python -m notebooks $(ARGS)

lock:  ## refresh requirements.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --extra kafka --extra notebooks --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

clean:  ## remove the environment and the local store
	rm -rf .venv .farthing
