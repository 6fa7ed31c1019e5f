#!/bin/sh
# views.sh -- checks the templates: what the escaping of ctemplate does not cover, and markers
# against the names used in C, both ways.  First proves with bad samples that each rule can fail;
# with --self-test that is all.
set -eu
cd "$(dirname "$0")/.."
tests=$PWD/tests
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Markers that may say :none, because their HTML is made and checked by us.
allow='layout.html BODY
layout.html TITLE
home/page_show.html HTML
part/changes.html HTML
handbook/section_edit.html HTML
part/handbook_text.html HTML
part/edition_text.html HTML
steering/decision_show.html HTML'

# Names ctemplate leaves unescaped, and files it cannot parse.
check_parsed() { # FILE
	if ! ctemplate-make_tpl_varnames_h -n -q -d -t . "$1" >"$tmp/dump" 2>"$tmp/why"; then
		echo "$1:1: does not parse: $(head -n 1 "$tmp/why")"
	fi
	case $1 in *.html)
		awk -v file="$1" '/^ *Variable Node: / && $3 !~ /:|^BI_/ {
			print file ":1: not escaped: {{" $3 "}}" }' "$tmp/dump" ;;
	esac
}

# Each {{>PART}} has its file.
check_partials() { # VIEWS
	awk '$1 == "I" { print tolower($2), $3 }' "$tmp/names" | while read -r part where; do
		suffix=${where%:*}
		[ -f "$1/part/$part.${suffix##*.}" ] || echo "$where: no part/$part.${suffix##*.}"
	done
}

# Each marker is set somewhere in C, and each name in C is a marker.  (S_I… are macros of
# <sys/stat.h> and str.h.)
check_names() { # WEB
	grep -rnoE --include='*.c' '\b[VS]_[A-Z][A-Z0-9_]*\b' "$1" |
		grep -vE ':S_(INIT|I[A-Z]+)$' >"$tmp/used" || true
	awk 'FILENAME == ARGV[1] { sub(/.*:/, ""); used[$0] = 1; next }
		$1 != "I" && !(($1 "_" $2) in used) { print $3 ": nobody sets " $1 "_" $2 }
	' "$tmp/used" "$tmp/names"
	awk 'FILENAME == ARGV[1] { marker[$1 "_" $2] = 1; next }
		{ name = $0; sub(/.*:/, "", name); sub(/:[^:]*$/, "") }
		!(name in marker) { print $0 ": no template has " name }
	' "$tmp/names" "$tmp/used"
}

lint() { # VIEWS WEB
	: >"$tmp/names"
	find "$1" -name '*.html' -o -name '*.txt' | LC_ALL=C sort | while read -r file; do
		: >"$tmp/names.one"
		awk -v root="$1" -v allow="$allow" -v names="$tmp/names.one" -f "$tests/views.awk" "$file"
		cat "$tmp/names.one" >>"$tmp/names"
		check_parsed "$file"
	done
	check_partials "$1"
	check_names "$2"
}

# --- proof that each rule can fail -------------------------------------------------------------

pragma='{{%AUTOESCAPE context="HTML"}}'
samples=0

# A sample is views/page.html or .txt, judged for exactly the wanted reasons, one a line; the C
# beside it knows its names.
new_sample() {
	rm -rf "$tmp/s"
	mkdir -p "$tmp/s/views/part" "$tmp/s/web"
	samples=$((samples + 1))
}

lines() { # TEXT
	printf '%s' "$1" | grep -c '' || true
}

judge() { # WANTED
	grep -rohE '\{\{#?[A-Z][A-Z0-9]*' "$tmp/s/views" | sed 's/{{#/S_/; s/{{/V_/' |
		grep -vE '^V_(BI|UNSET$)' >>"$tmp/s/web/names.c" || true
	got=$(cd "$tmp/s" && lint views web) || true
	missing=$(printf '%s' "$1" | while read -r line || [ -n "$line" ]; do
		printf '%s\n' "$got" | grep -qF -- "$line" || echo "$line"
	done)
	[ -n "$missing" ] || [ "$(lines "$got")" != "$(lines "$1")" ] || return 0
	printf 'views.sh: wanted "%s", got "%s" for:\n' "$1" "$got"
	head -n 20 "$tmp"/s/views/page.*
	exit 1
}

bad() { # WANTED LINE...
	wanted=$1
	shift
	new_sample
	printf '%s\n' "$pragma" "$@" >"$tmp/s/views/page.html"
	judge "$wanted"
}

prove() {
	bad '' '<!DOCTYPE html>' '<p class="a {{X}}" {{#A}}title="{{T}}"{{/A}}>1 < 2 {{X}}{{BI_SPACE}}</p>' \
		'<a href="{{U}}">{{! a note, <!-- }}</a><a href="/x/{{X:u}}{{#A}}?q={{T:u}}{{/A}}">x</a>' \
		'{{#R}}{{X}}{{#R_separator}}, {{/R_separator}}{{/R}}<textarea>{{X:p}}</textarea>' \
		"<script src='/x.js'></script><input value='{{X}}' disabled>"
	bad 'html:2: javascript:' '<a href="JavaScript:x()">x</a>'
	bad 'html:3: blank at the start of href' '<p></p>' '<a href=" {{X}}">x</a>'
	bad 'html:2: blank at the start of src' '<img alt="" src="{{#A}} {{X}}{{/A}}">'
	bad 'html:2: blank at the start of action' '<form action=" /x"></form>'
	bad 'html:2: marker as tag name' '<{{X}}>'
	bad 'html:2: inline handler: onclick' '<p onclick="x()">'
	bad 'html:3: style attribute' '<p' 'style="x">'
	bad 'html:2: inline style' '<style>p {}</style>'
	bad 'html:2: inline script' '<script>x()</script>'
	bad 'html:2: HTML comment' '<!-- {{X}} -->'
	bad 'html:2: marker as attribute name' '<p {{X}}>'
	bad 'html:2: marker in an unquoted attribute: class' '<p class={{X}}>'
	for attribute in formaction srcset imagesrcset poster srcdoc ping; do
		bad "html:3: marker in $attribute" '<input' "$attribute=\"{{X}}\">"
	done
	bad 'html:2: marker in xlink:href' '<use xlink:href="{{X}}"/>'
	bad 'html:3: marker inside an address needs :u: {{X}}' '<p></p>' '<a href="/x/{{X}}">x</a>'
	bad 'html:2: marker inside an address needs :u: {{X:h}}' '<a href="{{U}}{{X:h}}">x</a>'
	bad 'html:2: unescaped by :none' '<p>{{X:none}}</p>'
	bad 'html:2: unknown modifier: {{X:x-y}}' '<p>{{X:x-y}}</p>'
	bad 'html:2: not a marker name: {{lower}}' '{{lower}}'
	bad 'html:1: does not parse' '<p>' "$pragma"
	bad 'html:2: no part/nowhere.html' '{{>NOWHERE}}'
	bad 'html:1: does not parse' '{{#A}}'
	bad 'html:2: nobody sets V_UNSET' '{{UNSET}}'
	prove_files
}

prove_files() {
	new_sample
	echo '<p></p>' >"$tmp/s/views/page.html"
	judge 'html:1: the pragma is not line 1'
	new_sample
	echo '<p>{{X}}</p>' >"$tmp/s/views/page.html"
	judge 'html:1: the pragma is not line 1
html:1: not escaped: {{X}}'
	new_sample
	printf '%s\n' "$pragma" '{{X}}' >"$tmp/s/views/page.txt"
	judge 'txt:1: pragma in a mail'
	new_sample
	printf '%s\n' 'Hallo {{X}} <mail@x.example>' '{{>P}}' >"$tmp/s/views/page.txt"
	echo 'Gruß' >"$tmp/s/views/part/p.txt"
	judge ''
	new_sample
	printf '%s\n' "$pragma" '<p {{>P}}></p>' >"$tmp/s/views/page.html"
	printf '%s\n' "$pragma" 'x' >"$tmp/s/views/part/p.html"
	judge 'html:2: partial inside a tag'
	new_sample
	printf '%s\n' "$pragma" 'x' >"$tmp/s/views/page.html"
	printf 'x\nview_show(v, S_GONE)\n' >"$tmp/s/web/a.c"
	judge 'web/a.c:2: no template has S_GONE'
}

prove
[ "${1:-}" != --self-test ] || exit 0
findings=$(lint views web) || true
[ -z "$findings" ] || {
	echo "$findings"
	exit 1
}
echo "views: clean; $samples samples show that each rule can fail"
