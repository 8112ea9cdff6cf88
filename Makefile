# The only vocabulary: people, CI and pre-commit call these targets. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := shared services/ingest services/extract services/publish deploy/standalone
LOCAL := shushuo shushuo-shared shushuo-ingest shushuo-extract shushuo-publish
SHARED ?= ../shared
TESTS ?= tests
.DEFAULT_GOAL := help
.PHONY: help setup up test check fmt eval bench source-run e2e kafka-up kafka-down compose-test schemas lock clean

help:            ## this list
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

$(VENV)/.installed: requirements.lock deploy/bootstrap.lock $(PACKAGES:%=%/pyproject.toml)
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing; install it (Debian: apt-get install python3.11 python3.11-venv)"; exit 1; }
	@echo "setting up $(VENV) (wheels are downloaded once) …"
	@$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing; install it (Debian: apt-get install python3.11-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/bootstrap.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes --requirement requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation $(PACKAGES:%=--editable %)
	@touch $@

setup: $(VENV)/.installed ## only the environment, in .venv

up: setup        ## run everything in one process at http://127.0.0.1:8000, with the sample reports
	@$(BIN)/shushuo up

test: setup      ## all tests, with a real Kafka broker, PostgreSQL and Chromium
	@$(BIN)/python deploy/require.py java mvn postgresql chromium antiword
	@$(BIN)/python -m pytest $(TESTS)

check: setup     ## lint, types, layers, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m shushuo_shared.schemas --check shared/schemas

fmt: setup       ## format and mend what can be mended
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

eval: setup      ## score extraction against the reference answers in $(SHARED)
	@rm -rf out/eval && $(BIN)/shushuo read $(SHARED)/corpus/seeds/*.txt $(SHARED)/corpus/national/*.txt --out out/eval >/dev/null
	@$(BIN)/python $(SHARED)/eval/score.py $(SHARED)/eval/gold out/eval --misses $(or $(MISSES),0)

bench: setup     ## speed as ratios against a baseline run beside it; rewrites docs/BENCH.md
	@$(BIN)/python -m tests.bench

e2e: setup       ## every sample from file to feed entry to webhook, on both ways to run
	@$(BIN)/python deploy/require.py java mvn postgresql
	@$(BIN)/python -m tests.e2e

kafka-up: setup  ## a real Kafka (127.0.0.1:9092) and PostgreSQL for local work
	@$(BIN)/python deploy/require.py java mvn postgresql
	@$(BIN)/python deploy/kafka/broker.py up
	@$(BIN)/python deploy/postgres.py up

kafka-down: setup ## stop what kafka-up started
	@$(BIN)/python deploy/kafka/broker.py down
	@$(BIN)/python deploy/postgres.py down

compose-test: setup ## bring docker-compose.yml up for real and send the samples through it
	@$(BIN)/python -m tests.compose

source-run: setup ## play docs/SOURCE_RUN.md: ingest against a site that fails, lies and comes back
	@$(BIN)/python -m tests.source_run

schemas: setup   ## regenerate the JSON Schemas of the events
	@$(BIN)/python -m shushuo_shared.schemas shared/schemas

lock:            ## resolve again: requirements.lock, with hashes and without addresses
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --python-version 3.11 requirements.in --group dev $(LOCAL:%=--no-emit-package %) -o requirements.lock
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --python-version 3.11 --constraint requirements.lock requirements.in deploy/runtime.in $(LOCAL:%=--no-emit-package %) \
	  -o deploy/runtime.lock
	@echo uv | $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --python-version 3.11 --constraint requirements.lock - -o deploy/bootstrap.lock

clean:           ## remove what was built or run here (not the data folder)
	@rm -rf $(VENV) out var .pytest_cache .mypy_cache .ruff_cache .hypothesis
