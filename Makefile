# Everything runs in a private virtual environment, .venv: nothing is installed anywhere else.
#
#   make demo         a crash log and a traceback, before and after
#   make test         the tests: core and light extras, with the coverage gate
#   make test-extras  the heavy tests, each in an environment of its own
#   make lint         style (ruff) and types (mypy)
#   make bench        speed, with the expected count of findings
#   make fuzz         each target of the fuzzer for 10 minutes; what is found is replayed from then on
#   make growth       that time grows as its text does: every rule, and the whole pipeline; an hour
#   make faults       plants faults, each of which a test must notice (minutes)
#   make mutants      changes the code at random: what do the tests not notice? (SAMPLE=200 SEED=1; an hour)
#   make clean        removes what make made

PYTHON ?= python3
SAMPLE ?= 200
SEED ?= 1
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check

# The tests that mirror what the coverage gate is about. They reach every branch of it by themselves;
# tracing the whole suite would take three times as long and prove less.
GATED := tests/ruleset tests/detect tests/redact tests/test_resolve.py \
  scrubber/ruleset scrubber/detect scrubber/redact scrubber/resolve.py

.PHONY: help demo test test-extras lint style types bench faults fuzz growth mutants clean
.NOTPARALLEL: # two pips in one environment break it

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

demo: $(VENV)/installed
	@$(PY) -m examples.demo

test: $(VENV)/installed-dev
	$(PY) hatch_build.py
	$(PY) -m pytest --quiet --numprocesses=auto --cov --cov-report=term $(GATED)
	$(PY) -m pytest --quiet --numprocesses=auto $(GATED:%=--ignore=%)

test-extras: $(VENV)/installed-dev
	$(PY) tests/extras/run.py

lint: style types

style: $(VENV)/installed-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/installed-dev
	$(PY) -m mypy

bench: $(VENV)/installed
	$(PY) -m benchmarks.run
	$(PY) -m benchmarks.crash_events --rounds 3 --events 3 --kinds "training crash"

faults: $(VENV)/installed-dev
	$(PY) hatch_build.py
	$(PY) -m benchmarks.faults

# SAMPLE=0 is one mutant for every place: about 5,000, most of a day.
mutants: $(VENV)/installed-mutants
	$(PY) hatch_build.py
	$(PY) -m benchmarks.mutation --sample $(SAMPLE) --seed $(SEED)

fuzz: $(VENV)/installed-dev
	FUZZ_SECONDS=$${FUZZ_SECONDS:-600} FUZZ_KEEP=1 $(PY) tests/extras/run.py fuzz

growth: $(VENV)/installed-dev
	$(PY) hatch_build.py
	$(PY) -m benchmarks.growth
	$(PY) -m benchmarks.growth_of_pipeline

clean:
	rm -rf $(VENV) dist build htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name .git -prune -o -type d -name __pycache__ -exec rm -rf {} +

# Stamps are written last, so an interrupted step is done again. An install is redone when pyproject.toml changes.

$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo "Installing crashscrub into $(VENV) ..."
	@$(PIP) install --editable '.[cli]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "Installing crashscrub and what its tests need into $(VENV) ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-mutants: $(VENV)/installed-dev
	@echo "Installing cosmic-ray into $(VENV) ..."
	@$(PIP) install 'cosmic-ray>=8.7'
	@touch $@

$(VENV)/made:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "make: there is no '$(PYTHON)' here. Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: crashscrub needs Python 3.11 or later, and '$(PYTHON)' is $$("$(PYTHON)" --version 2>&1)." >&2; \
	  echo "      Name a newer one: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  v=$$("$(PYTHON)" -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
	  echo "make: '$(PYTHON)' cannot make virtual environments: its venv or ensurepip module is missing." >&2; \
	  echo "      Debian, Ubuntu:  apt install python3-venv   (or $$v-venv, where $$v is not the system's own)" >&2; \
	  echo "      elsewhere:       install the whole of Python, or name another: make PYTHON=/path/to/python3" >&2; \
	  exit 1; }
	@rm -rf $(VENV)
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@
