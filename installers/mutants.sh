#!/bin/sh
# The mutation run over counter_app/domain/settlement (mutmut): `make mutants`, or `make mutants ONLY="scope settle"`.
# Works in a copy of the checkout below build/: a mutated module never lies where the program or another test finds it.
# Prints every mutant no test noticed, how many of each module ran and survived, and the seconds it took.
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
PYTHONPATH=$tools "$root/.venv/bin/python" -m mutmut results --all 1 >results.txt
grep -vE ': (killed|not checked)$' results.txt || echo "no survivors"
awk -F '[.:]' '{ all[$4]++; run[$4] += !/: not checked$/; left[$4] += !/: (killed|not checked)$/ }
  END { for (m in all) print m ": " all[m] " mutants, " run[m] " run, " left[m] " survived" }' results.txt | sort
echo "$(($(date +%s) - begun)) s"
