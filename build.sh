#!/usr/bin/env bash
# ./build.sh TASK: finds PowerShell (on the PATH, or as the .NET tool in .tools/) and calls build.ps1.
# Where no PowerShell can be had, build, test and demo do what can be done without, and say what was not done.
set -euo pipefail
cd "$(dirname "$0")"
task=${1:-build}
shift || true

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET SDK (10 or later) is needed: https://dotnet.microsoft.com/download" >&2
  exit 1
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

find_pwsh() {
  if [ "${ORCHESTRATORTOOLS_NO_PWSH:-}" = 1 ]; then return 1; fi
  if command -v pwsh >/dev/null 2>&1; then command -v pwsh; return 0; fi
  if [ ! -x .tools/pwsh ]; then
    dotnet tool install PowerShell --tool-path .tools >/dev/null 2>&1 || return 1
  fi
  [ -x .tools/pwsh ] && echo "$PWD/.tools/pwsh"
}

if pwsh=$(find_pwsh); then
  exec "$pwsh" -NoProfile -NonInteractive -File build.ps1 "$task" "$@"
fi

build() { dotnet build OrchestratorTools.sln -c Release --nologo -v quiet -clp:NoSummary; }
no_pwsh="No PowerShell was found, and the .NET tool 'PowerShell' could not be installed. To get it: https://aka.ms/powershell (7.4 or later)."

case "$(echo "$task" | tr '[:upper:]' '[:lower:]')" in
  build)
    build
    ;;
  test)
    build
    rm -rf out/TestResults
    set +e
    dotnet test tests/OrchestratorTools.Tests -c Release --no-build --nologo --results-directory out/TestResults --logger 'trx;LogFileName=xunit.trx' --logger 'console;verbosity=minimal'
    status=$?
    set -e
    counters=$(grep -o '<Counters [^>]*' out/TestResults/xunit.trx || true)
    count() { echo "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
    passed=$(count passed); failed=$(count failed); total=$(count total); executed=$(count executed)
    skipped=$(( ${total:-0} - ${executed:-0} ))
    if [ "$status" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then failed=1; fi
    echo
    echo "The cmdlets were NOT tested: the Pester half needs PowerShell, and none is here. Only the xunit half (the clients) ran. $no_pwsh"
    if [ "$skipped" -gt 0 ]; then echo "${passed:-0} passed, ${failed:-1} failed, $skipped skipped"; else echo "${passed:-0} passed, ${failed:-1} failed"; fi
    [ "$status" -eq 0 ] && [ "${passed:-0}" -gt 0 ]
    ;;
  demo)
    build
    echo "$no_pwsh"
    echo "So the tour is taken through the clients, without the cmdlets:"
    log=$(mktemp)
    tail -n +1 -f "$log" & tail_pid=$!
    trap 'kill $tail_pid 2>/dev/null || true; rm -f "$log"' EXIT
    set +e
    ORCHESTRATORTOOLS_TOUR_LOG=$log dotnet test tests/OrchestratorTools.Tests -c Release --no-build --nologo --filter FullyQualifiedName~Tour --logger 'console;verbosity=quiet' >out/tour.log 2>&1
    status=$?
    set -e
    sleep 0.3
    if [ "$status" -ne 0 ]; then cat out/tour.log; fi
    echo "This was the tour through the clients. With PowerShell the same command shows the cmdlets. $no_pwsh"
    exit "$status"
    ;;
  *)
    echo "$no_pwsh The task '$task' needs it; build, test and demo do without." >&2
    exit 1
    ;;
esac
