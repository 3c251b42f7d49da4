# Everything a fresh machine needs is Python 3.11+ and make. `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
# How many processes the tests run in; each process loads the program once, a test file stays in one of them.
JOBS ?= 2
PYTEST = OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadfile
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow lint bench bench-planning bench-matching bench-notebook notebooks format calibrate shots pictures chromium clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1|/' | column -t -s '|'

# Rebuilt whole when the requirements change, so that no stale package lingers in it.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "skillmatch needs Python 3.11 or later; set PYTHON=/path/to/it"; exit 2; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check --editable '.[notebook,train,dev]'
	@touch $@

demo: $(READY)  ## install if needed, then show gap, recommendations and pathway on the demo organisation
	@$(BIN)/skillmatch demo

test: lint  ## the checks and all tests but the slow ones
	$(PYTEST) -m 'not slow'

test-slow: $(READY)  ## the slow tests, and the random ones with many more examples (hours; before a release)
	$(PYTEST) -m 'slow or hypothesis' --hypothesis-profile thorough

lint: $(READY)  ## style, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)  ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure speed and quality against baselines (needs the real data, see benchmarks/README.md)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.planning --people 2000 --options 20 --family all
	$(BIN)/python -m benchmarks.planning.slider --people 2000

bench-planning: $(READY)  ## measure plans for 2,000, 10,000 and 100,000 people (about 40 minutes)
	$(BIN)/python -m benchmarks.planning --people 2000 --options 20 --family all
	$(BIN)/python -m benchmarks.planning --people 10000 --options 20 --family all
	$(BIN)/python -m benchmarks.planning --people 100000 --options 10 --family mixed --solver ours --solver lp_rounding
	$(BIN)/python -m benchmarks.planning.slider --people 2000

bench-matching: $(READY)  ## measure matching against baselines and write the model card (needs the real data)
	$(BIN)/python -m benchmarks.matching --threads 2 --cache .bench --out .bench/matching.md --card

calibrate: $(READY)  ## train the linker's calibration again (needs the real data)
	$(BIN)/python -m benchmarks.train_linker --threads 2

notebooks: $(READY)  ## run all notebooks on the demo and write them as web pages into build/notebooks
	env -u SKILLMATCH_WORKSPACE JUPYTER_PATH=notebooks/jupyter $(BIN)/jupyter nbconvert --execute --to html \
		--template offline --NbConvertBase.display_data_priority='["text/html", "text/markdown", "image/png", "text/plain"]' \
		--output-dir build/notebooks notebooks/*.ipynb

bench-notebook: $(READY)  ## measure the planner's notebook in a browser, on 5,000 people (needs Chromium)
	$(BIN)/python -m benchmarks.notebook

shots: $(READY)  ## take pictures of every view on the demo, both themes, wide and narrow, into build/shots (needs Chromium)
	SKILLMATCH_SHOTS=build/shots $(BIN)/python -m pytest -m slow tests/browser/test_shots.py

pictures: $(READY)  ## draw the small pictures anew that the browser tests compare with (needs Chromium)
	SKILLMATCH_PICTURES=keep $(BIN)/python -m pytest tests/browser/test_pictures.py -k kept

chromium:  ## install the browser that the browser tests drive (Debian; needs root)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium; }

clean:  ## remove the virtual environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
