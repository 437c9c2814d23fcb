# The two commands a newcomer needs: make demo, make test.
SHELL := /bin/bash
PYTHON := $(shell for v in 3.13 3.12 3.11; do \
  for p in python$$v $$HOME/.pyenv/versions/$$v.*/bin/python python3; do \
    "$$p" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$$v')" 2>/dev/null \
      && { command -v "$$p"; exit; }; done; done)
BIN := .venv/bin
STAMP := .venv/.dateline
SERVE ?= 1

.PHONY: demo test lint types lock bench screenshot clean
demo: $(STAMP)  ## crawl the sample press, read it, serve the dataset (SERVE=0: stop before serving)
	$(BIN)/dateline demo $(if $(filter 0 no false,$(SERVE)),--no-serve,)

test: $(STAMP) lint types  ## everything CI runs
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

$(STAMP): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Dateline needs Python 3.11 or newer (with venv); none was found." >&2; exit 1; }
	@[ ! -d .venv ] || [ "$$($(BIN)/python -V 2>&1)" = "$$($(PYTHON) -V)" ] || rm -rf .venv
	[ -d .venv ] || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation -e .
	@touch $@

lock:  ## renew requirements.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra cluster --extra dev --upgrade pyproject.toml -o requirements.lock

bench: $(STAMP)  ## measure against the bare libraries and peers (ARGS="--pages FOLDER --peers PYTHON"); writes docs/performance.md
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: audit
audit: $(STAMP)  ## known vulnerabilities of what is locked; a bill of materials as data/dateline.cdx.json
	[ -x .venv/audit/bin/python ] || $(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --require-hashes -r deploy/audit.lock
	.venv/audit/bin/cyclonedx-py environment --pyproject pyproject.toml --of JSON -o data/dateline.cdx.json $(BIN)/python
	$(BIN)/python -m tests.faults.audit .venv/audit/bin/pip-audit

screenshot: $(STAMP)  ## take the README's picture of the demo (needs Chromium)
	$(BIN)/dateline demo --no-serve && docs/screenshot.sh

clean:
	rm -rf .venv data/archive data/dateline.db* data/digests .mypy_cache .ruff_cache .pytest_cache *.egg-info
