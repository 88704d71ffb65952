# Everything here needs Python 3.11 or newer with pip, and make (GNU make 3.81 and newer). The rest comes into .venv, from hashed locks.
#
#   make digest          this week's digest; where no source can be reached, the sample week
#   make demo            the digest of the sample week that ships with the project
#   make test            the tests; a service that is not there is skipped, and said
#   make check           style, types, layers, stale docs
#   make bench | soak    how fast it is | whether it holds out; run by hand
#   make wheel           dist/*.whl
#   make lock            both locks anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
#   make clean           removes .venv and all that was built
#
# ARGS goes to the command: make digest ARGS="--days 3"; make test ARGS="tests/net -x"

.DEFAULT_GOAL := digest
.PHONY: digest demo test check bench soak wheel lock clean
.NOTPARALLEL:

BIN := .venv/bin
ARGS ?=
UPGRADE ?=
export PYTHON

# A .venv that was moved here, half made, or whose Python is gone counts as missing.
ifneq ($(shell test -x $(BIN)/python && cat .venv/.made-in 2>/dev/null),$(shell pwd -P))
.PHONY: .venv/.runtime .venv/.dev
endif

# Make itself ends with 2 where a command fails; what the command said and its own code stand above that.
digest: .venv/.runtime
	@$(BIN)/digest --now $(ARGS) || { code=$$?; [ $$code -eq 3 ] || exit $$code; exec $(BIN)/digest demo; }

demo: .venv/.runtime
	@$(BIN)/digest demo $(ARGS)

test: .venv/.dev
	@$(BIN)/pytest $(ARGS)

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/test_project.py $(wildcard tests/test_docs.py tests/*/test_docs.py)

bench: .venv/.dev
	@$(BIN)/python -m benchmarks $(ARGS)

soak: .venv/.dev
	@$(BIN)/python -m benchmarks.soak $(ARGS)

wheel: .venv/.dev
	@$(BIN)/python -m hatchling build -t wheel

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE)

lock: .venv/.dev
	@$(BIN)/python -m pip install --quiet uv
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group dev --constraint requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/.runtime: requirements.lock pyproject.toml
	@scripts/set-up-venv requirements.lock
	@touch $@

# The development lock holds the runtime's versions and more, so that one visit serves both.
.venv/.dev: requirements-dev.lock pyproject.toml
	@scripts/set-up-venv requirements-dev.lock
	@touch .venv/.runtime $@
