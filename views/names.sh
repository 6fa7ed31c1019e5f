#!/bin/sh
# names.sh FILE... -- prints the C header with the names of all markers of the given templates:
# V_TITLE for {{TITLE}}, S_ROW for {{#ROW}}; a misspelt name does not compile.  The templates are
# parsed by ctemplate itself, so a malformed one stops the build here.
set -eu
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT
failed=0
for file in "$@"; do
	ctemplate-make_tpl_varnames_h -n -q -d -t . "$file" >>"$dump" || failed=1
done
[ $failed = 0 ] || exit 1
echo '/* Written by views/names.sh: the markers of all templates. */'
echo '#ifndef GEN_VIEWS_H'
echo '#define GEN_VIEWS_H'
awk '
	/^ *Variable Node: [A-Z]/ { sub(/:.*/, "", $3); kind = "V" }
	/^ *Section Start: [A-Z]/ { kind = "S" }
	kind && $3 !~ /^BI_|_separator$/ { printf "#define %s_%s \"%s\"\n", kind, $3, $3 }
	{ kind = "" }' "$dump" | LC_ALL=C sort -u
echo '#endif'
