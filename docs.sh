#!/usr/bin/env bash
# Builds the documentation site into artifacts/site: articles, and the reference from the XML documentation. Warnings and dead links are
# errors. With --serve it is then shown at http://localhost:8080.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet tool restore >/dev/null
for project in Contracts Runtime AspNetCore; do
  dotnet build "src/$project" -c Release --nologo -v quiet
done
rm -rf artifacts/site docs/api
dotnet docfx metadata docs/docfx.json --warningsAsErrors
dotnet docfx build docs/docfx.json --warningsAsErrors
echo "artifacts/site/index.html"

if [ "${1:-}" = --serve ]; then dotnet docfx serve artifacts/site --port 8080; fi
