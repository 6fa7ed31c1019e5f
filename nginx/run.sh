#!/bin/bash
# run.sh PORT [VAR] -- serves the built program on 127.0.0.1:PORT until Ctrl-C: database with demo
# data on the first start, program, nginx.  Everything it writes lies in VAR (var/).
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
port=${1:-8080}
var=$(mkdir -p "${2:-var}" && cd "${2:-var}" && pwd)
program=${HANDSCHLAG:-$root/build/release/handschlag}
mailer=$program-mail
address=http://127.0.0.1:$port
PATH=$PATH:/usr/sbin

fail() {
	echo "run: $*" >&2
	exit 1
}

[[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || fail "PORT must be a number, not \"$port\""

# The lock is held as long as this script lives, whatever happens to it.
umask 027
exec 9>>"$var/lock"
if ! flock -n 9; then
	read -r old_port old_pid <"$var/running" 2>/dev/null || true
	fail "already running on http://127.0.0.1:${old_port:-?} (process ${old_pid:-?})." \
		"Stop it there with Ctrl-C, or: kill ${old_pid:-?}"
fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
	fail "port $port is taken by another program. Choose one: make run PORT=$((port + 1))"
fi
echo "$port $$" >"$var/running"

mkdir -p "$var/data" "$var/log" "$var/run" "$var/nginx"
socket=$var/run/handschlag.sock
# A path of more than 107 bytes does not fit into a socket address.
if ((${#socket} > 100)); then
	short=$(mktemp -d /tmp/handschlag.XXXXXX)
	socket=$short/handschlag.sock
fi

config=$var/handschlag.conf
if [ ! -e "$config" ]; then
	cat >"$config" <<-EOF
		# Settings of this instance; base_url and socket follow "make run" at each start.
		base_url = $address
		cooperation = Smarte Region Vierland
		data = $var/data
		views = $root/views
		pages = $root/views/pages
		socket = $socket
		workers = 4
		development = yes
		# The demo's people have no phones.
		second_factor = no
	EOF
fi
sed -i -e "s|^base_url *=.*|base_url = $address|" -e "s|^socket *=.*|socket = $socket|" "$config"

# nginx started by root would hand its work to another user, who may not read this directory.
ln -sfn "$root/nginx" "$var/nginx/handschlag"
{
	if [ "$(id -u)" = 0 ]; then echo "user root;"; fi
	sed -e "s|@PORT@|$port|g" -e "s|@VAR@|$var|g" -e "s|@SOCKET@|$socket|g" \
		-e "s|@STATIC@|$root/build/static|g" nginx/development.conf
} >"$var/nginx/nginx.conf"

echo "run: database in $var/data"
"$program" -c "$config" migrate 2>>"$var/log/handschlag.log" || {
	tail -n 5 "$var/log/handschlag.log" >&2
	fail "the database could not be prepared"
}
if [ ! -e "$var/demo-logins.txt" ]; then
	echo "run: writing demo data"
	"$program" -c "$config" demo >"$var/demo-logins.new" 2>>"$var/log/handschlag.log" || {
		tail -n 5 "$var/log/handschlag.log" >&2
		fail "the demo data could not be written"
	}
	mv "$var/demo-logins.new" "$var/demo-logins.txt"
fi

# Process groups of their own: Ctrl-C then reaches this script alone, which stops them in order.
set -m
"$program" -c "$config" serve 2>>"$var/log/handschlag.log" 9>&- &
program_pid=$!
nginx -e "$var/log/nginx.log" -c "$var/nginx/nginx.conf" 9>&- &
nginx_pid=$!
mailer_pid=
if grep -q '^smtp *=' "$config"; then
	"$mailer" -c "$config" 2>>"$var/log/mail.log" 9>&- &
	mailer_pid=$!
fi
set +m

stop() {
	trap '' INT TERM HUP
	kill -QUIT "$nginx_pid" 2>/dev/null || true
	wait "$nginx_pid" 2>/dev/null || true
	kill -TERM $mailer_pid "$program_pid" 2>/dev/null || true
	wait $mailer_pid "$program_pid" 2>/dev/null || true
	rm -rf "$var/running" ${short:+"$short"}
}
trap 'stop; echo "run: stopped"; exit 0' INT TERM HUP

failed() {
	echo "run: $1; the last lines of its log:" >&2
	tail -n 5 "$2" >&2
	stop
	exit 1
}
alive() {
	kill -0 "$program_pid" 2>/dev/null || failed "the program has ended" "$var/log/handschlag.log"
	kill -0 "$nginx_pid" 2>/dev/null || failed "nginx has ended" "$var/log/nginx.log"
	[ -z "$mailer_pid" ] || kill -0 "$mailer_pid" 2>/dev/null ||
		failed "the program that sends letters has ended" "$var/log/mail.log"
}

for _ in $(seq 100); do
	alive
	if curl -fs -o "$var/run/health" "$address/healthz"; then
		ready=yes
		break
	fi
	sleep 0.1
done
[ "${ready-}" ] || failed "no answer within 10 seconds" "$var/log/handschlag.log"

cat <<EOF

  Handschlag: $address
  Logs:       $var/log (handschlag.log, nginx.log, access.log)
  Stop:       Ctrl-C

$(sed 's/^/  /' "$var/demo-logins.txt")
EOF
wait -n "$program_pid" "$nginx_pid" $mailer_pid || true
alive
