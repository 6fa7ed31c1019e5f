#!/bin/bash
# cover.sh TESTS... -- runs the tests of build/cover and prints lines and branches covered per file.
set -eu
cd "$(dirname "$0")/.."
find build/cover -name '*.gcda' -delete
for test in "$@"; do
	"$test" >/dev/null 2>&1 || echo "failed: $test" >&2
done
find build/cover -name '*.gcda' | while read -r data; do
	gcov --branch-probabilities --no-output --object-directory "$data" "$data" 2>/dev/null
done | awk '
	/^File / { gsub(/\x27/, "", $2); file = $2 }
	file !~ /^web\// { next }
	/^Lines executed/ { split($2, a, /[:%]/); line[file] = a[2]; n[file] = $NF }
	/^Branches executed/ { next }
	/^Taken at least once/ { split($4, a, /[:%]/); branch[file] = a[2] }
	END {
		for (f in line) {
			printf "%-36s lines %6.1f %%   ", f, line[f]
			if (f in branch) printf "branches %6.1f %%\n", branch[f]
			else print "no branches"
			all += n[f]; hit += n[f] * line[f] / 100
		}
		if (all) printf "~ all lines: %.1f %% of %d\n", 100 * hit / all, all
	}' | LC_ALL=C sort
