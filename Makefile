# Needs git, make and Python 3.11 or newer; everything else goes into .venv. `make help` lists the targets.

PORT ?= 8501
PYTHON ?=
VENV := .venv
PY := $(VENV)/bin/python
CANVAS := components/org_canvas/frontend
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench canvas clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: $(VENV)/.run  ## start the dashboard (PORT=8501) and print its address
	@$(PY) -m streamlit run app.py --server.port $(PORT)

# Browser tests wait more than they work, so there is one process more than cores; they come first.
# Where there is Node, the drawing component is built again and must be the one that is committed.
test: lint $(if $(shell command -v npm),$(CANVAS)/node_modules)  ## run the linters and all tests: unit, page and browser
	$(PY) -m pytest -n $$($(PY) -c 'import os; print(1 + (os.cpu_count() or 1))') --dist loadscope --no-loadscope-reorder

lint: $(VENV)/.dev  ## run the linters only
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy orgmodel
	$(VENV)/bin/lint-imports --no-logo

format: $(VENV)/.dev  ## rewrite the code in the house style
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

bench: $(VENV)/.dev  ## measure speed and memory
	$(PY) -m benchmarks

canvas: $(CANVAS)/node_modules  ## build the drawing component from its source (needs Node)
	cd $(CANVAS) && node build.js

clean:  ## remove the environment, caches and test leftovers
	rm -rf $(VENV) $(CANVAS)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first interpreter that really runs, is new enough and can make environments. Say PYTHON=... to choose another.
$(PY):
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		if "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "Creating $(VENV) with $$("$$python" --version)"; \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "No Python 3.11 or newer with the venv module was found (on Debian and Ubuntu: apt install python3-venv)." >&2; \
	echo "Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

# The stamps lie inside the environment, so that they go when it goes.
$(VENV)/.run: requirements.txt | $(PY)
	@echo "Installing requirements.txt into $(VENV)"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(PY)
	@echo "Installing requirements-dev.txt into $(VENV)"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $(VENV)/.run $@

# The exact packages that package-lock.json names; none of them runs a script of its own while it is installed.
$(CANVAS)/node_modules: $(CANVAS)/package-lock.json
	cd $(CANVAS) && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@
