#!/bin/sh
# setup.sh run|bench|test -- installs what is missing to build and run (or also to measure, or to
# test) on Debian 12.
# setup.sh npm DIR  -- only the npm packages of DIR, exactly as its lock file says.
# Says what it does; does nothing when all is there.
set -eu
cd "$(dirname "$0")/.."

libraries='gcc g++ make pkg-config libfcgi-dev libctemplate-dev libsodium-dev libsqlite3-dev
	libcmark-gfm-dev libcmark-gfm-extensions-dev libutf8proc-dev libxlsxwriter-dev libical-dev zlib1g-dev
	liboath-dev libqrencode-dev libcurl4-openssl-dev
	fonttools python3-brotli libnginx-mod-http-headers-more-filter'
for_tests='libcmocka-dev python3 python3-aiosmtpd clang-format-14 clang-tidy-14 lld
	fonts-liberation'

# A tool that is there in any edition is good enough: "command package".
tools='nginx:nginx-light curl:curl node:nodejs npm:npm'
tools_bench='wrk:wrk'
tools_tests='chromium-headless-shell:chromium-headless-shell java:default-jre-headless'

PATH=$PATH:/usr/sbin:/sbin
has() { command -v "$1" >/dev/null 2>&1; }

missing_packages() {
	have=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package} ' 2>/dev/null) "
	for package in $1; do
		case $have in *"ii $package "*) ;; *) printf '%s ' "$package" ;; esac
	done
	for pair in $2; do
		has "${pair%%:*}" || printf '%s ' "${pair#*:}"
	done
}

install_packages() {
	[ -n "$1" ] || return 0
	if ! has apt-get; then
		echo "setup: this needs Debian 12; missing here: $1" >&2
		exit 1
	fi
	if [ "$(id -u)" = 0 ]; then
		as_root=env
	elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
		as_root='sudo env'
	else
		echo "setup: packages are missing. Please run as root, then try again:" >&2
		echo "    apt-get install --no-install-recommends $1" >&2
		exit 1
	fi
	echo "setup: installing Debian packages: $1"
	has nginx && had_nginx=yes || had_nginx=no
	$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq update
	# shellcheck disable=SC2086
	$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $1
	# Debian starts a new nginx on port 80 at once; ours runs on its own and needs none of that.
	if [ $had_nginx = no ] && [ -d /run/systemd/system ]; then
		$as_root systemctl disable --now nginx
	fi
}

# npm_packages DIR: node_modules is good while its own record is newer than our lock file.
npm_packages() {
	record=$1/node_modules/.package-lock.json
	if [ -e "$record" ] && [ -z "$(find "$1/package-lock.json" -newer "$record")" ]; then
		return 0
	fi
	echo "setup: installing npm packages of $1"
	(cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
	touch "$record"
}

case ${1-} in
run)
	install_packages "$(missing_packages "$libraries" "$tools")"
	npm_packages static
	;;
bench)
	install_packages "$(missing_packages "$libraries" "$tools $tools_bench")"
	npm_packages static
	;;
test)
	install_packages "$(missing_packages "$libraries $for_tests" "$tools $tools_bench $tools_tests")"
	npm_packages static
	npm_packages tests/browser
	;;
npm)
	npm_packages "$2"
	;;
*)
	echo "usage: setup.sh run | bench | test | npm DIR" >&2
	exit 2
	;;
esac
