#!/usr/bin/env bash
# Pushes the packages of ./pack.sh. They must have the version of the tag, which CHANGELOG.md describes with its date.
#   NUGET_SOURCE   the feed: a URL, or a folder for a trial
#   NUGET_API_KEY  the key of the feed; not needed for a folder
set -euo pipefail
cd "$(dirname "$0")"

tag=${1:?usage: ./publish.sh v1.2.3}
version=${tag#v}
grep -qE "^## ${version//./\\.} — [0-9]{4}-[0-9]{2}-[0-9]{2}$" CHANGELOG.md \
  || { echo "CHANGELOG.md has no line '## $version — <date>'." >&2; exit 1; }
for id in TypedSocketRedis.Contracts TypedSocketRedis TypedSocketRedis.AspNetCore TypedSocketRedis.Testing TypedSocketRedis.Templates; do
  package=artifacts/packages/$id.$version.nupkg
  [ -f "$package" ] || { echo "$package is missing. Run ./pack.sh on the tag $tag." >&2; exit 1; }
  packages+=("$package")
done
for package in "${packages[@]}"; do
  dotnet nuget push "$package" --source "${NUGET_SOURCE:?}" --api-key "${NUGET_API_KEY:-none}" --skip-duplicate
done
