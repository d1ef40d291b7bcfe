#!/usr/bin/env bash
# Freezes the public API for a release: moves the lines of each PublicAPI.Unshipped.txt to PublicAPI.Shipped.txt.
# Outside of the freeze, and so not moved: what only generated code calls (TypedSocketRedis.CompilerServices), and experimental members,
# which have their id before the name: [TSREXP001]. A line "*REMOVED*member" takes the member out of the shipped ones.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

for unshipped in src/*/PublicAPI.Unshipped.txt; do
  shipped=${unshipped/Unshipped/Shipped}
  outside='^\[[A-Z0-9]+\]|^~?([a-z]+ )*TypedSocketRedis\.CompilerServices\.'
  moved=$(grep -vE "^#|^\*REMOVED\*|^$|$outside" "$unshipped" || true)
  removed=$(sed -n 's/^\*REMOVED\*//p' "$unshipped")
  kept=$(grep -E "$outside" "$unshipped" || true)
  all=$({ grep -v '^#' "$shipped"; printf '%s\n' "$moved"; } | grep -v '^$' | sort -u || true)
  if [ -n "$removed" ]; then all=$(grep -vxF "$removed" <<<"$all" || true); fi
  { echo '#nullable enable'; printf '%s\n' "$all"; } | sed '/^$/d' >"$shipped"
  { echo '#nullable enable'; printf '%s\n' "$kept"; } | sed '/^$/d' >"$unshipped"
  echo "$shipped: $(grep -c '' <<<"$all") members"
done
