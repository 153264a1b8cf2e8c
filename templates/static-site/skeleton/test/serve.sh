#!/bin/sh
# Starts the site as its image does and asks it: needs nginx and curl. Run from
# the repository's root.
set -eu

port="${PORT:-18080}"
log="$(mktemp)"
PORT="$port" SITE="$PWD/site" NGINX_TEMPLATE="$PWD/nginx/nginx.conf" \
  DRAIN_DELAY_SECONDS=1 sh nginx/start.sh >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT

fail() {
  echo "$1" >&2
  cat "$log" >&2
  exit 1
}

status() {
  curl -s -o /dev/null -w '%{http_code}' "$@"
}

url="http://127.0.0.1:$port"
attempt=0
until [ "$(status "$url/readyz")" = 200 ]; do
  attempt=$((attempt + 1))
  [ "$attempt" -lt 50 ] || fail "it did not become ready"
  sleep 0.1
done

trace=4bf92f3577b34da6a3ce929d0e0e4736
span=00f067aa0ba902b7
[ "$(status "$url/healthz")" = 200 ] || fail "it is not alive"
[ "$(status -H "traceparent: 00-$trace-$span-01" "$url/")" = 200 ] || fail "it has no start page"
[ "$(status -H "b3: $trace-$span-1" "$url/about")" = 200 ] || fail "pages need their ending"
[ "$(status "$url/nowhere")" = 404 ] || fail "it finds what is not there"
curl -s "$url/metrics" | grep -q '^nginx_connections{state="active"} [0-9]' || fail "it has no metrics"
[ "$(grep -c "\"trace.id\":\"$trace\",\"span.id\":\"$span\"" "$log")" = 2 ] || fail "its log has no traces"
! grep -q healthz "$log" || fail "probes are logged"

kill -TERM "$server"
sleep 0.3
[ "$(status "$url/readyz")" = 503 ] || fail "it is ready while it ends"
wait "$server" || fail "it did not end well"
trap - EXIT
rm -f "$log"
echo "the site is served"
