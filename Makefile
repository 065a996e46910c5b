# Two commands do all: `make run` and `make test`. Each builds what it needs and is quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev

.PHONY: run test test-unit test-services test-journeys lint format bench golden screenshots lock clean

run: $(STAMP)
	@$(BIN)/python main.py serve

# Two at a time; the journeys, which measure time as people do, have the machine for themselves.
test: $(STAMP_DEV)
	@$(BIN)/python tools/need_chromium.py
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-unit test-services
	@$(MAKE) --no-print-directory test-journeys

test-unit: $(STAMP_DEV)
	@$(BIN)/python -m pytest -q tests/unit

test-services: $(STAMP_DEV)
	@$(BIN)/python -m pytest -q tests/services tests/pages

test-journeys: $(STAMP_DEV)
	@$(BIN)/python -m pytest -q tests/journeys

lint: $(STAMP_DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP_DEV)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP_DEV)
	@$(BIN)/python tools/need_chromium.py
	@$(BIN)/python -m benchmarks

golden: $(STAMP_DEV)
	@$(BIN)/python -m tests.golden

screenshots: $(STAMP_DEV)
	@$(BIN)/python tools/need_chromium.py
	@$(BIN)/python -m tools.screenshots

# uv is needed for this one only; the files name no registry.
lock:
	uv pip compile --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --generate-hashes --no-emit-index-url --universal --python-version 3.11 --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire (PYTHON=/chemin/vers/python3.11 make …)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt | $(BIN)/python
	@echo "Installation des bibliothèques (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python tools/need_pango.py
	@touch $@

$(STAMP_DEV): requirements-dev.txt $(STAMP)
	@echo "Installation des outils de test (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
