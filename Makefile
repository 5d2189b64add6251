# Verbs of this project; `make help` lists them. A verb makes .venv and installs what it needs, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml Cargo.toml Cargo.lock $(shell find src lexicons -type f)
export PYO3_PYTHON := $(abspath $(BIN)/python)
# The same random cases each time, so that a verdict is about the code; plain `cargo test` draws new ones.
export PROPTEST_RNG_SEED ?= 20261124

.DEFAULT_GOAL := help
.PHONY: help demo test lint rust python format site notebooks wheel bench instructions clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.demo ## analyse ten built-in articles
	@$(BIN)/framescope demo

test: lint rust python ## everything CI checks: lint, Rust tests, Python tests

lint: $(VENV)/.test ## formats, lints, types and stubs
	cargo fmt --check
	cargo clippy --release --all-targets --features python -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest framescope._core

rust: ## Rust tests alone; those that hold texts to slow and obviously right readers once more without vectors
	cargo test --release
	cargo test --release --features portable --lib --test naive --test sections --test any_text

python: $(VENV)/.test ## Python tests alone
	$(BIN)/pytest --numprocesses auto --dist loadfile

format: $(VENV)/.test ## rewrite all code in the project's format
	cargo fmt
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

site: $(VENV)/.test ## the documentation as a site, in target/site
	$(BIN)/python -m sphinx -b html -W --keep-going -q -d target/doctrees docs target/site
	@echo "target/site/index.html"

notebooks: $(VENV)/.test ## run the notebooks of docs/ and keep what they show
	$(BIN)/python docs/notebooks/record.py

wheel: $(VENV)/.test ## a wheel for release, in dist/
	$(BIN)/pip install --quiet 'maturin>=1.16,<2'
	$(BIN)/maturin build --profile dist --out dist

bench: $(VENV)/.bench ## speed beside peers, small, and scaling; CORPUS=texts.parquet for a corpus of yours
	$(BIN)/python benches/peers.py $(CORPUS) --mb 2 --entries 300 --rounds 3 --seconds 0.5
	$(BIN)/python benches/scaling.py $(CORPUS) --small --out target/bench
	cargo bench

instructions: $(BIN)/python ## record instructions a byte of each stage, which tests hold the code to; wants valgrind
	$(BIN)/python benches/instructions.py --record

clean: ## remove everything that was built
	rm -rf $(VENV) target dist python/framescope/_core*.so
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || \
	  { echo "error: Python 3.10 or newer is needed, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1); say make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@command -v cargo >/dev/null || { echo "error: Rust is needed; install it from https://rustup.rs" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.demo: $(SOURCES) | $(BIN)/python
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(SOURCES) | $(BIN)/python
	$(BIN)/pip install --quiet --editable '.[test]'
	@touch $(VENV)/.demo $@

$(VENV)/.bench: $(SOURCES) benches/requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --editable . --requirement benches/requirements.txt
	@touch $(VENV)/.demo $@
