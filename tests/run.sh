#!/bin/bash
# run.sh NAME COMMAND... -- runs one group of tests and keeps its outcome for the summary.
# run.sh --begin          -- forgets earlier outcomes.
# run.sh --summary        -- prints all of them; fails unless something ran and all of it passed.
set -u
outcomes=build/outcomes
case $1 in
--begin)
	mkdir -p build
	: >"$outcomes"
	exit 0
	;;
--summary)
	awk -F '\t' '{ passed += $2; failed += $3 }
		$3 { print "  failed: " $1 }
		END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }
	' "$outcomes"
	exit
	;;
esac
name=$1
shift
log=build/log/$name.log
mkdir -p "$(dirname "$log")"
start=$SECONDS
"$@" >"$log" 2>&1
status=$?

# A group says "N passed, M failed", or speaks cmocka's language; else it counts as one test.
counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log" | tail -n 1)
if [ -z "$counts" ]; then
	counts="$(grep -c '^\[       OK ' "$log") $(grep -c '^\[  FAILED  \] [^0-9]*$' "$log")"
fi
read -r passed failed <<<"$counts"
if ((passed + failed == 0 && status == 0)); then passed=1; fi
if ((status != 0 && failed == 0)); then failed=1; fi
printf '%s\t%d\t%d\n' "$name" "$passed" "$failed" >>"$outcomes"
if ((failed == 0)); then
	printf '  ok      %-24s %4d  %3d s\n' "$name" "$passed" $((SECONDS - start))
else
	printf '  FAILED  %-24s %4d of %d; the end of %s:\n' "$name" "$failed" $((passed + failed)) "$log"
	grep -vE '^\[( RUN  |       OK)' "$log" | tail -n 40 | sed 's/^/    /'
fi
exit $((failed > 0))
