#!/usr/bin/env bash
# Packs the libraries and the templates into artifacts/packages. Further arguments are those of "dotnet pack".
set -euo pipefail
cd "$(dirname "$0")"
exec dotnet pack TypedSocketRedis.Packages.slnf -c Release --nologo "$@"
