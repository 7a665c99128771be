# make demo: set everything up and make real reports. make test: set everything up and test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STAMP := $(VENV)/.installed

.PHONY: all demo test docs links coverage fuzz healthy quality quality-short release audit office faults long stores lint lab pictures clean

# What a user needs; the tests need more.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[office]'
	touch $(READY)

$(STAMP): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,lint,data,docs]'
	touch $(STAMP)

demo: $(READY)
	$(BIN)/toolkit batch datasets --out demo --lang ja,en --formats html,pdf,pptx,xlsx,csv,ipynb
	@echo
	@echo "Reports:"
	@ls demo/index.html demo/*/report*.html demo/*/report*.pdf demo/*/deck*.pptx demo/*/workbook*.xlsx demo/*/findings*.csv demo/*/report.ipynb demo/*/diagnosis.json

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

coverage: $(STAMP)
	$(BIN)/python -m pytest --cov=toolkit

N ?= 50000
SEED ?= 1
fuzz: $(STAMP)
	$(BIN)/python tests/fuzz/fuzz.py --n $(N) --seed $(SEED)

SHOPS ?= 100
healthy: $(STAMP)
	$(BIN)/python tests/healthy/run.py --seeds $(SHOPS)

# Faults planted in invented clients, found or not; publishes docs/quality.md. Hours on two cores.
TRIALS ?= 20
quality: $(STAMP)
	$(BIN)/python tests/quality/run.py --seeds $(TRIALS) --healthy 40 --out docs

# The same in minutes: a few faults of two kinds of firm. Publishes nothing.
quality-short: $(STAMP)
	$(BIN)/python tests/quality/run.py --seeds 2 --healthy 3 --models gen,saas --rules JRN002,CRM003,PAY001 \
	  --graded "" --small "" --truth 1 --out build/quality

# The documentation in both languages; a warning or a link that leads nowhere is an error.
docs: $(STAMP)
	$(BIN)/python docs/site/build.py build/docs
	@echo build/docs/index.html

# Its links to other sites, tried one by one over the network.
links: $(STAMP)
	$(BIN)/python docs/site/build.py build/links linkcheck

# All that must hold: style and types, tests (short faults among them), the documentation, quality in short.
all: lint test docs quality-short

# Wheel and sdist into dist/: what is in them is checked, then the wheel is tried where nothing else is.
release: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[release]'
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python tests/release/contents.py dist/*
	$(BIN)/python tests/release/run.py dist/*.whl

# Known weaknesses of what is installed (asks a database on the internet), and licences (does not).
audit: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[release]'
	$(BIN)/python docs/make_licences.py --check
	$(BIN)/python -m pip_audit --skip-editable

# A batch of every store of The Complete Journey: all accounted for, the smallest told honestly.
LINES ?=
stores: $(STAMP)
	$(BIN)/python tests/large/stores.py $(if $(LINES),--lines $(LINES))

# Deck and workbook opened by LibreOffice (soffice), every formula counted anew.
office: $(STAMP)
	TOOLKIT_TEST_OFFICE=1 $(BIN)/python -m pytest tests/office

# Kills, full disks and signals at random and at every step, and a soak of 300 clients. An hour.
faults: $(STAMP)
	TOOLKIT_TEST_LONG=1 $(BIN)/python -m pytest -rP tests/faults tests/cluster tests/batch/test_leaks.py

long: $(STAMP)
	TOOLKIT_TEST_LONG=1 $(BIN)/python -m pytest tests/measures tests/diagnosis tests/quality tests/lessons tests/browser

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32

lab: $(READY)
	$(BIN)/jupyter lab --ip 127.0.0.1 notebooks

# The pictures of the READMEs and the documentation: of real pages, and of what the tests do.
pictures: demo $(STAMP)
	$(BIN)/python docs/make_pictures.py demo
	for tests in tests/browser/test_lesson.py tests/browser/test_forms.py tests/docs/test_journeys.py; do \
	  TOOLKIT_TEST_LONG=1 TOOLKIT_PICTURES=$(CURDIR)/docs/pictures $(BIN)/python -m pytest $$tests || exit 1; done

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache
