#!/bin/sh
# The mutation run over counter_app/domain/settlement (mutmut): `make mutants`, or `make mutants ONLY="scope settle"`.
# Works in a copy of the checkout below build/: a mutated module never lies where the program or another test finds it.
# Prints every mutant no test noticed, how many there were, and the seconds it took.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/build/mutmut
work=$root/build/mutants
[ -d "$tools" ] ||
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes --target "$tools" -r requirements/mutants.txt
rm -rf "$work"
mkdir -p "$work"
git ls-files | tar -cf - -T - | tar -xf - -C "$work"
cd "$work"
chosen=""
for name in ${ONLY:-"*"}; do chosen="$chosen counter_app.domain.settlement.$name*"; done
set -f
begun=$(date +%s)
PYTHONPATH=$tools "$root/.venv/bin/python" -m mutmut run --max-children "${CORES:-2}" $chosen
PYTHONPATH=$tools "$root/.venv/bin/python" -m mutmut results | grep -v ': not checked' || echo "no survivors"
echo "$(($(date +%s) - begun)) s"
