# One word per task, the same at home and in CI. `make help` lists them.

PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin/
# Whoever runs this may be root in a container where the cache and the checkout are on different disks.
export UV_LINK_MODE ?= copy

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev serve demo test test-postgres journeys check format bench lock golden screenshots clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## prepare the environment: afterwards the program is .venv/bin/storyloft

serve: setup ## set everything up and run the archive
	@$(RUN)storyloft serve

demo: setup ## fill the library with a few stories to try everything on
	@$(RUN)storyloft demo

test: setup-dev ## set everything up and prove it
	@$(RUN)python -m tests.needs
	@$(RUN)pytest -n 2 --dist loadgroup

test-postgres: setup-dev ## the same tests on the PostgreSQL that STORYLOFT_DATABASE_URL names
	@$(RUN)python -m tests.engine
	@$(RUN)pytest -n 2 --dist loadgroup --ignore=tests/journeys

check: setup-dev ## style, types, layers, migrations, documentation
	@$(RUN)ruff check .
	@$(RUN)ruff format --check -q src tests benchmarks
	@$(RUN)mypy
	@$(RUN)lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=tests.settings $(RUN)python -W error -m django makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=tests.settings $(RUN)python -m django check --fail-level WARNING

format: setup-dev ## let ruff put the code in order
	@$(RUN)ruff check --fix -q . ; $(RUN)ruff format -q src tests benchmarks

golden: setup-dev ## rewrite what the golden folders expect, for review with `git diff`
	@$(RUN)pytest tests/ingest/test_golden.py tests/editions/test_epub.py --rewrite -q

bench: setup-dev ## measure, each row against a named reference of the same run
	@$(RUN)python -m benchmarks

screenshots: setup-dev ## take the README's pictures anew
	@$(RUN)python -m tests.needs
	@$(RUN)python -m tests.screenshots

lock: .tools/.ready ## choose newer versions of everything the project stands on
	@$(UV) pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build -o locks/run.txt
	@$(UV) pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build --group dev -c locks/run.txt -o locks/dev.txt

clean: ## remove what the other words made here (never the data folder)
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

setup-dev: .venv/.ready-dev

.tools/.ready: locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Storyloft needs Python 3.11 or newer; set PYTHON=… to one.")'
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/uv.txt
	@touch $@

.venv/.ready: .tools/.ready locks/run.txt pyproject.toml
	@test -x .venv/bin/python || $(UV) venv -q --python $(PYTHON) .venv
	@echo "Setting up (a minute the first time) …"
	@$(UV) pip install -q --python .venv/bin/python --require-hashes -r locks/run.txt
	@$(UV) pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready locks/dev.txt
	@$(UV) pip install -q --python .venv/bin/python --require-hashes -r locks/dev.txt
	@touch $@
