#!/bin/sh
# names.sh FILE... -- prints the C header with the names of all markers of the given templates:
# V_TITLE for {{TITLE}}, S_ROW for {{#ROW}}, I_PART for {{>PART}}; a misspelt name does not compile.
set -eu
echo '/* Written by views/names.sh: the markers of all templates. */'
echo '#ifndef GEN_VIEWS_H'
echo '#define GEN_VIEWS_H'
[ $# = 0 ] || cat "$@" | grep -oE '\{\{[#>]?[A-Z][A-Z0-9_]*' | sed -E '
	s/^\{\{#(.*)/#define S_\1 "\1"/
	s/^\{\{>(.*)/#define I_\1 "\1"/
	s/^\{\{(.*)/#define V_\1 "\1"/' | LC_ALL=C sort -u
echo '#endif'
