# Every target makes its own virtual environment in $(VENV) when it is missing or out of date.
PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= $(foreach minor,11 12 13 14,$(shell python3.$(minor) -c "print('python3.$(minor)')" 2>/dev/null))

BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/pip install --quiet --constraint constraints.txt
INSTALL := $(PIP_INSTALL) --build-constraint constraints.txt
EXAMPLE := examples/r2p-2014.toml
AGENDA := build/r2p-2014.ics
NPM_STAMP := tests/interop/node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test test-all interop debian-packages lint types contracts docs gallery bench constraints clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.package ## Check the example meeting, count what fits, write its agenda
	@mkdir -p build
	$(BIN)/r2psched check $(EXAMPLE)
	$(BIN)/r2psched capacity $(EXAMPLE) --session floor
	$(BIN)/r2psched agenda $(EXAMPLE) -o $(AGENDA)
	@echo "The agenda is in $(AGENDA): open it with a calendar application."

test: $(VENV)/.tests ## Run the tests, the docstrings and the pages of the manual
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report=term

test-all: ## Run the tests under every Python of PYTHONS (those found by default)
	@test -n "$(PYTHONS)" || { echo "No python3.11 or later is on PATH: name some, as in make test-all PYTHONS='python3.12'" >&2; exit 1; }
	@for python in $(PYTHONS); do \
		echo "== $$python"; \
		$(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$(basename $$python) || exit 1; \
	done

interop: debian-packages $(VENV)/.interop $(NPM_STAMP) ## Read the calendars back with independent readers (npm, Debian)
	$(BIN)/python -m pytest tests/interop

debian-packages: tests/interop/apt.txt
	@missing=""; \
	for package in $$(sed 's/#.*//' $<); do \
		dpkg-query --show --showformat='$${db:Status-Status}' "$$package" 2>/dev/null \
			| grep -qx installed || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "make interop needs Debian packages that are missing:$$missing" >&2; \
		echo "Install them: sudo apt-get install$$missing" >&2; \
		exit 1; \
	fi

lint: $(VENV)/.lint ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.types ## Check types
	$(BIN)/mypy

contracts: $(VENV)/.contracts ## Check which room imports which
	$(BIN)/lint-imports

docs: $(VENV)/.docs ## Build the manual into build/docs
	$(BIN)/sphinx-build --fresh-env --nitpicky --fail-on-warning --keep-going --builder html docs build/docs

gallery: $(VENV)/.docs ## Make every kind of file of three programmes into build/gallery
	$(BIN)/python docs/gallery.py build/gallery

bench: $(VENV)/.bench ## Run the benchmarks, every bench/*.py
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

constraints: ## Write constraints.txt anew with the newest versions
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/pip install --quiet --upgrade pip
	build/constraints/bin/pip install --quiet --editable ".[caldav,docx,edit,forecast,html,i18n,keyring,pdf,sheets]" --group dev
	{ \
		echo "# The exact versions that the Makefile and continuous integration install."; \
		echo "# Made by \`make constraints\` with Python 3.11: \`pip freeze\` of a fresh virtual environment"; \
		echo "# holding the package, its extras and every dependency group. Not edited by hand."; \
		build/constraints/bin/pip freeze --all --exclude-editable --exclude setuptools 2>/dev/null; \
	} > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## Remove everything that the other targets make
	rm -rf build dist .coverage* .hypothesis .*_cache .venv .venv-* tests/interop/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.pip: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --upgrade pip
	@touch $@

$(VENV)/.package: pyproject.toml $(VENV)/.pip
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.tests $(VENV)/.interop $(VENV)/.lint $(VENV)/.types $(VENV)/.contracts $(VENV)/.docs $(VENV)/.bench: $(VENV)/.package
	$(INSTALL) --group $(patsubst .%,%,$(notdir $@))
	@touch $@

$(NPM_STAMP): tests/interop/package.json
	npm install --prefix tests/interop --no-package-lock --no-audit --no-fund
	@touch $@
