#!/usr/bin/env bash
# Take the README's picture: docs/screenshot.sh [DATA]  (the demo's data without one). Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:-data/demo}
out=docs/screenshot.png
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  echo "no Chromium here; install it (Debian: apt install chromium)" >&2
  exit 1
}
profile=$(mktemp -d)
said=$(mktemp)
.venv/bin/dateline serve --data "$data" --port 0 >"$said" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$profile" "$said"' EXIT
address=
for _ in $(seq 100); do
  address=$(grep -o 'http://[^ ]*' "$said" || true)
  [ -n "$address" ] && curl -fsS -o /dev/null "$address/" 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || { echo "the server did not start" >&2; exit 1; }
  sleep 0.1
done
"$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
  --window-size=1200,1000 --screenshot="$out" "$address/${2:-}" >/dev/null 2>&1
ls -l "$out"
