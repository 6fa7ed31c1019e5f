#!/bin/bash
# all.sh TESTS... -- everything `make test` runs after building: C tests, the program in a browser,
# the browser, the short fault tests, a bench that only has to run.  Stops at the first group that
# fails, and always ends with the numbers.
set -u
cd "$(dirname "$0")/.."
trap 'tests/run.sh --summary' EXIT
run() { tests/run.sh "$@" || exit 1; }

# Short traces of where memory came from, and only its first bytes filled: a third of the time.
quick=malloc_context_size=8:max_malloc_fill_size=256
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:$quick UBSAN_OPTIONS=print_stacktrace=1
# Lines of name and command, side by side, one for each processor; all are heard before the first
# failure counts.
side_by_side() { xargs -P "$(nproc)" -L 1 tests/run.sh; }

for test; do echo "$(basename "$test") $test"; done | side_by_side || exit 1
if [ -e tests/browser/run.mjs ]; then run browser node tests/browser/run.mjs; fi
# These look at the clock, so nothing runs beside them; the second is what strangers send, once more
# to the program with sanitizers.
run faults-kill tests/faults/kill_test.py --short
run faults-limits tests/faults/limits_test.py --short
HANDSCHLAG=build/test/handschlag run faults-limits-asan tests/faults/limits_test.py --short
for test in disk ledger mail vote; do
	echo "faults-$test tests/faults/${test}_test.py --short"
done | side_by_side || exit 1
run bench tests/bench/bench.py --smoke
