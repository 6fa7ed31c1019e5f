#!/bin/sh
# embed.sh FILE... -- prints the C source that carries the migrations inside the program, so that
# program and schema cannot be of different age.
set -eu
echo '/* Written by schema/embed.sh from schema/NNNN_*.sql. */'
echo '#include "db/migrate.h"'
for file in "$@"; do
	name=$(basename "$file" .sql)
	# Numbers, not a string literal: C11 promises only 4095 characters for those.
	echo "static const char sql_$name[] = {"
	od -An -v -td1 "$file" | sed 's/ *\(-*[0-9][0-9]*\)/\1,/g'
	echo '0};'
done
echo 'const struct migration migrations[] = {'
for file in "$@"; do
	name=$(basename "$file" .sql)
	number=$(echo "${name%%_*}" | sed 's/^0*//')
	echo "	{$number, \"$name\", sql_$name},"
done
echo '	{0, NULL, NULL},'
echo '};'
