#!/bin/sh
# layers.sh -- checks that the house keeps its rooms: who includes whom, vendor headers behind one
# door, short files, nothing that points out of the repository.  First proves with bad samples that
# each rule can fail; with --self-test that is all.
set -eu
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

top='README.md LICENSE Makefile nginx schema static tests views web .ci .clang-format .clang-tidy
	.editorconfig .gitignore'

# vendor header (beginning) and the one file or room that may include it
vendors='fcgi web/http/fcgi.c
ctemplate/ web/view/
sodium web/base/secret.c
sqlite3 web/db/connection.h
cmark web/markup/
utf8proc web/markup/normal.c
xlsxwriter web/export/xlsx.c
zlib web/export/zip.c
libical/ web/export/
liboath/ web/base/totp.c
qrencode web/export/qr.c
curl/ web/export/smtp.c
seccomp web/http/
linux/ web/http/'

files() { # all files of the project, also those not yet committed
	if [ -e .git ]; then
		git ls-files -co --exclude-standard | while read -r f; do [ ! -e "$f" ] || echo "$f"; done
	else
		find . -type f | sed 's,^\./,,'
	fi
}

check_top() {
	cut -d/ -f1 "$tmp/files" | sort -u | while read -r name; do
		case " $(echo $top) " in *" $name "*) ;; *) echo "$name: has no place at the top" ;; esac
	done
}

check_length() {
	grep -E '^(web|tests|nginx|schema|static)/.*\.(c|cc|h|hh|sh|awk|mjs)$' "$tmp/files" |
		while read -r f; do
			lines=$(wc -l <"$f")
			[ "$lines" -le 400 ] || echo "$f: $lines lines, 400 are enough"
		done
}

# base <- db, view, http, markup, export <- app <- features/x <- routes.c, main.c and their like
check_includes() {
	grep -E '^web/.*\.(c|cc|h|hh)$' "$tmp/files" | while read -r f; do
		sed -nE 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*([<"][^>"]*).*/\1/p' "$f" |
			sed "s,^,$f ,"
	done | awk -v vendors="$vendors" '
		function layer(room) {
			if (room == "base") return 0
			if (room ~ /^(db|view|http|markup|export)$/) return 1
			if (room == "app") return 2
			return room == "features" ? 3 : 4
		}
		BEGIN { n = split(vendors, v, "\n") }
		{ kind = substr($2, 1, 1); name = substr($2, 2); depth = split($1, at, "/") }
		kind == "<" {
			for (i = 1; i <= n; i++) {
				split(v[i], rule, " ")
				if (index(name, rule[1]) == 1 && index($1, rule[2]) != 1)
					print $1 ": <" name "> belongs to " rule[2]
			}
			next
		}
		{ parts = split(name, to, "/"); from = depth > 2 ? at[2] : "" }
		parts == 1 || to[1] == "gen" { next } # beside main.c; generated
		layer(to[1]) > layer(from) || (layer(to[1]) == 1 && layer(from) == 1 && to[1] != from) {
			print $1 ": may not include " name
		}
		from == "features" && depth > 3 && to[1] == "features" && parts > 2 && to[2] != at[3] {
			print $1 ": features do not see each other: " name
		}'
}

# What the world reads comes from the tables of editions and from no others.
check_public() {
	grep -E '^web/features/handbook/(public|edition_text|edition_view|edition_pack).*\.c$' "$tmp/files" |
		while read -r f; do
			tr -d '"\n\t' <"$f" | grep -oE '\b(FROM|JOIN|INTO|UPDATE) +[a-z_]+' |
				grep -vE ' (edition|edition_section|edition_block)$' |
				sed "s,^,$f: reads more than editions: ,"
		done
}

# Nothing outside of the repository: no path that climbs out of it, none of this machine.
check_outside() {
	machine=$(dirname "$PWD")/
	while read -r f; do
		up=$(echo "$f" | awk -F/ '{ for (i = 1; i <= NF; i++) printf "[.][.]/" }')
		grep -nIE "(^|[^./[:alnum:]])$up" "$f" | sed "s,^,$f: leaves the repository: ,"
		[ "$machine" = // ] || [ "$machine" = /tmp/ ] ||
			grep -nIF "$machine" "$f" | sed "s,^,$f: names a folder of this machine: ,"
		grep -nIE '(registry|npm|deb|security|pypi)[.][a-z]+[.](org|com|net)' "$f" |
			sed "s,^,$f: names a package server: ,"
		case $f in */package-lock.json | */.npmrc)
			grep -nE '"resolved"|://' "$f" | sed "s,^,$f: names a download address: ," ;;
		esac
	done <"$tmp/files"
}

check() { # DIR: prints what is wrong there
	(
		cd "$1"
		files >"$tmp/files"
		check_top
		check_length
		check_includes
		check_public
		check_outside
	)
}

# --- proof that each rule can fail -------------------------------------------------------------
proofs=0 up=..
expect() { # MESSAGE FILE TEXT: this file alone must bring this message; an empty one: nothing
	rm -rf "$tmp/house"
	mkdir -p "$tmp/house/$(dirname "$2")"
	printf '%b\n' "$3" >"$tmp/house/$2"
	found=$(check "$tmp/house")
	case $found in
	"") [ -z "$1" ] || { echo "layers.sh overlooks: $1 ($2)" && exit 1; } ;;
	*"${1:-"(nothing)"}"*) ;;
	*) echo "layers.sh says of $2: $found; expected: $1" && exit 1 ;;
	esac
	proofs=$((proofs + 1))
}
expect 'no place at the top' notes.txt x
expect '400 are enough' web/app/long.c "$(seq -s '\n' 401)"
expect 'may not include db/db.h' web/base/a.c '#include "db/db.h"'
expect 'may not include http/request.h' web/db/a.c '#include "http/request.h"'
expect 'may not include app/app.h' web/view/a.cc '#include "app/app.h"'
expect 'may not include features/home/home.h' web/app/a.h '  # include "features/home/home.h"'
expect 'do not see each other' web/features/home/a.c '#include "features/people/people.h"'
expect '<sqlite3.h> belongs to' web/features/home/a.c '#include <sqlite3.h>'
expect '<fcgiapp.h> belongs to' web/http/request.c '#include <fcgiapp.h>'
expect 'reads more than editions: JOIN revision' web/features/handbook/public_x.c '"SELECT a FROM edition e"\n" JOIN revision r"'
expect '' web/features/handbook/public_x.c '"SELECT a FROM edition e"\n" JOIN edition_section s"'
expect 'leaves the repository' tests/a.sh "cat $up/$up/elsewhere"
expect 'names a folder of this machine' views/a.html "$tmp/x"
expect 'names a package server' Makefile "curl registry"'.example.org'
expect 'names a download address' static/package-lock.json '"resolved": "x"'
expect '' web/features/home/a.c '#include "app/app.h"\n#include "db/db.h"\n#include "features/home/b.h"'
expect '' web/main.c '#include "features/home/home.h"\n#include "http/supervisor.h"'
expect '' tests/browser/a.mjs "import x from '$up/$up/build/x.js'"
[ "${1-}" != --self-test ] || { echo "layers.sh: $proofs proofs" && exit 0; }

found=$(check .)
[ -z "$found" ] || { echo "$found" && exit 1; }
echo "layers: in order ($proofs proofs)"
