#!/usr/bin/env bash
# Builds the documentation site into artifacts/site: the articles, and the reference from the XML documentation of the packages. Warnings,
# dead links, dead anchors and anything that would be loaded from elsewhere are errors. --serve shows it at http://localhost:8080.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

timeout 120 dotnet tool restore >/dev/null
timeout 600 dotnet build src/Testing -c Release --nologo -v quiet    # with the three packages that it references

rm -rf artifacts/site artifacts/docs && mkdir -p artifacts/docs
framework=$(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \(10[^ ]*\) \[\(.*\)\]/\2\/\1/p' | tail -n 1)
ln -s "$framework" artifacts/docs/references

# What a comment inherits and says itself is a warning of DocFX ("found in comments"); it has no option for that.
timeout 300 dotnet docfx metadata docfx.json >artifacts/docs/metadata.log || { cat artifacts/docs/metadata.log; exit 1; }
if grep -E 'warning:|error:' artifacts/docs/metadata.log | grep -v 'found in comments'; then exit 1; fi
timeout 300 dotnet docfx build docfx.json --warningsAsErrors
timeout 120 dotnet run docs/site/check.cs -- artifacts/site
echo "artifacts/site/index.html"

if [ "${1:-}" = --serve ]; then dotnet docfx serve artifacts/site --port 8080; fi
