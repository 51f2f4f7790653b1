# The words of the README, of CI and of a developer. Every target prepares what it needs; nothing else is to be run.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
RUN := PYTHONPATH=. $(VENV_PYTHON)
OFFSCREEN := QT_QPA_PLATFORM=offscreen
WORKERS ?= 3

# Some machines forbid it, but the tests start the program a hundred times: it is compiled once, not each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo run test lint format screens manual bench lock installer installer-test clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: ## virtual environment, locked dependencies, system libraries of Qt
	@$(PYTHON) tools/setup_environment.py

demo: setup ## the program on a simulated bank; without a screen, its route in build/demo
	@$(RUN) -m bancointegra demo --saida build/demo

run: setup ## the program on your own data
	@$(RUN) -m bancointegra

test: setup ## all tests; choose some with ARGS="tests/domain -k reais"
	@$(OFFSCREEN) $(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup ## ruff, mypy, import-linter; all of them, even when one complains
	@status=0; \
	$(VENV_PYTHON) -m ruff check . || status=1; \
	$(VENV_PYTHON) -m ruff format --check --quiet . || status=1; \
	$(VENV_PYTHON) -m mypy || status=1; \
	.venv/bin/lint-imports --no-logo || status=1; \
	exit $$status

format: setup ## let ruff rewrite what it can
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .

screens: setup ## every window and dialog to build/screens
	@$(OFFSCREEN) $(RUN) tools/render_screens.py

manual: setup ## the pictures of the clerk's manual and of the README
	@$(OFFSCREEN) $(RUN) -m tools.manual_pictures

bench: setup ## the figures the design promises
	@$(OFFSCREEN) $(RUN) -m benchmarks

lock: ## write requirements.lock anew from requirements*.in; ARGS=--upgrade for newer versions
	@$(PYTHON) tools/lock_requirements.py $(ARGS)

installer: setup ## dist/BancoIntegra-X.Y.Z-setup.exe, for Windows; ARGS="--compression zlib" is quicker
	@$(RUN) -m installer.build $(ARGS)

installer-test: setup ## the installer and the installed program, from start to end, under Wine
	@$(OFFSCREEN) $(RUN) -m pytest -m wine tests/installer $(ARGS)

clean: ## remove what was built; the virtual environment too
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
