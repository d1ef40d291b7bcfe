#!/usr/bin/env bash
# Installs what the tests need (Debian and Ubuntu; elsewhere it says what to install) and runs the tests.
#   ./test.sh            every test but those of --all
#   ./test.sh --all      also the templates with every combination of options, the proxies and the documentation site
#   ./test.sh --offline  the tests that need no other program, on any system
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")"

export PATH="$PATH:/usr/sbin" # nginx and haproxy of Debian, for users other than root
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=artifacts/test-results
offline=(tests/GeneratorTests tests/RuntimeTests tests/AspNetCoreTests samples/ChatTests)
projects=("${offline[@]}" tests/InteropTests tests/PackageTests)
mode=${1:---default}
case $mode in
  --default) without=(-trait- Run=All) ;;
  --all) without=() ;;
  --offline) without=(-trait- Run=All -trait- Needs=Linux) projects=("${offline[@]}") ;;
  *) sed -n 's/^#   //p' "$0" >&2; exit 2 ;;
esac

say() { printf '\n== %s\n' "$*"; }

need() { # command, Debian package, what it is
  command -v "$1" >/dev/null 2>&1 && return
  missing_packages+=("$2")
  missing_text+=("$3 ($1)")
}

need_for() { # interpreter and what to ask it, Debian package, what it is
  "$1" "$2" "$3" >/dev/null 2>&1 && return
  missing_packages+=("$4")
  missing_text+=("$5")
}

install_missing() {
  missing_packages=() missing_text=()
  need redis-server redis-server "Redis 7 or newer"
  need node nodejs "Node.js 20 or newer"
  need npm npm "npm"
  need chromium chromium "Chromium"
  need nginx nginx "nginx"
  need haproxy haproxy "HAProxy"
  need php php-cli "PHP"
  need_for php -r 'exit(extension_loaded("msgpack") ? 0 : 1);' php-msgpack "the PHP extension msgpack"
  need_for php -r 'exit(extension_loaded("redis") ? 0 : 1);' php-redis "the PHP extension redis"
  need_for perl -MData::MessagePack -e1 libdata-messagepack-perl "the Perl module Data::MessagePack"
  need_for perl -MRedis -e1 libredis-perl "the Perl module Redis"
  need gcc build-essential "a C compiler with its libraries, which links native programs"
  [ ${#missing_packages[@]} -eq 0 ] && return

  say "installing: ${missing_packages[*]}"
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  if command -v apt-get >/dev/null 2>&1 \
    && "${root[@]}" apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" >/dev/null; then
    return
  fi
  printf 'Please install these and run again:\n' >&2
  printf '  %s\n' "${missing_text[@]}" >&2
  exit 1
}

count() { # a number from the runner's own report, for example: count passed report.trx
  sed -n "s/.*<Counters [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

command -v dotnet >/dev/null 2>&1 || { echo "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2; exit 1; }
if [ "$mode" != --offline ]; then
  install_missing
  say "packages of the official libraries"
  npm ci --prefix tests/InteropTests/node --no-audit --no-fund --loglevel=error || exit 1
fi

say "build (warnings are errors)"
dotnet build TypedSocketRedis.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0
rm -rf "$results" && mkdir -p "$results"
for folder in "${projects[@]}"; do
  project=$(basename "$folder")
  say "$project"
  report="$results/$project.trx"
  program=$folder/bin/Release/net10.0/$project.dll
  if [ "$mode" = --offline ]; then dotnet "$program" -noLogo -list classes -trait Needs=Linux | sed 's/^ */not here: /'; fi
  dotnet "$program" -failSkips -noColor "${without[@]}" -result-trx "$report"
  code=$?
  ok=$(count passed "$report" 2>/dev/null) bad=$(count failed "$report" 2>/dev/null)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0}))
  # A runner that died, or ran nothing, is a failure even when its report counts none.
  if [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ] || [ "${ok:-0}" -eq 0 ]; then failed=$((failed + 1)); fi
done

if [ "$mode" = --all ]; then
  say "documentation site"
  if ./docs.sh; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
fi

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
