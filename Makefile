# Needs nothing but Python 3.11 or newer and make. Every target makes its own virtual environment from
# a lock file, with every package checked against its hash.
#
#   make demo    install Dragoman into .venv and code the bundled page
#   make test    linters, types, layers and tests, in .venv-test
#   make lint    the same without the tests
#   make coverage  count the knowledge anew into docs/coverage.md
#   make bench   throughput, memory and the ratio to spaCy alone
#   make lock    resolve the dependencies anew into both lock files
#   make clean   remove the environments and what was built

.DEFAULT_GOAL := help
.PHONY: help demo test lint coverage bench lock clean
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP := -m pip --disable-pip-version-check -qq
INSTALL := $(PIP) install --no-deps --no-build-isolation
DEMO := .venv/bin/python
TEST := .venv-test/bin/python
SOURCES := pyproject.toml README.md $(shell find src -type f -not -name '*.pyc')
PYTEST_ARGS ?=

help:
	@sed -n 's/^#   //p' Makefile

.venv/locked: requirements.lock
	@echo "making .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(DEMO) $(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/installed: .venv/locked $(SOURCES)
	@$(DEMO) $(INSTALL) --force-reinstall .
	@touch $@

.venv-test/locked: requirements-dev.lock
	@echo "making .venv-test ..."
	@$(PYTHON) -m venv --clear .venv-test
	@$(TEST) $(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv-test/installed: .venv-test/locked pyproject.toml
	@$(TEST) $(INSTALL) --editable .
	@touch $@

demo: .venv/installed
	@.venv/bin/dragoman demo

lint: .venv-test/installed
	@$(TEST) -m ruff check .
	@$(TEST) -m ruff format --check .
	@$(TEST) -m mypy
	@.venv-test/bin/lint-imports --no-logo --cache-dir .import_linter_cache

test: lint
	@$(TEST) -m pytest -n auto --maxprocesses 4 --dist loadfile $(PYTEST_ARGS)

coverage: .venv-test/installed
	@$(TEST) -m dragoman lexicon coverage --markdown > docs/coverage.md.new
	@mv docs/coverage.md.new docs/coverage.md

bench: .venv-test/installed
	@$(TEST) bench/throughput.py

# Resolved with uv (it is in the locked development environment), for every platform and Python from 3.11.
lock:
	@test -x .venv-test/bin/uv || { $(PYTHON) -m venv .venv-test && $(TEST) $(PIP) install uv; }
	@$(TEST) -m uv pip compile pyproject.toml --extra build $(LOCK_FLAGS) -o requirements.lock
	@$(TEST) -m uv pip compile pyproject.toml --extra dev -c requirements.lock $(LOCK_FLAGS) \
		-o requirements-dev.lock

LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock" --quiet

clean:
	@rm -rf .venv .venv-test .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
