#!/bin/sh
# assets.sh OUT HEADER -- prepares the files a browser fetches: each with a checksum in its name
# (so that it may be cached for a year), packed beside it (.gz), and named in HEADER for the program.
set -eu
out=$1 header=$2
here=$(dirname "$0")
kern=$here/node_modules/@kern-ux/native
new=$out.new
rm -rf "$new"
mkdir -p "$new/statisch" "$new/fehler" "$(dirname "$header")"

# Letters of European names, the punctuation and signs our pages use; the full fonts weigh six
# times as much.
letters=U+0020-007E,U+00A0-017F,U+0218-021B,U+1E9E,U+2010-2015,U+2018-201A,U+201C-201E,U+2020-2022
letters=$letters,U+2026,U+202F,U+2030,U+2039,U+203A,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2248
letters=$letters,U+2260,U+2264,U+2265

# store FILE NAME EXT: moves FILE to NAME.<checksum>.EXT and prints that name.
store() {
	sum=$(sha256sum <"$1" | cut -c1-10)
	mv "$1" "$new/statisch/$2.$sum.$3"
	case $3 in css | svg) gzip -9nk "$new/statisch/$2.$sum.$3" ;; esac
	echo "$2.$sum.$3"
}

subset() {
	pyftsubset "$kern/dist/fonts/fira-sans/FiraSans-$1.woff2" --unicodes="$letters" \
		--layout-features=kern,liga,calt,ccmp,locl,mark,mkmk,tnum,lnum \
		--flavor=woff2 --output-file="$new/font" 2>"$new/font.log" || {
		cat "$new/font.log" >&2
		exit 1
	}
	rm "$new/font.log"
	store "$new/font" "$2" woff2
}

regular=$(subset Regular fira-sans-regular)
semibold=$(subset SemiBold fira-sans-semibold)
sed -e "s/fira-sans-regular\.woff2/$regular/" -e "s/fira-sans-semibold\.woff2/$semibold/" \
	"$here/app.css" >"$new/css"
app=$(store "$new/css" app css)
cp "$kern/dist/kern.min.css" "$new/css"
kern_css=$(store "$new/css" kern css)
cp "$here/marke.svg" "$new/svg"
marke=$(store "$new/svg" marke svg)

# Under fixed names, for the web server itself: the icon that browsers ask for unasked.
cp "$here/marke.svg" "$new/statisch/marke.svg"
cp "$here/OFL.txt" "$new/statisch/fira-sans-OFL.txt"
cp "$kern/LICENSE.md" "$new/statisch/kern-EUPL.txt"

# The pages of the web server, for when the program cannot answer: one form, one line of text each.
while IFS='|' read -r status title text; do
	sed -e "s#@STATUS@#$status#; s#@TITLE@#$title#; s#@TEXT@#$text#" \
		-e "s#@KERN@#/statisch/$kern_css#; s#@APP@#/statisch/$app#; s#@MARKE@#/statisch/$marke#" \
		"$here/fehler.html" >"$new/fehler/$status.html"
done <"$here/fehler.txt"

cat >"$header.new" <<EOF
/* Written by static/assets.sh: addresses of the static files of this build. */
#ifndef GEN_ASSETS_H
#define GEN_ASSETS_H
#define ASSET_APP_CSS "/statisch/$app"
#define ASSET_KERN_CSS "/statisch/$kern_css"
#define ASSET_MARKE "/statisch/$marke"
#define ASSET_FONT_REGULAR "/statisch/$regular"
#define ASSET_FONT_SEMIBOLD "/statisch/$semibold"
#endif
EOF
if cmp -s "$header.new" "$header"; then rm "$header.new"; else mv "$header.new" "$header"; fi
rm -rf "$out"
mv "$new" "$out"
