#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test; --unit runs those alone that need no server, within seconds; --fuzz 20 runs the fuzz
# tests alone, with 20 times as many cases as usual; other arguments go to the test runner (./test.sh --filter-namespace 'EventDriven.Tests.Cli').
# The last line is "N passed, N failed, N skipped". With KAFKA_HOME the tests use Apache Kafka, else the emulator.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

# The tests beside a consumer (dotnet new eventdriven-worker), which need no server.
consumers=("$root"/*.Worker.Tests/)
[[ -d "${consumers[0]}" ]] || consumers=()
program() { echo "$root/artifacts/bin/$(basename "$1")/release/$(basename "$1").dll"; }

if [[ "${1:-}" == --unit ]]; then
    for tests in "${consumers[@]}"; do
        dotnet build "$tests" -c Release --tl:off -v q -clp:NoSummary
        dotnet "$(program "$tests")" --progress off --no-ansi
    done
    dotnet build "$root/EventDriven.Tests" -c Release --tl:off -v q -clp:NoSummary
    source "$root/eng/short-lived.sh"
    exec dotnet "$root/artifacts/bin/EventDriven.Tests/release/EventDriven.Tests.dll" --progress off --no-ansi --filter-trait Category=Unit
fi

if [[ "${1:-}" == --fuzz ]]; then
    export FUZZ_TIMES="${2:-1}"
    set -- --filter-namespace 'EventDriven.Tests.Fuzz*'
fi

needs=(postgres redis exim4 chromium prometheus)
[[ -z "${KAFKA_HOME:-}" ]] || needs+=(java)
"$root/eng/install.sh" "${needs[@]}"
dotnet build "$root/EventDriven.sln" -c Release --tl:off -v q -clp:NoSummary

source "$root/eng/short-lived.sh"
logs="$(mktemp -d)" runs=()
# An AppHost within a run takes the gentler signals for its own, and the tests would go on. What they have started ends with them.
trap 'kill -KILL $(jobs -pr) 2>/dev/null || true; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 skipped=0 exit_code=0

# Becomes the runner, for whoever stops a run by the number of its process.
run() { exec dotnet "$root/artifacts/bin/EventDriven.Tests/release/EventDriven.Tests.dll" --progress off --no-ansi "$@" 2>&1; }

# Adds the counts of a run's summary; a run that dies before it has none, and is a failure whatever its exit code says.
add() {
    local counts
    counts="$(awk '$1 ~ /^(succeeded|failed|skipped):$/ { value[$1] = $2 }
        END { if (length(value) == 3) print value["succeeded:"], value["failed:"], value["skipped:"] }' "$1")"
    if [[ -z "$counts" ]]; then
        echo "The test run died before its summary." >&2
        failed=$((failed + 1)) exit_code=1
        return
    fi

    read -r -a counts <<<"$counts"
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
}

if [[ $# -gt 0 ]]; then
    run "$@" | tee "$logs/asked" || exit_code=$?
    add "$logs/asked"
else
    # Four processes at once, each with servers of its own, because the tests wait more than they compute. What each says comes at its end.
    application=('EventDriven.Tests.Application*' 'EventDriven.Tests.ControlRoom.Browser*')
    messaging=('EventDriven.Tests.Messaging*')
    services=('EventDriven.Tests.'{Checkout,Inventory,Notifications,Analytics,Recommendations,Services,Http,Authorization,Packages,Fuzz}'*')
    run --filter-namespace "${application[@]}" >"$logs/0" & runs+=("$!")
    run --filter-namespace "${messaging[@]}" >"$logs/1" & runs+=("$!")
    run --filter-namespace "${services[@]}" >"$logs/2" & runs+=("$!")
    run --filter-not-namespace "${application[@]}" "${messaging[@]}" "${services[@]}" >"$logs/3" & runs+=("$!")
    for i in "${!runs[@]}"; do
        wait "${runs[i]}" || exit_code=$?
        cat "$logs/$i"
        add "$logs/$i"
    done
    for tests in "${consumers[@]}"; do
        dotnet "$(program "$tests")" --progress off --no-ansi 2>&1 | tee "$logs/consumer" || exit_code=$?
        add "$logs/consumer"
    done
fi

[[ "$failed" -eq 0 || "$exit_code" -ne 0 ]] || exit_code=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$exit_code"
