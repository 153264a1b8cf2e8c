#!/bin/sh
# Writes the configuration that the environment decides, starts nginx, and ends
# it without lost requests: readiness goes off first, requests are still served
# for a while, running ones may end.
set -eu

export PORT="${PORT:-${{ values.port }}}"
export SERVICE_NAME="${SERVICE_NAME:-${{ values.name }}}"
export SERVICE_VERSION="${SERVICE_VERSION:-0.0.0}"
export SITE="${SITE:-/site}"
drain_delay_seconds="${DRAIN_DELAY_SECONDS:-1}"
template="${NGINX_TEMPLATE:-/etc/nginx/nginx.conf.template}"
configuration="/tmp/nginx-${PORT}.conf"
ready="/tmp/ready-${PORT}"
mime_types="${MIME_TYPES:-/etc/nginx/mime.types}"

case "$PORT" in
  '' | *[!0-9]*)
    echo "PORT: expected a number, got \"$PORT\"" >&2
    exit 2
    ;;
esac

sed -e "s|\${PORT}|$PORT|g" \
  -e "s|\${SERVICE_NAME}|$SERVICE_NAME|g" \
  -e "s|\${SERVICE_VERSION}|$SERVICE_VERSION|g" \
  -e "s|\${SITE}|$SITE|g" \
  -e "s|include mime.types|include $mime_types|" \
  -e "s|/tmp/nginx.pid|/tmp/nginx-$PORT.pid|" \
  "$template" >"$configuration"

nginx -c "$configuration" &
nginx=$!
touch "$ready"

drain() {
  rm -f "$ready"
  sleep "$drain_delay_seconds"
  kill -QUIT "$nginx"
}
trap drain TERM INT

# The first wait ends when the signal comes, the second with nginx.
wait "$nginx" || true
wait "$nginx"
