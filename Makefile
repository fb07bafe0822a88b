# Every target sets up what is missing first; no other step is needed.
PYTHON ?= python3
PAGES  ?= data/sample
STORE  ?= data/store
SHARED ?= ../shared
RUN    := $(or $(RUN),$(shell date -u +%Y-%m-%dT%H%M%S))
VENV   := .venv
BTL    := $(VENV)/bin/btl
READY  := $(VENV)/.ready
COMMENTS := $(SHARED)/data/comments
LARGE  := feedback_nhs_multitheme_dev.parquet short_stackoverflow_dev.parquet short_banking77_dev.parquet
PLANTED := news_comments_roomfordebate_dev.parquet short_stackoverflow_dev.parquet short_banking77_dev.parquet
KEPT   := --cache data/vectors

.DEFAULT_GOAL := help
.PHONY: help report refresh compare split test lint check notebooks docs bench eval clean

help: ## show this list
	@awk -F ':.*## ' '/^[.a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11 to 3.13 is needed; name one: make PYTHON=python3.11"; exit 1; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.node: ## fetch axe-core with npm, for the tests of accessibility (they skip without it)
	npm install --silent --no-fund --no-audit --prefix .node axe-core@4.11

report: $(READY) ## write a report on the sample, or on PAGES=path, under data/runs
ifeq ($(PAGES),data/sample)
	$(BTL) run $(PAGES) --store data/store-sample --out data/runs/$(RUN) --themes data/themes.toml
else
	$(BTL) run $(PAGES) --store $(STORE) --out data/runs/$(RUN) --themes data/themes.toml
endif
	@echo "open data/runs/$(RUN)/report.html"

refresh: $(READY) ## read PAGES=path into the same store again; a new report only where something is new
	$(BTL) run $(PAGES) --store $(if $(filter data/sample,$(PAGES)),data/store-sample,$(STORE)) \
	  --out data/runs/$(RUN) --themes data/themes.toml --if-new

compare: $(READY) ## what changed between the last two reports, or A=folder and B=folder
	@$(BTL) compare $(or $(A),$(shell ls -d data/runs/*/ 2>/dev/null | tail -2 | head -1)) \
	  $(or $(B),$(shell ls -d data/runs/*/ 2>/dev/null | tail -1))

split: $(READY) ## print the comments of PAGES=path as JSON Lines
	@$(BTL) split $(PAGES)

test: $(READY) ## run all tests
	$(VENV)/bin/python -m pytest

lint: $(READY) ## check style and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

check: lint test ## lint, then test

notebooks: $(READY) ## run the notebooks
	$(VENV)/bin/python -m pytest tests/test_notebook.py

docs: $(READY) ## write docs/commands.md again from --help
	$(VENV)/bin/python -m bench.write_commands

eval: $(READY) ## measure splitting and themes on the labelled data of SHARED=path; disturb runs in every way
	$(BTL) eval split $(SHARED)/data/split/pages.jsonl.gz $(SHARED)/data/split/texts.jsonl.gz
	$(BTL) eval themes $(COMMENTS)/arguments_argkp_dev.parquet --within article_id $(KEPT)
	$(BTL) eval themes $(COMMENTS)/news_comments_roomfordebate_dev.parquet --least 20 $(KEPT)
	$(BTL) eval themes $(addprefix $(COMMENTS)/,$(LARGE)) --sample 3000 $(KEPT)
	$(BTL) eval themes $(addprefix $(COMMENTS)/,$(PLANTED)) --simulations --strangers $(COMMENTS)/feedback_nhs_multitheme_dev.parquet $(KEPT)
	$(VENV)/bin/python -m bench.labels $(SHARED) $(KEPT)
	$(VENV)/bin/python -m bench.histories
	$(VENV)/bin/python -m bench.crash --moments 200
	$(VENV)/bin/python -m bench.crash --moments 40 --signal INT
	$(VENV)/bin/python -m bench.faults

bench: $(READY) ## measure speed, memory and growth on the data of SHARED=path, beside other tools
	$(VENV)/bin/python -m bench.split $(SHARED)
	$(VENV)/bin/python -m bench.split_memory $(SHARED)
	$(VENV)/bin/python -m bench.archive $(SHARED)
	$(VENV)/bin/python -m bench.embed $(SHARED)
	$(VENV)/bin/python -m bench.growth $(SHARED)
	$(VENV)/bin/python -m bench.command $(SHARED)

clean: ## remove the environment and caches, but no data
	rm -rf $(VENV) .node .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
