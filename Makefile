# Everything is set up in this checkout's own .venv; `installers/setup.sh` looks first and installs only what is missing.
PY := .venv/bin/python
# some images set it: then each of the hundred processes the tests start would compile the program anew
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run test lint bench soak setup fmt package mutants

setup: .venv/.ready

.venv/.ready: requirements/dev.txt pyproject.toml installers/setup.sh
	sh installers/setup.sh

run: setup
	$(PY) -m ui.app demo --auto

# what an interrupted run measured must not count for this one; each worker keeps to its half of the files (whose centres and
# rosters are made once then) and takes from the other's when it is done
test: setup
	rm -f .coverage .coverage.*
	$(PY) -m pytest -q -n 2 --dist worksteal --cov --cov-report= -m "not soak"
	$(PY) -m tests.architecture.coverage_floors

lint: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

fmt: setup
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format --quiet .

bench: setup
	for name in start evaluate accept settle scan bills search; do $(PY) -m ui.app bench $$name --json || exit 1; done

soak: setup
	$(PY) -m pytest -q -n 2 -rP --timeout 0 --hypothesis-profile soak -m soak

# under half an hour, even on one core; what it found is in tests/unit/domain/settlement/MUTANTS.md
mutants: setup
	sh installers/mutants.sh

# the frozen program, its smoke test with a centre run from source, and the .deb around it: build/package
package: setup
	sh installers/build_tools.sh
	$(PY) -m installers.package
