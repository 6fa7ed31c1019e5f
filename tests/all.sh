#!/bin/bash
# all.sh TESTS... -- everything `make test` runs after building: C tests, the program in a browser,
# the browser, the short fault tests, a bench that only has to run.  Stops at the first group that
# fails, and always ends with the numbers.
set -u
cd "$(dirname "$0")/.."
trap 'tests/run.sh --summary' EXIT
run() { tests/run.sh "$@" || exit 1; }

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
# Side by side, one for each processor; all are heard before the first failure counts.
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} sh -c 'tests/run.sh "$(basename {})" {}' || exit 1
if [ -e tests/browser/run.mjs ]; then run browser node tests/browser/run.mjs; fi
for test in tests/faults/*_test.py; do
	run "faults-$(basename "$test" _test.py)" "$test" --short
done
# What strangers send, once more to the program with sanitizers.
HANDSCHLAG=build/test/handschlag run faults-limits-asan tests/faults/limits_test.py --short
run bench tests/bench/bench.py --smoke
