#!/bin/sh
# Every page has a language and a title, and what it points at within the site
# exists. Run from the repository's root.
set -eu

site="${1:-site}"
problems="$(mktemp)"
trap 'rm -f "$problems"' EXIT

find "$site" -name '*.html' | while read -r page; do
  grep -q '<html lang="' "$page" || echo "$page: has no language" >>"$problems"
  grep -q '<title>[^<]' "$page" || echo "$page: has no title" >>"$problems"
  grep -o '\(href\|src\)="/[^"#?]*' "$page" | sed 's/^[a-z]*="//' | while read -r link; do
    target="$site$link"
    if [ ! -f "$target" ] && [ ! -f "$target/index.html" ] && [ ! -f "$target.html" ]; then
      echo "$page: nothing is at $link" >>"$problems"
    fi
  done
done

if [ -s "$problems" ]; then
  cat "$problems" >&2
  exit 1
fi
echo "all pages are fine"
