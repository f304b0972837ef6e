# `make demo` shows the newsroom, `make test` tests it; both make their own environment first.
# More words for the command behind a target: make test ARGS="-k credit"

.DEFAULT_GOAL := help
SHELL := /bin/sh
ARGS ?=

UV := $(shell if uv --version >/dev/null 2>&1; then echo uv; else echo .uv/bin/uv; fi)
PYTHON := .venv/bin/python
RUNTIME := .venv/installed-runtime
DEVELOPMENT := .venv/installed-development

.PHONY: help
help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

.PHONY: demo
demo: $(RUNTIME)  ## Fill a sample newsroom and serve it; what is there already stays
	$(PYTHON) manage.py demo $(ARGS)

.PHONY: test
test: $(DEVELOPMENT)  ## Run all tests, browser stories included
	$(PYTHON) -m pytest $(ARGS)

.PHONY: test-postgres
test-postgres: $(DEVELOPMENT)  ## Run the same tests on PostgreSQL
	$(PYTHON) -m tests.postgres $(ARGS)

.PHONY: lint
lint: $(DEVELOPMENT)  ## Read the code: style, types, walls, templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet .

.PHONY: messages
messages: $(DEVELOPMENT)  ## Collect the strings to translate, and compile the translations
	$(PYTHON) .ci/checks/translations.py --write

.PHONY: lock
lock: $(PYTHON)  ## Write the locks anew; ARGS=--upgrade takes newer versions
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock

# No machine's own settings in the locks, and no address of a registry.
LOCK = $(UV) pip compile --no-config --quiet --universal --python-version 3.12 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml $(ARGS)

.PHONY: environment
environment: $(DEVELOPMENT)  ## Make .venv, or bring it up to date

$(RUNTIME): requirements.lock | $(PYTHON)
	$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock | $(PYTHON)
	$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements-dev.lock
	@touch $(RUNTIME) $@

# The Python of .python-version, else any that will do, else one that uv fetches.
$(PYTHON): | $(filter .uv/bin/uv,$(UV))
	@$(UV) venv --quiet --allow-existing --no-python-downloads .venv 2>/dev/null \
		|| $(UV) venv --quiet --allow-existing --no-python-downloads --python '>=3.12' .venv 2>/dev/null \
		|| $(UV) venv --quiet --allow-existing .venv

# The first Python that can make an environment brings uv, for this folder only.
.uv/bin/uv:
	@for python in python3 python3.13 python3.12 python3.11 python3.10 python3.9 /usr/bin/python3; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || continue; \
		"$$python" -m venv --clear .uv 2>/dev/null || continue; \
		exec .uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'; \
	done; \
	echo "No Python could make an environment to fetch uv into." >&2; \
	echo "Install uv yourself, or Python 3.9 or newer with its venv module." >&2; \
	exit 1
